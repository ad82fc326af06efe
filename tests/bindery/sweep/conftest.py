"""Sweeps over the sample project, whose notebook draws nothing here."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from bindery.project import Project

# a grid of four rows
GRID = "field: [north, South field]\nshare: [0.5, 1]\n"


@pytest.fixture
def farm(sample: Project, edit_cells: Callable[..., None]) -> Project:
    """The sample without its figure, so that a row takes no longer than it must."""
    edit_cells(sample, "figure(", None)
    (sample.root / "grid.yml").write_text(GRID, encoding="utf-8")
    return sample


@pytest.fixture(scope="session")
def edit_cells() -> Callable[..., None]:
    """Puts code before the cell that begins with a text, or takes it away if there is none."""

    def edit(project: Project, start: str, code: str | None) -> None:
        path = project.notebooks / "harvest.ipynb"
        notebook = nbformat.read(path, as_version=4)
        (cell,) = [cell for cell in notebook.cells if cell.source.startswith(start)]
        if code is None:
            notebook.cells.remove(cell)
        else:
            cell.source = f"{code}\n{cell.source}"
        nbformat.write(notebook, path)

    return edit


@pytest.fixture
def table() -> Callable[[Path], list[dict[str, str]]]:
    """The table of results in a folder."""

    def read(folder: Path) -> list[dict[str, str]]:
        with (folder / "results.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    return read


@pytest.fixture
def lines() -> Callable[[Path], list[dict]]:
    """The lines of results in a folder, in the order in which they were written."""

    def read(folder: Path) -> list[dict]:
        text = (folder / "results.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.split("\n")[:-1]]

    return read
