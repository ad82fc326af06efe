"""What a check of the tables finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    """One fault: where, what was found, what is allowed, by which rule, what to do.

    `file` is relative to the project, `row` the line an editor shows (the header is 1; 0 where no
    line applies), `column` one name or several. `exempt` marks a row that the rule leaves out for
    its status: no fault.
    """

    file: str
    row: int
    column: str
    found: str
    allowed: str
    rule: str
    remedy: str
    exempt: bool = False

    def __str__(self) -> str:
        place = self.file + (f", row {self.row}" if self.row else "")
        place += f", {self.column}" if self.column else ""
        return f"{place}: found {self.found}; allowed: {self.allowed}. {self.remedy} ({self.rule})"
