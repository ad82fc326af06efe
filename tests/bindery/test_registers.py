"""Facts of the whole book: results, sources, the data dictionary."""

from __future__ import annotations

import json

import pytest

from bindery.registers import dictionary_facts, result_facts, source_facts


class TestResults:
    def test_number_has_its_text_in_every_part(self, recorded):
        facts = {"n": 1350, "sources": ["farm-diary", "neighbour"], "period": "1900-1901"}
        (shown,) = result_facts(recorded(("result", "last", facts)), "en").values()
        # the register of a built book is held against what `bindery cite` says
        assert shown.pop("sentence").startswith("Last harvest, North field: 150 sheaves (n = ")
        assert shown == {
            "label": "Last harvest, North field", "page": "harvest", "kind": "exact",
            "text": "150 sheaves", "value": "150 sheaves", "point": "150 sheaves", "interval": "",
            "n": "1,350", "period": "1900 to 1901", "grade": "D",
            "sources": ["farm-diary", "neighbour"],
            "told": "Last harvest, North field · 150 sheaves · exact · n = 1,350 · "
            "weakest source grade D",
        }  # fmt: skip

    def test_interval_has_no_point(self, recorded):
        facts = {"value": None, "low": 75, "kind": "scenario_range"}
        (shown,) = result_facts(recorded(("result", "kept", facts)), "zh").values()
        assert (shown["point"], shown["interval"], shown["kind"]) == ("", "75至150捆", "情景范围")
        assert (shown["value"], shown["text"]) == ("75至150捆", "75至150捆（情景范围）")
        assert shown["n"] == ""

    def test_missing_number_is_said_to_be_missing(self, recorded):
        facts = {"value": None, "low": None, "high": None}
        (shown,) = result_facts(recorded(("result", "last", facts)), "en").values()
        assert (shown["text"], shown["point"], shown["interval"]) == ("not available", "", "")


class TestSources:
    def test_every_source_tells_where_it_is_used(self, recorded):
        book = recorded(
            ("result", "last", {"sources": ["farm-diary"]}),
            ("table", "all_years", {"sources": ["farm-diary"]}),
        )
        used = {row["source_id"]: row["used_in"] for row in source_facts(book, "en")}
        assert used == {"farm-diary": ["harvest"], "neighbour": []}

    def test_only_good_sources_are_linked(self, sample, recorded, edit):
        edit(
            sample.data / "sources.csv",
            "next door,The neighbour,",
            "next door,The neighbour,http://x",
        )
        urls = {row["grade"]: row["url"] for row in source_facts(recorded(), "en")}
        assert urls == {"A": "https://example.org/diary", "D": ""}

    def test_kind_is_named_in_the_language_where_it_has_a_name(self, sample, recorded, edit):
        name = '"book": _both("a book", "书"), "north"'
        edit(sample.root / "fields" / "labels.py", '"north"', name)
        kinds = [row["kind"] for row in source_facts(recorded(), "zh")]
        assert kinds == ["书", "letter"]


class TestDictionary:
    def test_tables_and_columns_are_described_in_both_languages(self, recorded):
        book = recorded()
        english, chinese = dictionary_facts(book, "en")[1], dictionary_facts(book, "zh")[1]
        assert (english["title"], english["description"]) == ("Plots", "What each field is called.")
        assert (chinese["title"], chinese["description"]) == ("地块", "各田的名称。")
        assert (english["name"], english["path"], english["key"]) == ("plots", "plots.csv", "code")
        assert (english["row_form"], english["row_example"]) == ("plots:code", "plots:north")
        assert english["fields"][1] == {
            "name": "name_en", "title": "English name", "type": "text", "description": "",
            "allowed": "",
        }  # fmt: skip
        assert chinese["fields"][1]["title"] == "英文名"

    def test_text_without_a_translation_stays_as_it_is(self, recorded):
        sources = dictionary_facts(recorded(), "zh")[0]
        assert sources["fields"][1]["title"] == "Title"

    def test_allowed_values_are_listed(self, recorded):
        grade = dictionary_facts(recorded(), "en")[0]["fields"][6]
        assert (grade["name"], grade["allowed"]) == ("grade", "A, B, C, D")

    @pytest.mark.parametrize(
        ("key", "text"),
        [
            ("source_id", "source_id"),
            (["source_id", "grade"], "source_id, grade"),
        ],
    )
    def test_key_may_be_a_name_or_a_list_of_names(self, sample, recorded, key, text):
        path = sample.data / "datapackage.json"
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        descriptor["resources"][0]["schema"]["primaryKey"] = key
        path.write_text(json.dumps(descriptor), encoding="utf-8")
        assert dictionary_facts(recorded(), "en")[0]["key"] == text
