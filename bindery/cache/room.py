"""How much room kept results take, and which of them go first."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bindery.cache.entries import DamagedError, read_entry
from bindery.cache.files import PART, canonical, write_whole

LOCK = ".lock"
_PATIENCE = 30


@contextmanager
def writing(folder: str) -> Iterator[None]:
    """Nobody makes room while an entry is being written: it may name an object that was there.

    The lock ends with the process that holds it, however that ends.
    """
    from filelock import FileLock

    os.makedirs(folder, exist_ok=True)
    # who holds it longer is stopped or hangs; the timeout is an OSError
    with FileLock(os.path.join(folder, LOCK), timeout=_PATIENCE):
        yield


def read_uses(folder: str) -> dict[str, Any]:
    """When each entry was last used, counted in calls of the command: a clock may be set back."""
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
        with open(os.path.join(folder, "uses.json"), encoding="utf-8") as stream:
            uses = json.load(stream)
        entries = {str(name): int(turn) for name, turn in uses["entries"].items()}
        return {"turn": int(uses["turn"]), "entries": entries}
    return {"turn": 0, "entries": {}}


def end_call(folder: str, used: set[str], limit: int) -> None:
    """Note what this call has used, and make room where more than `limit` bytes are taken.

    Where nothing can be written, nothing was; the order of uses is no loss.
    """
    if not os.path.isdir(folder):
        return
    with contextlib.suppress(OSError), writing(folder):
        uses = read_uses(folder)
        turn = uses["turn"] + 1
        entries = uses["entries"] | dict.fromkeys(used, turn)
        if _size(folder) > limit:
            entries = _make_room(folder, entries, limit)
        content = canonical({"turn": turn, "entries": entries}).encode()
        write_whole(os.path.join(folder, "uses.json"), content)


def clear(folder: str) -> int:
    """Take away everything that is kept; the number of bytes that were taken."""
    if not os.path.isdir(folder):
        return 0
    with writing(folder):
        taken = _size(folder)
        for entry in list(os.scandir(folder)):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            elif entry.name != LOCK:
                os.unlink(entry.path)
    return taken


def _size(folder: str) -> int:
    return sum(size for _, size in _files(folder))


def _files(folder: str) -> Iterator[tuple[str, int]]:
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with contextlib.suppress(OSError):
                yield path, os.stat(path).st_size


def _make_room(folder: str, turns: dict[str, int], limit: int) -> dict[str, int]:
    """Take away what is cheap, then what nobody names, then what was not used for longest.

    Gives back the turns of the entries that stay.
    """
    shutil.rmtree(os.path.join(folder, "code"), ignore_errors=True)
    # of a call that was ended while it noted its uses; nobody else is writing here now
    for name in os.listdir(folder):
        if name.endswith(PART):
            os.unlink(os.path.join(folder, name))
    entries = []
    for path, size in list(_files(os.path.join(folder, "entries"))):
        try:
            entries.append((read_entry(folder, path), path, size))
        except DamagedError:
            os.unlink(path)
    entries.sort(key=lambda found: turns.get(found[0].id, 0))
    named: dict[str, int] = {}
    for entry, _, _ in entries:
        for checksum in entry.objects:
            named[checksum] = named.get(checksum, 0) + 1
    objects = {}
    for path, size in list(_files(os.path.join(folder, "objects"))):
        checksum = "".join(path.split(os.sep)[-2:])
        if checksum in named and not path.endswith(PART):
            objects[checksum] = path, size
        else:
            os.unlink(path)
    taken = _size(folder)
    while taken > limit and entries:
        entry, path, size = entries.pop(0)
        os.unlink(path)
        taken -= size
        for checksum in entry.objects:
            named[checksum] -= 1
            if not named[checksum] and checksum in objects:
                os.unlink(objects[checksum][0])
                taken -= objects[checksum][1]
    return {entry.id: turns.get(entry.id, 0) for entry, _, _ in entries}
