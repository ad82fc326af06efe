"""What a kernel is given; whole runs are tested with `bindery run` and `bindery build`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bindery.execute import (
    Task,
    _own_environment,
    fixed_environment,
    import_path,
    run_task,
    warm_parent,
)

PACKAGE = Path(__file__).resolve().parents[2]


def environment(project, **outer):
    folder = project.build / "next" / "work" / "harvest-south"
    task = Task("harvest-south", "harvest", {}, folder, folder.with_suffix(".trace"))
    return fixed_environment(project, outer) | _own_environment(task, "scratch")


def test_settings_of_the_caller_do_not_reach_a_kernel(sample):
    given = environment(sample, HOME="/home/a", MPLBACKEND="qt", PYTHONWARNINGS="error", SECRET="x")
    assert given["HOME"] == "/home/a"
    assert {"MPLBACKEND", "PYTHONWARNINGS", "SECRET"} & set(given) == set()


def test_everything_that_could_change_a_number_is_fixed(sample):
    given = environment(sample)
    assert (given["PYTHONHASHSEED"], given["TZ"], given["LANG"]) == ("0", "UTC", "C.UTF-8")
    assert {given[f"{name}_NUM_THREADS"] for name in ("OMP", "OPENBLAS", "MKL")} == {"1"}


def test_kernel_knows_its_project_notebook_and_folder(sample):
    given = environment(sample)
    assert given["BINDERY_PROJECT"] == str(sample.root)
    assert given["BINDERY_NOTEBOOK"] == "harvest"
    assert given["BINDERY_RUN"] == str(sample.build / "next" / "work" / "harvest-south")


def test_nothing_is_written_to_the_home_of_the_user(sample):
    given = environment(sample)
    assert {given[name] for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "TMPDIR")} == {"scratch"}
    assert Path(given["MPLCONFIGDIR"]).is_relative_to(sample.build)


def test_code_of_the_project_comes_first(sample):
    first, *others = import_path(sample).split(os.pathsep)
    assert first == str(sample.root)
    # nothing more where bindery is installed for good
    assert others in ([], [str(PACKAGE)])


def test_one_parent_runs_one_notebook_after_another(sample, tmp_path):
    runs = {"first": {}, "second": {"field": "south"}}
    with warm_parent(sample) as parent:
        for page, values in runs.items():
            trace = tmp_path / f"{page}.trace"
            task = Task(page, "harvest", values, tmp_path / page, trace)
            record = run_task(sample, task, parent)
            assert trace.is_file()
            assert (record.page, record.engine) == (page, "warmfork")
    assert all((tmp_path / page / "notebook.ipynb").is_file() for page in runs)


_EDITED = """
import json, sys
from pathlib import Path
from bindery.execute import warm_parent
from bindery.pages import Page
from bindery.parameters import read_parameters
from bindery.project import find_project
from bindery.runs import watched_run

project, edited = find_project(Path(sys.argv[1])), Path("bindery/numbers.py")
plan = Page("harvest", read_parameters(project, "harvest", {})).plan
with warm_parent(project) as parent:
    before = watched_run(project, plan, Path.cwd() / "before", parent)
    # of the same size, and within the second in which the first was read
    text = edited.read_text()
    edited.write_text(text[:-2] + "#" + text[-1])
    after = watched_run(project, plan, Path.cwd() / "after", parent)
print(json.dumps([before.reasons, after.reasons, before.inputs["files"]]))
"""


def test_what_was_imported_before_the_fork_is_watched_too(sample, tmp_path):
    shutil.copytree(PACKAGE / "bindery", tmp_path / "bindery")
    numbers = tmp_path / "bindery" / "numbers.py"
    numbers.write_text(f"{numbers.read_text()}# as it was loaded;\n")
    done = subprocess.run(
        [sys.executable, "-c", _EDITED, sample.root],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    before, after, files = json.loads(done.stdout)
    assert before == []
    assert after == [f"{numbers} changed during the run, so it was not kept"]
    # the notebook imports of the package what was there already
    assert {str(numbers), str(numbers.with_name("notebook.py"))} <= set(files)
