"""A process beside a Dask worker that runs rows of a sweep, each in a child of its warm parent.

It is asked over a socket, ends when the other end closes, and takes what still runs with it.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bindery.cache.status import read_trace
from bindery.execute import CellFailedError, Task, run_task, warm_parent
from bindery.faults import BinderyError
from bindery.project import Project, find_project
from bindery.record import RECORD
from bindery.warmfork import WarmParent

# of a sweep that was killed nobody is left to tell its workers; this is started again at need
_IDLE = 300.0


def main() -> None:
    """Serve: the arguments are the socket's descriptor, the project, a folder for the runs."""
    control, root, rows = socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2]), sys.argv[3]
    project = find_project(root)
    control.settimeout(_IDLE)
    with warm_parent(project) as parent:
        parent.start()
        while True:
            try:
                message, descriptors, *_ = socket.recv_fds(control, 1, 1)
            except TimeoutError:
                if not parent.busy:
                    break
                continue
            if not message:
                break
            asked = socket.socket(fileno=descriptors[0])
            answer = threading.Thread(
                target=_answer, args=(project, parent, asked, rows), daemon=True
            )
            answer.start()
    # rows may still wait for children that have just been ended
    os._exit(0)


def _answer(project: Project, parent: WarmParent, asked: socket.socket, rows: str) -> None:
    with asked, asked.makefile("rwb") as stream:
        row = json.loads(stream.readline())
        try:
            told = run_row(project, parent, row, Path(tempfile.mkdtemp(dir=rows)))
        except Exception as error:  # noqa: BLE001
            # no fault of the row: its machine has no room, or the like
            told = {"fault": f"{type(error).__name__}: {error}"}
        stream.write(json.dumps(told).encode() + b"\n")


def run_row(
    project: Project, parent: WarmParent, row: Mapping[str, Any], scratch: Path
) -> dict[str, Any]:
    """Run one row in the folder `run` of an empty one; a row that fails is told with its error.

    `files` are those of the run that somebody will read.
    """
    folder, trace = scratch / "run", scratch / "trace.json"
    task = Task(
        *(row["page"], row["notebook"], row["given"], folder, trace, row["environment"]),
        row["results_only"],
    )
    began = time.monotonic()
    try:
        record = run_task(project, task, parent)
    except BinderyError as error:
        shutil.rmtree(folder, ignore_errors=True)
        # what ended a run from outside may not do so again
        known, warnings, engine = isinstance(error, CellFailedError), (), ""
        told, seconds = str(error), time.monotonic() - began
    else:
        known, warnings, engine = record.engine == "warmfork", record.warnings, record.engine
        told, seconds = "", record.seconds
    inputs, reasons = read_trace(trace)
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return {
        "scratch": str(scratch),
        "files": [name for name in files if name == RECORD or not row["results_only"]],
        "error": told,
        "seconds": seconds,
        "engine": engine,
        "warnings": warnings,
        "inputs": inputs if known and not reasons else None,
    }
