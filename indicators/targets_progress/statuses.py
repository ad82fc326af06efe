"""The status of every target, by rules that look at intervals alone."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pandas import DataFrame

from indicators.evidence import mark_rows, weakest
from indicators.targets import YEARLY, choose_outcomes, settling
from indicators.targets_progress.choices import ALL, Choices

# In the order in which they are shown.
STATUSES = (
    "met",
    "already_met",
    "missed",
    "undecided",
    "outcome_missing",
    "not_yet_due",
    "no_outcome_named",
    "not_judged",
)
OPEN = ("outcome_missing", "not_yet_due")
WHEN_SET = (
    "was_met",
    "was_not_met",
    "was_undecided",
    "no_figure_then",
    "set_year_unknown",
    "counted_anew",
)


def judge_targets(
    targets: DataFrame, rows: DataFrame, sources: DataFrame, choices: Choices
) -> DataFrame:
    """The targets of the page with their outcome and status, sorted by their key.

    `targets` and `sources` as loaded, `rows` as from `targets.outcome_rows`. The columns of
    `targets.choose_outcomes` are kept. Added:

    - `target_id`: place, year and indicator; a second target of the same three gets a number;
    - `evidence`: how the target itself is printed; `printed_status`: its `status` in the table;
    - `status`, by the first rule that fits: `not_judged` (suspect, unless the page includes it, or
      replaced by a later list), `no_outcome_named` (no row of the tables can be its outcome),
      `already_met` (met in print when it was set, and no later figure says otherwise),
      `not_yet_due` (the target year is after `as_of`), `outcome_missing` (the figure of the whole
      target year is not in print), then `met`, `missed` or `undecided`;
    - `when_set`: WHEN_SET, what the last whole year at or before the setting says;
    - `first_met`: the first whole year after the setting whose printed figure meets the target.

    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> len(progress) == len(load("targets"))
    True
    """
    joined = choose_outcomes(targets, rows, choices.as_of, choices.include_suspect)
    joined = joined.sort_values("row_id", ignore_index=True)
    joined = mark_rows(joined.assign(origin="printed"), sources).drop(columns="origin")
    slug = joined["place_code"] + "-" + joined["target_year"].astype(str) + "-"
    slug += joined["indicator"].str.replace("[._]", "-", regex=True)
    again = joined.groupby(slug.to_numpy()).cumcount()
    joined["target_id"] = slug.where(again.eq(0), slug + "-" + (again + 1).astype(str))
    if choices.place != ALL:
        joined = joined[joined["place_code"].eq(choices.place)].reset_index(drop=True)
    if joined.empty:
        known = ", ".join(sorted(set(targets["place_code"])))
        raise ValueError(f"no target for {choices.place}; places that have one: {known}")
    reached = _first_met(targets, settling(rows, choices.as_of, choices.include_suspect))
    return joined.assign(
        printed_status=joined["status"],
        when_set=[_when_set(row) for row in joined.itertuples()],
        status=[_status(row, choices) for row in joined.itertuples()],
        first_met=pd.array(joined["row_id"].map(reached), dtype="Int64"),
    )


def judged(progress: DataFrame) -> DataFrame:
    """The targets that have a status of their own, from the table of `judge_targets`.

    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> len(judged(progress)) < len(progress)
    True
    """
    return progress[progress["status"].ne("not_judged")]


def status_marks(progress: DataFrame) -> DataFrame:
    """One row for each target, to be drawn: status, place_code, target_id, evidence, source_id.

    The evidence is the weaker of the target's own and that of the outcome which settles it.

    >>> from indicators.tables import load
    >>> from indicators.targets import OUTCOME_TABLES, outcome_rows
    >>> from indicators.targets_progress import Choices, judge_targets
    >>> tables = {name: load(name) for name in ("sources", *OUTCOME_TABLES)}
    >>> rows = outcome_rows(load("targets"), tables)
    >>> progress = judge_targets(load("targets"), rows, tables["sources"], Choices())
    >>> len(status_marks(progress)) > 1
    True
    """
    settled = progress["outcome_of_target_year"]
    marks = [
        weakest(row.evidence, row.outcome_evidence) if uses else row.evidence
        for row, uses in zip(progress.itertuples(), settled, strict=True)
    ]
    sources = [
        join_sources(row.source_id, row.outcome_source_id) if uses else row.source_id
        for row, uses in zip(progress.itertuples(), settled, strict=True)
    ]
    table = progress[["status", "place_code", "target_id"]].assign(
        evidence=marks, source_id=sources
    )
    order = table["status"].map(STATUSES.index)
    return (
        table.assign(order=order)
        .sort_values(["order", "place_code", "target_id"], ignore_index=True)
        .drop(columns="order")
    )


def join_sources(*cells: str) -> str:
    """The ids of several cells, each once.

    >>> join_sources("a;b", "b;c")
    'a;b;c'
    """
    return ";".join(dict.fromkeys(part for cell in cells for part in cell.split(";")))


def _status(row: Any, choices: Choices) -> str:
    judged = row.status == "normal" or (row.status == "suspect" and choices.include_suspect)
    if not judged:
        return "not_judged"
    if not row.outcome_table:
        return "no_outcome_named"
    later = row.outcome_verdict if row.outcome_whole_year else "meets"
    if row.base_verdict == "meets" and later == "meets":
        return "already_met"
    if row.target_year > choices.as_of:
        return "not_yet_due"
    if not row.outcome_of_target_year:
        return "outcome_missing"
    return {"meets": "met", "fails": "missed"}.get(row.outcome_verdict, row.outcome_verdict)


def _when_set(row: Any) -> str:
    if row.indicator in YEARLY:
        return "counted_anew"
    if pd.isna(row.set_in):
        return "set_year_unknown"
    if not row.base_period:
        return "no_figure_then"
    return {"meets": "was_met", "fails": "was_not_met"}.get(row.base_verdict, "was_undecided")


def _first_met(targets: DataFrame, rows: DataFrame) -> dict[str, int]:
    """By row id of the target: the first whole year, once it was set, that meets it."""
    # of a year that is printed more than once, the preferred figure
    rows = rows[rows["whole_year"]].drop_duplicates(["target_id", "year"])
    known = targets.set_index("row_id")
    set_in, due = (rows["target_id"].map(known[name]) for name in ("set_in", "target_year"))
    anew = rows["target_id"].map(known["indicator"]).isin(YEARLY)
    within = rows["year"].gt(set_in).fillna(False) & rows["year"].lt(due) & ~anew
    reached = rows[(within | rows["year"].eq(due)) & rows["verdict"].eq("meets")]
    return reached.groupby("target_id")["year"].min().to_dict()
