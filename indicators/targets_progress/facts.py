"""What the tables hold for the gates of this chapter."""

from __future__ import annotations

from typing import Any

from pandas import DataFrame

from indicators.findings import Findings
from indicators.targets import SETTLING
from indicators.targets_progress.ratios import RATIO


def gate_facts(
    progress: DataFrame,
    timeline: DataFrame,
    ratios: DataFrame,
    growth: DataFrame,
    early: Findings | None,
) -> dict[str, dict[str, Any]]:
    """Facts for `gates.require`.

    The tables as from `judge_targets`, `timeline_points`, `ratio_check` and `growth_needed`, and
    `early` as from `early_ratio`.

    >>> from indicators.evidence import mark_rows
    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, growth_needed, judge_targets
    >>> from indicators.targets_progress import ratio_check, timeline_points
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> income = mark_rows(tables["income"], tables["sources"])
    >>> ratios = ratio_check(progress, rows, income, Choices())
    >>> timeline = timeline_points(progress, rows, ratios, Choices())
    >>> growth = growth_needed(progress, rows, Choices())
    >>> gate_facts(progress, timeline, ratios, growth, None)["growth_needed"]
    {'undecided': 2, 'exact': 2}
    """
    shown = progress[progress["printed_status"].ne("superseded")]
    suspect = shown["printed_status"].eq("suspect") & shown["base_period"].ne("")
    undecided = progress["status"].eq("undecided") & progress["outcome_bound"].isin(["ge", "gt"])
    stated = ratios["stated_verdict"].eq("meets")
    return {
        "reach_drawn": {"figures": int((shown["outcome_whole_year"] | suspect).sum())},
        "timeline_drawn": {"points": len(timeline)},
        "ratio_reached_early": {
            "targets": int(progress["indicator"].eq(RATIO).sum()),
            "stated": int((stated & ratios["evidence"].isin(SETTLING)).sum()),
            "computed": int(ratios["computed_verdict"].eq("meets").sum()),
            "both": early is not None,
        },
        "growth_needed": {"undecided": int(undecided.sum()), "exact": len(growth)},
    }
