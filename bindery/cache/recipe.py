"""What was to be run: code, parameters, lock, packages, Python.

In parts, so that it can be said what changed.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bindery.cache.files import canonical, digest, file_digest

# of what is kept; another number makes everything that was kept before stale
FORMAT = 2
_BINDER = Path(__file__).absolute().parents[1]


@dataclass(frozen=True)
class Recipe:
    """The parts of a key, and the key."""

    parts: Mapping[str, Any]

    @property
    def key(self) -> str:
        return digest(canonical(self.parts))

    def with_parts(self, **parts: Any) -> Recipe:
        """The same in all other parts."""
        return Recipe({**self.parts, **parts})


def notebook_recipe(
    notebook: Path, parameters: Mapping[str, Any], lock: Path, variables: Mapping[str, str]
) -> Recipe:
    """Of a run; `variables` are those of the environment that the notebook's schema declares.

    Prose and outputs are no part of it. `lock` need not exist.
    """
    return Recipe(
        {
            "format": FORMAT,
            # a notebook is told its name, and its words are found by it
            "notebook": notebook.stem,
            "cells": code_cells(notebook.read_bytes()),
            "parameters": dict(parameters),
            "variables": dict(variables),
            "lock": digest(lock.read_bytes()) if lock.is_file() else None,
            "packages": installed_packages(),
            "python": python_version(),
            # a run tells which of its files it read, not that others would be read from elsewhere
            "binder": os.path.relpath(_BINDER, notebook.absolute().parent),
        }
    )


def named_recipe(name: str, inputs: str) -> Recipe:
    """Of a step that is no notebook; `inputs` is the checksum of all that it depends on.

    But for what is installed, and the code of this package.
    """
    return Recipe(
        {
            "format": FORMAT,
            "name": name,
            "inputs": inputs,
            "packages": installed_packages(),
            "python": python_version(),
            "binder": binder_digest(),
        }
    )


def drawing_recipe(drawing: str, lang: str, forms: Sequence[str]) -> Recipe:
    """Of one figure in one language, whatever run it comes from.

    `drawing` is the checksum of what says which chart draws what.
    """
    return named_recipe(f"drawing {lang} {' '.join(forms)}", drawing)


def code_cells(notebook: bytes) -> list[str]:
    """A checksum of each code cell and its tags, in their order.

    >>> markdown = {"cell_type": "markdown", "source": "a", "metadata": {}}
    >>> code = {"cell_type": "code", "source": ["x = 1"], "metadata": {}, "outputs": [1]}
    >>> cells = code_cells(json.dumps({"cells": [markdown, code]}).encode())
    >>> cells == code_cells(json.dumps({"cells": [code | {"outputs": []}]}).encode())
    True
    """
    return [
        digest(canonical(["".join(cell["source"]), cell.get("metadata", {}).get("tags", [])]))
        for cell in json.loads(notebook)["cells"]
        if cell["cell_type"] == "code"
    ]


@cache
def binder_digest() -> str:
    """Of all files of this package: in a work tree its version does not say what they are."""
    files = sorted(path for path in _BINDER.rglob("*") if path.is_file())
    kept = [path for path in files if "__pycache__" not in path.parts]
    return digest(canonical([[str(path), file_digest(str(path))] for path in kept]))


@cache
def installed_packages() -> dict[str, str]:
    """Name and version of what is installed: the lock says what should be.

    With the files that lead to packages elsewhere: these would be found without any change there.
    """
    found = {}
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                package, _, version = name.removesuffix(".dist-info").rpartition("-")
                # the first on the path is the one that is imported
                found.setdefault(package, version)
            elif name.endswith(".pth") or name.startswith("__editable__"):
                with contextlib.suppress(OSError):
                    found.setdefault(name, file_digest(os.path.join(folder, name))[:12])
    return found


def python_version() -> str:
    machine = os.uname()
    return f"{sys.implementation.name} {sys.version} {machine.sysname} {machine.machine}"


def differences(before: Mapping[str, Any], now: Mapping[str, Any], lock: str) -> list[str]:
    """In words, what another recipe would run otherwise; `lock` is what the file is called."""
    if before.get("format") != now.get("format"):
        return ["the kept results are of another version of bindery"]
    if before.get("notebook") != now.get("notebook"):
        return [f"notebook: {before.get('notebook')} -> {now.get('notebook')}"]
    reasons = _cells(before.get("cells", []), now.get("cells", []))
    for part, words in (
        ("parameters", "parameter"),
        ("variables", "variable"),
        ("packages", "installed package"),
    ):
        reasons += _mappings(words, before.get(part, {}), now.get(part, {}))
    reasons += _rows(before.get("rows", []), now.get("rows", []))
    if before.get("results") != now.get("results"):
        reasons.append("other results are asked for")
    if before.get("code") != now.get("code"):
        reasons.append("the code of bindery changed")
    if before.get("lock") != now.get("lock"):
        reasons.append(f"{lock} changed")
    if before.get("python") != now.get("python"):
        reasons.append("another Python or another machine")
    if before.get("binder") != now.get("binder"):
        reasons.append("another copy of bindery")
    return reasons


def _cells(before: list[str], now: list[str]) -> list[str]:
    if len(before) != len(now):
        return [f"the number of code cells: {len(before)} -> {len(now)}"]
    pairs = enumerate(zip(before, now, strict=True), start=1)
    return [f"code cell {number} changed" for number, (old, new) in pairs if old != new]


def _rows(before: list[str], now: list[str]) -> list[str]:
    """Of a sweep: checksums of the values of its rows, in their order."""
    changes = {"new": set(now) - set(before), "gone": set(before) - set(now)}
    told = [
        f"{len(found)} {'row is' if len(found) == 1 else 'rows are'} {word}"
        for word, found in changes.items()
        if found
    ]
    return told or ["another order of rows"] * (before != now)


def _mappings(words: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return [
        f"{words} {name}: {_shown(before, name)} -> {_shown(now, name)}"
        for name in [*before, *(name for name in now if name not in before)]
        if _shown(before, name) != _shown(now, name)
    ]


def _shown(values: Mapping[str, Any], name: str) -> str:
    if name not in values:
        return "none"
    value = values[name]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
