"""One edition as Jupyter Book finds it: notebooks with directives, settings, facts."""

from __future__ import annotations

import json

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from bindery.execute import EXECUTED
from bindery.stage import stage_edition, staged_notebook, write_flat_contents, write_settings


def code(*marks, tags=(), foreign=(), source="x = 1"):
    """An executed cell that published `marks` (kind, id) and has `foreign` outputs."""
    published = [
        new_output(
            "display_data", {"text/plain": id}, metadata={"bindery": {"kind": kind, "id": id}}
        )
        for kind, id in marks
    ]
    return new_code_cell(source, outputs=[*foreign, *published], metadata={"tags": list(tags)})


def staged(*cells):
    """The cells of a staged notebook: text of markdown, None for code."""
    made = staged_notebook(new_notebook(cells=list(cells)))
    return [cell.source if cell.cell_type == "markdown" else None for cell in made.cells]


class TestNotebook:
    def test_directives_follow_the_cell_that_published(self):
        cells = [code(("figure", "bars")), new_markdown_cell("Then."), code(("note", "why"))]
        assert staged(*cells) == [
            None, "```{published-figure} bars\n```", "Then.", None, "```{published-note} why\n```",
        ]  # fmt: skip

    @pytest.mark.parametrize("kind", ["figure", "table", "note", "refusal"])
    def test_each_kind_has_its_directive(self, kind):
        assert staged(code((kind, "x")))[1] == f"```{{published-{kind}}} x\n```"

    def test_neighbouring_results_share_a_table(self):
        marks = [("result", "a"), ("result", "b"), ("figure", "bars"), ("result", "c")]
        assert staged(code(*marks))[1] == (
            "```{published-results}\na\nb\n```\n\n"
            "```{published-figure} bars\n```\n\n"
            "```{published-results}\nc\n```"
        )

    def test_code_that_shows_only_results_is_joined_with_what_follows(self):
        cells = [code(source="x = 1"), code(("result", "a"), source="y = 2")]
        last = code(("result", "b"), ("note", "why"), source="z = 3")
        made = staged_notebook(new_notebook(cells=[*cells, last, code(source="w = 4")]))
        assert [cell.source for cell in made.cells] == [
            "x = 1\n\ny = 2\n\nz = 3",
            "```{published-results}\na\nb\n```\n\n```{published-note} why\n```",
            "w = 4",
        ]

    def test_code_on_both_sides_of_a_text_stays_apart(self):
        text = new_markdown_cell("Then.")
        assert staged(code(("result", "a")), text, code(("result", "b"))) == [
            None, "```{published-results}\na\n```", "Then.",
            None, "```{published-results}\nb\n```",
        ]  # fmt: skip

    def test_code_with_an_output_of_its_own_is_not_joined(self):
        shown = code(foreign=[new_output("stream", name="stdout", text="a line\n")])
        assert staged(shown, code()) == [None, None]

    def test_cell_that_published_nothing_is_followed_by_nothing(self):
        assert staged(code()) == [None]

    def test_code_is_folded_and_other_tags_stay(self):
        notebook = new_notebook(cells=[code(tags=["load"]), new_markdown_cell("a")])
        made = staged_notebook(notebook)
        assert made.cells[0].metadata.tags == ["load", "hide-input"]
        assert "tags" not in made.cells[1].metadata

    def test_cell_without_tags_is_folded_too(self):
        made = staged_notebook(new_notebook(cells=[new_code_cell("x")]))
        assert made.cells[0].metadata.tags == ["hide-input"]

    def test_foreign_outputs_stay_and_published_ones_go(self):
        foreign = [
            new_output("stream", name="stdout", text="a line\n"),
            new_output("execute_result", {"text/plain": "150"}),
        ]
        cell = code(("result", "a"), foreign=foreign)
        made = staged_notebook(new_notebook(cells=[cell]))
        assert made.cells[0].outputs == foreign

    def test_parameter_table_follows_the_parameters_cell(self):
        assert staged(code(tags=["parameters"]), code(("note", "why"))) == [
            None,
            "```{parameter-table}\n```\n\n```{published-note} why\n```",
        ]

    def test_parameter_table_follows_the_injected_cell_where_there_is_one(self):
        cells = [code(("note", "a"), tags=["parameters"]), code(tags=["injected-parameters"])]
        assert staged(*cells) == [
            None,
            "```{published-note} a\n```",
            None,
            "```{parameter-table}\n```",
        ]

    def test_executed_notebook_itself_is_not_changed(self):
        notebook = new_notebook(cells=[code(("figure", "bars"), tags=["parameters"])])
        before = nbformat.writes(notebook)
        staged_notebook(notebook)
        assert nbformat.writes(notebook) == before

    def test_same_notebook_is_staged_in_the_same_bytes(self):
        notebook = new_notebook(cells=[code(("figure", "bars")), code(("table", "rows"))])
        first = nbformat.writes(staged_notebook(notebook))
        assert nbformat.writes(staged_notebook(notebook)) == first


def read(folder, name):
    return yaml.safe_load((folder / name).read_text(encoding="utf-8"))


class TestSettings:
    @pytest.fixture
    def settings(self, sample, tmp_path):
        def make(lang):
            write_settings(sample, tmp_path, lang)
            return read(tmp_path, "_config.yml"), read(tmp_path, "_toc.yml")

        return make

    def test_nothing_is_executed_by_jupyter_book(self, settings, tmp_path):
        config, _ = settings("en")
        assert config["execute"] == {"execute_notebooks": "off"}
        # bare, YAML would read it as false
        assert "execute_notebooks: 'off'" in (tmp_path / "_config.yml").read_text(encoding="utf-8")

    def test_project_s_own_execute_settings_do_not_win(self, sample, settings, edit):
        edit(sample.root / "_config.yml", "html:", "execute: {execute_notebooks: force}\nhtml:")
        assert settings("en")[0]["execute"]["execute_notebooks"] == "off"

    def test_title_author_and_year_come_from_the_publication(self, settings):
        english, chinese = settings("en")[0], settings("zh")[0]
        assert (english["title"], english["author"]) == ("Sheaves", "The farm")
        assert (chinese["title"], chinese["author"]) == ("麦捆", "农场")
        assert english["copyright"] == chinese["copyright"] == "1902"

    def test_language_and_translations_are_set(self, settings):
        sphinx = settings("zh")[0]["sphinx"]
        assert sphinx["extra_extensions"] == ["bindery.sphinx"]
        assert sphinx["config"]["language"] == "zh_CN"
        assert sphinx["config"]["locale_dirs"] == ["translations"]
        assert sphinx["config"]["nb_code_prompt_show"] == "展开代码"

    def test_project_s_own_settings_stay(self, sample, settings):
        (sample.root / "_config.yml").write_text(
            "html: {home_page_in_navbar: false, favicon: own.svg}\n"
            "sphinx:\n"
            "  extra_extensions: [sphinx_design]\n"
            "  config: {today: never, html_theme_options: {navbar_persistent: [a.html], x: 1}}\n",
            encoding="utf-8",
        )
        config = settings("en")[0]
        assert config["html"] == {"home_page_in_navbar": False, "favicon": "own.svg"}
        assert config["sphinx"]["extra_extensions"] == ["sphinx_design", "bindery.sphinx"]
        assert config["sphinx"]["config"]["today"] == "never"
        theme = config["sphinx"]["config"]["html_theme_options"]
        assert (theme["navbar_persistent"], theme["x"]) == (["a.html"], 1)
        assert theme["article_header_end"] == [
            "family.html", "edition-switch.html", "article-header-buttons.html",
        ]  # fmt: skip

    def test_captions_of_the_contents_are_translated(self, settings):
        assert settings("en")[1]["parts"][0]["caption"] == "Pages"
        assert settings("zh")[1]["parts"][0]["caption"] == "页面"

    def test_order_of_the_contents_stays(self, settings):
        chapters = settings("zh")[1]["parts"][0]["chapters"]
        assert [chapter["file"] for chapter in chapters] == [
            "harvest",
            "harvest-south",
            "gallery",
            "results",
            "data",
            "sources",
            "versions",
        ]

    def test_empty_configuration_is_allowed(self, sample, settings):
        (sample.root / "_config.yml").write_text("", encoding="utf-8")
        assert settings("en")[0]["title"] == "Sheaves"


def test_contents_for_messages_name_every_source_once(sample, tmp_path):
    for name in ("index.md", "b.md", "a.ipynb"):
        (tmp_path / name).touch()
    write_flat_contents(sample, tmp_path)
    assert read(tmp_path, "_toc.yml") == {
        "format": "jb-book",
        "root": "index",
        "chapters": [{"file": "a"}, {"file": "b"}],
    }


class TestEdition:
    @pytest.fixture
    def book(self, recorded):
        return recorded(
            ("result", "last", {}), ("figure", "sheaves_by_year", {}),
            cells=[code(("figure", "sheaves_by_year"), tags=["parameters"])],
        )  # fmt: skip

    @pytest.fixture
    def stage(self, book):
        """Stages an edition from the executed notebooks."""

        def make(lang):
            ran = nbformat.read(book.records["harvest"].folder / EXECUTED, as_version=4)
            return stage_edition(book, lang, {"harvest": ran})

        return make

    def test_stage_holds_everything_of_one_language(self, book, stage):
        folder = stage("zh")
        assert folder == book.project.build / "stage" / "zh"
        assert {path.name for path in folder.iterdir()} == {
            "_config.yml", "_toc.yml", "_static", "_templates", "_extra", "translations",
            "bindery.json", "harvest.ipynb", "index.md", "results.md", "data.md", "sources.md",
            "gallery.md",
            "versions.md",
        }  # fmt: skip
        assert json.loads((folder / "bindery.json").read_text(encoding="utf-8"))["lang"] == "zh"
        assert len(nbformat.read(folder / "harvest.ipynb", as_version=4).cells) == 2

    def test_stage_left_by_another_build_is_replaced(self, book, stage):
        folder = book.project.build / "stage" / "en"
        folder.mkdir(parents=True)
        (folder / "left.md").touch()
        stage("en")
        assert not (folder / "left.md").exists()

    def test_staged_twice_is_the_same_bytes(self, stage, contents):
        first = contents(stage("en"))
        assert contents(stage("en")) == first

    def test_pictures_and_bibliography_of_the_prose_come_along(self, book, stage):
        (book.project.prose / "images").mkdir()
        (book.project.prose / "images" / "barn.svg").write_text("barn", encoding="utf-8")
        (book.project.prose / "books.bib").write_text("@book{a}", encoding="utf-8")
        folder = stage("en")
        assert (folder / "images" / "barn.svg").read_text(encoding="utf-8") == "barn"
        assert (folder / "books.bib").is_file()
