"""Values of the same units at two dates, checked before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]


def check_values(given: Mapping[str, ArrayLike], least: int, positive: bool) -> dict[str, Vector]:
    """The vectors as arrays of floats, in their order.

    Raises one ValueError with all faults: not one-dimensional, lengths or labels that differ,
    fewer than `least` units, values that are not finite (or, if `positive`, not above 0), and
    a vector without any spread.
    """
    vectors = {name: _vector(values) for name, values in given.items()}
    faults = [
        f"{name} has {values.ndim} dimensions; allowed: 1"
        for name, values in vectors.items()
        if values.ndim != 1
    ]
    if not faults:
        faults = _shape_faults(given, vectors, least) or _value_faults(vectors, positive)
    if faults:
        raise ValueError("; ".join(faults))
    return vectors


def check_labels(given: Mapping[str, Any]) -> None:
    """Raises ValueError for series whose labels name other units, or the same in another order.

    A series with the default index names no units, and neither does an array.
    """
    if faults := _label_faults(given):
        raise ValueError("; ".join(faults))


def _label_faults(given: Mapping[str, Any]) -> list[str]:
    named = {
        name: values.index
        for name, values in given.items()
        if isinstance(values, pd.Series) and not values.index.equals(pd.RangeIndex(len(values)))
    }
    first = next(iter(named), "")
    return [
        f"the labels of {name} are not those of {first}; allowed: the same units in the same order"
        for name, labels in named.items()
        if not labels.equals(named[first])
    ]


def _vector(values: ArrayLike) -> Vector:
    if isinstance(values, pd.Series):
        return values.to_numpy(float, na_value=np.nan)
    return np.asarray(values, float)


def _shape_faults(
    given: Mapping[str, ArrayLike], vectors: dict[str, Vector], least: int
) -> list[str]:
    lengths = {name: len(values) for name, values in vectors.items()}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} {length}" for name, length in lengths.items())
        return [f"found these lengths: {found}; allowed: one length"]
    length = next(iter(lengths.values()))
    if length < least:
        return [f"found {length} units; allowed: at least {least}"]
    return _label_faults(given)


def _value_faults(vectors: dict[str, Vector], positive: bool) -> list[str]:
    allowed = "finite numbers above 0" if positive else "finite numbers"
    faults = []
    for name, values in vectors.items():
        right = np.isfinite(values) & ((values > 0) | (not positive))
        if not right.all():
            wrong = np.flatnonzero(~right)
            found = f"{len(wrong)} of {len(values)} values, the first {values[wrong[0]]}"
            faults.append(f"{name} has {found} at position {wrong[0]}; allowed: {allowed}")
        elif not spreads(values):
            faults.append(f"{name} is {values[0]} everywhere; allowed: values that differ")
    return faults


def spreads(values: Vector, scale: float | None = None) -> bool:
    """Whether values differ by more than floating-point noise of numbers of this size."""
    size = np.abs(values).max() if scale is None else scale
    return bool(np.ptp(values) > 1e-12 * size)
