"""What a notebook's calls do in plain Jupyter, where they only display, and in a build."""

from __future__ import annotations

import json
import pickle

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from bindery import session
from bindery.faults import BinderyError
from bindery.notebook import result
from bindery.record import drawing_file, read_record


class Notebook:
    """A session that has opened the sample's notebook, as plain Jupyter would."""

    def __init__(self, shell, path):
        self.shell = shell
        content = json.loads(path.read_text(encoding="utf-8"))
        self.sources = {cell["id"]: "".join(cell["source"]) for cell in content["cells"]}

    def run(self, code: str) -> list:
        """Run code; give back what it displayed. An error of the code is raised."""
        with capture_output() as captured:
            done = self.shell.run_cell(code, store_history=True)
        done.raise_error()
        return captured.outputs

    def cells(self, *names: str, **values) -> list:
        """Run cells of the notebook, after those that every other cell needs."""
        self.run(self.sources["imports"])
        self.run(self.sources["parameters"])
        self.run("\n".join(f"{name} = {value!r}" for name, value in values.items()))
        self.run(self.sources["load"])
        return [output for name in names for output in self.run(self.sources[name])]


@pytest.fixture
def notebook(sample, tmp_path, monkeypatch):
    for name in (session.RUN_VARIABLE, session.NOTEBOOK_VARIABLE, "BINDERY_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(session, "results", session.results)
    session.results.clear()
    session.published.clear()
    config = Config({"HistoryManager": {"enabled": False}})
    shell = InteractiveShell.instance(config=config, ipython_dir=str(tmp_path / "ipython"))
    yield Notebook(shell, sample.notebooks / "harvest.ipynb")
    session.results.clear()
    session.published.clear()
    InteractiveShell.clear_instance()


@pytest.fixture
def build(notebook, tmp_path, monkeypatch):
    """The same session inside a build: the folder that it records in."""
    folder = tmp_path / "run"
    folder.mkdir()
    monkeypatch.setenv(session.RUN_VARIABLE, str(folder))
    monkeypatch.setenv(session.NOTEBOOK_VARIABLE, "harvest")
    return folder


def texts(outputs):
    return [output.data["text/plain"] for output in outputs]


class TestPlain:
    def test_results_are_shown_in_the_language_asked_for(self, notebook):
        assert texts(notebook.cells("results")) == [
            "Last harvest, North field: 150 sheaves",
            "Kept: 75 to 150 sheaves (scenario range)",
        ]
        assert texts(notebook.cells("results", lang="zh")) == [
            "最近收成，北田: 150捆",
            "留存: 75至150捆（情景范围）",
        ]

    def test_figure_is_shown_as_a_picture_with_its_title(self, notebook):
        (output,) = notebook.cells("figure", lang="zh")
        assert output.data["text/plain"] == "各年捆数"
        assert output.data["image/png"][:8] == b"\x89PNG\r\n\x1a\n"

    def test_table_note_and_refusal_are_shown(self, notebook):
        table, refusal, note, _ = notebook.cells("results", "table")[2:]
        assert table.data["text/plain"].splitlines() == [
            "All years", "Field\tYear\tSheaves (sheaves)\tSource",
            "North field\t1900\t120\tfarm-diary", "North field\t1901\t150\tfarm-diary",
        ]  # fmt: skip
        assert refusal.data["text/plain"].splitlines() == [
            "Forecast — Not shown, because a condition is not met",
            "Condition: ten years", "Found: 2 years", "What would open it: more years",
        ]  # fmt: skip
        assert note.data["text/plain"] == (
            "The last harvest gave 150 sheaves; 75 to 150 sheaves are kept."
        )

    def test_everything_is_chinese_where_that_is_asked_for(self, notebook):
        table, refusal, note, _ = notebook.cells("results", "table", lang="zh")[2:]
        assert table.data["text/plain"].splitlines()[:2] == ["各年", "田\t年\t捆数（捆）\t来源"]
        assert refusal.data["text/plain"].splitlines()[0] == "预测 — 条件不满足，故不予展示"
        assert note.data["text/plain"] == "最近收成150捆，留存75至150捆。"

    def test_nothing_is_written(self, notebook, sample, contents):
        before = contents(sample.root)
        assert len(notebook.cells("results", "figure", "table")) == 7
        assert contents(sample.root) == before

    def test_every_output_carries_the_mark_that_a_build_reads(self, notebook):
        outputs = notebook.cells("results", "figure", "table")
        assert [output.metadata["bindery"] for output in outputs] == [
            {"kind": "result", "id": "last"}, {"kind": "result", "id": "kept"},
            {"kind": "figure", "id": "sheaves_by_year"}, {"kind": "table", "id": "all_years"},
            {"kind": "refusal", "id": "forecast"}, {"kind": "note", "id": "answer"},
            {"kind": "table", "id": "diary"},
        ]  # fmt: skip

    def test_cells_may_be_run_again(self, notebook):
        assert len(notebook.cells("results", "results")) == 4

    def test_note_before_its_result_has_an_ellipsis(self, notebook):
        notebook.cells()
        (note,) = notebook.run("note('answer')")
        assert note.data["text/plain"] == "The last harvest gave …; … are kept."

    def test_refusal_of_a_gate_that_is_open_shows_nothing(self, notebook):
        notebook.cells()
        assert notebook.run("refusal(forecast_gate(10))") == []

    def test_text_from_data_is_escaped(self, notebook):
        notebook.cells()
        (table,) = notebook.run("table('all_years', years.assign(field='<b>&'))")
        assert "<td>&lt;b&gt;&amp;</td>" in table.data["text/html"]
        assert "<b>" not in table.data["text/html"]

    def test_figure_leaves_no_figure_open(self, notebook):
        import matplotlib.pyplot as plt

        notebook.cells("figure")
        assert plt.get_fignums() == []

    def test_options_reach_the_chart(self, notebook):
        notebook.cells()
        notebook.run(
            "seen = {}\n"
            "def spy(data, lang, **options):\n"
            "    seen.update(options, lang=lang)\n"
            "    return bars(data, lang)"
        )
        notebook.run("figure('sheaves_by_year', spy, years, tall=True)")
        assert notebook.shell.user_ns["seen"] == {"tall": True, "lang": "en"}


class TestMistakes:
    @pytest.mark.parametrize(("code", "message"), [
        (
            "figure('sheaves_by_yeer', bars, years)",
            "book/figures.yml: harvest has no figure 'sheaves_by_yeer'; "
            "did you mean 'sheaves_by_year'? known: sheaves_by_year",
        ),
        (
            "table('all_yeers', years)",
            "book/figures.yml: harvest has no table 'all_yeers'; "
            "did you mean 'all_years'? known: all_years, diary",
        ),
        (
            "result('lost', 1, '')",
            "book/figures.yml: harvest has no result 'lost'; "
            "did you mean 'last'? known: last, kept",
        ),
        ("note('why')", "book/figures.yml: harvest has no note 'why'; known: answer"),
        (
            "figure('sheaves_by_year', bars, years.drop(columns='source_id'))",
            "figure 'sheaves_by_year': found data without a column source_id; "
            "allowed: a table whose every row names its source",
        ),
        (
            "table('all_years', years.assign(low=1, high=2))",
            "table 'all_years': found an interval without its kind, in row 1 and 1 more; allowed: "
            "data with a column kind, which says of what kind the interval of a row is",
        ),
        (
            "result('last', 1, 'acres')",
            "the label table has no units word for 'acres' in 'en'; add it to units",
        ),
        (
            "table('all_years', years.rename(columns={'year': 'when'}))",
            "the label table has no columns word for 'when'; add it to columns",
        ),
        (
            "figure('sheaves_by_year', bars, years.rename(columns={'year': 'y', 'sheaves': 's'}))",
            "the label table has no columns word for 'y', 's'; add it to columns",
        ),
    ])  # fmt: skip
    def test_mistake_is_named_with_what_is_known(self, notebook, code, message):
        notebook.cells()
        with pytest.raises(BinderyError) as caught:
            notebook.run(code)
        assert str(caught.value) == message

    def test_parameter_out_of_range_is_named_at_the_first_call(self, notebook):
        with pytest.raises(BinderyError) as caught:
            notebook.cells("results", share=2)
        assert str(caught.value) == (
            "the parameters of harvest cannot be used\n"
            "  parameters: found share = 2; allowed: number, from 0, to 1"
        )

    def test_outside_a_notebook_it_is_said_that_there_is_none(self):
        InteractiveShell.clear_instance()
        with pytest.raises(BinderyError) as caught:
            result("last", 1, "")
        assert str(caught.value) == (
            "bindery.notebook works inside a notebook; there is no IPython here"
        )


class TestWhichNotebook:
    @pytest.fixture
    def barn(self, sample, edit):
        """A second notebook that shares only its imports with the first."""
        for end in (".ipynb", ".schema.json"):
            text = (sample.notebooks / f"harvest{end}").read_text(encoding="utf-8")
            path = sample.notebooks / f"barn{end}"
            path.write_text(
                text.replace("harvests(field)", "harvests(field).tail()"), encoding="utf-8"
            )
        with sample.registry.open("a", encoding="utf-8") as stream:
            stream.write("barn:\n  results:\n    last: {label: {en: In the barn, zh: 仓中}}\n")

    def test_notebook_is_found_by_its_cells(self, notebook, barn):
        assert texts(notebook.cells("results"))[0].startswith("Last harvest, ")

    def test_other_notebook_is_found_by_its_own_cells(self, notebook, barn, sample):
        other = Notebook(notebook.shell, sample.notebooks / "barn.ipynb")
        other.cells()
        assert texts(other.run("result('last', 1, '')")) == ["In the barn: 1"]

    def test_session_of_no_notebook_is_told_what_to_do(self, notebook):
        notebook.run("from bindery.notebook import note")
        with pytest.raises(BinderyError) as caught:
            notebook.run("note('answer')")
        assert str(caught.value) == (
            "cannot tell which notebook this is: no cell run so far stands in one of harvest; "
            "set the environment variable BINDERY_NOTEBOOK to its stem"
        )

    def test_environment_variable_decides(self, notebook, barn, monkeypatch):
        monkeypatch.setenv(session.NOTEBOOK_VARIABLE, "barn")
        notebook.cells()
        assert texts(notebook.run("result('last', 1, '')")) == ["In the barn: 1"]


class TestBuild:
    def test_calls_record_what_every_edition_needs(self, notebook, build):
        notebook.cells("results", "figure", "table")
        record = read_record("harvest", "harvest", build, 0)
        assert {kind: list(entries) for kind, entries in record.entries.items()} == {
            "result": ["last", "kept"], "figure": ["sheaves_by_year"],
            "table": ["all_years", "diary"],
            "refusal": ["forecast"], "note": ["answer"],
        }  # fmt: skip
        last = record.published("result")["last"]
        assert (last["value"], last["unit"], last["n"]) == (150, "sheaves", 2)
        assert last["sources"] == ["farm-diary"]
        kept = record.published("result")["kept"]
        assert (kept["value"], kept["low"], kept["high"]) == (None, 75, 150)
        assert record.published("refusal")["forecast"]["found"] == {
            "en": "2 years",
            "zh": "（2 years）",
        }

    def test_figure_is_set_down_and_not_drawn(self, notebook, build):
        notebook.cells()
        notebook.run("figure('sheaves_by_year', bars, years, tall=True)")
        facts = read_record("harvest", "harvest", build, 0).published("figure")["sheaves_by_year"]
        chart, data, options = pickle.loads(drawing_file(build, "sheaves_by_year").read_bytes())
        assert (chart, options) == ("fields.harvest:bars", {"tall": True})
        assert list(data["sheaves"]) == [120, 150]
        folder = build / "figures" / "sheaves_by_year"
        assert [path.name for path in folder.iterdir()] == ["data.csv"]
        assert (folder / "data.csv").read_text(encoding="utf-8").splitlines() == [
            "field,year,sheaves,source_id", "north,1900,120,farm-diary",
            "north,1901,150,farm-diary",
        ]  # fmt: skip
        assert facts["chart"] == "fields.harvest:bars"

    def test_what_is_set_down_again_is_the_same_bytes(self, notebook, build, contents):
        notebook.cells("figure")
        first = contents(build)
        session.published.clear()
        (build / "record.jsonl").unlink()
        notebook.cells("figure")
        assert contents(build) == first
        assert len(first) == 3

    def test_chart_of_the_notebook_itself_is_refused(self, notebook, build):
        notebook.cells()
        with pytest.raises(BinderyError, match="found the chart mine, which no module holds; "):
            notebook.run("def mine(data, lang): ...\nfigure('sheaves_by_year', mine, years)")

    @pytest.mark.parametrize(
        ("code", "local"),
        [
            ("result('last', 1, '')", "last"),
            ("note('answer')", "answer"),
            ("table('all_years', years)", "all_years"),
            ("figure('sheaves_by_year', bars, years)", "sheaves_by_year"),
            ("refusal(forecast_gate(3))", "forecast"),
        ],
    )
    def test_id_published_twice_is_an_error(self, notebook, build, code, local):
        notebook.cells("results", "figure", "table")
        with pytest.raises(BinderyError) as caught:
            notebook.run(code)
        assert str(caught.value) == f"harvest publishes {local!r} twice; allowed: once"

    def test_several_sources_in_one_cell_are_told_apart(self, notebook, build):
        notebook.cells()
        notebook.run("result('last', 1, '', sources='farm-diary;neighbour')")
        notebook.run("result('kept', 1, '', sources=['neighbour', 'farm-diary;neighbour'])")
        results = read_record("harvest", "harvest", build, 0).published("result")
        assert [facts["sources"] for facts in results.values()] == [["farm-diary", "neighbour"]] * 2

    def test_period_is_recorded_and_is_none_where_none_is_told(self, notebook, build):
        notebook.cells()
        notebook.run("result('last', 1, '', period=harvests('north')['year'])")
        notebook.run("result('kept', 1, '')")
        results = read_record("harvest", "harvest", build, 0).published("result")
        assert [facts["period"] for facts in results.values()] == ["1900-1901", ""]

    def test_place_of_each_thing_is_marked_and_its_words_are_left_out(self, notebook, build):
        outputs = notebook.cells("results", "table")
        assert texts(outputs) == ["last", "kept", "all_years", "forecast", "answer", "diary"]
        assert outputs[0].metadata["bindery"] == {"kind": "result", "id": "last"}

    def test_words_of_the_registry_are_not_read(self, notebook, build, sample):
        sample.registry.unlink()
        assert texts(notebook.cells("results")) == ["last", "kept"]
