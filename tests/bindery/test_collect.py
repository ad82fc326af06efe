"""From the records of all runs to the published files."""

from __future__ import annotations

import json
import subprocess

import nbformat
import pytest

from bindery.collect import write_figures, write_results
from bindery.commit import current_commit
from bindery.executed import worded_notebooks, write_runs
from bindery.faults import BinderyError

LAST = ("result", "last", {})
FIGURE = ("figure", "sheaves_by_year", {})


class TestBook:
    def test_results_have_published_ids_and_name_their_page(self, recorded):
        (result,) = recorded(LAST).results.values()
        assert (result["id"], result["page"], result["local"]) == (
            "harvest-last",
            "harvest",
            "last",
        )
        assert set(result) == {
            "id", "page", "local", "value", "low", "high", "unit", "kind", "level", "n", "digits",
            "period", "sources", "low_closed", "high_closed",
        }  # fmt: skip

    def test_texts_are_filled_with_results_and_parameters(self, recorded):
        book = recorded(LAST, given={"field": "south"})
        (page,) = book.pages
        text = {"en": "{field} gave {last}.", "zh": "{field}收了{last.value}。"}
        assert book.text(page, text, "en") == "South field gave 150 sheaves."
        assert book.text(page, text, "zh") == "南田收了150捆。"

    def test_text_whose_result_was_not_published_is_an_error_that_names_both(self, recorded):
        book = recorded(LAST)
        with pytest.raises(BinderyError) as caught:
            book.words(book.pages[0], "notes", "answer", "en")
        assert str(caught.value) == (
            "harvest: the text 'The last harvest gave {last}; {kept.interval} are kept.' needs "
            "kept.interval, which the run did not publish; publish it, or do not show this text "
            "with these parameters"
        )

    @pytest.mark.parametrize(
        ("sources", "grade"),
        [
            ([], ""),
            (["farm-diary"], "A"),
            (["farm-diary", "neighbour"], "D"),
        ],
    )
    def test_grade_is_that_of_the_weakest_source(self, recorded, sources, grade):
        assert recorded().grade(sources) == grade

    def test_unknown_source_is_an_error_that_names_it(self, recorded):
        with pytest.raises(BinderyError) as caught:
            recorded().grade(["farm-diary", "gossip"])
        assert str(caught.value) == (
            "gossip: not in data/sources.csv; add the publication there before a number rests on it"
        )


class TestFiles:
    def test_figure_has_its_files_and_a_sheet(self, recorded, tmp_path):
        write_figures(recorded(LAST, FIGURE), tmp_path / "figures")
        folder = tmp_path / "figures" / "harvest-sheaves-by-year"
        assert {path.name for path in folder.iterdir()} == {
            "en.svg",
            "zh.svg",
            "data.csv",
            "figure.json",
        }
        sheet = json.loads((folder / "figure.json").read_text(encoding="utf-8"))
        assert sheet["id"] == "harvest-sheaves-by-year"
        assert sheet["parameters"] == {"field": "north", "share": 0.5, "lang": "en"}
        assert sheet["words"]["zh"]["caption"] == "最后一年为150捆。"
        assert sheet["results"] == ["harvest-last"]
        assert (sheet["grade"], sheet["sources"]) == ("A", ["farm-diary"])

    def test_caption_slot_without_its_result_is_an_error(self, recorded, tmp_path):
        with pytest.raises(BinderyError, match=r"needs last, which the run did not publish"):
            write_figures(recorded(FIGURE), tmp_path / "figures")

    def test_results_are_one_sorted_list(self, recorded, tmp_path):
        write_results(
            recorded(LAST, ("result", "kept", {"value": None})), tmp_path / "results.json"
        )
        results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
        assert [result["id"] for result in results] == ["harvest-last", "harvest-kept"]

    def test_result_has_its_words_and_the_grade_of_its_weakest_source(self, recorded, tmp_path):
        facts = {"sources": ["farm-diary", "neighbour"]}
        write_results(recorded(("result", "last", facts)), tmp_path / "results.json")
        (result,) = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
        assert result["grade"] == "D"
        assert result["words"]["zh"] == {"label": "最近收成，北田"}

    def test_result_with_an_unknown_source_is_not_written(self, recorded, tmp_path):
        book = recorded(("result", "last", {"sources": ["gossip"]}))
        with pytest.raises(BinderyError, match=r"^gossip: not in data/sources\.csv"):
            write_results(book, tmp_path / "results.json")
        assert not (tmp_path / "results.json").exists()

    def test_run_has_its_notebook_and_its_facts(self, sample, recorded, tmp_path):
        cells = nbformat.read(sample.notebooks / "harvest.ipynb", as_version=4).cells
        book = recorded(LAST, given={"share": 0.25}, cells=cells)
        write_runs(book, worded_notebooks(book), tmp_path / "runs")
        folder = tmp_path / "runs" / "harvest"
        assert {path.name for path in folder.iterdir()} == {"harvest.ipynb", "run.json"}
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        assert run.pop("key") == book.pages[0].plan.recipe(sample).key
        assert run == {
            "page": "harvest", "notebook": "harvest", "commit": "", "seconds": 1.25,
            "parameters": {"field": "north", "share": 0.25, "lang": "en"}, "engine": "warmfork",
            "drawings": {},
        }  # fmt: skip


class TestCommit:
    @pytest.fixture
    def repository(self, sample):
        def git(*words):
            command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words]
            done = subprocess.run(
                command, cwd=sample.root, capture_output=True, text=True, check=True
            )
            return done.stdout.strip()

        git("init", "-q")
        git("add", "data")
        git("commit", "-q", "-m", "data")
        return git

    def test_commit_of_a_changed_tree_is_marked(self, sample, repository):
        assert current_commit(sample) == repository("rev-parse", "HEAD") + "-changed"

    def test_commit_of_a_clean_tree_is_bare(self, sample, repository):
        repository("add", ".")
        repository("commit", "-q", "-m", "all")
        assert current_commit(sample) == repository("rev-parse", "HEAD")

    def test_without_a_repository_there_is_none(self, sample):
        assert current_commit(sample) == ""

    def test_without_git_there_is_none(self, sample, monkeypatch):
        monkeypatch.setenv("PATH", "")
        assert current_commit(sample) == ""
