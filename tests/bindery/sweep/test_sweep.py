"""The command `bindery sweep`: real runs of the sample's notebook."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner
from filelock import FileLock

from bindery.cache.files import digest
from bindery.cli import main
from bindery.faults import BinderyError
from bindery.report import Reporter
from bindery.sweep import command
from bindery.sweep.command import Sweep, run_sweep
from bindery.sweep.outcome import DONE, Outcome

# what stands in data/fields.csv of the last year, and of a share of it
LAST = {"north": 150, "south": 90}


@pytest.fixture
def sweep(farm, bindery):
    """Sweeps the grid of four rows; what was said."""

    def run(*words, rows="grid.yml"):
        return bindery(farm, "sweep", "harvest", "--grid", rows, *words)

    return run


@pytest.fixture
def out(farm):
    return farm.build / "sweeps" / "harvest-grid"


@pytest.fixture
def begun(farm, environment, edit_cells):
    """Starts a sweep of many slow rows, and waits until some are done."""
    # without a pause all of them may be done before it is looked at again
    edit_cells(farm, "last =", "import time; time.sleep(0.5)")
    processes = []

    def start(out, rows=4, *words):
        text = "share\n" + "".join(f"{0.3 + number / 1000}\n" for number in range(20))
        (farm.root / "many.csv").write_text(text)
        process = subprocess.Popen(
            [sys.executable, "-m", "bindery.cli", "sweep", "harvest", "--grid", "many.csv",
             "--jobs", "2", "--out", str(out), *words],
            cwd=farm.root, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        processes.append(process)
        deadline = time.monotonic() + 120
        path = Path(out, "results.jsonl")
        while not path.is_file() or path.read_bytes().count(b"\n") < rows:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def descendants(process):
    return psutil.Process(process.pid).children(recursive=True)


class TestResults:
    def test_come_in_one_table_and_are_served_afterwards(self, sweep, out, table, lines):
        done = sweep("--jobs", "2")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == (
            "4 rows of harvest\nthe results: _build/sweeps/harvest-grid/results.csv\n"
        )
        rows = table(out)
        told = [(row["row"], row["field"], row["share"], row["status"]) for row in rows]
        assert told == [
            *(("1", "north", "0.5", "done"), ("2", "north", "1", "done")),
            *(("3", "south", "0.5", "done"), ("4", "south", "1", "done")),
        ]
        for row in rows:
            last = LAST[row["field"]]
            assert float(row["last.value"]) == float(row["last.low"]) == last
            assert float(row["kept.low"]) == float(row["share"]) * last
            assert (float(row["kept.high"]), row["kept.value"]) == (last, "")
            assert (row["last.kind"], row["kept.kind"]) == ("exact", "scenario_range")
            assert (row["refusals"], row["error"]) == ("forecast", "")
        assert sorted(line["row"] for line in lines(out)) == [1, 2, 3, 4]
        first = (out / "results.csv").read_bytes()

        # once more: by the lines; and without them: from the cache
        again = sweep()
        assert again.stdout.splitlines()[1] == "  4 rows done by an earlier call"
        assert (out / "results.csv").read_bytes() == first
        elsewhere = sweep("--out", str(out.parent / "other 处"))
        assert elsewhere.returncode == 0
        served = table(out.parent / "other 处")
        assert [row.pop("status") for row in served] == ["kept"] * 4
        assert served == [{k: v for k, v in row.items() if k != "status"} for row in rows]

    @pytest.mark.long
    def test_of_a_run_of_the_notebook_serve_its_row(self, farm, bindery, sweep, out, table):
        assert bindery(farm, "run", "harvest", "-p", "field=南田").returncode == 0
        sweep()
        assert [row["status"] for row in table(out)] == ["done", "done", "kept", "done"]
        pages = farm.build / "cache" / "pages"
        assert not [path.name for path in pages.glob("row*")]

    @pytest.mark.long
    def test_of_equal_rows_appear_as_often_as_asked(self, farm, sweep, table, lines):
        (farm.root / "rows.csv").write_text("field\nsouth\nnorth\nSouth field\n南田\n")
        done = sweep("--out", "out", rows="rows.csv")
        assert done.stdout.splitlines()[:2] == [
            "4 rows of harvest",
            "  2 rows with the values of another row, which is run for both",
        ]
        rows = table(farm.root / "out")
        assert [row["field"] for row in rows] == ["south", "north", "south", "south"]
        assert [row["last.value"] for row in rows] == ["90", "150", "90", "90"]
        assert len(lines(farm.root / "out")) == 2

    @pytest.mark.long
    def test_go_where_a_person_stands(self, farm, environment, table):
        """Not where the notebook runs."""
        words = ["sweep", "harvest", "--grid", "../grid.yml", "--out", "here", "--quiet"]
        done = subprocess.run(
            [sys.executable, "-m", "bindery.cli", *words],
            cwd=farm.data, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        assert len(table(farm.data / "here")) == 4

    @pytest.mark.long
    def test_run_again_where_the_data_changed(self, farm, sweep, out, table, edit):
        sweep("--quiet")
        edit(farm.data / "fields.csv", "north,1901,150", "north,1901,160")
        done = sweep("--quiet")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert [row["last.value"] for row in table(out)] == ["160", "160", "90", "90"]


class TestFailing:
    def test_row_is_a_row_with_its_error(self, farm, sweep, out, table, edit_cells, edit):
        edit_cells(farm, "last =", "assert share != 1, '没有这样的份额'")
        done = sweep()
        assert done.returncode == 1
        assert done.stderr.startswith(
            "bindery: 2 of 4 rows failed; _build/sweeps/harvest-grid/results.csv says why, such "
            "as\nrow 2: notebooks/harvest.ipynb failed in its code cell 5, line 1\n"
            "  AssertionError: 没有这样的份额\n"
        )
        assert done.stderr.endswith(
            "They run again when their code, their values or what they have read changes.\n"
        )
        rows = table(out)
        assert [row["status"] for row in rows] == ["done", "failed", "done", "failed"]
        assert rows[1]["error"] == (
            "notebooks/harvest.ipynb failed in its code cell 5, line 1 "
            "AssertionError: 没有这样的份额"
        )
        assert (rows[1]["last.value"], rows[0]["error"]) == ("", "")
        assert os.listdir(out / "inputs") != []

        # it would fail again: nothing of it changed
        first = (out / "results.jsonl").read_bytes()
        again = sweep("--fail-fast")
        assert (again.returncode, (out / "results.jsonl").read_bytes()) == (1, first)
        edit_cells(farm, "assert share", "share = min(share, 0.75)")
        assert sweep().returncode == 0
        assert [row["status"] for row in table(out)] == ["done"] * 4

    @pytest.mark.long
    def test_fast_stops_and_says_how_to_go_on(self, farm, sweep, out, edit_cells, lines):
        edit_cells(farm, "last =", "assert share != 0.5, 'no'")
        done = sweep("--fail-fast", "--jobs", "1")
        assert done.returncode == 1
        assert done.stderr.startswith("bindery: row 1: notebooks/harvest.ipynb failed in its code")
        assert done.stderr.endswith("1 of 4 rows done; the same command goes on from there\n")
        assert [line["row"] for line in lines(out)] == [1]
        assert not (out / "results.csv").exists()
        assert not (out / "work").exists()

    @pytest.mark.long
    def test_row_that_ends_its_process_is_tried_again(self, farm, sweep, out, table, edit_cells):
        code = "import os\nif share == 1 and not os.path.exists('/dev/shm/none'): os.kill(0, 9)"
        edit_cells(farm, "last =", code)
        assert sweep().returncode == 1
        rows = table(out)
        assert [row["status"] for row in rows] == ["done", "failed", "done", "failed"]
        assert "was ended by SIGKILL" in rows[1]["error"]
        assert "  2 rows done by an earlier call" in sweep().stdout.splitlines()

    @pytest.mark.long
    def test_warning_is_told_and_kept_with_the_row(self, farm, sweep, out, table, edit_cells):
        edit_cells(farm, "last =", "import warnings\nif share == 1: warnings.warn('dry')")
        for _ in range(2):
            done = sweep("--quiet")
            assert done.returncode == 0
            assert done.stderr.startswith("warning: 2 rows warned, such as row ")
            assert "UserWarning: dry" in done.stderr
        assert ["dry" in row["warnings"] for row in table(out)] == [False, True, False, True]
        assert {row["status"] for row in table(out)} == {"done"}

    @pytest.mark.long
    def test_run_that_may_not_be_kept_is_run_by_every_call(self, farm, sweep, out, edit_cells):
        edit_cells(farm, "last =", "import os\nif share == 1: os.system('true')")
        assert sweep().returncode == 0
        assert "  2 rows done by an earlier call" in sweep().stdout.splitlines()


class TestInterrupted:
    @pytest.mark.long
    def test_killed_sweep_goes_on_where_it_was(self, farm, begun, bindery, table, lines):
        out = farm.root / "out"
        process = begun(out)
        children = descendants(process)
        process.send_signal(signal.SIGKILL)
        process.wait()
        _, alive = psutil.wait_procs(children, timeout=30)
        assert alive == []
        before = {line["row"]: line for line in lines(out)}
        # torn in the middle of a line
        with (out / "results.jsonl").open("ab") as stream:
            stream.write(b'{"row": 19, "key"')
        done = bindery(farm, "sweep", "harvest", "--grid", "many.csv", "--out", "out")
        assert done.returncode == 0
        assert f"  {len(before)} rows done by an earlier call" in done.stdout.splitlines()
        after = {line["row"]: line for line in lines(out)}
        assert sorted(after) == list(range(1, 21))
        assert {row: after[row] for row in before} == before
        assert [float(row["share"]) for row in table(out)] == [
            pytest.approx(0.3 + number / 1000) for number in range(20)
        ]
        assert not (out / "work").exists()

    @pytest.mark.long
    def test_interrupt_ends_what_runs_and_says_how_to_go_on(self, farm, begun, lines):
        process = begun(farm.root / "out")
        children = descendants(process)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130
        done = len(lines(farm.root / "out"))
        assert said == (
            f"bindery: interrupted; {done} of 20 rows done; the same command goes on from there\n"
        )
        _, alive = psutil.wait_procs(children, timeout=30)
        assert alive == []
        assert sorted(os.listdir(farm.root / "out")) == [".lock", "inputs", "results.jsonl"]

    @pytest.mark.long
    def test_second_sweep_in_the_same_folder_is_told(self, farm, sweep):
        out = farm.root / "out"
        out.mkdir()
        with FileLock(out / ".lock"):
            done = sweep("--out", "out")
        assert (done.returncode, done.stderr) == (
            1, f"bindery: another sweep writes to {out}; wait for it, or give --out\n"
        )  # fmt: skip


class TestNotebooks:
    def test_each_row_has_its_folder(self, farm, sweep, out, edit_cells):
        edit_cells(farm, "last =", "assert field != 'south' or share != 1, 'no'")
        assert sweep("--notebooks").returncode == 1
        folders = out / "notebooks"
        assert sorted(os.listdir(folders)) == ["1", "2", "3"]
        said = json.loads((folders / "2" / "run.json").read_text())
        assert said["parameters"] == {"field": "north", "share": 1, "lang": "en"}
        notebook = json.loads((folders / "2" / "notebook.ipynb").read_text())
        shown = json.dumps([cell.get("outputs") for cell in notebook["cells"]])
        # the words of the registry, with the results of this row
        assert "The last harvest gave 150 sheaves; 150 to 150 sheaves are kept." in shown

        # a folder that is gone is made again from the cache; those of other rows go
        (folders / "1" / "run.json").unlink()
        (farm.root / "grid.yml").write_text("field: [north]\nshare: [0.5, 1]\n")
        done = sweep("--notebooks")
        assert done.returncode == 0
        assert "  1 row done by an earlier call" in done.stdout.splitlines()
        assert sorted(os.listdir(folders)) == ["1", "2"]
        assert json.loads((folders / "1" / "run.json").read_text())["parameters"]["share"] == 0.5

    @pytest.mark.long
    def test_figures_of_each_row_are_drawn_in_its_language(self, sample, bindery):
        (sample.root / "grid.yml").write_text("field: [south]\nlang: [en, zh]\n")
        words = ("--grid", "grid.yml", "--notebooks", "--out", "out")
        done = bindery(sample, "sweep", "harvest", *words)
        assert (done.returncode, done.stderr) == (0, "")
        for number, lang in enumerate(("en", "zh"), 1):
            row = sample.root / "out" / "notebooks" / str(number)
            made = ["figures", "notebook.ipynb", "record.jsonl", "run.json"]
            assert sorted(os.listdir(row)) == made
            assert sorted(os.listdir(row / "figures" / "sheaves_by_year")) == [
                "data.csv",
                *(f"{lang}.{form}" for form in ("pdf", "png", "preview.png", "svg")),
            ]
            assert "<svg" in (row / "notebook.ipynb").read_text(encoding="utf-8")


class TestRefused:
    @pytest.fixture
    def typed(self, farm, monkeypatch):
        monkeypatch.setattr(command, "run_here", lambda *_: pytest.fail("a row was to be run"))
        return lambda *words: CliRunner().invoke(main, ["sweep", *words])

    def test_before_anything_is_run_or_written(self, typed, farm, contents):
        (farm.root / "grid.yml").write_text("share: [0.5, 2]\nexclude: [{lang: en}]\n")
        before = contents(farm.root)
        done = typed("harvest", "--grid", "grid.yml")
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr == (
            "bindery: the rows for harvest cannot be used; nothing was run\n"
            "  grid.yml, row 1: found share = 2; allowed: number, from 0, to 1\n"
            "  grid.yml, row 2: found exclude lang = 'en', but no 'lang' above; allowed: a list "
            "of mappings from parameters of this file to one value each\n"
        )
        assert contents(farm.root) == before

    def test_unknown_notebook_is_told_the_nearest(self, typed):
        done = typed("harvets", "--grid", "grid.yml")
        assert done.exit_code == 1
        assert "did you mean 'harvest'?" in done.stderr

    def test_jobs_are_not_for_a_cluster(self, typed):
        done = typed("harvest", "--grid", "grid.yml", "-j", "2", "--scheduler", "tcp://a:1")
        assert done.exit_code == 2
        assert "--jobs is for this machine" in done.stderr

    def test_rows_must_be_given(self, typed):
        done = typed("harvest")
        assert done.exit_code == 2
        assert "Missing option '--grid'" in done.stderr


class TestChanged:
    @pytest.fixture
    def swept(self, farm, monkeypatch):
        """Sweeps two rows, between which something happens."""

        def run(happens):
            def outcomes(kept, rows, *_):
                inputs = {"files": {"data/fields.csv": digest(
                    (farm.data / "fields.csv").read_bytes())}}  # fmt: skip
                for row, plan in rows:
                    key = plan.recipe(farm).key
                    yield Outcome(row, plan.values, DONE, key, 0.1, inputs=inputs)
                    happens()

            monkeypatch.setattr(command, "run_here", outcomes)
            (farm.root / "grid.yml").write_text("share: [0.5, 1]\n")
            return run_sweep(farm, Sweep("harvest", Path("grid.yml")), Reporter(quiet=True))

        return run

    def test_nothing_is_no_fault(self, swept, out):
        assert swept(lambda: None) == out / "results.csv"

    def test_data_that_change_while_rows_run_leave_no_table(self, swept, farm, out):
        path = farm.data / "fields.csv"
        with pytest.raises(BinderyError) as caught:
            swept(lambda: path.write_text("changed"))
        assert str(caught.value) == (
            "while the rows ran, data/fields.csv changed; the same command runs those anew that "
            "rest on what was before"
        )
        assert not (out / "results.csv").exists()

    @pytest.mark.long
    def test_code_that_changes_while_rows_run_leaves_no_table(self, swept, farm, out, edit):
        path = farm.notebooks / "harvest.ipynb"
        with pytest.raises(BinderyError, match="the code of harvest or what is installed changed"):
            swept(lambda: path.write_text(path.read_text().replace("tail(1)", "tail(2)")))
        assert not (out / "results.csv").exists()
