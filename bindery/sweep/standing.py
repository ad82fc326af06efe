"""Whether the table of a sweep of the book is the one that a build would make.

Nothing heavy is imported here: `status` asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bindery.cache.entries import Entry
from bindery.cache.files import write_whole
from bindery.cache.inputs import changed
from bindery.cache.recipe import differences
from bindery.cache.status import Row, recall, rows, told_reasons
from bindery.faults import BinderyError, nearest
from bindery.kept import Kept
from bindery.plan import drawing_recipes, read_plans
from bindery.project import Project
from bindery.sweep.declared import DeclaredSweep, read_declared, table_file

# the file of a kept table
TABLE = "table.csv"


@dataclass(frozen=True)
class SweepRow:
    """Whether rows of a sweep would run; `seconds` is how long the last runs of all of them took,
    None where they never ran.
    """

    sweep: str
    notebook: str
    state: str
    reason: str
    seconds: float | None


def memory_name(sweep: DeclaredSweep) -> str:
    """What its last runs are remembered under; a page cannot be called so."""
    return f"{sweep.name}.sweep"


def kept_table(kept: Kept, sweep: DeclaredSweep) -> Entry | None:
    """The kept table, if all that its rows rest on is as it was."""
    return kept.store.find(sweep.recipe(kept.project))


def lay_table(kept: Kept, sweep: DeclaredSweep, content: bytes) -> None:
    """Put a table where notebooks read it; one that is there already is left alone."""
    file = table_file(kept.project, sweep.name)
    if not (file.is_file() and file.read_bytes() == content):
        write_whole(file, content)
    kept.store.forget(kept.project.relative(file))


def sweep_row(kept: Kept, sweep: DeclaredSweep) -> SweepRow:
    """What `status` says of a sweep."""
    file = kept.project.relative(table_file(kept.project, sweep.name))
    if (entry := kept_table(kept, sweep)) is not None:
        laid = kept.digests.file(file)
        if laid == entry.files[TABLE][0]:
            return SweepRow(sweep.name, sweep.notebook, "fresh", "", 0)
        reason = f"only its table: {file} {'changed' if laid else 'is gone'}"
        return SweepRow(sweep.name, sweep.notebook, "stale", reason, 0)
    memory = recall(kept.store, memory_name(sweep))
    if memory is None:
        return SweepRow(sweep.name, sweep.notebook, "stale", "never run", None)
    now = sweep.told_recipe(kept.project).parts
    reasons = differences(memory.parts, now, kept.project.lock)
    reasons += changed(memory.inputs, kept.digests)
    told = told_reasons(reasons or list(memory.reasons) or ["its kept table is gone"])
    return SweepRow(sweep.name, sweep.notebook, "stale", told, memory.seconds)


def book_rows(kept: Kept) -> list[Row | SweepRow]:
    """What `status` says: every page, then every sweep. What reads a stale sweep is stale too."""
    project, plans = kept.project, read_plans(kept)
    sweeps = [sweep_row(kept, sweep) for sweep in read_declared(kept)]
    stale = {row.sweep for row in sweeps if row.state == "stale"}
    asked = [(plan.page, plan.notebook, plan.recipe(project)) for plan in plans]
    pages = rows(kept.store, asked, project.lock, drawing_recipes)
    for place, plan in enumerate(plans):
        if (found := stale.intersection(plan.sweeps)) and pages[place].state == "fresh":
            reason = f"reads what is stale: sweep {', '.join(sorted(found))}"
            pages[place] = replace(pages[place], state="stale", reason=reason)
    return [*pages, *sweeps]


def require_fresh(kept: Kept, sweeps: Iterable[DeclaredSweep], names: Iterable[str]) -> None:
    """An error where a table that is to be read is not the one that a build would make."""
    known = {sweep.name: sweep for sweep in sweeps}
    for name in names:
        if name not in known:
            raise BinderyError(f"there is no sweep {name!r}; {nearest(name, list(known))}")
        row = sweep_row(kept, known[name])
        if row.state == "stale":
            raise BinderyError(
                f"the table of the sweep {name!r} is not there or not fresh ({row.reason}); "
                "`bindery build` makes it"
            )


def clear_tables(project: Project, sweeps: Iterable[DeclaredSweep]) -> None:
    """Take away the tables of sweeps that are declared no more."""
    wanted = {table_file(project, sweep.name) for sweep in sweeps}
    for file in (project.build / "sweeps").glob("*.csv"):
        if file not in wanted:
            file.unlink()
