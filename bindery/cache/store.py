"""Kept results: plain files named by their content, and entries that say which make a result.

`objects/ab/cdef…` are files by the checksum of their bytes; `entries/KEY/ID.json` are results of
one recipe, each with the inputs that it was made from, so that what is undone is fresh again. The
inputs are an object too: thousands of runs of one notebook have read the same.
Nothing is believed: an entry carries its own checksum, and files are compared with theirs when they
are taken out. Everything is written aside and renamed, objects before the entry that names them, so
a process may end anywhere. A fault of the disk costs a result its place here, never the build.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from os import PathLike
from pathlib import Path
from typing import Any

from bindery.cache.entries import DamagedError, Entry, object_path, read_entry, read_object
from bindery.cache.files import canonical, digest, file_digest, write_whole
from bindery.cache.inputs import Digests, Inputs, changed, look
from bindery.cache.recipe import FORMAT, Recipe
from bindery.cache.room import read_uses, writing


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
        # checksum of inputs -> whether they hold: what is looked up is so once for a call
        self._hold: dict[str, bool] = {}

    def find(self, recipe: Recipe) -> Entry | None:
        """The kept result of this recipe whose inputs all hold now; of several the last used."""
        for entry in self._entries(recipe):
            if self._holds(entry) and self._present(entry):
                self.used.add(entry.id)
                return entry
        return None

    def holds(self, recipe: Recipe) -> bool:
        """Whether anything is kept of this recipe, whatever its inputs are now."""
        return os.path.isdir(self._place(recipe))

    def _holds(self, entry: Entry) -> bool:
        if entry.inputs_digest not in self._hold:
            self._hold[entry.inputs_digest] = not changed(entry.inputs, self.digests)
        return self._hold[entry.inputs_digest]

    def forget(self, path: str) -> None:
        """To be called where this call of the command has written a file that runs read."""
        self.digests.forget(path)
        self._hold.clear()

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
                entries.append(read_entry(self.folder, path))
            except DamagedError as error:
                self._set_aside(path, str(error))
        if len(entries) > 1:
            turns = read_uses(self.folder)["entries"]
            entries.sort(key=lambda entry: -turns.get(entry.id, 0))
        return entries

    def _present(self, entry: Entry) -> bool:
        """Whether its files are there, by their size; their bytes are compared when used."""
        for name, (checksum, size) in entry.files.items():
            if (found := look(object_path(self.folder, checksum))) != f"file {size}":
                state = "damaged" if found else "missing"
                self._set_aside(self._entry(entry), f"its file {name} is {state}")
                return False
        return True

    def keep(self, recipe: Recipe, inputs: Inputs, folder: Path | None, facts: Any) -> Entry | None:
        """Keep the files of a folder, if any; None and a warning where the disk refuses."""
        try:
            with writing(self.folder):
                files = dict(self._add(folder)) if folder else {}
                rests_on, _ = self._add_object(canonical(inputs).encode())
                said = {
                    "format": FORMAT,
                    "key": recipe.key,
                    "inputs": rests_on,
                    "files": files,
                    "facts": facts,
                }
                entry = Entry(digest(canonical(said)), recipe.key, inputs, rests_on, files, facts)
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
                yield path.relative_to(folder).as_posix(), self._add_object(path.read_bytes())

    def _add_object(self, content: bytes) -> tuple[str, int]:
        checksum = digest(content)
        target = object_path(self.folder, checksum)
        # a damaged one of this name would stay for good
        if not _intact(target, checksum):
            write_whole(target, content)
        return checksum, len(content)

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
            return read_object(self.folder, checksum)
        except DamagedError as error:
            raise DamagedError(f"its file {name} is {error}") from None

    def _set_aside(self, path: str, why: str) -> None:
        self._bad.add(path)
        self.warn(f"a kept result cannot be used and is made anew: {why}")

    def _entry(self, entry: Entry) -> str:
        return os.path.join(self.folder, "entries", entry.key, f"{entry.id}.json")


def _intact(path: str, checksum: str) -> bool:
    try:
        return file_digest(path) == checksum
    except OSError:
        return False
