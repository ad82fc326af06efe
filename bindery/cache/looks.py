"""What has no audit event: looks at files, opens relative to a descriptor, some new processes."""

from __future__ import annotations

import contextlib
import functools
import os
import threading
from collections.abc import Callable
from typing import Any

from bindery.cache.places import absolute
from bindery.cache.quiet import is_quiet, quiet

_resolved = threading.local()


def is_resolved() -> bool:
    """Whether this thread is opening a path whose whole form has been told already."""
    return getattr(_resolved, "now", False)


def watch_looks(saw: Callable[[str], None], covered: tuple[str, ...]) -> None:
    """`os.path.exists` and its kin open nothing; all of them ask these four."""
    for name in ("stat", "lstat", "access", "readlink"):
        setattr(os, name, _watched(saw, getattr(os, name), covered))


def _watched(saw: Callable[[str], None], original: Callable, covered: tuple[str, ...]) -> Callable:
    @functools.wraps(original)
    def look(path: Any, *arguments: Any, **named: Any) -> Any:
        # thousands of looks go to installed packages
        if type(path) is str and path.startswith(covered):
            return original(path, *arguments, **named)
        if not isinstance(path, int) and not is_quiet():
            # what is no path is the original's to refuse
            with quiet(), contextlib.suppress(OSError, ValueError, TypeError):
                saw(absolute(path, named.get("dir_fd")))
        return original(path, *arguments, **named)

    _same_abilities(original, look)
    return look


def watch_relative_opens(saw: Callable[[str, int], None]) -> None:
    """The event of an open does not tell the folder that the path starts from."""
    original = os.open

    @functools.wraps(original)
    def open_relative(
        path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None
    ) -> int:
        if dir_fd is None or is_quiet():
            return original(path, flags, mode, dir_fd=dir_fd)
        with quiet(), contextlib.suppress(OSError, ValueError, TypeError):
            saw(absolute(path, dir_fd), flags)
        _resolved.now = True
        try:
            return original(path, flags, mode, dir_fd=dir_fd)
        finally:
            _resolved.now = False

    _same_abilities(original, open_relative)
    os.open = open_relative


def _same_abilities(original: Callable, watched: Callable) -> None:
    """Other modules ask these sets what a function of `os` can do."""
    for known in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
        if original in known:
            known.add(watched)


def watch_spawning(saw: Callable[[Any], None]) -> None:
    """multiprocessing starts processes below what has an event."""
    import _posixsubprocess

    original = _posixsubprocess.fork_exec

    @functools.wraps(original)
    def fork_exec(*arguments: Any) -> int:
        programs = arguments[0]
        saw(programs[0] if programs else None)
        return original(*arguments)

    _posixsubprocess.fork_exec = fork_exec
