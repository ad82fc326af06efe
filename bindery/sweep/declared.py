"""A sweep of the book, as it is declared: its rows, and which of their results it tells.

Nothing heavy is imported here: `status` asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bindery.cache.files import canonical, digest
from bindery.cache.recipe import Recipe, binder_digest, named_recipe
from bindery.kept import Kept
from bindery.plan import Plan
from bindery.project import Project

# in the project's folder of notebooks
FILE = "sweeps.yml"


@dataclass(frozen=True)
class DeclaredSweep:
    """`first` has of each row, counted from 1, the first one with the same values; where `results`
    names none, all are told.
    """

    name: str
    rows: Sequence[Plan]
    first: Sequence[int]
    results: Sequence[str] = ()

    @property
    def notebook(self) -> str:
        return self.rows[0].notebook

    @cached_property
    def runs(self) -> list[int]:
        """The rows that are to be run: of equal ones the first."""
        return [row for row, first in enumerate(self.first, start=1) if row == first]

    def plan(self, row: int) -> Plan:
        return self.rows[row - 1]

    def recipes(self, project: Project) -> dict[int, Recipe]:
        """Of each row that is to be run."""
        recipe = self.plan(1).recipe(project)
        return {row: recipe.with_parts(parameters=dict(self.plan(row).values)) for row in self.runs}

    def recipe(self, project: Project) -> Recipe:
        """Of the whole table."""
        keys = [recipe.key for recipe in self.recipes(project).values()]
        return named_recipe(
            f"sweep {self.name}", digest(canonical([keys, self.first, self.results]))
        )

    def told_recipe(self, project: Project) -> Recipe:
        """The same in parts of which it can be said what changed."""
        values = [digest(canonical(plan.values)) for plan in self.rows]
        recipe = self.plan(1).recipe(project)
        told = {"rows": values, "results": list(self.results), "code": binder_digest()}
        return recipe.with_parts(parameters={}, **told)


def table_file(project: Project, name: str) -> Path:
    """Where the table of a sweep of the book lies for the notebooks that read it."""
    return project.build / "sweeps" / f"{name}.csv"


def read_declared(kept: Kept) -> list[DeclaredSweep]:
    """All sweeps of the book, from what was kept where nothing of them changed."""
    project = kept.project

    def make() -> list[dict[str, Any]]:
        from bindery.sweep.declaration import read_sweeps

        return [_plain(sweep) for sweep in read_sweeps(project)]

    found = kept.step("sweeps", lambda: kept.tree(project.notebooks, project.data), make)
    return [_sweep(said) for said in found]


def _plain(sweep: DeclaredSweep) -> dict[str, Any]:
    return {
        "name": sweep.name,
        "notebook": sweep.notebook,
        "rows": [[plan.page, dict(plan.values), dict(plan.given)] for plan in sweep.rows],
        "variables": list(sweep.plan(1).variables),
        "first": list(sweep.first),
        "results": list(sweep.results),
    }


def _sweep(said: Mapping[str, Any]) -> DeclaredSweep:
    rows = [
        Plan(page, said["notebook"], values, given, tuple(said["variables"]), told=False)
        for page, values, given in said["rows"]
    ]
    return DeclaredSweep(said["name"], rows, said["first"], said["results"])
