"""What the book is to run: notebook x checked values -> page, without reading schemas again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bindery.cache.recipe import Recipe, notebook_recipe
from bindery.kept import Kept
from bindery.project import Project

# which files of a figure a run makes
DRAWN_VARIABLE = "BINDERY_DRAWN"


@dataclass(frozen=True)
class Plan:
    """One page to be: its notebook, its resolved values, the variables its schema declares.

    `given` are the values that differ from the defaults in the notebook. `drawn` are the files of a
    figure that are to be made, such as en.svg; none stands for all.
    """

    page: str
    notebook: str
    values: Mapping[str, Any]
    given: Mapping[str, Any]
    variables: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        """The declared variables that are set, with their values, and what is to be drawn."""
        declared = {name: os.environ[name] for name in self.variables if name in os.environ}
        return declared | ({DRAWN_VARIABLE: " ".join(self.drawn)} if self.drawn else {})

    def recipe(self, project: Project) -> Recipe:
        """What the run is made from, apart from what it reads."""
        return notebook_recipe(
            project.notebooks / f"{self.notebook}.ipynb",
            self.values,
            project.root / project.lock,
            self.environment,
        )


def read_plans(kept: Kept) -> list[Plan]:
    """Every page of the book, from what was kept where nothing of it changed."""
    project = kept.project

    def make() -> list[list[Any]]:
        # reading schemas takes longer than the whole of a command that has nothing to do
        from bindery.pages import read_pages

        plans = [page.plan for page in read_pages(project)]
        return [
            [plan.page, plan.notebook, dict(plan.values), dict(plan.given), plan.variables]
            for plan in plans
        ]

    found = kept.step("pages", lambda: kept.tree(project.notebooks, project.data), make)
    return [Plan(*parts, tuple(names)) for *parts, names in found]
