"""Exponential smoothing with a damped trend, from statsmodels, with its silent failures told."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from pandas import DataFrame

from indicators.forecast.series import check_series, forecast_table
from indicators.inputs import Vector, check_together, check_values

PARAMETERS = ("alpha", "beta", "phi", "level", "trend")
LEAST = 8  # with fewer values than this, the corrected AIC of an estimate has no finite value
FOLLOWED = 3  # values along which given parameters are followed
# Smoothing and damping from which the likelihood is climbed: it may have more than one peak.
STARTS = ((0.1, 0.01, 0.98), (0.5, 0.1, 0.9), (0.9, 0.5, 0.8))


def damped_trend_forecast(
    series: ArrayLike,
    horizon: int,
    level: float = 0.95,
    parameters: ArrayLike | None = None,
) -> DataFrame:
    """Forecasts of exponential smoothing with additive errors and a damped additive trend.

    `series` as for `drift_forecast`, with at least eight values, or three if the parameters are
    given. The level l and the trend b move with each error e: to l + phi b + alpha e and
    phi b + beta e; h steps ahead the forecast is l + (phi + ... + phi^h) b. `parameters` takes the
    five numbers of a published fit instead of estimating them: alpha, beta, phi and the level and
    the trend before the first value, in the order in which R's ets prints them (its beta is the one
    above: alpha times the beta* of other texts), with 0 < alpha < 1, 0 < beta < alpha and
    0 < phi < 1.

    Columns as for `drift_forecast`. The intervals are those of ETSResults.get_prediction: exact
    variances at the parameters, the error variance SSE/n, the normal quantile. R's ets has the same
    variances but divides SSE by n - 5, so that its intervals are wider by the root of n/(n - 5);
    neither allows for errors of the parameters.

    Estimation is that of statsmodels' ETSModel, which keeps phi between 0.8 and 0.98, on the series
    minus its first value in units of its mean absolute step, so that neither origin nor unit
    matters to the search; of three starts the highest likelihood is taken. statsmodels returns
    numbers without a word where a fit means nothing; here a search that does not end, a corrected
    AIC that is not finite or a variance of 0 raises ValueError, as do the faults named under
    `drift_forecast` and parameters out of range. Source: Gardner and McKenzie (1985); Hyndman et
    al. (2008).

    >>> rising = [3.0, 5.1, 6.8, 8.2, 9.6, 10.4, 11.5, 12.1]
    >>> damped_trend_forecast(rising, 2, parameters=[0.5, 0.2, 0.9, 1, 2.2]).round(2)["mean"]
    0    13.04
    1    13.71
    Name: mean, dtype: float64
    """
    (values, steps, level), given = check_together(
        lambda: check_series(series, horizon, level, LEAST if parameters is None else FOLLOWED),
        lambda: _check_parameters(parameters),
    )
    origin, unit = values[0], np.abs(np.diff(values)).mean()
    model = _model((values - origin) / unit)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # whatever they warn of is looked for, and told, below
        fit = _highest(model) if given is None else _followed(model, given, origin, unit)
        aicc = float(fit.aicc)
    error = fit.mse * unit**2
    if (given is None and not math.isfinite(aicc)) or not fit.mse > 1e-20:
        raise ValueError(
            f"found a corrected AIC of {aicc:g} and a mean squared error of {error:.3g}; allowed: "
            "finite, and above 0, so that errors can be told from parameters"
        )
    ahead = fit.get_prediction(start=len(values), end=len(values) + steps - 1)
    table = ahead.summary_frame(alpha=1 - level)
    bounds = (table[name].to_numpy(float) for name in ("mean", "pi_lower", "pi_upper"))
    return forecast_table(*(origin + unit * bound for bound in bounds), level)


def _check_parameters(parameters: ArrayLike | None) -> Vector | None:
    if parameters is None:
        return None
    checked = check_values({"parameters": parameters}, 1, positive=False, spread=False)
    given = checked["parameters"]
    allowed = f"{', '.join(PARAMETERS)} with 0 < alpha < 1, 0 < beta < alpha and 0 < phi < 1"
    if len(given) != len(PARAMETERS):
        raise ValueError(f"found {len(given)} parameters; allowed: {allowed}")
    alpha, beta, phi, *_ = given
    if not (0 < alpha < 1 and 0 < beta < alpha and 0 < phi < 1):
        raise ValueError(f"found alpha = {alpha}, beta = {beta}, phi = {phi}; allowed: {allowed}")
    return given


def _model(values: Vector) -> Any:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # slow to load

    # without an index of periods get_prediction fails; which periods does not matter
    index = pd.period_range("2000", periods=len(values), freq="Y")
    return ETSModel(pd.Series(values, index), error="add", trend="add", damped_trend=True)


def _followed(model: Any, given: Vector, origin: float, unit: float) -> Any:
    """The states that given parameters lead through, in the origin and unit of the model."""
    alpha, beta, phi, level, trend = given
    return model.smooth(np.array([alpha, beta, phi, (level - origin) / unit, trend / unit]))


def _highest(model: Any) -> Any:
    """The fit of the highest likelihood over the starts."""
    begin = np.asarray(model.start_params, float)[3:]
    fits = [model.fit(start_params=np.array([*start, *begin]), disp=False) for start in STARTS]
    ended = [fit for fit in fits if fit.mle_retvals["converged"] and math.isfinite(fit.llf)]
    if not ended:
        raise ValueError(
            f"found no end of the search for the highest likelihood from {len(STARTS)} starts; "
            "allowed: a series that the model can be fitted to"
        )
    return max(ended, key=lambda fit: fit.llf)
