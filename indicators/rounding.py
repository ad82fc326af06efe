"""What a printed figure can have been rounded from, in exact decimals."""

from __future__ import annotations

import re
from decimal import Context, Decimal, localcontext
from numbers import Integral
from typing import Any

from indicators.inputs import check_choice, check_together, check_whole, is_number, shown

ROUNDINGS = ("half_up", "half_down", "half_up_or_down", "truncate")
MOST_DIGITS = 100

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# Decimals compute to 28 digits unless told otherwise, and round what is longer.
_EXACT = Context(prec=10_000)


def read_printed(printed: str, name: str = "printed") -> tuple[Decimal, int]:
    """The number that a text prints, and how many decimals it shows; `name` is for the message.

    Raises ValueError for a number instead of text, and for text that is not a number of at most
    MOST_DIGITS digits.

    >>> read_printed("1.60")
    (Decimal('1.60'), 2)
    """
    if not isinstance(printed, str):
        raise ValueError(
            f"{name} = {shown(printed)}; allowed: text such as '1.60', because a number has lost "
            "its trailing zeros"
        )
    text = printed.strip()
    if not _NUMBER.fullmatch(text) or len(text) > MOST_DIGITS:
        raise ValueError(
            f"{name} = {shown(printed)}; allowed: digits with at most one point, as '1.60'"
        )
    return Decimal(text), len(text.partition(".")[2])


def read_unit(unit: Any) -> Decimal:
    """The unit to which a figure was rounded, such as 10 or "0.01", exactly.

    Raises ValueError for anything but a finite number above 0.

    >>> read_unit(50), read_unit("1e4")
    (Decimal('50'), Decimal('1E+4'))
    """
    try:
        step = Decimal(str(unit)) if is_number(unit) or isinstance(unit, str) else Decimal("NaN")
    except ArithmeticError:
        step = Decimal("NaN")
    if not (step.is_finite() and step > 0 and abs(step.adjusted()) <= MOST_DIGITS):
        raise ValueError(f"unit = {shown(unit)}; allowed: a finite number above 0, as 10 or '0.01'")
    return step


def bounds_at_unit(
    number: Decimal, unit: Decimal, rounding: str
) -> tuple[Decimal, Decimal, bool, bool]:
    """All values that round to `number` at this unit: low, high, and whether each end counts.

    Raises ValueError for an unknown rule, for floats, which are not exact, or a number that is not
    a multiple of the unit.

    >>> bounds_at_unit(Decimal(1350), Decimal(50), "half_down")
    (Decimal('1325'), Decimal('1375'), False, True)
    """
    number, unit, rounding = check_together(
        lambda: _check_exact("number", number),
        lambda: read_unit(_check_exact("unit", unit)),
        lambda: check_choice("rounding", rounding, ROUNDINGS),
    )
    with localcontext(_EXACT):
        if number % unit:
            raise ValueError(
                f"{number} is not a figure rounded to a unit of {unit}; allowed: a multiple of it"
            )
        if rounding == "truncate":
            below, above = (number <= 0) * unit, (number >= 0) * unit
            return number - below, number + above, number > 0, number < 0
        half = unit / 2
        if rounding == "half_up_or_down":
            return number - half, number + half, True, True
        # halves go away from 0 (up) or towards it (down), as in 四舍五入; a negative figure mirrors
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
    (number, decimals), digits, rounding = check_together(
        lambda: read_printed(printed),
        lambda: _check_digits(digits),
        lambda: check_choice("rounding", rounding, ROUNDINGS),
    )
    unit = Decimal(1).scaleb(-(decimals if digits is None else digits))
    return bounds_at_unit(number, unit, rounding)


def _check_digits(digits: Any) -> int | None:
    return None if digits is None else check_whole("digits", digits, -MOST_DIGITS, MOST_DIGITS)


def _check_exact(name: str, found: Any) -> Decimal:
    if isinstance(found, Decimal) and found.is_finite():
        return found
    if isinstance(found, Integral) and not isinstance(found, bool):
        return Decimal(int(found))
    raise ValueError(f"{name} = {shown(found)}; allowed: a finite Decimal or a whole number")
