"""The evidence behind a figure, and which of several printed figures to use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from pandas import DataFrame

from indicators.inputs import (
    check_choice,
    check_flag,
    check_table,
    check_together,
    check_words,
    refuse,
    shown,
)
from indicators.intervals import Interval, claim_interval

EVIDENCE = ("printed", "copied", "claimed", "derived", "suspect")  # from strong to weak
_READ = ("printed", "decimals", "period", "origin", "status", "grade", "evidence", "source_id")


@dataclass(frozen=True)
class Reported:
    """A figure as a source prints it; `digits` are its decimals, negative for whole thousands.

    `vintage` names the list that the figure belongs to, in the tables that tell lists apart.
    """

    printed: str
    digits: int
    period: str
    evidence: str
    source_id: str
    vintage: str = ""

    @property
    def value(self) -> float:
        return float(self.printed)

    def fits(self, unit: int) -> bool:
        """Whether the figure can have been rounded to `unit`."""
        return Decimal(self.printed) % unit == 0

    def interval(self, rounding: str, unit: int = 0) -> Interval:
        """All values that round to the figure, at `unit` where that is coarser than its digits."""
        own = f"1e{-self.digits}"
        return claim_interval(self.printed, "eq", max(own, str(unit), key=float), rounding)


def mark_rows(rows: DataFrame, sources: DataFrame) -> DataFrame:
    """The rows of a table with columns `grade` and `evidence`, in the same order.

    Evidence is `suspect` by status, else `claimed` for a figure of the article, `derived` by
    origin, `copied` for a source of grade C or D, else `printed`. Raises ValueError for no such
    tables.

    >>> from indicators import tables
    >>> rows = mark_rows(tables.load("income"), tables.load("sources"))
    >>> sorted(set(rows["evidence"])) == sorted(EVIDENCE)
    True
    """
    check_together(
        lambda: check_table("rows", rows, ("source_id", "status", "origin")),
        lambda: check_table("sources", sources, ("source_id", "grade", "kind")),
    )
    known = sources.set_index("source_id")
    grade, kind = (rows["source_id"].map(known[name]) for name in ("grade", "kind"))
    marks = np.select(
        [
            rows["status"].eq("suspect"),
            kind.eq("article"),
            rows["origin"].eq("derived"),
            grade.isin(["C", "D"]),
        ],
        ["suspect", "claimed", "derived", "copied"],
        "printed",
    )
    return rows.assign(grade=grade, evidence=marks)


def reported(
    rows: DataFrame,
    wanted: Mapping[str, Any],
    status: Sequence[str] = ("normal",),
    printed_only: bool = False,
) -> Reported | None:
    """The exact figure to use, or None: of that status, and with these values in its columns.

    `rows` as from `mark_rows`. Normal figures come before suspect ones, printed before derived,
    then the better grade. Raises ValueError for no such table, and for a wanted column that it does
    not have, a status that is no list of words, and a flag that is none.

    >>> from indicators import tables
    >>> rows = mark_rows(tables.load("income"), tables.load("sources"))
    >>> wanted = {"place_code": "330100", "indicator": "ratio_stated", "period": "2024"}
    >>> reported(rows, wanted).evidence
    'claimed'
    """
    check_together(
        lambda: _check_wanted(rows, wanted),
        lambda: check_words("status", status),
        lambda: check_flag("printed_only", printed_only),
    )
    wanted = {**wanted, "bound": "eq"} | ({"origin": "printed"} if printed_only else {})
    read = [*_READ, "vintage"] if "vintage" in rows else _READ
    column = {name: rows[name].to_numpy() for name in (*wanted, *read)}
    hits = np.flatnonzero(np.logical_and.reduce([column[n] == wanted[n] for n in wanted]))
    found = [{name: column[name][hit] for name in read} for hit in hits]
    found = [row for row in found if row["status"] in status]
    if not found:
        return None
    best = min(
        found,
        key=lambda row: (row["status"], row["origin"] != "printed", row["grade"], row["source_id"]),
    )
    decimals = len(best["printed"].partition(".")[2])
    digits = decimals if pd.isna(best["decimals"]) else int(best["decimals"])
    marks = (best["period"], best["evidence"], best["source_id"], best.get("vintage", ""))
    return Reported(best["printed"], digits, *marks)


def _check_wanted(rows: DataFrame, wanted: Mapping[str, Any]) -> None:
    mapped = isinstance(wanted, Mapping)
    check_together(
        lambda: check_table("rows", rows, (*_READ, "bound", *(wanted if mapped else ()))),
        lambda: mapped or refuse([f"wanted = {shown(wanted)}; allowed: values by column"]),
    )


def weakest(*marks: str) -> str:
    """The weakest of several evidence marks, for a figure that rests on all of them.

    Raises ValueError for an unknown mark, and for none.

    >>> weakest("printed", "claimed", "copied")
    'claimed'
    """
    if not marks:
        raise ValueError("found no evidence mark; allowed: one or more")
    check_together(*(lambda mark=mark: check_choice("evidence", mark, EVIDENCE) for mark in marks))
    return max(marks, key=EVIDENCE.index)


def provenance(*figures: Reported) -> dict[str, str]:
    """The weakest evidence of several figures, and the ids of their sources joined by `;`.

    `figures` are Reported, or rows with evidence and source_id. Raises ValueError for none.

    >>> provenance(Reported("551", 0, "2025", "claimed", "hangzhou-2025", ""))
    {'evidence': 'claimed', 'source_id': 'hangzhou-2025'}
    """
    if not figures or not all(hasattr(figure, "source_id") for figure in figures):
        raise ValueError(f"figures = {shown(figures)}; allowed: one or more with evidence")
    ids = {part for figure in figures for part in figure.source_id.split(";")}
    return {
        "evidence": weakest(*(figure.evidence for figure in figures)),
        "source_id": ";".join(sorted(ids)),
    }
