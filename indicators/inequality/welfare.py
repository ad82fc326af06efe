"""Atkinson's measure: the share of all income that equality would make superfluous."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from indicators.inequality.people import check_people
from indicators.inputs import Vector, check_number, check_together


def atkinson(values: ArrayLike, epsilon: float = 0.5, weights: ArrayLike | None = None) -> float:
    """Atkinson's measure: one minus the equally distributed equivalent income over the mean.

    That income is the power mean of order 1 - epsilon, and the geometric mean where epsilon is 1.
    The aversion `epsilon` is 0 or more: at 0 the measure is 0 for any incomes; as epsilon grows it
    rises towards 1 - smallest/mean. `values` and `weights` as for `gini`; means of groups give a
    LOWER BOUND. Where somebody has an income of 0 and epsilon is 1 or more, the measure is its
    limit, 1. Errors as for `theil_t`, and for an epsilon that is negative or not finite. Source:
    Atkinson (1970).

    >>> round(atkinson([1, 3], 1), 6), atkinson([1, 3], 0), atkinson([0, 3], 2)
    (0.133975, 0.0, 1.0)
    """
    (income, people), aversion = check_together(
        lambda: check_people(values, weights), lambda: _check_epsilon(epsilon)
    )
    somebody = people > 0
    shares = people[somebody] / people.sum()
    relative = income[somebody] / (shares @ income[somebody])
    if aversion == 0:
        return 0.0
    if aversion >= 1 and (relative == 0).any():
        return 1.0
    return float(np.clip(-np.expm1(_log_power_mean(relative, shares, 1 - aversion)), 0, 1))


def _check_epsilon(epsilon: float) -> float:
    found = check_number("epsilon", epsilon, allowed="a finite number, 0 or above")
    if found < 0:
        raise ValueError(f"epsilon = {found:g}; allowed: a finite number, 0 or above")
    return found


def _log_power_mean(relative: Vector, shares: Vector, order: float) -> float:
    """The logarithm of the power mean of incomes, whose own mean is 1.

    The powers are taken relative to the largest, so that none overflows, and where they hardly
    differ from 1 their difference from it is what is summed, so that no digit is lost near order 0.
    """
    with np.errstate(divide="ignore"):  # an income of 0 adds nothing to the mean of its powers
        logs = np.log(relative)
    if order == 0:
        return float(shares @ logs)
    powers = order * logs
    largest = powers.max()
    if np.ptp(powers) < 1:
        return float((largest + np.log1p(shares @ np.expm1(powers - largest))) / order)
    return float((largest + np.log(shares @ np.exp(powers - largest))) / order)
