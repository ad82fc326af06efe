"""The rows of a table as named tuples, where a statistic goes through them one by one."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from pandas import DataFrame

Record = TypeVar("Record", bound=NamedTuple)


def read_records(table: DataFrame, kind: type[Record]) -> list[Record]:
    """The rows of a table as named tuples of this kind, whose fields name the columns that it has.

    Cells are plain values of Python, and what a column has for a missing one.
    `DataFrame.itertuples` reads every column through a view of its own and makes a new class at
    each call, which takes longer than what a statistic then does with a few dozen rows. Raises
    KeyError for a field that is no column.

    >>> class Ratio(NamedTuple):
    ...     year: int
    ...     estimate: float
    >>> table = DataFrame({"year": [2014, 2022], "note": "", "estimate": [1.89, 1.71]})
    >>> read_records(table, Ratio)[0]
    Ratio(year=2014, estimate=1.89)
    """
    cells = (table[name].tolist() for name in kind._fields)
    return [*map(kind._make, zip(*cells, strict=True))]
