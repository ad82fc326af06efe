"""Intervals that carry their kind, and the intervals that printed figures stand for.

A figure is printed with so many digits; every value that rounds to it is possible. That is a
rounding interval, not a probability. Kinds are never mixed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real

from indicators.rounding import bounds_at_unit, read_printed, rounding_bounds

KINDS = (
    "exact",
    "rounding_interval",
    "identified_set",
    "sampling_ci",
    "model_ci",
    "prediction_interval",
    "scenario_range",
)
BOUNDS = ("eq", "about", "ge", "gt", "le", "lt", "near", "more")


@dataclass(frozen=True)
class Interval:
    """An interval and what it means.

    `low` and `high` are floats, possibly infinite; `kind` is one of KINDS; `estimate` is the point
    that was printed or computed, if there is one; `level` is the coverage of a sampling or model
    interval. `+ - * /` take an interval or a number and work on the end points. Kinds combine only
    if they are equal or one is exact; a level survives only where the other operand has none,
    since end points of two such intervals do not keep it. Dependence is ignored: never write the
    same interval twice in one expression.

    Raises ValueError for an unknown kind, a missing end, low above high, or mixed kinds, and
    ZeroDivisionError for a divisor that may be 0.

    >>> plan = claim_interval("1350", "eq") / (rounding_interval("125.6") / 100)
    >>> round(plan.low, 1), round(plan.estimate, 1), round(plan.high, 1)
    (1074.0, 1074.8, 1075.7)
    """

    low: float
    high: float
    kind: str
    estimate: float | None = None
    level: float | None = None
    low_closed: bool = True
    high_closed: bool = True

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind = {self.kind!r}; allowed: {', '.join(KINDS)}")
        for name in ("low", "high", "estimate", "level"):
            number = getattr(self, name)
            object.__setattr__(self, name, None if number is None else float(number))
        if not self.low <= self.high:
            raise ValueError(f"low = {self.low}, high = {self.high}; allowed: low not above high")
        if self.kind == "exact" and self.low != self.high:
            raise ValueError(
                f"an exact interval from {self.low} to {self.high}; allowed: one point. "
                "Name the kind of its uncertainty instead"
            )
        object.__setattr__(self, "low_closed", bool(self.low_closed) and math.isfinite(self.low))
        object.__setattr__(self, "high_closed", bool(self.high_closed) and math.isfinite(self.high))

    def __neg__(self) -> Interval:
        low, high = (-self.high, self.high_closed), (-self.low, self.low_closed)
        estimate = None if self.estimate is None else -self.estimate
        return self._with(low, high, estimate, self.kind, self.level)

    def __add__(self, other: Interval | float) -> Interval:
        other = _lift(other)
        low = (self.low + other.low, self.low_closed and other.low_closed)
        high = (self.high + other.high, self.high_closed and other.high_closed)
        return self._combined(other, [low, high], lambda a, b: a + b)

    def __sub__(self, other: Interval | float) -> Interval:
        return self + -_lift(other)

    def __mul__(self, other: Interval | float) -> Interval:
        other = _lift(other)
        corners = [_product(*a, *b) for a in self._ends() for b in other._ends()]
        return self._combined(other, corners, lambda a, b: a * b)

    def __truediv__(self, other: Interval | float) -> Interval:
        other = _lift(other)
        if other._holds_zero():
            raise ZeroDivisionError(
                f"division by an interval that contains 0 (from {other.low} to {other.high}); "
                "the quotient has no bound"
            )
        side = 1 if other.low >= 0 else -1
        corners = [_quotient(*a, *b, side) for a in self._ends() for b in other._ends()]
        return self._combined(other, corners, lambda a, b: a / b if b else None)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: float) -> Interval:
        return _lift(other) - self

    def __rtruediv__(self, other: float) -> Interval:
        return _lift(other) / self

    def transform(self, increasing: Callable[[float], float]) -> Interval:
        """The interval of an increasing function, such as the logarithm.

        >>> round(claim_interval("1350", "eq").transform(math.log).high, 4)
        7.2082
        """
        low = (increasing(self.low), self.low_closed)
        high = (increasing(self.high), self.high_closed)
        estimate = None if self.estimate is None else increasing(self.estimate)
        return self._with(low, high, estimate, self.kind, self.level)

    def overlaps(self, other: Interval) -> bool:
        """Whether some value lies in both; kinds may differ, for nothing is combined."""
        first, second = sorted((self, other), key=lambda interval: interval.low)
        if first.high == second.low:
            return first.high_closed and second.low_closed
        if first.low == second.low:
            return True
        return first.high > second.low

    def _ends(self) -> tuple[tuple[float, bool], tuple[float, bool]]:
        return (self.low, self.low_closed), (self.high, self.high_closed)

    def _holds_zero(self) -> bool:
        inside = self.low < 0 < self.high
        return inside or any(end == 0 and closed for end, closed in self._ends())

    def _combined(self, other: Interval, ends: list, operation: Callable) -> Interval:
        kinds = {self.kind, other.kind} - {"exact"}
        if len(kinds) > 1:
            raise ValueError(
                f"found intervals of the kinds {' and '.join(sorted(kinds))}; allowed: one kind, "
                "or one kind and exact numbers. Kinds are never mixed"
            )
        levels = {self.level, other.level} - {None}
        both = self.level is not None and other.level is not None
        points = (self.estimate, other.estimate)
        ends = [end for end in ends if not math.isnan(end[0])]
        low, high = min(value for value, _ in ends), max(value for value, _ in ends)
        return self._with(
            (low, any(closed for value, closed in ends if value == low)),
            (high, any(closed for value, closed in ends if value == high)),
            None if None in points else operation(*points),
            kinds.pop() if kinds else "exact",
            levels.pop() if levels and not both else None,
        )

    @staticmethod
    def _with(low: tuple, high: tuple, estimate: float | None, kind: str, level: float | None):
        return Interval(low[0], high[0], kind, estimate, level, low[1], high[1])


def _lift(value: Interval | float) -> Interval:
    if isinstance(value, Interval):
        return value
    if isinstance(value, Real | Decimal) and not isinstance(value, bool):
        return Interval(value, value, "exact", value)
    raise TypeError(f"found {value!r} ({type(value).__name__}); allowed: an Interval or a number")


def _product(a: float, a_closed: bool, b: float, b_closed: bool) -> tuple[float, bool]:
    # 0 is reached with any partner, and 0 times an unbounded end is 0
    if a == 0 or b == 0:
        return 0.0, (a == 0 and a_closed) or (b == 0 and b_closed)
    return a * b, a_closed and b_closed


def _quotient(a: float, a_closed: bool, b: float, b_closed: bool, side: int) -> tuple[float, bool]:
    if a == 0:
        return 0.0, a_closed
    if b == 0:
        return math.copysign(math.inf, a * side), False
    return a / b, a_closed and b_closed


def rounding_interval(
    printed: str, digits: int | None = None, rounding: str = "half_up"
) -> Interval:
    """All values that round to a printed figure.

    `printed` is text, because trailing zeros matter. `digits` is the number of decimals it was
    rounded to, by default those it shows; negative for tens, hundreds. `rounding` is `half_up`
    (halves away from 0), `half_down`, `half_up_or_down` (either), or `truncate`. An end that the
    rule sends to a neighbour is open.

    Raises TypeError for a number instead of text, ValueError for text that is not a number, an
    unknown rule, or a figure that cannot have been rounded to `digits`.

    >>> interval = rounding_interval("1.64")
    >>> interval.low, interval.high, interval.high_closed, interval.kind
    (1.635, 1.645, False, 'rounding_interval')
    >>> rounding_interval("121500", digits=-2).low
    121450.0
    """
    low, high, low_closed, high_closed = rounding_bounds(printed, digits, rounding)
    number, _ = read_printed(printed)
    return Interval(low, high, "rounding_interval", number, None, low_closed, high_closed)


def claim_interval(
    printed: str,
    bound: str,
    unit: int | float | str | Decimal | None = None,
    rounding: str = "half_up",
) -> Interval:
    """All values that a claim allows, given its qualifier.

    `bound` as in the tables: `eq` (达) rounds to `unit`; `about` (左右) does so with either end;
    `ge` 以上, `gt` 超, `le` 不超过, `lt` 低于 leave one side open; `near` (近) lies strictly below,
    within one unit if a unit is given; `more` (余) lies strictly between the figure and one unit
    above it. `unit` is the unit of rounding (1, 10, 50) or of 余: by default the last printed
    place for `eq`, the place of the last digit that is not 0 for `about` and `more`. `rounding`
    as in `rounding_interval`, for `eq`.

    `eq` and `about` give a rounding interval, the others an identified set without an estimate.
    Raises TypeError and ValueError as `rounding_interval`, and ValueError for an unknown bound.

    >>> claim_interval("1350", "eq", unit=10).low, claim_interval("1500", "more").high
    (1345.0, 1600.0)
    >>> claim_interval("95", "ge")
    Interval(low=95.0, high=inf, kind='identified_set', estimate=None, level=None, \
low_closed=True, high_closed=False)
    """
    number, decimals = read_printed(printed)
    if bound not in BOUNDS:
        raise ValueError(f"bound = {bound!r}; allowed: {', '.join(BOUNDS)}")
    last_place = Decimal(1).scaleb(-decimals)
    last_digit = Decimal(1).scaleb(number.normalize().as_tuple().exponent) if number else last_place
    step = None if unit is None else Decimal(str(unit))
    if bound in ("eq", "about"):
        step = step or (last_place if bound == "eq" else last_digit)
        rule = rounding if bound == "eq" else "half_up_or_down"
        low, high, low_closed, high_closed = bounds_at_unit(number, step, rule)
        return Interval(low, high, "rounding_interval", number, None, low_closed, high_closed)
    low, high = {
        "ge": (number, math.inf),
        "gt": (number, math.inf),
        "le": (-math.inf, number),
        "lt": (-math.inf, number),
        "near": (number - step if step else -math.inf, number),
        "more": (number, number + (step or last_digit)),
    }[bound]
    closed = bound in ("ge", "le")
    return Interval(low, high, "identified_set", None, None, closed, closed)
