"""The rows of a sweep as a CSV table: a row in each line, a parameter in each column."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bindery.faults import BinderyError, Fault
from bindery.parameters import Rules


def table_rows(
    rules: Rules, file: Path, faults: list[Fault]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Each row's values with the line where it begins; faults of the table go to `faults`."""
    known = rules.properties
    try:
        # with or without the mark that spreadsheets put before UTF-8
        with file.open(encoding="utf-8-sig", newline="") as stream:
            lines = csv.reader(stream, strict=True)
            names = next(lines, [])
            faults += _head_faults(rules, file, names)
            for line, cells in _rows(file, len(names), lines, faults):
                # an empty cell stands for the default
                pairs = zip(names, cells, strict=True)
                yield line, {name: cell for name, cell in pairs if cell.strip() and name in known}
    except UnicodeDecodeError as error:
        raise BinderyError(f"{file}: not readable as UTF-8 ({error.reason})") from None
    except csv.Error as error:
        raise BinderyError(f"{file}, row {lines.line_num}: not readable as CSV: {error}") from None


def _head_faults(rules: Rules, file: Path, names: Sequence[str]) -> Iterator[Fault]:
    allowed = "names of parameters, each once"
    if not names:
        yield Fault(str(file), "nothing", allowed, row=1)
    for position, name in enumerate(names):
        if name not in rules.properties:
            unknown = rules.unknown(name)
            yield Fault(str(file), repr(name), unknown.allowed, unknown.remedy, row=1)
        elif name in names[:position]:
            yield Fault(str(file), f"{name!r} a second time", allowed, row=1)


def _rows(
    file: Path, width: int, lines: Any, faults: list[Fault]
) -> Iterator[tuple[int, Sequence[str]]]:
    # a cell may hold several lines
    begins = lines.line_num + 1
    for cells in lines:
        if len(cells) == width:
            yield begins, cells
        elif cells:
            found = f"{len(cells)} {'cells' if len(cells) > 1 else 'cell'}"
            faults.append(Fault(str(file), found, f"{width}, as in the head", row=begins))
        begins = lines.line_num + 1
