"""The published tables as files: rows for programs as CSV, what a reader sees as LaTeX."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bindery.cache.files import digest, write_whole
from bindery.citation.facts import TABLE, Cited, period_of
from bindery.citation.latex import table_float
from bindery.collect import Book, cells_digest, sheet
from bindery.facts import table_facts
from bindery.fields import field
from bindery.identifiers import published_id
from bindery.pages import Page
from bindery.project import LANGUAGES
from bindery.record import canonical_json
from bindery.tabular import table_texts

# of an interval, beside its estimate; whether an end belongs to it is told only where one does not
_ENDS = ("low", "high", "kind")
_CLOSED = ("low_closed", "high_closed")


def write_tables(book: Book, folder: Path) -> None:
    """`tables/<id>/` with the files of each table, and `tables.json`, which tells of all."""
    tables = []
    for page in book.pages:
        for local, made in book.records[page.name].published("table").items():
            identifier = published_id(page.name, local)
            columns = book.registry.entry(page.notebook, "tables", local).get("columns", {})
            told = sheet(book, page, "tables", local, made) | {
                "head": {
                    lang: table_texts(
                        {"columns": made["columns"], "rows": []}, columns, book.labels, lang
                    )[0]
                    for lang in LANGUAGES
                },
                "rows": len(made["rows"]),
                "period": period_of(made["columns"], made["rows"]),
                "sha256": cells_digest(made),
            }
            parts = _columns(made)
            rows = [_plain_row(parts, made["columns"], row) for row in made["rows"]]
            files = {"data.csv": _csv([name for name, _, _ in parts], rows)} | {
                f"{lang}.tex": _latex(book, page, made, identifier, told, lang)
                for lang in LANGUAGES
            }
            for name, content in files.items():
                write_whole(folder / "tables" / identifier / name, content)
            tables.append(
                told
                | {
                    "files": {name: digest(content) for name, content in files.items()},
                    "fields": [
                        field(
                            *(book.labels, name, [row[place] for row in rows]),
                            *(_look(columns.get(column, {}), part), column, part),
                        )
                        for place, (name, column, part) in enumerate(parts)
                    ],
                }
            )
    write_whole(folder / "tables.json", canonical_json(tables))


def _columns(made: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The columns of the file: name, column of the table, and which part of its intervals."""
    columns = []
    for place, column in enumerate(made["columns"]):
        columns.append((column, column, ""))
        intervals = [row[place] for row in made["rows"] if isinstance(row[place], Mapping)]
        parts = _ENDS if intervals else ()
        if not all(interval[end] for interval in intervals for end in _CLOSED):
            parts = (*parts, *_CLOSED)
        columns += [(f"{column}_{part}", column, part) for part in parts]
    return columns


def _look(look: Mapping[str, Any], part: str) -> dict[str, Any]:
    """The unit of a column of the file: kinds and the like have none."""
    return {"unit": look["unit"]} if "unit" in look and part in ("", "low", "high") else {}


def _plain_row(
    parts: Sequence[tuple[str, str, str]], columns: Sequence[str], row: Sequence[Any]
) -> list[Any]:
    """A row of the file: values as they were published, not as they are shown."""
    cells = dict(zip(columns, row, strict=True))
    return [_plain(cells[column], part) for _, column, part in parts]


def _plain(cell: Any, part: str) -> Any:
    if isinstance(cell, Mapping):
        return cell[part or "value"]
    # a bare number among intervals is its own estimate and both its ends, and has no kind
    if part == "kind" or cell is None:
        return None
    return True if part in _CLOSED else cell


def _csv(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Nothing stands where there is no value."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(str(cell).lower() if isinstance(cell, bool) else cell for cell in row)
    return text.getvalue()


def _latex(
    book: Book,
    page: Page,
    made: Mapping[str, Any],
    identifier: str,
    told: Mapping[str, Any],
    lang: str,
) -> str:
    facts = table_facts(book, page, made, lang)
    cited = Cited(TABLE, identifier, lang, facts["title"], book.publication, told["sha256"], told)
    return table_float(cited, facts)
