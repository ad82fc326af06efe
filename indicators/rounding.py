"""What a printed figure can have been rounded from, in exact decimals."""

from __future__ import annotations

import re
from decimal import Decimal

ROUNDINGS = ("half_up", "half_down", "half_up_or_down", "truncate")

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def read_printed(printed: str) -> tuple[Decimal, int]:
    """The number that a text prints, and how many decimals it shows.

    Raises TypeError for a number instead of text, ValueError for text that is not a number.

    >>> read_printed("1.60")
    (Decimal('1.60'), 2)
    """
    if not isinstance(printed, str):
        raise TypeError(
            f"printed = {printed!r} ({type(printed).__name__}); printed must be text such as "
            "'1.60', because a number has lost its trailing zeros"
        )
    text = printed.strip()
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"printed = {printed!r}; allowed: digits with at most one point")
    return Decimal(text), len(text.partition(".")[2])


def bounds_at_unit(
    number: Decimal, unit: Decimal, rounding: str
) -> tuple[Decimal, Decimal, bool, bool]:
    """All values that round to `number` at this unit: low, high, and whether each end counts.

    Raises ValueError for an unknown rule, or a number that is not a multiple of the unit.

    >>> bounds_at_unit(Decimal(1350), Decimal(50), "half_down")
    (Decimal('1325'), Decimal('1375'), False, True)
    """
    if rounding not in ROUNDINGS:
        raise ValueError(f"rounding = {rounding!r}; allowed: {', '.join(ROUNDINGS)}")
    if unit <= 0 or number % unit:
        raise ValueError(f"{number} is not a figure rounded to a unit of {unit}")
    if rounding == "truncate":
        below, above = (number <= 0) * unit, (number >= 0) * unit
        return number - below, number + above, number > 0, number < 0
    half = unit / 2
    if rounding == "half_up_or_down":
        return number - half, number + half, True, True
    # halves go away from 0 (up) or towards it (down), as in 四舍五入; so a negative figure mirrors
    outer, inner = rounding == "half_down", rounding == "half_up"
    low_closed, high_closed = inner if number > 0 else outer, outer if number >= 0 else inner
    return number - half, number + half, low_closed, high_closed


def rounding_bounds(
    printed: str, digits: int | None = None, rounding: str = "half_up"
) -> tuple[Decimal, Decimal, bool, bool]:
    """The exact end points of a rounding interval, and whether each belongs to it.

    Arguments and errors as for `intervals.rounding_interval`.

    >>> rounding_bounds("97.28")
    (Decimal('97.275'), Decimal('97.285'), True, False)
    """
    number, decimals = read_printed(printed)
    unit = Decimal(1).scaleb(-(decimals if digits is None else digits))
    return bounds_at_unit(number, unit, rounding)
