"""What a run read, against what is there now; bytes are compared, never times.

Inputs are a mapping that JSON can hold. `files`: path -> checksum, or null for a file that was
looked for and absent. `folders`: path -> the names in it, or of very many their checksum. `seen`:
path -> what a look at it told, without its bytes. `modules`: folder -> name of a module that was
looked for -> the entries of the folder that could be it. Paths are relative to the project, or
whole.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from importlib.machinery import all_suffixes
from typing import Any

from bindery.cache.files import canonical, digest, file_digest

Inputs = Mapping[str, Mapping[str, Any]]
KINDS = ("files", "folders", "seen", "modules")
UNREADABLE = "unreadable"
_MANY = 500
# other processes come and go in these; nothing that is computed depends on them
_NOT_LISTED = {"__pycache__", ".ipynb_checkpoints"}


def look(path: str) -> str | None:
    """That a path is a folder, or a file of so many bytes; None where nothing is there.

    Of a link also where it leads: that may be all that a program wants to know.
    """
    try:
        found = os.lstat(path)
        if stat.S_ISLNK(found.st_mode):
            return f"link {os.readlink(path)}: {look(os.path.realpath(path))}"
    except OSError:
        return None
    if stat.S_ISDIR(found.st_mode):
        return "folder"
    return f"file {found.st_size}" if stat.S_ISREG(found.st_mode) else "other"


def read_digest(path: str) -> str | None:
    """The checksum of a file; None where there is none."""
    try:
        return file_digest(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return UNREADABLE


def names_in(path: str) -> list[str] | None:
    """The names in a folder, those of folders with a stroke; None where there is no folder."""
    try:
        with os.scandir(path) as entries:
            names = [
                entry.name + ("/" if entry.is_dir() else "")
                for entry in entries
                if entry.name not in _NOT_LISTED
            ]
    except OSError:
        return None
    return sorted(names)


def listing(names: list[str] | None) -> list[str] | str | None:
    """What is kept of the names in a folder: few are kept as they are, to say what is new."""
    return names if names is None or len(names) <= _MANY else digest(canonical(names))


class Digests:
    """Looks everything up once; what all pages of one call of the command share."""

    def __init__(self, root: str | os.PathLike[str]):
        self.root = os.fspath(root)
        self._kept: dict[tuple[Callable, str], Any] = {}

    def _once(self, function: Callable, path: str) -> Any:
        key = function, path
        if key not in self._kept:
            self._kept[key] = function(os.path.join(self.root, path))
        return self._kept[key]

    def forget(self, path: str) -> None:
        """To be called where this call of the command has written a file."""
        for function in (read_digest, look):
            self._kept.pop((function, path), None)

    def file(self, path: str) -> str | None:
        return self._once(read_digest, path)

    def folder(self, path: str) -> list[str] | str | None:
        return listing(self._once(names_in, path))

    def seen(self, path: str) -> str | None:
        return self._once(look, path)

    def candidates(self, folder: str, module: str) -> list[str]:
        """The entries of a folder that an import of this module could find."""
        found = self._once(lookup_table, folder).get(module, [])
        return [self._package(folder, name) if name.endswith("/") else name for name in found]

    def _package(self, folder: str, name: str) -> str:
        # a folder without this file is found only where nothing else has the name
        start = f"{name}__init__.py"
        return start if self.seen(os.path.join(folder, start)) else name


_SUFFIXES = tuple(sorted(all_suffixes(), key=len, reverse=True))


def lookup_table(folder: str) -> dict[str, list[str]]:
    """The names of modules that a folder could give, with the entries behind each.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("a.py", "b.txt", "c.cpython-311-x86_64-linux-gnu.so"):
    ...         pathlib.Path(folder, name).touch()
    ...     pathlib.Path(folder, "a").mkdir()
    ...     sorted(lookup_table(folder)["a"])
    ['a.py', 'a/']
    """
    found: dict[str, list[str]] = {}
    for name in names_in(folder) or ():
        if name.endswith("/"):
            found.setdefault(name[:-1], []).append(name)
            continue
        suffix = next((suffix for suffix in _SUFFIXES if name.endswith(suffix)), None)
        if suffix:
            found.setdefault(name[: -len(suffix)], []).append(name)
    return found


def changed(inputs: Inputs, digests: Digests) -> list[str]:
    """In words, what is not as it was when the run read it; empty where everything is."""
    reasons = []
    for path, before in inputs.get("files", {}).items():
        if (now := digests.file(path)) != before:
            reasons.append(_difference(path, before, now))
    for path, before in inputs.get("folders", {}).items():
        if (now := digests.folder(path)) != before:
            reasons += _listed_otherwise(path, before, now)
    for path, before in inputs.get("seen", {}).items():
        if (now := digests.seen(path)) != before:
            reasons.append(_difference(path, before, now))
    for folder, modules in inputs.get("modules", {}).items():
        for module, before in modules.items():
            now = digests.candidates(folder, module)
            if now != before:
                reasons += _found_otherwise(folder, before, now)
    return reasons


def _difference(path: str, before: str | None, now: str | None) -> str:
    if before is None:
        return f"{path} now exists"
    return f"{path} is gone" if now is None else f"{path} changed"


def _listed_otherwise(path: str, before: Any, now: Any) -> list[str]:
    place = f"{path.rstrip('/')}/" if path else "the project's folder"
    if not isinstance(before, list) or not isinstance(now, list):
        return [f"the names in {place} changed" if before and now else f"{place} is gone"]
    new = [f"a new file in {place}: {name}" for name in now if name not in before]
    return new + [f"a file less in {place}: {name}" for name in before if name not in now]


def _found_otherwise(folder: str, before: list[str], now: list[str]) -> list[str]:
    new = [f"{os.path.join(folder, name)} now exists" for name in now if name not in before]
    return new + [f"{os.path.join(folder, name)} is gone" for name in before if name not in now]
