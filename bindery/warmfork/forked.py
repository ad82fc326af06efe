"""A forked process as its caller knows it: where it listens, and how it ended."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import select
import signal
import socket
import threading
import time
from typing import Any


class ParentEndedError(RuntimeError):
    """The warm parent is gone; a child asked of it was not made, or ended with it."""


class ForkRefusedError(RuntimeError):
    """The warm parent could not fork safely."""


class Child:
    """One forked process: `connection` carries its messages, `status` tells of birth and end."""

    def __init__(self, connection: socket.socket, status: int):
        self.connection = connection
        self.pid = 0
        self._status = open(status, "rb", buffering=0)  # noqa: SIM115
        os.set_blocking(status, False)
        self._told = b""
        self._code: int | None = None
        self._parent_ended = False
        self._lock = threading.Lock()

    @classmethod
    def unborn(cls) -> tuple[Child, socket.socket, int]:
        """One that is still to be forked, with the ends that it and its parent need."""
        ours, theirs = socket.socketpair()
        status, told = os.pipe()
        return cls(ours, status), theirs, told

    def fileno(self) -> int:
        """What becomes readable when there is news of it."""
        return self._status.fileno()

    def wait_for_birth(self, seconds: float) -> None:
        """Until the parent has forked; it may still be importing."""
        news = select.poll()
        news.register(self._status, select.POLLIN)
        deadline = time.monotonic() + seconds
        while not self.pid:
            left = deadline - time.monotonic()
            if left <= 0 or not news.poll(left * 1000):
                raise TimeoutError(
                    f"the warm parent did not fork within {seconds:g} seconds; "
                    "does a module that it imports wait for something?"
                )
            if self.exit_code() is not None and not self.pid:
                raise ParentEndedError("the warm parent ended before it could fork")

    def exit_code(self) -> int | None:
        """None while it runs; below 0 the signal that ended it, also where nobody can be asked."""
        with self._lock:
            if self._code is None and not self._status.closed:
                while self._code is None and (piece := self._status.read(4096)) is not None:
                    self._hear(piece)
            return self._code

    def _hear(self, piece: bytes) -> None:
        if not piece:
            # what it has started must not outlive it, and nobody else is left to see to that
            self.kill()
            self._parent_ended, self._code = True, -signal.SIGKILL
        *lines, self._told = (self._told + piece).split(b"\n")
        for line in lines:
            said: dict[str, Any] = json.loads(line)
            if "refused" in said:
                raise ForkRefusedError(said["refused"])
            self.pid = said.get("pid", self.pid)
            self._code = said.get("code")

    def ending(self) -> Exception | None:
        """How it ended, for a person; None while it runs."""
        code = self.exit_code()
        if code is None:
            return None
        if self._parent_ended:
            return ParentEndedError("the warm parent was ended, and the notebook's process with it")
        if code >= 0:
            hint = "; it had no memory left" if code == errno.ENOMEM else ""
            return RuntimeError(
                f"the notebook's process ended itself with exit status {code}{hint}"
            )
        name = signal.Signals(-code).name
        hint = "; the system does so when memory runs out" if name == "SIGKILL" else ""
        return RuntimeError(f"the notebook's process was ended by {name}{hint}")

    def interrupt(self) -> None:
        """As a person would, who presses Ctrl-C: what a cell has started is interrupted too."""
        self._signal(signal.SIGINT)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if not self.pid or self._code is not None:
            return
        # a process that was forked just now may not lead its group yet
        for send in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError):
                send(self.pid, number)
                return

    def close(self) -> None:
        self.connection.close()
        self._status.close()
