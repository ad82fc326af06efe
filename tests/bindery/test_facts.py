"""What the pages of an edition say, before any page is made."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace

import pytest

from bindery.facts import edition_facts
from bindery.faults import BinderyError
from bindery.pages import Page
from bindery.parameters import read_parameters
from bindery.rerun import form_facts, parameter_facts

LAST = ("result", "last", {})
KEPT = ("result", "kept", {"value": None, "low": 75, "kind": "scenario_range"})


def test_figure_has_words_files_data_sources_and_citation(recorded):
    book = recorded(LAST, ("figure", "sheaves_by_year", {}))
    figure = edition_facts(book, "zh")["figures"]["harvest-sheaves-by-year"]
    assert (figure["title"], figure["caption"]) == ("各年捆数", "最后一年为150捆。")
    assert (figure["alt"], figure["limits"]) == ("柱形图，最后一年150捆。", "仅一块田。")
    assert figure["files"] == ["data.csv", "en.svg", "zh.svg", "figure.json"]
    assert figure["table"] == {
        "head": ["田", "来源", "捆数"],
        "rows": [["北田", "farm-diary", "150"]],
        "numeric": [False, False, True],
    }
    # which the page of the figure links
    assert figure["source_column"] == 1
    title = "Farm diary <script>alert(1)</script> *bold* {ref}`x`"
    (source,) = figure["sources"]
    assert source == {
        "text": f"The farm（1901）：{title}。",
        "grade": "A级",
        "url": "https://example.org/diary",
    }
    assert (
        figure["citations"]["text"]
        == "农场，1902：《各年捆数》（图harvest-sheaves-by-year），载《麦捆》，"
        "1.0版，数据sha256:6f4b1d270987。"
    )


def test_table_has_heads_with_units_and_tells_which_columns_are_numbers(recorded):
    interval = {"value": None, "low": 1, "high": 2, "low_closed": True, "high_closed": True}
    rows = [["north", None], ["south", 1350], ["west", interval]]
    book = recorded(("table", "all_years", {"rows": rows}))
    table = edition_facts(book, "en")["tables"]["harvest-all-years"]
    assert table["head"] == ["Field", "Sheaves (sheaves)"]
    assert table["rows"] == [["North field", "—"], ["South field", "1,350"], ["west", "1 to 2"]]
    assert table["numeric"] == [False, True]
    assert table["values"] == [["", ""], ["", "1350"], ["", "1 2"]]
    assert table["caption"] == "North field, every year."


def test_column_without_any_value_is_not_numeric(recorded):
    book = recorded(("table", "all_years", {"rows": [["north", None]]}))
    assert edition_facts(book, "en")["tables"]["harvest-all-years"]["numeric"] == [False, False]


def test_note_is_filled_in_the_language_of_the_edition(recorded):
    book = recorded(LAST, KEPT, ("note", "answer", {}))
    assert edition_facts(book, "zh")["notes"] == {
        "harvest-answer": [
            "最近收成", {"result": "harvest-last", "part": ""}, "，留存",
            {"result": "harvest-kept", "part": "interval"}, "。",
        ]
    }  # fmt: skip


def test_parameter_in_a_note_is_text(sample, recorded, edit):
    text = '"The last harvest gave {last}; {kept.interval} are kept."'
    edit(sample.registry, text, '"{field}: {kept}"')
    book = recorded(LAST, KEPT, ("note", "answer", {}))
    assert edition_facts(book, "en")["notes"]["harvest-answer"] == [
        "North field", ": ", {"result": "harvest-kept", "part": ""},
    ]  # fmt: skip


def test_note_with_a_result_that_was_not_published_is_an_error(recorded):
    with pytest.raises(BinderyError, match=r"needs kept\.interval, which the run did not publish"):
        edition_facts(recorded(LAST, ("note", "answer", {})), "en")


def test_refusal_is_named_by_its_method(recorded):
    book = recorded(("refusal", "forecast", {}))
    assert edition_facts(book, "en")["refusals"] == {
        "harvest-forecast": {
            "title": "Forecast",
            "page": "harvest",
            "condition": "condition",
            "found": "found",
            "opens": "opens",
        }
    }


def test_method_without_a_name_is_an_error(recorded):
    with pytest.raises(BinderyError, match="no values word for 'guessing' in 'en'"):
        edition_facts(recorded(("refusal", "guessing", {})), "en")


def test_words_of_the_binder_are_in_one_language(recorded):
    book = recorded()
    assert edition_facts(book, "en")["words"]["limits"] == "Limits"
    assert edition_facts(book, "zh")["words"]["limits"] == "局限"


def test_sources_of_a_table_stand_below_it_and_not_in_a_column(recorded):
    facts = {
        "columns": ["field", "source_id", "sheaves"], "rows": [["north", "farm-diary", 150]],
        "sources": ["farm-diary"],
    }  # fmt: skip
    table = edition_facts(recorded(("table", "all_years", facts)), "en")["tables"][
        "harvest-all-years"
    ]
    assert (table["head"], table["rows"]) == (
        ["Field", "Sheaves (sheaves)"],
        [["North field", "150"]],
    )
    assert table["numeric"] == [False, True]
    assert [source["grade"] for source in table["sources"]] == ["grade A"]


def test_source_without_a_date_has_no_empty_brackets(sample, recorded, edit):
    edit(sample.data / "sources.csv", "/diary,1901,", "/diary,,")
    book = recorded(LAST, ("figure", "sheaves_by_year", {}))
    (source,) = edition_facts(book, "en")["figures"]["harvest-sheaves-by-year"]["sources"]
    assert source["text"].startswith("The farm. Farm diary ")


def test_table_with_an_unknown_source_is_an_error(recorded):
    book = recorded(("table", "all_years", {"sources": ["gossip"]}))
    with pytest.raises(BinderyError, match=r"^gossip: not in data/sources\.csv"):
        edition_facts(book, "en")


class TestParameters:
    def rows(self, book, lang):
        rows = edition_facts(book, lang)["parameters"]["harvest"]["rows"]
        return {row.pop("name"): row for row in rows}

    def command(self, book):
        return edition_facts(book, "en")["parameters"]["harvest"]["command"]

    def test_value_default_allowed_and_meaning_are_told(self, recorded):
        book = recorded(given={"field": "south", "share": 0.25})
        assert self.rows(book, "en") == {
            "field": {"title": "Field", "value": "South field", "default": "North field",
                      "allowed": "a name or a code of the table plots", "meaning": "Which field."},
            "share": {"title": "Share kept", "value": "0.25", "default": "0.5", "allowed": "0 to 1",
                      "meaning": "Share of the harvest that is kept."},
        }  # fmt: skip

    def test_chinese_edition_tells_them_in_chinese(self, recorded):
        assert self.rows(recorded(), "zh")["field"] == {
            "title": "田", "value": "北田", "default": "北田",
            "allowed": "数据表plots中的名称或代码", "meaning": "哪块田。",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("rule", "en", "zh"),
        [
            (
                {"enum": [1, 2], "enum_titles": {"1": {"en": "one", "zh": "一"}}},
                "1 (one), 2",
                "1（一）、2",
            ),
            ({"allowed": "a tenth", "allowed_zh": "十分之一"}, "a tenth", "十分之一"),
            ({"minimum": 0}, "number, from 0", "number, from 0"),
        ],
    )
    def test_what_is_allowed_follows_the_schema(self, sample, recorded, rule, en, zh):
        path = sample.notebooks / "harvest.schema.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        words = {key: text for key, text in schema["properties"]["share"].items()
                 if key not in ("minimum", "maximum")}  # fmt: skip
        schema["properties"]["share"] = words | rule
        path.write_text(json.dumps(schema), encoding="utf-8")
        book = recorded(given={"share": 1})
        assert self.rows(book, "en")["share"]["allowed"] == en
        assert self.rows(book, "zh")["share"]["allowed"] == zh

    def test_command_gives_only_what_differs_from_the_defaults(self, recorded):
        book = recorded(given={"share": 0.25, "lang": "en"})
        assert self.command(book) == "bindery run harvest -p share=0.25"

    def test_command_without_other_values_is_short(self, recorded):
        assert self.command(recorded()) == "bindery run harvest"

    def test_command_survives_a_shell(self, sample, recorded, edit):
        edit(sample.data / "plots.csv", "south,", '"it\'s; $HOME",')
        edit(sample.data / "fields.csv", "south,", "it's; $HOME,")
        book = recorded(given={"field": "South field"})
        assert shlex.split(self.command(book)) == [
            "bindery",
            "run",
            "harvest",
            "-p",
            "field=it's; $HOME",
        ]

    def test_form_has_names_for_codes_and_what_the_data_have_rows_for(self, recorded):
        book = recorded(given={"field": "south"})
        form = edition_facts(book, "zh")["parameters"]["harvest"]["form"]
        field, share, lang = form["parameters"]
        assert (field["text"], field["default"], field["key"]["shown"]) == ("南田", "north", 2)
        assert ["fallow", "Fallow field", "休耕田"] in field["key"]["rows"]
        assert (share["text"], share["hint"], share["late"]) == ("0.5", "0至1", False)
        assert share["rule"] == {"type": "number", "minimum": 0, "maximum": 1}
        assert lang["choices"] == [["en", "en"], ["zh", "zh"]]
        assert form["data"] == [
            {
                "names": ("field",),
                "combinations": [("north",), ("south",), ("west",)],
                "allowed": "data/fields.csv中有对应行的取值",
                "remedy": "有对应行的field：north；south；west",
            }
        ]

    @pytest.mark.parametrize(
        ("more", "late"),
        [({}, False), ({"unit": "x"}, False), ({"multipleOf": 2}, True), ({"format": "path"}, True),
         ({"oneOf": [{"type": "array", "items": {"not": {}}}]}, True)],
    )  # fmt: skip
    def test_what_the_form_cannot_check_is_said_to_be_checked_later(
        self, sample, recorded, more, late
    ):
        book = recorded()
        parameters = book.pages[0].parameters
        parameters.schema["properties"]["share"].update(more)
        form = form_facts(sample, parameters, "en")
        assert form["parameters"][1]["late"] is late

    def test_pages_of_a_notebook_are_called_by_what_differs(self, sample, recorded):
        book = recorded()
        others = [book.pages[0], Page("harvest-south", read_parameters(sample, "harvest", {
            "field": "south"}))]  # fmt: skip
        family = parameter_facts(replace(book, pages=others), others[0], "zh")["family"]
        assert family == {
            "called": "田",
            "pages": [
                {"page": "harvest", "given": {}, "called": "北田"},
                {"page": "harvest-south", "given": {"field": "south"}, "called": "南田"},
            ],
        }
