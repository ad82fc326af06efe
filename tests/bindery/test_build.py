"""What a build publishes beside its pages, and that the same input gives the same bytes."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from bindery.drawing import FORMS, PREVIEW

FIGURES = ("harvest-sheaves-by-year", "harvest-south-sheaves-by-year")


@pytest.fixture(scope="module")
def build(built):
    return built[0].build


@pytest.fixture(scope="module")
def twin(once, environment, bindery, edit):
    """The same book built in a folder of another name, after a build that was killed."""

    def make(project):
        # the notebook tells that it runs, and would then run for minutes
        module = project.root / "fields" / "harvest.py"
        slow = "import time; (FILE.parent.parent / 'reached').touch(); time.sleep(300)\n"
        edit(module, "    rows = pd", f"    {slow}    rows = pd")
        command = [sys.executable, "-m", "bindery.cli", "build"]
        building = subprocess.Popen(
            command,
            cwd=project.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        end = time.monotonic() + 60
        while not (project.root / "reached").exists() and time.monotonic() < end:
            time.sleep(0.05)
        building.send_signal(signal.SIGKILL)
        said = building.communicate()[0].decode()
        (project.root / "reached").unlink()
        edit(module, slow + "    ", "")
        left = sorted(path.name for path in project.build.iterdir())
        done = bindery(project, "build")
        assert (done.returncode, done.stderr) == (0, "")
        return {"status": building.returncode, "said": said, "left": left}

    return once("twin 田 1", make)


def test_command_says_what_was_made_and_where(built):
    said = built[1]
    assert "2 notebook pages (2 run, 0 kept), 2 figures, 4 results\n" in said
    assert said.endswith("the book: _build/html/index.html\n")
    assert re.search(r"^  data: no faults, [\d.]+ s$", said, re.M)
    assert re.search(r"^time: notebooks [\d.]+ s, .*pages [\d.]+ s$", said, re.M)


def test_everything_lies_where_it_should(build):
    assert {path.name for path in (build / "html").iterdir()} == {
        "index.html",
        ".nojekyll",
        "en",
        "zh",
        "figures",
        "notebooks",
        "tables",
        "results.json",
        "runs.js",
        "variants.js",
    }
    assert {path.name for path in (build / "figures").iterdir()} == set(FIGURES)
    assert {path.name for path in (build / "runs").iterdir()} == {"harvest", "harvest-south"}
    assert not (build / "next").exists()
    assert not (build / "previous").exists()


def test_every_published_thing_is_cited(built, bindery):
    project, _ = built
    published = [*FIGURES, *published_ids(project, "tables"), *published_ids(project, "results")]
    assert len(published) == 10
    for identifier in published:
        done = bindery(project, "cite", identifier, "--format", "sentence", "--lang", "zh")
        assert (done.returncode, done.stderr) == (0, "")
        assert f"，{identifier}，1.0版，sha256:" in done.stdout


def published_ids(project, name):
    text = (project.build / f"{name}.json").read_text(encoding="utf-8")
    return [entry["id"] for entry in json.loads(text)]


def test_downloads_are_the_published_files(build, contents):
    assert contents(build / "html" / "figures") == contents(build / "figures")
    assert (build / "html" / "results.json").read_bytes() == (build / "results.json").read_bytes()
    assert {path.stem for path in (build / "html" / "notebooks").iterdir()} == {
        "harvest",
        "harvest-south",
    }
    for path in (build / "html" / "notebooks").iterdir():
        assert path.read_bytes() == (build / "runs" / path.stem / path.name).read_bytes()


def test_figure_folder_holds_drawings_data_and_a_sheet(build):
    folder = build / "figures" / "harvest-south-sheaves-by-year"
    drawings = {f"{lang}.{form}" for lang in ("en", "zh") for form in (*FORMS, PREVIEW)}
    assert {path.name for path in folder.iterdir()} == drawings | {"data.csv", "figure.json"}
    sheet = json.loads((folder / "figure.json").read_text(encoding="utf-8"))
    assert set(sheet["files"]) == drawings | {"data.csv"}
    assert (sheet["grade"], sheet["sources"]) == ("D", ["farm-diary", "neighbour"])
    assert sheet["parameters"] == {"field": "south", "share": 0.5, "lang": "en"}
    assert (folder / "data.csv").read_text(encoding="utf-8") == (
        "field,year,sheaves,source_id\nsouth,1900,80,farm-diary\nsouth,1901,90,neighbour\n"
    )


def test_results_hold_every_number_with_its_kind_page_and_sources(build):
    results = json.loads((build / "results.json").read_text(encoding="utf-8"))
    keys = ("id", "value", "low", "high", "unit", "kind", "n", "page", "sources")
    one, both, kind = ["farm-diary"], ["farm-diary", "neighbour"], "scenario_range"
    assert [tuple(result[key] for key in keys) for result in results] == [
        ("harvest-last", 150, 150, 150, "sheaves", "exact", 2, "harvest", one),
        ("harvest-kept", None, 75, 150, "sheaves", kind, None, "harvest", one),
        ("harvest-south-last", 90, 90, 90, "sheaves", "exact", 2, "harvest-south", both),
        ("harvest-south-kept", None, 45, 90, "sheaves", kind, None, "harvest-south", both),
    ]  # fmt: skip


def test_runs_hold_executed_notebooks_and_what_they_ran_from(build):
    folder = build / "runs" / "harvest-south"
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    ran = (run["page"], run["notebook"], run["engine"])
    assert ran == ("harvest-south", "harvest", "warmfork")
    assert run["parameters"]["field"] == "south"
    executed = nbformat.read(folder / "harvest-south.ipynb", as_version=4)
    nbformat.validate(executed)
    counts = [cell.execution_count for cell in executed.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    (injected,) = [
        cell for cell in executed.cells if "injected-parameters" in cell.metadata.get("tags", [])
    ]
    assert injected.source.splitlines() == ["# Parameters", 'field = "south"']


def test_executed_notebooks_hold_no_time_and_no_path(build):
    for path in (build / "html" / "notebooks").iterdir():
        text = path.read_text(encoding="utf-8")
        assert str(build.parent) not in text
        assert re.findall(r"\d{4}-\d\d-\d\dT|\"papermill\"|\"duration\"", text) == []


@pytest.mark.long
class TestSameInput:
    def test_build_was_killed_and_left_nothing_published(self, twin):
        assert twin[1]["status"] == -signal.SIGKILL
        assert "harvest: " not in twin[1]["said"]
        assert {"figures", "runs", "results.json", "html"} & set(twin[1]["left"]) == set()

    @pytest.mark.parametrize("name", ["results.json", "snapshot.json"])
    def test_what_was_published_is_the_same_bytes(self, build, twin, name):
        assert (twin[0].build / name).read_bytes() == (build / name).read_bytes()

    def test_figures_are_the_same_bytes(self, build, twin, contents):
        figures = contents(build / "figures")
        assert contents(twin[0].build / "figures") == figures
        assert len(figures) == 20

    def test_executed_notebooks_are_the_same_bytes(self, build, twin, contents):
        notebooks = contents(build / "html" / "notebooks")
        assert contents(twin[0].build / "html" / "notebooks") == notebooks

    def test_pages_are_the_same_bytes(self, build, twin, contents):
        first, second = contents(build / "html"), contents(twin[0].build / "html")
        assert set(first) == set(second)
        # how long each run took
        assert {name for name in first if first[name] != second[name]} <= {"runs.js"}


class TestChangedData:
    """Pages are left out: what is asked here is decided before them."""

    @pytest.fixture
    def changed(self, built, sample, environment, edit):
        """Figures and results after a used row and one that no page uses were changed."""
        edit(sample.data / "fields.csv", "south,1901,90", "south,1901,95")
        edit(sample.data / "fields.csv", "west,1901,70", "west,1901,75")
        code = (
            "import bindery.build as b\n"
            "from bindery.execute import warm_parent\n"
            "from bindery.kept import Kept\n"
            "from bindery.project import find_project\n"
            "from bindery.report import Reporter\n"
            "b.Editions._edition = lambda self, book, lang: lang\n"
            "b._join_editions = lambda book, html: html.mkdir()\n"
            "project = find_project()\n"
            "with warm_parent(project) as parent:\n"
            "    b.build(Kept(project, print), parent, Reporter(quiet=True), 2)\n"
        )
        subprocess.run([sys.executable, "-c", code], cwd=sample.root, env=environment, check=True)
        return sample.build

    def test_exactly_what_uses_the_row_changes(self, build, changed, contents):
        before, after = contents(build / "figures"), contents(changed / "figures")
        used = "harvest-south-sheaves-by-year/"
        assert {name for name in before if before[name] != after[name]} == {
            name for name in before if name.startswith(used)
        }
        old, new = (
            {
                result["id"]: result
                for result in json.loads((folder / "results.json").read_text("utf-8"))
            }
            for folder in (build, changed)
        )
        assert {name for name in old if old[name] != new[name]} == {
            "harvest-south-last",
            "harvest-south-kept",
        }
        assert new["harvest-south-last"]["value"] == 95
        assert (new["harvest-south-kept"]["low"], new["harvest-south-kept"]["high"]) == (47.5, 95)
        # two drawings of a bar that is higher: the words of the other figure stay
        assert "95 sheaves" in (changed / "figures" / used / "figure.json").read_text("utf-8")
