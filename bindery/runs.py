"""The run of a page: a kept one where everything that it rests on is as it was, else a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bindery.cache.inputs import Inputs
from bindery.cache.recipe import Recipe
from bindery.cache.status import (
    read_trace,
    remember,
    remember_drawings,
    remember_failure,
)
from bindery.drawing import FORMS
from bindery.execute import Task, run_task
from bindery.faults import BinderyError
from bindery.figures import Drawn, draw_figures
from bindery.kept import Kept, joined
from bindery.plan import Plan
from bindery.project import LANGUAGES, Project
from bindery.publish import require_room
from bindery.record import RunRecord, read_record
from bindery.report import Reporter
from bindery.warmfork import WarmParent

if TYPE_CHECKING:
    from bindery.sweep.inbook import BookSweeps, SweepMade


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


@dataclass(frozen=True)
class Wanted:
    """Which drawings of the figures a build needs."""

    langs: Sequence[str]
    forms: Sequence[str] = FORMS

    @property
    def whole(self) -> bool:
        return set(self.langs) == set(LANGUAGES) and set(self.forms) == set(FORMS)


def run_pages(
    kept: Kept,
    plans: Sequence[Plan],
    parent: WarmParent,
    folder: Path,
    wanted: Wanted,
    reporter: Reporter,
    jobs: int,
    checking: Future,
    sweeps: BookSweeps,
) -> tuple[dict[str, RunRecord], Inputs | None]:
    """The run and the drawings of every page, kept or new; and what they rest on, if known.

    A failure is told at once, and independent pages finish. `checking` is the check of the data,
    whose faults come first: they are the reason for others.
    """

    def made(plan: Plan) -> tuple[RunRecord, Drawn, Inputs | None]:
        sweeps.wait(plan.page, plan.sweeps)
        place = folder / plan.page
        record, inputs = kept_run(kept, plan, place) or new_run(kept, plan, place, parent)
        if record.warnings:
            # to be mended, not published; a page would show it among the figures
            raise BinderyError(
                "\n".join(
                    f"{plan.page}: notebooks/{plan.notebook}.ipynb warned in its {warning}"
                    for warning in record.warnings
                )
            )
        drawn = draw_figures(kept, parent, record, wanted.langs, wanted.forms)
        if wanted.whole:
            remember_drawings(
                kept.store, plan.page, drawn.recipes, drawn.inputs or {}, drawn.seconds
            )
        known = inputs is not None and drawn.inputs is not None
        return record, drawn, joined(inputs, drawn.inputs) if known else None

    def step(task: Future) -> None:
        """One task is done: a row, a table or a page."""
        if task in tables:
            table = task.result()
            parts.append(table.inputs)
            reporter.step(**_told_sweep(table))
        elif task in pages:
            record, drawn, part = task.result()
            records[record.page] = record
            parts.append(part)
            reporter.step(**_told(record, drawn))
        else:
            task.result()
            reporter.advance()

    records: dict[str, RunRecord] = {}
    parts: list[Inputs | None] = []
    failed: list[str] = []
    with ThreadPoolExecutor(jobs) as pool:
        try:
            pages, rows, tables = _begin(kept, pool, plans, made, sweeps)
            with reporter.part("notebooks", len(pages) + len(rows) + len(tables)):
                for task in as_completed([*pages, *rows, *tables]):
                    try:
                        step(task)
                    except BinderyError as error:
                        checking.result()
                        failed.append(pages.get(task) or f"the sweep {tables[task]}")
                        reporter.fail(str(error))
                        reporter.step(f"{failed[-1]}: failed", page=failed[-1], state="failed")
            checking.result()
        except BaseException as error:
            # begin nothing more; leaving the pool waits for what runs
            pool.shutdown(wait=False, cancel_futures=True)
            if isinstance(error, KeyboardInterrupt):
                parent.close()
            raise
    if failed:
        # notebooks and charts tell of a full disk only what came of it
        require_room(kept.project)
        what = "pages and sweeps" if tables else "pages"
        raise BinderyError(
            f"{len(failed)} of {len(plans) + len(tables)} {what} cannot be published, for the "
            f"faults told above: {', '.join(failed)}"
        )
    return records, None if None in parts else joined(*parts)


def _begin(
    kept: Kept,
    pool: Executor,
    plans: Sequence[Plan],
    made: Callable[[Plan], Any],
    sweeps: BookSweeps,
) -> tuple[dict[Future, str], list[Future], dict[Future, str]]:
    """Hand everything to the pool: pages by name, rows of sweeps, tables of sweeps by name.

    Pages that read a sweep come last: they wait for its table.
    """
    pages: dict[Future, str] = {}
    keys: dict[str, Future] = {}
    for plan in plans:
        if not plan.sweeps:
            keys[plan.recipe(kept.project).key] = page = pool.submit(made, plan)
            pages[page] = plan.page
    rows, tables = sweeps.begin(pool, keys)
    pages |= {pool.submit(made, plan): plan.page for plan in plans if plan.sweeps}
    return pages, rows, tables


def _told_sweep(table: SweepMade) -> dict[str, Any]:
    """One line for a finished sweep, and the same as facts."""
    how = f"{table.run} run, {table.seconds:.1f} s" if table.run else "kept"
    return {
        "text": f"sweep {table.name}: {table.rows} rows, {how}",
        "sweep": table.name,
        "rows": table.rows,
        "run": table.run,
        "seconds": round(table.seconds, 2),
    }


def _told(record: RunRecord, drawn: Drawn) -> dict[str, Any]:
    """One line for a finished page, and the same as facts."""
    parts = ["kept" if record.kept else f"{record.seconds:.1f} s"]
    if drawn.new:
        parts.append(f"{drawn.new} drawings {drawn.seconds:.1f} s")
    return {
        "text": f"{record.page}: {', '.join(parts)}",
        "page": record.page,
        "state": "kept" if record.kept else "run",
        "seconds": round(record.seconds, 2),
        "drawings": drawn.new,
        "drawing_seconds": round(drawn.seconds, 2),
    }
