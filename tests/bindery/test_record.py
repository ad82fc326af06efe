"""What a run leaves behind, as a notebook writes it and the build reads it."""

from __future__ import annotations

import json

import pytest

from bindery.record import (
    Recorder,
    canonical_json,
    checksum,
    read_record,
    source_ids,
    write_atomically,
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


def test_file_of_a_figure_lies_under_its_id_and_its_checksum_is_given_back(tmp_path):
    # sha256sum of the three bytes a, b, c (FIPS 180-2, appendix B.1)
    given = Recorder(tmp_path).add_file("bars", "en.svg", b"abc")
    assert given == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (tmp_path / "figures" / "bars" / "en.svg").read_bytes() == b"abc"


def test_checksum_of_nothing():
    # sha256sum of no bytes
    assert checksum(b"").startswith("e3b0c44298fc1c149afbf4c8996fb924")


def test_canonical_json_does_not_depend_on_the_order_of_keys():
    assert canonical_json({"b": 1, "a": "麦"}) == canonical_json({"a": "麦", "b": 1})
    assert canonical_json({"b": 1, "a": "麦"}) == '{\n "a": "麦",\n "b": 1\n}\n'


def test_canonical_json_refuses_what_json_does_not_know():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json([float("nan")])


class TestAtomicWriting:
    def test_folders_are_made_and_nothing_else_is_left(self, tmp_path):
        write_atomically(tmp_path / "a" / "b.json", "麦")
        assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.json"]
        assert (tmp_path / "a" / "b.json").read_text(encoding="utf-8") == "麦"

    def test_old_content_is_replaced_as_a_whole(self, tmp_path):
        path = tmp_path / "b.json"
        path.write_bytes(b"a longer old content")
        write_atomically(path, b"new")
        assert path.read_bytes() == b"new"

    def test_old_content_stays_where_writing_fails(self, tmp_path, monkeypatch):
        path = tmp_path / "b.json"
        path.write_bytes(b"old")

        def fail(*_):
            raise OSError("disk full")

        monkeypatch.setattr("bindery.record.os.replace", fail)
        with pytest.raises(OSError, match="disk full"):
            write_atomically(path, b"new")
        assert path.read_bytes() == b"old"


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
