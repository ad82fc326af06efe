"""Look things up in the data tables as text: keys by name, rows that must exist."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from bindery.faults import BinderyError, Fault, nearest
from bindery.project import Project


def read_rows(project: Project, table: str) -> list[dict[str, str]]:
    """A data table as text, for looking up keys."""
    path = project.data / f"{table}.csv"
    name = project.relative(path)
    try:
        return _rows(path.read_bytes())
    except FileNotFoundError:
        raise BinderyError(f"{name}: there is no such file") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise BinderyError(f"{name}: not readable as UTF-8 CSV: {error}") from None


@lru_cache(maxsize=16)
def _rows(content: bytes) -> list[dict[str, str]]:
    # by content, not by time: two writes within one tick of the clock are two files
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def find_key(
    project: Project, name: str, value: Any, rule: Mapping[str, Any]
) -> tuple[Any, dict[str, str], Fault | None]:
    """The key that a name stands for; with its names, in the order of the languages."""
    key, names, suffix = rule["key"], rule["names"], rule.get("suffix", "$")
    rows = read_rows(project, rule["table"])
    wanted = str(value).strip().casefold()

    def keys(columns: list[str], read: Callable[[str], str]) -> dict[str, dict[str, str]]:
        return {
            row[key]: {column.rsplit("_", 1)[-1]: row[column] for column in names}
            for row in rows
            # a name that is missing is called nothing, not ""
            if wanted and wanted in {read(row.get(column) or "").casefold() for column in columns}
        }

    found = (
        keys([key], str) or keys(names, str) or keys(names, lambda name: re.sub(suffix, "", name))
    )
    if len(found) == 1:
        resolved, languages = found.popitem()
        return resolved, languages, None
    if found:
        meant = f"{name} = {value!r}, which names {' and '.join(found)}"
        return value, {}, Fault("parameters", meant, f"one {key}", f"give the {key}")
    known = list(
        dict.fromkeys(text for row in rows for column in names if (text := row.get(column)))
    )
    close = nearest(str(value), known).split(" known:")[0].rstrip("? ")
    remedy = close + "?" if close.startswith("did") else ""
    allowed = f"a {key} or a name in data/{rule['table']}.csv"
    return value, {}, Fault("parameters", f"{name} = {value!r}", allowed, remedy)


def missing_rows(
    project: Project, values: Mapping[str, Any], rules: list[Mapping[str, Any]]
) -> list[Fault]:
    faults = []
    for rule in rules:
        match, where = rule["match"], rule.get("where", {})
        rows = [
            row
            for row in read_rows(project, rule["table"])
            if all(row.get(column) == text for column, text in where.items())
        ]
        combinations = [tuple(row.get(column, "") for column in match) for row in rows]
        wanted = tuple(str(values[name]) for name in match.values())
        if wanted not in combinations:
            asked = ", ".join(
                f"{name} = {text}" for name, text in zip(match.values(), wanted, strict=True)
            )
            having = "".join(f" with {column} {text}" for column, text in where.items())
            known = "; ".join(sorted({" ".join(combination) for combination in combinations}))
            faults.append(
                Fault(
                    "parameters",
                    asked,
                    f"values that data/{rule['table']}.csv has a row for{having}",
                    f"{' '.join(match.values())} that have one: {known}",
                )
            )
    return faults
