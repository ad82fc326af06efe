"""The rows of a sweep: a grid of values or a table of rows, checked as a whole before any runs."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bindery.cache.files import canonical, digest
from bindery.faults import MANY, BinderyError, Fault
from bindery.parameters import Rules
from bindery.plan import Plan
from bindery.project import Project
from bindery.sweep.product import product_rows
from bindery.sweep.table import table_rows
from bindery.yamlfile import read_yaml, value_lines

# of the table of results, beside parameters and results
OWN_COLUMNS = ("row", "refusals", "warnings", "status", "error", "seconds", "run_key")
# what a row is called, before its number
_ROW = "row "


@dataclass(frozen=True)
class Grid:
    """All rows in their order, counted from 1, with their values as a run gets them."""

    notebook: str
    names: tuple[str, ...]
    # of each row the values of all parameters, in the order of the names
    values: Sequence[tuple[Any, ...]]
    # of each row the first row that has the same values
    first: Sequence[int]
    defaults: Mapping[str, Any]
    # those of the environment that the schema declares
    variables: tuple[str, ...]
    # the sweeps of the book that the notebook reads
    sweeps: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.values)

    def parameters(self, row: int) -> dict[str, Any]:
        return dict(zip(self.names, self.values[row - 1], strict=True))

    def plan(self, row: int) -> Plan:
        """What is to be run for a row."""
        values = self.parameters(row)
        given = {name: value for name, value in values.items() if value != self.defaults[name]}
        reads = self.variables, self.sweeps
        return Plan(f"{_ROW}{row}", self.notebook, values, given, *reads, told=False)

    @staticmethod
    def row(plan: Plan) -> int:
        """The row that a plan is of."""
        return int(plan.page.removeprefix(_ROW))

    def runs(self) -> Iterator[int]:
        """The rows that are to be run: of equal ones the first."""
        return (row for row, first in enumerate(self.first, start=1) if row == first)

    def keys(self, project: Project) -> dict[str, int]:
        """The run key of each row that is to be run, as the project is now."""
        recipe = self.plan(1).recipe(project)
        return {recipe.with_parts(parameters=self.parameters(row)).key: row for row in self.runs()}


def read_grid(project: Project, notebook: str, file: Path) -> Grid:
    """Read and check all rows of a file, YAML or CSV; raises one error with every fault.

    A YAML file maps names of parameters to lists of values, or to ranges `{from, to, step}` with
    both ends; every combination is a row, but for those that `exclude` lists. A CSV file has a row
    in each line and a parameter in each column; where a cell is empty, the default holds.
    """
    rules = Rules(project, notebook)
    faults = [*rules.faults, *_taken_names(rules)]
    if file.suffix.lower() == ".csv":
        return _checked_grid(rules, str(file), table_rows(rules, file, faults), faults)
    content = read_yaml(file, str(file))
    if not isinstance(content, dict):
        raise BinderyError(f"{file}: found no mapping; allowed: lines `parameter: [values]`")
    rows = product_rows(rules, content, str(file), value_lines(file), faults)
    return _checked_grid(rules, str(file), rows, faults)


def stated_grid(
    project: Project,
    notebook: str,
    content: Mapping[str, Any],
    file: str,
    lines: Mapping[str, Sequence[int]],
) -> Grid:
    """The same of a mapping that stands in a file among other things, at these lines."""
    rules = Rules(project, notebook)
    faults = [*rules.faults, *_taken_names(rules)]
    return _checked_grid(rules, file, product_rows(rules, content, file, lines, faults), faults)


def _checked_grid(
    rules: Rules,
    file: str,
    rows: Iterable[tuple[int, Mapping[str, Any]]],
    faults: list[Fault],
) -> Grid:
    """All rows; those that give them add to the faults."""
    notebook, values = rules.notebook, []
    # what is wrong with rows -> the lines that are; thousands may share a fault
    lines: dict[Fault, list[int]] = {}
    for line, given in rows:
        resolved, _, found = rules.resolve(given)
        values.append(tuple(resolved[name] for name in rules.cell))
        for fault in found:
            lines.setdefault(fault, []).append(line)
    faults += [_placed(file, *found) for found in lines.items() if found[0] not in rules.faults]
    if faults:
        raise BinderyError(f"the rows for {notebook} cannot be used; nothing was run", faults)
    if not values:
        raise BinderyError(f"{file}: found no row; allowed: at least one")
    names, first = tuple(rules.cell), _first_of_equals(values)
    return Grid(notebook, names, values, first, rules.defaults, rules.variables, rules.sweeps)


def _taken_names(rules: Rules) -> list[Fault]:
    taken = [name for name in rules.cell if name in OWN_COLUMNS]
    allowed = "in a sweep, names that are no columns of its results"
    return [
        Fault(f"notebooks/{rules.notebook}.ipynb", f"a parameter {name!r}", allowed)
        for name in taken
    ]


def _placed(file: str, fault: Fault, lines: Sequence[int]) -> Fault:
    """A fault of one or many rows; where no line is known, with their number."""
    first, *others = sorted(set(lines))
    also = ""
    if not first:
        also = f" (in {len(lines)} {'rows' if len(lines) > 1 else 'row'})"
    elif others:
        more = f" and {len(others) - MANY} others" if len(others) > MANY else ""
        also = f" (and in rows {', '.join(map(str, others[:MANY]))}{more})"
    return Fault(file, f"{fault.found}{also}", fault.allowed, fault.remedy, first)


def _first_of_equals(rows: Sequence[tuple[Any, ...]]) -> Sequence[int]:
    known: dict[str, int] = {}
    # not by the values themselves: 1, 1.0 and True are equal
    keys = (digest(canonical(row)) for row in rows)
    return array("l", (known.setdefault(key, number) for number, key in enumerate(keys, start=1)))
