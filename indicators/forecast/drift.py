"""The random walk with drift: the mean of the steps so far is carried on."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from pandas import DataFrame

from indicators.forecast.series import check_series, forecast_table

LEAST = 3  # the standard deviation of the steps needs two of them


def drift_forecast(series: ArrayLike, horizon: int, level: float = 0.95) -> DataFrame:
    """Forecasts of a random walk with drift, 1 to `horizon` steps ahead.

    `series` are at least three values in their order, not all the same: a list, or a Series
    indexed by whole years that rise by one or by periods without a gap. The point forecast adds the
    mean step, (last - first)/(n - 1), once a step. The interval is mean ± t s √(h (1 + h/(n - 1))):
    s is the standard deviation of the n - 1 steps, t the quantile of Student's distribution with
    n - 2 degrees of freedom, and the second term in the root is the error of the drift. If all
    steps are the same, s is 0 and the interval has no width.

    Columns: step, mean, low, high (in the unit of the series), level, kind (prediction_interval).
    Raises ValueError with all faults: fewer than three values, text, nan, inf, a constant series,
    years that are unsorted, repeated or missing, a horizon or level out of range.

    The point forecasts and the standard error are those of rwf(drift = TRUE) in R's package
    forecast, which takes the normal quantile instead of t. statsmodels' UnobservedComponents with
    "rwdrift" divides the variance by n - 1 in place of n - 2, leaves out the error of the drift and
    takes the normal quantile; for a short series its intervals are much too narrow. Source:
    Hyndman and Athanasopoulos (2021).

    >>> drift_forecast([1.0, 2.0, 4.0], 2).round(2)[["step", "mean", "low", "high"]]
       step  mean    low   high
    0     1   5.5  -5.50  16.50
    1     2   7.0 -10.97  24.97
    """
    values, steps, level = check_series(series, horizon, level, LEAST)
    from scipy.special import stdtrit  # here, because loading it costs more than most pages

    changes, ahead = np.diff(values), np.arange(1, steps + 1)
    mean = values[-1] + ahead * (values[-1] - values[0]) / len(changes)
    free = len(changes) - 1
    spread = math.sqrt(((changes - changes.mean()) ** 2).sum() / free)
    reach = stdtrit(free, (1 + level) / 2) * spread * np.sqrt(ahead * (1 + ahead / len(changes)))
    return forecast_table(mean, mean - reach, mean + reach, level)
