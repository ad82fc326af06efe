"""Publish a whole book or nothing: built aside, then moved into place.

A finished build is marked, and only then moved. What an interrupt leaves behind is either not
marked, and thrown away, or marked, and moved by the next call. The last good book is never
written to.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bindery.faults import BinderyError
from bindery.project import Project

PARTS = ("figures", "tables", "runs", "tables.json", "results.json", "snapshot.json", "html")
_READY = "READY"
# so little room left on the disk that it was the reason of a failure, in bytes
_NO_ROOM = 1 << 20


@contextmanager
def build_lock(project: Project) -> Iterator[None]:
    """One build at a time in one project; a second one is told, not queued."""
    try:
        project.build.mkdir(exist_ok=True)
        with FileLock(project.build / ".lock", timeout=0):
            yield
    except Timeout:
        raise BinderyError("another build of this project is running; wait for it to end") from None
    except PermissionError as error:
        raise BinderyError(
            f"{error.filename}: not writable; allowed: a folder this user can write"
        ) from None


def fresh_folder(project: Project) -> Path:
    """An empty folder for the next book; what an interrupted call left is settled first."""
    settle(project)
    folder = project.build / "next"
    folder.mkdir(parents=True)
    return folder


def publish(project: Project, folder: Path) -> None:
    """Move a finished book into place."""
    missing = [part for part in PARTS if not (folder / part).exists()]
    if missing:
        raise BinderyError(f"the build lacks {', '.join(missing)}; nothing was published")
    (folder / _READY).touch()
    settle(project)


def settle(project: Project) -> None:
    """End what an earlier call began: move a book that was ready, throw away one that was not."""
    folder, old = project.build / "next", project.build / "previous"
    if (folder / _READY).exists():
        for part in PARTS:
            if (folder / part).exists():
                remove(old / part)
                old.mkdir(exist_ok=True)
                if (project.build / part).exists():
                    (project.build / part).rename(old / part)
                (folder / part).rename(project.build / part)
    remove(folder)
    remove(old)


def require_room(project: Project) -> None:
    """After a failure: raises the OSError that was the reason for it, where the disk is full."""
    if shutil.disk_usage(project.build).free < _NO_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), project.relative(project.build))


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
