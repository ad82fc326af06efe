"""Whether a printed figure meets a target, given all values that either allows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from indicators.inputs import check_choice, check_together, check_whole
from indicators.intervals import Interval, check_interval, claim_interval
from indicators.rounding import MOST_DIGITS, read_printed

VERDICTS = ("meets", "fails", "undecided")
COMPARATORS = ("ge", "gt", "eq", "about", "le", "lt")


def printed_unit(decimals: Any) -> Decimal | None:
    """The unit to which a figure was rounded; None where its decimals are unknown.

    `decimals` is a whole number, negative for tens and hundreds; None, NA and nan are unknown.
    Raises ValueError for anything else.

    >>> printed_unit(-4), printed_unit(pd.NA)
    (Decimal('1E+4'), None)
    """
    if pd.api.types.is_scalar(decimals) and pd.isna(decimals):
        return None
    return Decimal(1).scaleb(-check_whole("decimals", decimals, -MOST_DIGITS, MOST_DIGITS))


def target_interval(comparator: str, printed: str, decimals: Any = None) -> Interval:
    """The level that a target names, as an interval: a point unless it is printed as `about`.

    A target is a line that somebody drew and no measurement, so it has no rounding of its own.
    `comparator` is one of COMPARATORS, `printed` text, `decimals` as in `printed_unit`. Raises one
    ValueError with all that is wrong.

    >>> target_interval("lt", "1.9").estimate, target_interval("about", "6").low
    (1.9, 5.5)
    """
    _, (number, _), unit = check_together(
        lambda: check_choice("comparator", comparator, COMPARATORS),
        lambda: read_printed(printed),
        lambda: printed_unit(decimals),
    )
    if comparator == "about":
        return claim_interval(printed, "about", unit)
    return Interval(number, number, "exact", number)


def compare(comparator: str, level: Interval, outcome: Interval) -> str:
    """Whether an outcome `meets` a target, `fails` it, or leaves it `undecided`.

    `outcome` holds all values that the printed figure allows: the target is met or failed only if
    every one of them says so. `le` and `lt` ask for no more than the level; `ge` and `gt`, and the
    bare level of `eq` and `about` ("reach 75,000"), ask for as much. Raises ValueError for
    another comparator, and for a level or an outcome that is no Interval.

    >>> compare("lt", target_interval("lt", "1.9"), claim_interval("1.90", "eq"))
    'undecided'
    >>> compare("eq", target_interval("eq", "85000"), claim_interval("80000", "gt"))
    'undecided'
    """
    check_together(
        lambda: check_choice("comparator", comparator, COMPARATORS),
        lambda: check_interval("level", level),
        lambda: check_interval("outcome", outcome),
    )
    if comparator in ("le", "lt"):
        return compare({"le": "ge", "lt": "gt"}[comparator], -level, -outcome)
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
