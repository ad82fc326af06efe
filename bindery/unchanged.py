"""Whether the published book is still the one that would be built.

Looking must not take longer than a person notices, so nothing heavy is imported here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from bindery.cache.files import canonical
from bindery.cache.inputs import Digests, Inputs, changed
from bindery.cache.recipe import Recipe, named_recipe
from bindery.commit import current_commit
from bindery.kept import Kept, contents_mark, joined
from bindery.project import Project
from bindery.publish import PARTS


@dataclass(frozen=True)
class Built:
    """How many of each thing a book holds, and how many pages and rows were run for it."""

    pages: int
    figures: int
    results: int
    run: int
    sweeps: int
    rows: int
    rows_run: int


def unchanged_book(kept: Kept) -> Built | None:
    """What is published, if all that it was made from is as it was, and it as well."""
    project = kept.project
    entry = kept.store.find(_book_recipe(project))
    if entry is None or entry.facts["published"] != contents_mark(project.build, PARTS):
        return None
    return Built(**entry.facts["built"] | {"run": 0, "rows_run": 0})


def keep_book(kept: Kept, built: Built, runs: Inputs) -> None:
    """Note what the book that has just been published was made from.

    Not if something of it changed since it was looked at: nobody knows which of the two was read.
    """
    project = kept.project
    own = kept.tree(project.data, project.root / project.lock)
    inputs = joined(runs, prose_inputs(kept), own)
    if changed(inputs, Digests(project.root)):
        return
    facts = {"built": asdict(built), "published": contents_mark(project.build, PARTS)}
    kept.store.keep(_book_recipe(project), inputs, None, facts)


def _book_recipe(project: Project) -> Recipe:
    """The pages tell the commit, and which variants are kept; the name of one tells its values."""
    variants = sorted(path.name for path in (project.build / "variants").glob("[!.]*"))
    return named_recipe("book", canonical([current_commit(project), variants]))


def prose_inputs(kept: Kept) -> Inputs:
    """All that pages are made from beside runs: prose, notebooks, settings, what was measured."""
    project = kept.project
    names = ("_config.yml", "_toc.yml", "pyproject.toml", "benchmarks/results.json")
    return kept.tree(project.prose, project.notebooks, *(project.root / name for name in names))
