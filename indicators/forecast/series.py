"""A series and the table of its forecasts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from pandas import DataFrame

from indicators.inputs import (
    Vector,
    check_level,
    check_together,
    check_values,
    check_whole,
    refuse,
)

KIND = "prediction_interval"


def check_series(
    series: ArrayLike, horizon: int, level: float, least: int
) -> tuple[Vector, int, float]:
    """The values of a series, the horizon and the level, or one ValueError with all faults.

    A Series may be indexed by whole years that rise by one, or by periods that follow one another;
    any other list is taken in its order. The values must be finite and must not all be the same.
    """
    values, steps, coverage, _ = check_together(
        lambda: check_values({"series": series}, least, positive=False)["series"],
        lambda: check_whole("horizon", horizon, 1),
        lambda: check_level(level),
        lambda: refuse(_index_faults(series)),
    )
    return values, steps, coverage


def _index_faults(series: Any) -> list[str]:
    if not isinstance(series, pd.Series) or not len(series):
        return []
    index, allowed = series.index, "whole years that rise by one, or periods without a gap"
    if isinstance(index, pd.PeriodIndex) and not index.hasnans:
        ordinals = index.asi8
    elif pd.api.types.is_integer_dtype(index):
        ordinals = index.to_numpy()
    else:
        return [f"series is indexed by {index.dtype}; allowed: {allowed}"]
    broken = np.flatnonzero(np.diff(ordinals) != 1)
    if not len(broken):
        return []
    pair = f"{index[broken[0]]} before {index[broken[0] + 1]}"
    return [f"series has {pair}; allowed: {allowed}"]


def forecast_table(mean: Vector, low: Vector, high: Vector, level: float) -> DataFrame:
    """The columns step (1, 2, ...), mean, low, high, level and kind."""
    return DataFrame(
        {
            "step": np.arange(1, len(mean) + 1),
            "mean": mean,
            "low": low,
            "high": high,
            "level": level,
            "kind": KIND,
        }
    )
