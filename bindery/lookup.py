"""Look things up in the data tables as text: keys by name, rows that must exist."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from bindery.faults import BinderyError, Fault, nearest
from bindery.project import Project
from bindery.words import word


def read_rows(project: Project, table: str) -> list[dict[str, str]]:
    """A data table as text, for looking up keys."""
    return _read(project, table, _rows)


def _read(project: Project, table: str, read: Callable[..., Any], *settings: Any) -> Any:
    """What `read` makes of the bytes of a table."""
    path = project.data / f"{table}.csv"
    name = project.relative(path)
    try:
        return read(path.read_bytes(), *settings)
    except FileNotFoundError:
        raise BinderyError(f"{name}: there is no such file") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise BinderyError(f"{name}: not readable as UTF-8 CSV: {error}") from None


@lru_cache(maxsize=16)
def _rows(content: bytes) -> list[dict[str, str]]:
    # by content, not by time: two writes within one tick of the clock are two files
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


class _Keys(NamedTuple):
    """Where each key of a table is found: by itself, by its names, by what these are short for."""

    by_key: dict[str, dict[str, dict[str, str]]]
    by_name: dict[str, dict[str, dict[str, str]]]
    by_short_name: dict[str, dict[str, dict[str, str]]]
    names: list[str]


@lru_cache(maxsize=16)
def _keys(content: bytes, key: str, columns: tuple[str, ...], suffix: str) -> _Keys:
    """Made once for a table, which may name thousands of keys that thousands of rows ask for."""
    rows = _rows(content)

    def found(texts: Callable[[dict[str, str]], list[str]]) -> dict[str, dict[str, dict[str, str]]]:
        index: dict[str, dict[str, dict[str, str]]] = {}
        for row in rows:
            names = {column.rsplit("_", 1)[-1]: row[column] for column in columns}
            for text in texts(row):
                index.setdefault(text.casefold(), {})[row[key]] = names
        return index

    def named(row: dict[str, str]) -> list[str]:
        # a name that is missing is called nothing, not ""
        return [row.get(column) or "" for column in columns]

    return _Keys(
        found(lambda row: [row.get(key) or ""]),
        found(named),
        found(lambda row: [re.sub(suffix, "", name) for name in named(row)]),
        list(dict.fromkeys(text for row in rows for text in named(row) if text)),
    )


def find_key(
    project: Project, name: str, value: Any, rule: Mapping[str, Any]
) -> tuple[Any, dict[str, str], Fault | None]:
    """The key that a name stands for; with its names, in the order of the languages."""
    key, names, suffix = rule["key"], tuple(rule["names"]), rule.get("suffix", "$")
    keys = _read(project, rule["table"], _keys, key, names, suffix)
    wanted = str(value).strip().casefold()
    indexes = (keys.by_key, keys.by_name, keys.by_short_name) if wanted else ()
    found = next((index[wanted] for index in indexes if wanted in index), {})
    if len(found) == 1:
        ((resolved, languages),) = found.items()
        return resolved, languages, None
    if found:
        meant = word("ambiguous", "en").format(f"{name} = {value!r}", word("and", "en").join(found))
        one, which = (word(text, "en").format(key) for text in ("one_key", "give_key"))
        return value, {}, Fault("parameters", meant, one, which)
    close = nearest(str(value), keys.names).split(" known:")[0].rstrip("? ")
    remedy = close + "?" if close.startswith("did") else ""
    return value, {}, Fault("parameters", f"{name} = {value!r}", describe_key(rule, "en"), remedy)


def describe_key(rule: Mapping[str, Any], lang: str) -> str:
    """What may stand for a key, in one phrase.

    >>> describe_key({"table": "plots", "key": "code", "names": ["name_en"]}, "en")
    'a code or a name in data/plots.csv'
    """
    return word("key_or_name", lang).format(rule["key"], f"data/{rule['table']}.csv")


def key_rows(project: Project, rule: Mapping[str, Any]) -> list[list[str]]:
    """Every key of a table with its names."""
    columns = (rule["key"], *rule["names"])
    rows = read_rows(project, rule["table"])
    return [[row.get(column) or "" for column in columns] for row in rows]


class RequiredRow(NamedTuple):
    """What some parameters may be together, so that a table has a row for them."""

    names: tuple[str, ...]
    combinations: frozenset[tuple[str, ...]]
    allowed: str
    remedy: str


def required_row(project: Project, rule: Mapping[str, Any], lang: str) -> RequiredRow:
    match, where = rule["match"], rule.get("where", {})
    combinations = _read(project, rule["table"], _combinations, tuple(match), tuple(where.items()))
    having = "".join(word("having", lang).format(*pair) for pair in where.items())
    known = word("list_semicolon", lang).join(sorted(map(" ".join, combinations)))
    names = tuple(match.values())
    return RequiredRow(
        names,
        combinations,
        word("row_for", lang).format(f"data/{rule['table']}.csv", having),
        word("having_one", lang).format(" ".join(names), known),
    )


def missing_rows(
    project: Project, values: Mapping[str, Any], rules: list[Mapping[str, Any]]
) -> list[Fault]:
    faults = []
    for required in (required_row(project, rule, "en") for rule in rules):
        wanted = tuple(str(values[name]) for name in required.names)
        if wanted not in required.combinations:
            pairs = zip(required.names, wanted, strict=True)
            asked = ", ".join(f"{name} = {text}" for name, text in pairs)
            faults.append(Fault("parameters", asked, required.allowed, required.remedy))
    return faults


@lru_cache(maxsize=16)
def _combinations(
    content: bytes, columns: tuple[str, ...], where: tuple[tuple[str, str], ...]
) -> frozenset[tuple[str, ...]]:
    """What stands together in some columns, in the rows that have the texts of `where`."""
    return frozenset(
        tuple(row.get(column, "") for column in columns)
        for row in _rows(content)
        if all(row.get(column) == text for column, text in where)
    )
