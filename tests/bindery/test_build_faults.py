"""The machine fails a build: it is killed, has no room or no leave to write, or a wrong clock."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time

import psutil
import pytest

BUILD = [sys.executable, "-m", "bindery.cli", "build"]
KILLS = 10
# told by runs: seconds and the commit
TOLD_BY_RUNS = ("runs.js",)


def book(project, contents):
    """The published files, apart from what tells how long each run took."""
    found = contents(project.build / "html")
    return {name: mark for name, mark in found.items() if name not in TOLD_BY_RUNS}


@pytest.fixture
def built(copy_sample, bindery, tmp_path):
    """A built sample whose path has a space and signs that are not ASCII."""
    project = copy_sample(tmp_path / "the 田 farm")
    done = bindery(project, "build")
    assert (done.returncode, done.stderr) == (0, "")
    return project


@pytest.fixture
def in_namespace(environment):
    """Runs a shell script where it may mount for itself."""
    unshare = ["unshare", "--map-root-user", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*unshare, "true"], check=False).returncode:
        pytest.skip("no file system can be mounted here: unshare is missing or not permitted")

    def run(project, script, *words):
        command = [*unshare, "sh", "-euc", script, "sh", sys.executable, *map(str, words)]
        return subprocess.run(
            command, cwd=project.root, env=environment, capture_output=True, text=True, timeout=300
        )

    return run


@pytest.mark.long
def test_build_that_is_killed_ten_times_ends_in_the_same_book(
    copy_sample, built, environment, edit, bindery, contents, tmp_path
):
    project = copy_sample(tmp_path / "killed")
    assert bindery(project, "build").returncode == 0
    before = book(project, contents)
    assert before == book(built, contents)
    for farm in (project, built):
        edit(farm.data / "fields.csv", "150", "155")
    began = time.monotonic()
    assert bindery(built, "build").returncode == 0
    whole, after = time.monotonic() - began, book(built, contents)
    moments = random.Random(20251226)
    for _ in range(KILLS):
        building = psutil.Popen(
            BUILD, cwd=project.root, env=environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(moments.uniform(0, whole))
        family = building.children(recursive=True)
        building.send_signal(signal.SIGKILL)
        building.wait(20)
        _, alive = psutil.wait_procs(family, timeout=20)
        assert alive == []
        # between renames a part may be missing; the next call finishes what was begun
        assert bindery(project, "status").returncode == 0
    done = bindery(project, "build")
    assert (done.returncode, done.stderr) == (0, "")
    assert book(project, contents) == after
    assert {path.name for path in project.build.iterdir()} == {
        path.name for path in built.build.iterdir()
    }


@pytest.mark.long
def test_build_that_may_not_write_says_so_and_keeps_the_book(built, in_namespace, edit, contents):
    before = book(built, contents)
    edit(built.data / "fields.csv", "150", "155")
    script = (
        'mount --bind _build _build; mount -o remount,ro,bind _build; exec "$1" -m bindery.cli $2'
    )
    done = in_namespace(built, script, "build")
    assert done.returncode == 1
    assert "Read-only file system; nothing was published\n" in done.stderr
    assert "Traceback" not in done.stderr
    done = in_namespace(built, script, "status")
    assert done.returncode == 0
    assert re.fullmatch(r"(warning: a result is used but not kept: .*\n)*", done.stderr)
    assert "harvest: stale" in done.stdout
    assert book(built, contents) == before


@pytest.mark.long
@pytest.mark.parametrize("room", [20, 400, 3000, 12000])
def test_build_without_room_says_so_and_keeps_the_book(
    built, in_namespace, edit, contents, tmp_path, room
):
    """`room` in kilobytes, which is all that is left for the build."""
    before = book(built, contents)
    edit(built.data / "fields.csv", "150", "155")
    script = (
        "cp -a _build ../saved; rm -rf ../saved/stage ../saved/render;"
        "mount -t tmpfs -o size=200m none _build; cp -a ../saved/. _build/;"
        "cat /dev/zero > _build/filler 2> /dev/null || truncate -s -$2k _build/filler; status=0;"
        '"$1" -m bindery.cli build || status=$?; mv _build/html "$3"; exit $status'
    )
    done = in_namespace(built, script, room, tmp_path)
    after = {
        name: mark for name, mark in contents(tmp_path / "html").items() if name not in TOLD_BY_RUNS
    }
    assert "Traceback" not in done.stderr
    if done.returncode:
        assert "No space left on device; nothing was published\n" in done.stderr
        assert after == before
    else:
        assert after != before


@pytest.mark.long
def test_clock_that_was_set_back_changes_nothing(built, bindery, edit, contents):
    """What was kept is then from the future, and what is edited is older than it."""
    later = time.time() + 400 * 24 * 3600
    for folder, _, names in os.walk(built.root):
        for name in names:
            os.utime(os.path.join(folder, name), (later, later), follow_symlinks=False)
    assert "nothing has changed" in bindery(built, "build").stdout
    edit(built.data / "fields.csv", "150", "155")
    os.utime(built.data / "fields.csv", (1e9, 1e9))
    done = bindery(built, "build")
    assert (done.returncode, done.stderr) == (0, "")
    assert "(2 run, 0 kept)" in done.stdout
    assert '"value": 155' in (built.build / "results.json").read_text(encoding="utf-8")
    edit(built.data / "fields.csv", "155", "150")
    assert "(0 run, 2 kept)" in bindery(built, "build").stdout


def test_first_failure_is_told_while_other_pages_still_run(
    copy_sample, tmp_path, environment, edit
):
    project = copy_sample(tmp_path / "farm")
    go = project.root / "go"
    cell = (
        "import pathlib, time\\nyears = harvests(field)\\n"
        "while field == 'south' and not pathlib.Path('go').exists(): time.sleep(0.05)\\n"
        "years['sheaves'] / (0 if field == 'south' else None)"
    )
    edit(project.notebooks / "harvest.ipynb", "years = harvests(field)", cell)
    building = subprocess.Popen(
        [*BUILD, "--jobs", "2"], cwd=project.root, env=environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert building.stderr.readline() == (
            "harvest: notebooks/harvest.ipynb failed in its code cell 3, line 4\n"
        )
        assert building.poll() is None
        go.touch()
        said = building.communicate(timeout=60)[1]
    finally:
        building.kill()
    assert building.returncode == 1
    assert said.endswith("1 of 2 pages cannot be published, for the faults told above: harvest\n")
