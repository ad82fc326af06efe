"""The sweeps of a book: `notebooks/sweeps.yml`, notebook x grid -> table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindery.faults import BinderyError, Fault, nearest
from bindery.identifiers import PAGE
from bindery.parameters import notebook_names
from bindery.project import Project
from bindery.sweep.declared import FILE, DeclaredSweep
from bindery.sweep.grid import Grid, read_grid, stated_grid
from bindery.yamlfile import read_yaml, shape_faults, value_lines

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["sweep", "notebook", "grid"],
        "additionalProperties": False,
        "properties": {
            "sweep": {"type": "string"},
            "notebook": {"type": "string"},
            "grid": {"type": ["object", "string"], "minProperties": 1},
            "results": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        },
    },
}


def read_sweeps(project: Project) -> list[DeclaredSweep]:
    """Every sweep with its checked rows; all faults of all sweeps in one error.

    `grid` is a mapping as `bindery sweep` takes it, or the name of a file of rows that lies beside.
    """
    file = project.notebooks / FILE
    if not file.is_file():
        return []
    name = project.relative(file)
    content = read_yaml(file, name)
    faults = shape_faults(name, content, SCHEMA, "a list of {sweep, notebook, grid, results}")
    sweeps: list[DeclaredSweep] = []
    for position, entry in enumerate(content if not faults else []):
        sweep = entry["sweep"]
        try:
            if not PAGE.fullmatch(sweep):
                raise BinderyError("the name is not made of lower-case ASCII words")
            if sweep in [known.name for known in sweeps]:
                raise BinderyError("the sweep is listed twice; allowed: once")
            grid = _grid(project, entry, position)
            if grid.sweeps:
                raise BinderyError(f"{grid.notebook} reads sweeps itself, which its rows cannot")
            rows = [grid.plan(row) for row in range(1, len(grid) + 1)]
            results = entry.get("results", ())
            sweeps.append(DeclaredSweep(sweep, rows, list(grid.first), list(results)))
        except BinderyError as error:
            faults.append(Fault(name, str(error), "a sweep that can be run", column=sweep))
    if faults:
        raise BinderyError(f"{name} has faults", faults)
    return sweeps


def _grid(project: Project, entry: Mapping[str, Any], position: int) -> Grid:
    notebook, grid = entry["notebook"], entry["grid"]
    known = notebook_names(project)
    if notebook not in known:
        raise BinderyError(f"there is no notebook {notebook!r}; {nearest(notebook, known)}")
    if isinstance(grid, str):
        path = project.notebooks / grid
        if not path.is_file():
            raise BinderyError(f"there is no file {project.relative(path)}")
        return read_grid(project, notebook, path)
    file = project.notebooks / FILE
    lines = value_lines(file, position, "grid")
    return stated_grid(project, notebook, grid, project.relative(file), lines)
