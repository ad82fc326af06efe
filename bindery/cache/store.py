"""Kept results: plain files named by their content, and entries that say which make a result.

`objects/ab/cdef…` are files by the checksum of their bytes; `entries/KEY/ID.json` are results of
one recipe, each with the inputs that it was made from, so that what is undone is fresh again.
Nothing is believed: an entry carries its own checksum, and files are compared with theirs when they
are taken out. Everything is written aside and renamed, objects before the entry that names them, so
a process may end anywhere. A fault of the disk costs a result its place here, never the build.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from bindery.cache.files import canonical, digest, file_digest, write_whole
from bindery.cache.inputs import Digests, Inputs, changed, look
from bindery.cache.recipe import FORMAT, Recipe
from bindery.cache.room import read_uses, writing


class DamagedError(Exception):
    """A kept result is not what it was when it was kept."""


@dataclass(frozen=True)
class Entry:
    """One kept result: what it was made from, its files with their checksums, its facts."""

    id: str
    key: str
    inputs: Inputs
    # path in the folder of the run -> checksum and size
    files: Mapping[str, tuple[str, int]]
    facts: Any


class Store:
    """The kept results of one project. `warn` is told what a person should know."""

    def __init__(self, folder: str | PathLike[str], digests: Digests, warn: Callable[[str], Any]):
        self.folder = os.fspath(folder)
        self.digests = digests
        self.warn = warn
        # the entries that this call has kept or used
        self.used: set[str] = set()
        # files of entries that cannot be used; taken away when something is kept
        self._bad: set[str] = set()

    def find(self, recipe: Recipe) -> Entry | None:
        """The kept result of this recipe whose inputs all hold now; of several the last used."""
        for entry in self._entries(recipe):
            if not changed(entry.inputs, self.digests) and self._present(entry):
                self.used.add(entry.id)
                return entry
        return None

    def holds(self, recipe: Recipe) -> bool:
        """Whether anything is kept of this recipe, whatever its inputs are now."""
        return os.path.isdir(self._place(recipe))

    def damaged(self, recipe: Recipe) -> bool:
        """Whether `find` or `restore` came upon something that cannot be used."""
        return any(path.startswith(self._place(recipe)) for path in self._bad)

    def _place(self, recipe: Recipe) -> str:
        return os.path.join(self.folder, "entries", recipe.key, "")

    def _entries(self, recipe: Recipe) -> list[Entry]:
        folder = self._place(recipe)
        try:
            names = sorted(name for name in os.listdir(folder) if name.endswith(".json"))
        except OSError:
            return []
        entries = []
        for path in [os.path.join(folder, name) for name in names]:
            if path in self._bad:
                continue
            try:
                entries.append(read_entry(path))
            except DamagedError as error:
                self._set_aside(path, str(error))
        if len(entries) > 1:
            turns = read_uses(self.folder)["entries"]
            entries.sort(key=lambda entry: -turns.get(entry.id, 0))
        return entries

    def _present(self, entry: Entry) -> bool:
        """Whether its files are there, by their size; their bytes are compared when used."""
        for name, (checksum, size) in entry.files.items():
            if (found := look(self._object(checksum))) != f"file {size}":
                state = "damaged" if found else "missing"
                self._set_aside(self._entry(entry), f"its file {name} is {state}")
                return False
        return True

    def keep(self, recipe: Recipe, inputs: Inputs, folder: Path | None, facts: Any) -> Entry | None:
        """Keep the files of a folder, if any; None and a warning where the disk refuses."""
        try:
            with writing(self.folder):
                files = dict(self._add(folder)) if folder else {}
                said = {
                    "format": FORMAT,
                    "key": recipe.key,
                    "inputs": inputs,
                    "files": files,
                    "facts": facts,
                }
                entry = Entry(digest(canonical(said)), recipe.key, inputs, files, facts)
                self._clear(recipe)
                write_whole(self._entry(entry), canonical(said | {"digest": entry.id}).encode())
        except OSError as error:
            place = error.filename or self.folder
            self.warn(f"a result is used but not kept: {error.strerror or error} ({place})")
            return None
        self.used.add(entry.id)
        return entry

    def _clear(self, recipe: Recipe) -> None:
        """Take away what could not be used of this recipe; the new entry may have the same name."""
        for path in [path for path in self._bad if path.startswith(self._place(recipe))]:
            if os.path.isdir(path):
                shutil.rmtree(path)
            elif os.path.exists(path):
                os.unlink(path)
            self._bad.discard(path)

    def _add(self, folder: Path) -> Iterator[tuple[str, tuple[str, int]]]:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                checksum = digest(content)
                target = self._object(checksum)
                # a damaged one of this name would stay for good
                if not _holds(target, checksum):
                    write_whole(target, content)
                yield path.relative_to(folder).as_posix(), (checksum, len(content))

    def restore(self, entry: Entry, folder: Path) -> bool:
        """Write an entry's files to a folder that does not exist; none, if one is damaged."""
        try:
            for name in entry.files:
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(self._bytes(entry, name))
        except DamagedError as error:
            shutil.rmtree(folder, ignore_errors=True)
            self._set_aside(self._entry(entry), str(error))
            return False
        return True

    def read(self, entry: Entry, name: str) -> bytes | None:
        """One file of an entry; None if it is damaged."""
        try:
            return self._bytes(entry, name)
        except DamagedError as error:
            self._set_aside(self._entry(entry), str(error))
            return None

    def _bytes(self, entry: Entry, name: str) -> bytes:
        checksum, _ = entry.files[name]
        try:
            with open(self._object(checksum), "rb") as stream:
                content = stream.read()
        except OSError:
            raise DamagedError(f"its file {name} is missing") from None
        if digest(content) != checksum:
            raise DamagedError(f"its file {name} is damaged")
        return content

    def _set_aside(self, path: str, why: str) -> None:
        self._bad.add(path)
        self.warn(f"a kept result cannot be used and is made anew: {why}")

    def _object(self, checksum: str) -> str:
        return os.path.join(self.folder, "objects", checksum[:2], checksum[2:])

    def _entry(self, entry: Entry) -> str:
        return os.path.join(self.folder, "entries", entry.key, f"{entry.id}.json")


def _holds(path: str, checksum: str) -> bool:
    try:
        return file_digest(path) == checksum
    except OSError:
        return False


def read_entry(path: str) -> Entry:
    """An entry as it was kept; anything else raises DamagedError."""
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
        inputs = {kind: dict(found) for kind, found in said["inputs"].items()}
        return Entry(id_, key, inputs, files, said["facts"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise DamagedError("its entry is not readable") from None
