"""The files of all figures, drawn from what their runs recorded; and again where nothing changed.

Run from the project's root with `make bench`. What is measured is processor time, as if on one
core, whatever else the machine does.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from bench_build import BINDERY, seconds
from measures import note, row

from bindery.cache.store import Store
from bindery.execute import warm_parent
from bindery.figures import draw_figures
from bindery.kept import Kept
from bindery.pages import Page, read_pages
from bindery.project import LANGUAGES, Project, find_project
from bindery.record import RunRecord
from bindery.runs import kept_run

RUNS = 3


@dataclass(frozen=True)
class Cost:
    """Drawings that were made, each a figure in one language, and the processor time of it all."""

    drawings: int
    seconds: float


def main() -> None:
    project = find_project()
    # of the runs of this very package, what they draw is known
    seconds(BINDERY, project.root)
    with tempfile.TemporaryDirectory(dir=project.build) as place:
        note(exports(project, Path(place)))


def exports(project: Project, place: Path) -> list[dict[str, object]]:
    """What a figure costs in one language with all its files, and how many are drawn again."""
    cold = [draw_all(project, place / f"store-{run}", place / f"cold-{run}") for run in range(RUNS)]
    again = draw_all(project, place / "store-0", place / "again")
    each = statistics.median(cost.seconds / cost.drawings for cost in cold)
    return [
        row("exports", each, "seconds", 0.4),
        row("exports-again", again.drawings, "drawings", 0),
    ]


def draw_all(project: Project, store: Path, folder: Path) -> Cost:
    """All figures of the built book, as a build draws them that keeps drawings in `store`."""
    built, kept = Kept(project, sys.exit), Kept(project, sys.exit)
    kept.store = Store(store, kept.digests, sys.exit)
    records = [record_of(built, page, folder / page.name) for page in read_pages(project)]
    with warm_parent(project) as parent:
        began = time.process_time()
        made = sum(draw_figures(kept, parent, record, LANGUAGES).new for record in records)
        # the parent of those that drew holds their time
        return Cost(made, time.process_time() - began + family_seconds())


def record_of(built: Kept, page: Page, folder: Path) -> RunRecord:
    found = kept_run(built, page.plan, folder)
    if found is None:
        sys.exit(f"{page.name}: its run is not kept, so that what it draws is not known")
    return found[0]


def family_seconds() -> float:
    """Processor time of all processes below this one, those that have ended included."""
    times = [one.cpu_times() for one in psutil.Process().children(recursive=True)]
    return sum(one.user + one.system + one.children_user + one.children_system for one in times)


if __name__ == "__main__":
    main()
