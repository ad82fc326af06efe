"""What a notebook shows for each thing it publishes: the same in a run and after it.

A run shows what it publishes in the words that the registry has then. Words may change without a
new run; the executed notebook of a book is therefore given its words afterwards, by these same
functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from bindery.numbers import result_text
from bindery.tabular import table_texts
from bindery.words import word

Bundle = dict[str, str]
# fills the slots of a text of the registry
Fill = Callable[[Mapping[str, str]], str]


def mark(kind: str, local: str) -> dict[str, Any]:
    """The metadata by which an output is known as something published."""
    return {"bindery": {"kind": kind, "id": local}}


def figure_title(entry: Mapping[str, Any], fill: Fill) -> str:
    """What stands for a figure where only text can be shown."""
    return fill(entry["title"])


def shown(
    kind: str,
    local: str,
    facts: Mapping[str, Any],
    entry: Mapping[str, Any],
    fill: Fill,
    labels: Any,
    lang: str,
) -> Bundle:
    """What one published thing shows; of a figure its title alone."""
    if kind == "refusal":
        return _shown_refusal(local, facts, labels, lang)
    if kind == "figure":
        return {"text/plain": figure_title(entry, fill)}
    if kind == "note":
        text = fill(entry["text"])
        return _bundle(f"<p>{escape(text)}</p>", text)
    show = _shown_table if kind == "table" else _shown_result
    return show(facts, entry, fill, labels, lang)


def _shown_table(
    facts: Mapping[str, Any], entry: Mapping[str, Any], fill: Fill, labels: Any, lang: str
) -> Bundle:
    head, rows = table_texts(facts, entry.get("columns", {}), labels, lang)
    cells = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    title = fill(entry["title"])
    html = (
        f"<table><caption>{escape(title)}</caption><thead><tr>"
        + "".join(f"<th>{escape(name)}</th>" for name in head)
        + f"</tr></thead><tbody>{cells}</tbody></table>"
    )
    return _bundle(html, "\n".join([title, *("\t".join(row) for row in [head, *rows])]))


def _shown_result(
    facts: Mapping[str, Any], entry: Mapping[str, Any], fill: Fill, labels: Any, lang: str
) -> Bundle:
    text = f"{fill(entry['label'])}: {result_text(facts, labels, lang)}"
    return _bundle(f"<p>{escape(text)}</p>", text)


def _shown_refusal(method: str, facts: Mapping[str, Any], labels: Any, lang: str) -> Bundle:
    keys = ("condition", "found", "opens")
    lines = [f"{word(key, lang)}: {facts[key][lang]}" for key in keys]
    name = labels["values"].get(method, {}).get(lang, method)
    title = f"{name} — {word('not_shown', lang)}"
    html = f"<div><strong>{escape(title)}</strong><br>{'<br>'.join(map(escape, lines))}</div>"
    return _bundle(html, "\n".join([title, *lines]))


def _bundle(html: str, text: str) -> Bundle:
    return {"text/plain": text, "text/html": html}
