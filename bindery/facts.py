"""What the pages of one edition say: every generated word and number, ready to be set.

The page maker (`bindery.sphinx`) reads these facts from `bindery.json` in the stage and only
sets them; whatever needs a decision, a unit or a language is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from typing import Any

from bindery.citation.facts import BOOK, Cited
from bindery.citation.highwire import citation_tags
from bindery.citation.jsonld import book_graph, script_text
from bindery.collect import Book
from bindery.figurefacts import figure_facts
from bindery.identifiers import published_id
from bindery.pages import Page
from bindery.record import source_ids
from bindery.registers import (
    benchmark_facts,
    dictionary_facts,
    source_facts,
    source_lines,
)
from bindery.registry import SLOT
from bindery.rerun import parameter_facts
from bindery.subjects import Subjects, column_place
from bindery.sweep.shown import measured_costs, sweep_facts
from bindery.tabular import cell_text, numeric_columns, table_texts
from bindery.versions.facts import version_facts
from bindery.words import WORDS, label, word


def edition_facts(book: Book, lang: str) -> dict[str, Any]:
    """All facts of an edition, by what the pages ask for."""
    facts: dict[str, Any] = {
        "lang": lang,
        "address": book.publication.get("address", "").rstrip("/"),
        "head": _book_head(book, lang),
        "words": {key: words[lang] for key, words in WORDS.items()},
        "figures": {},
        # the entries lose their order where the facts are written
        "figure_order": [
            published_id(page.name, local)
            for page in book.pages
            for local in book.records[page.name].published("figure")
        ],
        "tables": {},
        "notes": {},
        "refusals": {},
        "parameters": {},
        "results": book.shown_results[lang],
        "sources": source_facts(book, lang),
        "dictionary": dictionary_facts(book, lang),
        "benchmarks": benchmark_facts(book, lang),
        "versions": version_facts(book.history, lang),
        "sweeps": sweep_facts(book, lang),
        "sweep_costs": measured_costs(book),
    }
    makers = {"figure": figure_facts, "table": table_facts, "note": _note, "refusal": _refusal}
    subjects = Subjects(book)
    for page in book.pages:
        facts["parameters"][page.name] = parameter_facts(book, page, lang)
        for entry, make in makers.items():
            for local, made in book.records[page.name].published(entry).items():
                identifier = published_id(page.name, local)
                facts[f"{entry}s"][identifier] = make(book, page, made, lang)
                if entry in ("figure", "table"):
                    about = subjects.subjects(page, f"{entry}s", local)
                    facts[f"{entry}s"][identifier]["about"] = about
                if entry == "table":
                    _link_rows(facts["tables"][identifier], subjects, page, made, lang)
    return facts


def _book_head(book: Book, lang: str) -> dict[str, Any]:
    """What the head of the first page tells machines of the book."""
    cited = Cited(BOOK, "", lang, book.publication["title"][lang], book.publication)
    return {"tags": citation_tags(cited), "graph": script_text(book_graph(cited))}


def table_facts(book: Book, page: Page, made: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """A table as readers see it: its sources stand below it, unless their column is linked."""
    entry = book.registry.entry(page.notebook, "tables", made["id"])
    columns = entry.get("columns", {})
    linked = {column for column, look in columns.items() if "link" in look}
    for column in entry.get("filters", []):
        column_place(page, made, column)
    hidden = {column for column, look in columns.items() if look.get("hidden")}
    hidden |= {"source_id"} - linked
    shown = [column not in hidden for column in made["columns"]]
    rows = [list(compress(row, shown)) for row in made["rows"]]
    kept = {"columns": list(compress(made["columns"], shown)), "rows": rows}
    head, texts = table_texts(kept, columns, book.labels, lang)
    for place, column in enumerate(kept["columns"]):
        if column in linked:
            for row, cells in zip(rows, texts, strict=True):
                cells[place] = _links(book, column, row[place], columns[column]["link"], lang)
    return {
        **book.words(page, "tables", made["id"], lang),
        "head": head,
        "rows": texts,
        "numeric": numeric_columns(rows),
        "values": [[_order(cell) for cell in row] for row in rows],
        "filters": [kept["columns"].index(column) for column in entry.get("filters", [])],
        "cards": entry.get("layout") == "cards",
        "row_ids": [],
        "sources": [] if "source_id" in linked else source_lines(book, made["sources"], lang),
    }


def _order(cell: Any) -> str:
    """By what a reader's program sorts a cell: a number, or the estimate and the low end."""
    if isinstance(cell, Mapping):
        ends = [end for end in (cell["value"], cell["low"], cell["high"]) if end is not None]
        return " ".join(f"{end:.15g}" for end in ends[:2])
    return f"{cell:.15g}" if isinstance(cell, int | float) and not isinstance(cell, bool) else ""


def _links(book: Book, column: str, cell: Any, address: str, lang: str) -> list[dict[str, str]]:
    """A cell of one or several names, joined by semicolons, each linked to its address."""
    names = source_ids([] if cell is None else [str(cell)])
    book.grade(names if column == "source_id" else [])
    return [
        {
            "text": _source_mark(book, name, lang)
            if column == "source_id"
            else cell_text(name, {}, book.labels, lang),
            "address": address.replace("{}", name),
        }
        for name in names
    ]


def _source_mark(book: Book, identifier: str, lang: str) -> str:
    source = book.sources[identifier]
    grade = word("grade_of", lang).format(source["grade"])
    return " · ".join(filter(None, [source["publisher"], source["published"], grade]))


def _link_rows(
    facts: dict[str, Any], subjects: Subjects, page: Page, made: Mapping[str, Any], lang: str
) -> None:
    """Give the rows their anchors, and a column of the figures and tables that are about them."""
    facts["row_ids"], shown = subjects.rows(page, made, lang)
    if any(shown):
        facts["head"].append(word("shown_in", lang))
        facts["numeric"].append(False)
        for cells, links in zip(facts["rows"], shown, strict=True):
            cells.append(links)


def _note(book: Book, page: Page, made: Mapping[str, Any], lang: str) -> list[str | dict[str, str]]:
    """A text of the registry in pieces: each result is named, so that a page can link it."""
    text = book.registry.entry(page.notebook, "notes", made["id"])["text"]
    # a slot that nothing fills is an error
    book.text(page, text, lang)
    pieces: list[str | dict[str, str]] = []
    for place, piece in enumerate(SLOT.split(text[lang])):
        name, _, part = piece.partition(".")
        if place % 2 == 0:
            pieces.append(piece)
        elif name in page.parameters.values:
            pieces.append(page.parameters.text(name, lang))
        else:
            pieces.append({"result": published_id(page.name, name), "part": part})
    return [piece for piece in pieces if piece]


def _refusal(book: Book, page: Page, gate: Mapping[str, Any], lang: str) -> dict[str, str]:
    told = {key: gate[key][lang] for key in ("condition", "found", "opens")}
    return {"title": label(book.labels, "values", gate["id"], lang), "page": page.name, **told}
