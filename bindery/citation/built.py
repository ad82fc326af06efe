"""Find what is cited: the book, a data table, or what the built book publishes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bindery.cache.files import digest, file_digest
from bindery.citation.facts import (
    BOOK,
    DATA,
    FIGURE,
    RESULT,
    TABLE,
    Cited,
    period_of,
    result_content,
)
from bindery.faults import BinderyError, nearest
from bindery.project import Project
from bindery.publication import read_publication
from bindery.versions.shelf import holds, published_version
from bindery.words import read_labels

DATA_PREFIX = "data/"
_REMEDY = "run: bindery build"


def find_cited(project: Project, identifier: str, lang: str, accessed: date | None = None) -> Cited:
    """The thing of an id, `data/<name>` for a data table, the book for no id.

    Raises BinderyError where the id is not known, or the book is not built and has to be.
    """
    publication = read_publication(project)
    if not identifier:
        return Cited(BOOK, "", lang, publication["title"][lang], publication, accessed=accessed)
    if identifier.startswith(DATA_PREFIX):
        kind, (title, content, published) = DATA, _data_table(project, identifier, lang)
    else:
        kind, (title, content, published) = _part(project, identifier, lang)
    cited = Cited(kind, identifier, lang, title, publication, content, published, accessed)
    return replace(cited, kept=holds(published_version(project, publication["version"]), cited))


def _part(
    project: Project, identifier: str, lang: str
) -> tuple[str, tuple[str, str, Mapping[str, Any]]]:
    """A figure, a table or a result: its kind, title, checksum and what is told of it."""
    figures = published_figures(project)
    results, tables = (_entries(project, f"{name}.json") for name in ("results", "tables"))
    if identifier in figures:
        content, told = _sheet(project, identifier)
        kind, title = FIGURE, "title"
    elif identifier in tables:
        table = tables[identifier]
        latex = {"latex": _text(project, f"tables/{identifier}/{lang}.tex")}
        kind, title, content, told = TABLE, "title", table["sha256"], table | latex
    elif identifier in results:
        result = results[identifier]
        kind, title, content, told = RESULT, "label", result_content(result), result
    else:
        hint = nearest(identifier, [*figures, *tables, *results, *_resources(project)])
        raise BinderyError(f"{identifier}: nothing of this id is published; {hint}")
    names = told.get("results", ())
    if lost := [name for name in names if name not in results]:
        raise damaged(project, "results.json", f"no result {', '.join(lost)}")
    named = [results[name] for name in names]
    published = told | {"results": named, "labels": read_labels(project)}
    return kind, (told["words"][lang][title], content, published)


def published_figures(project: Project) -> list[str]:
    """The ids of all figures of the built book."""
    folder = project.build / "figures"
    if not folder.is_dir():
        raise BinderyError(
            f"{project.relative(folder)}: there is no such folder, because no book is built yet; "
            f"{_REMEDY}"
        )
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def _sheet(project: Project, identifier: str) -> tuple[str, dict[str, Any]]:
    """The checksum of the data of a figure, and its sheet, with how many rows of which years."""
    sheet = read_published(project, f"figures/{identifier}/figure.json")
    name = f"figures/{identifier}/data.csv"
    try:
        content = (project.build / name).read_bytes()
        # newline: a cell may hold one
        head, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    except (OSError, ValueError):
        raise damaged(project, name, "no CSV file") from None
    return digest(content), sheet | {"rows": len(rows), "period": period_of(head, rows)}


def _entries(project: Project, name: str) -> dict[str, dict[str, Any]]:
    """The entries of a list of the book, by their id."""
    entries = read_published(project, name)
    if not all("words" in entry for entry in entries):
        raise damaged(project, name, "entries without words")
    return {entry["id"]: entry for entry in entries}


def _text(project: Project, name: str) -> str:
    try:
        return (project.build / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise damaged(project, name, "no such file") from None
    except ValueError:
        raise damaged(project, name, "no text") from None


def read_published(project: Project, name: str) -> Any:
    """What a JSON file of the built book holds."""
    try:
        return json.loads(_text(project, name))
    except ValueError:
        raise damaged(project, name, "no JSON") from None


def damaged(project: Project, name: str, found: str) -> BinderyError:
    """What to say of a file of the built book that is not as the build writes it."""
    return BinderyError(
        f"{project.relative(project.build / name)}: found {found}; allowed: the file as the build "
        f"writes it; {_REMEDY}"
    )


def _data_table(project: Project, identifier: str, lang: str) -> tuple[str, str, Mapping[str, Any]]:
    resources = _resources(project)
    if identifier not in resources:
        raise BinderyError(
            f"{identifier}: there is no such data table; {nearest(identifier, list(resources))}"
        )
    resource = resources[identifier]
    file = project.data / resource["path"]
    try:
        content = file_digest(str(file))
    except FileNotFoundError:
        raise BinderyError(
            f"{project.relative(file)}: there is no such file, but datapackage.json names it"
        ) from None
    return resource["title" if lang == "en" else f"title_{lang}"], content, resource


def _resources(project: Project) -> dict[str, dict[str, Any]]:
    """The data tables as the data package lists them, by the ids under which they are cited."""
    file = project.data / "datapackage.json"
    try:
        package = json.loads(file.read_text(encoding="utf-8"))
        return {f"{DATA_PREFIX}{resource['name']}": resource for resource in package["resources"]}
    except FileNotFoundError:
        raise BinderyError(f"{project.relative(file)}: there is no such file") from None
    except (ValueError, KeyError):
        raise BinderyError(
            f"{project.relative(file)}: found no data package; run: bindery check"
        ) from None
