"""What becomes of one row, with real runs."""

from __future__ import annotations

import os

import pytest

from bindery.execute import warm_parent
from bindery.faults import BinderyError
from bindery.kept import Kept
from bindery.runs import new_run, watched_run
from bindery.sweep import outcome, remote
from bindery.sweep.cluster import Ran
from bindery.sweep.grid import read_grid
from bindery.sweep.outcome import DONE, FAILED, KEPT, kept_row, run_row
from bindery.sweep.remote import run_there


@pytest.fixture
def grid(farm):
    return read_grid(farm, "harvest", farm.root / "grid.yml")


@pytest.fixture
def open_kept(farm):
    """Opens what is kept as another call would; a warning is an error."""
    return lambda: Kept(farm, pytest.fail)


@pytest.fixture
def row(farm, grid, open_kept, tmp_path):
    """Makes the outcome of a row of the grid; nothing is left beside it."""

    def run(number, kept=None, **options):
        folder = tmp_path / "row"
        with warm_parent(farm) as parent:
            kept = kept or open_kept()
            made = run_row(kept, grid.plan(number), number, parent, folder, **options)
        assert folder.exists() == bool(options and made.status != FAILED)
        assert not list(tmp_path.glob("row*.json"))
        return made

    return run


def entries(farm):
    return [path for path in (farm.build / "cache").rglob("*.json") if "entries" in path.parts]


def test_results_have_value_ends_unit_kind_number_and_sources(row, grid, farm):
    made = row(1)
    exact = {"unit": "sheaves", "kind": "exact", "n": 2, "sources": ["farm-diary"]}
    # half of the 150 sheaves of the north field in 1901
    range_ = {"value": None, "low": 75.0, "high": 150, "unit": "sheaves", "kind": "scenario_range"}
    assert made.results == {
        "last": {"value": 150, "low": 150, "high": 150, **exact},
        "kept": range_ | {"n": None, "sources": ["farm-diary"]},
    }
    assert (made.row, made.status, made.error) == (1, DONE, "")
    assert made.parameters == {"field": "north", "share": 0.5, "lang": "en"}
    assert made.refusals == ["forecast"]
    assert made.key == grid.plan(1).recipe(farm).key
    assert "data/fields.csv" in made.inputs["files"]
    # words are no matter of a result
    assert "fields/labels.py" not in made.inputs["files"]
    # what is kept is little
    (entry,) = entries(farm)
    assert entry.stat().st_size < 2000


def test_kept_results_are_those_of_the_run(row, grid, open_kept):
    first = row(3)
    again = kept_row(open_kept(), grid.plan(3), 7)
    assert again.status == KEPT
    assert vars(again) == vars(first) | {"row": 7, "status": KEPT}


def test_results_of_a_page_serve_and_are_not_kept_twice(row, grid, farm, open_kept, tmp_path):
    with warm_parent(farm) as parent:
        record, inputs = new_run(open_kept(), grid.plan(1), tmp_path / "page", parent)
    made = row(1)
    assert (made.status, made.inputs, made.seconds) == (KEPT, inputs, record.seconds)
    assert made.results["last"]["value"] == 150
    assert len(entries(farm)) == 1


def test_results_alone_are_no_page(row, farm):
    assert row(1).status == DONE
    made = row(1, notebooks=True)
    assert made.status == DONE
    assert len(entries(farm)) == 2


def test_damaged_results_are_made_anew(row, farm):
    first = row(1)
    (entry,) = entries(farm)
    os.truncate(entry, 10)
    warnings = []
    again = row(1, Kept(farm, warnings.append))
    assert (again.status, again.results) == (DONE, first.results)
    assert len(warnings) == 1


def test_notebook_that_publishes_nothing_has_no_results(
    row, farm, grid, open_kept, edit_cells, tmp_path
):
    for start in ("last =", "table("):
        edit_cells(farm, start, None)
    assert (row(1).status, row(1).results) == (DONE, {})
    with warm_parent(farm) as parent:
        new_run(open_kept(), grid.plan(2), tmp_path / "page", parent)
    made = row(2)
    assert (made.status, made.results) == (KEPT, {})


def test_cell_that_fails_would_fail_again_with_the_same_inputs(row, farm, edit_cells):
    edit_cells(farm, "last =", "open('data/absent.csv')")
    for options in ({}, {"notebooks": True}):
        made = row(2, **options)
        assert made.status == FAILED
        assert made.error.startswith("notebooks/harvest.ipynb failed in its code cell 5, line 1\n")
        assert "FileNotFoundError" in made.error
        # the file that was looked for is an input
        assert made.inputs["files"]["data/absent.csv"] is None
        assert entries(farm) == []


def test_run_that_ends_from_outside_may_not_do_so_again(row, farm, edit_cells):
    edit_cells(farm, "last =", "import os\nos.kill(os.getpid(), 9)")
    made = row(2)
    assert (made.status, made.inputs, made.results) == (FAILED, None, {})
    assert "SIGKILL" in made.error


def test_fault_in_the_words_of_a_folder_is_the_row_s(row, monkeypatch):
    def complete(*_):
        raise BinderyError("row 1: the text 'a' needs b, which the run did not publish")

    monkeypatch.setattr(outcome, "complete_folder", complete)
    made = row(1, notebooks=True)
    assert (made.status, made.inputs) == (FAILED, None)
    assert made.error == "the text 'a' needs b, which the run did not publish"


class TestElsewhere:
    """With workers that are told by the test; real ones are tested with the cluster."""

    @pytest.fixture
    def there(self, farm, grid, open_kept, monkeypatch, tmp_path):
        """Runs rows on workers, which run what they are told here; the rows that they ran."""
        ran, parent = [], warm_parent(farm)

        def run_on_cluster(kept, plans, address, tell, results_only):
            tell(address)
            for plan in plans:
                ran.append(grid.row(plan))
                folder = tmp_path / f"worker {len(ran)}"
                recipe = plan.recipe(farm)
                if plan.values["share"] == 1:
                    yield Ran(plan, recipe, None, None, 0.5, f"{plan.page}: the worker was killed")
                else:
                    run = watched_run(farm, plan, folder, parent, results_only)
                    yield Ran(plan, recipe, run.record, run.inputs, run.record.seconds)

        monkeypatch.setattr(remote, "run_on_cluster", run_on_cluster)
        out = farm.root / "out"
        (out / "work").mkdir(parents=True)

        def run(rows, notebooks=False):
            ran.clear()
            told = []
            words = (rows, "tcp://a:1", out, notebooks, told.append)
            made = {one.row: one for one in run_there(open_kept(), grid, *words)}
            assert told == ["tcp://a:1"] * bool(ran)
            assert os.listdir(out / "work") == []
            return made, list(ran)

        with parent:
            yield run

    def test_rows_that_are_kept_here_do_not_travel(self, row, there):
        first = row(1)
        made, ran = there([1, 2, 3])
        assert ran == [2, 3]
        assert [made[number].status for number in (1, 2, 3)] == [KEPT, FAILED, DONE]
        assert made[1].results == first.results
        assert (made[2].error, made[2].seconds) == ("the worker was killed", 0.5)
        assert made[3].results["last"]["value"] == 90
        assert made[3].inputs == first.inputs
        assert there([1, 3])[1] == []

    def test_folders_of_rows_come_to_their_place(self, there, farm):
        made, ran = there([1, 2, 3], notebooks=True)
        assert ran == [1, 2, 3]
        assert [made[number].status for number in ran] == [DONE, FAILED, DONE]
        folders = farm.root / "out" / "notebooks"
        assert sorted(os.listdir(folders)) == ["1", "3"]
        assert {"run.json", "notebook.ipynb"} < set(os.listdir(folders / "3"))
        made, ran = there([1, 3], notebooks=True)
        assert (ran, made[1].status, made[3].status) == ([], KEPT, KEPT)
