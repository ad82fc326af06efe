"""What one version of a book published, in one small file of text: equal content is equal bytes.

`results`, `figures` and `tables` by their ids, `rows` of the data by theirs, and of each page what
its run rests on. Rows, parameters and checksums of code are there to say why something moved.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bindery.cache.files import canonical, digest
from bindery.cache.inputs import Inputs
from bindery.cache.recipe import code_cells
from bindery.collect import Book, cells_digest
from bindery.datarows import DataTable, read_tables
from bindery.faults import BinderyError
from bindery.identifiers import published_id
from bindery.project import LANGUAGES, Project
from bindery.record import FIGURE_DATA

FORMAT = 1
_BINDER = Path(__file__).absolute().parents[1]
# what a reader sees of a result, kept as it was: the words of units and kinds may change
_SHOWN = ("label", "text", "point", "interval", "kind")

Snapshot = Mapping[str, Any]


def book_snapshot(book: Book) -> Snapshot:
    """What is kept of a book that has just been run."""
    project, publication = book.project, book.publication
    tables = read_tables(project)
    lock = project.root / project.lock
    made = {
        "format": FORMAT,
        "version": publication["version"],
        "date": publication.get("date", ""),
        "lock": digest(lock.read_bytes()) if lock.is_file() else "",
        "results": _results(book),
        "figures": dict(_figures(book)),
        "tables": dict(_tables(book)),
        "data": {
            name: {"file": table.file, "columns": list(table.columns)}
            for name, table in tables.items()
        },
        "rows": {row: list(cells) for one in tables.values() for row, cells in one.rows.items()},
        **_pages(book, tables),
    }
    return made | {"sha256": _checksum(made)}


def _checksum(snapshot: Snapshot) -> str:
    return digest(canonical({key: part for key, part in snapshot.items() if key != "sha256"}))


def _results(book: Book) -> dict[str, Any]:
    shown = book.shown_results
    return {
        identifier: {
            **{key: value for key, value in result.items() if key not in ("id", "local")},
            "grade": book.grade(result["sources"]),
            "words": {
                lang: {key: shown[lang][identifier][key] for key in _SHOWN} for lang in LANGUAGES
            },
        }
        for identifier, result in book.results.items()
    }


def _figures(book: Book) -> Iterator[tuple[str, dict[str, Any]]]:
    for identifier, sheet in book.figure_sheets.items():
        titles = {lang: {"title": sheet["words"][lang]["title"]} for lang in LANGUAGES}
        told = {"page": sheet["page"], "sources": sheet["sources"], "words": titles}
        yield identifier, told | {"sha256": sheet["files"][FIGURE_DATA]}


def _tables(book: Book) -> Iterator[tuple[str, dict[str, Any]]]:
    for page in book.pages:
        for local, facts in book.records[page.name].published("table").items():
            titles = {
                lang: {"title": book.words(page, "tables", local, lang)["title"]}
                for lang in LANGUAGES
            }
            told = {"page": page.name, "sources": facts["sources"], "words": titles}
            yield published_id(page.name, local), told | {"sha256": cells_digest(facts)}


def _pages(book: Book, tables: Mapping[str, DataTable]) -> dict[str, Any]:
    """Of each page its code, its parameters, and which files its run read.

    `read` is None where not all that a run read is known. `files` holds the checksums of these
    files, once for all pages; not of data tables, of which the rows are kept.
    """
    pages: dict[str, Any] = {}
    files: dict[str, str] = {}
    for page in book.pages:
        notebook = book.project.notebooks / f"{page.notebook}.ipynb"
        inputs = book.records[page.name].inputs
        read = None if inputs is None else _files_read(book.project, inputs)
        files |= read or {}
        pages[page.name] = {
            "notebook": page.notebook,
            "cells": digest(canonical(code_cells(notebook.read_bytes()))),
            "parameters": dict(page.parameters.values),
            "read": None if read is None else sorted({_called(name) for name in read}),
        }
    data = {table.file for table in tables.values()}
    own = {name: checksum for name, checksum in files.items() if _called(name) != name}
    others = {name: checksum for name, checksum in files.items() if name not in {*own, *data}}
    return {"pages": pages, "files": {**others, _BINDER.name: digest(canonical(own))}}


def _files_read(project: Project, inputs: Inputs) -> dict[str, str]:
    """The checksums of what a run read, by the names that the files have on every machine."""
    found = {}
    for name, checksum in inputs["files"].items():
        path = project.root / name
        if path.is_relative_to(_BINDER):
            found[f"{_BINDER.name}:{path.relative_to(_BINDER).as_posix()}"] = checksum
        # the binder reads its settings there
        elif checksum and name != "pyproject.toml" and not Path(name).is_absolute():
            found[name] = checksum
    return found


def _called(name: str) -> str:
    """What a file is called in a snapshot: of the binder's own code all is one."""
    return _BINDER.name if name.startswith(f"{_BINDER.name}:") else name


def snapshot_text(snapshot: Snapshot) -> str:
    """The file of a snapshot: each result, figure, table and row is a line."""
    parts = [f"{json.dumps(key)}: {_laid_out(snapshot[key])}" for key in sorted(snapshot)]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _laid_out(part: Any) -> str:
    if not isinstance(part, Mapping) or not part:
        return _line(part)
    return "{\n" + ",\n".join(f"{_line(key)}: {_line(part[key])}" for key in sorted(part)) + "\n}"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)


def read_snapshot(file: Path, name: str, remedy: str) -> Snapshot:
    """A snapshot of this format, whole; `name` is what an error calls the file."""
    allowed = "a snapshot as bindery wrote it"
    try:
        snapshot = json.loads(file.read_bytes())
        found = snapshot["format"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        said = f"no snapshot ({error})"
        raise BinderyError(f"{name}: found {said}; allowed: {allowed}; {remedy}") from None
    if found != FORMAT:
        raise BinderyError(
            f"{name}: found a snapshot of format {found!r}; allowed: format {FORMAT}; "
            "use the version of bindery that wrote it"
        )
    if snapshot.get("sha256") != _checksum(snapshot):
        raise BinderyError(
            f"{name}: found content that its checksum does not fit; allowed: {allowed}; {remedy}"
        )
    return snapshot
