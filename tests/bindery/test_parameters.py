"""Parameters are checked before anything starts, and never become code."""

from __future__ import annotations

import ast
import json
import math
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from papermill.parameterize import parameterize_notebook

from bindery import variant
from bindery.cli import main
from bindery.faults import BinderyError
from bindery.parameters import (
    cell_defaults,
    notebook_names,
    notebook_path,
    read_parameters,
    read_schema,
)

WORDS = dict.fromkeys(("title", "title_zh", "description", "description_zh"), "x")


def message_of(project, values):
    with pytest.raises(BinderyError) as caught:
        read_parameters(project, "harvest", values)
    return str(caught.value)


@pytest.fixture
def change_schema(sample):
    """Writes the sample's schema anew with other keys for a parameter, or for the whole."""

    def change(name=None, **keys):
        path = sample.notebooks / "harvest.schema.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        (schema if name is None else schema["properties"].setdefault(name, {})).update(keys)
        path.write_text(json.dumps(schema), encoding="utf-8")

    return change


@pytest.fixture
def change_cell(sample):
    """Gives the sample's parameters cell another text."""

    def change(source, tags=("parameters",)):
        path = sample.notebooks / "harvest.ipynb"
        notebook = nbformat.read(path, as_version=4)
        cell = next(
            cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])
        )
        cell["source"], cell.metadata["tags"] = source, list(tags)
        nbformat.write(notebook, path)

    return change


class TestGoodValues:
    def test_without_given_values_the_defaults_of_the_cell_hold(self, pristine):
        parameters = read_parameters(pristine, "harvest")
        assert parameters.values == {"field": "north", "share": 0.5, "lang": "en"}
        assert parameters.given == {}

    def test_text_of_a_command_line_takes_the_type_of_the_schema(self, pristine):
        parameters = read_parameters(pristine, "harvest", {"share": "0.25"})
        assert parameters.given == {"share": 0.25}

    def test_ends_of_a_range_are_inside(self, pristine):
        assert read_parameters(pristine, "harvest", {"share": 0}).values["share"] == 0
        assert read_parameters(pristine, "harvest", {"share": 1}).values["share"] == 1

    def test_values_keep_the_order_of_the_cell(self, pristine):
        given = {"lang": "zh", "share": 1.0, "field": "south"}
        assert list(read_parameters(pristine, "harvest", given).values) == [
            "field",
            "share",
            "lang",
        ]

    def test_value_equal_to_its_default_is_not_given(self, pristine):
        assert read_parameters(pristine, "harvest", {"share": "0.50"}).given == {}

    @pytest.mark.parametrize(
        "name", ["south", "SOUTH", "South field", "south FIELD", " 南田 ", "南田"]
    )
    def test_name_in_either_language_or_code_becomes_the_key(self, pristine, name):
        parameters = read_parameters(pristine, "harvest", {"field": name})
        assert parameters.values["field"] == "south"
        assert parameters.texts["field"] == {"en": "South field", "zh": "南田"}


class TestFaults:
    def test_unknown_name_is_told_the_nearest(self, pristine):
        assert message_of(pristine, {"shares": 0.5}) == (
            "the parameters of harvest cannot be used\n"
            "  parameters: found 'shares'; allowed: a parameter of harvest\n"
            "    remedy: did you mean 'share'? known: field, share, lang"
        )

    @pytest.mark.parametrize("name", [1, None, 2.5, True, ("a",)])
    def test_name_that_is_no_text_is_refused(self, pristine, name):
        assert f"found {name!r}; allowed: a parameter of harvest" in message_of(pristine, {name: 1})

    @pytest.mark.parametrize("value", ["half", "", None, [0.5], {"a": 1}, True, "0,5"])
    def test_wrong_type_is_refused_with_what_is_allowed(self, pristine, value):
        message = message_of(pristine, {"share": value})
        assert f"parameters: found share = {value!r}; allowed: number, from 0, to 1" in message

    @pytest.mark.parametrize("value", ["1.0001", -0.1, 7, "1e400", 10**400])
    def test_value_out_of_range_is_refused(self, pristine, value):
        assert "found share = " in message_of(pristine, {"share": value})

    @pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "nan", "-inf", "Infinity"])
    def test_number_that_is_not_finite_is_refused(self, pristine, value):
        assert f"found share = {float(value)}; allowed: finite numbers" in message_of(
            pristine, {"share": value}
        )

    def test_number_that_is_not_finite_inside_a_list_is_refused(
        self, sample, change_cell, change_schema
    ):
        change_cell("years = [1900.0]")
        change_schema("years", type="array", items={"type": "number"}, **WORDS)
        message = message_of(sample, {"years": "[1900, NaN]"})
        assert "found years = [1900, nan]; allowed: finite numbers" in message

    def test_value_outside_the_enum_is_told_the_nearest(self, pristine):
        assert "parameters: found lang = 'english'; allowed: one of en, zh" in message_of(
            pristine, {"lang": "english"}
        )
        assert "did you mean 'en'?" in message_of(pristine, {"lang": "EN"})

    def test_name_that_stands_for_no_key_is_told_the_nearest(self, pristine):
        assert message_of(pristine, {"field": "Nort field"}).endswith(
            "parameters: found field = 'Nort field'; allowed: a code or a name in data/plots.csv\n"
            "    remedy: did you mean 'North field'?"
        )

    def test_name_unlike_every_known_one_gets_no_suggestion(self, pristine):
        assert "remedy" not in message_of(pristine, {"field": "zzzzzz"})

    def test_place_without_data_is_told_the_places_that_have_some(self, pristine):
        assert message_of(pristine, {"field": "Fallow field"}) == (
            "the parameters of harvest cannot be used\n"
            "  parameters: found field = fallow; "
            "allowed: values that data/fields.csv has a row for\n"
            "    remedy: field that have one: north; south; west"
        )

    def test_condition_of_the_data_rule_is_named(self, sample, change_schema):
        rule = {"table": "fields", "match": {"field": "field"}, "where": {"source_id": "neighbour"}}
        change_schema(**{"x-data": [rule]})
        message = message_of(sample, {"field": "north"})
        assert "data/fields.csv has a row for with source_id neighbour" in message
        assert "field that have one: south; west" in message

    def test_every_fault_is_in_one_error(self, pristine):
        with pytest.raises(BinderyError) as caught:
            read_parameters(
                pristine, "harvest", {"shar": 1, "share": 2, "lang": "fr", "field": "x"}
            )
        found = {fault.found for fault in caught.value.faults}
        assert found == {"'shar'", "share = 2", "lang = 'fr'", "field = 'x'"}

    def test_names_of_cell_and_schema_must_agree(self, sample, change_cell):
        change_cell('field = "north"\nshare = 0.5\nlang = "en"\nweather = "dry"')
        assert (
            "notebooks/harvest.schema.json: found 'weather' in the cell or in the schema alone; "
            "allowed: the same names in both"
        ) in message_of(sample, {})

    @pytest.mark.parametrize("word", list(WORDS))
    def test_parameter_without_its_words_is_a_fault(self, sample, change_schema, word):
        change_schema("share", **{word: ""})
        assert (
            f"notebooks/harvest.schema.json: found 'share' without {word}; "
            "allowed: every parameter with its words"
        ) in message_of(sample, {})

    def test_default_that_the_schema_forbids_is_a_fault(self, sample, change_cell):
        change_cell('field = "north"\nshare = 1.5\nlang = "en"')
        assert "found share = 1.5; allowed: number, from 0, to 1" in message_of(sample, {})

    def test_path_of_no_file_is_refused(self, sample, change_cell, change_schema):
        change_cell('field = "north"\nshare = 0.5\nlang = "en"\nown = None')
        change_schema("own", type=["string", "null"], format="path", **WORDS)
        allowed = "; allowed: a file, by a path from the project's folder or a whole one"
        for path, what in (("own.csv", "where there is no file"), ("data", "a folder")):
            assert f"parameters: found own = {path!r}, {what}{allowed}" in message_of(
                sample, {"own": path}
            )
        (sample.root / "own.csv").write_text("x", encoding="utf-8")
        for path in (None, "own.csv", str(sample.root / "own.csv")):
            assert read_parameters(sample, "harvest", {"own": path}).values["own"] == path

    def test_table_of_keys_that_is_missing_is_named(self, sample):
        (sample.data / "plots.csv").unlink()
        assert message_of(sample, {}) == "data/plots.csv: there is no such file"


class TestFiles:
    def test_notebook_is_named_by_stem_or_by_path(self, pristine):
        expected = pristine.notebooks / "harvest.ipynb"
        assert notebook_path(pristine, "harvest") == expected
        assert notebook_path(pristine, "notebooks/harvest.ipynb") == expected

    def test_unknown_notebook_is_told_the_nearest(self, pristine):
        with pytest.raises(BinderyError) as caught:
            notebook_path(pristine, "harvests")
        assert str(caught.value) == (
            "there is no notebook 'harvests'; did you mean 'harvest'? known: harvest"
        )

    def test_names_are_the_stems_in_order(self, sample):
        (sample.notebooks / "barn.ipynb").write_text("{}", encoding="utf-8")
        assert notebook_names(sample) == ["barn", "harvest"]

    def test_missing_schema_is_named(self, sample):
        (sample.notebooks / "harvest.schema.json").unlink()
        assert message_of(sample, {}) == (
            "notebooks/harvest.schema.json: there is no such file; every notebook needs its schema"
        )

    @pytest.mark.parametrize("content", ["{", '{"type": "wrong"}', "[]", "true", '"text"'])
    def test_schema_that_is_none_is_named(self, sample, content):
        (sample.notebooks / "harvest.schema.json").write_text(content, encoding="utf-8")
        with pytest.raises(
            BinderyError, match=r"^notebooks/harvest\.schema\.json: not a JSON Schema"
        ):
            read_schema(sample, "harvest")

    def test_schema_without_parameters_is_allowed(self, sample):
        (sample.notebooks / "harvest.schema.json").write_text("{}", encoding="utf-8")
        assert read_schema(sample, "harvest") == {"properties": {}}

    @pytest.mark.parametrize("content", ["{", "{}", "[]", '{"cells": 1}', '{"cells": [{}]}'])
    def test_file_that_is_no_notebook_is_named(self, sample, content):
        (sample.notebooks / "harvest.ipynb").write_text(content, encoding="utf-8")
        with pytest.raises(BinderyError, match=r"^notebooks/harvest\.ipynb: not a notebook"):
            cell_defaults(sample, "harvest")

    def test_notebook_without_a_parameters_cell_is_refused(self, sample, change_cell):
        change_cell('field = "north"', tags=[])
        with pytest.raises(BinderyError) as caught:
            cell_defaults(sample, "harvest")
        assert str(caught.value) == (
            "notebooks/harvest.ipynb: found 0 cells tagged 'parameters'; allowed: one"
        )

    @pytest.mark.parametrize(
        "source",
        [
            "share = 1 / 2",
            "import os",
            "share: float = 0.5",
            "a, b = 1, 2",
            "share = a = 1",
            "%matplotlib",
            'share = __import__("os").getpid()',
            "share += 1",
            "share[0] = 1",
            "0.5",
        ],
    )
    def test_cell_with_anything_but_literals_is_refused_and_not_run(
        self, sample, change_cell, source
    ):
        change_cell(source)
        with pytest.raises(BinderyError) as caught:
            cell_defaults(sample, "harvest")
        assert str(caught.value) == (
            "notebooks/harvest.ipynb: the parameters cell may hold only lines `name = literal`"
        )


class TestNoCode:
    """papermill writes parameter names into code as they are: no foreign name may reach it."""

    @pytest.mark.parametrize(
        "words",
        [
            ["-p", "x=1;import os"],
            ["-f", "given.yml"],
            ["-p", "share=0.5\nimport os"],
            ["-p", 'share=__import__("os").getpid()'],
            ["-p", 'lang=en"; import os; "'],
        ],
    )
    def test_refused_without_a_kernel_or_a_file(self, sample, contents, monkeypatch, words):
        (sample.root / "given.yml").write_text('"x=1;import os": 1\n', encoding="utf-8")
        monkeypatch.setattr(
            variant, "new_run", lambda *_: pytest.fail("a kernel was to be started")
        )
        before = contents(sample.root)
        done = CliRunner().invoke(main, ["run", "harvest", *words])
        assert done.exit_code == 1
        assert done.stdout == ""
        assert done.stderr.startswith("bindery: the parameters of harvest cannot be used\n")
        assert contents(sample.root) == before

    def test_refused_by_the_real_command(self, sample, contents, bindery):
        (sample.root / "given.yml").write_text('"x=1;import os": 1\n', encoding="utf-8")
        before = contents(sample.root)
        done = bindery(sample, "run", "harvest", "-f", "given.yml")
        assert (done.returncode, done.stdout) == (1, "")
        assert "found 'x=1;import os'; allowed: a parameter of harvest" in done.stderr
        assert "Traceback" not in done.stderr
        assert contents(sample.root) == before


def outcome(project, values):
    """The values of the parameters, and what was found where they are refused."""
    try:
        return dict(read_parameters(project, "harvest", values).values), []
    except BinderyError as error:
        return None, [fault.found for fault in error.faults]


TRACE = "trace of code that was run"
CODE = st.sampled_from([
    f"__import__('os').mkdir('{TRACE}')", f"open('{TRACE}', 'w')", f"share=1;open('{TRACE}', 'w')",
    f"\"; open('{TRACE}', 'w'); \"", f"'\nopen('{TRACE}', 'w')\n'", f"{{open('{TRACE}', 'w')}}",
])  # fmt: skip
NAMES = st.sampled_from(["field", "share", "lang"]) | CODE | st.text() | st.integers()
# what a JSON or YAML file can hold
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | CODE,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_any_names_and_values_pass_the_schema_or_are_refused_and_run_nothing(pristine, values):
    accepted, found = outcome(pristine, values)
    assert (accepted is None) == bool(found)
    if accepted:
        assert list(accepted) == ["field", "share", "lang"]
        assert accepted["field"] in ("north", "south", "west")
        assert 0 <= accepted["share"] <= 1
        assert accepted["lang"] in ("en", "zh")
    assert not Path(TRACE).exists()


@given(st.text() | CODE)
def test_any_text_of_a_command_line_is_the_number_that_it_writes_or_is_refused(pristine, text):
    accepted, found = outcome(pristine, {"share": text})
    assert accepted["share"] == float(text) if accepted else found[0].startswith("share = ")


def injected(values):
    """What the cell that papermill injects says, read back as literals."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("value = 0", metadata={"tags": ["parameters"]})],
        metadata={
            "kernelspec": {"name": "python3", "language": "python", "display_name": "p"},
            "papermill": {},
        },
    )
    made = parameterize_notebook(notebook, values)
    cell = next(cell for cell in made.cells if "injected-parameters" in cell.metadata.tags)
    statements = ast.parse(cell.source).body
    return {node.targets[0].id: ast.literal_eval(node.value) for node in statements}


@pytest.mark.parametrize("value", [
    "plain", "", 'a "quoted" one', "it's", "two\nlines", "tab\tand\rreturn", "back\\slash", "\\",
    'both \\" and "\\', "麦捆 ünïcode \u2028 🌾", "#{}%s{x}", "'''", '"""', "x\0y", None, True,
    False, 0, -7, 10**30, 0.1, -2.5e-300, [], [1, [2.5, [None, "a\nb"]]], {"a": [1, {"b": "\""}]},
])  # fmt: skip
def test_value_passes_unchanged_through_the_injected_cell(value):
    assert injected({"value": value}) == {"value": value}


# a lone surrogate cannot stand in a file of UTF-8
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_passes_unchanged_through_the_injected_cell(text):
    assert injected({"value": text}) == {"value": text}
