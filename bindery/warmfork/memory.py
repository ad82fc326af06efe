"""A limit to the memory of one process, which its cells reach before its kernel does."""

from __future__ import annotations

import contextlib
import errno
import functools
import logging
import os
import resource
from collections.abc import Callable, Iterator
from typing import Any

# what the kernel may use to tell that a cell has come to the limit
_ROOM = 64 << 20


def limit_memory(limit: int) -> None:
    """Let this process have so many bytes of data, and cells somewhat less."""
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


@contextlib.contextmanager
def tight() -> Iterator[None]:
    """While a cell runs, keep back what the kernel needs after it."""
    _, limit = resource.getrlimit(resource.RLIMIT_DATA)
    if limit == resource.RLIM_INFINITY:
        yield
        return
    resource.setrlimit(resource.RLIMIT_DATA, (max(limit - _ROOM, 1), limit))
    try:
        yield
    finally:
        loosen()


def loosen() -> None:
    """Let the kernel use what was kept back."""
    _, limit = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def loosened(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function after whose call the kernel may use what was kept back."""

    @functools.wraps(function)
    def call_loosened(*given: Any, **named: Any) -> Any:
        loosen()
        return function(*given, **named)

    return call_loosened


def end_where_memory_ends(log: logging.Logger) -> None:
    """End the process where a lack of memory would only be logged: an output or answer is lost."""
    for logger in (log, logging.getLogger("tornado.application"), logging.getLogger("asyncio")):
        logger.addFilter(_end_without_memory)


def _end_without_memory(record: logging.LogRecord) -> bool:
    if record.exc_info and isinstance(record.exc_info[1], MemoryError):
        os._exit(errno.ENOMEM)
    return True
