"""What papermill's notebook client talks to: a kernel manager and its client, without ports."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from queue import Empty
from typing import Any

from jupyter_client.session import Session
from nbclient.exceptions import DeadKernelError

from bindery.warmfork.channel import ERROR, IOPUB, SHELL, Receiver, send
from bindery.warmfork.forked import Child

# how long a child may take over what was registered to be done at its end
GRACE = 5.0
# how long a child that has closed its stream may take to be gone
GONE = 0.5


class Channel:
    """One direction of messages; `get_msg` is what the notebook client awaits."""

    def __init__(self, client: ForkedClient):
        self._client = client
        self.queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        self._client.listen()
        try:
            message = await asyncio.wait_for(self.queue.get(), timeout)
        except TimeoutError:
            raise Empty from None
        if message is None:
            self.queue.put_nowait(None)
            if self is self._client.iopub_channel:
                # the other channel says it; who reads this one only stops
                raise asyncio.CancelledError
            raise DeadKernelError("Kernel died")
        return message

    def send(self, message: dict[str, Any]) -> None:
        """Write to the kernel; both directions share one connection."""
        self._client.send(message)


class ForkedClient:
    """The client side of one child's messages."""

    def __init__(self, child: Child):
        self.child = child
        self.session = Session()
        # nobody else can write to the connection
        self.session.key = b""
        self.allow_stdin = True
        self.shell_channel, self.iopub_channel = Channel(self), Channel(self)
        # why there is no kernel, where the child's end does not tell
        self.failure = ""
        self._receiver = Receiver(child.connection)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = asyncio.Event()

    def start_channels(self) -> None:
        """They are open from the beginning."""

    def stop_channels(self) -> None:
        self._leave()
        self.child.close()

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        asked = self.kernel_info()
        try:
            while (await self.shell_channel.get_msg(timeout))["parent_header"]["msg_id"] != asked:
                pass
        except Empty:
            raise RuntimeError(f"the kernel did not answer within {timeout} seconds") from None

    def is_alive(self) -> bool:
        return self.child.exit_code() is None

    def execute(
        self, code: str, store_history: bool = True, stop_on_error: bool = True, **_: Any
    ) -> str:
        content = {
            "code": code,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": self.allow_stdin,
            "stop_on_error": stop_on_error,
        }
        return self._request("execute_request", content)

    def kernel_info(self) -> str:
        return self._request("kernel_info_request", {})

    def _request(self, kind: str, content: Mapping[str, Any]) -> str:
        message = self.session.msg(kind, content)
        self.send(message)
        return message["header"]["msg_id"]

    def send(self, message: dict[str, Any]) -> None:
        # of a child that is gone, the next wait for an answer hears
        with contextlib.suppress(ConnectionError):
            send(self.child.connection, SHELL, self.session.serialize(message))

    def listen(self) -> None:
        """Let the running loop fill the queues."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._leave()
            self._loop = loop
            if not self._ended.is_set():
                loop.add_reader(self.child.connection, self._receive)
                loop.add_reader(self.child, self._hear_of_child)

    def _leave(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self.child.connection)
            self._loop.remove_reader(self.child)
        self._loop = None

    def _receive(self) -> bool:
        """Sort what has come; False at the end of the stream."""
        open_still = self._receiver.receive()
        for channel, frames in self._receiver.messages():
            if channel == ERROR:
                said = frames[0].decode(errors="replace")
                self.failure = f"the kernel could not start:\n{said}"
                continue
            message = self._message(frames)
            read_by = self.iopub_channel if channel == IOPUB else self.shell_channel
            read_by.queue.put_nowait(message)
        if not open_still:
            self._loop.remove_reader(self.child.connection)
            self._loop.call_later(GONE, self._end_unheard)
        return open_still

    def _message(self, frames: list[bytes]) -> dict[str, Any]:
        """As the session takes a message apart; of dates it reads only the one that is used."""
        _, (_, *parts) = self.session.feed_identities(frames)
        header, parent, metadata, content = map(self.session.unpack, parts[:4])
        header["date"] = datetime.fromisoformat(header["date"])
        return {
            "header": header,
            "msg_id": header["msg_id"],
            "msg_type": header["msg_type"],
            "parent_header": parent,
            "metadata": metadata,
            "content": content,
            "buffers": [memoryview(part) for part in parts[4:]],
        }

    def _end_unheard(self) -> None:
        """A process that has closed the stream and runs on cannot be heard any more."""
        if self.is_alive():
            self.failure = "a cell closed the descriptors of its own process"
            self.child.kill()

    def _hear_of_child(self) -> None:
        if self.child.exit_code() is None:
            return
        # what it has written before its end is still to be read; what it left may write on
        while self._more_to_read() and self._receive():
            pass
        self._ended.set()
        self._leave()
        for channel in (self.shell_channel, self.iopub_channel):
            channel.queue.put_nowait(None)

    def _more_to_read(self) -> bool:
        with contextlib.suppress(OSError):
            flags = socket.MSG_PEEK | socket.MSG_DONTWAIT
            return bool(self.child.connection.recv(1, flags))
        return False

    async def ended(self, seconds: float) -> bool:
        """Wait for the end of the child; False when it takes longer."""
        self.listen()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), seconds)
        return self._ended.is_set()


class ForkedManager:
    """What the notebook client asks a kernel manager for; `fork` gets folder and arguments."""

    # the notebook client tells such a kernel where to keep its history
    ipykernel = True

    def __init__(self, fork: Callable[[str | None, Sequence[str]], Child]):
        self._fork = fork
        self.child: Child | None = None
        self._client: ForkedClient | None = None

    @property
    def has_kernel(self) -> bool:
        return self.child is not None

    def start_kernel(
        self, extra_arguments: Sequence[str] = (), cwd: str | None = None, **_: Any
    ) -> None:
        self.child = self._fork(cwd, extra_arguments)

    def client(self) -> ForkedClient:
        self._client = ForkedClient(self.child)
        return self._client

    def is_alive(self) -> bool:
        return self.child is not None and self.child.exit_code() is None

    def interrupt_kernel(self) -> None:
        self.child.interrupt()

    async def shutdown_kernel(self, now: bool = False) -> None:
        """End the child: a cell that runs is interrupted, then the stream closed; or at once."""
        if not now:
            self.child.interrupt()
            with contextlib.suppress(OSError):
                self.child.connection.shutdown(socket.SHUT_WR)
            if await self._client.ended(GRACE):
                return
        self.child.kill()
        await self._client.ended(GRACE)

    def cleanup_resources(self) -> None:
        """The client closes what is open when it stops its channels."""

    def error(self) -> Exception | None:
        """Why the kernel is gone, where it is."""
        if self._client is not None and self._client.failure:
            return RuntimeError(self._client.failure)
        return None if self.child is None else self.child.ending()
