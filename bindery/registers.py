"""Facts of the whole book in one edition: the register of results, the sources, the dictionary."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bindery.citation.facts import LINKED_GRADES, RESULT, Cited, result_content
from bindery.citation.sentence import count_text, measured_text, sentence_text
from bindery.collect import Book
from bindery.datarows import key_columns, row_id, table_of
from bindery.numbers import EXACT, interval_text, result_text
from bindery.periods import period_text
from bindery.words import WORDS, label, word


def result_facts(book: Book, lang: str) -> dict[str, Any]:
    return {identifier: _result(book, identifier, lang) for identifier in book.results}


def _result(book: Book, identifier: str, lang: str) -> dict[str, Any]:
    result = book.result_entries[identifier]
    value = result_text(result, book.labels, lang, "value")
    title = result["words"][lang]["label"]
    published = result | {"labels": book.labels}
    content, kind = result_content(result), label(book.labels, "kinds", result["kind"], lang)
    cited = Cited(RESULT, identifier, lang, title, book.publication, content, published)
    told = [
        title,
        measured_text(result, book.labels, lang),
        # any other kind stands with its interval
        kind if result["kind"] == EXACT else "",
        count_text(result),
        word("weakest_grade", lang).format(result["grade"]) if result["grade"] else "",
    ]
    return {
        "label": title,
        "page": result["page"],
        "kind": kind,
        "text": result_text(result, book.labels, lang),
        "value": value,
        "point": "" if result["value"] is None else value,
        "interval": ""
        if result["low"] == result["high"]
        else interval_text(result, book.labels, lang),
        "n": "" if result["n"] is None else f"{result['n']:,}",
        "period": period_text(result["period"], book.labels, lang),
        "grade": result["grade"],
        "sources": result["sources"],
        "told": " · ".join(filter(None, told)),
        "sentence": sentence_text(cited),
    }


def source_facts(book: Book, lang: str) -> list[dict[str, Any]]:
    """Every source, with the pages whose results or figures rest on it."""
    used: dict[str, set[str]] = {}
    for page in book.pages:
        record = book.records[page.name]
        for entry in ("figure", "result", "table"):
            for facts in record.published(entry).values():
                book.grade(facts["sources"])
                for identifier in facts["sources"]:
                    used.setdefault(identifier, set()).add(page.name)
    return [
        {
            **{key: row[key] for key in ("source_id", "title", "publisher", "published", "grade")},
            "kind": book.labels["values"].get(row["kind"], {}).get(lang, row["kind"]),
            "url": linked_address(row),
            "used_in": sorted(used.get(row["source_id"], ())),
        }
        for row in book.sources.values()
    ]


def source_lines(book: Book, identifiers: Sequence[str], lang: str) -> list[dict[str, str]]:
    """Each source in a line, with its grade, and its address where it is linked."""
    book.grade(identifiers)
    lines = []
    for source in (book.sources[identifier] for identifier in identifiers):
        form = word("source_dated" if source["published"] else "source_undated", lang)
        text = form.format(source["publisher"], source["published"], source["title"].rstrip("."))
        grade = word("grade_of", lang).format(source["grade"])
        lines.append({"text": text, "grade": grade, "url": linked_address(source)})
    return lines


def linked_address(source: Mapping[str, str]) -> str:
    return source["url"] if source["grade"] in LINKED_GRADES else ""


def read_benchmarks(book: Book) -> dict[str, Any]:
    """What `make bench` has written down: the rows, and the machine that they were measured on."""
    file = book.project.root / "benchmarks" / "results.json"
    if not file.is_file():
        return {"rows": [], "machine": ""}
    return json.loads(file.read_text(encoding="utf-8"))


def benchmark_facts(book: Book, lang: str) -> dict[str, Any]:
    """What was measured, as `make bench` has written it down; nothing where it has not been run."""
    measured = read_benchmarks(book)
    rows = []
    for row in measured["rows"]:
        bound = word("at_least" if row["least"] else "at_most", lang)
        met = row["value"] >= row["bar"] if row["least"] else row["value"] <= row["bar"]
        unit = word(f"unit_{row['unit']}", lang)
        rows.append(
            [
                row["name"][lang],
                unit.format(f"{row['value']:.3g}"),
                bound.format(unit.format(f"{row['bar']:g}")),
                word("yes" if met else "no", lang),
            ]
        )
    return {"rows": rows, "machine": measured["machine"]}


def dictionary_facts(book: Book, lang: str) -> list[dict[str, Any]]:
    """The data package as a dictionary: tables, their columns, units and allowed values."""
    file = book.project.data / "datapackage.json"
    suffix, comma = "" if lang == "en" else f"_{lang}", word("list_comma", lang)
    rows = book.history.built["rows"]

    def text(item: Mapping[str, Any], key: str) -> str:
        return item.get(f"{key}{suffix}") or item.get(key, "")

    tables = []
    for resource in json.loads(file.read_text(encoding="utf-8"))["resources"]:
        schema = resource["schema"]
        key = key_columns(resource)
        fields = [
            {
                "name": field["name"],
                "title": text(field, "title"),
                "type": WORDS.get(f"type_{field['type']}", {}).get(lang, field["type"]),
                "description": text(field, "description"),
                "allowed": comma.join(map(str, field.get("constraints", {}).get("enum", ()))),
            }
            for field in schema["fields"]
        ]
        tables.append(
            {
                "name": resource["name"],
                "title": text(resource, "title"),
                "description": text(resource, "description"),
                "path": resource["path"],
                "key": comma.join(key),
                "row_form": row_id(resource["name"], key),
                "row_example": next((row for row in rows if table_of(row) == resource["name"]), ""),
                "fields": fields,
            }
        )
    return tables
