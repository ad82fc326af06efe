"""The annual ratios of a page: what stands behind each, and which of them may be joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
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


@dataclass(frozen=True)
class Points:
    """The annual ratios of a page: their table, and its rows by place."""

    table: DataFrame = field(repr=False)

    def main(self, place: str) -> Rows:
        """The rows of a place in its main segment, by year."""
        return self._main.get(place, {})

    @cached_property
    def _main(self) -> dict[str, Rows]:
        # every statistic of a page asks for them, and reading the table takes longer than most do
        found: dict[str, Rows] = {}
        for row in read_records(self.table, Point):
            if row.main:
                found.setdefault(row.place_code, {})[row.year] = row
        return found


def load_points(rows: DataFrame, choices: Choices) -> Points:
    """The annual ratios of the place and of the places it is compared with, in every basis.

    `rows` as from `mark_rows`. The columns of `table` are those of `income.ratio_points` and
    segment (a number within the place; points of two segments are never joined), main (whether the
    segment is the one of the page's basis), standing (`pair` if both incomes are printed exactly in
    sources of grade A to C, `printed`, `claimed` or `derived`). Points that the page leaves out are
    not there.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> sorted(load_points(rows, page).table["place_code"].unique())
    ['100000', '330000', '330100']
    """
    return join_points(place_ratios(rows, choices), choices)


def place_ratios(rows: DataFrame, choices: Choices) -> list[DataFrame]:
    """The annual ratios of the place and of those it is compared with, in every basis, one each."""
    return [
        ratio_points(rows, place, rounding=choices.rounding, taken=choices.taken)
        for place in (choices.place, *choices.benchmarks)
    ]


def join_points(ratios: Iterable[DataFrame], choices: Choices) -> Points:
    """The points of `load_points` from `place_ratios`, which pages of two bases may share."""
    table = pd.concat([mark_segments(found, choices.basis) for found in ratios], ignore_index=True)
    return Points(table[table["evidence"].map(choices.shows).astype(bool)].reset_index(drop=True))


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
