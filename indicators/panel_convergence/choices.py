"""What a page chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indicators.inputs import (
    check_choice,
    check_level,
    check_number,
    check_together,
    is_number,
    is_whole,
    refuse,
    shown,
)
from indicators.panel import MEASURES

WEIGHTS = ("units", "people")
TRIMS = (0.2, 0.25, 0.3, 0.35, 0.4)


def income_word(income: str) -> str:
    """The key of the label table under which an income of a panel is named.

    >>> income_word("urban"), income_word("ratio")
    ('urban_income', 'ratio')
    """
    return income if income == "ratio" else f"{income}_income"


@dataclass(frozen=True)
class Choices:
    """The choices of one page.

    `income` is urban, rural, all or ratio; `window` the first and the last year, or None for the
    page's own rule (`page_window`); `trim` the share of the first years that the log-t test leaves
    out, `trims` those tried beside it; `c_star` the hurdle of a club's members; `smoothing` the
    parameter of the Hodrick-Prescott filter of log incomes, or None for none; `weights` units
    (each counts as one) or people (of the first year). Raises one ValueError with all faults.

    >>> Choices("urban", window=[2010, 2020]).window
    (2010, 2020)
    """

    income: str = "rural"
    window: Sequence[int] | None = None
    trim: float = 0.3
    trims: Sequence[float] = TRIMS
    c_star: float = 0.0
    smoothing: float | None = 400
    weights: str = "units"
    level: float = 0.95

    def __post_init__(self) -> None:
        window, trims, *_ = check_together(
            lambda: _checked_window(self.window),
            lambda: _checked_trims(self.trim, self.trims),
            lambda: check_choice("income", self.income, MEASURES),
            lambda: check_choice("weights", self.weights, WEIGHTS),
            lambda: check_number("c_star", self.c_star),
            lambda: self.smoothing is None or check_number("smoothing", self.smoothing, above=0),
            lambda: check_level(self.level),
        )
        object.__setattr__(self, "window", window)
        object.__setattr__(self, "trims", trims)

    @property
    def weighted(self) -> bool:
        return self.weights == "people"

    @property
    def all_trims(self) -> tuple[float, ...]:
        """The page's own trim, then the others that are tried, each once."""
        return tuple(dict.fromkeys([self.trim, *self.trims]))


def _checked_window(window: Any) -> tuple[int, int] | None:
    if window is None:
        return None
    years = tuple(window) if isinstance(window, list | tuple) else ()
    if len(years) != 2 or not all(map(is_whole, years)) or not years[0] < years[1]:
        raise ValueError(f"window = {shown(window)}; allowed: a first and a later last year")
    return int(years[0]), int(years[1])


def _checked_trims(trim: Any, trims: Any) -> tuple[float, ...]:
    others = tuple(trims) if isinstance(trims, list | tuple) else (trims,)
    refuse(
        f"trim = {shown(one)}; allowed: above 0 and below 1"
        for one in (trim, *others)
        if not (is_number(one) and 0 < one < 1)
    )
    return others
