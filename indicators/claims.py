"""The claims of the article as intervals: a row of the table `claims` in, what it allows out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from indicators.inputs import check_choice, check_flag, check_table, check_together, shown, unknown
from indicators.intervals import Interval, claim_interval
from indicators.rounding import ROUNDINGS, read_printed

# Whole things, counted: a figure printed as such leaves nothing open.
COUNTED = ("count", "persons", "days", "nights", "share")
# Units of the table in plain ones: 1258 of 10k_yuan are 12,580,000 yuan.
PLAIN_UNITS = {
    "trillion_yuan": ("yuan", 10**12),
    "100m_yuan": ("yuan", 10**8),
    "10k_yuan": ("yuan", 10**4),
    "10k_households": ("households", 10**4),
    "10k_person_times": ("person_times", 10**4),
}
_READ = ("printed", "value", "value_low", "value_high", "unit", "bound", "checkable")
CELLS = ("low", "estimate", "high", "kind", "low_closed", "high_closed")


def claim(
    claims: DataFrame,
    claim_id: str,
    rounding: str = "half_up",
    plain: bool = False,
    instead: str = "",
) -> Interval:
    """All values that a claim allows, in the unit of its row.

    `claims` as from `tables.load`. A count printed without a qualifier, and `全部` (all, a share
    of 1), is exact; another figure without a qualifier is a rounding interval at its last printed
    place; a qualifier (超, 以上, 近, 余, 不超过) or a printed range gives an identified set.
    Nothing here is negative, and a percentage with a lower bound is a share of a whole, so such
    sets end at 0 and at 100. `rounding` as in `intervals.rounding_interval`. With `plain` the
    interval is in yuan, households or persons (PLAIN_UNITS), and a percentage is a fraction.
    `instead` is another figure, as text, printed in the place of the row's own.

    Raises one ValueError with all that is wrong: no table of claims, an unknown claim or rule, a
    figure `instead` that is no text of a number; and for a row without a number: a date, a name in
    words, or a name that holds two thresholds (F12, never an amount).

    >>> from indicators import tables
    >>> rows = tables.load("claims")
    >>> subsidy, claimed = claim(rows, "S10", plain=True), claim(rows, "S09", plain=True)
    >>> round((subsidy / claimed).low, 1), round((subsidy / claimed).high, 1)
    (193.5, 228.8)
    >>> claim(rows, "S12").low, claim(rows, "S12").high, claim(rows, "F07").kind
    (95.0, 100.0, 'exact')
    """
    found, *_ = check_together(
        lambda: _find(claims, claim_id),
        lambda: check_choice("rounding", rounding, ROUNDINGS),
        lambda: check_flag("plain", plain),
        lambda: read_printed(instead, "instead") if instead != "" else None,
    )
    row = {name: claims[name].array[found] for name in _READ}
    if not has_interval(row):
        raise ValueError(
            f"claim {claim_id} ({row['printed']}) is no number that could lie in an interval; "
            "allowed: claims with a value or a printed range"
        )
    interval = _interval(row | {"value": instead} if instead else row, rounding)
    if not plain:
        return interval
    if row["unit"] == "percent":
        return interval / 100
    return interval * PLAIN_UNITS[row["unit"]][1] if row["unit"] in PLAIN_UNITS else interval


def _find(claims: DataFrame, claim_id: str) -> int:
    ids = check_table("claims", claims, ("claim_id", *_READ))["claim_id"].to_numpy()
    found = np.flatnonzero(ids == claim_id) if isinstance(claim_id, str) else []
    if not len(found):
        said = unknown(claim_id, ids) if isinstance(claim_id, str) else shown(claim_id)
        raise ValueError(f"claim_id = {said}; allowed: one of the table claims, as F10")
    return int(found[0])


def has_interval(row: Mapping[str, Any] | Series) -> bool:
    """Whether a row of `claims` is a number or a range: no date, no name, no two thresholds.

    Raises ValueError for what is no row with the columns `value` and `bound`.

    >>> has_interval({"value": "1.64", "bound": "eq"}), has_interval({"value": "", "bound": "eq"})
    (True, False)
    """
    if not isinstance(row, Mapping | Series) or not {"value", "bound"} <= set(row.keys()):
        raise ValueError(f"row = {shown(row)}; allowed: a row of claims with value and bound")
    return "/" not in row["value"] and bool(row["value"] or row["bound"] == "range")


def claim_intervals(claims: DataFrame, rounding: str = "half_up") -> DataFrame:
    """The claims with the columns low, estimate, high, kind, low_closed and high_closed.

    Units are those of the rows; the end of a one-sided set may be infinite, and a set has no
    estimate (NaN). A row without an interval (`has_interval`) has NaN, and "" for its kind.
    `rounding` as in `claim`. Raises ValueError for no table of claims and for an unknown rule.

    >>> from indicators import tables
    >>> table = claim_intervals(tables.load("claims")).set_index("claim_id")
    >>> table.loc["F10", ["low", "estimate", "high"]].tolist()
    [1.635, 1.64, 1.645]
    """
    check_together(
        lambda: check_table("claims", claims, _READ),
        lambda: check_choice("rounding", rounding, ROUNDINGS),
    )
    cells = []
    for _, row in claims.iterrows():
        interval = _interval(row, rounding) if has_interval(row) else None
        cells.append(
            {name: getattr(interval, name) for name in CELLS}
            if interval
            else dict.fromkeys(CELLS) | {"kind": "", "low_closed": False, "high_closed": False}
        )
    numbers = dict.fromkeys(("low", "estimate", "high"), float)
    return pd.concat([claims, DataFrame(cells, index=claims.index).astype(numbers)], axis=1)


def _interval(row: Mapping[str, Any] | Series, rounding: str) -> Interval:
    if row["bound"] == "range":
        return Interval(row["value_low"], row["value_high"], "identified_set")
    if row["bound"] == "eq" and (row["unit"] in COUNTED or row["checkable"] == "label"):
        return Interval(float(row["value"]), float(row["value"]), "exact", float(row["value"]))
    interval = claim_interval(row["value"], row["bound"], rounding=rounding)
    if interval.kind != "identified_set":
        return interval
    low, low_closed = (
        (interval.low, interval.low_closed) if math.isfinite(interval.low) else (0.0, True)
    )
    high, high_closed = interval.high, interval.high_closed
    if row["unit"] == "percent" and not math.isfinite(high):
        high, high_closed = 100.0, True
    return Interval(low, high, interval.kind, None, None, low_closed, high_closed)
