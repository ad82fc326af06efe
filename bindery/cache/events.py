"""Python's audit events, and what each tells a trace."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from bindery.cache.inputs import look
from bindery.cache.looks import is_resolved
from bindery.cache.places import absolute

# event -> which of its arguments are paths that are written, and the descriptor each starts from
_WRITES: dict[str, tuple[tuple[int, int | None], ...]] = {
    "os.chmod": ((0, 2),),
    "os.link": ((1, 3),),
    "os.mkdir": ((0, 2),),
    "os.remove": ((0, 1),),
    "os.rename": ((0, 2), (1, 3)),
    "os.rmdir": ((0, 1),),
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, None),),
    "os.utime": ((0, 3),),
}
_PROCESSES = (
    *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn"),
    *("os.fork", "os.forkpty", "pty.spawn"),
)
# what another program answers cannot be known, be it on this machine
_CONNECTIONS = ("socket.connect", "socket.sendto")
_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


class Seer(Protocol):
    """What is told of the events, in the words of a trace."""

    def never(self, what: str) -> None: ...
    def saw_open(self, path: str, flags: int) -> None: ...
    def saw_read(self, path: str) -> None: ...
    def saw_code(self, path: str) -> None: ...
    def saw_listing(self, path: str) -> None: ...
    def saw_write(self, path: str) -> None: ...
    def saw_process(self, program: object) -> None: ...


def handlers(seer: Seer) -> dict[str, Callable[[tuple], None]]:
    """For each event that matters, what is called with its arguments."""
    return {
        "open": partial(_open, seer),
        "os.listdir": partial(_list, seer),
        "os.scandir": partial(_list, seer),
        "import": partial(_extension, seer),
        "ctypes.dlopen": partial(_library, seer),
        "sqlite3.connect": partial(_database, seer),
        **{event: partial(_write, seer, event) for event in _WRITES},
        **dict.fromkeys(_PROCESSES, partial(_process, seer)),
        **dict.fromkeys(_CONNECTIONS, lambda arguments: _network(seer, arguments[1])),
        **dict.fromkeys(_LOOKUPS, lambda arguments: _network(seer, arguments[0])),
    }


def _open(seer: Seer, arguments: tuple) -> None:
    path, _, flags = arguments
    if isinstance(path, int) or is_resolved():
        return
    # the flags are complete for `open` and for `os.open`, whose event has no mode
    seer.saw_open(absolute(path), flags)


def _list(seer: Seer, arguments: tuple) -> None:
    if path := absolute("." if arguments[0] is None else arguments[0]):
        seer.saw_listing(path)


def _write(seer: Seer, event: str, arguments: tuple) -> None:
    for position, start in _WRITES[event]:
        path = absolute(arguments[position], None if start is None else arguments[start])
        # making a folder that is there changes nothing
        if path and not (event == "os.mkdir" and look(path) == "folder"):
            seer.saw_write(path)


def _extension(seer: Seer, arguments: tuple) -> None:
    if arguments[1]:
        seer.saw_code(absolute(arguments[1]))


def _library(seer: Seer, arguments: tuple) -> None:
    name = arguments[0]
    # without a path it is one of the system's libraries
    if name and "/" in os.fsdecode(name):
        seer.saw_read(absolute(name))


def _database(seer: Seer, arguments: tuple) -> None:
    name = os.fsdecode(arguments[0])
    if name not in ("", ":memory:"):
        seer.saw_read(absolute(name.removeprefix("file:").partition("?")[0]))


def _process(seer: Seer, arguments: tuple) -> None:
    seer.saw_process(arguments[0] if arguments else None)


def _network(seer: Seer, address: Any) -> None:
    host = address[0] if isinstance(address, tuple) else address
    seer.never(f"used the network ({os.fsdecode(host) if host else 'this machine'})")
