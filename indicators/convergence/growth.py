"""Beta convergence: growth against the first level, by least squares."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from indicators.convergence.regression import (
    COVARIANCES,
    Regression,
    check_regression,
    growth_regression,
)
from indicators.inputs import check_choice, check_number, check_together
from indicators.intervals import Interval, check_interval


@dataclass(frozen=True)
class BetaConvergence(Regression):
    """A regression of growth on the logarithm of the first level, and what its slope implies.

    `speed` is the yearly rate at which distances shrink, `half_life` the years until half of a
    distance is gone; both are of the kind `model_ci` at 95 %. `half_life.high` is infinite (no
    finite bound) where the interval of the speed reaches 0; an estimate that does not exist is
    None.
    """

    speed: Interval
    half_life: Interval


def beta_convergence(
    initial: ArrayLike,
    final: ArrayLike,
    years: float,
    controls: pd.DataFrame | pd.Series | Mapping[str, ArrayLike] | None = None,
    cov_type: str = "HC3",
) -> BetaConvergence:
    """ln(final / initial) = constant + b ln(initial) + controls; growth is not annualised.

    `initial` and `final` are LEVELS of the same units in the same order, above 0; logarithms are
    taken inside. `controls` are used as given. `cov_type` is nonrobust or HC0 to HC3; HC3 suits
    fewer than 250 units. Intervals use Student's t. speed = -ln(1 + b) / years, its interval is
    that of b transformed (not the delta method, which may reach below its bound), and that of
    the half-life is the speed's inverted: [ln 2 / high, ln 2 / low].

    Raises one ValueError with what was found and is allowed, all faults of the arguments together:
    missing, infinite or non-positive values, text, lengths or labels that differ, a constant, too
    few units, `years` not above 0; and for collinear controls.
    Source: Barro and Sala-i-Martin (1992); Mankiw, Romer and Weil (1992).

    >>> found = beta_convergence([1, 2, 4, 8, 16], [3, 4.5, 9, 13, 22], years=10)
    >>> round(float(found.params["initial"]), 3), round(found.speed.estimate, 4)
    (-0.272, 0.0318)
    >>> round(found.half_life.estimate, 1), round(found.half_life.high, 1)
    (21.8, 31.1)
    """
    given = {"initial": initial, "final": final}
    values, *_ = check_together(
        lambda: check_regression(given, controls, positive=True),
        lambda: check_number("years", years, above=0),
        lambda: check_choice("cov_type", cov_type, COVARIANCES),
    )
    logs = (np.log(values.pop(name)) for name in given)
    found = growth_regression(*logs, controls=values, cov_type=cov_type)
    speed = speed_of(found.interval("initial"), years)
    return BetaConvergence(**vars(found), speed=speed, half_life=half_life_of(speed))


def speed_of(slope: Interval, years: float) -> Interval:
    """The yearly speed -ln(1 + b) / years that a slope of growth over so many years implies.

    The logarithm has no value at b of -1 or less: there the bound is infinite, and an estimate
    does not exist. Raises ValueError for a slope that is no Interval and for years not above 0.

    >>> speed = speed_of(Interval(-1.1, -0.2, "model_ci", -0.65, 0.95), 10)
    >>> round(speed.low, 4), round(speed.estimate, 3), speed.high
    (0.0223, 0.105, inf)
    """
    slope, years = check_together(
        lambda: check_interval("slope", slope), lambda: check_number("years", years, above=0)
    )

    def speed(b: float | None) -> float:
        return -math.log1p(b) / years if b > -1 else math.inf

    point = None if slope.estimate is None else speed(slope.estimate)
    point = None if point == math.inf else point
    return Interval(speed(slope.high), speed(slope.low), slope.kind, point, slope.level)


def half_life_of(speed: Interval) -> Interval:
    """ln 2 / speed, by inverting the interval of the speed.

    Where that reaches 0 there is no finite upper bound, and no lower one either where it has
    nothing above 0; a speed of 0 or less has no half-life, so the estimate is None. Raises
    ValueError for a speed that is no Interval.

    >>> half_life_of(Interval(-0.01, 0.02, "model_ci", 0.005, 0.95)).high
    inf
    """
    check_interval("speed", speed)
    low = math.log(2) / speed.high if speed.high > 0 else math.inf
    high = math.log(2) / speed.low if speed.low > 0 else math.inf
    positive = speed.estimate is not None and speed.estimate > 0
    point = math.log(2) / speed.estimate if positive else None
    return Interval(low, high, speed.kind, point, speed.level)
