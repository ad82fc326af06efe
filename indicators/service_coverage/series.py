"""Every service series of a place that is printed, with its breaks, gaps and targets."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
from pandas import DataFrame

from indicators.evidence import mark_rows
from indicators.investment import months_covered
from indicators.records import read_records
from indicators.service_coverage.choices import Choices
from indicators.service_coverage.fields import BREAKS, FIELDS
from indicators.targets import join_outcomes

LEAST_POINTS = 3
SETTLED = ("meets", "fails")  # verdicts of `join_outcomes` that settle a target
_ONE_YEAR = re.compile(r"\d{4}(?:[HQM].*)?")
_JOINED_STATUS = ("normal", "provisional")


class _Figure(NamedTuple):
    period: str
    at: float
    value: float
    printed: str
    bound: str
    status: str
    grade: str
    evidence: str
    source_id: str


def service_series(services: DataFrame, targets: DataFrame, choices: Choices) -> DataFrame:
    """The points of every indicator of the place with three printed periods, or with a target.

    `services` as from `mark_rows`, `targets` as from `mark_targets`. Rows, by field, indicator and
    time: drawn_as `outcome` for each figure of one year or a part of one, then `target`, then
    `break` for each break between them. Columns: field, indicator, unit, drawn_as, period, at (the
    year; a part of a year before its end; half-way between two years for a break), whole_year,
    joined (a line to the figure before: only from one whole year to the next, on one side of every
    break, and neither figure suspect or replaced), value, printed_value (text), bound,
    break_reason, status, grade, evidence, source_id. A registered and a resident population are two
    indicators. Empty where the place has none.

    >>> from indicators import evidence, tables
    >>> from indicators.service_coverage import Choices
    >>> services = evidence.mark_rows(tables.load("services"), tables.load("sources"))
    >>> claims, page = tables.load("claims"), Choices("330100")
    >>> targets = mark_targets(tables.load("targets"), tables.load("sources"))
    >>> service_series(services, targets, page)["indicator"].nunique()
    20
    """
    own = services[
        services["place_code"].eq(choices.place)
        & services["domain"].isin(FIELDS)
        & services["period"].str.fullmatch(_ONE_YEAR.pattern)
    ]
    aims = targets[
        targets["place_code"].eq(choices.place)
        & targets["outcome_table"].eq("services")
        & targets["indicator"].isin(set(own["indicator"]))
    ]
    periods = own.groupby("indicator")["period"].nunique()
    wanted = set(periods[periods.ge(LEAST_POINTS)].index) | set(aims["indicator"])
    table: list[dict[str, object]] = []
    for field in FIELDS:
        rows = own[own["domain"].eq(field) & own["indicator"].isin(wanted)]
        for indicator, figures in rows.groupby("indicator", sort=True):
            head = {
                "field": field,
                "indicator": indicator,
                "unit": figures["unit"].iloc[0],
            }
            breaks = BREAKS.get((choices.place, indicator), ())
            points = _points(figures, breaks)
            first, last = points[0]["at"], points[-1]["at"]
            found = [
                *points,
                *(_target(row) for row in aims[aims["indicator"].eq(indicator)].itertuples()),
                *(_break(at, why) for at, why in breaks if first < at + 0.5 < last),
            ]
            table += [head | row for row in found]
    columns = [
        "field", "indicator", "unit", "drawn_as", "period", "at", "whole_year", "joined", "value",
        "printed_value", "bound", "break_reason", "status", "grade", "evidence", "source_id",
    ]  # fmt: skip
    return DataFrame(table, columns=columns)


def _points(figures: DataFrame, breaks: tuple[tuple[int, str], ...]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    before: int | None = None  # the whole year before, if a line may start from it
    order = figures.assign(at=figures["period"].map(_position))
    for row in read_records(order.sort_values(["at", "status", "source_id"]), _Figure):
        year = int(row.period[:4])
        usable = len(row.period) == 4 and row.status in _JOINED_STATUS
        broken = before is None or any(before <= at < year for at, _ in breaks)
        found.append(
            {
                "drawn_as": "outcome",
                "period": row.period,
                "at": row.at,
                "whole_year": len(row.period) == 4,
                "joined": usable and not broken and year - before == 1,
                "value": row.value,
                "printed_value": row.printed,
                "bound": row.bound,
                "break_reason": "",
                "status": row.status,
                "grade": row.grade,
                "evidence": row.evidence,
                "source_id": row.source_id,
            }
        )
        before = year if usable else before
    return found


def _position(period: str) -> float:
    """Where a period ends, on an axis on which a whole year stands at its own number.

    >>> _position("2024"), _position("2025M06")
    (2024.0, 2024.5)
    """
    return round(int(period[:4]) - 1 + months_covered(period) / 12, 3)


def _target(row) -> dict[str, object]:
    return {
        "drawn_as": "target",
        "period": str(row.target_year),
        "at": float(row.target_year),
        "whole_year": True,
        "joined": False,
        "value": row.value,
        "printed_value": row.printed,
        "bound": row.comparator,
        "break_reason": "",
        "status": row.status,
        "grade": row.grade,
        "evidence": row.evidence,
        "source_id": row.source_id,
    }


def _break(year: int, why: str) -> dict[str, object]:
    return {
        "drawn_as": "break",
        "period": str(year),
        "at": year + 0.5,
        "whole_year": False,
        "joined": False,
        "value": math.nan,
        "printed_value": "",
        "bound": "",
        "break_reason": why,
        "status": "",
        "grade": "",
        # the break is told by the table as a whole
        "evidence": "derived",
        "source_id": "",
    }


def service_targets(
    targets: DataFrame, tables: Mapping[str, DataFrame], choices: Choices
) -> DataFrame:
    """The targets of the place for services, each with the outcome that is in print, if any.

    `targets` and `tables` as for `targets.join_outcomes`; the verdicts are its verdicts, and
    `not_found` where no outcome is printed. Columns: indicator, target_year, comparator, target
    (value), unit, set_in, outcome_period, outcome (value), outcome_bound, verdict, evidence (of
    the outcome, else of the target), source_id (of both). Targets whose indicator is no service of
    the table, or has no row of the place, are left out.

    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES
    >>> from indicators.service_coverage import Choices
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> service_targets(load("targets"), tables, Choices("330100"))["verdict"].unique().tolist()
    ['part_of_year', 'not_found']
    """
    joined = join_outcomes(targets, tables, rounding=choices.rounding)
    fields = tables["services"].drop_duplicates("indicator").set_index("indicator")["domain"]
    own = joined[
        joined["place_code"].eq(choices.place)
        & joined["outcome_table"].eq("services")
        & joined["indicator"].map(fields).isin(FIELDS)
    ]
    marks = mark_targets(own, tables["sources"])["evidence"]
    return DataFrame(
        {
            "indicator": own["indicator"],
            "unit": own["unit"],
            "target_year": own["target_year"],
            "comparator": own["comparator"].where(own["comparator"].ne("eq"), ""),
            "target": own["value"],
            "set_in": own["set_in"],
            "outcome_period": own["outcome_period"],
            "outcome": pd.to_numeric(own["outcome_printed"], errors="coerce"),
            "outcome_bound": own["outcome_bound"].where(own["outcome_bound"].ne("eq"), ""),
            "verdict": own["outcome_verdict"].where(own["outcome_verdict"].ne(""), "not_found"),
            "evidence": own["outcome_evidence"].where(own["outcome_evidence"].ne(""), marks),
            "source_id": [
                ";".join(dict.fromkeys(filter(None, pair)))
                for pair in zip(own["source_id"], own["outcome_source_id"], strict=True)
            ],
        }
    ).reset_index(drop=True)


def mark_targets(targets: DataFrame, sources: DataFrame) -> DataFrame:
    """Targets with the columns grade and evidence of `mark_rows`; a target is never derived.

    >>> from indicators import tables
    >>> mark_targets(tables.load("targets"), tables.load("sources"))["evidence"].unique().tolist()
    ['copied', 'printed', 'suspect']
    """
    return mark_rows(targets.assign(origin="printed"), sources)
