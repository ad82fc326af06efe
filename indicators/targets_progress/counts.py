"""How many targets have an outcome, and what the outcomes say."""

from __future__ import annotations

import pandas as pd
from pandas import DataFrame, Series

from indicators.targets import YEARLY
from indicators.targets_progress.choices import Choices
from indicators.targets_progress.statuses import OPEN, STATUSES, judged
from indicators.thresholds import compare, target_interval

# What is newly made within a year, so that the count of a part of the year can only grow.
COUNTED = ("beds", "count", "places")


def count_targets(progress: DataFrame, choices: Choices) -> dict[str, int]:
    """Counts over the targets of the page; all but the first two over the judged ones.

    all, not_judged; judged; due (target year not after `as_of`); named (the tables can have an
    outcome), any_figure (a printed one since the target was set, parts of years included),
    year_figure (one of a whole year), due_figure (that of the target year); each of STATUSES; open
    (the sum of OPEN); set_year_unknown; comparable (a figure tells where the target stood when it
    was set), of these met_when_set and undecided_when_set; reached_early (open, but a whole year
    since it was set meets it); met_printed (met, and neither the target nor its outcome was read
    in a copy); passed_in_part (see `passed_in_part`).

    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> count_targets(progress, Choices())["met"]
    4
    """
    own = judged(progress)
    by_status = own["status"].value_counts()
    counts = {
        "all": len(progress),
        "not_judged": len(progress) - len(own),
        "judged": len(own),
        "due": own["target_year"].le(choices.as_of).sum(),
        "named": own["outcome_table"].ne("").sum(),
        "any_figure": own["outcome_period"].ne("").sum(),
        "year_figure": own["outcome_whole_year"].sum(),
        "due_figure": own["outcome_of_target_year"].sum(),
        "open": own["status"].isin(OPEN).sum(),
        "set_year_unknown": own["set_in"].isna().sum(),
        "comparable": own["when_set"].isin(["was_met", "was_not_met", "was_undecided"]).sum(),
        "undecided_when_set": own["when_set"].eq("was_undecided").sum(),
        "met_when_set": own["when_set"].eq("was_met").sum(),
        "reached_early": (own["status"].isin(OPEN) & own["first_met"].notna()).sum(),
        "met_printed": (own["status"].eq("met") & both_printed(own)).sum(),
        "passed_in_part": passed_in_part(own).sum(),
    }
    counts |= {name: by_status.get(name, 0) for name in STATUSES if name != "not_judged"}
    return {name: int(count) for name, count in counts.items()}


def both_printed(progress: DataFrame) -> Series:
    """Which targets and their outcomes are both printed by a source of grade A or B."""
    return progress["evidence"].eq("printed") & progress["outcome_evidence"].eq("printed")


def passed_in_part(progress: DataFrame) -> Series:
    """Which due targets the count of a part of their year already passes.

    Only counts of what is newly made (YEARLY, in the units COUNTED): they cannot fall within the
    year. The status does not use this, for no figure of a part of a year settles a target.

    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> int(passed_in_part(progress).sum())
    3
    """
    return pd.Series(
        [
            row.status == "outcome_missing"
            and row.indicator in YEARLY
            and row.unit in COUNTED
            and row.outcome_verdict == "part_of_year"
            and row.outcome_period[:4] == str(row.target_year)
            and compare(
                row.comparator, target_interval(row.comparator, row.printed), row.outcome_interval
            )
            == "meets"
            for row in progress.itertuples()
        ],
        index=progress.index,
        dtype=bool,
    )
