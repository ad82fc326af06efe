"""A panel of log levels, units by years, checked before anything is computed."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import pairwise
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

# One-sided at 5 %: convergence is rejected at this t or below (Phillips and Sul 2007).
CRITICAL_T = -1.65
LEAST_UNITS = 2
# the long-run variance of the residuals needs two pairs of neighbours
LEAST_YEARS = 3


@dataclass(frozen=True)
class LogPanel:
    """Log levels, units by years, with the labels of both and the years to be discarded."""

    values: NDArray[np.float64]
    units: tuple[Hashable, ...]
    years: tuple[Hashable, ...]
    discarded: int


def read_panel(
    panel: pd.DataFrame | ArrayLike, trim: float, c_star: float = CRITICAL_T
) -> LogPanel:
    """The panel as `log_t_test` describes it; c* is only checked.

    round(trim * T) of T years are discarded, a half to the even number. Raises one ValueError
    with all faults.
    """
    faults = []
    if not (_finite(c_star) and c_star >= CRITICAL_T):
        # below that, a unit would join the core although both together are rejected
        faults.append(f"c_star = {c_star}; allowed: a finite number of at least {CRITICAL_T}")
    trims = _finite(trim) and 0 < trim < 1
    if not trims:
        faults.append(f"trim = {trim}; allowed: a number above 0 and below 1")
    values, found = _numbers(panel)
    if values is None:
        raise ValueError("; ".join(faults + found))
    units, years = tuple(range(len(values))), tuple(range(1, values.shape[1] + 1))
    if isinstance(panel, pd.DataFrame):
        units, years = tuple(panel.index), tuple(panel.columns)
        faults += _unit_faults(panel.index) + _year_faults(years)
    if len(units) < LEAST_UNITS:
        faults.append(f"found {len(units)} units; allowed: at least {LEAST_UNITS}")
    discarded = round(trim * len(years)) if trims else 0
    if trims and not (discarded >= 1 and len(years) - discarded >= LEAST_YEARS):
        # log log t has no value at t = 1
        faults.append(
            f"trim = {trim:.4g} discards {discarded} of {len(years)} years; "
            f"allowed: at least 1 discarded and at least {LEAST_YEARS} left"
        )
    if faults := faults + (found or _level_faults(values, years)):
        raise ValueError("; ".join(faults))
    return LogPanel(values, units, years, discarded)


def _finite(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)


def _numbers(panel: pd.DataFrame | ArrayLike) -> tuple[NDArray[np.float64] | None, list[str]]:
    """The panel as floats, or None if it is no table of numbers; and what is wrong with it."""
    allowed = "a table of numbers, units in rows (their names in the index) and years in columns"
    try:
        table = panel if isinstance(panel, pd.DataFrame) else np.asarray(panel)
    except ValueError:
        return None, [f"found rows of several lengths; allowed: {allowed}"]
    if table.ndim != 2:
        return None, [f"found {table.ndim} dimensions; allowed: 2, {allowed}"]
    table = pd.DataFrame(table)
    for position, kind in enumerate(table.dtypes):
        if kind.kind not in "iuf" and not _holds_numbers(table.iloc[:, position]):
            found = f"column {table.columns[position]} holds what is no number"
            return None, [f"{found}; allowed: {allowed}"]
    values = table.to_numpy(float, na_value=np.nan)
    wrong = np.argwhere(~np.isfinite(values))
    if not len(wrong):
        return values, []
    row, column = wrong[0]
    place = f"unit {table.index[row]}, year {table.columns[column]}"
    found = f"{len(wrong)} of {values.size} values, the first {values[row, column]} at {place}"
    return values, [f"found {found}; allowed: finite numbers"]


def _holds_numbers(column: pd.Series) -> bool:
    """Whether a column that is not of a numeric type holds numbers all the same."""
    return column.dtype.kind == "O" and all(
        isinstance(value, Real) and not isinstance(value, bool) for value in column
    )


def _unit_faults(units: pd.Index) -> list[str]:
    faults = []
    if units.to_frame().isna().any(axis=None):
        faults.append("found a unit without a name; allowed: one name for each unit")
    if not units.is_unique:
        twice = ", ".join(map(str, units[units.duplicated()].unique()[:3]))
        faults.append(f"found units more than once: {twice}; allowed: each unit once")
    return faults


def _year_faults(columns: tuple[Hashable, ...]) -> list[str]:
    years = [_year(label) for label in columns]
    if None in years:
        strange = columns[years.index(None)]
        return [f"found column {strange}; allowed: years, such as 2015 or Y2015"]
    steps = sorted({step for step in pairwise(years) if step[1] != step[0] + 1})
    if not steps:
        return []
    found = ", ".join(f"{before} then {after}" for before, after in steps[:3])
    return [f"found years {found}; allowed: each year once, rising, without a gap"]


def _year(label: Hashable) -> int | None:
    if isinstance(label, str):
        # R puts X before a name that starts with a digit
        found = re.fullmatch(r"(?:[XY]|YR|YEAR)?[ _]?(\d{4})", label.strip().upper())
        return int(found[1]) if found else None
    if _finite(label) and float(label).is_integer():
        return int(label)
    return getattr(label, "year", None)


def _level_faults(values: NDArray[np.float64], years: tuple[Hashable, ...]) -> list[str]:
    """Faults of what are no log levels: h divides by their mean over the units."""
    if not values.size:
        return []
    allowed = "log levels (feed ln income itself, not the log of a ratio)"
    if np.abs(values).max() < 1:
        low, high = values.min(), values.max()
        found = f"values between {low:.4g} and {high:.4g} only, as those of a log ratio are"
        return [f"found {found}; allowed: {allowed}"]
    if not np.ptp(values, axis=1).any():
        return ["found no unit that changes over the years; allowed: values that differ"]
    means, spread = values.mean(axis=0), values.std(axis=0)
    if len(near := np.flatnonzero(np.abs(means) <= spread)):
        year = near[0]
        found = f"a mean over the units of {means[year]:.4g} in {years[year]}"
        limit = f"a mean farther from 0 than the spread (sd) of {spread[year]:.4g}"
        return [f"found {found}; allowed: {limit}, as that of {allowed}"]
    return []
