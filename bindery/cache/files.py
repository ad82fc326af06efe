"""Bytes and their checksums: read whole, written whole."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
from os import PathLike
from typing import IO, Any

_PIECE = 1 << 20
# what a file that is being written is called; what a killed process left is known by it
PART = ".part"
_counter = itertools.count()


def digest(content: bytes | str) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def canonical(value: Any) -> str:
    """The one text of a value, whatever order its mappings have."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def file_digest(path: str) -> str:
    """The checksum of a file's bytes; raises OSError."""
    with open(path, "rb", buffering=0) as stream:
        return stream_digest(stream)


def stream_digest(stream: IO[bytes]) -> str:
    """The same of what is still to be read, piece by piece."""
    total = hashlib.sha256()
    while piece := stream.read(_PIECE):
        total.update(piece)
    return total.hexdigest()


def write_whole(path: str | PathLike[str], content: bytes | str) -> None:
    """A reader sees the old file or the new one; the part stands beside it, on the same disk.

    Two processes that write the same file do not share a part.
    """
    folder, name = os.path.split(path)
    os.makedirs(folder, exist_ok=True)
    part = os.path.join(folder, f".{name[:100]}.{os.getpid()}.{next(_counter)}{PART}")
    try:
        with open(part, "wb", buffering=0) as stream:
            view = memoryview(content.encode() if isinstance(content, str) else content)
            while view:
                view = view[stream.write(view) :]
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise
