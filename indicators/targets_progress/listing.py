"""The targets as tables to be read."""

from __future__ import annotations

from typing import Any

from pandas import DataFrame

from indicators.evidence import weakest
from indicators.intervals import Interval
from indicators.targets_progress.statuses import join_sources
from indicators.targets_progress.words import figure_words, target_words

_NAMES = ["place_code", "indicator"]
_OUTCOMES = [*_NAMES, "target", "base", "outcome", "first_met", "status", "evidence", "source_id"]


def list_targets(progress: DataFrame) -> DataFrame:
    """Every target of the page.

    Columns: place_code, indicator, target (words, with its year), set_in, when_set, status,
    evidence (of the target), source_id.

    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> len(list_targets(progress)) == len(progress)
    True
    """
    rows = progress[[*_NAMES, "set_in", "when_set", "status", "evidence", "source_id"]].copy()
    rows.insert(2, "target", [_target(row) for row in progress.itertuples()])
    return rows


def list_outcomes(progress: DataFrame) -> DataFrame:
    """The targets of the page that have a figure from before or after they were set.

    Columns: place_code, indicator, target, base and outcome (words), first_met, status,
    evidence (the weaker of the two figures), source_id (of the figures). A figure of a
    part of a year stands here and settles nothing.

    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> len(list_outcomes(progress)) > 1
    True
    """
    found = progress["base_period"].ne("") | progress["outcome_period"].ne("")
    table = []
    for row in progress[found].itertuples():
        pairs = [
            (getattr(row, f"{point}_evidence"), getattr(row, f"{point}_source_id"))
            for point in ("base", "outcome")
            if getattr(row, f"{point}_period")
        ]
        table.append(
            {name: getattr(row, name) for name in _NAMES}
            | {"target": _target(row)}
            | {point: figure_words(row, point) for point in ("base", "outcome")}
            | {"first_met": row.first_met, "status": row.status}
            | {"evidence": weakest(*(mark for mark, _ in pairs))}
            | {"source_id": join_sources(*(source for _, source in pairs))}
        )
    return DataFrame(table, columns=_OUTCOMES)


def list_ratios(ratios: DataFrame) -> DataFrame:
    """The table of `ratio_check` to be read: the target in words, the computed ratio as a point.

    >>> from indicators.evidence import mark_rows
    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets, ratio_check
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> income = mark_rows(tables["income"], tables["sources"])
    >>> ratios = ratio_check(progress, rows, income, Choices())
    >>> len(list_ratios(ratios))
    7
    """
    words = [
        target_words(f"{row.target:g}", row.comparator, "ratio") for row in ratios.itertuples()
    ]
    return _points(ratios.assign(target=words)).drop(columns="comparator")


def list_growth(growth: DataFrame) -> DataFrame:
    """The table of `growth_needed` to be read: growth as points.

    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets, growth_needed
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> len(list_growth(growth_needed(progress, rows, Choices())))
    2
    """
    return _points(growth).drop(columns=["level", "bound_interval", "last_year", "target_year"])


def _points(table: DataFrame) -> DataFrame:
    return table.map(lambda cell: cell.estimate if isinstance(cell, Interval) else cell)


def _target(row: Any) -> str:
    return target_words(row.printed, row.comparator, row.unit, row.indicator, row.target_year)
