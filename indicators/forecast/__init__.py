"""Forecasts of one series, and the time at which a fitted line reaches a target.

A forecast here is a mechanical extrapolation: nothing but the series itself goes in, and what it is
worth is told by the errors it would have made before (`rolling_forecasts`).
"""

from indicators.forecast.damped import damped_trend_forecast
from indicators.forecast.drift import drift_forecast
from indicators.forecast.past import PastForecasts, rolling_forecasts
from indicators.forecast.target import time_to_target

__all__ = [
    "PastForecasts",
    "damped_trend_forecast",
    "drift_forecast",
    "rolling_forecasts",
    "time_to_target",
]
