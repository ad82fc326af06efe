"""Targets for the ratio of urban to rural income, against the stated and the computed ratio."""

from __future__ import annotations

from typing import Any

from pandas import DataFrame

from indicators.evidence import EVIDENCE
from indicators.findings import Findings, exact_interval
from indicators.income import SURVEY, ratio_points
from indicators.intervals import Interval, rounding_interval
from indicators.targets import SETTLING
from indicators.targets_progress.choices import Choices
from indicators.targets_progress.statuses import join_sources
from indicators.thresholds import compare, target_interval

RATIO = "ratio_stated"
_COLUMNS = (
    "place_code", "comparator", "target", "year", "stated", "stated_verdict", "computed",
    "computed_verdict", "evidence", "source_id",
)  # fmt: skip


def ratio_check(
    progress: DataFrame, rows: DataFrame, income: DataFrame, choices: Choices
) -> DataFrame:
    """Each ratio target, year by year since it was first set: the stated ratio and the computed.

    `progress` as from `judge_targets`, `rows` as from `targets.outcome_rows`, `income` as from
    `evidence.mark_rows`. The stated ratio is printed with two decimals; the computed one comes
    from the two printed incomes of the same survey, which are known to the yuan. A claim of the
    article stands among the stated ratios with its mark and settles nothing.

    Columns: place_code, comparator, target, year, stated, stated_verdict, computed (an Interval of
    kind rounding_interval, or None), computed_verdict ("" where there is no ratio), evidence
    (that of the stated ratio where there is one), source_id. One row for each place, level
    and year; no rows where the page has no such target.

    >>> from indicators.evidence import mark_rows
    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> income = mark_rows(tables["income"], tables["sources"])
    >>> ratio_check(progress, rows, income, Choices())["place_code"].nunique()
    2
    """
    ratios = progress[progress["indicator"].eq(RATIO)]
    table = []
    for (place, comparator, printed), own in ratios.groupby(
        ["place_code", "comparator", "printed"]
    ):
        first = own.sort_values("set_in").iloc[0]
        start = 0 if own["set_in"].isna().all() else int(own["set_in"].min())
        stated = _stated(rows[rows["target_id"].eq(first["row_id"])])
        points = ratio_points(income, place, SURVEY, choices.rounding)
        points = points[points["made_from"].eq("levels") & points["evidence"].isin(SETTLING)]
        computed = {row.year: row for row in points.itertuples()}
        level = target_interval(comparator, printed)
        for year in sorted({*stated, *computed}):
            if start <= year <= choices.as_of:
                cells = {"place_code": place, "comparator": comparator, "target": float(printed)}
                cells |= {"year": year}
                table.append(cells | _row(stated.get(year), computed.get(year), comparator, level))
    return DataFrame(table, columns=list(_COLUMNS))


def _met_when_set(progress: DataFrame, met: DataFrame) -> int:
    """Ratio targets that were undecided when set, and that a computed ratio of that year meets."""
    open_then = progress[progress["indicator"].eq(RATIO) & progress["when_set"].eq("was_undecided")]
    keys = {(row.place_code, row.target, str(row.year)) for row in met.itertuples()}
    return sum(
        (row.place_code, float(row.printed), row.base_period) in keys
        for row in open_then.itertuples()
    )


def _stated(rows: DataFrame) -> dict[int, Any]:
    """By year, the stated ratio with the strongest evidence."""
    whole = rows[rows["whole_year"]]
    order = whole["evidence"].map(EVIDENCE.index)
    best = whole.assign(order=order).sort_values("order", kind="stable").drop_duplicates("year")
    return {row.year: row for row in best.itertuples()}


def _row(stated: Any, computed: Any, comparator: str, level: Interval) -> dict[str, Any]:
    used = [figure for figure in (stated, computed) if figure is not None]
    interval = None
    if computed is not None:
        interval = Interval(computed.low, computed.high, computed.kind, computed.estimate)
    return {
        "stated": float(stated.printed) if stated is not None else None,
        "stated_verdict": stated.verdict if stated is not None else "",
        "computed": interval,
        "computed_verdict": compare(comparator, level, interval) if interval else "",
        "evidence": used[0].evidence,
        "source_id": join_sources(*(figure.source_id for figure in used)),
    }


def early_ratio(progress: DataFrame, ratios: DataFrame, choices: Choices) -> Findings | None:
    """How long before it was due the first ratio target of the page was met, on either ratio.

    Results: lead_stated and lead_computed (years from the first year that meets the target, by the
    stated and by the computed ratio, to the target year); of the first year that the computed
    ratio meets, stated (a rounding interval) and computed; met_when_set, how many targets at that
    level the computed ratio of the year of setting meets while the stated one is undecided.
    Table: that year's row of `ratios`.
    None where no target has both; the gate `ratio_reached_early` tells.

    >>> from indicators.evidence import mark_rows
    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> income = mark_rows(tables["income"], tables["sources"])
    >>> ratios = ratio_check(progress, rows, income, Choices())
    >>> sorted(early_ratio(progress, ratios, Choices()).results)[:2]
    ['computed', 'lead_computed']
    """
    due = progress[progress["indicator"].eq(RATIO) & progress["first_met"].notna()]
    for target in due.sort_values("target_year").itertuples():
        same = ratios["place_code"].eq(target.place_code) & ratios["target"].eq(
            float(target.printed)
        )
        met = ratios[same & ratios["computed_verdict"].eq("meets") & ratios["stated"].notna()]
        if len(met):
            first = met.iloc[0]
            results = {
                "lead_stated": exact_interval(int(target.target_year) - int(target.first_met)),
                "lead_computed": exact_interval(int(target.target_year) - int(first["year"])),
                "stated": rounding_interval(f"{first['stated']:.2f}", 2, choices.rounding),
                "computed": first["computed"],
                "met_when_set": exact_interval(_met_when_set(progress, met)),
            }
            return Findings(results, met.iloc[:1], first["source_id"])
    return None
