"""Faults a reader can act on: where, what was found, what is allowed, what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

# a reader looks through so many names; of more, the nearest are shown
MANY = 20


@dataclass(frozen=True)
class Fault:
    """One fault. `row` is the line an editor shows, 1 for the first; 0 where no line applies."""

    file: str
    found: str
    allowed: str
    remedy: str = ""
    row: int = 0
    column: str = ""
    rule: str = ""

    def __str__(self) -> str:
        where = self.file + (f", row {self.row}" if self.row else "")
        where += f", {self.column}" if self.column else ""
        lines = [f"{where}: found {self.found}; allowed: {self.allowed}"]
        if self.rule:
            lines.append(f"    rule: {self.rule}")
        if self.remedy:
            lines.append(f"    remedy: {self.remedy}")
        return "\n".join(lines)


class BinderyError(Exception):
    """Something a person has to mend. The text is complete; no traceback is needed."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()):
        self.faults = tuple(faults)
        super().__init__("\n".join([message, *(f"  {fault}" for fault in self.faults)]))


def without_colours(text: str) -> str:
    """What another program printed, without the codes that colour it on a terminal.

    >>> without_colours("\\x1b[31mred\\x1b[0m")
    'red'
    """
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def nearest(name: str, known: Sequence[str]) -> str:
    """The remedy for a name that is not known; of many known names, those nearest to it.

    >>> nearest("langage", ["level", "language"])
    "did you mean 'language'? known: level, language"
    """
    lower = {word.lower(): word for word in known}
    close = get_close_matches(str(name).lower(), lower, n=MANY // 4, cutoff=0.5)
    hint = f"did you mean {lower[close[0]]!r}? " if close else ""
    if len(known) <= MANY:
        return f"{hint}known: {', '.join(known) or 'nothing'}"
    shown = [lower[word] for word in close] or list(known)[: MANY // 4]
    return f"{hint}known: {', '.join(shown)} and {len(known) - len(shown)} others"
