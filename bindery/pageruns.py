"""The runs of all pages of a book, its sweeps and the drawings of its figures, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from bindery.cache.inputs import Inputs
from bindery.cache.status import remember_drawings
from bindery.drawing import FORMS, drawn_names
from bindery.faults import BinderyError
from bindery.figures import Drawn, draw_figures
from bindery.kept import Kept, joined
from bindery.plan import Plan
from bindery.project import LANGUAGES
from bindery.publish import require_room
from bindery.record import RunRecord
from bindery.report import Reporter
from bindery.runs import kept_run, new_run
from bindery.sweep.inbook import BookSweeps, SweepMade
from bindery.warmfork import WarmParent


@dataclass(frozen=True)
class Wanted:
    """Which drawings of the figures a build needs."""

    langs: Sequence[str]
    forms: Sequence[str] = FORMS

    @property
    def names(self) -> list[str]:
        """The files that are drawn of each figure."""
        return drawn_names(self.langs, self.forms)

    @property
    def whole(self) -> bool:
        return set(self.langs) == set(LANGUAGES) and set(self.forms) == set(FORMS)


@dataclass
class PageRuns:
    """What one build runs and draws, in a folder that does not exist yet.

    `checking` is the check of the data, whose faults come first: they are the reason for others.
    """

    kept: Kept
    parent: WarmParent
    folder: Path
    wanted: Wanted
    reporter: Reporter
    checking: Future
    sweeps: BookSweeps
    records: dict[str, RunRecord] = field(default_factory=dict)
    _pages: dict[Future, str] = field(default_factory=dict)
    _tables: dict[Future, str] = field(default_factory=dict)
    _drawings: dict[Future, str] = field(default_factory=dict)
    # what has ended and is still to be looked at
    _ended: SimpleQueue[Future] = field(default_factory=SimpleQueue)
    _parts: list[Inputs | None] = field(default_factory=list)
    _failed: list[str] = field(default_factory=list)

    def make(self, plans: Sequence[Plan], jobs: int, have_run: Callable[[], Any]) -> Inputs | None:
        """Run and draw all, or take what is kept; gives what it rests on, if that is known.

        When all have run, and well, `have_run` is called once, while figures are still drawn. A
        failure is told at once, and what does not rest on it finishes.
        """
        with ThreadPoolExecutor(jobs) as pool:
            try:
                begun = self._begin(pool, plans)
                with self.reporter.part("notebooks", begun):
                    self._follow(pool, begun, have_run)
                self.checking.result()
            except BaseException as error:
                # begin nothing more; leaving the pool waits for what runs
                pool.shutdown(wait=False, cancel_futures=True)
                if isinstance(error, KeyboardInterrupt):
                    self.parent.close()
                raise
        if self._failed:
            # notebooks and charts tell of a full disk only what came of it
            require_room(self.kept.project)
            what = "pages and sweeps" if self._tables else "pages"
            raise BinderyError(
                f"{len(self._failed)} of {len(plans) + len(self._tables)} {what} cannot be "
                f"published, for the faults told above: {', '.join(self._failed)}"
            )
        return None if None in self._parts else joined(*self._parts)

    def _begin(self, pool: Executor, plans: Sequence[Plan]) -> int:
        """Hand all that is run to the pool; gives how much it is.

        Pages that read a sweep come last: they wait for its table.
        """
        keys: dict[str, Future] = {}
        for plan in plans:
            if not plan.sweeps:
                page = keys[plan.recipe(self.kept.project).key] = pool.submit(self._run, plan)
                self._pages[page] = plan.page
        rows, self._tables = self.sweeps.begin(pool, keys)
        self._pages |= {pool.submit(self._run, plan): plan.page for plan in plans if plan.sweeps}
        begun = [*self._pages, *rows, *self._tables]
        for task in begun:
            task.add_done_callback(self._ended.put)
        return len(begun)

    def _follow(self, pool: Executor, running: int, have_run: Callable[[], Any]) -> None:
        """Look at what ends, in the order in which it does, until nothing runs or is drawn."""
        drawn = 0
        while running or drawn < len(self._drawings):
            task = self._ended.get()
            try:
                self._step(task, pool)
            except BinderyError as error:
                self.checking.result()
                page = self._pages.get(task) or self._drawings.get(task)
                name = page or f"the sweep {self._tables[task]}"
                self._failed.append(name)
                self.reporter.fail(str(error))
                self.reporter.step(f"{name}: failed", page=name, state="failed")
            if task in self._drawings:
                drawn += 1
                continue
            running -= 1
            if not running and not self._failed:
                self.checking.result()
                have_run()

    def _step(self, task: Future, pool: Executor) -> None:
        """One task has ended: a row, a table, or the run or the drawings of a page."""
        if task in self._tables:
            table = task.result()
            self._parts.append(table.inputs)
            self.reporter.step(**_told_sweep(table))
        elif task in self._pages:
            record, inputs = task.result()
            self.records[record.page] = record
            self._parts.append(inputs)
            # behind all that is still to be run
            drawing = pool.submit(self._draw, record)
            self._drawings[drawing] = record.page
            drawing.add_done_callback(self._ended.put)
        elif task in self._drawings:
            record, drawn = task.result()
            self._parts.append(drawn.inputs)
            self.reporter.step(**_told(record, drawn))
        else:
            task.result()
            self.reporter.advance()

    def _run(self, plan: Plan) -> tuple[RunRecord, Inputs | None]:
        self.sweeps.wait(plan.page, plan.sweeps)
        place = self.folder / plan.page
        found = kept_run(self.kept, plan, place) or new_run(self.kept, plan, place, self.parent)
        if found[0].warnings:
            # to be mended, not published; a page would show it among the figures
            raise BinderyError(
                "\n".join(
                    f"{plan.page}: notebooks/{plan.notebook}.ipynb warned in its {warning}"
                    for warning in found[0].warnings
                )
            )
        return found

    def _draw(self, record: RunRecord) -> tuple[RunRecord, Drawn]:
        wanted, store = self.wanted, self.kept.store
        made = draw_figures(self.kept, self.parent, record, wanted.langs, wanted.forms)
        if wanted.whole:
            rest = made.inputs or {}
            remember_drawings(store, record.page, made.recipes, rest, made.seconds)
        return record, made


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
