"""The run of a page: a kept one where everything that it rests on is as it was, else a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bindery.cache.inputs import Inputs
from bindery.cache.recipe import Recipe
from bindery.cache.status import read_trace, remember, remember_failure
from bindery.execute import Task, run_task
from bindery.faults import BinderyError
from bindery.kept import Kept
from bindery.plan import Plan
from bindery.project import Project
from bindery.record import RunRecord, read_record
from bindery.warmfork import WarmParent


def kept_run(kept: Kept, plan: Plan, folder: Path) -> tuple[RunRecord, Inputs] | None:
    """The kept run of a page, written to `folder`, and what it rests on; None if there is none."""
    recipe = plan.recipe(kept.project)
    entry = kept.store.find(recipe)
    if entry is None or not kept.store.restore(entry, folder):
        return None
    seconds = entry.facts["seconds"]
    _remember(kept, plan, recipe, entry.inputs, seconds)
    record = read_record(
        plan.page, plan.notebook, folder, seconds, engine=entry.facts["engine"], kept=True
    )
    return replace(record, inputs=entry.inputs), entry.inputs


def new_run(
    kept: Kept, plan: Plan, folder: Path, parent: WarmParent
) -> tuple[RunRecord, Inputs | None]:
    """Run a page's notebook; its result is kept if all that it rests on is known, else None."""
    recipe = plan.recipe(kept.project)
    try:
        run = watched_run(kept.project, plan, folder, parent)
    except BinderyError:
        inputs, _ = read_trace(trace_of(folder))
        if plan.told:
            remember_failure(kept.store, plan.page, recipe, inputs)
        raise
    record, inputs = run.record, run.inputs
    reasons = run.reasons or (["its last run warned"] if record.warnings else [])
    if not reasons:
        keep_run(kept, recipe, record, inputs)
    _remember(kept, plan, recipe, inputs, record.seconds, reasons)
    known = None if reasons else inputs
    return replace(record, inputs=known), known


def keep_run(kept: Kept, recipe: Recipe, record: RunRecord, inputs: Inputs) -> None:
    """Keep all that a run has made."""
    facts = {"seconds": record.seconds, "engine": record.engine}
    kept.store.keep(recipe, inputs, record.folder, facts)


@dataclass(frozen=True)
class WatchedRun:
    """A run, what it read, and why its result may not be kept."""

    record: RunRecord
    inputs: Inputs
    reasons: Sequence[str]


def watched_run(
    project: Project, plan: Plan, folder: Path, parent: WarmParent, results_only: bool = False
) -> WatchedRun:
    """Run a notebook in a folder that does not exist yet, and keep nothing."""
    trace = trace_of(folder)
    task = Task(plan.page, plan.notebook, plan.given, folder, trace, plan.environment, results_only)
    record = run_task(project, task, parent)
    inputs, reasons = read_trace(trace)
    if record.engine != "warmfork":
        reasons = [f"it was not watched: {record.engine}"]
    return WatchedRun(record, inputs, reasons)


def trace_of(folder: Path) -> Path:
    """Where it is told what the run in a folder read."""
    return folder.with_name(f"{folder.name}.trace.json")


def _remember(kept: Kept, plan: Plan, recipe: Recipe, inputs: Inputs, *told: Any) -> None:
    """For `status`, which tells of the book."""
    if plan.told:
        remember(kept.store, plan.page, recipe, inputs, *told)
