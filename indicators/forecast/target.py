"""When a fitted line reaches a target: Fieller's interval."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from indicators.inputs import (
    check_choice,
    check_level,
    check_number,
    check_together,
    check_values,
)
from indicators.intervals import Interval

KINDS = {"observation": "prediction_interval", "mean": "model_ci"}
LEAST = 3


def time_to_target(
    x: ArrayLike, y: ArrayLike, target: float, level: float = 0.95, kind: str = "observation"
) -> Interval:
    """The x at which a straight line fitted to y by least squares reaches a target, with bounds.

    `x` (years) and `y` are lists of one length with at least three values, in any order; an x may
    be repeated. The interval holds every x at which the target lies within the band around the
    line: the band of a new `observation` (a `prediction_interval`) or that of the `mean` (a
    `model_ci`). The estimate is (target - intercept)/slope.

    Where the slope does not differ from 0 at this level (g = t² s²/(slope² Sxx) is 1 or more), no
    finite bound exists: the set is the whole line, or two rays with a gap between them, and both
    are given as the interval from -inf to inf that holds them. The estimate is None where the
    fitted slope is 0. Points on one exact line have s = 0, and the interval is the estimate alone.

    The straight line, independent errors and equal variances are taken for granted here; whether
    they hold is the matter of a gate. Raises ValueError with all faults: too few values, two
    lengths, text, nan, inf, a constant x or y, a target that is not finite, a level out of range,
    an unknown kind. Bounded intervals are those of calibrate(interval = "inversion") with one new
    observation, or with mean.response = TRUE, in R's package investr, which fails on two rays.
    Source: Fieller (1954); Graybill and Iyer (1994).

    >>> found = time_to_target([2014, 2015, 2016, 2017, 2018], [2.1, 2.05, 1.98, 1.95, 1.9], 1.8)
    >>> round(found.estimate, 1), round(found.low, 1), round(found.high, 1), found.kind
    (2019.9, 2019.0, 2021.2, 'prediction_interval')
    >>> time_to_target([0, 1, 2, 3], [1.0, 3.0, 0.0, 2.0], 1).low
    -inf
    """
    values, aim, level, kind = check_together(
        lambda: check_values({"x": x, "y": y}, LEAST, positive=False),
        lambda: check_number("target", target),
        lambda: check_level(level),
        lambda: check_choice("kind", kind, tuple(KINDS)),
    )
    from scipy.stats import linregress, t  # here, because loading it costs more than most pages

    across, up = values["x"] - values["x"].mean(), values["y"] - values["y"].mean()
    line = linregress(across, up)
    rise, n = aim - values["y"].mean(), len(across)
    if abs(line.slope) * np.ptp(across) <= 1e-12 * np.ptp(up):
        return Interval(-math.inf, math.inf, KINDS[kind], None, level)
    centre = values["x"].mean()
    ahead = rise / line.slope
    reach = t.ppf((1 + level) / 2, n - 2) * line.stderr / abs(line.slope)  # its square is g
    if reach >= 1:
        return Interval(-math.inf, math.inf, KINDS[kind], centre + ahead, level)
    left = 1 - reach**2
    new = (1 if kind == "observation" else 0) + 1 / n
    root = reach * math.sqrt(ahead**2 + left * new * (across @ across))
    low, high = (centre + (ahead + sign * root) / left for sign in (-1, 1))
    return Interval(low, high, KINDS[kind], centre + ahead, level)
