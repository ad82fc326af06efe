"""What a run leaves behind, as a notebook writes it and the build reads it."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import PurePosixPath

import pandas as pd
import pytest

from bindery.faults import BinderyError
from bindery.record import (
    Recorder,
    canonical_json,
    drawing_file,
    is_drawing,
    read_record,
    source_ids,
)


def test_what_is_recorded_is_read_back_in_its_order(tmp_path):
    recorder = Recorder(tmp_path)
    recorder.add("result", "last", {"value": 150, "unit": "捆"})
    recorder.add("figure", "bars", {"files": {}})
    recorder.add("result", "first", {"value": None})
    record = read_record("harvest-south", "harvest", tmp_path, 1.5)
    assert (record.page, record.notebook, record.seconds) == ("harvest-south", "harvest", 1.5)
    assert list(record.published("result")) == ["last", "first"]
    assert record.published("result")["last"] == {
        "entry": "result",
        "id": "last",
        "value": 150,
        "unit": "捆",
    }
    assert list(record.published("figure")) == ["bars"]


def test_run_that_published_nothing_has_an_empty_record(tmp_path):
    record = read_record("harvest", "harvest", tmp_path, 0)
    assert record.published("figure") == {}


def test_text_with_line_ends_stays_one_entry(tmp_path):
    text = "a\nb\u2028c\u0085d\x1ce"
    Recorder(tmp_path).add("note", "n", {"text": text})
    assert read_record("p", "n", tmp_path, 0).published("note")["n"]["text"] == text


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_number_that_json_does_not_know_is_never_recorded(tmp_path, value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        Recorder(tmp_path).add("result", "last", {"value": value})
    assert list(tmp_path.iterdir()) == []


def test_drawing_of_a_figure_is_set_down_beside_its_data(tmp_path):
    data = pd.DataFrame({"year": [1900], "field": ["麦,田"]})
    Recorder(tmp_path).add_drawing("bars", "fields.harvest:bars", data, {"tall": True})
    chart, drawn, options = pickle.loads(drawing_file(tmp_path, "bars").read_bytes())
    assert (chart, options) == ("fields.harvest:bars", {"tall": True})
    pd.testing.assert_frame_equal(drawn, data)
    text = (tmp_path / "figures" / "bars" / "data.csv").read_text(encoding="utf-8")
    assert text == 'year,field\n1900,"麦,田"\n'


def test_option_that_cannot_be_set_down_is_named_with_what_is_allowed(tmp_path):
    data = pd.DataFrame({"year": [1900]})
    with pytest.raises(BinderyError) as caught:
        Recorder(tmp_path).add_drawing("bars", "fields.harvest:bars", data, {"f": lambda: 0})
    assert re.fullmatch(
        r"figure 'bars': its data or options cannot be set down \(.*lambda.*\); allowed: tables, "
        r"numbers, texts, and objects whose class stands in a module",
        str(caught.value),
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("drawings/bars.pickle", True),
        ("drawings/bars.en/en.svg", False),
        ("figures/bars/bars.pickle", False),
        ("bars.pickle", False),
    ],
)
def test_drawing_is_known_by_its_place(path, is_one):
    assert is_drawing(PurePosixPath(path)) is is_one


def test_canonical_json_does_not_depend_on_the_order_of_keys():
    assert canonical_json({"b": 1, "a": "麦"}) == canonical_json({"a": "麦", "b": 1})
    assert canonical_json({"b": 1, "a": "麦"}) == '{\n "a": "麦",\n "b": 1\n}\n'


def test_canonical_json_refuses_what_json_does_not_know():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json([float("nan")])


def test_lines_of_a_record_are_plain_json(tmp_path):
    Recorder(tmp_path).add("note", "n", {"text": "麦"})
    (line,) = (tmp_path / "record.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {"entry": "note", "id": "n", "text": "麦"}


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        ([], []),
        (["b", "a", "b"], ["a", "b"]),
        (["a;b", "", "c"], ["a", "b", "c"]),
        (["a; b "], ["a", "b"]),
    ],
)
def test_source_ids_are_single_sorted_and_without_blanks(values, ids):
    assert source_ids(values) == ids
