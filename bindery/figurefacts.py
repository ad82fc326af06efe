"""What is told of a figure in one language: on the page that draws it, and on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bindery.citation.facts import FIGURE, LINKED_GRADES, Cited, period_of
from bindery.citation.formats import FORMATS
from bindery.citation.highwire import citation_tags
from bindery.citation.jsonld import figure_graph, script_text
from bindery.collect import FIGURE_SHEET, Book
from bindery.identifiers import published_id
from bindery.pages import Page
from bindery.record import FIGURE_DATA
from bindery.registers import source_lines
from bindery.tabular import cell_text, numeric_columns
from bindery.versions.shelf import holds
from bindery.words import label, word


def figure_facts(book: Book, page: Page, drawn: Mapping[str, Any], lang: str) -> dict[str, Any]:
    sheet = book.figure_sheets[published_id(page.name, drawn["id"])]
    cited = _cited(book, sheet, drawn, lang)
    files = sorted([*sheet["files"], *book.drawn])
    sources = [book.sources[identifier] for identifier in drawn["sources"]]
    return {
        **sheet["words"][lang],
        **{key: sheet[key] for key in ("page", "notebook", "chart")},
        "doubt": _doubt(sheet["grade"], lang),
        "files": [*files, FIGURE_SHEET],
        "cell": book.drawing_cells.get(sheet["id"]),
        "table": _drawn_table(book, drawn, lang),
        "source_column": drawn["columns"].index("source_id"),
        "sources": source_lines(book, drawn["sources"], lang),
        "content": {"mark": cited.mark, "checksum": cited.content},
        "address": cited.address,
        "version": _version(cited),
        "citations": {form: write(cited) for form, write in FORMATS.items()},
        "head": {
            "tags": citation_tags(cited),
            "graph": script_text(figure_graph(cited, files, sources)),
        },
    }


def _cited(book: Book, sheet: Mapping[str, Any], drawn: Mapping[str, Any], lang: str) -> Cited:
    """What `bindery cite` finds in the built book, before it is built."""
    published = {
        **sheet,
        "rows": len(drawn["rows"]),
        "period": period_of(drawn["columns"], drawn["rows"]),
        "results": [book.result_entries[name] for name in sheet["results"]],
        "labels": book.labels,
    }
    title, content = sheet["words"][lang]["title"], sheet["files"][FIGURE_DATA]
    cited = Cited(FIGURE, sheet["id"], lang, title, book.publication, content, published)
    return replace(cited, kept=holds(book.history.current, cited))


def _version(cited: Cited) -> dict[str, str]:
    """The version that holds the figure as it is here; nothing while it is not published."""
    if not cited.kept:
        return {}
    called = word("by_version", cited.lang).format(cited.publication["version"])
    address = cited.permalink if cited.address else ""
    return {"text": called, "place": cited.version_place, "address": address}


def _doubt(grade: str, lang: str) -> str:
    """The grade of the weakest source, where that is a copy or a secondary text."""
    doubtful = grade and grade not in LINKED_GRADES
    return word("weakest_grade", lang).format(grade) if doubtful else ""


def _drawn_table(book: Book, drawn: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The data of a figure as a table; its numbers as they stand in the CSV."""
    return {
        "head": [label(book.labels, "columns", column, lang) for column in drawn["columns"]],
        "rows": [[cell_text(cell, {}, book.labels, lang) for cell in row] for row in drawn["rows"]],
        "numeric": numeric_columns(drawn["rows"]) or [False] * len(drawn["columns"]),
    }
