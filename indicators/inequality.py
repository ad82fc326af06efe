"""Theil's two measures of inequality, between groups and within them.

T and L are means over people, so copies of a population, or incomes in another unit, leave them
as they are. A group of which only the mean is known adds its between part alone: what is then
computed is a lower bound on the inequality among people, because incomes differ within a group.
Source: Theil (1967); Shorrocks (1980).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

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
    return _theil(*_checked(values, weights, "weights", "t"), "t")


def theil_l(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Theil's L, the mean logarithmic deviation: the mean of ln(m/y), where m is the mean.

    Arguments and errors as for `theil_t`; an income of 0 that somebody has is a fault too, because
    its logarithm is not bounded. Source: Theil (1967).

    >>> round(theil_l([1, 3]), 6)
    0.143841
    """
    return _theil(*_checked(values, weights, "weights", "l"), "l")


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
    check_measure(measure)
    names = list(groups)
    income, people = _checked(values, populations, "populations", measure, names)
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
    """Raises ValueError for a measure that is neither `t` nor `l`."""
    if measure not in MEASURES:
        raise ValueError(f"measure = {measure!r}; allowed: {', '.join(MEASURES)}")


def _theil(income: NDArray, people: NDArray, measure: str) -> float:
    """T or L of checked numbers; never below 0, which rounding alone could make it."""
    relative = income * people.sum() / (people @ income)
    logs = np.log(relative, out=np.zeros_like(relative), where=relative > 0)
    terms = relative * logs if measure == "t" else -logs
    return max(float(people @ terms / people.sum()), 0.0)


def _checked(
    values: ArrayLike,
    weights: ArrayLike | None,
    name: str,
    measure: str,
    groups: Sequence[Hashable] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Incomes and people as arrays, or one ValueError with all that is wrong."""
    income = np.asarray(values, float)
    people = np.ones(income.shape) if weights is None else np.asarray(weights, float)
    lists = {"values": income, name: people}
    faults = [f"{key} in {one.ndim} dimensions" for key, one in lists.items() if one.ndim != 1]
    lengths = {key: one.size for key, one in lists.items()}
    lengths |= {} if groups is None else {"groups": len(groups)}
    if len(set(lengths.values())) > 1:
        faults.append(" and ".join(f"{number} {key}" for key, number in lengths.items()))
    faults += [f"no {key}" for key, one in lists.items() if not one.size]
    for key, one in lists.items():
        marks = {"nan": np.isnan(one), "inf": np.isinf(one), "negative numbers": one < 0}
        faults += [
            f"{what} among {key} (at {np.flatnonzero(mark)[0]})"
            for what, mark in marks.items()
            if mark.any()
        ]
    if groups is not None and any(pd.isna(one) for one in groups):
        faults.append("a missing group")
    if not faults:
        faults += [] if people.sum() > 0 else [f"a total of 0 in {name}"]
        faults += [] if people @ income > 0 or faults else ["a total income of 0"]
        if measure == "l" and not faults and (income[people > 0] == 0).any():
            faults.append("an income of 0, whose logarithm L needs")
    if faults:
        raise ValueError(
            f"found {'; '.join(faults)}; allowed: lists of one length, finite numbers, none "
            "negative, a total above 0" + (", incomes above 0" if measure == "l" else "")
        )
    return income, people
