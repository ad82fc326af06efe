"""The set-up and the commands of the Makefile, in a folder with spaces and Chinese characters.

Most tests run make with a stand-in for Python that writes down how it was called; the long one
installs the real lock and builds the real book.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

NAME = "一份 新的 copy of the book"
# What an outer make, a test run or an active environment would tell the inner make.
NOT_PASSED_ON = re.compile(r"MAKE|MFLAGS|PYTEST|VIRTUAL_ENV|PYTHON|UV$")

# Answers as Python, `python -m venv` and `python -m pip` do, and keeps a record in $CALLS.
STAND_IN = """#!/bin/sh
case "$1 $2" in
  "-c import sys"*) echo "$0" ;;
  "-c import ensurepip"*) [ -z "$BARE" ] ;;
  "build "*) echo "bindery build"; exit "${BINDERY:-0}" ;;
  "--version "*) echo "Python 3.12.0" ;;
  "-I -S") ;;
  "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  "-m pip")
    shift 2; echo "pip $*" >> "$CALLS"
    case "$*" in
      *--editable*) cp "$0" .venv/bin/bindery ;;
      *"-r requirements.txt") exit "${BROKEN:-0}" ;;
    esac ;;
  "-m pytest" | "-m ruff") shift; echo "$*"; eval "exit \\${$(echo "$1" | tr a-z A-Z):-0}" ;;
  *) echo "stand-in: $*" >&2; exit 99 ;;
esac
"""

Make = Callable[..., subprocess.CompletedProcess]


@pytest.fixture
def clone(root: Path, present: list[Path], tmp_path: Path) -> Path:
    """What a fresh clone would hold, in a folder whose name asks for care."""
    folder = tmp_path / NAME
    for path in present:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, folder / path)
    return folder


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """The record of what pip was asked to do."""
    return tmp_path / "calls"


@pytest.fixture
def make(clone: Path, calls: Path, tmp_path: Path) -> Make:
    """Run make in the clone, with the stand-in as the only Python and without uv."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in "awk cat cp date make mkdir pwd rm sh touch tr".split():
        (tools / name).symlink_to(shutil.which(name))
    write_program(tools / "python3.12", STAND_IN)

    def run(*words: str, folder: Path = clone, **variables: str) -> subprocess.CompletedProcess:
        alone = {"PATH": str(tools), "CALLS": str(calls), "PIP_INDEX_URL": "", "PIP_NO_INDEX": ""}
        return run_make(*words, folder=folder, **alone | variables)

    return run


def write_program(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def run_make(*words: str, folder: Path, **variables: str) -> subprocess.CompletedProcess:
    kept = {name: value for name, value in os.environ.items() if not NOT_PASSED_ON.match(name)}
    return subprocess.run(
        ["make", *words],
        cwd=folder,
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def installed(calls: Path) -> list[str]:
    """What pip installed since the last look."""
    lines = calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []
    calls.unlink(missing_ok=True)
    return [line.split()[-1] for line in lines]


WHOLE = [".venv/build-tools.txt", "requirements.txt", "."]


def test_the_plan_names_each_step_in_order(make):
    plan = make("-n", "book")
    assert plan.returncode == 0, plan.stderr
    steps = [
        "-m venv .venv", "--require-hashes", "-r requirements.txt", "pwd -P > .venv/.locked",
        "--no-deps --no-build-isolation --editable .", "touch .venv/.installed", "bindery build",
    ]  # fmt: skip
    places = [plan.stdout.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)


def test_a_second_call_installs_nothing(make, calls, clone):
    first = make("book")
    assert first.returncode == 0, first.stderr
    assert installed(calls) == WHOLE
    assert "set-up: Python 3.12.0 (" in first.stdout
    assert "bindery build" in first.stdout
    assert re.search(
        r"make book: set-up \d+ s, build \d+ s\nThe book: _build/html/index.html", first.stdout
    )
    second = make("book")
    assert second.returncode == 0
    assert installed(calls) == []
    assert "set-up: Python" not in second.stdout
    assert "bindery build" in second.stdout


def test_every_install_is_checked_by_hash_or_is_the_project(make, calls):
    make("set-up")
    for line in calls.read_text(encoding="utf-8").splitlines():
        assert "--require-hashes" in line or line.endswith(
            "--no-deps --no-build-isolation --editable ."
        )


def test_the_build_tools_come_from_the_lock(make, clone):
    make("set-up")
    tools = (clone / ".venv" / "build-tools.txt").read_text(encoding="utf-8")
    assert re.findall(r"^[a-z]+", tools, flags=re.MULTILINE) == ["packaging", "setuptools", "wheel"]
    lock = (clone / "requirements.txt").read_text(encoding="utf-8")
    assert set(tools.splitlines()) <= set(lock.splitlines())


def test_a_changed_file_installs_what_hangs_on_it(make, calls, clone):
    make("set-up")
    installed(calls)
    later = (clone / ".venv" / ".installed").stat().st_mtime + 5
    os.utime(clone / ".venv" / ".locked", (later - 4, later - 4))
    os.utime(clone / "pyproject.toml", (later, later))
    make("set-up")
    assert installed(calls) == ["."]
    os.utime(clone / "requirements.txt", (later, later))
    make("set-up")
    assert installed(calls) == WHOLE


def test_an_interrupted_install_counts_for_nothing(make, calls, clone):
    broken = make("book", BROKEN="7")
    assert broken.returncode != 0
    assert "Error 7" in broken.stderr
    assert "bindery build" not in broken.stdout
    assert installed(calls) == WHOLE[:2]
    assert not (clone / ".venv" / ".locked").exists()
    assert make("book").returncode == 0
    assert installed(calls) == WHOLE


def test_a_copied_or_moved_folder_is_set_up_anew(make, calls, clone, tmp_path):
    make("set-up")
    installed(calls)
    # its programs would run the code of the first folder
    shutil.copytree(clone, tmp_path / "另一份")
    make("set-up", folder=tmp_path / "另一份")
    assert installed(calls) == WHOLE


def test_a_set_up_whose_python_is_gone_is_made_anew(make, calls, clone):
    make("set-up")
    installed(calls)
    (clone / ".venv" / "bin" / "python").unlink()
    (clone / ".venv" / "bin" / "python").symlink_to("nowhere")
    assert make("set-up").returncode == 0
    assert installed(calls) == WHOLE


def test_a_machine_without_a_fitting_python_is_told(make, clone, tmp_path):
    (tmp_path / "tools" / "python3.12").unlink()
    # a shim that is there and does not run, and a Python that is too old
    write_program(tmp_path / "tools" / "python3.13", "#!/bin/sh\nexit 127\n")
    write_program(tmp_path / "tools" / "python3", "#!/bin/sh\n")
    told = make("book")
    assert told.returncode != 0
    assert (
        "no Python 3.11, 3.12 or 3.13 found (tried python3.13, python3.12, python3.11, python3)"
        in told.stderr
    )
    assert "make PYTHON=/path/to/python3.12" in told.stderr
    assert not (clone / ".venv").exists()


def test_a_python_that_was_named_and_does_not_fit_is_told(make):
    told = make("book", "PYTHON=/nowhere/python 3")
    assert told.returncode != 0
    assert (
        "PYTHON=/nowhere/python 3 does not run, or is not Python 3.11, 3.12 or 3.13" in told.stderr
    )


def test_a_named_python_is_used_also_with_spaces_in_its_path(make, tmp_path):
    folder = tmp_path / "my own 工具"
    folder.mkdir()
    write_program(folder / "python", STAND_IN)
    told = make("set-up", PYTHON=str(folder / "python"))
    assert told.returncode == 0, told.stderr
    assert f"({folder}/python)" in told.stdout


def test_a_python_without_venv_is_told_the_remedy(make, clone):
    told = make("book", BARE="yes")
    assert told.returncode != 0
    assert "its venv module is missing or not whole" in told.stderr
    assert "apt install python3-venv" in told.stderr
    assert not (clone / ".venv").exists()


def test_uv_is_used_where_present_and_pip_where_the_environment_steers_pip(make, tmp_path):
    write_program(tmp_path / "tools" / "uv", "#!/bin/sh\n")
    with_uv = make("-n", "set-up").stdout
    assert re.search(r'"uv" pip sync .*--require-hashes .*--compile-bytecode', with_uv)
    assert "with uv, into .venv" in with_uv
    for told in (make("-n", "set-up", "UV="), make("-n", "set-up", PIP_INDEX_URL="mirror")):
        assert "with pip, into .venv" in told.stdout


@pytest.mark.parametrize(
    ("target", "variables", "error"),
    [
        ("book", {"BINDERY": "3"}, "Error 3"),
        ("test", {"PYTEST": "5"}, "Error 5"),
        ("test", {"RUFF": "4"}, "Error 4"),
        ("test", {"PYTEST": "1", "RUFF": "4"}, "Error 1"),
    ],
)
def test_a_failure_is_passed_on(make, target, variables, error):
    ran = make(target, **variables)
    assert ran.returncode != 0
    assert error in ran.stderr
    assert f"make {target}: set-up" in ran.stdout, "the times are told after a failure too"


def test_the_test_command_leaves_out_long_trials_and_tells_the_times(make):
    ran = make("test")
    assert ran.returncode == 0, ran.stderr
    assert "ruff check ." in ran.stdout
    assert re.search(r"pytest -n auto .*-m not long", ran.stdout)
    assert re.search(r"make test: set-up \d+ s, tests \d+ s", ran.stdout)
    assert "The book: not built yet (make book builds it)" in ran.stdout


def test_serving_asks_for_a_book_and_stays_on_this_machine(make):
    make("set-up")
    ran = make("serve")
    assert ran.returncode != 0
    assert "no book in _build/html; build it first: make book" in ran.stderr
    assert "http.server --bind 127.0.0.1 --directory _build/html 8000" in make("-n", "serve").stdout


def test_no_target_is_an_absolute_path(root):
    text = (root / "Makefile").read_text(encoding="utf-8")
    rules = re.findall(r"^([^\s#:=][^:=\n]*):(?![=:])(.*)$", text, flags=re.MULTILINE)
    assert len(rules) > 8
    for targets, needs in rules:
        assert not re.search(r"(^|\s)/|\$\((HERE|CURDIR)\)", f"{targets} {needs}"), targets


@pytest.mark.long
def test_a_fresh_clone_becomes_a_book(clone):
    # with the Python of this run, so that each Python of a matrix is tried
    first = run_make("book", folder=clone, PYTHON=sys.executable)
    assert first.returncode == 0, first.stdout[-4000:] + first.stderr[-4000:]
    assert (clone / "_build" / "html" / "index.html").is_file()
    second = run_make("book", folder=clone, PYTHON=sys.executable)
    assert second.returncode == 0, second.stdout[-4000:] + second.stderr[-4000:]
    assert "set-up:" not in second.stdout
