"""Targets and their outcomes: an explicit join by place, table and indicator.

A target names the table and the indicator of its outcome, and only rows of the same place count: a
figure of the province says nothing about a target of a city. A figure for a part of a year is
joined and kept apart, for it settles no target of a year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd
from pandas import DataFrame

from indicators.evidence import mark_rows
from indicators.inputs import (
    check_choice,
    check_flag,
    check_table,
    check_together,
    check_whole,
    shown,
)
from indicators.intervals import Interval, claim_interval
from indicators.investment import months_covered
from indicators.records import read_records
from indicators.rounding import ROUNDINGS
from indicators.thresholds import compare, printed_unit, target_interval

OUTCOME_TABLES = ("income", "services", "investment")
# Targets were set from 2021 on, when income was surveyed in this way.
INCOME_SERIES = {"basis": "integrated_survey", "scope": "whole_area"}
SETTLING = ("printed", "copied")  # evidence that can settle a target
# Counted anew every year, so that an earlier year cannot have met the target beforehand.
YEARLY = frozenset(
    {
        "canteens_upgraded",
        "dementia_beds_new",
        "fixed_asset_investment.growth_rate",
        "fixed_asset_investment.investment",
        "inclusive_childcare_places_new",
        "infant_growth_stations_new",
        "low_income_farm_growth",
        "old_community_renovation.lifts_added",
        "old_community_renovation.projects_completed",
        "qian_xiang_wan_yi.completed_investment",
        "qian_xiang_wan_yi.completion_rate",
        "qian_xiang_wan_yi.projects",
    }
)

_TARGET_COLUMNS = (
    "row_id", "place_code", "target_year", "indicator", "comparator", "printed", "decimals", "unit",
    "set_in", "outcome_table", "outcome_indicator",
)  # fmt: skip
_PARTS = ("period", "printed", "bound", "interval", "verdict", "evidence", "source_id")
_ONE_YEAR = re.compile(r"\d{4}([HQM].*)?")
_STATUS = ("normal", "provisional", "suspect")  # from the best; replaced figures are left out


class _Pair(NamedTuple):
    """A target and a row that stands for an outcome of it."""

    comparator: str
    target_printed: str
    decimals_target: Any
    printed: str
    bound: str
    decimals: Any
    whole_year: bool


class _Outcome(NamedTuple):
    """A row of `outcome_rows`."""

    target_id: str
    year: int
    months: int
    whole_year: bool
    period: str
    printed: str
    bound: str
    interval: Interval
    verdict: str
    evidence: str
    source_id: str


def outcome_rows(
    targets: DataFrame, tables: Mapping[str, DataFrame], rounding: str = "half_up"
) -> DataFrame:
    """Every row that stands for an outcome of a target: one row for each pair.

    `targets` as loaded; `tables` holds `sources` and the OUTCOME_TABLES as loaded. A row belongs
    to a target if its place and indicator are those that the target names (for `investment`:
    programme.indicator); income is that of INCOME_SERIES. Replaced figures and periods of several
    years are left out.

    Columns: target_id (`row_id` of the target), outcome_id (`row_id` of the figure), period, year,
    months, whole_year, printed, bound, unit, interval (all values that the figure allows),
    verdict (as from `thresholds.compare`, or `part_of_year`), origin, status, grade, evidence,
    source_id. Sorted by target, then time, then preference: normal before suspect, printed before
    derived, the exact before the bound, the better grade. Raises ValueError for no such tables, an
    unknown rule of rounding, and where the units of a target and its outcome differ.

    >>> from indicators.tables import load
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> sorted(set(rows["verdict"]))
    ['fails', 'meets', 'part_of_year', 'undecided']
    """
    check_together(
        lambda: check_table("targets", targets, _TARGET_COLUMNS),
        lambda: _check_tables(tables),
        lambda: check_choice("rounding", rounding, ROUNDINGS),
    )
    figures = pd.concat(
        [_figures(name, tables[name], tables["sources"]) for name in OUTCOME_TABLES]
    )
    pairs = targets.rename(columns={"row_id": "target_id", "printed": "target_printed"}).merge(
        figures,
        left_on=["place_code", "outcome_table", "outcome_indicator"],
        right_on=["place_code", "table", "outcome_name"],
        suffixes=("_target", ""),
    )
    differing = pairs[pairs["unit"] != pairs["unit_target"]]
    if len(differing):
        row = differing.iloc[0]
        raise ValueError(
            f"{row['target_id']} has the unit {row['unit_target']}, its outcome "
            f"{row['outcome_id']} has {row['unit']}; allowed: one unit for both"
        )
    read = read_records(pairs, _Pair)
    intervals = [
        claim_interval(row.printed, row.bound, printed_unit(row.decimals), rounding) for row in read
    ]
    verdicts = [
        compare(
            row.comparator,
            target_interval(row.comparator, row.target_printed, row.decimals_target),
            interval,
        )
        if row.whole_year
        else "part_of_year"
        for row, interval in zip(read, intervals, strict=True)
    ]
    pairs = pairs.assign(
        interval=pd.Series(intervals, index=pairs.index, dtype=object), verdict=verdicts
    )
    order = pairs.assign(
        _status=pairs["status"].map(_STATUS.index),
        _origin=pairs["origin"].ne("printed"),
        _bound=pairs["bound"].ne("eq"),
    ).sort_values(
        ["target_id", "year", "months", "_status", "_origin", "_bound", "grade", "source_id",
         "outcome_id"]
    )  # fmt: skip
    columns = [
        "target_id", "outcome_id", "period", "year", "months", "whole_year", "printed", "bound",
        "unit", "interval", "verdict", "origin", "status", "grade", "evidence", "source_id",
    ]  # fmt: skip
    return order[columns].reset_index(drop=True)


def join_outcomes(
    targets: DataFrame,
    tables: Mapping[str, DataFrame],
    as_of: int | None = None,
    rounding: str = "half_up",
    include_suspect: bool = False,
) -> DataFrame:
    """The targets, in their order, each with the outcome and the base that are in print.

    Arguments as for `outcome_rows` and `choose_outcomes`, which it combines.

    >>> from indicators.tables import load
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> joined = join_outcomes(load("targets"), tables).set_index("row_id")
    >>> row = joined.loc["targets:330000|2025|ratio_stated|chinadaily-2021-06-30"]
    >>> row["base_period"], row["base_printed"], row["outcome_period"], row["outcome_printed"]
    ('2021', '1.94', '2025', '1.81')
    """
    rows, *_ = check_together(
        lambda: outcome_rows(targets, tables, rounding),
        lambda: _check_choice(as_of, include_suspect),
    )
    return choose_outcomes(targets, rows, as_of, include_suspect)


def settling(rows: DataFrame, as_of: int | None = None, include_suspect: bool = False) -> DataFrame:
    """The rows of `outcome_rows` that can settle a target: printed, and up to the year `as_of`.

    Derived figures and claims of the article never can; suspect ones only if asked for. Raises
    ValueError for no such table, for a year that is none, and for a flag that is none.

    >>> from indicators.tables import load
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> int(settling(outcome_rows(load("targets"), tables), as_of=2022)["year"].max())
    2022
    """
    check_together(
        lambda: check_table("rows", rows, ("target_id", "year", "evidence")),
        lambda: _check_choice(as_of, include_suspect),
    )
    allowed = [*SETTLING, *(["suspect"] if include_suspect else [])]
    rows = rows[rows["evidence"].isin(allowed)]
    return rows if as_of is None else rows[rows["year"].le(as_of)]


def choose_outcomes(
    targets: DataFrame,
    rows: DataFrame,
    as_of: int | None = None,
    include_suspect: bool = False,
) -> DataFrame:
    """The targets, in their order, each with one outcome and one base out of the `settling` rows.

    To the columns of `targets` come, each with `_period`, `_printed`, `_bound`, `_interval`,
    `_verdict`, `_evidence` and `_source_id` ("" and None where there is nothing):

    - `outcome`: the figure of the whole target year; else the latest whole year before it and
      after the year in which the target was set; else the latest part of a year in that span
      (`outcome_whole_year` tells);
    - `base`: the latest whole year at or before the year in which the target was set, and before
      the target year; none for YEARLY targets;

    and `outcome_of_target_year` (bool). Of one period an exact figure comes before a bound, and
    a suspect one last. Where the year of setting is unknown there is no base, and every figure up
    to the target year may be the outcome. Raises ValueError as `settling`.

    >>> from indicators.tables import load
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> targets = load("targets")
    >>> chosen = choose_outcomes(targets, outcome_rows(targets, tables))
    >>> len(chosen) == len(targets)
    True
    """
    _, settled = check_together(
        lambda: check_table("targets", targets, _TARGET_COLUMNS),
        lambda: settling(rows, as_of, include_suspect),
    )
    groups = defaultdict(list)
    for row in read_records(settled, _Outcome):
        groups[row.target_id].append(row)
    found = []
    for target in targets.itertuples():
        own = groups[target.row_id]
        outcome, base = _outcome(own, target), _base(own, target)
        whole = outcome is not None and outcome.whole_year
        found.append(
            _cells("outcome", outcome)
            | {"outcome_whole_year": whole}
            | {"outcome_of_target_year": whole and outcome.year == target.target_year}
            | _cells("base", base)
        )
    return targets.reset_index(drop=True).join(DataFrame(found))


def _check_choice(as_of: int | None, include_suspect: bool) -> None:
    check_together(
        lambda: None if as_of is None else check_whole("as_of", as_of, 1900, 2200),
        lambda: check_flag("include_suspect", include_suspect),
    )


def _check_tables(tables: Mapping[str, DataFrame]) -> None:
    needed = ("sources", *OUTCOME_TABLES)
    if not isinstance(tables, Mapping) or not set(needed) <= set(tables):
        raise ValueError(f"tables = {shown(tables)}; allowed: a mapping with {', '.join(needed)}")
    check_together(
        *(lambda name=name: check_table(name, tables[name], ("source_id",)) for name in needed)
    )


def _figures(name: str, rows: DataFrame, sources: DataFrame) -> DataFrame:
    """The rows of a table that may be outcomes, in columns that all tables have."""
    if name == "income":
        keep = [rows[column].eq(value) for column, value in INCOME_SERIES.items()]
        rows = rows[keep[0] & keep[1]]
    rows = rows[rows["period"].str.fullmatch(_ONE_YEAR.pattern) & rows["status"].ne("superseded")]
    outcome = rows["indicator"]
    if name == "investment":
        outcome = rows["programme"] + "." + rows["indicator"]
    months = rows["period"].map({period: months_covered(period) for period in set(rows["period"])})
    marked = mark_rows(rows, sources).assign(
        table=name,
        outcome_name=outcome,
        year=rows["period"].str[:4].astype(int),
        months=months,
        whole_year=rows["period"].str.len().eq(4),
    )
    columns = [
        "place_code", "table", "outcome_name", "period", "year", "months", "whole_year", "printed",
        "bound", "decimals", "unit", "origin", "status", "grade", "evidence", "source_id", "row_id",
    ]  # fmt: skip
    return marked[columns].rename(columns={"row_id": "outcome_id"})


def _outcome(rows: list[_Outcome], target: Any) -> _Outcome | None:
    due = int(target.target_year)
    span = [row for row in rows if row.year <= due]
    if not pd.isna(target.set_in):
        span = [row for row in span if row.year > int(target.set_in) or row.year == due]
    return _latest([row for row in span if row.whole_year] or span)


def _base(rows: list[_Outcome], target: Any) -> _Outcome | None:
    if pd.isna(target.set_in) or target.indicator in YEARLY:
        return None
    last = min(int(target.set_in), int(target.target_year) - 1)
    return _latest([row for row in rows if row.whole_year and row.year <= last])


def _latest(rows: list[_Outcome]) -> _Outcome | None:
    """The preferred of the rows of the latest period; rows come sorted by time and preference."""
    if not rows:
        return None
    last = (rows[-1].year, rows[-1].months)
    return next(row for row in rows if (row.year, row.months) == last)


def _cells(prefix: str, row: _Outcome | None) -> dict[str, Any]:
    none = dict.fromkeys(_PARTS, "") | {"interval": None}
    cells = none if row is None else {part: getattr(row, part) for part in _PARTS}
    return {f"{prefix}_{name}": value for name, value in cells.items()}
