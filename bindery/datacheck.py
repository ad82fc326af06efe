"""Check the data package: its files, its schema, and the project's own rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bindery.cache.inputs import Inputs
from bindery.cache.quiet import unrecorded
from bindery.datarows import identity_faults
from bindery.errand import kept_answer
from bindery.faults import BinderyError, Fault
from bindery.kept import Kept
from bindery.project import Project
from bindery.warmfork import WarmParent

DESCRIPTOR = "datapackage.json"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class DataReport:
    """Faults of the schema, faults of the project's rules, and rows that a rule leaves out."""

    schema: tuple[Fault, ...] = ()
    rules: tuple[Fault, ...] = ()
    exempt: tuple[Fault, ...] = ()


def check_data(project: Project) -> DataReport:
    """Every fault of the data; the project's rules are tried only on tables that can be read."""
    schema = tuple(_schema_faults(project))
    if schema or not project.checks:
        return DataReport(schema)
    try:
        found = project.attribute(project.checks)()
    except ValueError as error:
        raise BinderyError(f"the project's own check {project.checks} failed: {error}") from None
    faults = [
        (
            item.exempt,
            Fault(
                item.file, item.found, item.allowed, item.remedy, item.row, item.column, item.rule
            ),
        )
        for item in found
    ]
    return DataReport(
        rules=tuple(fault for exempt, fault in faults if not exempt),
        exempt=tuple(fault for exempt, fault in faults if exempt),
    )


def plain_report(project: Project) -> dict[str, list[dict[str, Any]]]:
    """The report as plain values."""
    report = check_data(project)
    return {part: [asdict(fault) for fault in faults] for part, faults in vars(report).items()}


def kept_report(kept: Kept, parent: WarmParent) -> tuple[DataReport, Inputs | None]:
    """The report, kept where nothing that it rests on changed; and what it rests on, if known."""
    plain, inputs = kept_answer(kept, parent, "data check", "bindery.datacheck:plain_report")
    return _read_report(plain), inputs


def _read_report(plain: dict[str, list[dict[str, Any]]]) -> DataReport:
    return DataReport(**{part: tuple(Fault(**f) for f in found) for part, found in plain.items()})


def require_schema(report: DataReport) -> None:
    if report.schema:
        raise BinderyError("the data cannot be used", report.schema)


def _schema_faults(project: Project) -> Iterator[Fault]:
    """Faults of the files; where there is none, of the schema; then of what names the rows."""
    file = project.data / DESCRIPTOR
    name = project.relative(file)
    try:
        resources = json.loads(file.read_text(encoding="utf-8"))["resources"]
        tables = [project.data / resource["path"] for resource in resources]
        names = [project.relative(path) for path in tables]
        if not tables:
            raise ValueError("its list of resources is empty")
    except FileNotFoundError:
        yield Fault(name, "no such file", "the data package's descriptor", "restore it")
        return
    except (ValueError, KeyError, TypeError) as error:
        yield Fault(
            name, f"no readable descriptor ({error})", "JSON with resources that have a path"
        )
        return
    faults = [
        fault
        for path, table in zip(tables, names, strict=True)
        for fault in _file_faults(path, table)
    ]
    # a file that is not plain text would only make the schema's messages misleading
    faults = faults or list(_frictionless_faults(project, file))
    yield from faults or identity_faults(project, name, resources)


def _file_faults(path: Path, name: str) -> Iterator[Fault]:
    """Faults of a file as bytes, each with the line where it stands."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        yield Fault(name, "no such file", "the file that the descriptor names", "restore it")
        return
    if not content.strip():
        yield Fault(name, "an empty file", "a header and rows", "restore the table")
        return
    if content.startswith(_BOM):
        yield Fault(
            name,
            "a byte order mark",
            "UTF-8 without one",
            "save the file as UTF-8 without BOM",
            row=1,
        )
    for mark, what, remedy in (
        (
            b"\r",
            "a carriage return (Windows or old Mac line ends)",
            "save the file with LF line ends",
        ),
        (b"\0", "a NUL byte", "remove it"),
    ):
        if mark in content:
            row = content[: content.index(mark)].count(b"\n") + 1
            yield Fault(name, what, "text with LF line ends", remedy, row)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        yield Fault(
            name,
            f"the byte 0x{content[error.start]:02x}, which is not UTF-8",
            "UTF-8",
            "save the file as UTF-8",
            row,
        )


def _frictionless_faults(project: Project, descriptor: Path) -> Iterator[Fault]:
    from frictionless import Package
    from frictionless.errors import HeaderError
    from frictionless.exception import FrictionlessException
    from frictionless.system import system

    # it lists every folder of modules for plugins of its own, our data and pages among them
    with unrecorded():
        _ = system.plugins
    name = project.relative(descriptor)
    try:
        package = Package(str(descriptor))
        report = package.validate()
    except FrictionlessException as error:
        for part in error.reasons or [error.error]:
            yield Fault(name, part.note, "a valid Data Package descriptor")
        return
    for error in report.errors:
        yield Fault(name, error.note, "a valid Data Package descriptor")
    for task in report.tasks:
        table = project.relative(project.data / task.place) if task.place else task.name
        heads = [error for error in task.errors if isinstance(error, HeaderError)]
        if heads:
            # under a wrong header every cell would be held against another column's rule
            columns = ", ".join(package.get_resource(task.name).schema.field_names)
            found = f"the columns {', '.join(heads[0].labels)}"
            yield Fault(table, found, f"{columns}, in this order", row=1)
            continue
        for error in task.errors:
            note = error.note.replace("/default", "")
            allowed, found = _ALLOWED.get(error.type, note or error.title.lower()), _found(error)
            yield Fault(
                table,
                f"{found} ({note})" if error.type in _ALLOWED and note else found,
                allowed,
                row=getattr(error, "row_number", 0) or 0,
                column=getattr(error, "field_name", "") or "",
            )


_ALLOWED = {
    "missing-cell": "a cell for every column",
    "extra-cell": "no more cells than columns",
    "blank-row": "a row with values, or no row",
    "primary-key": "a key that no other row has",
    "unique-error": "a value that no other row has",
    "foreign-key": "a key of the table that it refers to",
}


def _found(error: Any) -> str:
    """What a fault of a row is about: its cell, or the whole row."""
    cell = getattr(error, "cell", None)
    # frictionless writes a missing cell as the text None
    if cell not in (None, "", "None"):
        return repr(cell)
    row = ", ".join(cell or "" for cell in getattr(error, "cells", ()))
    if not row.strip(", "):
        return "an empty row"
    return f"the row {row[:120]!r}" if error.type != "constraint-error" else "an empty cell"
