"""What a file was when it was read, and whether it still is."""

from __future__ import annotations

import os
from dataclasses import dataclass

from bindery.cache.files import digest, stream_digest
from bindery.cache.inputs import UNREADABLE

Signature = tuple[int, int, int, int, int]
# of a larger file, its times prove at the end that it did not change
_REREAD = 64 << 20


@dataclass(frozen=True)
class Proof:
    """A file as it was when it was read; `whole` is False where it changed while it was read."""

    digest: str
    signature: Signature
    whole: bool = True


def _signature(descriptor: int) -> Signature:
    found = os.stat(descriptor)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def read(path: str) -> tuple[bytes, Proof]:
    """A file's bytes, and proof of what they were; raises OSError."""
    with open(path, "rb", buffering=0) as stream:
        before = _signature(stream.fileno())
        content = stream.read()
        return content, Proof(digest(content), before, _signature(stream.fileno()) == before)


def prove(path: str) -> Proof:
    """Without the bytes, which may be many."""
    try:
        with open(path, "rb", buffering=0) as stream:
            before = _signature(stream.fileno())
            found = stream_digest(stream)
            return Proof(found, before, _signature(stream.fileno()) == before)
    except OSError:
        return Proof(UNREADABLE, (0, 0, 0, 0, 0))


def holds(path: str, before: Proof | None) -> bool:
    """Whether a file is what it was, and was nothing else in between; None for an absent one."""
    if before is None:
        return not os.path.exists(path)
    if before.digest == UNREADABLE:
        return prove(path) == before
    try:
        with open(path, "rb", buffering=0) as stream:
            now = _signature(stream.fileno())
            same = before.whole and now == before.signature
            # two writes within one tick of the clock leave the same times
            return same and (now[2] > _REREAD or stream_digest(stream) == before.digest)
    except OSError:
        return False
