"""What a forecast would have been worth: one step ahead, from every earlier end of the series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from pandas import DataFrame

from indicators.forecast import damped, drift
from indicators.forecast.series import check_series
from indicators.inputs import check_choice, check_together, check_whole

METHODS: dict[str, tuple[Callable[..., DataFrame], int]] = {
    "drift": (drift.drift_forecast, drift.LEAST),
    "damped_trend": (damped.damped_trend_forecast, damped.LEAST),
}


@dataclass(frozen=True)
class PastForecasts:
    """The errors of a method in the past: their number, size, and how often the interval held.

    `mase` is the mean absolute scaled error: below 1, the method erred less than the steps of the
    series were large before. `hits` of `n` intervals held the value that came; `coverage` is their
    share, to be compared with `level`. `table` has a row for each origin.
    """

    method: str
    n: int
    hits: int
    coverage: float
    mase: float
    level: float
    table: DataFrame = field(repr=False)


def rolling_forecasts(
    series: ArrayLike, method: str = "drift", first: int | None = None, level: float = 0.95
) -> PastForecasts:
    """Forecasts one step ahead from every origin of a series, using only the values up to it.

    `series` as for the forecast; `method` is `drift` or `damped_trend`; `first` is the number of
    values behind the first forecast, by default the fewest that the method takes (3 and 8) and that
    are not all the same. At least one value must be left to forecast.

    Columns of the table: origin (label of the last value used), used (their number), time (label of
    the value forecast), mean, low, high, actual, error (actual - mean), scaled_error (its size over
    the mean absolute step of the values used), hit. Labels are those of a Series, else positions
    from 0. Each error is scaled by what was known at its origin, so that no later value enters.

    Raises ValueError as the forecast does from any origin, and for a first origin that leaves
    nothing, or before which the series stood still. Source: Hyndman and Koehler (2006).

    >>> past = rolling_forecasts([1.0, 2.0, 3.5, 4.5, 6.0, 7.0])
    >>> past.n, past.hits, round(past.mase, 3)
    (3, 3, 0.229)
    """
    forecast, least = METHODS[method if isinstance(method, str) and method in METHODS else "drift"]
    name, (values, _, level), first = check_together(
        lambda: check_choice("method", method, tuple(METHODS)),
        lambda: check_series(series, 1, level, least + 1),
        lambda: first if first is None else check_whole("first", first, least),
    )
    if first is None:
        moved = np.flatnonzero(values != values[0])[0] + 1  # values up to the first that differs
        first = max(least, int(moved))
    if first >= len(values):
        raise ValueError(f"first = {first} of {len(values)} values; allowed: at least one is left")
    labels = series.index if isinstance(series, pd.Series) else pd.RangeIndex(len(values))
    rows = []
    for used in range(first, len(values)):
        try:
            ahead = forecast(values[:used], 1, level).iloc[0]
        except ValueError as fault:
            raise ValueError(f"at the origin {labels[used - 1]}: {fault}") from None
        error = values[used] - ahead["mean"]
        cells = {"origin": labels[used - 1], "used": used, "time": labels[used]}
        cells |= {end: float(ahead[end]) for end in ("mean", "low", "high")}
        scale = np.abs(np.diff(values[:used])).mean()
        hit = bool(ahead["low"] <= values[used] <= ahead["high"])
        measures = {"error": error, "scaled_error": abs(error) / scale, "hit": hit}
        rows.append(cells | {"actual": values[used]} | measures)
    table = DataFrame(rows)
    hits, n = int(table["hit"].sum()), len(table)
    return PastForecasts(name, n, hits, hits / n, float(table["scaled_error"].mean()), level, table)
