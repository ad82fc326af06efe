"""Every row of the data has one name, which says what it is about and not where it stands."""

from __future__ import annotations

import json
import random

import pytest

from bindery.datacheck import check_data
from bindery.datarows import read_tables


def test_row_is_named_by_table_and_key(pristine):
    fields = read_tables(pristine)["fields"]
    assert (fields.file, fields.columns) == (
        "data/fields.csv", ["field", "year", "sheaves", "source_id"],
    )  # fmt: skip
    assert list(fields.rows)[:2] == ["fields:north|1900", "fields:north|1901"]
    assert fields.rows["fields:south|1901"] == ["south", "1901", "90", "neighbour"]


def test_names_survive_another_order_and_other_rows(sample):
    before = read_tables(sample)["fields"].rows
    file = sample.data / "fields.csv"
    head, *lines = file.read_text(encoding="utf-8").splitlines()
    random.Random(1).shuffle(lines)
    file.write_text("\n".join([head, *lines, "fallow,1901,0,farm-diary", ""]), encoding="utf-8")
    after = dict(read_tables(sample)["fields"].rows)
    assert after.pop("fields:fallow|1901") == ["fallow", "1901", "0", "farm-diary"]
    assert after == before
    assert list(after) != list(before)


def test_cell_may_hold_commas_quotes_lines_and_chinese(sample, edit):
    edit(sample.data / "sources.csv", "Heard next door", '"麦, ""heard""\nnext door"')
    assert read_tables(sample)["sources"].rows["sources:neighbour"][1] == '麦, "heard"\nnext door'


def test_table_without_a_key_is_a_fault(sample):
    file = sample.data / "datapackage.json"
    package = json.loads(file.read_text(encoding="utf-8"))
    # plots and sources are referred to, so that frictionless itself would miss their keys
    del package["resources"][2]["schema"]["primaryKey"]
    file.write_text(json.dumps(package), encoding="utf-8")
    assert [str(fault) for fault in check_data(sample).schema] == [
        "data/datapackage.json, fields: found no primaryKey; allowed: the columns that tell each "
        "row from all others, for good\n"
        "    remedy: state primaryKey in its schema: papers and versions name rows by it"
    ]


@pytest.mark.parametrize("name", ["a|b", "|"])
def test_key_that_would_make_two_names_one_is_a_fault(sample, edit, name):
    edit(sample.data / "plots.csv", "fallow,", f"{name},")
    assert [str(fault) for fault in check_data(sample).schema] == [
        f"data/plots.csv, row 5, code: found {name!r}; allowed: no '|', which stands between the "
        "parts of a row's name"
    ]
