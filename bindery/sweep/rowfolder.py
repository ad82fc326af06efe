"""The folder of one row: its executed notebook and its figures, beside what it published."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat

from bindery.cache.files import write_whole
from bindery.collect import Book
from bindery.execute import EXECUTED
from bindery.executed import illustrated_notebook, worded_notebook
from bindery.figures import draw_figures
from bindery.kept import Kept
from bindery.pages import Page
from bindery.parameters import read_parameters
from bindery.plan import Plan
from bindery.project import Project
from bindery.publish import remove
from bindery.record import RunRecord, canonical_json
from bindery.registry import Registry, read_registry
from bindery.warmfork import WarmParent
from bindery.words import read_labels

# below the folder of a sweep: the folders of rows, and of rows that are being made
NOTEBOOKS, WORK = "notebooks", "work"
_RUN = "run.json"


def complete_folder(
    kept: Kept, plan: Plan, key: str, record: RunRecord, parent: WarmParent
) -> None:
    """Make of the folder of a run what a person reads: figures, words, what it was run with.

    All in the language of the row, which is one of its parameters.
    """
    page = Page(plan.page, read_parameters(kept.project, plan.notebook, plan.given))
    draw_figures(kept, parent, record, [page.parameters.lang])
    registry, labels = _words(kept.project, kept.project.registry.read_bytes())
    book = Book(kept.project, registry, labels, [page], {page.name: record})
    book.require_words()
    executed = illustrated_notebook(record, page, worded_notebook(book, page))
    nbformat.write(executed, record.folder / EXECUTED)
    remove(record.folder / "drawings")
    said = {
        "key": key,
        "notebook": plan.notebook,
        "parameters": dict(plan.values),
        "seconds": round(record.seconds, 2),
        "engine": record.engine,
    }
    write_whole(record.folder / _RUN, canonical_json(said))


@lru_cache(maxsize=2)
def _words(project: Project, _content: bytes) -> tuple[Registry, Any]:
    return read_registry(project), read_labels(project)


def row_folder(out: Path, row: int) -> Path:
    return out / NOTEBOOKS / str(row)


def settle_folder(folder: Path, out: Path, row: int) -> None:
    """Move a finished folder to its place, which never holds half of one."""
    target = row_folder(out, row)
    remove(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(target)


def holds_row(out: Path, row: int, key: str) -> bool:
    """Whether the folder of a row is there, and of this run."""
    try:
        return json.loads((row_folder(out, row) / _RUN).read_bytes())["key"] == key
    except (OSError, ValueError, LookupError, TypeError):
        return False


def tidy_folders(out: Path, is_of_row: Callable[[int], bool]) -> None:
    """Take away the folders of rows that are others by now."""
    for folder in list((out / NOTEBOOKS).glob("*")):
        if not (folder.name.isdecimal() and is_of_row(int(folder.name))):
            remove(folder)
