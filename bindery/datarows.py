"""The rows of the data tables, each under one identifier: `table:key|key`.

The key is that of the data package. It says what a row is about, not where it stands, so that a row
keeps its identifier when the file is sorted otherwise or other rows come and go.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bindery.faults import Fault
from bindery.project import Project

_BETWEEN = "|"


@dataclass(frozen=True)
class DataTable:
    """A table as text: its file, its columns, and its rows by their identifiers."""

    file: str
    columns: Sequence[str]
    rows: Mapping[str, Sequence[str]]


def row_id(table: str, key: Sequence[str]) -> str:
    """The identifier of a row; `key` are the cells of the primary key, in its order.

    >>> row_id("fields", ["north", "1901"])
    'fields:north|1901'
    """
    return f"{table}:{_BETWEEN.join(key)}"


def table_of(row: str) -> str:
    """The table that a row stands in.

    >>> table_of("fields:north|1901")
    'fields'
    """
    return row.partition(":")[0]


def read_tables(project: Project) -> dict[str, DataTable]:
    """All tables of a data package that `check_data` finds no fault in."""
    resources = json.loads((project.data / "datapackage.json").read_text(encoding="utf-8"))
    return {one["name"]: _read_table(project, one) for one in resources["resources"]}


def _read_table(project: Project, resource: Mapping[str, Any]) -> DataTable:
    columns, lines = _read_lines(project, resource)
    places = [columns.index(column) for column in key_columns(resource)]
    rows = {row_id(resource["name"], [row[place] for place in places]): row for _, row in lines}
    return DataTable(project.relative(project.data / resource["path"]), columns, rows)


def _read_lines(
    project: Project, resource: Mapping[str, Any]
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The columns of a table, and its rows with the line on which each ends."""
    text = (project.data / resource["path"]).read_bytes().decode()
    # newline: a cell may hold one
    reader = csv.reader(io.StringIO(text, newline=""))
    return next(reader), [(reader.line_num, row) for row in reader]


def key_columns(resource: Mapping[str, Any]) -> list[str]:
    """The columns of the primary key; none where the data package states none."""
    key = resource["schema"].get("primaryKey", [])
    return [key] if isinstance(key, str) else list(key)


def identity_faults(
    project: Project, descriptor: str, resources: Sequence[Mapping[str, Any]]
) -> Iterator[Fault]:
    """Tables whose rows cannot be named, and cells that would make two names one."""
    for resource in resources:
        key = key_columns(resource)
        if not key:
            yield Fault(
                descriptor,
                "no primaryKey",
                "the columns that tell each row from all others, for good",
                "state primaryKey in its schema: papers and versions name rows by it",
                column=resource["name"],
            )
            continue
        columns, lines = _read_lines(project, resource)
        for line, row in lines:
            for column in key:
                if _BETWEEN in (cell := row[columns.index(column)]):
                    name = project.relative(project.data / resource["path"])
                    allowed = f"no {_BETWEEN!r}, which stands between the parts of a row's name"
                    yield Fault(name, repr(cell), allowed, row=line, column=column)
