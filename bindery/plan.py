"""What the book is to run: notebook x checked values -> page, without reading schemas again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from bindery.cache.recipe import Recipe, drawing_recipe, notebook_recipe
from bindery.cache.store import Entry
from bindery.drawing import FORMS
from bindery.kept import Kept
from bindery.project import LANGUAGES, Project
from bindery.record import is_drawing

# the sweeps of the book that a run may read, for the run
SWEEPS_VARIABLE = "BINDERY_SWEEPS"


@dataclass(frozen=True)
class Plan:
    """One page to be: its notebook, its resolved values, the variables its schema declares.

    `given` are the values that differ from the defaults in the notebook, `sweeps` those of the book
    that it reads. `told` is whether `status` is to tell of it: it tells of the book.
    """

    page: str
    notebook: str
    values: Mapping[str, Any]
    given: Mapping[str, Any]
    variables: tuple[str, ...] = ()
    sweeps: tuple[str, ...] = ()
    told: bool = True

    @property
    def environment(self) -> dict[str, str]:
        """What its run may see: the declared variables that are set, and which sweeps."""
        seen = {name: os.environ[name] for name in self.variables if name in os.environ}
        return seen | ({SWEEPS_VARIABLE: " ".join(self.sweeps)} if self.sweeps else {})

    def recipe(self, project: Project) -> Recipe:
        """What the run is made from, apart from what it reads."""
        return notebook_recipe(
            project.notebooks / f"{self.notebook}.ipynb",
            self.values,
            project.root / project.lock,
            self.environment,
        )


def drawing_recipes(run: Entry) -> list[Recipe]:
    """Of all figures of a kept run, as the book has them."""
    drawings = [
        checksum for name, (checksum, _) in run.files.items() if is_drawing(PurePosixPath(name))
    ]
    return [drawing_recipe(one, lang, FORMS) for one in drawings for lang in LANGUAGES]


def read_plans(kept: Kept) -> list[Plan]:
    """Every page of the book, from what was kept where nothing of it changed."""
    project = kept.project

    def make() -> list[list[Any]]:
        # reading schemas takes longer than the whole of a command that has nothing to do
        from bindery.pages import read_pages

        plans = [page.plan for page in read_pages(project)]
        return [
            [
                *(plan.page, plan.notebook, dict(plan.values), dict(plan.given)),
                *(plan.variables, plan.sweeps),
            ]
            for plan in plans
        ]

    found = kept.step("pages", lambda: kept.tree(project.notebooks, project.data), make)
    return [Plan(*parts, tuple(names), tuple(sweeps)) for *parts, names, sweeps in found]
