"""A panel from a CSV file: every fault is reported, all of them together."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

from pandas import DataFrame

from indicators import tables
from indicators.inputs import shown
from indicators.panel.layout import COLUMNS, KEY, LAYOUT, NAME, descriptor, layout_faults
from indicators.schema import DataError, parse, unknown
from indicators.violation import Violation

BOM = b"\xef\xbb\xbf"
_SEPARATORS = {";": "semicolons", "\t": "tabulators"}
_SAVE = "save it as CSV with commas, in UTF-8"


def read_panel(path: str | Path) -> DataFrame:
    """The panel in a CSV file, a row for each unit and year, sorted by unit and year.

    `path` is whole, or starts from the folder of the project. The file is UTF-8 text (a byte order
    mark and Windows line ends are accepted) with commas, and its first line names the columns:

    - unit: the name of a unit, spelt alike in all its rows; required;
    - year: a whole number; required, and each unit and year once;
    - urban, rural, all: income per head of urban, rural and all residents, above 0, in one
      currency and on one basis throughout; at least one of the three columns is required;
    - population, urban_population: people, and how many of them are urban, both counted in one
      unit; optional.

    Columns may stand in any order, and no others are allowed. A blank cell means not known; a row
    may also be left out. Numbers have digits and a decimal point alone. The result has all seven
    columns: unit as str, year as int64, the others as float64, nan where nothing is known.

    Raises DataError, which is a ValueError, with every fault of the file: bytes, columns, forms,
    units in two spellings, a unit and year twice, figures that are not above 0, more urban people
    than people, an income of all that lies outside urban and rural income by more than their
    rounding. Raises ValueError for a path that is no text.

    >>> import tempfile
    >>> rows = "unit,year,urban,rural\\nA,2020,30000,15000\\nA,2021,32000,\\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "invented.csv")
    ...     _ = file.write_text(rows)
    ...     panel = read_panel(file)
    >>> panel[["unit", "year", "urban", "rural"]].values.tolist()
    [['A', 2020, 30000.0, 15000.0], ['A', 2021, 32000.0, nan]]
    """
    if not isinstance(path, str | Path):
        raise ValueError(f"path = {shown(path)}; allowed: text or a Path")
    file = str(path)
    content = _plain(_read(path, file), file)
    header = next(csv.reader(io.StringIO(content.decode(errors="replace"))), [])
    _check_separator(header, file)
    table = parse(NAME, descriptor(header, file), content, file)
    faults = [_reworded(fault) for fault in table.faults]
    faults += layout_faults(table, file) if table.columns else []
    if faults:
        raise DataError(sorted(faults, key=lambda fault: fault.row))
    panel = table.rows.reindex(columns=list(COLUMNS)).astype(
        {"unit": "str", "year": "int64"} | dict.fromkeys(COLUMNS[2:], "float64")
    )
    return panel.sort_values(list(KEY), ignore_index=True)


def _read(path: str | Path, file: str) -> bytes:
    try:
        return (tables.DATA.parent / Path(path).expanduser()).read_bytes()
    except (OSError, ValueError, RuntimeError) as error:
        found = f"no readable file ({getattr(error, 'strerror', None) or error})"
        remedy = "give its path from the folder of the project, or a whole path"
        raise DataError([_fault(file, 0, "", found, "a CSV file", remedy)]) from None


def _plain(content: bytes, file: str) -> bytes:
    """UTF-8 text with Unix line ends; DataError where the whole file is in another encoding."""
    content = content.removeprefix(BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    wrong = [n for n, line in enumerate(content.split(b"\n"), 1) if not _is_text(line)]
    # one such line is a slip, and its other cells are worth checking
    if len(wrong) > 1 or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found = f"{len(wrong)} lines that are no UTF-8 text, the first here"
        raise DataError([_fault(file, wrong[0], "", found, "UTF-8 text", _SAVE)])
    return content


def _is_text(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _check_separator(header: list[str], file: str) -> None:
    for mark, name in _SEPARATORS.items():
        if len(header) == 1 and mark in header[0]:
            raise DataError([_fault(file, 1, "", f"cells apart by {name}", "commas", _SAVE)])


def _reworded(fault: Violation) -> Violation:
    """A fault of the form, with the remedy that fits a file of the reader's own."""
    fault = replace(fault, rule=LAYOUT)
    allowed = ", ".join(COLUMNS)
    if fault.row == 1 and fault.column in KEY:
        return replace(fault, allowed=allowed, remedy="add the column")
    if fault.row == 1 and fault.column:
        found = f"a column {unknown(fault.column, COLUMNS)}"
        return replace(
            fault, found=found, allowed=allowed, remedy="give it one of these names, or take it out"
        )
    if fault.column == "year":
        return replace(fault, remedy="write the year in four digits, in every row")
    if fault.column in COLUMNS[2:]:
        remedy = "write digits and a point alone; leave the cell blank where nothing is known"
        return replace(fault, remedy=remedy)
    return fault


def _fault(file: str, row: int, column: str, found: str, allowed: str, remedy: str) -> Violation:
    return Violation(file, row, column, found, allowed, LAYOUT, remedy)
