"""Where a fork is not safe, papermill's own engine runs, and the notebook says why."""

from __future__ import annotations

import json
import os
import sys
import tomllib

import pytest

from bindery.warmfork import WarmParent, unfit_reason


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    """Make a kernel specification; gives back its name."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    def make(*argv: str, **env: str) -> str:
        folder = tmp_path / "kernels" / "own"
        folder.mkdir(parents=True)
        spec = {"argv": argv, "display_name": "Own", "language": "python", "env": env}
        (folder / "kernel.json").write_text(json.dumps(spec))
        return "own"

    return make


LAUNCH = ("-m", "ipykernel_launcher", "-f", "{connection_file}")


def test_this_python_can_fork():
    assert unfit_reason("python3") == ""


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems(platform, monkeypatch):
    monkeypatch.setattr(sys, "platform", platform)
    assert unfit_reason("python3") == f"forking is not safe on {platform}"


def test_a_python_that_cannot_watch_processes(monkeypatch):
    monkeypatch.delattr(os, "pidfd_open")
    assert "cannot watch a process" in unfit_reason("python3")


def test_a_kernel_that_is_not_there():
    assert unfit_reason("nowhere") == "there is no kernel 'nowhere'"


@pytest.mark.parametrize(
    "argv",
    [
        ("Rscript", "-e", "IRkernel::main()", "{connection_file}"),
        ("/opt/other/bin/python", *LAUNCH),
        (sys.executable, "-m", "xpython", "-f", "{connection_file}"),
        (sys.executable, "-O", *LAUNCH),
        (sys.executable, *LAUNCH, "--debug"),
    ],
)
def test_another_kernel(argv, kernel):
    assert "is not this Python's" in unfit_reason(kernel(*argv))


def test_a_python_of_another_environment_is_another_one(kernel, tmp_path):
    other = tmp_path / "venv" / "bin" / "python"
    other.parent.mkdir(parents=True)
    other.symlink_to(os.path.realpath(sys.executable))
    assert "is not this Python's" in unfit_reason(kernel(str(other), *LAUNCH))


def test_options_and_variables_of_a_kernel_are_heeded(run, kernel, monkeypatch):
    monkeypatch.setenv("OUTER", "given")
    name = kernel(sys.executable, "-Xdev", *LAUNCH, OWN="${OUTER} and more")
    got = run(["import os, sys\nprint(os.environ['OWN'], sys.flags.dev_mode)"], kernel_name=name)
    assert got.engine == "warmfork"
    assert got.text(0) == "given and more True\n"


def test_the_notebook_says_that_another_engine_ran(run, monkeypatch, tmp_path):
    monkeypatch.setattr("bindery.warmfork.fitness.sys.platform", "darwin")
    (tmp_path / "elsewhere").mkdir()
    got = run(
        ["import os\nprint(os.getcwd(), os.environ['OWN'])"],
        environment={**os.environ, "OWN": "given"},
        folder=str(tmp_path / "elsewhere"),
    )
    assert got.error is None
    assert got.engine == "nbclient: forking is not safe on darwin"
    assert got.text(0) == f"{tmp_path / 'elsewhere'} given\n"


def test_a_module_that_leaves_a_thread_makes_forks_unsafe(run, tmp_path):
    thread = "threading.Thread(target=time.sleep, args=(1000,), daemon=True)"
    (tmp_path / "threaded.py").write_text(f"import threading, time\n{thread}.start()\n")
    with WarmParent(["json", "threaded"], {**os.environ, "PYTHONPATH": str(tmp_path)}) as parent:
        got = run(["print(1)"], parent=parent)
    assert got.engine == "nbclient: a thread runs in the warm parent, left by threaded"
    assert got.text(0) == "1\n"


def test_a_thread_that_is_about_to_end_is_waited_for(run, tmp_path):
    thread = "threading.Thread(target=time.sleep, args=(0.3,), daemon=True)"
    (tmp_path / "timed.py").write_text(f"import threading, time\n{thread}.start()\n")
    with WarmParent(["json", "timed"], {**os.environ, "PYTHONPATH": str(tmp_path)}) as parent:
        got = run(["print(1)"], parent=parent)
    assert got.engine == "warmfork"


@pytest.mark.parametrize(
    "first",
    ["papermill", "bindery.warmfork", "bindery.warmfork.engine", "bindery.warmfork.execution"],
)
def test_papermill_finds_the_engine_whatever_is_imported_first(first, tmp_path, run_script):
    told = tmp_path / "own-1.dist-info"
    told.mkdir()
    entry = "[papermill.engine]\nwarmfork = bindery.warmfork:WarmForkEngine\n"
    (told / "entry_points.txt").write_text(entry)
    script = """
        import importlib, sys
        sys.path.append(".")
        importlib.import_module(sys.argv[1])
        from papermill.engines import papermill_engines
        print(papermill_engines.get_engine("warmfork").__name__)
    """
    assert run_script(script, first).stdout == "WarmForkEngine\n"


def test_the_project_names_the_engine(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    engines = project["entry-points"]["papermill.engine"]
    assert engines == {"warmfork": "bindery.warmfork:WarmForkEngine"}
