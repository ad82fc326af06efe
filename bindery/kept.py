"""What a command need not do again: results of steps, kept with what they rest on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bindery.cache.files import canonical, digest, file_digest
from bindery.cache.inputs import Digests, Inputs, changed, look
from bindery.cache.recipe import named_recipe
from bindery.cache.room import end_call
from bindery.cache.store import Store
from bindery.project import Project


class Kept:
    """The store of a project, as one call of the command uses it."""

    def __init__(self, project: Project, warn: Callable[[str], Any]):
        self.project = project
        self.digests = Digests(project.root)
        self.store = Store(project.build / "cache", self.digests, warn)

    def step(self, name: str, rest: Callable[[], Inputs], make: Callable[[], Any]) -> Any:
        """The kept value of a step, if all that it rests on is as it was; else it is made.

        Nothing is kept where something that it rests on changed while it was being made.
        """
        recipe = named_recipe(name, "")
        if (entry := self.store.find(recipe)) is not None:
            return entry.facts
        inputs = rest()
        value = make()
        if not changed(inputs, Digests(self.project.root)):
            self.store.keep(recipe, inputs, None, value)
        return value

    def tree(self, *paths: Path) -> Inputs:
        """Files and folders as inputs, a folder with all that lies in it; hidden ones are not."""
        files: dict[str, Any] = {}
        folders: dict[str, Any] = {}
        for path in paths:
            for found in (path, *_below(path)) if path.is_dir() else (path,):
                name = self.project.relative(found)
                if found.is_dir():
                    folders[name] = self.digests.folder(name)
                else:
                    files[name] = self.digests.file(name)
        return {"files": files, "folders": folders}


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if not path.name.startswith((".", "__pycache__")):
            yield path
            if path.is_dir():
                yield from _below(path)


def joined(*parts: Inputs) -> Inputs:
    """All inputs of several steps together.

    >>> joined({"files": {"a": "1"}}, {"files": {"b": None}, "folders": {}})
    {'files': {'a': '1', 'b': None}, 'folders': {}}
    """
    union: dict[str, dict[str, Any]] = {}
    for part in parts:
        for kind, values in part.items():
            found = union.setdefault(kind, {})
            for name, value in values.items():
                # modules: folder -> name of a module -> what could be it
                found[name] = found.get(name, {}) | value if kind == "modules" else value
    return union


def contents_mark(folder: Path, parts: Sequence[str]) -> str:
    """A checksum of the names and sizes of everything in some parts of a folder."""
    seen: dict[str, Any] = {}
    for part in parts:
        path = folder / part
        found = (path, *_all_files(path)) if path.is_dir() else (path,)
        seen |= {os.fspath(one): look(os.fspath(one)) for one in found}
    return digest(canonical(seen))


def contents_digest(folder: Path) -> str:
    """A checksum of the names and bytes of everything in a folder."""
    names = sorted(path.relative_to(folder).as_posix() for path in _all_files(folder))
    return digest(canonical({name: file_digest(os.fspath(folder / name)) for name in names}))


def _all_files(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names)


@contextmanager
def kept_results(project: Project, warn: Callable[[str], Any]) -> Iterator[Kept]:
    """For one call of the command: afterwards, room is made where too much is kept."""
    kept = Kept(project, warn)
    yield kept
    end_call(kept.store.folder, kept.store.used, project.cache_limit << 20)
