"""A project of a few files, whose one notebook is run in a watched process and kept."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bindery.cache.inputs import Digests
from bindery.cache.recipe import Recipe, notebook_recipe
from bindery.cache.room import end_call
from bindery.cache.status import Row, read_trace, remember, rows
from bindery.cache.store import Store

PACKAGE = str(Path(__file__).resolve().parents[3])
LOCK = "requirements.txt"
# what a kernel does, as far as the cache can tell: the cells in one namespace, one after another
_RUN = """
import json, os, sys
from bindery.cache import trace

settings, notebook, values = map(json.loads, sys.stdin.read().splitlines())
sys.path.insert(0, os.getcwd())
trace.install(settings)
names = {"RUN": settings["own"][0]}
for cell in notebook["cells"]:
    if cell["cell_type"] == "code":
        exec(compile(cell["source"], "cell", "exec"), names)
        if cell["metadata"].get("tags"):
            names.update(values)
"""
CELLS = (
    "factor = 2",
    "import os, colorsys\nfrom tools import sums\ntotal, first = sums.total(factor), sums.first()",
    "def late():\n    import late\n    return late.OFFSET\noffset = late()",
    "try:\n    extra = open('data/extra.csv').read()\nexcept FileNotFoundError:\n    extra = ''",
    "parts = sorted(os.listdir('data/parts'))\nflag = os.path.exists('data/flag')",
    "from bindery.cache.trace import unrecorded\nwith unrecorded():\n"
    "    words = open('book/figures.yml').read()",
    "import json\nwith open(os.path.join(RUN, 'out.json'), 'w') as stream:\n    json.dump("
    "[total, first, offset, extra, parts, flag, os.environ.get('REGION'), len(words) > 0], stream)",
)
FILES = {
    "data/income.csv": "hz,10\nxs,20\n",
    "data/parts/a.txt": "a",
    "tools/__init__.py": "",
    "tools/sums.py": (
        "from .parts import rows\n\n"
        "def total(factor):\n    return factor * sum(n for _, n in rows())\n\n"
        "def first():\n    return rows()[0][0]\n"
    ),
    "tools/parts.py": (
        "def rows():\n    lines = open('data/income.csv').read().split()\n"
        "    return [(name, int(n)) for name, n in (line.split(',') for line in lines)]\n"
    ),
    "late.py": "OFFSET = 1\n",
    "book/figures.yml": "title: one\n",
    LOCK: "numpy==2.4.1\n",
}


def notebook(cells: Sequence[str], prose: str = "Some words.") -> dict[str, Any]:
    """A notebook whose first cell holds the parameters."""
    made = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": []} for source in cells
    ]
    made[0]["metadata"] = {"tags": ["parameters"]}
    return {"cells": [{"cell_type": "markdown", "source": prose, "metadata": {}}, *made]}


@dataclass
class Book:
    """A project with one page, and what its builds said."""

    root: Path
    values: dict[str, Any] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    limit: int = 1 << 30

    @property
    def cache(self) -> Path:
        return self.root / "_build" / "cache"

    @property
    def notebook(self) -> Path:
        return self.root / "notebooks" / "page.ipynb"

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def set_cells(self, *cells: str, prose: str = "Some words.") -> None:
        self.write("notebooks/page.ipynb", json.dumps(notebook(cells, prose)))

    def store(self) -> Store:
        return Store(self.cache, Digests(self.root), self.warnings.append)

    def recipe(self) -> Recipe:
        defaults = {"factor": 2}
        values = defaults | self.values
        return notebook_recipe(self.notebook, values, self.root / LOCK, self.variables)

    def status(self) -> Row:
        return rows(self.store(), [("page", "page", self.recipe())], LOCK, lambda run: [])[0]

    def build(self) -> tuple[bool, Any]:
        """Whether the notebook ran, and what it published."""
        store, recipe, folder = self.store(), self.recipe(), self.root / "_build" / "page"
        shutil.rmtree(folder, ignore_errors=True)
        entry = store.find(recipe)
        if ran := not (entry and store.restore(entry, folder)):
            folder.mkdir(parents=True)
            inputs, reasons = self.run(folder)
            remember(store, "page", recipe, inputs, 1.5, reasons)
            if not reasons:
                store.keep(recipe, inputs, folder, {"seconds": 1.5})
        else:
            remember(store, "page", recipe, entry.inputs, entry.facts["seconds"])
        end_call(store.folder, store.used, self.limit)
        published = folder / "out.json"
        return ran, json.loads(published.read_text()) if published.exists() else None

    def run(self, folder: Path) -> tuple[Mapping[str, Any], list[str]]:
        """Run the cells in a process of their own; what they read, and why it may not be kept."""
        scratch = self.root / "_build" / "scratch"
        scratch.mkdir(exist_ok=True)
        told = self.root / "_build" / "trace.json"
        told.unlink(missing_ok=True)
        settings = {
            "root": str(self.root),
            "file": str(told),
            "own": [str(folder), str(scratch)],
            "code": str(self.cache / "code"),
        }
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        given = (settings, json.loads(self.notebook.read_text()), self.values)
        done = subprocess.run(
            [sys.executable, "-c", _RUN],
            input="\n".join(map(json.dumps, given)),
            cwd=self.root,
            env=kept | {"PYTHONPATH": PACKAGE, "TMPDIR": str(scratch)} | self.variables,
            capture_output=True,
            text=True,
            timeout=120,
        )
        self.said = done.stderr
        return read_trace(told)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book that was not built yet; its path has a space and signs that are not ASCII."""
    made = Book(tmp_path / "a 书")
    for name, text in FILES.items():
        made.write(name, text)
    made.set_cells(*CELLS)
    return made


@pytest.fixture
def reasons(book: Book) -> Callable[..., list[str]]:
    """Runs cells after an empty first one; tells why the run may not be kept."""

    def run(*cells: str) -> list[str]:
        book.set_cells("factor = 2", *cells)
        folder = book.root / "_build" / "page"
        folder.mkdir(parents=True, exist_ok=True)
        book.inputs, why = book.run(folder)
        assert book.said == ""
        return why

    return run
