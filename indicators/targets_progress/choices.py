"""What a page chooses."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.rounding import ROUNDINGS
from indicators.targets import OUTCOME_TABLES

ALL = "all"
TABLES = ("sources", "targets", *OUTCOME_TABLES)  # what the chapter reads


@dataclass(frozen=True)
class Choices:
    """The choices of one page.

    `place` is a six-digit code or `all`; `as_of` the last year whose figures count;
    `include_suspect` says whether suspect targets are judged and suspect figures may be outcomes;
    `rounding` as in `rounding_interval`. Raises ValueError for another rule or a year that is none.

    >>> Choices().place
    'all'
    """

    place: str = ALL
    as_of: int = 2025
    include_suspect: bool = False
    rounding: str = "half_up"

    def __post_init__(self) -> None:
        if self.rounding not in ROUNDINGS:
            raise ValueError(f"rounding = {self.rounding!r}; allowed: {', '.join(ROUNDINGS)}")
        if not 2000 <= self.as_of < 2100:
            raise ValueError(f"as_of = {self.as_of}; allowed: a year, 2000 to 2099")
