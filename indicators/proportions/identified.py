"""What a statement about a share identifies when it gives a bound and no number."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from indicators.inputs import check_choice, check_together, is_number, is_whole, shown
from indicators.intervals import BOUNDS, Interval, claim_interval


def identified_share(bound: str, value: float | str, total: int | None = None) -> Interval:
    """All shares, as fractions, that a statement such as "at least 0.95" allows (Manski 2003).

    `bound` is one of `intervals.BOUNDS` and read as in `claim_interval`; `value` is a fraction from
    0 to 1, as text where trailing zeros matter. With `total`, the number of things counted, only
    shares k / total are left. Nothing is assumed beyond the statement, so the set has no point and
    no probability: kind `identified_set`, also for a rounded figure.

    Raises ValueError, saying what was found and what is allowed, for an unknown bound, a value
    outside 0 to 1, a total below 1, and a statement that no share fulfils.

    >>> identified_share("ge", 0.95).low, identified_share("ge", 0.95).high
    (0.95, 1.0)
    >>> least = identified_share("gt", 0.95, total=1683)
    >>> round(least.low * 1683), round(least.high * 1683)
    (1599, 1683)
    """
    bound, printed, total = check_together(
        lambda: check_choice("bound", bound, BOUNDS),
        lambda: _read_share(value),
        lambda: _read_total(total),
    )
    stated = claim_interval(f"{printed:f}", bound)
    low, low_closed = (stated.low, stated.low_closed) if stated.low >= 0 else (0.0, True)
    high, high_closed = (stated.high, stated.high_closed) if stated.high <= 1 else (1.0, True)
    if low > high or (low == high and not (low_closed and high_closed)):
        raise ValueError(f"{bound} {value}: no share; allowed: a statement that some share fulfils")
    if total is None:
        return Interval(low, high, "identified_set", None, None, low_closed, high_closed)
    # the shortest decimal of an end is what was stated: 0.95 and not the binary number next to it
    first, last = (Fraction(str(end)) * total for end in (low, high))
    least, most = math.ceil(first), math.floor(last)
    least += least == first and not low_closed
    most -= most == last and not high_closed
    if least > most:
        raise ValueError(
            f"{bound} {value} of total = {total}: no whole number; "
            "allowed: a share that some count of the total gives"
        )
    return Interval(least / total, most / total, "identified_set")


def _read_share(value: float | str) -> Decimal:
    try:
        printed = Decimal(str(value).strip()) if _is_printed(value) else Decimal("NaN")
    except ArithmeticError:
        printed = Decimal("NaN")
    if not (printed.is_finite() and 0 <= printed <= 1):
        raise ValueError(f"value = {shown(value)}; allowed: a fraction from 0 to 1, as 0.95")
    return printed


def _is_printed(value: object) -> bool:
    return isinstance(value, str) or is_number(value)


def _read_total(total: int | None) -> int | None:
    if total is None or (is_whole(total) and total >= 1):
        return None if total is None else int(total)
    raise ValueError(f"total = {shown(total)}; allowed: a whole number from 1 up, or None")
