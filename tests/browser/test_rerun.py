"""The form of a page says of every value what the command line says, and composes its commands."""

from __future__ import annotations

import json
import shlex
from html import escape
from importlib import resources
from types import SimpleNamespace

import nbformat
import pytest
import yaml
from docutils import nodes
from papermill.cli import _resolve_type

from bindery.faults import BinderyError
from bindery.parameters import Rules
from bindery.project import find_project
from bindery.rerun import form_facts, run_command
from bindery.sphinx.rerun import _visit, rerun_form
from bindery.sweep.grid import read_grid
from bindery.words import WORDS

STATIC = resources.files("bindery") / "assets" / "static"
SAID = dict.fromkeys(("title", "title_zh", "description", "description_zh"), "x")
KEY = {"table": "plots", "key": "code", "names": ["name_en", "name_zh"], "suffix": "[田地]$"}
YEAR = {"type": "integer", "minimum": 1900, "maximum": 2000}
# of each parameter its default and its rule
PARAMETERS = {
    "field": ("north", {"type": "string", "x-key": KEY}),
    "year": (1901, YEAR),
    "share": (0.5, {"type": "number", "minimum": 0, "maximum": 1}),
    "inside": (0.5, {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}),
    "tiny": (1e-05, {"type": "number"}),
    "months": (None, {"type": ["integer", "null"], "minimum": 1}),
    "window": (None, {"type": ["array", "null"], "items": YEAR, "minItems": 2, "maxItems": 2}),
    "inputs": (["S1"], {"type": "array", "maxItems": 3, "items": {
        "type": "string", "pattern": "^([SF][0-9]|田.*)$"}}),
    "period": ("1901", {"type": "string", "pattern": "^[0-9]{4}(H1)?$"}),
    "way": ("half_up", {"type": "string", "enum": ["half_up", "half_down", "truncate", "all"]}),
    "unit": (10, {"enum": [1, 10, 50]}),
    "wet": (False, {"type": "boolean", "enum": [False, True]}),
    "villages": (None, {"type": ["integer", "array", "null"], "oneOf": [
        {"type": "null"}, {"type": "integer", "minimum": 1},
        {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}]}),
    "schedule": ("linear", {"oneOf": [
        {"type": "string", "const": "linear"},
        {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}}]}),
    "word": ("a", {"type": "string", "minLength": 1, "maxLength": 24}),
    "crop": ("c1", {"enum": [f"c{number}" for number in range(1, 24)]}),
}  # fmt: skip
TEXTS = {
    "field": ["south", "SOUTH", "South field", " 南田 ", "南", "北田", "Twin", "Nort field", "",
              "zz", "$(rm -rf /)", "fallow", "田", "it's", "\u3000south", "Straße", "STRASSE",
              "strasse"],
    "year": ["1900", "2000", "1899", "2001", "1_950", "１９５０", "١٩٥٠", "+1950", " 1950 ",
             "1950.0", "19 50", "nineteen", "", "null", "-0", "9" * 30, "1e3", "0x7d0"],
    "share": ["0", "1", "1.0001", "-0.1", "0.50", ".5", "1.", "5e-1", "1e-5", "1e-7", "nan", "inf",
              "-Infinity", "1e400", "0,5", "half", "-0", "０.５", "0.1_0", "__", "True"],
    "inside": ["0", "1", "0.0000001", "0.999"],
    "tiny": ["1e22", "1e16", "123456789012345.6", "0.0001", "0.00001", "1.5e-7", "12", "-0.0"],
    "months": ["1", "0", "none", "NULL", "None", "", "12.0"],
    "window": ["[1901, 1950]", "[1901,1950]", "[1901.0, 1950]", "[1901]", "[1901, 2001]", "none",
               "[1901, NaN]", "[1901, 1950", "1901, 1950", "[01901, 1950]", '["1901", "1950"]',
               "[]", '{"a": [1, 2.5, null, true, "it\'s"]}', "[1e3, 1900]", "[-Infinity, 1900]"],
    "inputs": ['["S1"]', '["S1", "F2"]', '["S1\\n"]', '["田 地"]', '["田\\"\\\\"]', '["X"]', "S1",
               '["田$(rm)`ls`"]', '["S1","S1","S1","S1"]', '[1]', '["\\u7530"]', '["田😀"]'],
    "period": ["1902H1", "1902", "1902h1", "１９０２", "1902 ", "1902;ls"],
    "way": ["truncate", "half", "Half_Up", "truncated", "zzz", "", "halfdown", "$(rm)"],
    "unit": ["1", "50", "2", "10.0", "ten", "true"],
    "wet": ["true", "YES", "no", "False", "1", "maybe"],
    "villages": ["null", "0", "5", "[200, 2000]", "[200]", "many", "[1, 2.5]"],
    "schedule": ["linear", "Linear", "[0.5, 0.5]", "[1, 0]", "[2]", "[1e-07, 1]"],
    "word": ["$(rm -rf /)", "`ls`", "it's", '"q"', "'\"", "a b", " a ", "田", "*", "~", "-p", "",
             "\\n", "a=b", "!x", "#", "a\tb", "x" * 25, "😀" * 24, "\u200b", "\xa0", "\x7f",
             "null", "é\u0301"],
    "crop": ["c23", "d1", "crop", "zzz", "C1"],
}  # fmt: skip
CASES = [{name: text} for name, texts in TEXTS.items() for text in texts] + [
    {"field": "south", "year": "1902", "window": "[1901, 1950]", "share": "0.25", "wet": "yes"},
    {"field": "nowhere", "year": "x", "share": "2", "way": "half"},
    {"field": "south", "period": "1950"},
    {},
]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("form")
    for folder in ("data", "notebooks", "book"):
        (root / folder).mkdir()
    settings = '[tool.bindery]\ndata = "data"\nnotebooks = "notebooks"\nprose = "book"\n'
    (root / "pyproject.toml").write_text(settings, encoding="utf-8")
    (root / "data" / "plots.csv").write_text(
        "code,name_en,name_zh\nnorth,North field,北田\nsouth,South field,南田\nt1,Twin,双田\n"
        "t2,Twin,双地\nfallow,Fallow field,\nstreet,Straße,街\n",
        encoding="utf-8",
    )
    (root / "data" / "yields.csv").write_text(
        "field,period,kind\nnorth,1901,a\nnorth,1902H1,a\nnorth,1902,a\nsouth,1901,a\nstreet,1901,a\n"
        "fallow,1901,b\n",
        encoding="utf-8",
    )
    cell = nbformat.v4.new_code_cell(
        "\n".join(f"{name} = {default!r}" for name, (default, _) in PARAMETERS.items())
    )
    cell.metadata["tags"] = ["parameters"]
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), root / "notebooks" / "yield.ipynb")
    match = {"field": "field", "period": "period"}
    schema = {
        "x-data": [{"table": "yields", "match": match, "where": {"kind": "a"}}],
        "properties": {name: SAID | rule for name, (_, rule) in PARAMETERS.items()},
    }
    (root / "notebooks" / "yield.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    return find_project(root)


@pytest.fixture(scope="module")
def rules(project):
    return Rules(project, "yield")


def told(project, rules, page, lang):
    """What the scripts of the page say of every case."""
    for name in ("rerun-values.js", "rerun-check.js"):
        page.add_script_tag(path=str(STATIC / name))
    words = {key: text[lang] for key, text in WORDS.items()}
    facts = json.dumps([form_facts(project, rules.check({}), lang), words])
    return page.evaluate(
        """([facts, cases]) => {
          const { check, commands } = window.binderyRules(...window.binderyValues.readJson(facts));
          return cases.map((texts) => {
            const { given, faults } = check(texts);
            const ways = Object.entries(commands).map(([way, made]) => [way, made(given)]);
            const said = faults.map(({ found, allowed, remedy }) => [found, allowed, remedy]);
            return { faults: said, ...Object.fromEntries(ways) };
          });
        }""",
        [facts, CASES],
    )


@pytest.fixture(scope="module")
def said(project, rules, browser):
    page = browser.new_page()
    yield told(project, rules, page, "en")
    page.close()


def checked(rules, texts):
    """The parameters of the command line, or its faults."""
    try:
        return rules.check(texts), []
    except BinderyError as error:
        return None, [[fault.found, fault.allowed, fault.remedy] for fault in error.faults]


def test_every_verdict_and_message_is_that_of_the_command_line(rules, said):
    expected = [checked(rules, texts)[1] for texts in CASES]
    differing = [
        (texts, of_page["faults"], faults)
        for texts, of_page, faults in zip(CASES, said, expected, strict=True)
        if sorted(of_page["faults"]) != sorted(faults)
    ]
    assert differing == []
    # the table has both: a page that refused or accepted everything would not be found out
    assert 50 < sum(bool(faults) for faults in expected) < len(CASES) - 50


def test_every_command_is_that_of_python_and_comes_back_as_the_same_values(rules, said):
    for texts, of_page in zip(CASES, said, strict=True):
        parameters, faults = checked(rules, texts)
        if not faults:
            assert of_page["run"] == run_command(parameters)
            words = shlex.split(of_page["run"])
            assert words[:3] == ["bindery", "run", "yield"]
            given = dict(word.split("=", 1) for word in words[4::2])
            assert repr(rules.check(given).values) == repr(parameters.values)


def test_papermill_is_given_the_same_values(rules, said):
    for texts, of_page in zip(CASES, said, strict=True):
        parameters, faults = checked(rules, texts)
        if not faults:
            words = iter(shlex.split(of_page["papermill"]))
            assert [next(words) for _ in range(3)] == [
                "papermill", "notebooks/yield.ipynb", "out.ipynb",
            ]  # fmt: skip
            given = {}
            for option in words:
                if option == "-y":
                    given |= yaml.safe_load(next(words))
                else:
                    name, text = next(words), next(words)
                    given[name] = text if option == "-r" else _resolve_type(text)
            assert repr(given) == repr(parameters.given)


def test_grid_of_a_sweep_has_the_same_values(project, rules, said, tmp_path):
    file = tmp_path / "grid.yml"
    for texts, of_page in zip(CASES, said, strict=True):
        parameters, faults = checked(rules, texts)
        if not faults:
            file.write_text(of_page["sweep"], encoding="utf-8")
            grid = read_grid(project, "yield", file)
            assert (len(grid), repr(grid.parameters(1))) == (1, repr(dict(parameters.values)))


def test_chinese_page_refuses_the_same_values_in_chinese(project, rules, page):
    of_page = told(project, rules, page, "zh")
    assert [bool(one["faults"]) for one in of_page] == [
        bool(checked(rules, texts)[1]) for texts in CASES
    ]
    by_case = {json.dumps(texts): one["faults"] for texts, one in zip(CASES, of_page, strict=True)}
    assert by_case[json.dumps({"field": "Nort field"})] == [
        ["field = 'Nort field'", "data/plots.csv中的code或名称", "是否指'North field'？"]
    ]
    assert (
        by_case[json.dumps({"field": "fallow"})][0][1]
        == "data/yields.csv中有对应行的取值，且kind为a"
    )


@pytest.fixture
def file(project, rules, tmp_path):
    """A page with the form alone."""
    translator = SimpleNamespace(body=[], encode=escape, config=SimpleNamespace(language="en"))
    translator.builder = SimpleNamespace(
        current_docname="one",
        env=SimpleNamespace(titles={"two": SimpleNamespace(astext=lambda: "Second <page>"),
                                    "one": SimpleNamespace(astext=lambda: "First")}),
        get_relative_uri=lambda own, other: f"{other}.html",
    )  # fmt: skip
    family = [{"page": "one", "given": {}}, {"page": "two", "given": {"field": "south"}}]
    facts = {"form": form_facts(project, rules.check({}), "en"), "family": {"pages": family}}
    node = rerun_form(facts, {key: text["en"] for key, text in WORDS.items()})
    with pytest.raises(nodes.SkipNode):
        _visit(translator, node)
    scripts = "".join(
        f'<script src="{(STATIC / name).as_uri()}"></script>'
        for name in ("copy.js", "rerun.js", "rerun-check.js", "rerun-values.js")
    )
    kept = {"notebook": "yield", "given": {"wet": True}, "address": "../notebooks/kept.ipynb"}
    script = f"window.binderyVariants = {json.dumps([kept])};"
    (tmp_path / "variants.js").write_text(script, encoding="utf-8")
    file = tmp_path / "中 en" / "页 1.html"
    file.parent.mkdir()
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title>{scripts}'
    file.write_text(head + "".join(translator.body), encoding="utf-8")
    return file


@pytest.fixture
def form(page, file):
    """That page, opened from disk."""
    page.goto(file.as_uri())
    return page


def test_form_composes_the_command_as_one_types_and_says_what_is_in_the_book(form):
    assert form.inner_text("pre") == "bindery run yield"
    assert form.inner_text(".rerun-state") == "These are the values of this page."
    form.fill("#rerun-field", "南田")
    form.wait_for_function("document.querySelector('pre').textContent.includes('south')")
    assert form.inner_text("pre") == "bindery run yield -p field=south"
    link = form.locator(".rerun-state a")
    assert (link.inner_text(), link.get_attribute("href")) == ("Second <page>", "two.html")
    form.select_option("#rerun-way", "truncate")
    assert form.inner_text("pre") == "bindery run yield -p field=south -p way=truncate"
    assert form.inner_text(".rerun-state") == ""
    form.select_option("#rerun-wet", "true")
    form.fill("#rerun-field", "")
    form.select_option("#rerun-way", "half_up")
    assert form.inner_text(".rerun-state") == "Already computed: executed notebook"
    assert form.get_attribute(".rerun-state a", "href") == "../notebooks/kept.ipynb"
    form.check("input[value=papermill]")
    assert form.inner_text("pre").endswith("out.ipynb -p wet True")
    form.click("[type=reset]")
    form.wait_for_function("document.querySelector('pre').textContent === 'bindery run yield'")


def test_fault_is_told_at_its_field_and_no_command_is_shown(form):
    form.fill("#rerun-year", "1899")
    form.wait_for_selector("#rerun-year[aria-invalid=true]")
    assert form.inner_text("#rerun-year-fault") == (
        "found year = 1899; allowed: integer, from 1900, to 2000"
    )
    assert form.get_attribute("#rerun-year", "aria-describedby").split()[1] == "rerun-year-fault"
    assert form.is_hidden("pre")
    assert form.is_disabled(".copy-text")
    # what is left empty has its default
    form.fill("#rerun-year", "")
    form.wait_for_selector("#rerun-year[aria-invalid=false]")
    assert form.inner_text("pre") == "bindery run yield"


@pytest.mark.parametrize("refused", [False, True])
def test_command_is_copied_also_where_the_browser_refuses_the_new_way(form, refused):
    form.fill("#rerun-word", "it's $HOME")
    form.wait_for_function("document.querySelector('pre').textContent.includes('HOME')")
    form.evaluate(
        """(refused) => {
          navigator.clipboard.writeText = async (text) => {
            if (refused) throw new Error();
            window.copied = text;
          };
          // the older way copies what is selected
          document.addEventListener("copy", () => { window.copied = String(getSelection()); });
        }""",
        refused,
    )
    form.click(".copy-text")
    form.wait_for_function("document.querySelector('[role=status]').textContent === 'Copied'")
    command = form.evaluate("window.copied")
    assert shlex.split(command) == ["bindery", "run", "yield", "-p", "word=it's $HOME"]


def test_without_scripts_the_form_is_hidden(browser, file):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    hidden = page.is_hidden("form.rerun")
    context.close()
    assert hidden
