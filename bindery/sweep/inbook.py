"""The sweeps of a book while it is built: rows run beside pages, from the same warm parent.

A row that is a page as well waits for it and takes its results; a page that reads a sweep waits for
its table. Each is begun after what it waits for, so that none waits for one that is not begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path

from bindery.cache.files import write_whole
from bindery.cache.inputs import Digests, Inputs, changed
from bindery.cache.status import remember
from bindery.faults import BinderyError
from bindery.kept import Kept, joined
from bindery.sweep.declared import DeclaredSweep
from bindery.sweep.longtable import long_table
from bindery.sweep.outcome import DONE, FAILED, Outcome, failed_row, run_row
from bindery.sweep.standing import TABLE, clear_tables, kept_table, lay_table, memory_name
from bindery.warmfork import WarmParent

# so many rows that failed are told
_TOLD = 3


@dataclass(frozen=True)
class SweepMade:
    """A table that is laid: how many rows were run for it, and what it rests on, if known."""

    name: str
    rows: int
    run: int
    seconds: float
    inputs: Inputs | None


@dataclass
class BookSweeps:
    """The sweeps of one build; `folder` is for their runs, and does not exist yet."""

    kept: Kept
    sweeps: Sequence[DeclaredSweep]
    parent: WarmParent
    folder: Path
    made: list[SweepMade] = field(default_factory=list)
    # of each sweep its table, which may still be made
    _tables: dict[str, Future] = field(default_factory=dict)

    def begin(
        self, pool: Executor, pages: Mapping[str, Future]
    ) -> tuple[list[Future], dict[Future, str]]:
        """Hand rows and tables to the pool: the rows, and of each table the name of its sweep.

        `pages` are the pages that are begun, by the key of their run.
        """
        project, store = self.kept.project, self.kept.store
        clear_tables(project, self.sweeps)
        rows: list[Future] = []
        for sweep in self.sweeps:
            entry = kept_table(self.kept, sweep)
            content = store.read(entry, TABLE) if entry else None
            if content is not None:
                self._remember(sweep, entry.inputs, entry.facts["seconds"])
                table = pool.submit(self._lay, sweep, content, [], entry.inputs)
            else:
                page_of = {
                    row: pages.get(recipe.key) for row, recipe in sweep.recipes(project).items()
                }
                # one that waits for a page would hold up those that could run meanwhile
                begun = {
                    row: pool.submit(self._row, sweep, row, page_of[row])
                    for row in sorted(page_of, key=lambda row: page_of[row] is not None)
                }
                running = {row: begun[row] for row in page_of}
                rows += running.values()
                table = pool.submit(self._table, sweep, running)
            self._tables[sweep.name] = table
        return rows, {table: name for name, table in self._tables.items()}

    def wait(self, page: str, names: Iterable[str]) -> None:
        """Return when the tables that a page reads are laid; raise where one cannot be."""
        failed = [name for name in names if self._tables[name].exception() is not None]
        if failed:
            raise BinderyError(f"{page}: not run, for it reads the sweep {', '.join(failed)}")

    def _row(self, sweep: DeclaredSweep, row: int, page: Future | None) -> Outcome:
        plan = sweep.plan(row)
        if page is not None and page.exception() is not None:
            recipe = plan.recipe(self.kept.project)
            return failed_row(plan, row, recipe, "it is a page that failed", 0, None)
        folder = self.folder / sweep.name / str(row)
        return run_row(self.kept, plan, row, self.parent, folder)

    def _table(self, sweep: DeclaredSweep, running: Mapping[int, Future[Outcome]]) -> SweepMade:
        outcomes = {row: future.result() for row, future in running.items()}
        known = [outcome.inputs for outcome in outcomes.values() if outcome.inputs is not None]
        now = Digests(self.kept.project.root)
        # rows may have read what was edited while they ran, one before and one after
        same = len(known) == len(outcomes) and not any(changed(one, now) for one in known)
        inputs = joined(*known) if same else None
        seconds = sum(outcome.seconds for outcome in outcomes.values())
        if faults := _faults(sweep, outcomes):
            self._remember(sweep, joined(*known), seconds, ["rows of it failed"])
            raise BinderyError(faults)
        content = long_table(sweep, outcomes).encode()
        if inputs is None:
            self._remember(sweep, joined(*known), seconds, ["some of its rows cannot be kept"])
        else:
            self._remember(sweep, inputs, seconds)
            self._keep(sweep, content, inputs, seconds)
        run = [outcome.seconds for outcome in outcomes.values() if outcome.status == DONE]
        return self._lay(sweep, content, run, inputs)

    def _keep(self, sweep: DeclaredSweep, content: bytes, inputs: Inputs, seconds: float) -> None:
        folder = self.folder / f"{sweep.name}.table"
        write_whole(folder / TABLE, content)
        recipe = sweep.recipe(self.kept.project)
        self.kept.store.keep(recipe, inputs, folder, {"seconds": seconds})

    def _remember(
        self, sweep: DeclaredSweep, inputs: Inputs, seconds: float, reasons: Sequence[str] = ()
    ) -> None:
        """For `status`."""
        recipe = sweep.told_recipe(self.kept.project)
        remember(self.kept.store, memory_name(sweep), recipe, inputs, seconds, reasons)

    def _lay(
        self, sweep: DeclaredSweep, content: bytes, run: Sequence[float], inputs: Inputs | None
    ) -> SweepMade:
        """`run` are the seconds of the rows that were run."""
        lay_table(self.kept, sweep, content)
        made = SweepMade(sweep.name, len(sweep.rows), len(run), sum(run), inputs)
        self.made.append(made)
        return made


def _faults(sweep: DeclaredSweep, outcomes: Mapping[int, Outcome]) -> str:
    """What is wrong with rows: those that failed, and those that warned, as pages may not."""
    said = {
        row: outcome.error or f"it warned in its {outcome.warnings[0]}"
        for row, outcome in outcomes.items()
        if outcome.status == FAILED or outcome.warnings
    }
    if not said:
        return ""
    told = [f"  row {row} ({_values(sweep, row)}): {said[row]}" for row in list(said)[:_TOLD]]
    more = [f"  and {len(said) - _TOLD} more"] if len(said) > _TOLD else []
    head = f"the sweep {sweep.name}: {len(said)} of {len(outcomes)} rows of {sweep.notebook} failed"
    return "\n".join([head, *told, *more])


def _values(sweep: DeclaredSweep, row: int) -> str:
    given = sweep.plan(row).given.items()
    return ", ".join(f"{name} = {value}" for name, value in given) or "the defaults"
