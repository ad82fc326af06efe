"""Theil's two measures of inequality, between groups and within them.

T and L are means over people, so copies of a population, or incomes in another unit, leave them
as they are. A group of which only the mean is known adds its between part alone: what is then
computed is a lower bound on the inequality among people, because incomes differ within a group.
Source: Theil (1967); Shorrocks (1980).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from indicators.inequality.people import check_people
from indicators.inputs import check_choice, check_together, refuse, shown

MEASURES = ("t", "l")


@dataclass(frozen=True)
class TheilDecomposition:
    """Inequality in all, between the means of the groups, and within the groups."""

    total: float
    between: float
    within: float


def theil_t(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Theil's T: the mean of (y/m) ln(y/m), where m is the mean; 0 if all incomes are equal.

    `values` are incomes per head, in any unit, not negative; an income of 0 adds 0. `weights` are
    the people behind each value, one each by default. The largest value is ln n. Raises ValueError
    that names every fault: lists that are empty or of two lengths, nan, inf, negative numbers, a
    total of 0. Source: Theil (1967).

    >>> round(theil_t([1, 3]), 6), theil_t([2, 2])
    (0.130812, 0.0)
    """
    return _theil(*check_people(values, weights), "t")


def theil_l(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Theil's L, the mean logarithmic deviation: the mean of ln(m/y), where m is the mean.

    Arguments and errors as for `theil_t`; an income of 0 that somebody has is a fault too, because
    its logarithm is not bounded. Source: Theil (1967).

    >>> round(theil_l([1, 3]), 6)
    0.143841
    """
    return _theil(*check_people(values, weights, above_zero="L"), "l")


def theil_decomposition(
    values: ArrayLike,
    groups: Sequence[Hashable],
    populations: ArrayLike | None = None,
    measure: str = "t",
) -> TheilDecomposition:
    """Inequality as a part between groups and a part within them; the two add up to the total.

    `values` are incomes per head of units (people, counties), `groups` the group of each unit,
    `populations` the people of each unit, one by default. `measure` is `t` or `l`. The within part
    weighs the groups by their share of income for T and of people for L. Where each group is one
    unit, only means are known: `within` is 0, and `total` is a LOWER BOUND on the inequality among
    people. Raises ValueError as `theil_t`, for a missing group, or for an unknown measure. Source:
    Shorrocks (1980).

    >>> parts = theil_decomposition([1, 3, 2, 2], ["a", "a", "b", "b"])
    >>> round(parts.total, 6), round(parts.between, 6), round(parts.within, 6)
    (0.065406, 0.0, 0.065406)
    """
    names = list(groups) if _is_list(groups) else None
    (income, people), *_ = check_together(
        lambda: check_people(
            values, populations, "populations", "L" if measure == "l" else "", names
        ),
        lambda: check_measure(measure),
        lambda: _is_list(groups) or refuse([f"groups = {shown(groups)}; allowed: a list of names"]),
    )
    labels, _ = pd.factorize(pd.Series(names, dtype=object))
    size = np.bincount(labels, people)
    held = np.bincount(labels, people * income)
    means = np.divide(held, size, out=np.zeros_like(size), where=size > 0)
    between = _theil(means, size, measure)
    base = size if measure == "l" else held
    inside = [
        _theil(income[labels == group], people[labels == group], measure) if share > 0 else 0.0
        for group, share in enumerate(base)
    ]
    within = float(base / base.sum() @ inside)
    return TheilDecomposition(between + within, between, within)


def check_measure(measure: str) -> None:
    """Raises ValueError for a measure that is neither `t` nor `l`.

    >>> check_measure("t")
    """
    check_choice("measure", measure, MEASURES)


def _is_list(groups: Any) -> bool:
    return hasattr(groups, "__len__") and not isinstance(groups, str | bytes)


def _theil(income: NDArray, people: NDArray, measure: str) -> float:
    """T or L of checked numbers; never below 0, which rounding alone could make it."""
    relative = income * people.sum() / (people @ income)
    logs = np.log(relative, out=np.zeros_like(relative), where=relative > 0)
    terms = relative * logs if measure == "t" else -logs
    return max(float(people @ terms / people.sum()), 0.0)
