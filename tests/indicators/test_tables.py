"""The door to the data: what it hands out, and what it refuses, with which words."""

from __future__ import annotations

import csv
import json
import re

import pandas as pd
import pytest

from indicators import tables
from indicators.tables import DataError

# --- what it hands out ---------------------------------------------------------------------------


def test_a_table_has_the_columns_of_its_file_and_two_more(table_name, root):
    with (root / "data" / f"{table_name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    table = tables.load(table_name)
    added = (
        ["row_id"]
        if table_name in ("sources", "places", "sentences", "claims", "crosswalk")
        else ["printed", "row_id"]
    )
    assert list(table.columns) == [*header, *added]
    assert len(table) == len(rows)
    assert list(table.index) == list(range(len(rows)))
    assert table["row_id"].is_unique


def test_types_are_those_of_the_descriptor(table_name, root):
    package = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    fields = next(r for r in package["resources"] if r["name"] == table_name)["schema"]["fields"]
    table = tables.load(table_name)
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
    stock.damage("places.csv", lambda content: content.replace(b",China,", b",Chine,", 1))
    assert tables.load("places").loc[0, "name_en"] == "Chine"


def test_markup_and_odd_characters_are_text(stock):
    odd = "<script>alert('x')</script> & \"two\" 😀 ７５０００ \u202e\u00a0,;|\nsecond line"
    quoted = '"' + odd.replace('"', '""') + '"\n'
    stock.damage("places.csv", lambda content: content.replace(b",,\n", f",,{quoted}".encode(), 1))
    assert tables.load("places").loc[0, "note"] == odd


def test_an_unknown_table_names_the_nearest():
    with pytest.raises(DataError, match=r"no table 'incme' \(nearest: income, investment\)"):
        tables.load("incme")


def test_faults_of_the_schema_stand_in_the_list_of_violations(stock):
    stock.damage("income.csv", lambda content: content.replace(b"\n", b"\r\n"))
    first, last = tables.violations()
    assert "584 carriage returns" in first.found
    assert (last.file, last.remedy) == ("data", "mend those first")
    assert not first.exempt


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
