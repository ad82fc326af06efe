"""The door to the data: what it hands out, and what it refuses, with which words."""

from __future__ import annotations

import csv
import json
import pickle
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import frictionless
import pandas as pd
import pytest

from indicators import tables
from indicators.tables import DataError

NAMES = [
    "sources", "places", "income", "investment", "services", "targets", "claims", "census",
    "crosswalk",
]  # fmt: skip
FIRST = b"100000,2012,all_income,16510,yuan,eq,,"


@pytest.fixture
def stock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tables that a test may damage, and that the module reads."""
    copy = tmp_path / "data"
    shutil.copytree(tables.DATA, copy)
    monkeypatch.setattr(tables, "DATA", copy)
    return copy


def damage(file: Path, change: Callable[[bytes], bytes]) -> None:
    before = file.read_bytes()
    after = change(before)
    assert after != before, "the damage found nothing to change"
    file.write_bytes(after)


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


# --- what it hands out ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_table_has_the_columns_of_its_file_and_two_more(name, root):
    with (root / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    table = tables.load(name)
    added = (
        ["row_id"]
        if name in ("sources", "places", "claims", "crosswalk")
        else ["printed", "row_id"]
    )
    assert list(table.columns) == [*header, *added]
    assert len(table) == len(rows)
    assert list(table.index) == list(range(len(rows)))
    assert table["row_id"].is_unique


@pytest.mark.parametrize("name", NAMES)
def test_types_are_those_of_the_descriptor(name, root):
    package = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    fields = next(r for r in package["resources"] if r["name"] == name)["schema"]["fields"]
    table = tables.load(name)
    types = table.dtypes.astype(str)
    kinds = {"string": "str", "number": "float64", "integer": "Int64", "boolean": "boolean"}
    assert {f["name"]: kinds[f["type"]] for f in fields} == dict(types[[f["name"] for f in fields]])
    text = table.select_dtypes("str")
    assert not text.isna().any(axis=None), "a blank text is '', never missing"


def test_blanks_are_missing_numbers_and_empty_text():
    row = tables.load("income").iloc[0]
    assert (row["note"][:8], row["agreeing_source_ids"]) == ("derived:", "")
    assert pd.isna(row["decimals"])
    assert pd.isna(row["value_low"])


def test_what_was_printed_keeps_its_zeros():
    income = tables.load("income").set_index("row_id")
    row = income.loc["income:330200|ratio_stated|2025|integrated_survey|content-prod-lab-ningbo"]
    assert (row["printed"], row["value"]) == ("1.60", 1.6)


def test_claims_keep_their_own_printed_column():
    claims = tables.load("claims").set_index("claim_id")
    assert claims.loc["F12", ["printed", "value"]].tolist() == ["8050", "80/50"]


def test_loading_twice_gives_equal_and_independent_tables():
    first, second = tables.load("places"), tables.load("places")
    pd.testing.assert_frame_equal(first, second)
    first.loc[0, "name_en"] = "Atlantis"
    del first["code"]
    pd.testing.assert_frame_equal(second, tables.load("places"))


def test_an_edit_is_seen_by_the_next_load(stock):
    assert tables.load("places").loc[0, "name_en"] == "China"
    damage(stock / "places.csv", swap(b",China,", b",Chine,"))
    assert tables.load("places").loc[0, "name_en"] == "Chine"


def test_markup_and_odd_characters_are_text(stock):
    odd = "<script>alert('x')</script> & \"two\" 😀 ７５０００ \u202e\u00a0,;|\nsecond line"
    quoted = '"' + odd.replace('"', '""') + '"\n'
    damage(
        stock / "places.csv", lambda content: content.replace(b",,\n", f",,{quoted}".encode(), 1)
    )
    assert tables.load("places").loc[0, "note"] == odd


def test_rows_after_a_cell_of_two_lines_keep_the_line_an_editor_shows(stock):
    damage(stock / "places.csv", swap(b",,\n", b',,"one\ntwo"\n'))
    damage(stock / "places.csv", swap(b",Beijing,province,", b",Beijing,Province,"))
    assert [fault.row for fault in refusal("places").faults] == [4]


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


def library_verdict(stock: Path, name: str) -> tuple[bool, set[int]]:
    """Whether the frictionless library accepts a table, and the rows it names."""
    report = frictionless.Package(str(stock / "datapackage.json")).get_resource(name).validate()
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    return report.valid, {error.row_number for error in errors if hasattr(error, "row_number")}


@pytest.mark.parametrize("name", NAMES)
def test_the_library_accepts_every_table(name, root):
    assert library_verdict(root / "data", name) == (True, set())


@pytest.mark.parametrize("case", [*BOTH_REFUSE, *ONLY_THE_DOOR_REFUSES])
def test_a_damaged_table_is_refused_in_words(case, stock):
    name, change, row, column, found, allowed = {**BOTH_REFUSE, **ONLY_THE_DOOR_REFUSES}[case]
    damage(stock / f"{name}.csv", change)
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
    damage(stock / f"{name}.csv", change)
    valid, rows = library_verdict(stock, name)
    assert not valid
    # Broken headers and bytes give the library no row, a later row, or every row.
    headers = ("missing column", "extra column", "order of columns", "column twice")
    if rows and case not in (*headers, "one CR"):
        assert rows == {fault.row for fault in refusal(name).faults}


@pytest.mark.parametrize("case", ONLY_THE_DOOR_REFUSES)
def test_where_the_door_is_narrower_than_the_library(case, stock):
    """Should the library learn one of these, the case moves to the list above."""
    name, change, *_ = ONLY_THE_DOOR_REFUSES[case]
    damage(stock / f"{name}.csv", change)
    assert library_verdict(stock, name)[0]


@pytest.mark.parametrize(
    ("case", "change"),
    [(case, BOTH_REFUSE[case][1]) for case in ("a cell too many", "no UTF-8", "one CR")]
    + [(case, ONLY_THE_DOOR_REFUSES[case][1]) for case in ("BOM", "CRLF", "NUL")],
)
def test_one_fault_is_told_once(case, change, stock):
    damage(stock / "income.csv", change)
    assert len(refusal("income").faults) == 1


def test_all_faults_are_told_together(stock):
    damage(stock / "income.csv", swap(b",16510,", b",about 16510,"))
    damage(stock / "income.csv", swap(b"cri-2016-01-19", b"cri-2016-01-91"))
    damage(stock / "income.csv", lambda content: b"\xef\xbb\xbf" + content)
    damage(stock / "sources.csv", swap(b",mirror,C,", b",mirror,E,"))
    faults = refusal("income").faults
    assert [(fault.file, fault.row, fault.column) for fault in faults] == [
        ("data/income.csv", 1, ""),
        ("data/income.csv", 2, "value"),
        ("data/sources.csv", 2, "grade"),
        ("data/income.csv", 3, "source_id"),
    ]
    assert str(refusal("income")).startswith("4 faults in the data:\n  data/income.csv, row 1:")


def test_a_broken_row_of_another_table_is_not_blamed_on_the_keys(stock):
    damage(stock / "places.csv", swap(b"\n330100,", b"\n330100,,"))
    assert [(fault.file, fault.row) for fault in refusal("income").faults] == [
        ("data/places.csv", 10)
    ]


def test_a_long_list_of_faults_is_cut_in_the_text_only(stock):
    damage(stock / "income.csv", lambda content: content.replace(b",yuan,", b",rmb,"))
    error = refusal("income")
    rows = (stock / "income.csv").read_bytes().count(b",rmb,")
    assert len(error.faults) == rows
    assert len(str(error).splitlines()) == 22
    assert str(error).endswith(f"… and {rows - 20} more; the attribute faults holds all")


def test_an_error_travels_between_processes(stock):
    damage(stock / "income.csv", swap(b",16510,", b",,"))
    error = refusal("income")
    assert pickle.loads(pickle.dumps(error)).faults == error.faults
    assert isinstance(error, ValueError)


def test_a_missing_table(stock):
    (stock / "sources.csv").unlink()
    assert str(refusal("income")) == (
        "1 fault in the data:\n  data/sources.csv: found no readable file (No such file or"
        " directory); allowed: a file. bring the file back (datapackage.json describes the table)"
    )


def test_a_table_without_rows_is_sound_and_typed(stock):
    damage(stock / "crosswalk.csv", lambda content: content.partition(b"\n")[0] + b"\n")
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
    damage(stock / "datapackage.json", change)
    (fault,) = refusal("income").faults
    assert (fault.file, fault.row) == ("data/datapackage.json", line)
    assert found in fault.found


def test_a_missing_descriptor(stock):
    (stock / "datapackage.json").unlink()
    assert "data/datapackage.json: found no readable file" in str(refusal("income"))


def test_an_unknown_table_names_the_nearest():
    with pytest.raises(DataError, match=r"no table 'incme' \(nearest: income, investment\)"):
        tables.load("incme")


def test_any_changed_byte_gives_a_table_or_a_readable_refusal(stock):
    file = stock / "places.csv"
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


def test_faults_of_the_schema_stand_in_the_list_of_violations(stock):
    damage(stock / "income.csv", lambda content: content.replace(b"\n", b"\r\n"))
    first, last = tables.violations()
    assert "584 carriage returns" in first.found
    assert (last.file, last.remedy) == ("data", "mend those first")
    assert not first.exempt


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


# --- sources -------------------------------------------------------------------------------------


def test_sources_come_once_in_the_order_of_their_mention():
    ids = ["zjol-2023-01-20;cri-2016-01-19", "", "askci-2017-03-13", "cri-2016-01-19"]
    found = tables.sources(ids)
    assert list(found["source_id"]) == ["zjol-2023-01-20", "cri-2016-01-19", "askci-2017-03-13"]
    assert list(found.columns) == list(tables.load("sources").columns)
    pd.testing.assert_frame_equal(tables.sources("zjol-2023-01-20;cri-2016-01-19"), found[:2])
    assert len(tables.sources([])) == 0


def test_sources_of_a_column():
    income = tables.load("income")
    ids = pd.concat([income["source_id"], income["agreeing_source_ids"]])
    assert set(income["source_id"]) <= set(tables.sources(ids)["source_id"])


def test_an_unknown_source_is_named():
    with pytest.raises(ValueError, match=r"'zjol-2023-01-21' \(nearest: zjol-2023-01-20") as caught:
        tables.sources(["cri-2016-01-19;zjol-2023-01-21", "nobody"])
    assert "'nobody'" in str(caught.value)
    assert "data/sources.csv" in str(caught.value)


@pytest.mark.parametrize(
    ("source", "reference"),
    [
        ("askci-2017-03-13", "中商情报网 (2017). 2016年杭州全体居民人均可支配收入46116元."),
        (
            "scirp-china-income-1978-2014",
            "Scientific Research Publishing (n.d.). Urban and rural income, China, 1978-2014"
            " (table). https://html.scirp.org/file/_11-1760810_1.htm",
        ),
    ],
)
def test_a_reference_leaves_out_what_is_unknown(source, reference):
    assert tables.cite(source) == reference


def test_every_source_can_be_cited():
    for source in tables.load("sources")["source_id"][::25]:
        assert re.fullmatch(r".+ \((\d{4}|n\.d\.)\)\. .+", tables.cite(source))


# --- places --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("杭州市", "330100"),
        ("杭州", "330100"),
        ("Hangzhou", "330100"),
        ("  hANGZHOU\n", "330100"),
        ("330100", "330100"),
        (330100, "330100"),
        ("Lin'an", "330112"),  # the district of today, not the former city
        ("临安市", "330185"),
        ("Jiangdong", "330204"),  # a former district only
        ("Shaoxing", "330600"),
        ("景宁畲族自治县", "331127"),
    ],
)
def test_a_place_by_name_or_code(name, code):
    assert tables.place(name) == code


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Hangzou", "Hangzhou"),
        ("杭洲市", "杭州市"),
        ("330100; import os", "330100"),
    ],
)
def test_an_unknown_place_names_the_nearest(name, nearest):
    with pytest.raises(ValueError, match=r"no such place in data/places\.csv") as caught:
        tables.place(name)
    assert nearest in str(caught.value).partition("nearest:")[2]


def test_a_place_like_no_other_has_no_suggestion():
    with pytest.raises(ValueError, match=r"data/places.csv: '<b>'$"):
        tables.place("<b>")


def test_names_of_places():
    assert tables.place_name("330100", "zh") == "杭州市"
    assert tables.place_name(330100, "en") == "Hangzhou"
    assert tables.place_name("330183", "en", year=2014) == "Fuyang"
    assert tables.place_name("330102", "zh", year=2010) == "上城区"
    assert tables.place_name("330102", "zh", year=2021) == "上城区"


def test_every_code_has_a_name_and_every_name_a_code():
    for code in tables.load("places")["code"].unique():
        assert tables.place(tables.place_name(code, "zh")) == code


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("330100", "fr"), "lang = 'fr'; allowed: 'en', 'zh'"),
        (("999999", "en"), "no place with the code '999999' in data/places.csv"),
        (("330183", "en", 2015), "330183 did not exist at the end of 2015; it did: start to 2015"),
        (("330113", "en", 2020), "did not exist at the end of 2020; it did: 2021-04-09 to today"),
    ],
)
def test_a_name_that_cannot_be_told(arguments, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        tables.place_name(*arguments)
