"""What moved between two versions of a book, each with what may be the reason.

Numbers that agree to nine digits are equal: another machine may add in another order.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bindery.numbers import EXACT
from bindery.versions.reasons import CHANGED, GONE, NEW, Because, Reasons, RowChange
from bindery.versions.snapshot import Snapshot

MOVED, RESTATED = "moved", "restated"
STATES = (MOVED, RESTATED, CHANGED, NEW, GONE)
KINDS = ("result", "figure", "table")
_NUMBERS = ("value", "low", "high")
_MEASURE = ("kind", "unit", "level", "low_closed", "high_closed")
_BESIDE = ("n", "period", "sources", "grade", "digits")
_CLOSE = 1e-9


@dataclass(frozen=True)
class Change:
    """A result, a figure or a table that is not as it was; `old` and `new` as the snapshots say.

    A result has moved where its number, interval, kind or unit did; it is restated where only what
    stands beside did: n, period, sources, grade, decimals. `difference` and `relative` are those of
    its value, where both versions have one of the same kind and unit; `overlap` says whether the
    intervals do.
    """

    id: str
    kind: str
    state: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None
    because: Because
    difference: float | None = None
    relative: float | None = None
    overlap: bool | None = None


@dataclass(frozen=True)
class Differences:
    """All that differs between two snapshots; false where nothing does."""

    old: Mapping[str, str]
    new: Mapping[str, str]
    changes: tuple[Change, ...]
    rows: Mapping[str, RowChange]
    # how pages are made otherwise, also where nothing moved by it
    pages: Mapping[str, Because]
    # results, figures and tables that are only called otherwise
    reworded: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changes or self.rows or self.pages or self.reworded)

    def by_reason(self) -> dict[Because, list[Change]]:
        """The changes that have the same reason together."""
        found: dict[Because, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.because, []).append(change)
        return found

    def counts(self, kind: str) -> dict[str, int]:
        """How many results, figures or tables there are of each state; only those there are."""
        states = [change.state for change in self.changes if change.kind == kind]
        return {state: states.count(state) for state in STATES if state in states}

    def plain(self) -> dict[str, Any]:
        """The same as values that JSON can hold."""
        rows = {
            row: {
                "state": change.state,
                "cells": {column: [before, now] for column, before, now in change.cells},
            }
            for row, change in self.rows.items()
        }
        pages = {page: asdict(because) for page, because in self.pages.items()}
        changes = [asdict(change) for change in self.changes]
        return vars(self) | {"changes": changes, "rows": rows, "pages": pages}


def compare(old: Snapshot, new: Snapshot) -> Differences:
    """What is not in `new` as it was in `old`."""
    reasons = Reasons(old, new)
    changes = [
        _change(reasons, identifier, kind, state, before, now)
        for kind in KINDS
        for identifier, before, now in _pairs(old[f"{kind}s"], new[f"{kind}s"])
        if (state := _state(before, now))
    ]
    pages = {page: reasons.of_page(page) for page, *_ in _pairs(old["pages"], new["pages"])}
    reworded = [
        identifier
        for kind in KINDS
        for identifier, before, now in _pairs(old[f"{kind}s"], new[f"{kind}s"])
        if before and now and _name(before) != _name(now)
    ]
    versions = [{key: part[key] for key in ("version", "date")} for part in (old, new)]
    made = {page: because for page, because in pages.items() if because.made_otherwise}
    return Differences(*versions, tuple(changes), reasons.rows, made, tuple(reworded))


def _pairs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """What stands under each name in both, in the order of the names; None where it is missing."""
    for name in sorted({*old, *new}):
        yield name, old.get(name), new.get(name)


def _name(part: Mapping[str, Any]) -> list[str]:
    """What a result, a figure or a table is called, in each language."""
    return [words["label" if "label" in words else "title"] for words in part["words"].values()]


def _state(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> str:
    """How one thing changed; empty where it did not."""
    if old is None or new is None:
        return NEW if new else GONE
    if "sha256" in new:
        return CHANGED if old["sha256"] != new["sha256"] else ""
    moved = not all(_close(old[key], new[key]) for key in _NUMBERS)
    if moved or any(old[key] != new[key] for key in _MEASURE):
        return MOVED
    return RESTATED if any(old[key] != new[key] for key in _BESIDE) else ""


def _close(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is new
    return math.isclose(old, new, rel_tol=_CLOSE)


def _change(
    reasons: Reasons,
    identifier: str,
    kind: str,
    state: str,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
) -> Change:
    cited = [source for part in (old, new) if part for source in part["sources"]]
    because = reasons.of((new or old)["page"], cited)
    told = _moved(old, new) if state == MOVED else {}
    return Change(identifier, kind, state, old, new, because, **told)


def _moved(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """How far a result moved; nothing where its unit or kind is another."""
    if any(old[key] != new[key] for key in ("unit", "kind")):
        return {}
    told: dict[str, Any] = {}
    if old["value"] is not None and new["value"] is not None:
        told["difference"] = new["value"] - old["value"]
        if old["value"]:
            told["relative"] = told["difference"] / abs(old["value"])
    if new["kind"] != EXACT:
        told["overlap"] = not _is_below(old, new) and not _is_below(new, old)
    return told


def _is_below(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether an interval ends before another begins; a missing end is no end."""
    if one["high"] is None or other["low"] is None:
        return False
    if one["high"] == other["low"]:
        return not (one["high_closed"] and other["low_closed"])
    return one["high"] < other["low"]
