"""What a method hands back, and how the rows of its table are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pandas import DataFrame

from indicators.inputs import check_number, shown
from indicators.intervals import Interval, check_interval

# Tables are to be read: their numbers stop where no printed figure reaches.
DECIMALS = 6


@dataclass(frozen=True)
class Findings:
    """Intervals by name, the table behind them, and the ids of its sources joined by `;`."""

    results: Mapping[str, Interval]
    table: DataFrame = field(repr=False)
    source_id: str

    def __getitem__(self, name: str) -> Interval:
        return self.results[name]


def round_table(rows: list[dict[str, Any]]) -> DataFrame:
    """A table of these rows, its numbers rounded to be read.

    Raises ValueError for anything but a list of mappings.

    >>> round_table([{"place": "330100", "rate": 1 / 3}])["rate"].tolist()
    [0.333333]
    """
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise ValueError(f"rows = {shown(rows)}; allowed: a list of mappings, one for each row")
    return DataFrame(rows).round(DECIMALS)


def exact_interval(number: float) -> Interval:
    """A number that has no uncertainty. Raises ValueError for anything but a finite number.

    >>> exact_interval(235).kind
    'exact'
    """
    number = check_number("number", number)
    return Interval(number, number, "exact", number)


def interval_cells(interval: Interval) -> dict[str, Any]:
    """The cells low, estimate, high and kind of a row. Raises ValueError for no Interval.

    >>> interval_cells(exact_interval(235))
    {'low': 235.0, 'estimate': 235.0, 'high': 235.0, 'kind': 'exact'}
    """
    check_interval("interval", interval)
    return {name: getattr(interval, name) for name in ("low", "estimate", "high", "kind")}
