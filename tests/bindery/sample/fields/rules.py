"""A rule that a schema cannot say: a field yields less than 1,000 sheaves."""

import csv
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "fields.csv"


@dataclass(frozen=True)
class Violation:
    file: str
    row: int
    column: str
    found: str
    allowed: str
    rule: str
    remedy: str
    exempt: bool = False


def violations() -> list[Violation]:
    with FILE.open(encoding="utf-8", newline="") as stream:
        return [
            Violation(
                "data/fields.csv",
                number,
                "sheaves",
                row["sheaves"],
                "below 1,000",
                "a field yields less than 1,000 sheaves",
                "count again",
                exempt=row["field"] == "glasshouse",
            )
            for number, row in enumerate(csv.DictReader(stream), 2)
            if float(row["sheaves"]) >= 1000
        ]
