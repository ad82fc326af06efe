"""The income figures that the routes to an unprinted ratio and the survey's own weight rest on.

Unlike a figure for a comparison, such a figure may be derived, and may belong to a part of a year.
A figure of the article never enters here: what is to be tested must not test itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
from pandas import DataFrame

from indicators.evidence import weakest
from indicators.income import SURVEY, WHOLE_AREA
from indicators.intervals import Interval, claim_interval
from indicators.records import read_records
from indicators.thresholds import printed_unit

PARTS = ("Q1-Q3", "H1", "Q1")  # from long to short
_GROWTH = re.compile(r"growth (\d+\.\d)/(\d+\.\d)/(\d+\.\d)%")  # all residents, urban, rural


class _Row(NamedTuple):
    place_code: str
    basis: str
    scope: str
    status: str
    period: str
    indicator: str
    bound: str
    printed: str
    decimals: Any
    origin: str
    value_low: float
    value_high: float
    note: str
    grade: str
    evidence: str
    source_id: str


@dataclass(frozen=True)
class Level:
    """A figure of the table with all values that it stands for, and where it comes from.

    `growth` is the interval of 1 + the growth rate that the same source prints, where it does.
    """

    period: str
    indicator: str
    printed: str
    interval: Interval
    grade: str
    evidence: str
    source_id: str
    growth: Interval | None = None


class Levels(NamedTuple):
    """The figures of one place by period and indicator."""

    place: str
    figures: dict[tuple[str, str], Level]

    def pair(self, period: str) -> tuple[Level, Level] | None:
        """Urban and rural income of a period, or None."""
        found = [self.figures.get((period, name)) for name in ("urban_income", "rural_income")]
        return None if None in found else tuple(found)

    def ratio(self, period: str) -> tuple[Interval, tuple[Level, ...]] | None:
        """The ratio of a period and the figures behind it: the two levels, else a stated ratio."""
        pair = self.pair(period)
        if pair:
            return pair[0].interval / pair[1].interval, pair
        stated = self.figures.get((period, "ratio_stated"))
        return (stated.interval, (stated,)) if stated else None

    def years(self) -> list[int]:
        """The years with a ratio of the whole year."""
        periods = {period for period, _ in self.figures if len(period) == 4}
        return sorted(int(period) for period in periods if self.ratio(period))


def find_levels(rows: DataFrame, place: str, rounding: str = "half_up") -> Levels:
    """The figures of a place on the integrated survey, for its whole area.

    `rows` of the table `income`, as from `mark_rows`. A printed figure comes before a derived one,
    an exact one before one printed as about, then the better grade. Bounds, figures whose status
    is not normal, and those of the article are left out. A derived figure stands for the range
    that its row gives.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> ratio, used = find_levels(rows, "330100").ratio("2024Q1-Q3")
    >>> round(ratio.estimate, 4), used[0].evidence, round(used[0].growth.low, 4)
    (1.7243, 'copied', 1.0325)
    """
    chosen: dict[tuple[str, str], tuple] = {}
    for row in read_records(rows, _Row):
        if row.place_code != place or not _usable(row):
            continue
        key = (row.period, row.indicator)
        order = (row.origin != "printed", row.bound != "eq", row.grade, row.source_id)
        if key not in chosen or order < chosen[key][0]:
            chosen[key] = (order, row)
    return Levels(place, {key: _level(row, rounding) for key, (_, row) in chosen.items()})


def _usable(row: _Row) -> bool:
    whole = (row.basis, row.scope, row.status) == (SURVEY, WHOLE_AREA, "normal")
    return whole and row.bound in ("eq", "about") and row.evidence != "claimed"


def _level(row: _Row, rounding: str) -> Level:
    interval = claim_interval(row.printed, row.bound, printed_unit(row.decimals), rounding)
    if not (pd.isna(row.value_low) or pd.isna(row.value_high)):
        interval = Interval(row.value_low, row.value_high, "rounding_interval", interval.estimate)
    marks = (row.grade, row.evidence, row.source_id)
    growth = _noted_growth(row.note, row.indicator, rounding)
    return Level(row.period, row.indicator, row.printed, interval, *marks, growth)


def _noted_growth(note: str, indicator: str, rounding: str) -> Interval | None:
    """1 + the growth of an income over the year before, where the note gives the three rates."""
    found = _GROWTH.search(note)
    position = {"all_income": 1, "urban_income": 2, "rural_income": 3}.get(indicator)
    if found is None or position is None:
        return None
    return 1 + claim_interval(found[position], "eq", None, rounding) / 100


def marks_of(levels: Iterable[Level]) -> dict[str, str]:
    """The weakest evidence of several figures, their grades, and their sources joined by `;`."""
    levels = list(levels)
    ids = {part for level in levels for part in level.source_id.split(";")}
    return {
        "grade": ";".join(sorted({level.grade for level in levels})),
        "evidence": weakest(*(level.evidence for level in levels)),
        "source_id": ";".join(sorted(ids)),
    }
