"""A table against its descriptor: what is refused, with which words, and what the library says."""

from __future__ import annotations

import json
import pickle
import random
import re
from collections.abc import Callable
from pathlib import Path

import frictionless
import pytest

from indicators import tables
from indicators.tables import DataError


def swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old, new, 1)


def drop_column(position: int) -> Callable[[bytes], bytes]:
    """For a table without quoted cells before that column."""

    def change(content: bytes) -> bytes:
        rows = [line.split(b",") for line in content.split(b"\n")]
        return b"\n".join(b",".join(row[:position] + row[position + 1 :]) for row in rows)

    return change


def refusal(name: str) -> DataError:
    with pytest.raises(DataError) as caught:
        tables.load(name)
    return caught.value


# --- damaged tables ------------------------------------------------------------------------------

# table, damage, row, column, part of what is found, part of what is allowed
BOTH_REFUSE = {
    "missing column": ("income", drop_column(4), 1, "unit", "no such column", "value, unit, bound"),
    "extra column": ("crosswalk", lambda content: content.replace(b"\n", b",x\n"),
                     1, "x", "a column 'x'", "comparable, note"),
    "order of columns": ("crosswalk", swap(b"code_2010,code_2020", b"code_2020,code_2010"),
                         1, "", "the order code_2020, code_2010", "code_2010, code_2020"),
    "column twice": ("crosswalk", swap(b"name_2010,name_2020", b"name_2010,name_2010"),
                     1, "", "two columns of one name", "name_2010, name_2020"),
    "text in a number": ("income", swap(b",16510,", b",about 16510,"),
                         2, "value", "'about 16510'", "a number such as 12"),
    "text in a whole number": ("targets", swap(b"100000,2025,", b"100000,soon,"),
                               2, "target_year", "'soon'", "a whole number"),
    "neither true nor false": ("crosswalk", swap(b",true,", b",yes,"),
                               2, "comparable", "'yes'", "true or false"),
    "blank where required": ("income", swap(b",16510,", b",,"), 2, "value", "a blank", "a value"),
    "not in the enum": ("income", swap(b",yuan,", b",Yuan,"), 2, "unit", "'Yuan'", "ratio, yuan"),
    "not in a long enum": ("services", swap(b",elderly_beds,", b",elderly_bed,"),
                           3, "indicator", "'elderly_bed'", "values of datapackage.json"),
    "against the pattern": ("income", swap(b",2015Q1-Q3,", b",2015Q1-3,"),
                            4, "period", "'2015Q1-3'", "text of the form"),
    "below the minimum": ("income", swap(b"normal,1,", b"normal,0,"),
                          2, "n_sources", "'0'", "a figure from 1 up"),
    "above the maximum": ("income", swap(b",eq,0,", b",eq,7,"), 3, "decimals", "'7'", "-6 to 6"),
    "key twice": ("targets", lambda content: content + content.split(b"\n")[1] + b"\n",
                  83, "place_code, target_year, indicator, source_id",
                  "basic_pension_coverage | public-service-plan-14fyp, as in row 2", "once"),
    "id twice": ("sources", lambda content: content + content.split(b"\n")[1] + b"\n",
                 336, "source_id", "askci-2017-03-13, as in row 2", "each key once"),
    "unknown source": ("income", swap(b"cri-2016-01-19", b"cri-2016-01-91"),
                       3, "source_id", "'cri-2016-01-91' (nearest: cri-2016-01-19",
                       "a key of data/sources.csv"),
    "unknown place": ("crosswalk", swap(b"\n330106,330106", b"\n330106,330107"),
                      6, "code_2020", "'330107'", "a key of data/places.csv"),
    "a cell too many": ("income", swap(b",16510,", b",16,510,"), 2, "", "18 cells", "17 cells"),
    "a cell too few": ("income", swap(b",16510,yuan,", b",16510,"), 2, "", "16 cells", "17 cells"),
    "blank line": ("income", swap(b"\n100000,2015,", b"\n\n100000,2015,"),
                   3, "", "a blank line", "17 cells"),
    "text after a quotation": ("places", swap(b',"district; 2021: old', b',"district;" 2021: old'),
                               11, "", "a row that cannot be read", "quoted to the end"),
    "one CR": ("income", swap(b"rural net income", b"rural net\rincome"),
               50, "", "1 carriage returns", "LF alone"),
    "no UTF-8": ("income", swap(b"rural net income", b"rural net inc\xffme"),
                 50, "", "the byte 0xff after '01-21,,rural net inc'", "UTF-8 text"),
    "another encoding": ("places", lambda content: content.decode().encode("gb18030"),
                         2, "", "the byte 0xd6 after '100000,'", "UTF-8 text"),
    "empty file": ("places", lambda content: b"", 1, "", "an empty file", "a header and rows"),
    "outer space": ("places", swap(b"\n110000,", b"\n 110000,"), 3, "code", "' 110000'", "^[0-9]"),
}  # fmt: skip

# The library lets these pass; a table of printed figures must not.
ONLY_THE_DOOR_REFUSES = {
    "BOM": ("income", lambda content: b"\xef\xbb\xbf" + content,
            1, "", "a byte order mark (BOM)", "UTF-8 without it"),
    "CRLF": ("income", lambda content: content.replace(b"\n", b"\r\n"),
             1, "", "584 carriage returns", "LF alone"),
    "NUL": ("income", swap(b"rural net income", b"rural net inc\0me"),
            50, "", "a NUL byte", "text"),
    "NaN": ("income", swap(b",16510,", b",NaN,"), 2, "value", "'NaN'", "a number such as"),
    "exponent": ("income", swap(b",16510,", b",1e3,"), 2, "value", "'1e3'", "a number such as"),
    "fullwidth digits": ("income", swap(b",16510,", ",１６５１０,".encode()),
                         2, "value", "'１６５１０'", "a number such as"),
    "TRUE": ("crosswalk", swap(b",true,", b",TRUE,"), 2, "comparable", "'TRUE'", "true or false"),
    "quotation never closed": (
        "places", lambda content: content[:-1].rpartition(b",")[0] + b',"benchmark\n',
        135, "", "a row that cannot be read (unexpected end of data)", "quoted to the end"),
}  # fmt: skip


def library_verdict(folder: Path, name: str) -> tuple[bool, set[int]]:
    """Whether the frictionless library accepts a table, and the rows it names."""
    report = frictionless.Package(str(folder / "datapackage.json")).get_resource(name).validate()
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    return report.valid, {error.row_number for error in errors if hasattr(error, "row_number")}


def test_the_library_accepts_every_table(table_name, root):
    assert library_verdict(root / "data", table_name) == (True, set())


@pytest.mark.parametrize("case", [*BOTH_REFUSE, *ONLY_THE_DOOR_REFUSES])
def test_a_damaged_table_is_refused_in_words(case, stock):
    name, change, row, column, found, allowed = {**BOTH_REFUSE, **ONLY_THE_DOOR_REFUSES}[case]
    stock.damage(f"{name}.csv", change)
    error = refusal(name)
    fault = next(fault for fault in error.faults if fault.row == row and fault.column == column)
    assert fault.file == f"data/{name}.csv"
    assert found in fault.found
    assert allowed in fault.allowed
    assert fault.remedy
    assert f"data/{name}.csv, row {row}" in str(error)
    assert "Traceback" not in str(error)


@pytest.mark.parametrize("case", BOTH_REFUSE)
def test_the_library_refuses_it_too_and_names_the_same_rows(case, stock):
    name, change, *_ = BOTH_REFUSE[case]
    stock.damage(f"{name}.csv", change)
    valid, rows = library_verdict(stock.folder, name)
    assert not valid
    # Broken headers and bytes give the library no row, a later row, or every row.
    headers = ("missing column", "extra column", "order of columns", "column twice")
    if rows and case not in (*headers, "one CR"):
        assert rows == {fault.row for fault in refusal(name).faults}


@pytest.mark.parametrize("case", ONLY_THE_DOOR_REFUSES)
def test_where_the_door_is_narrower_than_the_library(case, stock):
    """Should the library learn one of these, the case moves to the list above."""
    name, change, *_ = ONLY_THE_DOOR_REFUSES[case]
    stock.damage(f"{name}.csv", change)
    assert library_verdict(stock.folder, name)[0]


@pytest.mark.parametrize(
    ("case", "change"),
    [(case, BOTH_REFUSE[case][1]) for case in ("a cell too many", "no UTF-8", "one CR")]
    + [(case, ONLY_THE_DOOR_REFUSES[case][1]) for case in ("BOM", "CRLF", "NUL")],
)
def test_one_fault_is_told_once(case, change, stock):
    stock.damage("income.csv", change)
    assert len(refusal("income").faults) == 1


def test_all_faults_are_told_together(stock):
    stock.damage("income.csv", swap(b",16510,", b",about 16510,"))
    stock.damage("income.csv", swap(b"cri-2016-01-19", b"cri-2016-01-91"))
    stock.damage("income.csv", lambda content: b"\xef\xbb\xbf" + content)
    stock.damage("sources.csv", swap(b",mirror,C,", b",mirror,E,"))
    faults = refusal("income").faults
    assert [(fault.file, fault.row, fault.column) for fault in faults] == [
        ("data/income.csv", 1, ""),
        ("data/income.csv", 2, "value"),
        ("data/sources.csv", 2, "grade"),
        ("data/income.csv", 3, "source_id"),
    ]
    assert str(refusal("income")).startswith("4 faults in the data:\n  data/income.csv, row 1:")


def test_a_broken_row_of_another_table_is_not_blamed_on_the_keys(stock):
    stock.damage("places.csv", swap(b"\n330100,", b"\n330100,,"))
    assert [(fault.file, fault.row) for fault in refusal("income").faults] == [
        ("data/places.csv", 10)
    ]


def test_a_long_list_of_faults_is_cut_in_the_text_only(stock):
    stock.damage("income.csv", lambda content: content.replace(b",yuan,", b",rmb,"))
    error = refusal("income")
    rows = (stock.folder / "income.csv").read_bytes().count(b",rmb,")
    assert len(error.faults) == rows
    assert len(str(error).splitlines()) == 22
    assert str(error).endswith(f"… and {rows - 20} more; the attribute faults holds all")


def test_an_error_travels_between_processes(stock):
    stock.damage("income.csv", swap(b",16510,", b",,"))
    error = refusal("income")
    assert pickle.loads(pickle.dumps(error)).faults == error.faults
    assert isinstance(error, ValueError)


def test_a_missing_table(stock):
    (stock.folder / "sources.csv").unlink()
    assert str(refusal("income")) == (
        "1 fault in the data:\n  data/sources.csv: found no readable file (No such file or"
        " directory); allowed: a file. bring the file back (datapackage.json describes the table)"
    )


def test_a_table_without_rows_is_sound_and_typed(stock):
    stock.damage("crosswalk.csv", lambda content: content.partition(b"\n")[0] + b"\n")
    table = tables.load("crosswalk")
    assert len(table) == 0
    assert str(table["comparable"].dtype) == "boolean"


@pytest.mark.parametrize(
    ("change", "line", "found"),
    [
        (lambda content: content[:40], 2, "JSONDecodeError"),
        (lambda content: b"", 1, "JSONDecodeError"),
        (lambda content: b"[]", 1, "TypeError"),
        (swap(b'"primaryKey"', b'"key"'), 1, "KeyError('primaryKey')"),
        (swap(b'"unique": true', b'"maxLength": 80'), 1, "a rule of sources.source_id"),
        (swap(b'"type": "number"', b'"type": "year"'), 1, "a rule of income.value"),
    ],
)
def test_a_damaged_descriptor(change, line, found, stock):
    stock.damage("datapackage.json", change)
    (fault,) = refusal("income").faults
    assert (fault.file, fault.row) == ("data/datapackage.json", line)
    assert found in fault.found


def test_a_missing_descriptor(stock):
    (stock.folder / "datapackage.json").unlink()
    assert "data/datapackage.json: found no readable file" in str(refusal("income"))


def test_rows_after_a_cell_of_two_lines_keep_the_line_an_editor_shows(stock):
    stock.damage("places.csv", swap(b",,\n", b',,"one\ntwo"\n'))
    stock.damage("places.csv", swap(b",Beijing,province,", b",Beijing,Province,"))
    assert [fault.row for fault in refusal("places").faults] == [4]


def test_any_changed_byte_gives_a_table_or_a_readable_refusal(stock):
    file = stock.folder / "places.csv"
    sound = file.read_bytes()
    chance, refused = random.Random(20251231), []
    for _ in range(150):
        position, byte = chance.randrange(len(sound)), chance.randrange(256)
        file.write_bytes(sound[:position] + bytes([byte]) + sound[position + 1 :])
        try:
            tables.load("places")
        except DataError as error:
            refused.append(str(error))
    assert len(refused) > 20
    for text in refused:
        assert re.search(r"data/places\.csv, row \d+", text)


# --- the descriptor ------------------------------------------------------------------------------


def test_every_table_and_column_is_described_in_both_languages(root):
    package = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    files = {path.name for path in (root / "data").glob("*.csv")}
    assert {f"{resource['name']}.csv" for resource in package["resources"]} == files
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for resource in package["resources"]:
        assert resource["path"] == f"{resource['name']}.csv"
        for block in (package, resource, *resource["schema"]["fields"]):
            for key in ("title", "title_zh", "description"):
                assert block.get(key), (resource["name"], block.get("name"), key)
            assert chinese.search(block["title_zh"])
            assert chinese.search(block.get("description_zh", "无"))


def test_licences_are_stated(root):
    package = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    notice = (root / "LICENSE-data").read_text(encoding="utf-8")
    assert package["licenses"][0]["path"] in notice
    census = next(item for item in package["resources"] if item["name"] == "census")
    of_rows = set(tables.sources(tables.load("census")["source_id"])["licence"])
    assert {licence["name"] for licence in census["licenses"]} == of_rows == {"MIT"}
    assert census["sources"][0]["path"] in notice
