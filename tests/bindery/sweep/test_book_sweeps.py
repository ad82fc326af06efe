"""The sweeps of a book: what a build runs for them, and what reads their tables."""

from __future__ import annotations

import csv
import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

SWEEPS = """
- sweep: kept
  notebook: harvest
  grid: {field: [north, south], share: [0.5, 0.25]}
  results: [kept]
"""
# its title stands in the sample's catalogue
CELLS = {
    "# Sheaves": None,
    "from bindery.notebook import result, sweep": [],
    'lang = "en"  # language of what is shown': ["parameters"],
    'rows = sweep("kept")\nfound = rows[rows["status"].eq("published")]': [],
    'result("least", found["low"].sum(), "sheaves", len(found), found["source_id"])': [],
}
REGISTRY = "harvest_all:\n  results:\n    least: {label: {en: At least, zh: 至少}}\n"
# what stands in data/fields.csv of the last year, and the shares of the grid
LEAST = (0.5 + 0.25) * (150 + 90)


def add_sweep(project, edit) -> None:
    """A sweep of four rows, two of which are pages, and a page that reads it."""
    (project.notebooks / "sweeps.yml").write_text(SWEEPS, encoding="utf-8")
    new = nbformat.v4
    cells = [
        new.new_markdown_cell(source)
        if tags is None
        else new.new_code_cell(source, metadata={"tags": tags} if tags else {})
        for source, tags in CELLS.items()
    ]
    nbformat.write(new.new_notebook(cells=cells), project.notebooks / "harvest_all.ipynb")
    schema = json.loads((project.notebooks / "harvest.schema.json").read_text(encoding="utf-8"))
    schema["properties"] = {"lang": schema["properties"]["lang"]}
    del schema["x-data"]
    text = json.dumps(schema | {"x-sweeps": ["kept"]})
    (project.notebooks / "harvest_all.schema.json").write_text(text, encoding="utf-8")
    with (project.notebooks / "runs.yml").open("a", encoding="utf-8") as stream:
        stream.write("- {page: harvest_all, notebook: harvest_all}\n")
    with project.registry.open("a", encoding="utf-8") as stream:
        stream.write(REGISTRY)
    edit(project.root / "_toc.yml", "      - file: results", "      - file: harvest_all\n"
         "      - file: results")  # fmt: skip
    # one field has been written about; nothing of it is published
    (project.root / "note.txt").write_text("a dry year", encoding="utf-8")
    path = project.notebooks / "harvest.ipynb"
    notebook = nbformat.read(path, as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.source.startswith("years = ")]
    cell.source += '\nif field == "south":\n    _ = open("note.txt").read()'
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def book(copy_sample, bindery, edit, tmp_path_factory):
    """A sample with a sweep, built, and what was said."""
    project = copy_sample(tmp_path_factory.mktemp("sweeps") / "farm 农场")
    add_sweep(project, edit)
    done = bindery(project, "build", "--jobs", "2")
    assert (done.returncode, done.stderr) == (0, "")
    return project, done.stdout


@pytest.fixture
def draft(book, bindery):
    """Builds one edition, and tells what was run: pages, and rows of the sweep."""

    def build() -> tuple[list[str], int]:
        done = bindery(book[0], "build", "--draft", "en")
        assert (done.returncode, done.stderr) == (0, "")
        return told(done.stdout)

    return build


@pytest.fixture
def restored(book, draft):
    """Afterwards files stand as before, and so does the table."""
    project = book[0]
    kept = {
        path: path.read_bytes()
        for path in project.root.rglob("*")
        if path.is_file() and "_build" not in path.parts and "__pycache__" not in path.parts
    }
    table = table_of(project)
    yield
    for path, content in kept.items():
        if path.read_bytes() != content:
            path.write_bytes(content)
    assert draft() == ([], 0)
    assert table_of(project) == table


def told(said: str) -> tuple[list[str], int]:
    pages = re.findall(r"^  (harvest\S*): [\d.]+ s", said, re.M)
    rows = re.search(r"^  sweep kept: 4 rows, (?:(\d+) run|kept)", said, re.M)
    return sorted(pages), int(rows[1] or 0)


def table_of(project) -> bytes:
    return (project.build / "sweeps" / "kept.csv").read_bytes()


def status(project, bindery) -> dict[str, tuple[str, str]]:
    rows = json.loads(bindery(project, "status", "--json").stdout)
    return {row.get("page") or f"sweep {row['sweep']}": (row["state"], row["reason"])
            for row in rows}  # fmt: skip


class TestBuild:
    def test_runs_rows_that_are_no_pages_and_then_what_reads_them(self, book):
        project, said = book
        assert told(said) == (["harvest", "harvest-south", "harvest_all"], 2)
        assert "1 sweep of 4 rows (2 run, 2 kept)\n" in said
        results = json.loads((project.build / "results.json").read_text(encoding="utf-8"))
        (least,) = [result for result in results if result["page"] == "harvest_all"]
        assert (least["value"], least["n"]) == (LEAST, 4)
        assert least["sources"] == ["farm-diary", "neighbour"]

    def test_publishes_a_line_for_each_row_and_result(self, book):
        project = book[0]
        assert (project.build / "html" / "sweeps" / "kept.csv").read_bytes() == table_of(project)
        rows = list(csv.DictReader(table_of(project).decode().splitlines()))
        head = ["row", "field", "share", "result", "status", "value", "low", "high", "kind",
                "unit", "n", "source_id"]  # fmt: skip
        assert list(rows[0]) == head
        assert [list(row.values())[:8] for row in rows if row["status"] == "published"] == [
            ["1", "north", "0.5", "kept", "published", "", "75.0", "150"],
            ["2", "north", "0.25", "kept", "published", "", "37.5", "150"],
            ["3", "south", "0.5", "kept", "published", "", "45.0", "90"],
            ["4", "south", "0.25", "kept", "published", "", "22.5", "90"],
        ]
        # a refusal is a result
        refused = [row for row in rows if row["status"] == "refused"]
        assert [(row["row"], row["result"], row["kind"]) for row in refused] == [
            (str(row), "forecast", "") for row in range(1, 5)
        ]

    def test_is_told_as_fresh_afterwards_and_does_nothing(self, book, bindery):
        assert set(status(book[0], bindery).values()) == {("fresh", "")}
        assert bindery(book[0], "build").stdout.startswith("nothing has changed\n")

    def test_shares_its_rows_with_a_sweep_by_hand(self, book, bindery, table):
        grid = book[0].root / "grid.yml"
        grid.write_text("{field: [north, south], share: [0.5, 0.25]}", encoding="utf-8")
        assert bindery(book[0], "sweep", "harvest", "--grid", "grid.yml").returncode == 0
        grid.unlink()
        rows = table(book[0].build / "sweeps" / "harvest-grid")
        assert [row["status"] for row in rows] == ["kept"] * 4


@pytest.mark.usefixtures("restored")
class TestChange:
    def test_of_a_file_runs_the_rows_that_read_it_and_no_reader_of_an_equal_table(
        self, book, bindery, draft, edit
    ):
        edit(book[0].root / "note.txt", "dry", "wet")
        assert status(book[0], bindery) == {
            "harvest": ("fresh", ""),
            "harvest-south": ("stale", "note.txt changed"),
            "harvest_all": ("stale", "reads what is stale: sweep kept"),
            "sweep kept": ("stale", "note.txt changed"),
        }
        # that page is a row as well
        assert draft() == (["harvest-south"], 1)

    def test_of_a_data_row_runs_all_that_rest_on_it(self, book, draft, edit):
        edit(book[0].data / "fields.csv", "150", "154")
        assert draft() == (["harvest", "harvest-south", "harvest_all"], 2)
        assert b"77.0,154" in table_of(book[0])

    def test_of_the_grid_runs_what_is_new(self, book, bindery, draft, edit):
        edit(book[0].notebooks / "sweeps.yml", "share: [0.5, 0.25]", "share: [0.5, 0.125]")
        told_of = status(book[0], bindery)["sweep kept"]
        assert told_of == ("stale", "2 rows are new; 2 rows are gone")
        assert draft() == (["harvest_all"], 2)

    def test_of_a_table_by_hand_is_undone(self, book, bindery, draft, edit):
        edit(book[0].build / "sweeps" / "kept.csv", "75.0", "76.0")
        reason = "only its table: _build/sweeps/kept.csv changed"
        assert status(book[0], bindery)["sweep kept"] == ("stale", reason)
        assert draft() == ([], 0)

    def test_that_makes_a_row_fail_fails_the_build_and_leaves_the_table(self, book, bindery, edit):
        path = book[0].root / "fields" / "harvest.py"
        check = 'if self.low == 37.5:\n            raise ValueError("mice")\n'
        edit(path, "low: float\n", f"def __post_init__(self):\n        {check}\n    low: float\n")
        before = table_of(book[0])
        done = bindery(book[0], "build")
        assert done.returncode == 1
        assert "the sweep kept: 1 of 4 rows of harvest failed\n" in done.stderr
        assert "  row 2 (share = 0.25): notebooks/harvest.ipynb failed in its" in done.stderr
        assert "ValueError: mice" in done.stderr
        assert "harvest_all: not run, for it reads the sweep kept\n" in done.stderr
        assert done.stderr.endswith(
            "2 of 4 pages and sweeps cannot be published, for the faults told above: "
            "the sweep kept, harvest_all\n"
        )
        assert table_of(book[0]) == before
        assert status(book[0], bindery)["sweep kept"][1] == "rows of it failed"


@pytest.mark.usefixtures("restored")
class TestReading:
    def test_what_is_not_declared_is_an_error(self, book, bindery, edit):
        edit(book[0].notebooks / "harvest_all.schema.json", '["kept"]', "[]")
        done = bindery(book[0], "build", "--draft", "en")
        assert done.returncode == 1
        assert (
            "harvest_all reads the sweep 'kept' and does not declare it; add it to the list "
            '"x-sweeps" of notebooks/harvest_all.schema.json, so that its pages wait for the rows'
        ) in done.stderr

    def test_its_table_does_not_travel_to_a_cluster(self, book, bindery, tmp_path):
        grid = tmp_path / "grid.yml"
        grid.write_text("lang: [en, zh]\n", encoding="utf-8")
        options = ["--grid", str(grid), "--scheduler", "tcp://127.0.0.1:1"]
        done = bindery(book[0], "sweep", "harvest_all", *options)
        assert done.returncode == 1
        assert done.stderr == (
            "bindery: notebooks/harvest_all.ipynb reads the sweep kept of the book, whose table "
            "does not travel to workers; leave out --scheduler to run it here\n"
        )

    @pytest.mark.parametrize("built", [True, False])
    def test_under_plain_papermill_takes_a_table_that_is_fresh(
        self, book, edit, environment, tmp_path, built
    ):
        if not built:
            edit(book[0].root / "note.txt", "dry", "hot")
        done = subprocess.run(
            [sys.executable, "-m", "papermill", "notebooks/harvest_all.ipynb",
             str(tmp_path / "out.ipynb"), "-k", "python3", "--no-progress-bar"],
            cwd=book[0].root, env=environment, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == (not built), done.stderr
        if built:
            assert "At least: 180 sheaves" in (tmp_path / "out.ipynb").read_text(encoding="utf-8")
        else:
            assert (
                "the table of the sweep 'kept' is not there or not fresh (note.txt changed); "
                "`bindery build` makes it"
            ) in done.stderr


@pytest.mark.long
def test_an_interrupted_build_goes_on_from_its_rows(sample, edit, bindery, environment):
    add_sweep(sample, edit)
    edit(sample.notebooks / "sweeps.yml", "share: [0.5, 0.25]", "share: {from: 0.1, to: 0.9, "
         "step: 0.05}")  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "bindery.cli", "build", "--draft", "en"], cwd=sample.root,
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 120
        while sum("results" in text for text in kept_facts(sample.build)) < 4:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    done = bindery(sample, "build", "--draft", "en")
    assert done.returncode == 0, done.stderr
    run = int(re.search(r"sweep kept: 34 rows, (\d+) run", done.stdout)[1])
    assert run <= 34 - 4


def kept_facts(build: Path) -> list[str]:
    """What is kept of runs whose results alone were asked for."""
    entries = (build / "cache" / "entries").glob("*/*.json")
    return [text for path in entries if '"files":{}' in (text := path.read_text(encoding="utf-8"))]
