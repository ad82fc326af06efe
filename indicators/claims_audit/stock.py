"""The tables that the checks read, and one way to look a figure up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from pandas import DataFrame

from indicators import tables
from indicators.claims import COUNTED, claim
from indicators.claims_audit.comparison import Comparison
from indicators.claims_audit.texts import said
from indicators.evidence import mark_rows, weakest
from indicators.findings import exact_interval
from indicators.intervals import Interval, claim_interval
from indicators.records import read_records
from indicators.thresholds import printed_unit

HANGZHOU, ZHEJIANG, CHINA = "330100", "330000", "100000"
TABLES = ("claims", "sources", "income", "investment", "services", "targets")


@dataclass(frozen=True)
class Figure:
    """A figure of a table that is no claim: as printed, and all values that it stands for."""

    printed: str
    bound: str
    period: str
    interval: Interval
    grade: str
    evidence: str
    source_id: str

    @property
    def value(self) -> float:
        return float(self.printed)


class _Row(NamedTuple):
    period: str
    value: float
    printed: str
    decimals: Any
    bound: str
    unit: str
    origin: str
    status: str
    grade: str
    evidence: str
    source_id: str


@dataclass(frozen=True)
class Stock:
    """The tables as loaded: `claims`, `sources`, `income`, `investment`, `services`, and for the
    leads `targets`.
    """

    tables: Mapping[str, DataFrame]
    rounding: str = "half_up"
    _rows: dict[str, DataFrame] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls, rounding: str = "half_up") -> Stock:
        """The tables of the data folder."""
        return cls({name: tables.load(name) for name in TABLES}, rounding)

    def rows(self, table: str) -> DataFrame:
        """A table of figures with the marks of `evidence.mark_rows`."""
        if table not in self._rows:
            self._rows[table] = mark_rows(self.tables[table], self.tables["sources"])
        return self._rows[table]

    @property
    def claims(self) -> DataFrame:
        return self.tables["claims"]

    @cached_property
    def article(self) -> str:
        """The source id of the article."""
        sources = self.tables["sources"]
        return sources.loc[sources["kind"].eq("article"), "source_id"].iloc[0]

    def claim(self, claim_id: str) -> Interval:
        """All values that a claim allows, in the unit of its row."""
        return claim(self.claims, claim_id, self.rounding)

    def printed(self, claim_id: str) -> str:
        """The figure of a claim as text."""
        rows = self.claims
        return rows.loc[rows["claim_id"].eq(claim_id), "value"].iloc[0]

    def as_claimed(self, claim_id: str, text: str) -> Interval:
        """All values that the claim would allow if `text` stood in the place of its figure."""
        return claim(self.claims, claim_id, self.rounding, instead=text)

    def find(
        self, table: str, indicator: str, period: str, place: str = HANGZHOU, **wanted: Any
    ) -> Figure:
        """The figure to use that no article claims: a normal one first, then a provisional one.

        Then an exact figure before a bound, a printed one before a derived one, the better grade.
        Raises ValueError where there is none.
        """
        rows = self.rows(table)
        wanted = {"place_code": place, "indicator": indicator, "period": period} | wanted
        keep = [rows["evidence"].to_numpy() != "claimed", rows["status"].to_numpy() != "suspect"]
        keep += [rows[name].to_numpy() == value for name, value in wanted.items()]
        found = read_records(rows[np.logical_and.reduce(keep)], _Row)
        if not found:
            raise ValueError(
                f"{table} has no figure with {', '.join(f'{n} = {v}' for n, v in wanted.items())}"
            )
        row = min(found, key=_preference)
        unit = printed_unit(row.decimals) if row.bound in ("eq", "about") else None
        interval = claim_interval(row.printed, row.bound, unit, self.rounding)
        if row.bound == "eq" and row.unit in COUNTED and row.decimals == 0:
            interval = exact_interval(row.value)
        marks = (row.grade, row.evidence, row.source_id)
        return Figure(row.printed, row.bound, row.period, interval, *marks)

    def beside(
        self,
        relation: str,
        key: str,
        figures: Sequence[Figure] = (),
        mentioned: Sequence[Figure] = (),
        **parts: Any,
    ) -> Comparison:
        """A comparison whose text has this key; its evidence rests on the figures.

        Without figures the article is set beside itself. `compared`, `found` and `printed` go to
        the Comparison, the other parts into the text.
        """
        sides = {
            name: parts.pop(name) for name in ("compared", "found", "printed") if name in parts
        }
        return Comparison(
            relation,
            said(key, **parts),
            weakest(*(figure.evidence for figure in figures)) if figures else "claimed",
            max((figure.grade for figure in figures), default=""),
            _ids(figures) or self.article,
            mentioned=_ids(mentioned),
            **sides,
        )


def _preference(row: _Row) -> tuple:
    inexact, derived = row.bound != "eq", row.origin != "printed"
    return row.status, inexact, derived, row.grade, row.source_id


def _ids(figures: Sequence[Figure]) -> str:
    ids = {part for figure in figures for part in figure.source_id.split(";")}
    return ";".join(sorted(ids))
