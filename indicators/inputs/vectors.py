"""Lists of numbers: read without help from a library's messages, and checked together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from indicators.inputs.settings import (
    LARGEST,
    SMALLEST,
    as_float,
    is_number,
    refuse,
    shown,
)

Vector = NDArray[np.float64]


def read_numbers(name: str, values: ArrayLike, allowed: str = "numbers") -> Vector:
    """Numbers in any shape as floats; what is missing becomes nan, and nothing else does.

    Raises ValueError for text, truth values, dates, mappings and lists of unequal length.

    >>> read_numbers("values", [1, None, 2.5]).tolist()
    [1.0, nan, 2.5]
    """
    if isinstance(values, np.ma.MaskedArray):
        values = values.astype(float).filled(np.nan)
    if isinstance(values, str | bytes | bool | Mapping | set | frozenset) or values is None:
        raise ValueError(f"{name} = {shown(values)}; allowed: {allowed}")
    raw = values.to_numpy() if hasattr(values, "to_numpy") else values
    if isinstance(raw, float):
        raw = np.asarray(raw)
    elif not isinstance(raw, np.ndarray) or raw.dtype.kind not in "iuf":
        raw = _objects(name, raw, allowed)
    numbers = raw.astype(float)
    far = np.flatnonzero(np.isfinite(numbers) & (np.abs(numbers) > LARGEST))
    if len(far):
        raise ValueError(
            f"{name} has {len(far)} of {numbers.size} values that are too large, the first "
            f"{numbers.flat[far[0]]} at position {far[0]}; allowed: {allowed}, of a size up to "
            f"{LARGEST:g}"
        )
    return numbers


def _objects(name: str, values: Any, allowed: str) -> NDArray[Any]:
    if not (hasattr(values, "__len__") or is_number(values) or pd.isna(values)):
        raise ValueError(f"{name} = {shown(values)}; allowed: {allowed}")
    try:
        cells = np.asarray(values, object)
    except ValueError:
        raise ValueError(f"{name} holds arrays of several shapes; allowed: {allowed}") from None
    numbers = np.full(cells.shape, np.nan)
    wrong = []
    for at, cell in enumerate(cells.flat):
        if is_number(cell):
            numbers.flat[at] = as_float(cell)
        elif not (pd.api.types.is_scalar(cell) and pd.isna(cell)):
            wrong.append(at)
    if wrong:
        first = cells.flat[wrong[0]]
        raise ValueError(
            f"{name} has {len(wrong)} of {cells.size} values that are no numbers, the first "
            f"{shown(first)} at position {wrong[0]}; allowed: {allowed}"
        )
    return numbers


def check_values(
    given: Mapping[str, ArrayLike],
    least: int,
    positive: bool | Collection[str],
    spread: bool | Collection[str] = True,
) -> dict[str, Vector]:
    """The vectors as arrays of floats, in their order.

    `positive` and `spread` hold for all vectors, for none, or for those named. Raises one
    ValueError with all faults: not one-dimensional, no numbers, lengths or labels that differ,
    fewer than `least` units, values that are not finite (or, if `positive`, not above 0), and, if
    they are to have a `spread`, a vector without any.

    >>> check_values({"initial": [1, 2]}, 2, positive=True)
    {'initial': array([1., 2.])}
    """
    above = {name: _asked(name, positive) for name in given}
    vectors, faults = {}, []
    for name, values in given.items():
        try:
            vectors[name] = _vector(name, values, _allowed(above[name]))
        except ValueError as fault:
            faults.append(str(fault))
    lengths = {name: len(values) for name, values in vectors.items()}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} {length}" for name, length in lengths.items())
        faults.append(f"found these lengths: {found}; allowed: one length")
    elif lengths and (shortest := min(lengths.values())) < least:
        faults.append(f"found {shortest} units; allowed: at least {least}")
    for name, values in vectors.items():
        differ = _asked(name, spread) and len(values) >= least
        faults += _value_faults(name, values, above[name], differ)
    refuse(faults + _label_faults(given))
    return vectors


def check_labels(given: Mapping[str, Any]) -> None:
    """Raises ValueError for series whose labels name other units, or the same in another order.

    A series with the default index names no units, and neither does an array.

    >>> check_labels({"initial": pd.Series([1.0], ["a"]), "final": [2.0]})
    """
    refuse(_label_faults(given))


def _label_faults(given: Mapping[str, Any]) -> list[str]:
    named = {
        name: values.index
        for name, values in given.items()
        if isinstance(values, pd.Series) and not values.index.equals(pd.RangeIndex(len(values)))
    }
    first = next(iter(named), "")
    faults = [
        f"the labels of {name} are not those of {first}; allowed: the same units in the same order"
        for name, labels in named.items()
        if not labels.equals(named[first])
    ]
    if first and not named[first].is_unique:
        twice = shown(named[first][named[first].duplicated()][0])
        faults.append(f"{first} names the unit {twice} twice; allowed: each unit once")
    return faults


def _vector(name: str, values: ArrayLike, allowed: str) -> Vector:
    numbers = read_numbers(name, values, f"one list of {allowed}")
    if numbers.ndim == 0:
        raise ValueError(f"{name} = {shown(values)}; allowed: one list of {allowed}")
    if numbers.ndim > 1:
        raise ValueError(f"{name} has {numbers.ndim} dimensions; allowed: 1")
    return numbers


def _asked(name: str, of: bool | Collection[str]) -> bool:
    return of if isinstance(of, bool) else name in of


def _allowed(positive: bool) -> str:
    return "finite numbers above 0" if positive else "finite numbers"


def _value_faults(name: str, values: Vector, positive: bool, spread: bool) -> list[str]:
    right = np.isfinite(values) & ((values > 0) | (not positive))
    if not right.all():
        wrong = np.flatnonzero(~right)
        found = f"{len(wrong)} of {len(values)} values, the first {values[wrong[0]]}"
        return [f"{name} has {found} at position {wrong[0]}; allowed: {_allowed(positive)}"]
    if spread and len(values) and 0 < (size := np.abs(values).max()) < SMALLEST:
        return [f"{name} has no value above {size} in size; allowed: one of {SMALLEST:g} or more"]
    if spread and len(values) and not spreads(values):
        return [f"{name} is {values[0]} everywhere; allowed: values that differ"]
    return []


def spreads(values: Vector, scale: float | None = None) -> bool:
    """Whether values differ by more than floating-point noise of numbers of this size.

    >>> spreads(np.array([1.0, 2.0])), spreads(np.array([0.1 + 0.2, 0.3]))
    (True, False)
    """
    size = np.abs(values).max() if scale is None else scale
    return bool(np.ptp(values) > 1e-12 * size)
