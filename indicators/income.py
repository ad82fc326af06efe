"""The figures of the table `income`: which one to use, and the ratio of urban to rural income.

Figures go together only within one survey basis. The scope of urban income (the whole area, or
households of urban districts) may change within a basis; rural income is always that of the whole
area. Both breaks are kept apart here, so that no one has to remember them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd
from pandas import DataFrame

from indicators import evidence
from indicators.evidence import Reported, weakest
from indicators.inputs import check_choice, check_table, check_together
from indicators.intervals import Interval, claim_interval, rounding_interval
from indicators.records import read_records
from indicators.rounding import ROUNDINGS

SURVEY = "integrated_survey"
WHOLE_AREA = "whole_area"
COLUMNS = (
    "place_code", "basis", "scope", "year", "urban", "rural", "gap_low", "gap_high", "low",
    "estimate", "high", "kind", "made_from", "bound", "grade", "evidence", "source_id", "row_ids",
)  # fmt: skip
# How a ratio is taken where both incomes and the ratio are printed.
TAKEN = ("levels", "stated")
_ANNUAL = re.compile(r"\d{4}")
_INDICATORS = ("urban_income", "rural_income", "ratio_stated")


class _Row(NamedTuple):
    place_code: str
    status: str
    indicator: str
    basis: str
    scope: str
    period: str
    bound: str
    printed: str
    decimals: Any
    origin: str
    value_low: float
    value_high: float
    grade: str
    evidence: str
    source_id: str
    row_id: str


class _Figure(NamedTuple):
    interval: Interval
    bound: str
    grade: str
    evidence: str
    source_id: str
    row_id: str


def reported(
    rows: DataFrame,
    place: str,
    period: str,
    indicator: str,
    basis: str = SURVEY,
    scope: str = WHOLE_AREA,
    status: Sequence[str] = ("normal",),
    printed_only: bool = False,
) -> Reported | None:
    """The exact figure of a place to use, or None; never a bound, nor a figure printed as about.

    `rows` as from `mark_rows`; `period` as the table writes it, a part of a year included. The
    order of preference is that of `evidence.reported`. Raises ValueError for no such table.

    >>> from indicators import tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> reported(rows, "330100", "2022", "rural_income").value
    45183.0
    """
    wanted = {
        "place_code": place,
        "period": period,
        "indicator": indicator,
        "basis": basis,
        "scope": scope,
    }
    return evidence.reported(rows, wanted, status, printed_only)


def ratio_points(
    rows: DataFrame,
    place: str,
    basis: str | None = None,
    rounding: str = "half_up",
    taken: str = "levels",
) -> DataFrame:
    """The annual ratios of urban to rural income of a place, by year, basis and urban scope.

    Made from `levels` where both incomes are printed, else from the ratio that is `stated`, else
    `derived` from what is derived (levels before a ratio). With `taken` = `stated` a stated ratio
    comes before printed incomes, unless it is one that the article claims. Columns: place_code,
    basis, scope (of urban income), year, urban and rural (yuan; blank where the ratio is not made
    of them), gap_low and gap_high (all values of urban minus rural income, likewise), low,
    estimate, high and kind of the ratio (all that rounds to what is printed), made_from, bound
    (`about` if any figure is), grade (the worst), evidence (the weakest), source_id, row_ids (of
    the figures used, joined by `;`). Sorted by basis and year. Bounds and figures whose status is
    not normal are left out. Raises ValueError for no such table, and for another rule of rounding
    or way of taking a ratio.

    >>> from indicators import tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> points = ratio_points(rows, "330100", SURVEY).set_index("year")
    >>> points.loc[[2021, 2024], ["estimate", "made_from", "evidence"]].round(5).values.tolist()
    [[1.74974, 'levels', 'printed'], [1.64, 'stated', 'claimed']]
    """
    check_together(
        lambda: check_table("rows", rows, _Row._fields),
        lambda: check_choice("rounding", rounding, ROUNDINGS),
        lambda: check_choice("taken", taken, TAKEN),
    )
    own = (row for row in read_records(rows, _Row) if row.place_code == place)
    figures = _figures((row for row in own if _usable(row, basis)), rounding)
    urban_or_stated = sorted(
        {key[:3] for key in figures if key[3] in ("urban_income", "ratio_stated")}
    )
    table = []
    for key in urban_or_stated:
        found = _best_ratio(figures, *key, taken)
        if found:
            names = ("basis", "year", "scope")
            table.append({"place_code": place} | dict(zip(names, key, strict=True)) | found)
    points = DataFrame(table, columns=list(COLUMNS))
    return points.assign(year=points["year"].astype(int))


def _usable(row: _Row, basis: str | None) -> bool:
    """Whether a figure of a whole year is normal, no bound, and of that basis, or any known one."""
    of_basis = row.basis != "unknown" if basis is None else row.basis == basis
    exact = row.status == "normal" and row.bound in ("eq", "about")
    annual = _ANNUAL.fullmatch(row.period) is not None
    return of_basis and exact and annual and row.indicator in _INDICATORS


def _figures(rows: Iterable[_Row], rounding: str) -> dict[tuple, _Figure]:
    """The best figure by basis, year, scope, indicator and whether it is printed."""
    found: dict[tuple, tuple] = {}
    for row in rows:
        key = (row.basis, int(row.period), row.scope, row.indicator, row.origin == "printed")
        order = (row.evidence == "claimed", row.bound != "eq", row.grade, row.source_id)
        if key not in found or order < found[key][0]:
            found[key] = (order, row)
    return {
        key: _Figure(
            _interval(row, rounding), row.bound, row.grade, row.evidence, row.source_id, row.row_id
        )
        for key, (_, row) in found.items()
    }


def _interval(row: _Row, rounding: str) -> Interval:
    if not (pd.isna(row.value_low) or pd.isna(row.value_high)):
        value = float(row.printed)
        return Interval(row.value_low, row.value_high, "rounding_interval", value)
    digits = None if pd.isna(row.decimals) else int(row.decimals)
    return _printed_interval(row.printed, digits, row.bound, rounding)


# the specifications of a place share its figures, and each asks for the intervals of all
@lru_cache(maxsize=4096)
def _printed_interval(printed: str, digits: int | None, bound: str, rounding: str) -> Interval:
    if bound == "eq":
        return rounding_interval(printed, digits, rounding)
    return claim_interval(printed, "about", None if digits is None else f"1e{-digits}")


def _best_ratio(
    figures: dict[tuple, _Figure], basis: str, year: int, scope: str, taken: str
) -> dict[str, Any] | None:
    def level(name: str, area: str, printed: bool) -> _Figure | None:
        return figures.get((basis, year, area, name, printed))

    for printed in (True, False):
        stated = level("ratio_stated", scope, printed)
        # the claim stands in only where nothing else is printed
        if stated and printed and taken == "stated" and stated.evidence != "claimed":
            return _point("stated", stated)
        urban, rural = (
            level(name, area, True) or (None if printed else level(name, area, False))
            for name, area in (("urban_income", scope), ("rural_income", WHOLE_AREA))
        )
        if urban and rural:
            return _point("levels" if printed else "derived", urban, rural)
        if stated:
            return _point("stated" if printed else "derived", stated)
    return None


def _point(made_from: str, *used: _Figure) -> dict[str, Any]:
    """The cells of a ratio from urban and rural income, or from the ratio itself."""
    intervals = [figure.interval for figure in used]
    ratio, levels = intervals[0], {}
    if len(used) == 2:
        ratio, gap = intervals[0] / intervals[1], intervals[0] - intervals[1]
        levels = {
            "urban": intervals[0].estimate,
            "rural": intervals[1].estimate,
            "gap_low": gap.low,
            "gap_high": gap.high,
        }
    return levels | {
        "low": ratio.low,
        "estimate": ratio.estimate,
        "high": ratio.high,
        "kind": ratio.kind,
        "made_from": made_from,
        "bound": max((figure.bound for figure in used), key=("eq", "about").index),
        "grade": max(figure.grade for figure in used),
        "evidence": weakest(*(figure.evidence for figure in used)),
        "source_id": ";".join(sorted({figure.source_id for figure in used})),
        "row_ids": ";".join(figure.row_id for figure in used),
    }
