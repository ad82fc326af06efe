"""What the pages of one edition say: every generated word and number, ready to be set.

The page maker (`bindery.sphinx`) reads these facts from `bindery.json` in the stage and only
sets them; whatever needs a decision, a unit or a language is decided here.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Any

from bindery.collect import Book
from bindery.identifiers import published_id
from bindery.pages import Page
from bindery.parameters import describe_allowed
from bindery.publication import citation_text, read_publication
from bindery.registers import dictionary_facts, result_facts, source_facts
from bindery.tabular import cell_text, table_texts
from bindery.words import WORDS, label, word


def edition_facts(book: Book, lang: str) -> dict[str, Any]:
    """All facts of an edition, by what the pages ask for."""
    facts: dict[str, Any] = {
        "lang": lang,
        "words": {key: words[lang] for key, words in WORDS.items()},
        "pages": [page.name for page in book.pages],
        "figures": {},
        "tables": {},
        "notes": {},
        "refusals": {},
        "parameters": {},
        "results": result_facts(book, lang),
        "sources": source_facts(book, lang),
        "dictionary": dictionary_facts(book, lang),
    }
    publication = read_publication(book.project)
    for page in book.pages:
        record = book.records[page.name]
        facts["parameters"][page.name] = _parameters(book, page, lang)
        for local, drawn in record.published("figure").items():
            identifier = published_id(page.name, local)
            words = book.words(page, "figures", local, lang)
            facts["figures"][identifier] = {
                **words,
                "page": page.name,
                "files": sorted(drawn["files"]),
                "table": _drawn_table(book, drawn, lang),
                "sources": _source_lines(book, drawn["sources"]),
                "citation": citation_text(publication, lang, words["title"], identifier),
            }
        for local, made in record.published("table").items():
            columns = book.registry.entry(page.notebook, "tables", local).get("columns", {})
            head, rows = table_texts(made, columns, book.labels, lang)
            facts["tables"][published_id(page.name, local)] = {
                **book.words(page, "tables", local, lang),
                "head": head,
                "rows": rows,
                "numeric": _numeric(made["rows"]),
            }
        for local in record.published("note"):
            identifier = published_id(page.name, local)
            facts["notes"][identifier] = book.words(page, "notes", local, lang)["text"]
        for method, gate in record.published("refusal").items():
            facts["refusals"][published_id(page.name, method)] = {
                "title": label(book.labels, "values", method, lang),
                **{key: gate[key][lang] for key in ("condition", "found", "opens")},
            }
    return facts


def _drawn_table(book: Book, drawn: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The data of a figure as a table; its numbers as they stand in the CSV."""
    return {
        "head": [label(book.labels, "columns", column, lang) for column in drawn["columns"]],
        "rows": [[cell_text(cell, {}, book.labels, lang) for cell in row] for row in drawn["rows"]],
        "numeric": _numeric(drawn["rows"]),
    }


def _numeric(rows: list[list[Any]]) -> list[bool]:
    """Which columns hold numbers or intervals, and so are set flush right."""
    return [
        any(cell is not None for cell in column)
        and all(cell is None or isinstance(cell, int | float | dict) for cell in column)
        for column in zip(*rows, strict=True)
    ]


def _source_lines(book: Book, identifiers: list[str]) -> list[dict[str, str]]:
    book.grade(identifiers)
    return [
        {
            key: book.sources[identifier][key]
            for key in ("source_id", "title", "publisher", "published", "grade")
        }
        for identifier in identifiers
    ]


def _parameters(book: Book, page: Page, lang: str) -> dict[str, Any]:
    """The parameter table of a page, and the command that makes the page again."""
    parameters = page.parameters
    rows = []
    for name in parameters.values:
        rule = parameters.schema["properties"][name]
        suffix = "" if lang == "en" else f"_{lang}"
        rows.append(
            {
                "name": name,
                "title": rule[f"title{suffix}"],
                "value": parameters.text(name, lang),
                "default": parameters.default_text(name, lang),
                "meaning": rule[f"description{suffix}"],
                "allowed": _allowed(rule, lang),
            }
        )
    given = [
        f"-p {shlex.quote(f'{name}={_plain(value)}')}" for name, value in parameters.given.items()
    ]
    return {"rows": rows, "command": " ".join(["bindery", "run", page.notebook, *given])}


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _allowed(rule: Mapping[str, Any], lang: str) -> str:
    """What a parameter may be, for a reader."""
    if "enum" in rule:
        titles = rule.get("enum_titles", {})
        named = [
            f"{choice} ({titles[str(choice)][lang]})" if str(choice) in titles else str(choice)
            for choice in rule["enum"]
        ]
        return ", ".join(named)
    if "x-key" in rule:
        return word("name_or_code", lang).format(rule["x-key"]["table"])
    if "minimum" in rule and "maximum" in rule:
        return word("from_to", lang).format(rule["minimum"], rule["maximum"])
    suffix = "allowed" if lang == "en" else f"allowed_{lang}"
    return rule.get(suffix) or describe_allowed(rule)
