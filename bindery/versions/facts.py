"""What the pages of one edition say of the versions of the book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bindery.identifiers import REGISTER, version_page
from bindery.versions.compare import MOVED, Change, Differences
from bindery.versions.history import History
from bindery.versions.reasons import GONE
from bindery.versions.snapshot import Snapshot
from bindery.versions.told import (
    beside_texts,
    counts_text,
    difference_text,
    reason_text,
    row_texts,
)
from bindery.words import word

# a link or a code in a cell, as `bindery.sphinx.tables` sets it
Cell = str | Sequence[str | Mapping[str, str]]
_SHORT = 12


def version_facts(history: History, lang: str) -> dict[str, Any]:
    """What the page of versions says, and what the page of each published version does."""
    return {
        "lead": _lead(history, lang),
        "head": [word(key, lang) for key in ("title", "before", "now", "difference")],
        "kept": [[*_version_cells(one, lang)] for one in history.kept[::-1]],
        "steps": [_step(history, step, lang) for step in history.steps],
        "pages": {one["version"]: _page(history, one, lang) for one in history.kept},
    }


def _lead(history: History, lang: str) -> str:
    version = history.built["version"]
    named = version if history.published else word("version_unpublished", lang).format(version)
    said = [word("version_current", lang).format(named)]
    if history.edited:
        said.append(word("version_edited", lang).format(version))
    if not history.superseded:
        said.append(word("version_none_superseded", lang))
    return (" " if lang == "en" else "").join(said)


def _version_cells(snapshot: Snapshot, lang: str) -> Iterator[Cell]:
    version = snapshot["version"]
    title = word("version_title", lang).format(version)
    yield [{"text": title, "address": f"{version_page(version)}.html"}]
    yield snapshot["date"] or "—"
    yield [{"text": f"{version}.json", "address": f"../versions/{version}.json"}]


def _step(history: History, step: Differences, lang: str) -> dict[str, Any]:
    old, new = step.old["version"], step.new["version"]
    title = word("version_edits" if old == new else "version_changes", lang).format(old, new)
    if not any(part["version"] == new for part in history.kept):
        title = word("version_unpublished", lang).format(title)
    return {
        "id": f"since-{old}".replace(".", "-"),
        "title": title,
        "erratum": history.erratum(step, lang),
        "counts": counts_text(step, lang),
        "groups": [
            {
                "reason": reason_text(because, lang),
                "because": row_texts(because.rows, step.rows, lang),
                "rows": [_change_cells(change, old, lang) for change in changes],
            }
            for because, changes in step.by_reason().items()
        ],
        "beside": [text.strip() for text in beside_texts(step, lang)],
    }


def _change_cells(change: Change, old: str, lang: str) -> list[Cell]:
    """What it is, what it was, what it is now, and how far that is from there."""
    differs = difference_text(change, lang) if change.state == MOVED else ""
    before: Cell = "—"
    if change.old:
        address = f"{version_page(old)}.html#{change.id}"
        before = [{"text": _stated(change.old, lang), "address": address}]
    now = _stated(change.new, lang) if change.new else "—"
    return [_named(change, lang), before, now, differs or word(f"state_{change.state}", lang)]


def _named(change: Change, lang: str) -> Cell:
    """What it is called, with a link to where it stands now."""
    title = _title(change.kind, change.new or change.old, lang)
    return title if change.state == GONE else [{"text": title, "address": _address(change)}]


def _address(change: Change) -> str:
    page = REGISTER if change.kind == "result" else change.new["page"]
    return f"{page}.html#{change.id}"


def _title(kind: str, part: Mapping[str, Any], lang: str) -> str:
    words = part["words"][lang]
    return (
        f"{word(kind, lang)}{word('colon', lang)}{words['title']}"
        if "title" in words
        else words["label"]
    )


def _stated(part: Mapping[str, Any], lang: str) -> str:
    """The text of a result, the checksum of what a figure or a table shows."""
    return part["sha256"][:_SHORT] if "sha256" in part else part["words"][lang]["text"]


def _page(history: History, snapshot: Snapshot, lang: str) -> dict[str, Any]:
    """A version as it stood: its results, figures and tables, and what became of each."""
    version = snapshot["version"]
    changes = {change.id: change for change in history.since[version].changes}
    title = word("version_title", lang).format(version)
    results = [
        [
            _standing(history, "result", identifier, result["words"][lang]["label"]),
            *_result_cells(result, lang),
            _since(changes.get(identifier), lang),
            [{"code": identifier}],
        ]
        for identifier, result in snapshot["results"].items()
    ]
    parts = [
        [
            _standing(history, kind, identifier, _title(kind, part, lang)),
            _stated(part, lang),
            _since(changes.get(identifier), lang),
            [{"code": identifier}],
        ]
        for kind in ("figure", "table")
        for identifier, part in snapshot[f"{kind}s"].items()
    ]
    return {
        "title": " · ".join(filter(None, [title, snapshot["date"]])),
        "lead": word("version_kept", lang).format(version),
        "back": {"text": word("versions", lang), "address": "../versions.html"},
        "whole": f"{word('whole_version', lang)}{word('colon', lang)}",
        "file": {"text": f"{version}.json", "address": f"../../versions/{version}.json"},
        "results": _table(
            ("result", "value", "interval", "kind", "n", "grade", "since", "id"),
            results,
            snapshot["results"],
            lang,
        ),
        "parts": _table(
            ("title", "checksum", "since", "id"),
            parts,
            [*snapshot["figures"], *snapshot["tables"]],
            lang,
        ),
    }


def _table(
    keys: Sequence[str], rows: list[list[Cell]], identifiers: Iterable[str], lang: str
) -> dict[str, Any]:
    head = [word(key, lang) for key in keys]
    return {"head": head, "rows": rows, "row_ids": list(identifiers)}


def _result_cells(result: Mapping[str, Any], lang: str) -> list[Cell]:
    words = result["words"][lang]
    count = "" if result["n"] is None else f"{result['n']:,}"
    shown = [*(words[key] for key in ("point", "interval", "kind")), count]
    return [text or "—" for text in [*shown, result["grade"]]]


def _standing(history: History, kind: str, identifier: str, text: str) -> Cell:
    """What it was called, with a link to where it stands now, if it does."""
    part = history.built[f"{kind}s"].get(identifier)
    if part is None:
        return text
    page = REGISTER if kind == "result" else part["page"]
    return [{"text": text, "address": f"../{page}.html#{identifier}"}]


def _since(change: Change | None, lang: str) -> Cell:
    """What became of something that a version published; nothing where it stands."""
    if change is None:
        return ""
    text = word(f"state_{change.state}", lang)
    if change.state == GONE:
        return text
    now = _stated(change.new, lang)
    return [f"{text}{word('colon', lang)}", {"text": now, "address": f"../{_address(change)}"}]
