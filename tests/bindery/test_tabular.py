"""Cells of tables: plain values in the record, text for a reader."""

from __future__ import annotations

import datetime
from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from bindery.faults import BinderyError
from bindery.tabular import cell_text, cell_value, table_texts

LABELS = {
    "columns": {"year": {"en": "Year", "zh": "年"}, "sheaves": {"en": "Sheaves", "zh": "捆数"}},
    "units": {"sheaves": {"en": "sheaves", "zh": "捆"}},
    "values": {"north": {"en": "North field", "zh": "北田"}},
}
RANGE = SimpleNamespace(
    low=1, high=2, kind="exact", estimate=None, level=None, low_closed=True, high_closed=True
)


@pytest.mark.parametrize(("value", "plain"), [
    ("north", "north"), ("", ""), (None, None), (True, True), (np.bool_(False), False),
    (3, 3), (np.int64(3), 3), (2.5, 2.5), (np.float64(2.5), 2.5), (Decimal("2.5"), "2.5"),
    (np.nan, None), (float("inf"), None), (pd.NA, None), (pd.NaT, None),
    (datetime.date(1901, 8, 1), "1901-08-01"),
])  # fmt: skip
def test_cell_becomes_a_plain_value(value, plain):
    assert cell_value(value) == plain
    assert type(cell_value(value)) is type(plain)


def test_interval_becomes_a_mapping():
    assert cell_value(RANGE)["low"] == 1
    assert cell_value(RANGE)["kind"] == "exact"


def test_missing_cells_of_a_frame_of_pandas_types_become_none():
    frame = pd.DataFrame(
        {
            "a": pd.array([1, None], dtype="Int64"),
            "b": pd.array(["x", None], dtype="string"),
            "c": pd.array([True, None], dtype="boolean"),
        }
    )
    cells = [[cell_value(cell) for cell in row] for row in frame.itertuples(index=False)]
    assert cells == [[1, "x", True], [None, None, None]]


@pytest.mark.parametrize(("cell", "column", "en", "zh"), [
    ("north", {}, "North field", "北田"),
    ("anything", {}, "anything", "anything"),
    ("", {}, "", ""),
    (None, {"unit": "sheaves"}, "—", "—"),
    (True, {}, "yes", "是"),
    (False, {}, "no", "否"),
    (1901, {}, "1901", "1901"),
    (1901.0, {}, "1901", "1901"),
    (1234567.0, {}, "1234567", "1234567"),
    (-1234.5678, {}, "−1234.5678", "−1234.5678"),
    (0.1 + 0.2, {}, "0.3", "0.3"),
    (1350, {"unit": "sheaves"}, "1,350", "1350"),
    (1350, {"digits": 1}, "1,350.0", "1350.0"),
    (0.5, {"unit": "share"}, "50.0", "50.0"),
    (12.5, {"unit": "percent", "digits": 1}, "12.5", "12.5"),
    # what is above zero is not said to be zero
    (0.0004, {"digits": 3}, "<0.001", "<0.001"), (0.00049, {"digits": 3}, "<0.001", "<0.001"),
    (0.00051, {"digits": 3}, "0.001", "0.001"), (0.0, {"digits": 3}, "0.000", "0.000"),
    (-0.0004, {"digits": 3}, "0.000", "0.000"), (0.0003, {"unit": "share"}, "<0.1", "<0.1"),
    (0.4, {"unit": "sheaves", "digits": 0}, "<1", "<1"),
])  # fmt: skip
def test_cell_as_a_reader_sees_it(cell, column, en, zh):
    assert cell_text(cell, column, LABELS, "en") == en
    assert cell_text(cell, column, LABELS, "zh") == zh


def test_interval_in_a_cell_has_no_unit():
    cell = cell_value(RANGE)
    assert cell_text(cell, {"unit": "sheaves", "digits": 1}, LABELS, "en") == "1.0 to 2.0"
    assert cell_text(cell, {"unit": "sheaves"}, LABELS, "zh") == "1至2"


FACTS = {"columns": ["year", "sheaves"], "rows": [[1901, 1350], [1902, None]]}


class TestTable:
    def test_units_stand_in_the_head(self):
        head, rows = table_texts(FACTS, {"sheaves": {"unit": "sheaves"}}, LABELS, "en")
        assert head == ["Year", "Sheaves (sheaves)"]
        assert rows == [["1901", "1,350"], ["1902", "—"]]

    def test_chinese_head_has_chinese_brackets(self):
        head, _ = table_texts(FACTS, {"sheaves": {"unit": "sheaves"}}, LABELS, "zh")
        assert head == ["年", "捆数（捆）"]

    def test_shares_are_headed_by_a_percent_sign(self):
        head, _ = table_texts(FACTS, {"sheaves": {"unit": "share"}}, LABELS, "en")
        assert head == ["Year", "Sheaves (%)"]

    def test_table_without_rows_keeps_its_head(self):
        assert table_texts({"columns": ["year"], "rows": []}, {}, LABELS, "en") == (["Year"], [])

    def test_column_without_a_label_is_an_error_that_names_it(self):
        with pytest.raises(BinderyError, match="no columns word for 'barn' in 'en'"):
            table_texts({"columns": ["barn"], "rows": []}, {}, LABELS, "en")
