"""Run one notebook through papermill, in a forked process, with a fixed environment."""

from __future__ import annotations

import logging
import os
import re
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bindery.cache.imports import CODE_VARIABLE
from bindery.faults import BinderyError, without_colours
from bindery.project import Project
from bindery.record import RunRecord, read_record
from bindery.session import NOTEBOOK_VARIABLE, RESULTS_ONLY_VARIABLE, RUN_VARIABLE
from bindery.warmfork import WarmForkEngine, WarmParent

EXECUTED = "notebook.ipynb"
# the tag that papermill gives to the cell with the values of a run
INJECTED = "injected-parameters"
_CELL_LINE = re.compile(r"^Cell In\[\d+\], line (\d+)")


@dataclass(frozen=True)
class Task:
    """One page to be made: a notebook with its parameters, and the folder of its run.

    What the run read is told in `trace`; `environment` are the variables that it may see beside
    those that every run has. With `results_only` there is no executed notebook: what the cells show
    is not even read.
    """

    page: str
    notebook: str
    values: Mapping[str, Any]
    folder: Path
    trace: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    results_only: bool = False


class CellFailedError(BinderyError):
    """A cell raised; with the same code and the same inputs it would again."""


def warm_parent(project: Project) -> WarmParent:
    """The process from which the notebooks of a project are forked."""
    # the list of fonts is made by a process, at the first import where there is none yet
    modules = (*project.preload, "matplotlib.font_manager", "bindery.cache.warm")
    code = {CODE_VARIABLE: _code_folder(project)}
    return WarmParent(modules, fixed_environment(project, os.environ) | code)


def run_task(project: Project, task: Task, parent: WarmParent) -> RunRecord:
    """Execute a notebook and read what it published.

    Raises CellFailedError where a cell fails, and another BinderyError where the run ends early.
    """
    # it imports while this process does
    parent.start()
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillException, PapermillExecutionError

    task.folder.mkdir(parents=True)
    began = time.monotonic()
    # short: the path of a socket may not be longer than about a hundred characters
    with tempfile.TemporaryDirectory(prefix="b-", ignore_cleanup_errors=True) as scratch:
        try:
            executed = _execute(project, task, parent, scratch)
        except PapermillExecutionError as error:
            raise CellFailedError(_failure(task, error)) from None
        except (DeadKernelError, CellTimeoutError, PapermillException, RuntimeError) as error:
            raise BinderyError(
                f"{task.page}: the run of {task.notebook} ended early: {error}"
            ) from None
    seconds = time.monotonic() - began
    engine = executed.metadata.pop("papermill")["engine"]
    if not task.results_only:
        _write_reproducible(executed, task.folder / EXECUTED)
    return read_record(task.page, task.notebook, task.folder, seconds, _warnings(executed), engine)


def _execute(project: Project, task: Task, parent: WarmParent, scratch: str) -> Any:
    """The executed notebook; papermill itself writes none, which would be written a second time."""
    import papermill
    from papermill.engines import papermill_engines
    from traitlets.config import Config

    papermill_engines.register("warmfork", WarmForkEngine)
    # what client and kernel would say there, the error says better
    logging.getLogger("papermill").setLevel(logging.CRITICAL + 1)
    environment = fixed_environment(project, os.environ) | _own_environment(task, scratch)
    watch = watched(project, task.trace, [str(task.folder), scratch])
    own = {
        "parent": parent,
        "environment": environment,
        "folder": str(project.root),
        "memory": project.memory_limit << 20,
        "before": ("bindery.cache.trace:install", watch),
        "shown": not task.results_only,
        # what is published holds no times
        "record_timing": False,
    }
    return papermill.execute_notebook(
        str(project.notebooks / f"{task.notebook}.ipynb"),
        None,
        parameters=dict(task.values),
        engine_name="warmfork",
        kernel_name="python3",
        progress_bar=False,
        log_output=False,
        execution_timeout=project.cell_timeout,
        request_save_on_cell_execute=False,
        # for papermill's own engine, where nothing can be forked: sockets in a folder of this
        # user's, so that no port is opened
        config=Config({"KernelManager": {"transport": "ipc", "ip": str(Path(scratch, "k"))}}),
        **own,
    )


def fixed_environment(project: Project, outer: Mapping[str, str]) -> dict[str, str]:
    """What every kernel sees: nothing of the caller's settings that could change a number."""
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
            "MPLCONFIGDIR": _font_cache(project),
            "BINDERY_PROJECT": str(project.root),
        }
    )


def _own_environment(task: Task, scratch: str) -> dict[str, str]:
    """What differs from run to run."""
    return {
        "TMPDIR": scratch,
        "IPYTHONDIR": scratch,
        "JUPYTER_RUNTIME_DIR": scratch,
        NOTEBOOK_VARIABLE: task.notebook,
        RUN_VARIABLE: str(task.folder),
        **({RESULTS_ONLY_VARIABLE: "1"} if task.results_only else {}),
        **task.environment,
    }


def watched(project: Project, trace: Path, own: Sequence[str]) -> dict[str, Any]:
    """How a process is watched: where to tell what it read, and what is its own."""
    return {
        "root": str(project.root),
        "file": str(trace),
        "own": [*own, _font_cache(project)],
        "code": _code_folder(project),
    }


def _code_folder(project: Project) -> str:
    """Where compiled code is kept by its content."""
    return str(project.build / "cache" / "code")


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


def _write_reproducible(executed: Any, path: Path) -> None:
    """Without times, paths and random ids: two runs are the same bytes."""
    import nbformat

    for number, cell in enumerate(executed.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if INJECTED in cell.metadata.get("tags", []):
            cell["id"] = f"injected-{number}"
    nbformat.write(executed, path)


def _warnings(executed: Any) -> tuple[str, ...]:
    """What the cells wrote to the stream of errors and warnings, each with its cell."""
    return tuple(
        f"code cell {cell.execution_count}: {output.text.strip()}"
        for cell in executed.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr"
    )
