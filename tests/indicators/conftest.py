"""What the tests of the statistics share."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib import font_manager

from indicators import evidence, tables
from indicators import investment_completion as completion
from indicators.gates import require
from indicators.violation import Violation

TABLES = [
    "sources", "places", "income", "investment", "services", "targets", "sentences",
    "claims", "census", "crosswalk",
]  # fmt: skip
HANGZHOU = ("330100", "qian_xiang_wan_yi", "2025M01-M11")


class Stock:
    """A copy of the tables that a test may change or damage, and that the module reads."""

    def __init__(self, folder: Path):
        self.folder = folder

    def rows(self, table: str) -> list[list[str]]:
        text = (self.folder / f"{table}.csv").read_text(encoding="utf-8")
        return list(csv.reader(io.StringIO(text, newline="")))

    def write(self, table: str, rows: list[list[str]]) -> None:
        with (self.folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def edit(self, table: str, line: int, **cells: str) -> None:
        rows = self.rows(table)
        for column, cell in cells.items():
            position = rows[0].index(column)
            assert rows[line - 1][position] != cell, "the edit changes nothing"
            rows[line - 1][position] = cell
        self.write(table, rows)

    def insert(self, table: str, line: int, row: str) -> None:
        rows = self.rows(table)
        rows.insert(line - 1, next(csv.reader([row])))
        self.write(table, rows)

    def line(self, table: str, *cells: str) -> int:
        """The line of the one row that holds all these cells."""
        (line,) = [n for n, row in enumerate(self.rows(table), 1) if set(cells) <= set(row)]
        return line

    def damage(self, file: str, change: Callable[[bytes], bytes]) -> None:
        before = (self.folder / file).read_bytes()
        after = change(before)
        assert after != before, "the damage found nothing to change"
        (self.folder / file).write_bytes(after)

    def faults(self, rule: str | None = None) -> list[Violation]:
        return [v for v in tables.violations() if not v.exempt and rule in (None, v.rule)]

    def only_fault(self, rule: str) -> Violation:
        (fault,) = self.faults()
        assert fault.rule == rule
        assert fault.remedy
        return fault


@pytest.fixture(params=TABLES)
def table_name(request) -> str:
    return request.param


@pytest.fixture
def stock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stock:
    copy = tmp_path / "data"
    shutil.copytree(tables.DATA, copy)
    monkeypatch.setattr(tables, "DATA", copy)
    return Stock(copy)


# --- the chapter on investment completion ---------------------------------------------------------


@pytest.fixture(scope="session")
def rows() -> pd.DataFrame:
    return evidence.mark_rows(tables.load("investment"), tables.load("sources"))


@pytest.fixture(scope="session")
def choices() -> Callable[..., completion.Choices]:
    """The choices of a page, by default that of the article."""

    def choose(*combination: str, **others) -> completion.Choices:
        return completion.Choices(*(combination or HANGZHOU), **others)

    return choose


@pytest.fixture(scope="session")
def gates() -> Callable[..., dict[str, bool]]:
    """Which methods the gates open for a page."""

    def opened(rows, wanted) -> dict[str, bool]:
        facts = completion.gate_facts(rows, wanted)
        return {method: bool(require(method, **facts[method])) for method in facts}

    return opened


@pytest.fixture(scope="session")
def changed() -> Callable[..., pd.DataFrame]:
    """A copy of the rows with another printed figure in one of them."""

    def change(rows, place, programme, period, indicator, printed) -> pd.DataFrame:
        found = (
            rows["place_code"].eq(place) & rows["programme"].eq(programme)
            & rows["period"].eq(period) & rows["indicator"].eq(indicator)
        )  # fmt: skip
        assert found.sum() == 1
        copy = rows.copy()
        copy.loc[found, "printed"] = printed
        copy.loc[found, "value"] = float(printed)
        return copy

    return change


# --- the chapters on income -----------------------------------------------------------------------


@pytest.fixture(scope="session")
def income_rows() -> pd.DataFrame:
    return evidence.mark_rows(tables.load("income"), tables.load("sources"))


@pytest.fixture(scope="module")
def style(root: Path) -> Iterator[None]:
    """The style and the fonts with which the book draws."""
    for path in (root / "book" / "fonts").glob("*.ttf"):
        font_manager.fontManager.addfont(path)
    with plt.style.context(["default", str(root / "book" / "figure.mplstyle")], after_reset=True):
        yield
