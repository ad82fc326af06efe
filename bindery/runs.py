"""The run of a page: a kept one where everything that it rests on is as it was, else a new one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bindery.cache.inputs import Inputs
from bindery.cache.recipe import Recipe
from bindery.cache.status import read_trace, remember
from bindery.execute import Task, run_task
from bindery.faults import BinderyError
from bindery.kept import Kept
from bindery.plan import Plan
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
    return record, entry.inputs


def new_run(
    kept: Kept, plan: Plan, folder: Path, parent: WarmParent
) -> tuple[RunRecord, Inputs | None]:
    """Run a page's notebook; its result is kept if all that it rests on is known, else None."""
    recipe = plan.recipe(kept.project)
    trace = folder.with_name(f"{folder.name}.trace.json")
    task = Task(plan.page, plan.notebook, plan.given, folder, trace, plan.environment)
    try:
        record = run_task(kept.project, task, parent)
    except BinderyError:
        inputs, _ = read_trace(trace)
        _remember(kept, plan, recipe, inputs, 0, ["its last run failed"])
        raise
    inputs, reasons = read_trace(trace)
    if record.engine != "warmfork":
        reasons = [f"it was not watched: {record.engine}"]
    elif record.warnings:
        reasons = ["its last run warned"]
    if not reasons:
        facts = {"seconds": record.seconds, "engine": record.engine}
        kept.store.keep(recipe, inputs, folder, facts)
    _remember(kept, plan, recipe, inputs, record.seconds, reasons)
    return record, None if reasons else inputs


def _remember(
    kept: Kept,
    plan: Plan,
    recipe: Recipe,
    inputs: Inputs,
    seconds: float,
    reasons: Sequence[str] = (),
) -> None:
    """For `status`, which tells of the book and not of drafts."""
    if not plan.drawn:
        remember(kept.store, plan.page, recipe, inputs, seconds, reasons)
