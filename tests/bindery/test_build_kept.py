"""A build makes again only what changed, and never serves what is older than its inputs."""

from __future__ import annotations

import json
import re

import nbformat
import pytest
from bs4 import BeautifulSoup

from bindery.project import Project

ODD = 'R&D: &amp; "ears" </script> <b>'


def html_page(project: Project, name: str) -> BeautifulSoup:
    text = (project.build / "html" / f"{name}.html").read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser")


def counts(said: str) -> tuple[int, int]:
    """How many pages a build ran, and how many it took from what was kept."""
    run, kept = re.search(r"notebook pages \((\d+) run, (\d+) kept\)", said).groups()
    return int(run), int(kept)


@pytest.fixture(scope="module")
def again(copy_sample, bindery, tmp_path_factory):
    """A built sample, and a way to build it once more; no other process builds it meanwhile."""
    project = copy_sample(tmp_path_factory.mktemp("kept") / "farm")

    def build() -> str:
        done = bindery(project, "build")
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return project, build(), build


@pytest.fixture
def undone(again, contents):
    """Afterwards everything stands as before, nothing is run, and the book has the same bytes."""
    project, _, build = again
    build()
    kept = {
        path: path.read_bytes()
        for path in project.root.rglob("*")
        if path.is_file() and "_build" not in path.parts and "__pycache__" not in path.parts
    }
    before = pages(project, contents)
    yield
    for path in set(project.root.rglob("*")) - kept.keys():
        if path.is_file() and "_build" not in path.parts and "__pycache__" not in path.parts:
            path.unlink()
    for path, content in kept.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
    assert counts(build()) == (0, 2)
    assert pages(project, contents) == before


def pages(project: Project, contents) -> dict[str, str]:
    """The published files, apart from the one that says how long each run took."""
    return {
        name: mark for name, mark in contents(project.build / "html").items() if name != "runs.js"
    }


def test_draft_has_all_that_its_pages_load(again, bindery):
    project = again[0]
    done = bindery(project, "build", "--draft", "en")
    assert (done.returncode, done.stderr) == (0, "")
    missing = {
        f"{page.name}: {tag['src']}"
        for page in (project.build / "draft" / "html" / "en").rglob("*.html")
        if "_static" not in page.parts
        for tag in BeautifulSoup(page.read_bytes(), "html.parser").select("[src]")
        if not (page.parent / tag["src"].split("?")[0]).is_file()
    }
    assert missing == set()


def test_first_build_runs_every_page(again):
    assert counts(again[1]) == (2, 0)


def test_nothing_changed_is_told_and_nothing_is_done(again, contents):
    project, _, build = again
    before = contents(project.build / "html")
    assert build().startswith("nothing has changed\n2 notebook pages (0 run, 2 kept), ")
    assert contents(project.build / "html") == before
    # a variant is something that the pages may tell
    variant = project.build / "variants" / "harvest-0123456789"
    variant.mkdir(parents=True)
    assert counts(build()) == (0, 2)
    variant.rmdir()


@pytest.mark.usefixtures("undone")
class TestOneChange:
    def test_data_byte_reruns_what_reads_it(self, again, edit):
        project, _, build = again
        edit(project.data / "fields.csv", "150", "151")
        assert counts(build()) == (2, 0)
        results = json.loads((project.build / "results.json").read_text(encoding="utf-8"))
        assert 151 in [result["value"] for result in results]

    def test_module_reruns_what_imports_it(self, again, edit):
        project, _, build = again
        edit(project.root / "fields" / "harvest.py", "years >= 10", "years >= 11")
        assert counts(build()) == (2, 0)

    def test_parameter_reruns_its_page_alone(self, again, edit):
        project, _, build = again
        edit(project.notebooks / "runs.yml", "{field: South field}", "{field: south, share: 0.25}")
        assert counts(build()) == (1, 1)

    def test_words_of_a_figure_change_pages_and_runs_nothing(self, again, edit):
        project, _, build = again
        edit(project.registry, "The last harvest gave {last}", "The newest gave {last}")
        edit(project.registry, "{en: Sheaves by year", f"{{en: '{ODD}'")
        assert counts(build()) == (0, 2)
        figure = html_page(project, "en/figures/harvest-sheaves-by-year")
        graph = json.loads(figure.select_one("script[type*=json]").string)
        shown = [
            figure.title.get_text().removesuffix(" — Sheaves"),
            figure.select_one(".figure-page h1").get_text(),
            figure.select_one("meta[name=citation_title]")["content"],
            graph["@graph"][0]["name"],
            html_page(project, "en/gallery").select_one("ul.figure-gallery span").get_text(),
            html_page(project, "en/figures/harvest-south-sheaves-by-year")
            .select_one("a.left-prev .prev-next-title")
            .get_text(),
        ]
        assert shown == [ODD] * 6
        notebook = project.build / "html" / "notebooks" / "harvest.ipynb"
        texts = html_page(project, "en/harvest").get_text(), notebook.read_text(encoding="utf-8")
        for text in texts:
            assert "The newest gave 150" in text
            assert "The last harvest gave 150 sheaves;" not in text

    def test_prose_of_a_notebook_changes_pages_and_runs_nothing(self, again, edit):
        project, _, build = again
        edit(project.notebooks / "harvest.ipynb", "Two years are two years.", "Two are two.")
        edit(
            project.prose / "translations" / "zh_CN" / "LC_MESSAGES" / "book.po",
            'msgid "Two years are two years."',
            'msgid "Two are two."',
        )
        assert counts(build()) == (0, 2)
        executed = project.build / "html" / "notebooks" / "harvest-south.ipynb"
        cells = nbformat.read(executed, as_version=4).cells
        assert cells[-1].source.endswith("Two are two.")
        assert [cell.execution_count for cell in cells if cell.cell_type == "code"] == [
            1, 2, 3, 4, 5, 6, 7,
        ]  # fmt: skip

    @pytest.mark.long
    def test_style_draws_anew_and_runs_nothing(self, again, edit, bindery):
        project, _, build = again
        style = project.root / "look.mplstyle"
        style.write_text("axes.facecolor: DDDDDD\n", encoding="utf-8")
        edit(project.root / "pyproject.toml", "labels =", 'style = "look.mplstyle"\nlabels =')
        build()
        edit(style, "DDDDDD", "EEEEEE")
        rows = json.loads(bindery(project, "status", "--json").stdout)
        assert [(row["state"], row["reason"]) for row in rows] == [
            ("stale", "only its figures: look.mplstyle changed")
        ] * 2
        said = build()
        assert counts(said) == (0, 2)
        assert re.search(r"^  harvest: kept, 2 drawings [\d.]+ s$", said, re.M)
        # a page names its pictures and holds none
        assert "  en edition: kept\n" in said
        assert "  zh edition: kept\n" in said
        picture = project.build / "figures" / "harvest-sheaves-by-year" / "en.svg"
        assert "fill: #eeeeee" in picture.read_text(encoding="utf-8")

    @pytest.mark.long
    def test_page_of_prose_changes_pages_and_runs_nothing(self, again, edit):
        project, _, build = again
        edit(project.prose / "sources.md", "All of them.", "One formula: $a = b$.")
        assert counts(build()) == (0, 2)

    def test_published_file_that_is_gone_is_made_again_without_a_run(self, again):
        project, _, build = again
        (project.build / "html" / "en" / "harvest.html").unlink()
        assert counts(build()) == (0, 2)

    def test_data_fault_is_told_and_the_book_stays(self, again, edit, bindery, contents):
        project = again[0]
        before = contents(project.build / "html")
        edit(project.data / "fields.csv", "150", "many")
        done = bindery(project, "build")
        assert done.returncode == 1
        assert "found 'many'" in done.stderr
        assert contents(project.build / "html") == before


@pytest.mark.usefixtures("undone")
class TestStatus:
    def rows(self, again, bindery):
        done = bindery(again[0], "status", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        return [(row["page"], row["state"], row["reason"]) for row in json.loads(done.stdout)]

    def test_says_why_and_how_long(self, again, bindery, edit):
        assert self.rows(again, bindery) == [
            ("harvest", "fresh", ""), ("harvest-south", "fresh", ""),
        ]  # fmt: skip
        # values of its own: what another trial has run is kept, and fresh
        edit(again[0].data / "fields.csv", "150", "152")
        assert self.rows(again, bindery) == [
            ("harvest", "stale", "data/fields.csv changed"),
            ("harvest-south", "stale", "data/fields.csv changed"),
        ]
        said = bindery(again[0], "status").stdout
        assert re.search(r"^harvest: stale \([\d.]+ s\): data/fields.csv changed$", said, re.M)
        assert re.search(r"^0 fresh, 2 stale, about \d+ s to run$", said, re.M)

    def test_parameter_is_named_with_both_values(self, again, bindery, edit):
        edit(again[0].notebooks / "runs.yml", "{field: South field}", "{field: south, share: 0.75}")
        assert self.rows(again, bindery)[1][2] == "parameter share: 0.5 -> 0.75"

    def test_failed_run_is_said(self, again, bindery, edit):
        project = again[0]
        edit(project.root / "fields" / "harvest.py", "years >= 10", "years >= 1 / 0")
        assert bindery(project, "build").returncode == 1
        assert self.rows(again, bindery)[0] == ("harvest", "stale", "its last run failed")


@pytest.mark.usefixtures("undone")
def test_damaged_result_is_run_again_with_a_warning(again, bindery):
    project = again[0]
    objects = [path for path in (project.build / "cache" / "objects").rglob("*") if path.is_file()]
    for path in objects:
        if path.read_bytes().startswith(b'{"entry"'):
            path.write_bytes(path.read_bytes().replace(b"150", b"999"))
    (project.build / "html" / "en" / "harvest.html").unlink()
    done = bindery(project, "build")
    assert done.returncode == 0
    assert "warning: a kept result cannot be used and is made anew" in done.stderr
    # the other page has another last year
    assert counts(done.stdout) == (1, 1)
    assert "999" not in (project.build / "results.json").read_text(encoding="utf-8")


@pytest.mark.usefixtures("undone")
def test_clean_takes_what_is_kept_and_leaves_the_book(again, bindery, contents):
    project, _, build = again
    before = contents(project.build / "html")
    assert re.fullmatch(
        r"\d+ MB freed; the book in _build/html stays\n", bindery(project, "clean").stdout
    )
    assert contents(project.build / "html") == before
    assert counts(build()) == (2, 0)
