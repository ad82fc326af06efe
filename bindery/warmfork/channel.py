"""Messages of the kernel protocol over a pair of stream sockets.

A message is the list of frames that a ZMQ socket would carry, with the name of its channel.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator, Sequence

# ERROR carries one frame: why a child did not come as far as its kernel
SHELL, IOPUB, ERROR = b"s", b"i", b"e"
_HEAD = struct.Struct("!cI")
_LENGTH = struct.Struct("!Q")
# read at once, so that whoever else waits in the same loop has a turn
_PIECE = 1 << 20
# what is shorter is copied together, so that it costs one system call
_SMALL = 1 << 16

Buffer = bytes | memoryview


def packed(channel: bytes, frames: Sequence[Buffer]) -> list[Buffer]:
    """A message as the pieces to be written, in their order.

    >>> packed(IOPUB, [b"ab"])[0].hex(" ")
    '69 00 00 00 01 00 00 00 00 00 00 00 02 61 62'
    """
    parts = [memoryview(frame).cast("B") for frame in frames]
    lengths = (_LENGTH.pack(part.nbytes) for part in parts)
    pieces = [b"".join([_HEAD.pack(channel, len(parts)), *lengths]), *parts]
    return [b"".join(pieces)] if sum(map(len, pieces)) <= _SMALL else pieces


def send(connection: socket.socket, channel: bytes, frames: Sequence[Buffer]) -> None:
    """Write a whole message; two threads must not do so at the same time."""
    for piece in packed(channel, frames):
        connection.sendall(piece)


class Receiver:
    """The reading side: pieces of the stream in, whole messages out."""

    def __init__(self, connection: socket.socket):
        self._connection = connection
        self._kept = bytearray()

    def receive(self) -> bool:
        """Take in what is there, as far as one piece goes; False at the end of the stream."""
        try:
            piece = self._connection.recv(_PIECE, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return True
        except ConnectionError:
            return False
        self._kept += piece
        return bool(piece)

    def messages(self) -> Iterator[tuple[bytes, list[bytes]]]:
        """The messages that have come whole by now, each once."""
        while (message := self._next()) is not None:
            yield message

    def _next(self) -> tuple[bytes, list[bytes]] | None:
        if len(self._kept) < _HEAD.size:
            return None
        channel, count = _HEAD.unpack_from(self._kept)
        start = _HEAD.size + count * _LENGTH.size
        if len(self._kept) < start:
            return None
        lengths = [size for (size,) in _LENGTH.iter_unpack(self._kept[_HEAD.size : start])]
        end = start + sum(lengths)
        if len(self._kept) < end:
            return None
        frames = []
        for size in lengths:
            frames.append(bytes(self._kept[start : start + size]))
            start += size
        del self._kept[:end]
        return channel, frames
