"""Gini's coefficient: how far the shares of income lie from equal shares."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from indicators.inequality.people import check_people


def gini(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Gini's coefficient: the mean difference between two people over twice the mean income.

    It is one minus twice the area below the Lorenz curve: 0 if all incomes are equal, and 1 - 1/n
    if one of n people has everything. `values` are incomes per head, in any unit, not negative;
    `weights` the people behind each value, one each by default, so that means of groups with their
    people give the part between groups: a LOWER BOUND on the coefficient among people.

    There is no correction for small samples: one that multiplies by n/(n - 1), as `corr=TRUE` in
    R's package ineq, reaches 1, but changes when a population is copied. Errors as for `theil_t`.
    Source: Gini (1912).

    >>> gini([1, 3]), round(gini([0, 0, 0, 5]), 6), gini([2, 2], weights=[1, 9])
    (0.25, 0.75, 0.0)
    """
    income, people = check_people(values, weights)
    order = np.argsort(income, kind="stable")
    held = np.cumsum(people[order] * income[order])
    # trapezia between the corners of the Lorenz curve: share of people times both heights
    heights = held + np.concatenate([[0.0], held[:-1]])
    area = people[order] @ heights / (people.sum() * held[-1])
    return float(np.clip(1 - area, 0, 1))
