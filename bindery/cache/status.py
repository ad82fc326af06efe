"""What would run and why, in words."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bindery.cache.files import canonical, digest, write_whole
from bindery.cache.inputs import KINDS, Inputs, changed
from bindery.cache.recipe import Recipe, differences
from bindery.cache.store import Store

# so many reasons are told; a new lock changes everything at once
_TOLD = 3


@dataclass(frozen=True)
class Row:
    """Whether a page would run; `seconds` is how long its last run took, None where never run."""

    page: str
    notebook: str
    state: str
    reason: str
    seconds: float | None


@dataclass(frozen=True)
class Memory:
    """The last run of a page, kept or not."""

    parts: Mapping[str, Any]
    inputs: Inputs
    seconds: float
    # why its result was not kept
    reasons: Sequence[str]


def remember(
    store: Store,
    page: str,
    recipe: Recipe,
    inputs: Inputs,
    seconds: float,
    reasons: Sequence[str] = (),
) -> None:
    """What `status` compares with from now on: a run, or a kept result that was used."""
    said = {"parts": recipe.parts, "inputs": inputs, "seconds": seconds, "reasons": list(reasons)}
    content = canonical(said | {"digest": digest(canonical(said))}).encode()
    path = _path(store, page)
    try:
        with open(path, "rb") as stream:
            if stream.read() == content:
                return
    except OSError:
        pass
    try:
        write_whole(path, content)
    except OSError as error:
        place = error.filename or path
        store.warn(f"the run of {page} is not remembered: {error.strerror} ({place})")


def recall(store: Store, page: str) -> Memory | None:
    """None where there is none, or one that cannot be read: it only serves to say why."""
    try:
        with open(_path(store, page), "rb") as stream:
            said = json.loads(stream.read())
        if said.pop("digest") != digest(canonical(said)):
            return None
        return Memory(said["parts"], said["inputs"], said["seconds"], said["reasons"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _path(store: Store, page: str) -> str:
    return os.path.join(store.folder, "pages", f"{page}.json")


def page_row(store: Store, page: str, notebook: str, recipe: Recipe, lock: str) -> Row:
    """`lock` is what a person calls the lock file."""
    memory = recall(store, page)
    if store.find(recipe):
        return Row(page, notebook, "fresh", "", 0)
    seconds = memory.seconds if memory else None
    return Row(page, notebook, "stale", _reason(store, recipe, memory, lock), seconds)


def _reason(store: Store, recipe: Recipe, memory: Memory | None, lock: str) -> str:
    if memory is None:
        return "the kept result is damaged" if store.damaged(recipe) else "never run"
    found = differences(memory.parts, recipe.parts, lock) + changed(memory.inputs, store.digests)
    if found:
        more = [f"and {len(found) - _TOLD} more"] if len(found) > _TOLD else []
        return "; ".join([*found[:_TOLD], *more])
    if memory.reasons:
        return "; ".join(memory.reasons)
    return "the kept result is damaged" if store.damaged(recipe) else "the kept result is gone"


def rows(store: Store, pages: Iterable[tuple[str, str, Recipe]], lock: str) -> list[Row]:
    """One row for each page, given with its notebook and its recipe."""
    return [page_row(store, *page, lock) for page in pages]


def read_trace(path: str | os.PathLike[str]) -> tuple[Inputs, list[str]]:
    """What a watched run read, and why its result may not be kept."""
    try:
        with open(path, "rb") as stream:
            said = json.loads(stream.read())
        return {kind: said["inputs"][kind] for kind in KINDS}, list(said["reasons"])
    except (OSError, ValueError, LookupError, TypeError):
        return {}, ["what it read was not told to the end, so it was not kept"]
