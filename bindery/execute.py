"""Run one notebook through papermill, in a process of its own, with a fixed environment."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

from bindery.faults import BinderyError, without_colours
from bindery.project import Project
from bindery.record import RunRecord, read_record
from bindery.session import NOTEBOOK_VARIABLE, RUN_VARIABLE

EXECUTED = "notebook.ipynb"
_CELL_LINE = re.compile(r"^Cell In\[\d+\], line (\d+)")


@dataclass(frozen=True)
class Task:
    """One page to be made: a notebook with its parameters, and the folder of its run."""

    page: str
    notebook: str
    values: Mapping[str, Any]
    folder: Path
    # a short path that the caller takes away, also when the process of the run was ended
    scratch: str | None = None


def worker_pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that run notebooks. Spawned, not forked: the caller may have threads."""
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_follow_caller)


def _follow_caller() -> None:
    """End with the caller, however it ends; leave interrupts to it, so that only it speaks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait() -> None:
        parent_process().join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def run_task(project: Project, task: Task) -> RunRecord:
    """Execute a notebook and read what it published; raises BinderyError where a cell fails."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillException, PapermillExecutionError
    from traitlets.config import Config

    task.folder.mkdir(parents=True)
    began = time.monotonic()
    # short: the path of a socket may not be longer than about a hundred characters
    scratch = tempfile.mkdtemp(prefix="b-", dir=task.scratch)
    outer = dict(os.environ)
    try:
        _set_environment(_environment(project, task, outer, scratch))
        with _errors_kept_from_terminal(Path(scratch, "errors")):
            papermill.execute_notebook(
                str(project.notebooks / f"{task.notebook}.ipynb"),
                str(task.folder / EXECUTED),
                parameters=dict(task.values),
                kernel_name="python3",
                progress_bar=False,
                log_output=False,
                cwd=str(project.root),
                execution_timeout=project.cell_timeout,
                # sockets in a folder of this user's: no port is opened. The path must be whole: by
                # default all kernels would share names in the folder that each happens to work in
                config=Config(
                    {"KernelManager": {"transport": "ipc", "ip": str(Path(scratch, "k"))}}
                ),
            )
    except PapermillExecutionError as error:
        raise BinderyError(_failure(task, error)) from None
    except (DeadKernelError, CellTimeoutError, PapermillException, RuntimeError) as error:
        raise BinderyError(
            f"{task.page}: the run of {task.notebook} ended early: {error}"
        ) from None
    finally:
        _set_environment(outer)
        shutil.rmtree(scratch, ignore_errors=True)
    executed = _make_reproducible(task)
    seconds = time.monotonic() - began
    return read_record(task.page, task.notebook, task.folder, seconds, _warnings(executed))


def _set_environment(values: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(values)
    # Python remembers the folder of an earlier run, which is gone by now
    tempfile.tempdir = None


@contextmanager
def _errors_kept_from_terminal(file: Path) -> Iterator[None]:
    """What kernel and client write there are tracebacks of what the error says better."""
    sys.stderr.flush()
    terminal = os.dup(2)
    with file.open("wb") as kept:
        os.dup2(kept.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)


def _environment(
    project: Project, task: Task, outer: Mapping[str, str], scratch: str
) -> dict[str, str]:
    """What a kernel sees: nothing of the caller's settings that could change a number."""
    kept = {name: outer[name] for name in ("HOME", "USER", "SYSTEMROOT") if name in outer}
    path = os.pathsep.join([str(Path(sys.executable).parent), outer.get("PATH", os.defpath)])
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return (
        kept
        | threads
        | {
            "PATH": path,
            "PYTHONPATH": import_path(project),
            "PYTHONHASHSEED": "0",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TMPDIR": scratch,
            "IPYTHONDIR": scratch,
            "JUPYTER_RUNTIME_DIR": scratch,
            "MPLCONFIGDIR": _font_cache(project),
            "BINDERY_PROJECT": str(project.root),
            NOTEBOOK_VARIABLE: task.notebook,
            RUN_VARIABLE: str(task.folder),
        }
    )


def import_path(project: Project) -> str:
    """The project first, so that a copy runs its own code; then this package if not installed."""
    here = Path(__file__).parents[1]
    installed = here.name in ("site-packages", "dist-packages")
    return os.pathsep.join([str(project.root), *([] if installed else [str(here)])])


def _font_cache(project: Project) -> str:
    """A folder for matplotlib's list of fonts, which takes seconds to make."""
    folder = project.build / "fontcache"
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


def _failure(task: Task, error: Any) -> str:
    """Notebook, cell, line and the end of the traceback."""
    trace = without_colours("\n".join(error.traceback)).splitlines()
    line = next((match[1] for text in trace if (match := _CELL_LINE.search(text))), "")
    # a message of several lines is a list of faults, with which the traceback ends once more
    excerpt = [] if "\n" in error.evalue else [f"    {text}" for text in trace[-12:]]
    where = f"{error.exec_count}{f', line {line}' if line else ''}"
    return "\n".join(
        [
            f"{task.page}: notebooks/{task.notebook}.ipynb failed in its code cell {where}",
            f"  {error.ename}: {error.evalue}",
            *excerpt,
        ]
    )


def _make_reproducible(task: Task) -> Any:
    """Take times, paths and random ids out of the executed notebook, and give it back."""
    import nbformat

    path = task.folder / EXECUTED
    executed = nbformat.read(path, as_version=4)
    executed.metadata.pop("papermill", None)
    for number, cell in enumerate(executed.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = f"injected-{number}"
    nbformat.write(executed, path)
    return executed


def _warnings(executed: Any) -> tuple[str, ...]:
    """What the cells wrote to the stream of errors and warnings, each with its cell."""
    return tuple(
        f"code cell {cell.execution_count}: {output.text.strip()}"
        for cell in executed.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr"
    )
