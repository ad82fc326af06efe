"""The only door to the data: every table is checked before anyone sees it, and its provenance."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from indicators.records import read_records
from indicators.schema import (
    DESCRIPTOR,
    DataError,
    Table,
    dangling,
    fault_of,
    parse,
    resources,
    unknown,
)
from indicators.violation import Violation

LEVEL_SUFFIX = "[省市区县]$"
DATA = Path(__file__).resolve().parents[1] / "data"


class _Place(NamedTuple):
    code: str
    name_zh: str
    name_en: str
    valid_from: str
    valid_to: str

    def existed(self, year: int) -> bool:
        """Whether the place was there at the end of a year."""
        began = "0000" if self.valid_from == "start" else self.valid_from
        return int(began[:4]) <= year < int((self.valid_to or "9999")[:4])


def load(name: str) -> pd.DataFrame:
    """A table of the data folder, checked and typed; a fresh copy at each call.

    Columns are those of the CSV, described in datapackage.json with their units: text as str with
    "" where blank, numbers as float64 with NaN, whole numbers as Int64 and truth values as boolean
    with NA. Two columns are added: `row_id`, the name of the table and its primary key, and
    `printed`, the text of `value` with its trailing zeros (where the table has a `value` and no
    `printed` of its own).

    Raises DataError with all faults of the table and of the tables its keys point to: bytes,
    columns, types, constraints, primary and foreign keys.

    >>> income = load("income").set_index("row_id")
    >>> row = income.loc["income:330100|rural_income|2022|integrated_survey|ehangzhou-2023-02-23"]
    >>> float(row["value"]), row["printed"], row["bound"], row["note"]
    (45183.0, '45183', 'eq', '')
    """
    return _open(name)[name].reset_index(drop=True).copy()


def violations() -> list[Violation]:
    """Faults of the rules that a schema cannot say (`indicators.rules`), over all tables.

    Entries with `exempt=True` are no faults: they name the rows that a rule leaves out because
    their status is not normal. Where a table breaks its schema, those faults are returned instead,
    with one more that says so: the rules need every table.

    >>> [fault for fault in violations() if not fault.exempt]
    []
    """
    # no notebook needs the rules, and what it loads it depends on
    from indicators.rules import find_violations

    try:
        return find_violations(_open(*resources(_read(DESCRIPTOR), _path(DESCRIPTOR))), DATA.name)
    except DataError as error:
        found, remedy = "faults of the schema, listed too", "mend those first"
        unread = fault_of(DATA.name, 0, "", found, "tables that the rules can be run on", remedy)
        return [*error.faults, unread]


def sources(ids: Iterable[str]) -> pd.DataFrame:
    """Rows of the table `sources` for the ids, each once, in the order of their first mention.

    An id may be a list such as "a;b"; blanks are skipped. Columns as in the table, and `row_id`.
    Raises ValueError naming the ids that do not exist.

    >>> list(sources(["census-2020-county;census-2010-county"])["licence"])
    ['MIT', 'MIT']
    """
    cells = [ids] if isinstance(ids, str) else ids
    wanted = dict.fromkeys(part for cell in cells for part in cell.split(";") if part)
    rows = _open("sources")["sources"].set_index("source_id", drop=False)
    if missing := [source for source in wanted if source not in rows.index]:
        hints = "; ".join(unknown(source, rows.index) for source in missing)
        raise ValueError(f"no such source in {_path('sources.csv')}: {hints}")
    return rows.loc[list(wanted)].reset_index(drop=True)


def cite(source_id: str) -> str:
    """A reference in one line: publisher, year ("n.d." if unknown), title and address.

    Raises ValueError for an unknown id.

    >>> cite("nbs-income-2020")
    '国家统计局 (2021). 2020年居民收入和消费支出情况. http://www.199it.com/archives/1193176.html'
    """
    row = sources([source_id]).iloc[0]
    year, title = row["published"][:4] or "n.d.", row["title"].rstrip(".")
    return f"{row['publisher']} ({year}). {title}. {row['url']}".rstrip()


def place(name: str | int) -> str:
    """The six-digit code of a place given by its Chinese name, its English name or its code.

    Case and outer spaces do not matter, and the last character of a Chinese name that tells its
    level may be left out. Where a unit of today and a former one share a name, the one of today
    is meant. Raises ValueError naming the nearest known names.

    >>> place("杭州市"), place("杭州"), place(" hangzhou "), place(330100)
    ('330100', '330100', '330100', '330100')
    """
    places = read_records(_open("places")["places"], _Place)
    wanted = f"{name}".strip().casefold()
    for name_of in (
        lambda one: one.code,
        lambda one: one.name_zh,
        lambda one: one.name_en.casefold(),
        lambda one: re.sub(LEVEL_SUFFIX, "", one.name_zh),
    ):
        if hits := [one for one in places if name_of(one) == wanted]:
            return _latest(hits).code
    known = {found for one in places for found in (one.name_zh, one.name_en, one.code)}
    raise ValueError(f"no such place in {_path('places.csv')}: {unknown(f'{name}', known)}")


def place_name(code: str | int, lang: str, year: int | None = None) -> str:
    """The name of a place in `lang` (en or zh), today or, if ever, last; or at the end of `year`.

    Raises ValueError for an unknown code or language, and for a year in which the code did not
    exist.

    >>> place_name("330183", "zh"), place_name(330111, "en", year=2024)
    ('富阳市', 'Fuyang')
    """
    if lang not in ("en", "zh"):
        raise ValueError(f"lang = {lang!r}; allowed: 'en', 'zh'")
    places = read_records(_open("places")["places"], _Place)
    own = [one for one in places if one.code == f"{code}".strip()]
    if not own:
        raise ValueError(f"no place with the code {code!r} in {_path('places.csv')}")
    if year is not None:
        spans = "; ".join(f"{one.valid_from} to {one.valid_to or 'today'}" for one in own)
        own = [one for one in own if one.existed(year)]
        if not own:
            raise ValueError(f"place {code} did not exist at the end of {year}; it did: {spans}")
    return getattr(_latest(own), f"name_{lang}")


def _latest(places: list[_Place]) -> _Place:
    return max(places, key=lambda one: one.valid_to or "9999")


def _path(file: str) -> str:
    return f"{DATA.name}/{file}"


def _read(file: str) -> bytes:
    try:
        return (DATA / file).read_bytes()
    except OSError as error:
        found = f"no readable file ({error.strerror})"
        fault = fault_of(_path(file), 0, "", found, "a file", "bring the file back")
        raise DataError([fault]) from None


def _open(*names: str) -> dict[str, pd.DataFrame]:
    """The tables, with the line of each row as index; DataError with the faults of all of them."""
    descriptor = _read(DESCRIPTOR)
    known = resources(descriptor, _path(DESCRIPTOR))
    for name in names:
        if name not in known:
            found, allowed = f"no table {unknown(name, known)}", ", ".join(known)
            raise DataError(
                [fault_of(_path(DESCRIPTOR), 0, "", found, allowed, "name one of these")]
            )
    faults: list[Violation] = []
    tables: dict[str, Table] = {}
    targets = [key[1] for name in names for key in known[name]["foreign"]]
    for table in dict.fromkeys([*names, *targets]):
        try:
            file = known[table]["path"]
            tables[table] = parse(table, descriptor, _read(file), _path(file))
            faults += tables[table].faults
        except DataError as error:
            faults += error.faults
    for name in names:
        for columns, target, keys in known[name]["foreign"]:
            if name in tables and target in tables:
                faults += dangling(tables[name], columns, tables[target], keys)
    if faults:
        raise DataError(faults)
    return {name: tables[name].rows for name in names}
