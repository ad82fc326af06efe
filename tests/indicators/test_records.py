"""Rows as named tuples: the cells that `itertuples` gives, as plain values of Python."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
import pytest

from indicators.records import read_records


class Figure(NamedTuple):
    period: str
    decimals: Any
    value: float
    printed: bool


def test_cells_are_those_of_itertuples(income_rows):
    class Income(NamedTuple):
        period: str
        value_low: float
        source_id: str

    expected = income_rows[list(Income._fields)].itertuples(index=False, name=None)
    # what is missing is not equal to itself, so the texts of the cells are compared
    assert list(map(repr, map(tuple, read_records(income_rows, Income)))) == list(
        map(repr, expected)
    )


def test_only_the_columns_that_are_named_in_the_order_of_the_tuple():
    table = pd.DataFrame(
        {"note": "一", "value": [1.5, None], "period": ["2024", ""], "printed": [True, False]}
    )
    table["decimals"] = pd.array([1, None], dtype="Int64")
    first, second = read_records(table, Figure)
    assert first == Figure("2024", 1, 1.5, True)
    assert [type(cell) for cell in first] == [str, int, float, bool]
    assert second.decimals is pd.NA
    assert pd.isna(second.value)
    assert second.printed is False


def test_no_row_gives_no_record():
    assert read_records(pd.DataFrame(columns=[*Figure._fields]), Figure) == []


def test_a_field_that_is_no_column_is_named():
    with pytest.raises(KeyError, match="decimals"):
        read_records(pd.DataFrame({"period": ["2024"]}), Figure)
