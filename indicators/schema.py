"""A table against its descriptor: bytes, columns, types, constraints, keys.

The checks are those of the Data Package standard for the parts that our descriptor uses, and
stricter about bytes and number forms. They stand here because importing the `frictionless`
library alone takes longer than opening all tables; the tests compare the two.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
from pandas.api.types import pandas_dtype

from indicators.inputs import unknown
from indicators.violation import Violation

DESCRIPTOR = "datapackage.json"
SCHEMA = "datapackage.json describes the table"
SHOWN = 20
# Narrower than the standard on purpose: NaN, 1e3 or +5 in a table of printed figures is a slip.
FORMS = {
    "string": (re.compile(r"(?s).*"), "text", pandas_dtype("str")),
    "number": (
        re.compile(r"-?[0-9]+(\.[0-9]+)?"),
        "a number such as 12 or 12.50",
        pandas_dtype("float64"),
    ),
    "integer": (re.compile(r"-?[0-9]+"), "a whole number", pandas_dtype("Int64")),
    "boolean": (re.compile(r"true|false"), "true or false", pandas_dtype("boolean")),
}
CONSTRAINTS = {"required", "unique", "pattern", "enum", "minimum", "maximum"}


class DataError(ValueError):
    """A table cannot be used. `faults` holds every fault as a `Violation`; the text shows them."""

    def __init__(self, faults: Iterable[Violation]):
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        lines = [f"{count} fault{'s' if count > 1 else ''} in the data:"]
        lines += [f"  {fault}" for fault in self.faults[:SHOWN]]
        if count > SHOWN:
            lines.append(f"  … and {count - SHOWN} more; the attribute faults holds all")
        return "\n".join(lines)


@dataclass(frozen=True)
class Table:
    """Text columns of the rows that could be read, their lines, whether these are all rows, and
    the faults; typed rows only where there is no fault.
    """

    file: str
    lines: list[int]
    columns: dict[str, list[str]]
    complete: bool
    faults: list[Violation]
    rows: pd.DataFrame | None


def fault_of(file: str, row: int, column: str, found: str, allowed: str, remedy: str) -> Violation:
    """A fault of a table against its descriptor, or of the descriptor itself.

    >>> fault_of("data/income.csv", 2, "value", "x", "a number", "correct it").rule == SCHEMA
    True
    """
    return Violation(file, row, column, found, allowed, SCHEMA, remedy)


def resources(descriptor: bytes, file: str) -> dict[str, dict]:
    """Path, fields, primary key and foreign keys of each table, by its name.

    `file` is the descriptor's own, for the DataError where it is none.

    >>> schema = {"fields": [{"name": "year", "type": "integer"}], "primaryKey": ["year"]}
    >>> package = {"resources": [{"name": "a", "path": "a.csv", "schema": schema}]}
    >>> resources(json.dumps(package).encode(), "datapackage.json")["a"]["key"]
    ['year']
    """
    try:
        return _described(descriptor)
    except (ValueError, KeyError, TypeError) as error:
        line = getattr(error, "lineno", 1)
        remedy = "compare it with its last good version; frictionless validate says more"
        allowed = "a Data Package descriptor with resources, paths, fields and primary keys"
        raise DataError([fault_of(file, line, "", repr(error), allowed, remedy)]) from None


@lru_cache(maxsize=16)
def _described(descriptor: bytes) -> dict[str, dict]:
    found = {}
    for item in json.loads(descriptor)["resources"]:
        schema = item["schema"]
        for field in schema["fields"]:
            strange = set(field.get("constraints", {})) - CONSTRAINTS
            if strange or field["type"] not in FORMS:
                raise ValueError(f"a rule of {item['name']}.{field['name']} that no one checks")
        found[item["name"]] = {
            "path": item["path"],
            "fields": {field["name"]: field for field in schema["fields"]},
            "key": schema["primaryKey"],
            "foreign": [
                (key["fields"], key["reference"]["resource"], key["reference"]["fields"])
                for key in schema.get("foreignKeys", [])
            ],
        }
    return found


@lru_cache(maxsize=32)
def parse(name: str, descriptor: bytes, content: bytes, file: str) -> Table:
    """One table, checked alone. Cached by content: a file is parsed again only when it changes."""
    resource = resources(descriptor, file)[name]
    fields = resource["fields"]
    faults: list[Violation] = []

    def fault(*args: str | int) -> None:
        faults.append(fault_of(file, *args))

    header, lines, records, complete = _records(_decode(content, fault), list(fields), fault)
    columns = {column: [cells[i] for cells in records] for i, column in enumerate(header)}
    for column in [column for column in header if column in fields]:
        _check_column(fields[column], lines, columns[column], fault)
    if set(resource["key"]) <= set(header):
        _check_unique(resource["key"], lines, columns, fault)
    rows = None if faults else _typed(name, resource, lines, columns)
    faults = sorted(dict.fromkeys(faults), key=lambda fault: fault.row)
    return Table(file, lines, columns, complete, faults, rows)


def _decode(content: bytes, fault: Callable) -> str:
    if not content.strip():
        fault(1, "", "an empty file", "a header and rows", "bring the rows back")
        return ""
    if content.startswith(b"\xef\xbb\xbf"):
        fault(1, "", "a byte order mark (BOM)", "UTF-8 without it", "save as UTF-8 without BOM")
        content = content[3:]
    if returns := content.count(b"\r"):
        line = content[: content.index(b"\r")].count(b"\n") + 1
        found = f"{returns} carriage returns (CR, as in CRLF line ends), the first here"
        fault(line, "", found, "line ends of LF alone", "save with Unix line ends")
        content = content.replace(b"\r\n", b"\n")
        content = content.replace(b"\r", b" " if b"\n" in content else b"\n")
    if b"\0" not in content:
        with suppress(UnicodeDecodeError):
            return content.decode()
    lines = []
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            lines.append(line.decode())
        except UnicodeDecodeError as error:
            lines.append(line.decode(errors="replace"))
            before = line[: error.start].decode()[-20:]
            found = f"the byte 0x{line[error.start]:02x} after {before!r}"
            fault(number, "", found, "UTF-8 text", "save as UTF-8, or type the character again")
        if b"\0" in line:
            fault(number, "", "a NUL byte", "text", "take the byte out; the file may be damaged")
    return "\n".join(lines).replace("\0", "\ufffd")


def _records(
    text: str, expected: list[str], fault: Callable
) -> tuple[list[str], list[int], list[list[str]], bool]:
    """Header, lines and cells of the rows as long as the header, and whether those are all rows."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    read: list[tuple[int, list[str]]] = []
    start, complete = 1, True
    try:
        for record in reader:
            read.append((start, record))
            start = reader.line_num + 1
    except csv.Error as error:
        remedy = "close the quotation; write a quotation mark inside a cell twice"
        fault(start, "", f"a row that cannot be read ({error})", "cells quoted to the end", remedy)
        complete = False
    if not read:
        return [], [], [], False
    header, allowed = read[0][1], ", ".join(expected)
    for column in [column for column in expected if column not in header]:
        fault(1, column, "no such column", allowed, "bring the column back")
    for column in [column for column in header if column not in expected]:
        fault(1, column, f"a column {column!r}", allowed, f"remove it, or add it to {DESCRIPTOR}")
    if sorted(header) == sorted(expected) and header != expected:
        fault(1, "", f"the order {', '.join(header)}", allowed, "restore the order")
    if len(set(header)) < len(header):
        fault(1, "", "two columns of one name", allowed, "name each column once")
        return [], [], [], False
    sound = [(line, record) for line, record in read[1:] if len(record) == len(header)]
    for line, record in [item for item in read[1:] if len(item[1]) != len(header)]:
        found = f"{len(record)} cells" if record else "a blank line"
        remedy = "look for a comma too many or too few; quote a cell that holds a comma"
        fault(line, "", found, f"{len(header)} cells", remedy)
        complete = False
    return header, [line for line, _ in sound], [record for _, record in sound], complete


def _check_column(field: dict, lines: list[int], cells: list[str], fault: Callable) -> None:
    limits = field.get("constraints", {})
    if field["type"] == "string" and not limits:
        return
    form, form_name, _ = FORMS[field["type"]]
    choices = [str(choice) for choice in limits.get("enum", [])]
    low, high = limits.get("minimum", -math.inf), limits.get("maximum", math.inf)
    pattern = re.compile(limits["pattern"]) if "pattern" in limits else None

    def judge(cell: str) -> tuple[str, str] | None:
        """What is allowed instead of this cell, and what to do; None for a sound one."""
        if not cell:
            return ("a value", "fill the cell in") if limits.get("required") else None
        if not form.fullmatch(cell):
            return form_name, "write it in this form alone; words belong in note"
        if choices and cell not in choices:
            few = len(choices) <= 12
            allowed = ", ".join(choices) if few else f"the {len(choices)} values of {DESCRIPTOR}"
            return allowed, f"correct {unknown(cell, choices)}, or add it to {DESCRIPTOR}"
        if pattern and not pattern.fullmatch(cell):
            return f"text of the form {pattern.pattern}", field["description"]
        if field["type"] in ("number", "integer") and not low <= float(cell) <= high:
            return f"a figure from {low} to {high}".replace(" to inf", " up"), "correct the figure"
        return None

    wrong = {cell: verdict for cell in set(cells) if (verdict := judge(cell))}
    for line, cell in zip(lines, cells, strict=True) if wrong else ():
        if verdict := wrong.get(cell):
            fault(line, field["name"], repr(cell) if cell else "a blank", *verdict)
    if limits.get("unique"):
        _check_unique([field["name"]], lines, {field["name"]: cells}, fault)


def _check_unique(key: list[str], lines: list[int], columns: dict, fault: Callable) -> None:
    first: dict[tuple, int] = {}
    for line, *values in zip(lines, *(columns[column] for column in key), strict=True):
        known = first.setdefault(tuple(values), line)
        if known != line and any(values):
            found = f"{' | '.join(values)}, as in row {known}"
            remedy = "merge the rows, or correct one of the keys"
            fault(line, ", ".join(key), found, "each key once", remedy)


def dangling(table: Table, columns: list, target: Table, keys: list) -> list[Violation]:
    """Keys of a table that point to no row of the other; none while rows of that are unreadable.

    >>> table = Table("a.csv", [2, 3], {"code": ["1", "2"]}, True, [], None)
    >>> dangling(table, ["code"], table, ["code"])
    []
    """
    present = set(columns) <= table.columns.keys() and set(keys) <= target.columns.keys()
    if not (present and target.complete):
        return []
    known = set(zip(*(target.columns[key] for key in keys), strict=True))
    cells = list(zip(*(table.columns[column] for column in columns), strict=True))
    names = [" | ".join(key) for key in known]
    found = {cell: unknown(" | ".join(cell), names) for cell in set(cells) - known if any(cell)}
    allowed, remedy = f"a key of {target.file}", f"add its row to {target.file}, or correct it"
    return [
        fault_of(table.file, line, ", ".join(columns), found[cell], allowed, remedy)
        for line, cell in zip(table.lines, cells, strict=True)
        if cell in found
    ]


def _typed(name: str, resource: dict, lines: list[int], columns: dict) -> pd.DataFrame:
    text = FORMS["string"][2]
    rows = {}
    for column, cells in columns.items():
        kind = resource["fields"][column]["type"]
        if kind != "string":
            read = {"number": float, "integer": int, "boolean": "true".__eq__}[kind]
            cells = [read(cell) if cell else None for cell in cells]
        rows[column] = pd.array(cells, FORMS[kind][2])
    if "value" in columns and "printed" not in columns:
        rows["printed"] = pd.array(columns["value"], text)
    ids = zip(*(columns[column] for column in resource["key"]), strict=True)
    rows["row_id"] = pd.array([f"{name}:{'|'.join(values)}" for values in ids], text)
    return pd.DataFrame(rows, pd.Index(lines, name="line"))
