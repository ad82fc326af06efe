"""Incomes and the people behind them, checked before anything is computed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from indicators.inputs import Vector, read_numbers


def check_people(
    values: ArrayLike,
    weights: ArrayLike | None,
    name: str = "weights",
    above_zero: str = "",
    groups: Sequence[Hashable] | None = None,
) -> tuple[Vector, Vector]:
    """Incomes and people as arrays, or one ValueError with all that is wrong.

    `name` is what the caller calls the people. With `above_zero`, the measure that needs it, an
    income of 0 that somebody has is a fault too.
    """
    given = {"values": values} | ({} if weights is None else {name: weights})
    lists, faults = {}, []
    for key, one in given.items():
        try:
            lists[key] = read_numbers(key, one, "a list of numbers")
        except ValueError as fault:
            faults.append(str(fault).rpartition("; allowed")[0])
    if weights is None and "values" in lists:
        lists[name] = np.ones(lists["values"].shape)
    faults += _shape_faults(lists, groups)
    for key, one in lists.items():
        faults += _number_faults(key, one)
    if groups is not None and any(pd.isna(one) for one in groups):
        faults.append("a missing group")
    if not faults:
        income, people = lists["values"], lists[name]
        faults += [] if people.sum() > 0 else [f"a total of 0 in {name}"]
        faults += [] if people @ income > 0 or faults else ["a total income of 0"]
        if above_zero and not faults and (income[people > 0] == 0).any():
            faults.append(f"an income of 0, whose logarithm {above_zero} needs")
    if faults:
        raise ValueError(
            f"found {'; '.join(faults)}; allowed: lists of one length, finite numbers, none "
            "negative, a total above 0" + (", incomes above 0" if above_zero else "")
        )
    return income, people


def _shape_faults(lists: dict[str, NDArray], groups: Sequence[Hashable] | None) -> list[str]:
    faults = [f"{key} in {one.ndim} dimensions" for key, one in lists.items() if one.ndim != 1]
    lengths = {key: one.size for key, one in lists.items()}
    lengths |= {} if groups is None else {"groups": len(groups)}
    if len(set(lengths.values())) > 1:
        faults.append(" and ".join(f"{number} {key}" for key, number in lengths.items()))
    return faults + [f"no {key}" for key, one in lists.items() if not one.size]


def _number_faults(key: str, one: NDArray) -> list[str]:
    marks = {"nan": np.isnan(one), "inf": np.isinf(one), "negative numbers": one < 0}
    return [
        f"{what} among {key} (at {np.flatnonzero(mark)[0]})"
        for what, mark in marks.items()
        if mark.any()
    ]
