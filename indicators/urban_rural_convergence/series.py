"""The annual ratios of a page: what stands behind each, and which years make its windows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas import DataFrame

from indicators.income import SURVEY, WHOLE_AREA, ratio_points
from indicators.records import read_records
from indicators.urban_rural_convergence.choices import Choices
from indicators.urban_rural_convergence.pace import Rows

# A window of a page rests on sources of these grades; D is secondary or machine-written, and the
# one pair of grade D that another figure could test (Ningbo 2025) failed.
SOLID_GRADES = ("A", "B", "C")
# The first year of another urban scope that the table's `scope` does not tell, but its note does.
SCOPE_BREAKS = {("330100", "net_income_pre2013"): 2013}
LONG_WINDOW = 3  # years; a shorter one is mostly noise


class Point(NamedTuple):
    """A row of `load_points`."""

    place_code: str
    basis: str
    scope: str
    year: int
    urban: float
    rural: float
    gap_low: float
    gap_high: float
    low: float
    estimate: float
    high: float
    kind: str
    made_from: str
    bound: str
    grade: str
    evidence: str
    source_id: str
    row_ids: str
    segment: int
    standing: str
    main: bool


def load_points(rows: DataFrame, choices: Choices) -> DataFrame:
    """The annual ratios of the place and of the places it is compared with, in every basis.

    `rows` as from `mark_rows`. Columns as in `income.ratio_points` and: segment (a number within
    the place; points of two segments are never joined), main (whether the segment is the one of
    the page's basis), standing (`pair` if both incomes are printed exactly in sources of grade A
    to C, `printed`, `claimed` or `derived`). Points that the page leaves out are not there.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> sorted(load_points(rows, page)["place_code"].unique())
    ['100000', '330000', '330100']
    """
    return join_points(place_ratios(rows, choices), choices)


def place_ratios(rows: DataFrame, choices: Choices) -> list[DataFrame]:
    """The annual ratios of the place and of those it is compared with, in every basis, one each."""
    return [
        ratio_points(rows, place, rounding=choices.rounding, taken=choices.taken)
        for place in (choices.place, *choices.benchmarks)
    ]


def join_points(ratios: Iterable[DataFrame], choices: Choices) -> DataFrame:
    """The points of `load_points` from `place_ratios`, which pages of two bases may share."""
    points = pd.concat([mark_segments(found, choices.basis) for found in ratios], ignore_index=True)
    return points[points["evidence"].map(choices.shows).astype(bool)].reset_index(drop=True)


def mark_segments(points: DataFrame, basis: str = SURVEY) -> DataFrame:
    """The ratios of one place with the columns segment, main and standing of `load_points`.

    The main segment of a basis is that with most pairs, then that of the whole area.
    """
    cells = (points[name] for name in ("place_code", "basis", "scope", "year"))
    keys = [
        (own, scope, year >= SCOPE_BREAKS.get((place, own), year + 1))
        for place, own, scope, year in zip(*cells, strict=True)
    ]
    cells = (points[name] for name in ("evidence", "made_from", "bound", "grade"))
    standing = [_standing(*row) for row in zip(*cells, strict=True)]
    pairs = Counter(key for key, mark in zip(keys, standing, strict=True) if mark == "pair")
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys), 1)}
    ranks = {
        (pairs[key], (key[1] == WHOLE_AREA) * keys.count(key), number): key
        for key, number in numbers.items()
        if key[0] == basis
    }
    main = ranks[max(ranks)] if ranks else None
    return points.assign(
        segment=np.array([numbers[key] for key in keys], int),
        standing=standing,
        main=np.array([key == main for key in keys], bool),
    )


def _standing(evidence: str, made_from: str, bound: str, grade: str) -> str:
    if evidence in ("claimed", "derived"):
        return evidence
    exact = made_from == "levels" and bound == "eq" and grade in SOLID_GRADES
    return "pair" if exact else "printed"


def main_points(points: DataFrame, place: str) -> dict[int, Point]:
    """The rows of a place in its main segment, by year."""
    return {
        row.year: row for row in read_records(points, Point) if row.main and row.place_code == place
    }


def pair_years(own: Rows) -> list[int]:
    """The years that may bound a window of a place: both incomes printed in sources of grade A-C.

    `own` are the rows of the place by year, as from `main_points`.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> pair_years(main_points(load_points(rows, Choices("330100")), "330100"))
    [2014, 2015, 2016, 2017, 2021, 2022]
    """
    return [year for year, row in own.items() if row.standing == "pair"]


def comparable_years(own: Rows) -> list[int]:
    """The years in which a place that is compared with has a printed ratio, of any grade."""
    return [year for year, row in own.items() if row.standing in ("pair", "printed")]


def printed_levels(own: Rows) -> list[Point]:
    """The rows of a place whose incomes are both printed, of any grade."""
    return [row for row in own.values()
            if row.made_from == "levels" and row.standing in ("pair", "printed")]  # fmt: skip


def claimed_years(own: Rows) -> list[int]:
    """The years in which only the article gives the ratio."""
    return [year for year, row in own.items() if row.standing == "claimed"]


def page_window(points: DataFrame, choices: Choices) -> tuple[int, int] | None:
    """The first and the last year of the page: as chosen, else the longest printed window.

    A chosen year needs a point that is printed or, where the page uses it, claimed; else, and
    where fewer than two years are printed, None.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> page_window(points, page)
    (2014, 2022)
    """
    own = main_points(points, choices.place)
    if choices.window is not None:
        known = {year for year, row in own.items() if row.standing != "derived"}
        return tuple(choices.window) if set(choices.window) <= known else None
    years = pair_years(own)
    return (years[0], years[-1]) if len(years) > 1 else None


def leans_on_claim(points: DataFrame, choices: Choices) -> bool:
    """Whether the window of the page, as chosen by hand, begins or ends in a claimed ratio.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> leans_on_claim(points, page)
    False
    """
    claimed = claimed_years(main_points(points, choices.place))
    return bool(set(page_window(points, choices) or ()) & set(claimed))


def claim_window(points: DataFrame, choices: Choices) -> tuple[int, int] | None:
    """The window that ends in the claimed ratio; None without a claim or a year to start from.

    It starts in the last year with a printed pair that lies three years or more before.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> claim_window(points, page)
    (2021, 2024)
    """
    own = main_points(points, choices.place)
    claimed = claimed_years(own)
    if not claimed:
        return None
    last = max(claimed)
    starts = [year for year in pair_years(own) if year <= last - LONG_WINDOW]
    return (max(starts), last) if starts else None


def long_windows(
    years: Iterable[int], ends: Iterable[int], least: int = LONG_WINDOW
) -> list[tuple[int, int]]:
    """All windows of `least` years or more between such first and last years.

    >>> long_windows([2014, 2016, 2017], [2017, 2019])
    [(2014, 2017), (2014, 2019), (2016, 2019)]
    """
    starts, ends = list(years), list(ends)
    return [(first, last) for first in starts for last in ends if last - first >= least]
