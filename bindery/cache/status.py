"""What would run and why, in words."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bindery.cache.files import canonical, digest, write_whole
from bindery.cache.inputs import KINDS, Inputs, changed
from bindery.cache.recipe import Recipe, differences
from bindery.cache.store import Entry, Store

# so many reasons are told; a new lock changes everything at once
_MOST = 3
# what is added to a page's name for its figures, and for a run that failed
_DRAWINGS = ".figures"
_FAILED = ".failed"


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
        with suppress(FileNotFoundError):
            os.unlink(_path(store, f"{page}{_FAILED}"))
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


def remember_drawings(
    store: Store, page: str, drawings: Sequence[Recipe], inputs: Inputs, seconds: float
) -> None:
    """As `remember`, for the figures of a page, which are drawn after its run."""
    remember(store, f"{page}{_DRAWINGS}", _all_of(drawings), inputs, seconds)


def remember_failure(store: Store, page: str, recipe: Recipe, inputs: Inputs) -> None:
    """Beside the last run that went well: a fault that is undone is to leave no trace."""
    remember(store, f"{page}{_FAILED}", recipe, inputs, 0, ["its last run failed"])


def _all_of(drawings: Iterable[Recipe]) -> Recipe:
    return Recipe({"drawings": [drawing.key for drawing in drawings]})


def page_row(
    store: Store,
    page: str,
    notebook: str,
    recipe: Recipe,
    lock: str,
    drawings: Callable[[Entry], Iterable[Recipe]],
) -> Row:
    """`lock` is what a person calls the lock file; `drawings` tells what a kept run has drawn."""
    if run := store.find(recipe):
        return _row_of_kept(store, page, notebook, list(drawings(run)))
    memory = recall(store, page)
    seconds = memory.seconds if memory else None
    failure = recall(store, f"{page}{_FAILED}")
    if failure and (memory is None or not _differences(store, recipe, failure, lock)):
        return Row(page, notebook, "stale", _reason(store, recipe, failure, lock), seconds)
    return Row(page, notebook, "stale", _reason(store, recipe, memory, lock), seconds)


def _row_of_kept(store: Store, page: str, notebook: str, drawings: Sequence[Recipe]) -> Row:
    memory = recall(store, f"{page}{_DRAWINGS}")
    found = changed(memory.inputs, store.digests) if memory else []
    # what a page needs is mostly what was drawn for it last; reading every entry takes longer
    as_drawn = memory and not found and memory.parts == _all_of(drawings).parts
    if all(store.holds(one) if as_drawn else store.find(one) for one in drawings):
        return Row(page, notebook, "fresh", "", 0)
    reason = f"only its figures: {told_reasons(found) or 'not drawn yet'}"
    return Row(page, notebook, "stale", reason, memory.seconds if memory else None)


def told_reasons(reasons: list[str]) -> str:
    """The first of them, and how many more there are."""
    more = [f"and {len(reasons) - _MOST} more"] if len(reasons) > _MOST else []
    return "; ".join([*reasons[:_MOST], *more])


def _reason(store: Store, recipe: Recipe, memory: Memory | None, lock: str) -> str:
    if memory is None:
        return "the kept result is damaged" if store.damaged(recipe) else "never run"
    if found := _differences(store, recipe, memory, lock):
        return told_reasons(found)
    if memory.reasons:
        return "; ".join(memory.reasons)
    return "the kept result is damaged" if store.damaged(recipe) else "the kept result is gone"


def _differences(store: Store, recipe: Recipe, memory: Memory, lock: str) -> list[str]:
    return differences(memory.parts, recipe.parts, lock) + changed(memory.inputs, store.digests)


def rows(
    store: Store,
    pages: Iterable[tuple[str, str, Recipe]],
    lock: str,
    drawings: Callable[[Entry], Iterable[Recipe]],
) -> list[Row]:
    """One row for each page, given with its notebook and its recipe."""
    return [page_row(store, *page, lock, drawings) for page in pages]


def read_trace(path: str | os.PathLike[str]) -> tuple[Inputs, list[str]]:
    """What a watched run read, and why its result may not be kept."""
    try:
        with open(path, "rb") as stream:
            said = json.loads(stream.read())
        return {kind: said["inputs"][kind] for kind in KINDS}, list(said["reasons"])
    except (OSError, ValueError, LookupError, TypeError):
        return {}, ["what it read was not told to the end, so it was not kept"]
