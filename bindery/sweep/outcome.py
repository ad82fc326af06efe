"""What became of one row: its results, or why it has none."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bindery.cache.inputs import Inputs
from bindery.cache.recipe import Recipe
from bindery.cache.status import read_trace
from bindery.execute import CellFailedError
from bindery.faults import BinderyError
from bindery.kept import Kept
from bindery.plan import Plan
from bindery.record import RECORD, RunRecord, parse_record
from bindery.runs import kept_run, new_run, trace_of, watched_run
from bindery.sweep.rowfolder import complete_folder
from bindery.warmfork import WarmParent

DONE, KEPT, FAILED = "done", "kept", "failed"
# of a result, what a row tells of it
_MEASURED = ("value", "low", "high", "unit", "kind", "n", "sources")


@dataclass(frozen=True)
class Outcome:
    """One row, counted from 1 in the order of the grid, and what its run published.

    `inputs` is what the run rests on, None where not all of it is known: then it is run again by
    the next call. `refusals` are the methods that were not used.
    """

    row: int
    parameters: Mapping[str, Any]
    status: str
    key: str
    seconds: float
    results: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    refusals: Sequence[str] = ()
    warnings: Sequence[str] = ()
    error: str = ""
    inputs: Inputs | None = None


def run_row(
    kept: Kept, plan: Plan, row: int, parent: WarmParent, folder: Path, notebooks: bool = False
) -> Outcome:
    """Take a kept run of a row or make one; a notebook that fails gives an outcome that says so.

    `folder` does not exist yet. With `notebooks` it holds the executed notebook and the figures
    afterwards; otherwise, and where the run failed, it is gone.
    """
    began = time.monotonic()
    # before anything runs: what is edited meanwhile was not run
    recipe = plan.recipe(kept.project)
    try:
        if notebooks:
            found = kept_run(kept, plan, folder) or new_run(kept, plan, folder, parent)
            return whole_row(kept, plan, row, recipe, *found, parent)
        return kept_row(kept, plan, row) or _new_row(kept, plan, row, recipe, parent, folder)
    except BinderyError as error:
        shutil.rmtree(folder, ignore_errors=True)
        inputs, reasons = read_trace(trace_of(folder))
        # what ended a run from outside may not do so again
        known = isinstance(error, CellFailedError) and not reasons
        seconds = time.monotonic() - began
        return failed_row(plan, row, recipe, str(error), seconds, inputs if known else None)
    finally:
        trace_of(folder).unlink(missing_ok=True)


def kept_row(kept: Kept, plan: Plan, row: int) -> Outcome | None:
    """The results of a row that are kept, be it as those of a page; None if there are none."""
    recipe = plan.recipe(kept.project)
    if entry := kept.store.find(_results_alone(recipe)):
        return _outcome(plan, row, KEPT, recipe, entry.facts, entry.inputs)
    if (entry := kept.store.find(recipe)) is None:
        return None
    # a notebook that publishes nothing leaves no record
    content = kept.store.read(entry, RECORD) if RECORD in entry.files else b""
    if content is None:
        return None
    facts = _facts(parse_record(content.decode()), entry.facts["seconds"])
    return _outcome(plan, row, KEPT, recipe, facts, entry.inputs)


def made_row(
    plan: Plan, row: int, recipe: Recipe, record: RunRecord, inputs: Inputs | None
) -> Outcome:
    """Of a run that has ended."""
    facts = _facts(record.entries, record.seconds, record.warnings)
    return _outcome(plan, row, KEPT if record.kept else DONE, recipe, facts, inputs)


def whole_row(
    kept: Kept,
    plan: Plan,
    row: int,
    recipe: Recipe,
    record: RunRecord,
    inputs: Inputs | None,
    parent: WarmParent,
) -> Outcome:
    """The same, with the folder of the run made into what a person reads."""
    complete_folder(kept, plan, recipe.key, record, parent)
    return made_row(plan, row, recipe, record, inputs)


def failed_row(
    plan: Plan, row: int, recipe: Recipe, error: str, seconds: float, inputs: Inputs | None
) -> Outcome:
    # the next grid may give the row another number
    said = error.removeprefix(f"{plan.page}: ")
    return Outcome(row, plan.values, FAILED, recipe.key, seconds, error=said, inputs=inputs)


def keep_results(kept: Kept, recipe: Recipe, record: RunRecord, inputs: Inputs) -> None:
    """Keep the results of a run and nothing else: they take a small part of its room."""
    facts = _facts(record.entries, record.seconds, record.warnings)
    kept.store.keep(_results_alone(recipe), inputs, None, facts)


def _results_alone(recipe: Recipe) -> Recipe:
    """Kept apart: whoever looks for a run wants its notebook and its figures as well."""
    return recipe.with_parts(part="results and sources")


def _new_row(
    kept: Kept, plan: Plan, row: int, recipe: Recipe, parent: WarmParent, folder: Path
) -> Outcome:
    run = watched_run(kept.project, plan, folder, parent, results_only=True)
    shutil.rmtree(folder)
    if run.reasons:
        return made_row(plan, row, recipe, run.record, None)
    keep_results(kept, recipe, run.record, run.inputs)
    return made_row(plan, row, recipe, run.record, run.inputs)


def _outcome(
    plan: Plan,
    row: int,
    status: str,
    recipe: Recipe,
    facts: Mapping[str, Any],
    inputs: Inputs | None,
) -> Outcome:
    return Outcome(row, plan.values, status, recipe.key, inputs=inputs, **facts)


def _facts(
    published: Mapping[str, Mapping[str, Any]], seconds: float, warnings: Sequence[str] = ()
) -> dict[str, Any]:
    """What is kept of a run, as JSON can hold it."""
    return {
        "results": {
            local: {part: told[part] for part in _MEASURED}
            for local, told in published.get("result", {}).items()
        },
        "refusals": list(published.get("refusal", {})),
        "warnings": list(warnings),
        "seconds": seconds,
    }
