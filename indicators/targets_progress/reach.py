"""How near printed figures come to their targets, on one scale; and when they reached them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

import pandas as pd
from pandas import DataFrame

from indicators.evidence import EVIDENCE, weakest
from indicators.records import read_records
from indicators.targets_progress.choices import Choices
from indicators.targets_progress.ratios import RATIO
from indicators.targets_progress.statuses import join_sources
from indicators.targets_progress.words import target_words

_TARGET = ("target_id", "place_code", "indicator", "target_year", "set_in", "status")
_SAME = (*_TARGET, "said", "unit")
_REACH = ("point", "period", "value", "bound", "reach", "evidence", "source_id")
_TIMELINE = ("year", "value", "verdict", "evidence", "source_id")
_LESS = ("le", "lt")
POINTS = {"base": "at_setting", "outcome": "latest_year"}


class _Figure(NamedTuple):
    """A row of `targets.outcome_rows`."""

    target_id: str
    year: int
    printed: str
    verdict: str
    evidence: str
    source_id: str


def reach_points(progress: DataFrame) -> DataFrame:
    """Every target with a figure of a whole year: where it stood when set, and the latest outcome.

    `progress` as from `judge_targets`; suspect targets are kept and marked, replaced ones are not.
    Columns: target_id, place_code, indicator, target_year, set_in, status, said (the target in
    words), unit, point (POINTS), period, value, bound, reach (a share: value / target, or target
    / value where less is asked for, so that 1 is the target and more is better), evidence (the
    weaker of target and figure), source_id. In the order of `progress`.

    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> len(reach_points(progress)) > 1
    True
    """
    shown = progress[progress["printed_status"].ne("superseded")]
    suspect = shown["printed_status"].eq("suspect") & shown["base_period"].ne("")
    shown = shown[shown["outcome_whole_year"] | suspect]
    table = [
        _point(row, point)
        for row in shown.itertuples()
        for point in ("base", "outcome")
        if getattr(row, f"{point}_period")
    ]
    return DataFrame(table, columns=[*_SAME, *_REACH])


def timeline_points(
    progress: DataFrame, rows: DataFrame, ratios: DataFrame, choices: Choices
) -> DataFrame:
    """The figures of whole years since a target was set, and what each says about it.

    `progress`, `rows` and `ratios` as from `judge_targets`, `targets.outcome_rows` and
    `ratio_check`. For every target that has such a figure, replaced targets left out; one whose
    year of setting is unknown begins with its first figure. Claims of the article, derived
    figures, and the computed ratio of a year whose stated ratio decides nothing, are here to
    be seen; none of them settles a target. Columns: target_id, place_code, indicator, target_year,
    set_in, status, said, unit, year, value, verdict, evidence, source_id. Sorted as `progress`,
    then by year.

    >>> from indicators.evidence import mark_rows
    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets, ratio_check
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> income = mark_rows(tables["income"], tables["sources"])
    >>> ratios = ratio_check(progress, rows, income, Choices())
    >>> len(timeline_points(progress, rows, ratios, Choices())) > 1
    True
    """
    shown = progress[progress["printed_status"].ne("superseded")]
    rows = rows[rows["whole_year"] & rows["year"].le(choices.as_of)]
    rows = rows.assign(order=rows["evidence"].map(EVIDENCE.index))
    rows = rows.sort_values(["target_id", "year", "order"], kind="stable")
    figures = defaultdict(list)
    for row in read_records(rows.drop_duplicates(["target_id", "year"]), _Figure):
        figures[row.target_id].append(row)
    table = []
    for target in shown.itertuples():
        start = 0 if pd.isna(target.set_in) else int(target.set_in)
        points = [
            (row.year, float(row.printed), row.verdict, row.evidence, row.source_id)
            for row in figures[target.row_id]
        ]
        if target.indicator == RATIO:
            points += _computed(ratios, target)
        for year, *cells in sorted(points):
            if start <= year <= target.target_year:
                table.append(_same(target) | dict(zip(_TIMELINE, (year, *cells), strict=True)))
    return DataFrame(table, columns=[*_SAME, *_TIMELINE])


def _same(target: Any) -> dict[str, Any]:
    cells = {name: getattr(target, name) for name in _TARGET}
    said = target_words(target.printed, target.comparator, target.unit, target.indicator)
    return cells | {"said": said, "unit": target.unit}


def _point(row: Any, point: str) -> dict[str, Any]:
    names = ("period", "printed", "bound", "evidence", "source_id")
    found = {name: getattr(row, f"{point}_{name}") for name in names}
    target, value = float(row.printed), float(found["printed"])
    reach = target / value if row.comparator in _LESS else value / target
    return _same(row) | {
        "point": POINTS[point],
        "period": found["period"],
        "value": value,
        "bound": found["bound"],
        "reach": round(reach, 6),
        "evidence": weakest(row.evidence, found["evidence"]),
        "source_id": join_sources(row.source_id, found["source_id"]),
    }


def _computed(ratios: DataFrame, target: Any) -> list[tuple]:
    """Computed ratios of the years whose stated ratio says neither yes nor no."""
    own = ratios[
        ratios["place_code"].eq(target.place_code)
        & ratios["target"].eq(float(target.printed))
        & ratios["stated_verdict"].isin(["", "undecided"])
        & ratios["computed_verdict"].ne("")
    ]
    return [
        (row.year, row.computed.estimate, row.computed_verdict, "derived", row.source_id)
        for row in own.itertuples()
    ]
