"""The figures of the table `investment`: which one to use, and on what evidence it rests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd
from pandas import DataFrame

from indicators.intervals import Interval, claim_interval

EVIDENCE = ("printed", "copied", "claimed", "derived", "suspect")  # from strong to weak
_READ = ("printed", "decimals", "vintage", "origin", "status", "grade", "evidence", "source_id")
_WINDOW = re.compile(
    r"\d{4}(?:H(?P<half>1)|Q(?:1-Q)?(?P<quarter>[13])|(?:M\d\d-)?M(?P<month>\d\d))?"
)


@dataclass(frozen=True)
class Reported:
    """A figure as a source prints it; `digits` are its decimals, negative for whole thousands."""

    printed: str
    digits: int
    period: str
    vintage: str
    evidence: str
    source_id: str

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


def months_covered(period: str) -> int:
    """The last month of a period within one year; figures for a part of a year are cumulative.

    >>> months_covered("2025M01-M11"), months_covered("2023Q1"), months_covered("2024")
    (11, 3, 12)
    """
    window = _WINDOW.fullmatch(period)
    if window is None:
        raise ValueError(f"period = {period!r}; allowed: a year or a part of one year")
    if window["month"]:
        return int(window["month"])
    return 6 if window["half"] else 3 * int(window["quarter"] or 4)


def mark_rows(investment: DataFrame, sources: DataFrame) -> DataFrame:
    """The rows of `investment` with columns `grade` and `evidence`, in the same order.

    Evidence is `suspect` by status, else `claimed` for a figure of the article, `derived` by
    origin, `copied` for a source of grade C or D, else `printed`.
    """
    known = sources.set_index("source_id")
    grade, kind = (investment["source_id"].map(known[name]) for name in ("grade", "kind"))
    marks = np.select(
        [
            investment["status"].eq("suspect"),
            kind.eq("article"),
            investment["origin"].eq("derived"),
            grade.isin(["C", "D"]),
        ],
        ["suspect", "claimed", "derived", "copied"],
        "printed",
    )
    return investment.assign(grade=grade, evidence=marks)


def weakest(*marks: str) -> str:
    """The weakest of several evidence marks, for a figure that rests on all of them.

    >>> weakest("printed", "claimed", "copied")
    'claimed'
    """
    return max(marks, key=EVIDENCE.index)


def reported(
    rows: DataFrame,
    place: str,
    programme: str,
    period: str,
    indicator: str,
    vintage: str | None = None,
    status: Sequence[str] = ("normal",),
    printed_only: bool = False,
) -> Reported | None:
    """The figure to use, or None: an exact figure of that status and, if asked, that vintage.

    `rows` as from `mark_rows`. Normal figures come before suspect ones, printed before derived,
    then the better grade.
    """
    wanted = {
        "place_code": place,
        "programme": programme,
        "period": period,
        "indicator": indicator,
        "bound": "eq",
    }
    wanted |= {} if vintage is None else {"vintage": vintage}
    wanted |= {"origin": "printed"} if printed_only else {}
    column = {name: rows[name].to_numpy() for name in (*wanted, *_READ)}
    hits = np.flatnonzero(np.logical_and.reduce([column[n] == wanted[n] for n in wanted]))
    found = [{name: column[name][hit] for name in _READ} for hit in hits]
    found = [row for row in found if row["status"] in status]
    if not found:
        return None
    best = min(
        found,
        key=lambda row: (row["status"], row["origin"] != "printed", row["grade"], row["source_id"]),
    )
    decimals = len(best["printed"].partition(".")[2])
    digits = decimals if pd.isna(best["decimals"]) else int(best["decimals"])
    return Reported(
        best["printed"], digits, period, best["vintage"], best["evidence"], best["source_id"]
    )


def published_rates(
    rows: DataFrame, indicator: str = "completion_rate"
) -> Iterator[tuple[str, str, str, Reported]]:
    """The printed rates, or another indicator, sorted by place, programme and period."""
    keys = rows.loc[rows["indicator"].eq(indicator), ["place_code", "programme", "period"]]
    for place, programme, period in sorted(set(keys.itertuples(index=False, name=None))):
        rate = reported(rows, place, programme, period, indicator)
        if rate:
            yield place, programme, period, rate


def project_count(
    rows: DataFrame,
    place: str,
    programme: str,
    period: str,
    vintage: str,
    names: Sequence[str] = ("projects", "projects_planned"),
) -> Reported | None:
    """The number of projects on the list of a rate: of its period, else of its year."""
    found = (
        reported(rows, place, programme, when, name, vintage)
        for name in names
        for when in (period, period[:4])
    )
    return next((count for count in found if count), None)


def provenance(*figures: Reported) -> dict[str, str]:
    """The weakest evidence of several figures, and the ids of their sources joined by `;`."""
    ids = {part for figure in figures for part in figure.source_id.split(";")}
    return {
        "evidence": weakest(*(figure.evidence for figure in figures)),
        "source_id": ";".join(sorted(ids)),
    }
