"""The layout of a panel file, and what its cells may hold beyond their form."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np

from indicators.schema import FORMS, Table
from indicators.violation import Violation

LAYOUT = "the layout of an own panel"
NAME = "panel"
KEY = ("unit", "year")
INCOMES = ("urban", "rural", "all")
PEOPLE = ("population", "urban_population")
COLUMNS = (*KEY, *INCOMES, *PEOPLE)
_TYPES = {"unit": "string", "year": "integer"}
_LIMITS = {
    "unit": {"required": True},
    "year": {"required": True, "minimum": 1000, "maximum": 2999},
}

Fault = tuple[int, str, str, str, str]  # line, column, found, allowed, remedy


def descriptor(header: Sequence[str], file: str) -> bytes:
    """A Data Package descriptor of these columns, in this order; the key is always among them."""
    fields = [
        {
            "name": name,
            "type": _TYPES.get(name, "number"),
            "description": name,
            "constraints": _LIMITS.get(name, {}),
        }
        for name in dict.fromkeys([*header, *KEY])
        if name in COLUMNS
    ]
    schema = {"fields": fields, "primaryKey": list(KEY)}
    return json.dumps({"resources": [{"name": NAME, "path": file, "schema": schema}]}).encode()


def layout_faults(table: Table, file: str) -> list[Violation]:
    """What is wrong with the cells that can be read, as far as a form cannot say it."""
    checks = (_check_columns, _check_units, _check_sizes, _check_people, _check_between)
    return [Violation(file, *place, LAYOUT, remedy)
            for check in checks for *place, remedy in check(table)]  # fmt: skip


def _check_columns(table: Table) -> Iterator[Fault]:
    if not set(INCOMES) & set(table.columns):
        allowed = "at least one of " + ", ".join(INCOMES)
        yield 1, ", ".join(INCOMES), "no income", allowed, "add a column of incomes per head"
    elif table.complete and not table.lines:
        yield 1, "", "a header and no rows", "a row for each unit and year", "add the rows"


def _check_units(table: Table) -> Iterator[Fault]:
    first: dict[str, tuple[str, int]] = {}
    for line, name in zip(table.lines, table.columns.get("unit", ()), strict=False):
        folded = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name)).strip().casefold()
        known, at = first.setdefault(folded, (name, line))
        if known != name:
            found = f"{name!r}, and {known!r} in row {at}"
            yield line, "unit", found, "one spelling for a unit", "use one of the two throughout"
        elif name != name.strip() and at == line:
            yield line, "unit", repr(name), "no spaces at its ends", "take them out"


def _check_sizes(table: Table) -> Iterator[Fault]:
    for name in (*INCOMES, *PEOPLE):
        least = "0 or more" if name == "urban_population" else "above 0"
        for line, text, value in _figures(table, name):
            right = value >= 0 if name == "urban_population" else value > 0
            if not (np.isnan(value) or (right and np.isfinite(value))):
                remedy = "correct the figure; leave the cell blank where nothing is known"
                yield line, name, repr(text), f"a number {least}", remedy


def _check_people(table: Table) -> Iterator[Fault]:
    rows = zip(_figures(table, "population"), _figures(table, "urban_population"), strict=False)
    for (line, whole, people), (_, part, urban) in rows:
        if 0 < people < urban < np.inf:
            found, allowed = f"{part} urban of {whole}", "no more urban people than people"
            yield line, ", ".join(PEOPLE), found, allowed, "count both in one unit"


def _check_between(table: Table) -> Iterator[Fault]:
    figures = (_figures(table, name) for name in INCOMES)
    for row in zip(*figures, strict=False):
        (line, urban, u), (_, rural, r), (_, mean, a) = row
        loose = sum(_half_a_digit(text) for _, text, _ in row)
        if u > 0 and r > 0 and (0 < a < min(u, r) - loose or max(u, r) + loose < a < np.inf):
            found = f"{mean} for all, {urban} urban, {rural} rural"
            remedy = "check the three figures: the mean of two groups lies between theirs"
            yield line, ", ".join(INCOMES), found, "all between rural and urban", remedy


def _figures(table: Table, name: str) -> list[tuple[int, str, float]]:
    """Line, text and number of each cell of a column; nan where it is blank or no number."""
    form = FORMS["number"][0]
    cells = zip(table.lines, table.columns.get(name, ()), strict=False)
    return [(line, text, float(text) if form.fullmatch(text) else np.nan) for line, text in cells]


def _half_a_digit(text: str) -> float:
    return 0.5 * 10.0 ** -len(text.partition(".")[2])
