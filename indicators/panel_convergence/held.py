"""What a panel holds: its units and years, which of them a page compares, and which not."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from pandas import DataFrame

from indicators.evidence import weakest
from indicators.gates.panel_convergence import SPREAD_UNITS
from indicators.income import SURVEY, WHOLE_AREA
from indicators.labels import LABELS, both
from indicators.panel import COLUMNS, INCOMES, balanced, matrix, read_panel
from indicators.panel_convergence.choices import Choices

PROVINCE = "330000"
OWN = "own_data"


def load_panel(path: str | None, rows: DataFrame, places: DataFrame) -> DataFrame:
    """The panel in a file of the reader's own, or, without a path, the one of the book's tables.

    The book's panel holds the prefectures of the province, as far as their annual incomes are
    printed exactly, on the basis of the integrated survey and for the whole area; neither the
    province nor the counties, which would stand beside their parts or their whole. `rows` as from
    `mark_rows`. Columns as from `read_panel`, and evidence (the weakest of the row; `own_data` for
    a file) and source_id. Raises DataError with every fault of the file.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> load_panel(None, rows, tables.load("places"))["unit"].nunique()
    11
    """
    if path is not None:
        own = read_panel(path)
        unit = own["unit"].map({name: _unit_cell(name) for name in own["unit"].unique()})
        return own.assign(unit=unit.astype("str"), evidence=OWN, source_id="")
    return book_panel(rows, places)


def book_panel(rows: DataFrame, places: DataFrame) -> DataFrame:
    """The panel of the book's income table; see `load_panel`.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> sorted(set(book_panel(rows, tables.load("places"))["evidence"]))
    ['copied', 'printed']
    """
    prefectures = places[places["level"].eq("prefecture") & places["parent_code"].eq(PROVINCE)]
    names = {f"{name}_income": name for name in INCOMES}
    used = rows[
        rows["place_code"].isin(prefectures["code"])
        & rows["indicator"].isin(names)
        & rows["period"].str.fullmatch(r"\d{4}")
        & rows["basis"].eq(SURVEY)
        & rows["scope"].eq(WHOLE_AREA)
        & rows["origin"].eq("printed")
        & rows["bound"].eq("eq")
        & rows["status"].eq("normal")
    ]
    key = ["place_code", "period", "indicator"]
    used = used.sort_values([*key, "grade", "source_id"]).drop_duplicates(key)
    by_row = used.groupby(["place_code", "period"])
    wide = used.pivot(index=["place_code", "period"], columns="indicator", values="value")
    marks = {
        "evidence": by_row["evidence"].agg(lambda cells: weakest(*cells)),
        "source_id": by_row["source_id"].agg(joined_sources),
    }
    wide = wide.rename(columns=names).rename_axis(columns=None).reindex(columns=list(INCOMES))
    panel = wide.assign(**marks).reset_index()
    panel = panel.rename(columns={"place_code": "unit", "period": "year"})
    return panel.astype({"year": "int64"}).reindex(columns=[*COLUMNS, "evidence", "source_id"])


def page_window(panel: DataFrame, choices: Choices) -> tuple[int, int]:
    """The first and the last year of a page: as chosen, else by a rule.

    The rule takes the longest span whose first and last year are both held by as many units as a
    test of the spread needs; then the one that more units hold; then the latest. Where no span has
    so many, it is the first and the last year held. Raises ValueError where fewer than two years
    hold the income.

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> page_window(panel, Choices())
    (2015, 2021)
    """
    if choices.window is not None:
        return choices.window
    held = matrix(panel, choices.income).notna()
    years = list(held.columns)
    if len(years) < 2:
        found = f"found {choices.income} income in {len(years)} years"
        raise ValueError(f"{found}; allowed: a panel of two years or more, or another income")
    shared = held.to_numpy(int).T @ held.to_numpy(int)
    spans = [
        (last - first, shared[i, j], last)
        for i, first in enumerate(years)
        for j, last in enumerate(years)
        if first < last and shared[i, j] >= SPREAD_UNITS
    ]
    span, _, last = max(spans, default=(years[-1] - years[0], 0, years[-1]))
    return int(last - span), int(last)


def end_levels(panel: DataFrame, choices: Choices, income: str = "") -> DataFrame:
    """The units that hold an income in the first and in the last year of the page.

    Columns: unit, initial, final (levels), population (of the first year, nan if unknown),
    evidence, source_id. `income` is that of the page unless it is named.

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> list(end_levels(panel, Choices()).columns[:2])
    ['unit', 'initial']
    """
    years = page_window(panel, choices)
    levels = matrix(panel, income or choices.income).reindex(columns=years).dropna()
    ends = panel[panel["year"].isin(years) & panel["unit"].isin(levels.index)]
    people = ends[ends["year"].eq(years[0])].set_index("unit")["population"]
    table = DataFrame(
        {
            "unit": levels.index,
            "initial": levels[years[0]].to_numpy(),
            "final": levels[years[1]].to_numpy(),
            "population": people.reindex(levels.index).to_numpy(),
        }
    )
    return table.merge(_marks(ends).reset_index(), on="unit", how="left")


def log_block(panel: DataFrame, choices: Choices) -> DataFrame:
    """The units that hold the income in every year of the page: units by years, in logarithms.

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> log_block(panel, Choices()).shape
    (0, 7)
    """
    return np.log(balanced(matrix(panel, choices.income), *page_window(panel, choices)))


def units_held(panel: DataFrame, choices: Choices) -> DataFrame:
    """Each unit of the panel: which years of the page it misses, and what it enters.

    Columns: unit, years_held (of the page), missing_years (in words), at_both_ends (whether it
    enters what compares the first with the last year), complete (whether it enters what needs
    every year), evidence, source_id (of the years held).

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> len(units_held(panel, Choices()))
    11
    """
    first, last = page_window(panel, choices)
    levels = matrix(panel, choices.income).reindex(sorted(panel["unit"].unique()))
    held = levels.reindex(columns=range(first, last + 1)).notna()
    table = DataFrame(
        {
            "unit": held.index,
            "years_held": held.sum(axis="columns").to_numpy(),
            "missing_years": [_years_text(held.columns[~row]) for row in held.to_numpy()],
            "at_both_ends": (held[first] & held[last]).to_numpy(),
            "complete": held.all(axis="columns").to_numpy(),
        }
    )
    return table.merge(_marks(panel).reset_index(), on="unit", how="left")


def held_points(panel: DataFrame) -> DataFrame:
    """Which incomes each unit holds in each year: what the chart of the panel shows.

    Columns: unit, year, incomes_held (urban_and_rural, one_of_both, all_only), evidence,
    source_id; no row where nothing is held.

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> len(held_points(panel)) > 10
    True
    """
    known = panel[list(INCOMES)].notna()
    pair = known[["urban", "rural"]]
    held = np.select(
        [pair.all(axis="columns"), pair.any(axis="columns"), known["all"]],
        ["urban_and_rural", "one_of_both", "all_only"],
        "",
    )
    points = panel[["unit", "year"]].assign(incomes_held=held, **panel[["evidence", "source_id"]])
    return points[points["incomes_held"].ne("")].reset_index(drop=True)


def _marks(rows: DataFrame) -> DataFrame:
    """Evidence and sources of each unit."""
    by_unit = rows.groupby("unit")
    marks = {"evidence": by_unit["evidence"].agg(weakest_mark)}
    return DataFrame(marks | {"source_id": by_unit["source_id"].agg(joined_sources)})


def weakest_mark(marks: Iterable[str]) -> str:
    """The weakest evidence of figures of the book; figures of the reader's own are not graded."""
    different = set(marks)
    return OWN if OWN in different else weakest(*different)


def computed_mark(marks: Iterable[str]) -> str:
    """What is computed from the book's figures is derived; the reader's own stay marked so."""
    mark = weakest_mark(marks)
    return OWN if mark == OWN else weakest(mark, "derived")


def joined_sources(cells: Iterable[str]) -> str:
    """The ids of all these cells, each once, joined by `;`."""
    return ";".join(sorted({part for cell in cells for part in cell.split(";") if part}))


def _unit_cell(name: str) -> str:
    """A name that is also a key of the label table, or a code or a period, stays as it is."""
    return both(name, name) if LABELS["values"].get(name) else name


def _years_text(years: Iterable[int]) -> str:
    """Years in words, runs of three or more shortened."""
    numbers = pd.Series(list(years), dtype=int)
    runs = numbers.groupby(numbers - np.arange(len(numbers))).agg(["min", "max"]).to_numpy()
    texts = {
        lang: join.join(
            f"{a}{dash}{b}" if b - a > 1 else join.join(map(str, sorted({a, b}))) for a, b in runs
        )
        for lang, join, dash in (("en", ", ", "–"), ("zh", "、", "—"))
    }
    return both(texts["en"], texts["zh"]) if len(numbers) else ""
