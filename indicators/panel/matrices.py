"""A panel as a matrix of units by years, as the tests of convergence take it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas import DataFrame

from indicators.inputs import check_choice, check_table, is_whole, read_numbers, refuse, shown
from indicators.panel.layout import INCOMES, KEY

MEASURES = (*INCOMES, "ratio")


def matrix(panel: DataFrame, income: str) -> DataFrame:
    """Units (rows) by years (columns, sorted) of one income, nan where it is not known.

    `panel` as from `read_panel`; `income` is urban, rural, all, or ratio, which is urban over rural
    income. Units and years without a single value are left out. Raises ValueError with all faults:
    columns that are missing, an unknown income, a unit and year twice, years that are no whole
    numbers, values that are neither blank nor finite and above 0.

    >>> panel = pd.DataFrame({"unit": ["A", "A", "B"], "year": [2020, 2021, 2021],
    ...                       "urban": [3.0, 4.0, 5.0], "rural": [2.0, 2.0, float("nan")]})
    >>> matrix(panel, "ratio").to_dict("index")
    {'A': {2020: 1.5, 2021: 2.0}}
    """
    check_choice("income", income, MEASURES)
    needed = (*KEY, *(("urban", "rural") if income == "ratio" else (income,)))
    refuse(_faults(panel, needed))
    values = [read_numbers(name, panel[name]) for name in needed[2:]]
    value = values[0] / values[1] if income == "ratio" else values[0]
    rows = panel[list(KEY)].assign(value=value).dropna()
    wide = rows.pivot(index="unit", columns="year", values="value")
    return wide.rename_axis(columns="year").sort_index().sort_index(axis="columns")


def balanced(levels: DataFrame, first: int, last: int) -> DataFrame:
    """The units that have a value in every year from `first` to `last`, and these years.

    `levels` as from `matrix`. A unit that misses a year is left out, and so are all units if a
    year is missing altogether; nothing is filled in. Raises ValueError for a last year that does
    not come after the first.

    >>> levels = pd.DataFrame({2020: [1.0, 2.0], 2021: [1.5, float("nan")]}, index=["A", "B"])
    >>> list(balanced(levels, 2020, 2021).index)
    ['A']
    """
    if not (is_whole(first) and is_whole(last) and first < last):
        found = f"found the years {shown(first)} to {shown(last)}"
        raise ValueError(f"{found}; allowed: whole numbers, the last after the first")
    if not isinstance(levels, DataFrame):
        raise ValueError(f"levels = {shown(levels)}; allowed: a DataFrame as from matrix")
    return levels.reindex(columns=range(int(first), int(last) + 1)).dropna()


def _faults(panel: DataFrame, needed: tuple[str, ...]) -> list[str]:
    try:
        check_table("panel", panel, needed)
    except ValueError:
        found = shown(list(panel.columns)) if isinstance(panel, DataFrame) else shown(panel)
        return [f"panel = {found}; allowed: a DataFrame with {', '.join(needed)}, as read_panel's"]
    if not panel.columns.is_unique:
        return ["two columns of one name; allowed: each column once"]
    faults = []
    if panel["unit"].isna().any():
        faults.append("a row without a unit; allowed: a name in each row")
    twice = panel.duplicated(list(KEY))
    if twice.any():
        unit, year = panel.loc[twice, list(KEY)].iloc[0]
        faults.append(f"{unit} in {year} twice; allowed: each unit and year once")
    if not pd.api.types.is_integer_dtype(panel["year"]):
        faults.append(f"years of the type {panel['year'].dtype}; allowed: whole numbers")
    for name in needed[2:]:
        allowed = "blank, or finite and above 0"
        try:
            values = read_numbers(name, panel[name], allowed)
        except ValueError as fault:
            faults.append(str(fault))
            continue
        wrong = ~(np.isnan(values) | (np.isfinite(values) & (values > 0)))
        if wrong.any():
            found = f"{wrong.sum()} values such as {values[wrong][0]}"
            faults.append(f"{name} has {found}; allowed: {allowed}")
    return faults
