"""A panel of the reader's own: what its file may hold, and what is said of a file that may not."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import tables
from indicators.panel import COLUMNS, LAYOUT, MEASURES, balanced, matrix, read_panel
from indicators.schema import DataError

SOUND = "unit,year,urban,rural\nA,2020,30,15\nA,2021,32,16\nB,2020,20.5,10\nB,2021,,11\n"


@pytest.fixture
def read(tmp_path):
    """Reads text or bytes as a file."""

    def write_and_read(content: str | bytes) -> pd.DataFrame:
        file = tmp_path / "own.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_panel(file)

    return write_and_read


@pytest.fixture
def faults(read):
    """The faults of a file, without its name: row, column, found, allowed."""

    def told(content: str | bytes) -> list[tuple]:
        with pytest.raises(DataError) as caught:
            read(content)
        assert all(fault.rule == LAYOUT and fault.remedy for fault in caught.value.faults)
        assert "datapackage" not in str(caught.value), "the reader's file has no descriptor"
        assert "words belong" not in str(caught.value), "nor a column of notes"
        return [(one.row, one.column, one.found, one.allowed) for one in caught.value.faults]

    return told


# --- what a file may hold -------------------------------------------------------------------------


def test_a_sound_file(read):
    panel = read(SOUND)
    assert list(panel.columns) == list(COLUMNS)
    assert panel.dtypes.astype(str).tolist() == ["str", "int64"] + ["float64"] * 5
    assert panel["urban"].tolist()[:3] == [30, 32, 20.5]
    assert np.isnan(panel["urban"].iloc[3])
    assert panel[["all", "population", "urban_population"]].isna().all(axis=None)


def test_rows_and_columns_in_any_order_are_one_panel(read):
    header, *rows = SOUND.splitlines()
    turned = [",".join(line.split(",")[::-1]) for line in [header, *rows[::-1]]]
    pd.testing.assert_frame_equal(read("\n".join(turned)), read(SOUND))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_marks_and_line_ends_of_any_spreadsheet(read, mark, end):
    pd.testing.assert_frame_equal(read(mark + SOUND.replace("\n", end)), read(SOUND))


def test_names_are_text_whatever_they_hold(read):
    names = ["杭州市", 'St. John\'s, "N"', "<b>x</b>", "$a_1$", "😀", "330100", "-", "\u202eA"]
    cells = ['"' + name.replace('"', '""') + '"' for name in names]
    panel = read("unit,year,all\n" + "".join(f"{cell},2020,1\n" for cell in cells))
    assert set(panel["unit"]) == set(names)


def test_a_path_may_start_from_the_project(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "DATA", tmp_path / "data")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "own.csv").write_text(SOUND)
    assert len(read_panel("mine/own.csv")) == len(read_panel(tmp_path / "mine" / "own.csv")) == 4


def test_an_income_of_all_may_touch_the_others_within_rounding(read):
    assert len(read("unit,year,urban,rural,all\nA,2020,10,10,11\nB,2020,10,5,5\n")) == 2
    assert len(read("unit,year,urban,rural,all\nA,2020,,10,11\nB,2020,10,,5\n")) == 2
    # possible, and left to a remark on the page
    assert len(read("unit,year,urban,rural,all\nA,2020,9,10,9.5\n")) == 1


# --- what it may not hold -------------------------------------------------------------------------

NUMBER = "a number such as 12 or 12.50"
CASES = {
    "no header": ("", [(1, "", "an empty file", "a header and rows")]),
    "blank": (" \n\n", [(1, "", "an empty file", "a header and rows")]),
    "no rows": (
        "unit,year,urban\n", [(1, "", "a header and no rows", "a row for each unit and year")],
    ),
    "twice": (
        SOUND + "A,2020,30,15\n", [(6, "unit, year", "A | 2020, as in row 2", "each key once")],
    ),
    "year": (
        "unit,year,all\nA,2020.0,1\nB,20,1\nC,,1\nD,MMXX,1\n",
        [(2, "year", "'2020.0'", "a whole number"),
         (3, "year", "'20'", "a figure from 1000 to 2999"),
         (4, "year", "a blank", "a value"), (5, "year", "'MMXX'", "a whole number")],
    ),
    "numbers": (
        'unit,year,all\nA,2020,"12,000"\nB,2020,n.a.\nC,2020,1e4\nD,2020,NaN\nE,2020, 5\n'
        "F,2020,１２\nG,2020,12元\nH,2020,inf\n",
        [(row, "all", repr(cell), NUMBER) for row, cell in
         enumerate(["12,000", "n.a.", "1e4", "NaN", " 5", "１２", "12元", "inf"], 2)],
    ),
    "sizes": (
        "unit,year,all,population,urban_population\nA,2020,0,1,0\nB,2020,-3,0,\nC,2020,1,1,-1\n"
        "D,2020," + "9" * 400 + ",,\n",
        [(2, "all", "'0'", "a number above 0"), (3, "all", "'-3'", "a number above 0"),
         (3, "population", "'0'", "a number above 0"),
         (4, "urban_population", "'-1'", "a number 0 or more"),
         (5, "all", repr("9" * 400), "a number above 0")],
    ),
    "people": (
        "unit,year,all,population,urban_population\nA,2020,5,10,11\n",
        [(2, "population, urban_population", "11 urban of 10",
          "no more urban people than people")],
    ),
    "between": (
        "unit,year,urban,rural,all\nA,2020,30,10,32\nB,2020,30,10,8.9\n",
        [(2, "urban, rural, all", "32 for all, 30 urban, 10 rural", "all between rural and urban"),
         (3, "urban, rural, all", "8.9 for all, 30 urban, 10 rural",
          "all between rural and urban")],
    ),
    "spellings": (
        "unit,year,all\n"
        "Hangzhou,2020,1\nHANGZHOU,2021,1\nＡ,2020,1\nA,2021,1\nB ,2020,1\n,2020,1\n",
        [(3, "unit", "'HANGZHOU', and 'Hangzhou' in row 2", "one spelling for a unit"),
         (5, "unit", "'A', and 'Ａ' in row 4", "one spelling for a unit"),
         (6, "unit", "'B '", "no spaces at its ends"), (7, "unit", "a blank", "a value")],
    ),
    "columns": (
        "Unit,year,urbn,urban\nA,2020,1,2\n",
        [(1, "unit", "no such column", ", ".join(COLUMNS)),
         (1, "Unit", "a column 'Unit' (nearest: unit)", ", ".join(COLUMNS)),
         (1, "urbn", "a column 'urbn' (nearest: urban, unit)", ", ".join(COLUMNS))],
    ),
    "no income": (
        "unit,year,population\nA,2020,1\n",
        [(1, "urban, rural, all", "no income", "at least one of urban, rural, all")],
    ),
    "column twice": (
        "unit,year,all,all\nA,2020,1,1\n", [(1, "", "two columns of one name", "unit, year, all")],
    ),
    "semicolons": ("unit;year;all\nA;2020;1\n", [(1, "", "cells apart by semicolons", "commas")]),
    "tabulators": ("unit\tyear\tall\n", [(1, "", "cells apart by tabulators", "commas")]),
    "cells": (
        "unit,year,all\nA,2020\n\nB,2020,1,1\n",
        [(2, "", "2 cells", "3 cells"), (3, "", "a blank line", "3 cells"),
         (4, "", "4 cells", "3 cells")],
    ),
    "quotation": (
        'unit,year,all\n"A,2020,1\n',
        [(2, "", "a row that cannot be read (unexpected end of data)", "cells quoted to the end")],
    ),
    "one bad byte": (
        b"unit,year,all\nA,2020,1\n\xff,2020,0\n",
        [(3, "", "the byte 0xff after ''", "UTF-8 text"), (3, "all", "'0'", "a number above 0")],
    ),
    "another encoding": (
        "unit,year,all\n杭州,2020,1\n宁波,2020,1\n".encode("gb18030"),
        [(2, "", "2 lines that are no UTF-8 text, the first here", "UTF-8 text")],
    ),
    "sixteen bits": (
        SOUND.encode("utf-16"),
        [(1, "", "1 lines that are no UTF-8 text, the first here", "UTF-8 text")],
    ),
    "nul": (b"unit,year,all\nA\0,2020,1\n", [(2, "", "a NUL byte", "text")]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_fault_says_where_what_and_what_is_allowed(faults, case):
    content, expected = CASES[case]
    assert faults(content) == expected


def test_all_faults_of_a_file_come_together(faults):
    content = (
        "unit,year,urban,rural,note\nA,2020,-1,5,x\nA,2020,x,5,\nB,20x0,3,2,\nC,2020,3\n"
        "b,2021,1,0,\n"
    )
    assert [fault[:2] for fault in faults(content)] == [
        (1, "note"), (2, "urban"), (3, "urban"), (3, "unit, year"), (4, "year"), (5, ""),
        (6, "unit"), (6, "rural"),
    ]  # fmt: skip


def test_the_text_names_the_file_and_what_to_do(read, tmp_path):
    with pytest.raises(DataError) as caught:
        read("unit,year,urbn\nA,2020,1\n")
    assert str(caught.value).splitlines() == [
        "2 faults in the data:",
        f"  {tmp_path / 'own.csv'}, row 1, urbn: found a column 'urbn' (nearest: urban, "
        f"unit); allowed: {', '.join(COLUMNS)}. give it one of these names, or take "
        f"it out ({LAYOUT})",
        f"  {tmp_path / 'own.csv'}, row 1, urban, rural, all: found no income; allowed: at least "
        f"one of urban, rural, all. add a column of incomes per head ({LAYOUT})",
    ]


@pytest.mark.parametrize("path", ["nowhere/own.csv", "data", "own\0.csv"])
def test_a_file_that_cannot_be_read(path):
    with pytest.raises(DataError, match=r"found no readable file .*; allowed: a CSV file"):
        read_panel(path)


@pytest.mark.parametrize("path", [None, 5, b"own.csv", ["own.csv"]])
def test_a_path_that_is_none(path):
    with pytest.raises(ValueError, match=r"path = .*; allowed: text or a Path"):
        read_panel(path)


@given(st.binary(max_size=200))
def test_no_file_does_anything_but_be_read_or_be_refused(tmp_path_factory, content):
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(content)
    with pytest.raises(DataError):
        read_panel(file)


INCOME = st.one_of(st.none(), st.integers(1, 10**7).map(lambda cents: cents / 100))
ROW = st.fixed_dictionaries(
    {
        "unit": st.sampled_from("ABCD"),
        "year": st.integers(1000, 2999),
        "urban": INCOME,
        "all": INCOME,
    }
)


@given(st.lists(ROW, min_size=1, max_size=12, unique_by=lambda row: (row["unit"], row["year"])))
def test_what_is_written_is_read(tmp_path_factory, rows):
    file = tmp_path_factory.getbasetemp() / "written.csv"
    written = pd.DataFrame(rows)
    written.to_csv(file, index=False, lineterminator="\r\n", encoding="utf-8-sig")
    panel = read_panel(file)
    expected = written.sort_values(["unit", "year"], ignore_index=True)
    for column in written:
        np.testing.assert_array_equal(panel[column], expected[column].astype(panel[column].dtype))
    levels = matrix(panel, "all")
    assert levels.notna().sum().sum() == written["all"].notna().sum()
    whole = balanced(levels, 1000, 1001)
    assert len(whole) <= len(levels)
    assert whole.notna().all(axis=None)


# --- matrices -------------------------------------------------------------------------------------


def test_a_matrix_of_each_measure(read):
    panel = read(SOUND)
    assert matrix(panel, "urban").loc["A"].tolist() == [30, 32]
    assert matrix(panel, "ratio").loc["A"].tolist() == [2, 2]
    assert np.isnan(matrix(panel, "ratio").loc["B", 2021])
    assert matrix(panel, "all").shape == (0, 0)


def test_a_balanced_block_leaves_out_and_fills_nothing_in(read):
    levels = matrix(read(SOUND), "urban")
    assert balanced(levels, 2020, 2021).index.tolist() == ["A"]
    assert balanced(levels, 2019, 2021).empty
    assert balanced(matrix(read(SOUND), "rural"), 2020, 2021).shape == (2, 2)


def test_the_order_of_rows_does_not_matter(read):
    panel = read(SOUND)
    for measure in MEASURES:
        pd.testing.assert_frame_equal(matrix(panel[::-1], measure), matrix(panel, measure))


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"urban": [30.0, np.inf, 20.5, 1]}, "urban has 1 values such as inf; allowed: blank, or"),
        ({"urban": [30.0, 0, -1, 1]}, "urban has 2 values such as 0.0"),
        ({"urban": ["30", "x", "1", "2"]}, "urban has 4 of 4 values that are no numbers"),
        ({"year": [2020.5, 2021, 2020, 2021]}, "years of the type float64; allowed: whole"),
        ({"year": [2020, 2020, 2020, 2021]}, "A in 2020 twice; allowed: each unit and year once"),
        ({"unit": ["A", "A", None, "B"]}, "a row without a unit; allowed: a name in each row"),
    ],
)
def test_a_matrix_of_faulty_values(read, change, text):
    with pytest.raises(ValueError, match=re.escape(text)):
        matrix(read(SOUND).assign(**change), "urban")


def test_a_matrix_of_something_else(read):
    with pytest.raises(ValueError, match=r"income = 'urbn' \(nearest: urban\); allowed: urban, ru"):
        matrix(read(SOUND), "urbn")
    with pytest.raises(ValueError, match=r"panel = \[\[1\.0\]\]; allowed: a DataFrame with unit"):
        matrix([[1.0]], "urban")
    with pytest.raises(ValueError, match=r"panel = \['unit'\]; allowed: .*urban, rural"):
        matrix(pd.DataFrame({"unit": ["A"]}), "ratio")


@pytest.mark.parametrize("years", [(2021, 2020), (2020, 2020), (2020.5, 2022), ("a", "b")])
def test_a_block_of_no_years(read, years):
    with pytest.raises(ValueError, match="allowed: whole numbers, the last after the first"):
        balanced(matrix(read(SOUND), "urban"), *years)
