"""Whether a printed figure meets a target, given all values that either allows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from indicators.intervals import Interval, claim_interval

VERDICTS = ("meets", "fails", "undecided")
COMPARATORS = ("ge", "gt", "eq", "about", "le", "lt")


def printed_unit(decimals: Any) -> Decimal | None:
    """The unit to which a figure was rounded; None where its decimals are unknown.

    >>> printed_unit(-4), printed_unit(pd.NA)
    (Decimal('1E+4'), None)
    """
    return None if pd.isna(decimals) else Decimal(1).scaleb(-int(decimals))


def target_interval(comparator: str, printed: str, decimals: Any = None) -> Interval:
    """The level that a target names, as an interval: a point unless it is printed as `about`.

    A target is a line that somebody drew and no measurement, so it has no rounding of its own.

    >>> target_interval("lt", "1.9").estimate, target_interval("about", "6").low
    (1.9, 5.5)
    """
    if comparator == "about":
        return claim_interval(printed, "about", printed_unit(decimals))
    return Interval(float(printed), float(printed), "exact", float(printed))


def compare(comparator: str, level: Interval, outcome: Interval) -> str:
    """Whether an outcome `meets` a target, `fails` it, or leaves it `undecided`.

    `outcome` holds all values that the printed figure allows: the target is met or failed only if
    every one of them says so. `le` and `lt` ask for no more than the level; `ge` and `gt`, and the
    bare level of `eq` and `about` ("reach 75,000"), ask for as much. Raises ValueError for
    another comparator.

    >>> compare("lt", target_interval("lt", "1.9"), claim_interval("1.90", "eq"))
    'undecided'
    >>> compare("eq", target_interval("eq", "85000"), claim_interval("80000", "gt"))
    'undecided'
    """
    if comparator in ("le", "lt"):
        return compare({"le": "ge", "lt": "gt"}[comparator], -level, -outcome)
    if comparator not in ("ge", "gt", "eq", "about"):
        raise ValueError(f"comparator = {comparator!r}; allowed: le, lt, ge, gt, eq, about")
    strict = comparator == "gt"
    # an end that does not belong to the outcome is one that the outcome lies beyond
    if outcome.low > level.high or (
        outcome.low == level.high and not (strict and outcome.low_closed)
    ):
        return "meets"
    if outcome.high < level.low or (
        outcome.high == level.low and (strict or not outcome.high_closed)
    ):
        return "fails"
    return "undecided"
