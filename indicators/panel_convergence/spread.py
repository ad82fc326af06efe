"""The spread of the units by year, and the test between the first and the last year."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from pandas import DataFrame

from indicators.convergence import sigma_convergence, spread_ratio
from indicators.findings import Findings, exact_interval, interval_cells, round_table
from indicators.gates.panel_convergence import SPREAD_UNITS
from indicators.intervals import Interval
from indicators.panel import MEASURES, matrix
from indicators.panel_convergence.choices import Choices, income_word
from indicators.panel_convergence.held import computed_mark, end_levels, joined_sources, page_window

# Below this the t approximation behind the p-value of ranks is too far off: at five units it says
# 0.04 where the exact value over all orders is 0.08.
RANKED_UNITS = 10


def spread_changes(panel: DataFrame, choices: Choices) -> Findings:
    """The spread (sd of logarithms) of the last year over that of the first, by income.

    Results and rows by urban, rural, all and ratio, each over the units that hold it in both years
    of the page, where these are enough for a test; of the kind `model_ci` (Pitman-Morgan), or
    `exact`, as no test applies, if weighted by people. Table: measured, n, sd_first, sd_last, low,
    estimate, high and kind of the ratio, p_value (Pitman-Morgan) and rank_p (Spearman's version,
    from ten units on), nan if weighted, evidence, source_id.

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> sorted(spread_changes(panel, Choices()).results)[:2]
    ['ratio', 'rural']
    """
    results, table = {}, []
    for income in MEASURES:
        ends = end_levels(panel, choices, income)
        people = ends["population"].notna().all()
        if len(ends) < SPREAD_UNITS or (choices.weighted and not people):
            continue
        results[income] = _ratio(ends, choices)
        tests = None if choices.weighted else sigma_convergence(ends["initial"], ends["final"])
        ranked = len(ends) >= RANKED_UNITS
        before, after = (_sd(np.log(ends[name]), ends, choices) for name in ("initial", "final"))
        table.append(
            {
                "measured": income_word(income),
                "n": len(ends),
                "sd_first": before,
                "sd_last": after,
                **interval_cells(results[income]),
                "p_value": tests.pitman_morgan.p_value if tests else math.nan,
                "rank_p": tests.spearman.p_value if tests and ranked else math.nan,
                "evidence": computed_mark(ends["evidence"]),
                "source_id": joined_sources(ends["source_id"]),
            }
        )
    return Findings(results, round_table(table), joined_sources(row["source_id"] for row in table))


def page_row(changes: Findings, choices: Choices) -> pd.Series:
    """The row of `spread_changes` that is about the income of the page.

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> page_row(spread_changes(panel, Choices()), Choices())["kind"]
    'model_ci'
    """
    table = changes.table
    return table[table["measured"].eq(income_word(choices.income))].iloc[0]


def spread_lines(panel: DataFrame, choices: Choices) -> DataFrame:
    """What the chart of the spread shows, in the years that all units of the page's ends hold.

    Columns: series (`unit`: the logarithm of its income minus the mean over the units; `spread`:
    the sd of the logarithms), unit (blank for the spread), year, value, evidence, source_id.

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> spread_lines(panel, Choices())["series"].unique().tolist()
    ['unit', 'spread']
    """
    ends = end_levels(panel, choices)
    first, last = page_window(panel, choices)
    levels = matrix(panel, choices.income).loc[ends["unit"]]
    logs = np.log(levels.loc[:, first:last].dropna(axis="columns"))
    apart = logs - logs.mean()
    marks = panel[panel["unit"].isin(ends["unit"]) & panel["year"].isin(logs.columns)]
    units = apart.stack().rename("value").reset_index()
    units = units.merge(marks[["unit", "year", "evidence", "source_id"]], on=["unit", "year"])
    by_year = marks.groupby("year")
    spread = DataFrame(
        {
            "year": logs.columns,
            "value": [_sd(logs[year], ends, choices) for year in logs],
            "evidence": [computed_mark(cells) for _, cells in by_year["evidence"]],
            "source_id": by_year["source_id"].agg(joined_sources).to_numpy(),
        }
    )
    parts = [units.assign(series="unit"), spread.assign(series="spread", unit="")]
    columns = ["series", "unit", "year", "value", "evidence", "source_id"]
    return pd.concat(parts, ignore_index=True)[columns].round(6)


def _ratio(ends: DataFrame, choices: Choices) -> Interval:
    logs = [np.log(ends[name].to_numpy()) for name in ("initial", "final")]
    if choices.weighted:
        before, after = (_sd(values, ends, choices) for values in logs)
        return exact_interval(after / before)
    return spread_ratio(*logs, level=choices.level)


def _sd(logs: ArrayLike, ends: DataFrame, choices: Choices) -> float:
    values = np.asarray(logs, float)
    if not choices.weighted:
        return float(values.std(ddof=1))
    weights = ends["population"]
    return math.sqrt(
        np.average((values - np.average(values, weights=weights)) ** 2, weights=weights)
    )
