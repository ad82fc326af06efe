"""The forked side's writer: one thread writes all messages, whoever in the process has one.

IPython's kernel hands its output to a thread through a ZMQ socket, and takes in the output of
processes that were forked from it at a TCP port. Here neither is needed.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Callable, Sequence
from typing import Any

from ipykernel.iostream import IOPubThread, OutStream

from bindery.warmfork.channel import IOPUB, SHELL, packed, send


class OutputSocket:
    """As much of a ZMQ socket as the thread needs of the one it writes to."""

    def __init__(self, connection: socket.socket):
        self._connection = connection

    def send_multipart(self, frames: Sequence, *_: Any, **__: Any) -> None:
        self.send(IOPUB, frames)

    def send(self, channel: bytes, frames: Sequence) -> None:
        # a client that is gone does not listen to what is said at the end
        with contextlib.suppress(ConnectionError):
            send(self._connection, channel, frames)

    def send_packed(self, message: bytes) -> None:
        with contextlib.suppress(ConnectionError):
            self._connection.sendall(message)


class OutputThread(IOPubThread):
    """IPython's thread for output; what wakes it is its own loop, not a socket."""

    def __init__(self, connection: socket.socket, session: Any):
        super().__init__(OutputSocket(connection), pipe=True, session=session)

    def _setup_event_pipe(self) -> None:
        """The loop can be woken from any thread."""

    def schedule(self, f: Callable[[], object]) -> None:
        if self.thread.is_alive():
            self.io_loop.add_callback(f)
        else:
            f()

    def _setup_pipe_in(self) -> None:
        """For messages of forked processes: each comes whole, in a file that has no name."""
        self._inbox, self._outbox = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.io_loop.add_handler(self._inbox, self._forward, self.io_loop.READ)

    def _forward(self, inbox: socket.socket, _: int) -> None:
        _, descriptors, *_ = socket.recv_fds(inbox, 1, 1, socket.MSG_CMSG_CLOEXEC)
        for descriptor in descriptors:
            with open(descriptor, "rb") as message:
                message.seek(0)
                self.socket.send_packed(message.read())

    def _really_send(self, msg: Sequence, *_: Any, **__: Any) -> None:
        if self.closed:
            return
        if self._is_master_process():
            self.socket.send_multipart(msg)
            return
        descriptor = os.memfd_create("message")
        # a process that outlives its kernel has nobody to tell
        with open(descriptor, "wb") as message, contextlib.suppress(OSError):
            message.writelines(packed(IOPUB, msg))
            message.flush()
            socket.send_fds(self._outbox, [b"m"], [descriptor])

    def send_reply(self, frames: Sequence) -> None:
        """Answer a request, after what was shown so far.

        A process that a cell has forked comes here at the end of its cell, when it does not end
        before: it has no more to do, and the answer is not its own to give.
        """
        if not self._is_master_process():
            sys.stdout.flush()
            os._exit(0)
        self.schedule(lambda: self.socket.send(SHELL, frames))


class PromptStream(OutStream):
    """IPython's stream of what is printed; that it holds nothing it knows without the thread.

    A kernel flushes both of its streams several times for each cell, and most cells print nothing.
    """

    _handing_over = False

    def flush(self) -> None:
        if self._buffers or self._handing_over or self.echo is not None:
            super().flush()

    def _flush(self) -> None:
        # before the buffers are emptied: what follows must not overtake what they held
        self._handing_over = True
        try:
            super()._flush()
        finally:
            self._handing_over = False


class ReplyStream:
    """As much of a ZMQ stream as the kernel needs for its answers."""

    def __init__(self, thread: OutputThread):
        self._thread = thread

    def send_multipart(self, frames: Sequence, *_: Any, **__: Any) -> None:
        self._thread.send_reply(frames)

    def flush(self, *_: Any) -> None:
        """The thread writes in the order in which it was told to."""
