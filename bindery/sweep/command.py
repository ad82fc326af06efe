"""A sweep from its file of rows to its table of results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from bindery.cache.inputs import Digests
from bindery.faults import BinderyError
from bindery.kept import Kept, kept_results
from bindery.parameters import notebook_path
from bindery.project import Project
from bindery.publish import remove
from bindery.report import Reporter
from bindery.sweep.declared import read_declared
from bindery.sweep.grid import Grid, read_grid
from bindery.sweep.ledger import Ledger
from bindery.sweep.local import run_here
from bindery.sweep.outcome import FAILED, Outcome
from bindery.sweep.rowfolder import WORK, holds_row, tidy_folders
from bindery.sweep.standing import require_fresh

# so many changes are told
_TOLD = 3


@dataclass(frozen=True)
class Sweep:
    """What is asked for; `scheduler` is the address of Dask's, "" for this machine."""

    notebook: str
    rows: Path
    jobs: int = 1
    scheduler: str = ""
    notebooks: bool = False
    fail_fast: bool = False
    out: Path | None = None


def run_sweep(project: Project, sweep: Sweep, reporter: Reporter) -> Path:
    """Run all rows that no earlier call has run; gives back the table of results.

    Raises BinderyError where rows cannot be used, before any runs, and where rows failed, when the
    table is written. Whenever it ends early, the next call goes on from there.
    """
    notebook = notebook_path(project, sweep.notebook).stem
    grid = read_grid(project, notebook, sweep.rows)
    if sweep.scheduler and grid.sweeps:
        raise BinderyError(
            f"notebooks/{notebook}.ipynb reads the sweep {', '.join(grid.sweeps)} of the book, "
            "whose table does not travel to workers; leave out --scheduler to run it here"
        )
    out = sweep.out or project.build / "sweeps" / f"{notebook}-{sweep.rows.stem}"
    # a run has another working folder
    out = out.absolute()
    with _alone(out), kept_results(project, reporter.warn) as kept:
        require_fresh(kept, read_declared(kept), grid.sweeps)
        call = _Call(kept, sweep, grid, out, reporter)
        call.resume()
        try:
            call.run()
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"interrupted; {call.so_far()}") from None
        except (BinderyError, OSError) as error:
            raise BinderyError(f"{error}\n{call.so_far()}") from None
        finally:
            remove(out / WORK)
        call.require_unchanged()
        table, failure = call.finish()
    if failure:
        raise BinderyError(failure)
    return table


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """One sweep at a time in one folder; a second one is told, not queued."""
    out.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(out / ".lock", timeout=0):
            # of a call that was killed
            remove(out / WORK)
            yield
    except Timeout:
        raise BinderyError(f"another sweep writes to {out}; wait for it, or give --out") from None


class _Call:
    """One call of the command: what earlier ones have left to do, and what it makes of that."""

    def __init__(self, kept: Kept, sweep: Sweep, grid: Grid, out: Path, reporter: Reporter):
        self.kept, self.sweep, self.grid, self.out = kept, sweep, grid, out
        self.reporter = reporter
        self.ledger = Ledger(out, grid)
        self.keys = grid.keys(kept.project)

    def resume(self) -> None:
        """Take over what earlier calls have done, and say how much is to be run."""
        self.ledger.resume(self.keys, self.kept.digests, self._is_whole)
        tidy_folders(self.out, self._has_line)
        self.reporter.say(f"{_number(len(self.grid))} of {self.grid.notebook}")
        if repeated := len(self.grid) - len(self.keys):
            self.reporter.say(
                f"  {_number(repeated)} with the values of another row, which is run for both"
            )
        if self.ledger.done:
            self.reporter.say(f"  {_number(self.ledger.done)} done by an earlier call")

    def _is_whole(self, line: Mapping[str, Any]) -> bool:
        if not self.sweep.notebooks or line["status"] == FAILED:
            return True
        return holds_row(self.out, line["row"], line["key"])

    def _has_line(self, row: int) -> bool:
        known = 0 < row <= len(self.grid) and self.ledger.holds(row)
        return known and holds_row(self.out, row, self.ledger.read(row)["key"])

    def run(self) -> None:
        """Run what is not done yet; each outcome is written down when it is there."""
        ledger = self.ledger
        if self.sweep.fail_fast and ledger.failed:
            raise BinderyError(ledger.first_failure)
        counts = len(self.keys), ledger.done, ledger.failed
        with (
            self.reporter.rows(self.grid.notebook, *counts) as advance,
            closing(self._outcomes()) as outcomes,
        ):
            for outcome in outcomes:
                ledger.add(outcome)
                advance(outcome.status == FAILED)
                if self.sweep.fail_fast and outcome.status == FAILED:
                    raise BinderyError(ledger.first_failure)

    def _outcomes(self) -> Iterator[Outcome]:
        rows = (row for row in self.grid.runs() if not self.ledger.holds(row))
        kept, out, notebooks = self.kept, self.out, self.sweep.notebooks
        if not self.sweep.scheduler:
            plans = ((row, self.grid.plan(row)) for row in rows)
            return run_here(kept, plans, self.sweep.jobs, out, notebooks)
        # Dask is imported for those who ask for it
        from bindery.sweep.remote import run_there

        address, say = self.sweep.scheduler, self.reporter.say
        return run_there(kept, self.grid, rows, address, out, notebooks, say)

    def so_far(self) -> str:
        return (
            f"{self.ledger.done} of {_number(len(self.keys))} done; the same command goes on "
            "from there"
        )

    def require_unchanged(self) -> None:
        """Nobody knows which rows rest on what was before; the next call runs these again."""
        project = self.kept.project
        found = self.ledger.changed(Digests(project.root))
        if self.grid.plan(1).recipe(project).key not in self.keys:
            found.insert(0, f"the code of {self.grid.notebook} or what is installed changed")
        if found:
            raise BinderyError(
                f"while the rows ran, {'; '.join(found[:_TOLD])}; the same command runs those "
                "anew that rest on what was before"
            )

    def finish(self) -> tuple[Path, str]:
        """Write the table; with what is to be said of rows that failed."""
        table, failed = self.ledger.write_table()
        root = self.kept.project.root
        name = table.relative_to(root) if table.is_relative_to(root) else table
        self.reporter.say(f"the results: {name}")
        if warned := self.ledger.warned:
            self.reporter.warn(f"{_number(warned)} warned, such as {self.ledger.first_warning}")
        if not failed:
            return table, ""
        error = self.ledger.read(failed[0])["error"]
        return table, (
            f"{len(failed)} of {_number(len(self.grid))} failed; {name} says why, such as\n"
            f"row {failed[0]}: {error}\n"
            "They run again when their code, their values or what they have read changes."
        )


def _number(rows: int) -> str:
    return f"{rows} {'row' if rows == 1 else 'rows'}"
