"""Where a project lies, and what its `[tool.bindery]` says."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from importlib import import_module
from pathlib import Path
from typing import Any

from bindery.faults import BinderyError, Fault, nearest

LANGUAGES = ("en", "zh")

# what a setting must be where it is no text
_SHAPES: dict[str, tuple[type, str]] = {
    "cell_timeout": (int, "a whole number of seconds"),
    "memory_limit": (int, "a whole number of megabytes"),
    "cache_limit": (int, "a whole number of megabytes"),
    "preload": (list, "a list of names of modules"),
}


@dataclass(frozen=True)
class Project:
    """A folder with a `pyproject.toml` that has a `[tool.bindery]` table."""

    root: Path
    data: Path
    notebooks: Path
    prose: Path
    checks: str = ""
    labels: str = ""
    style: Path | None = None
    fonts: Path | None = None
    sources: str = "sources"
    # seconds that a cell may take, and megabytes that a notebook may use
    cell_timeout: int = 600
    memory_limit: int = 4096
    # what is installed, and how many megabytes of results are kept
    lock: str = "requirements.txt"
    cache_limit: int = 2000
    # installed modules that the warm parent of all notebooks imports, once
    preload: tuple[str, ...] = ()

    @property
    def build(self) -> Path:
        return self.root / "_build"

    @property
    def registry(self) -> Path:
        return self.prose / "figures.yml"

    def relative(self, path: Path) -> str:
        """A path as people name it: from the project's root, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def attribute(self, reference: str) -> Any:
        """The object that `module:name` refers to, imported from this project.

        The project's own folder comes first, so that a copy of the project runs its own code
        even where another copy is installed.
        """
        if str(self.root) not in sys.path[:1]:
            sys.path.insert(0, str(self.root))
        module, _, name = reference.partition(":")
        try:
            with _from_source():
                return getattr(import_module(module), name)
        except (ImportError, AttributeError, ValueError) as error:
            raise BinderyError(
                f"pyproject.toml, [tool.bindery]: cannot find {reference!r} ({error}); "
                "allowed: module:name"
            ) from None


@contextmanager
def _from_source() -> Iterator[None]:
    """Import what is new from its source.

    An edit of the same size in the same second leaves bytecode that Python takes for current.
    """
    before = sys.pycache_prefix, sys.dont_write_bytecode
    # a folder that is not there holds no bytecode
    sys.pycache_prefix, sys.dont_write_bytecode = os.path.join(os.devnull, "none"), True
    try:
        yield
    finally:
        sys.pycache_prefix, sys.dont_write_bytecode = before


def find_project(start: Path | None = None) -> Project:
    """The project that `start` (by default the working folder) belongs to."""
    start = Path(start or os.environ.get("BINDERY_PROJECT") or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        if file.is_file():
            try:
                settings = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {})
            except ValueError as error:
                raise BinderyError(f"{file}: not readable as TOML: {error}") from None
            if "bindery" in settings:
                return _project(folder, settings["bindery"])
    raise BinderyError(
        f"{start}: no pyproject.toml with a [tool.bindery] table here or in a folder above. "
        "Call bindery from inside a project."
    )


def _project(root: Path, settings: dict[str, Any]) -> Project:
    known = {field.name: field for field in fields(Project) if field.name != "root"}
    faults = []
    for name in settings:
        if name not in known:
            allowed = "a setting of [tool.bindery]"
            faults.append(Fault("pyproject.toml", repr(name), allowed, nearest(name, list(known))))
        elif type(settings[name]) is not _SHAPES.get(name, (str, ""))[0]:
            allowed = _SHAPES.get(name, (str, "a text"))[1]
            faults.append(Fault("pyproject.toml", f"{name} = {settings[name]!r}", allowed))
    for name in ("data", "notebooks", "prose"):
        if name not in settings:
            faults.append(Fault("pyproject.toml", f"no {name}", "a folder", f'{name} = "{name}"'))
    if faults:
        raise BinderyError("[tool.bindery] cannot be read", faults)
    folders = {"data", "notebooks", "prose", "style", "fonts"}
    return Project(
        root,
        **{
            name: root / value
            if name in folders
            else tuple(value)
            if isinstance(value, list)
            else value
            for name, value in settings.items()
        },
    )
