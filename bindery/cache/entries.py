"""What the store holds: entries that say which objects make a result, and the objects."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bindery.cache.files import canonical, digest
from bindery.cache.inputs import Inputs
from bindery.cache.recipe import FORMAT


class DamagedError(Exception):
    """A kept result is not what it was when it was kept."""


@dataclass(frozen=True)
class Entry:
    """One kept result: what it was made from, its files with their checksums, its facts."""

    id: str
    key: str
    inputs: Inputs
    # of the object that holds the inputs
    inputs_digest: str
    # path in the folder of the run -> checksum and size
    files: Mapping[str, tuple[str, int]]
    facts: Any

    @property
    def objects(self) -> list[str]:
        """The checksums of all that it names, as often as it names them."""
        return [self.inputs_digest, *(checksum for checksum, _ in self.files.values())]


def read_entry(folder: str, path: str) -> Entry:
    """An entry of the store in `folder` as it was kept; anything else raises DamagedError."""
    try:
        with open(path, "rb") as stream:
            said = json.loads(stream.read())
        id_ = said.pop("digest")
        key = said["key"]
        if digest(canonical(said)) != id_:
            raise DamagedError("its entry is damaged")
        if said["format"] != FORMAT or path.split(os.sep)[-2:] != [key, f"{id_}.json"]:
            raise DamagedError("its entry belongs to another key or another version")
        files = {name: (checksum, size) for name, (checksum, size) in said["files"].items()}
        if any(name.startswith("/") or ".." in name.split("/") for name in files):
            raise DamagedError("its entry names files outside its folder")
        inputs = _inputs(folder, said["inputs"])
        return Entry(id_, key, inputs, said["inputs"], files, said["facts"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise DamagedError("its entry is not readable") from None


@lru_cache(maxsize=64)
def _inputs(folder: str, checksum: str) -> Inputs:
    try:
        said = json.loads(read_object(folder, checksum))
    except DamagedError as error:
        raise DamagedError(f"its list of inputs is {error}") from None
    return {kind: dict(found) for kind, found in said.items()}


def object_path(folder: str, checksum: str) -> str:
    return os.path.join(folder, "objects", checksum[:2], checksum[2:])


def read_object(folder: str, checksum: str) -> bytes:
    """The bytes of an object; raises DamagedError with what befell it."""
    try:
        with open(object_path(folder, checksum), "rb") as stream:
            content = stream.read()
    except OSError:
        raise DamagedError("missing") from None
    if digest(content) != checksum:
        raise DamagedError("damaged")
    return content
