"""What the tables hold for trends, for forecasts, and for inference on the time to a target.

All of it is about the logarithm of the ratio: a constant step of it is a constant lead of rural
growth over urban growth, it does not matter which income is the numerator, and no forecast of it
can be a ratio below 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from pandas import Series

from indicators.gates.urban_rural_convergence import DAMPED_YEARS, TARGET_POINTS
from indicators.urban_rural_convergence.choices import Choices
from indicators.urban_rural_convergence.points import SOLID_GRADES, Points

# Upper 5 % points of the Durbin-Watson statistic with one regressor (Savin and White 1977), by n.
_DURBIN_WATSON = {
    10: 1.320, 11: 1.324, 12: 1.331, 13: 1.340, 14: 1.350, 15: 1.361, 16: 1.371, 17: 1.381,
    18: 1.391, 19: 1.401, 20: 1.411,
}  # fmt: skip


def counted_ratios(points: Points, choices: Choices) -> list[Any]:
    """The printed ratios that count towards a gate: grade A to C, neither claimed nor derived."""
    return [
        row for row in points.main(choices.place).values()
        if row.standing in ("pair", "printed") and row.bound == "eq" and row.grade in SOLID_GRADES
    ]  # fmt: skip


def successive_ratios(points: Points, choices: Choices) -> list[Any]:
    """The counted ratios of the years that follow one another up to the newest of them.

    A forecast takes steps of one year, so a gap ends the run, however long what lies before it.
    """
    own = counted_ratios(points, choices)
    breaks = [at for at in range(1, len(own)) if own[at].year != own[at - 1].year + 1]
    return own[breaks[-1] if breaks else 0 :]


def log_ratios(rows: list[Any]) -> Series:
    """The logarithm of the ratio of some rows, by year."""
    return pd.Series({int(row.year): np.log(row.estimate) for row in rows}, dtype=float)


def drift_facts(points: Points, choices: Choices) -> dict[str, object]:
    """The facts of the gate `drift_forecast`: n and the first and the last year of the run."""
    years = [int(row.year) for row in successive_ratios(points, choices)]
    return {"n": len(years), "run": (years[0], years[-1]) if years else ()}


def damped_facts(points: Points, choices: Choices) -> dict[str, object]:
    """The facts of the gate `damped_trend_forecast`: n, and whether the model can be fitted.

    `fitted` is None with too few years, for the model fits anything then; else it says whether the
    model can be fitted to the whole run and to every earlier end that its past errors need.
    """
    run = log_ratios(successive_ratios(points, choices))
    if len(run) < DAMPED_YEARS:
        return {"n": len(run), "fitted": None}
    # slow to load, few pages need it
    from indicators.forecast import damped_trend_forecast, rolling_forecasts

    try:
        damped_trend_forecast(run, 1)
        rolling_forecasts(run, "damped_trend")
    except ValueError:
        return {"n": len(run), "fitted": False}
    return {"n": len(run), "fitted": True}


def target_facts(points: Points, choices: Choices) -> dict[str, object]:
    """The facts of the gate `time_to_target_inference`: n, curved and correlated.

    With enough printed points, a straight line is fitted to the logarithm of the ratio by least
    squares: `curved` if a squared term is significant at 5 %, `correlated` if Durbin and Watson's
    statistic, which takes the points in their order and knows of no gap between them, is below its
    upper 5 % point. With fewer, both are None.
    """
    line = log_ratios(counted_ratios(points, choices))
    if len(line) < TARGET_POINTS:
        return {"n": len(line), "curved": None, "correlated": None}
    # slow to load, few pages need it
    from statsmodels.regression.linear_model import OLS
    from statsmodels.stats.stattools import durbin_watson

    years = line.index.to_numpy(float) - line.index.to_numpy(float).mean()
    design = np.column_stack([np.ones(len(line)), years, years**2])
    bend = OLS(line.to_numpy(), design).fit().pvalues[2]
    statistic = durbin_watson(OLS(line.to_numpy(), design[:, :2]).fit().resid)
    upper = _DURBIN_WATSON[min(len(line), max(_DURBIN_WATSON))]
    return {"n": len(line), "curved": bool(bend < 0.05), "correlated": bool(statistic < upper)}
