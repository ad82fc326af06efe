"""What growth it would have taken to meet a target that a bound leaves undecided."""

from __future__ import annotations

from pandas import DataFrame

from indicators.evidence import weakest
from indicators.findings import Findings, exact_interval
from indicators.intervals import Interval
from indicators.targets import settling
from indicators.targets_progress.choices import Choices
from indicators.targets_progress.statuses import join_sources
from indicators.targets_progress.words import dated_words, figure_words, target_words

COLUMNS = (
    "level", "bound_interval", "last_year", "target_year", "place_code", "indicator", "target",
    "outcome", "last_value", "growth_needed", "growth_secured", "growth_before", "evidence",
    "source_id",
)  # fmt: skip


def growth_needed(progress: DataFrame, rows: DataFrame, choices: Choices) -> DataFrame:
    """Targets that a lower bound of the target year leaves undecided, and the growth they needed.

    `progress` as from `judge_targets`, `rows` as from `targets.outcome_rows`. The last exact
    figure of a whole year before the target year is carried to the level of the target and to
    the bound. Arithmetic on printed figures: it says what would have been needed, not what was.

    Columns: level and bound_interval (what is printed of the target year); last_year (of the last
    exact figure) and target_year; place_code, indicator, target, outcome (the bound) and last_value
    (in words); growth_needed, growth_secured (by the bound) and growth_before (from the base to the
    last exact figure; None where they are one), Intervals by rounding, shares a year; evidence,
    source_id.

    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> len(growth_needed(progress, rows, Choices()))
    2
    """
    waiting = progress[
        progress["status"].eq("undecided") & progress["outcome_bound"].isin(["gt", "ge"])
    ]
    exact = settling(rows, choices.as_of)
    exact = exact[exact["whole_year"] & exact["bound"].eq("eq")]
    table = []
    for row in waiting.itertuples():
        own = exact[exact["target_id"].eq(row.row_id) & exact["year"].lt(row.target_year)]
        if own.empty or own["year"].iloc[-1] < row.set_in:
            continue
        last = own[own["year"].eq(own["year"].iloc[-1])].iloc[0]
        years = int(row.target_year) - int(last["year"])
        span = int(last["year"]) - int(row.base_period)
        before = _yearly(last["interval"] / row.base_interval, span) if span else None
        table.append(
            {
                "level": float(row.printed),
                "bound_interval": row.outcome_interval,
                "last_year": int(last["year"]),
                "target_year": int(row.target_year),
                "place_code": row.place_code,
                "indicator": row.indicator,
                "target": target_words(
                    row.printed, row.comparator, row.unit, row.indicator, row.target_year
                ),
                "outcome": figure_words(row, "outcome"),
                "last_value": dated_words(
                    last["printed"], last["bound"], row.unit, row.indicator, last["period"]
                ),
                "growth_needed": _yearly(float(row.printed) / last["interval"], years),
                "growth_secured": _yearly(float(row.outcome_printed) / last["interval"], years),
                "growth_before": before,
                "evidence": weakest(row.evidence, row.outcome_evidence, last["evidence"]),
                "source_id": join_sources(row.outcome_source_id, last["source_id"]),
            }
        )
    return DataFrame(table, columns=list(COLUMNS))


def growth_case(growth: DataFrame, place: str) -> Findings:
    """One place out of `growth_needed`: target, bound, needed, secured and, if known, before.

    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> sorted(growth_case(growth_needed(progress, rows, Choices()), "330100").results)[:2]
    ['before', 'bound']
    """
    row = growth[growth["place_code"].eq(place)].iloc[0]
    results = {
        "target": exact_interval(row["level"]),
        "bound": row["bound_interval"],
        "needed": row["growth_needed"],
        "secured": row["growth_secured"],
    }
    if row["growth_before"] is not None:
        results["before"] = row["growth_before"]
    return Findings(results, growth[growth["place_code"].eq(place)].iloc[:1], row["source_id"])


def _yearly(ratio: Interval, years: int) -> Interval:
    """The growth a year that gives this ratio after so many years."""
    return ratio.transform(lambda value: value ** (1 / years)) - 1
