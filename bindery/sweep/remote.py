"""Rows of a sweep on a Dask cluster, but for those that are kept here already."""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bindery.cache.inputs import Inputs
from bindery.cache.recipe import Recipe
from bindery.execute import warm_parent
from bindery.faults import BinderyError
from bindery.kept import Kept
from bindery.plan import Plan
from bindery.record import RunRecord
from bindery.runs import keep_run, kept_run
from bindery.sweep.cluster import Ran, run_on_cluster
from bindery.sweep.grid import Grid
from bindery.sweep.outcome import Outcome, failed_row, keep_results, kept_row, made_row, whole_row
from bindery.sweep.rowfolder import WORK, settle_folder
from bindery.warmfork import WarmParent


def run_there(
    kept: Kept,
    grid: Grid,
    rows: Iterable[int],
    address: str,
    out: Path,
    notebooks: bool,
    tell: Callable[[str], Any],
) -> Iterator[Outcome]:
    """The outcome of each row as it finishes on the workers of a scheduler.

    With `notebooks`, figures are drawn here, and the folder of a row has its place in `out` before
    its outcome is told. To close this ends what runs. `tell` hears what a person should know.
    """
    # it starts when it is first asked to draw
    with warm_parent(kept.project) as parent:
        finish = _Finisher(kept, grid, out, parent, notebooks)
        # numbers alone: the rest of a row is made when its turn comes
        missing = array("l")
        for row in rows:
            if outcome := finish.kept(row):
                yield outcome
            else:
                missing.append(row)
        if missing:
            plans = map(grid.plan, missing)
            for ran in run_on_cluster(kept, plans, address, tell, results_only=not notebooks):
                yield finish.ran(ran)


@dataclass(frozen=True)
class _Finisher:
    """Makes outcomes of what was run elsewhere, or is kept."""

    kept_results: Kept
    grid: Grid
    out: Path
    parent: WarmParent
    notebooks: bool

    def kept(self, row: int) -> Outcome | None:
        plan = self.grid.plan(row)
        if not self.notebooks:
            return kept_row(self.kept_results, plan, row)
        recipe = plan.recipe(self.kept_results.project)
        found = kept_run(self.kept_results, plan, self._folder(row))
        return self._whole(plan, recipe, *found) if found else None

    def ran(self, ran: Ran) -> Outcome:
        row = self.grid.row(ran.plan)
        if ran.record is None:
            return failed_row(ran.plan, row, ran.recipe, ran.error, ran.seconds, ran.inputs)
        if not self.notebooks:
            if ran.inputs is not None:
                keep_results(self.kept_results, ran.recipe, ran.record, ran.inputs)
            return made_row(ran.plan, row, ran.recipe, ran.record, ran.inputs)
        # to the disk where its place is
        folder = self._folder(row)
        shutil.move(ran.record.folder, folder)
        record = replace(ran.record, folder=folder)
        # as of a page: what was warned of is not kept with it
        inputs = None if record.warnings else ran.inputs
        if inputs is not None:
            keep_run(self.kept_results, ran.recipe, record, inputs)
        return self._whole(ran.plan, ran.recipe, record, inputs)

    def _whole(
        self, plan: Plan, recipe: Recipe, record: RunRecord, inputs: Inputs | None
    ) -> Outcome:
        row = self.grid.row(plan)
        try:
            outcome = whole_row(self.kept_results, plan, row, recipe, record, inputs, self.parent)
        except BinderyError as error:
            return failed_row(plan, row, recipe, str(error), record.seconds, None)
        settle_folder(record.folder, self.out, row)
        return outcome

    def _folder(self, row: int) -> Path:
        return self.out / WORK / str(row)
