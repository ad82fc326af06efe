"""End points: what they may be, and which products and quotients they reach."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from indicators.inputs import is_number, shown


def check_end(name: str, found: Any) -> float:
    """Raises ValueError for an end that is no number; it may be infinite.

    >>> check_end("high", math.inf)
    inf
    """
    if is_number(found):
        return float(found)
    raise ValueError(f"{name} = {shown(found)}; allowed: a number, which may be infinite")


def within(point: float, low: float, high: float) -> bool:
    """Whether a point lies in an interval, but for floating-point noise.

    >>> within(1.64, 1.635, 1.645)
    True
    """
    if math.isinf(point):
        return low <= point <= high
    noise = 1e-9 * abs(point)
    return low - noise <= point <= high + noise


def value_of(function: Callable[[float], float], at: float) -> float:
    """The value of a function at a point; ValueError where it has none.

    >>> value_of(math.sqrt, 4)
    2.0
    """
    try:
        value = function(at)
    except (ArithmeticError, ValueError):
        value = math.nan
    if is_number(value):
        return value
    raise ValueError(f"the function has no value at {at}; allowed: one that has")


def product(a: float, a_closed: bool, b: float, b_closed: bool) -> tuple[float, bool]:
    """The product of two ends, and whether it is reached; open and closed as its factors.

    >>> product(2, True, 3, False)
    (6, False)
    """
    # 0 is reached with any partner, and 0 times an unbounded end is 0
    if a == 0 or b == 0:
        return 0.0, (a == 0 and a_closed) or (b == 0 and b_closed)
    return a * b, a_closed and b_closed


def quotient(a: float, a_closed: bool, b: float, b_closed: bool, side: int) -> tuple[float, bool]:
    """The quotient of two ends, and whether it is reached; `side` is the sign of the divisor.

    >>> quotient(6, True, 0, False, 1)
    (inf, False)
    """
    if a == 0:
        return 0.0, a_closed
    if b == 0:
        return math.copysign(math.inf, a * side), False
    return a / b, a_closed and b_closed
