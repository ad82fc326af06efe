"""An interval and what it means, and arithmetic that keeps its kind."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from indicators.inputs import (
    check_choice,
    check_flag,
    check_level,
    check_together,
    is_number,
    shown,
)
from indicators.intervals.ends import check_end, product, quotient, value_of, within

KINDS = (
    "exact",
    "rounding_interval",
    "identified_set",
    "sampling_ci",
    "model_ci",
    "prediction_interval",
    "scenario_range",
)


@dataclass(frozen=True)
class Interval:
    """An interval and what it means.

    `low` and `high` are floats, possibly infinite; `kind` is one of KINDS; `estimate` is the point
    that was printed or computed, if there is one (infinite for "never"); `level` is the coverage
    of a sampling or model interval. `+ - * /` take an interval or a number and work on the end
    points. Kinds combine only if they are equal or one is exact; a level survives only where the
    other operand has none, since end points of two such intervals do not keep it. Dependence is
    ignored: never write the same interval twice in one expression.

    Raises one ValueError with all that is wrong: an unknown kind, an end that is missing, nan or no
    number, low above high, an estimate that is no number or not within, a level that is no
    probability; and for mixed kinds, an operand that is no number, and a divisor that may be 0
    (DivisionByZeroError, which is a ZeroDivisionError too).

    >>> rate = Interval(1.2555, 1.2565, "rounding_interval", 1.256)
    >>> plan = Interval(1349.5, 1350.5, "rounding_interval", 1350) / rate
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
        low, high, estimate, level, low_closed, high_closed = (
            self._fields() if self._is_plain() else self._checked()
        )
        if low > high:
            raise ValueError(f"low = {low}, high = {high}; allowed: low not above high")
        if estimate is not None and not within(estimate, low, high):
            raise ValueError(
                f"estimate = {estimate}, outside {low} to {high}; allowed: a point of the interval"
            )
        if self.kind == "exact" and low != high:
            raise ValueError(
                f"an exact interval from {low} to {high}; allowed: one point. "
                "Name the kind of its uncertainty instead"
            )
        for name, value in (
            ("low", low), ("high", high), ("estimate", estimate), ("level", level),
            ("low_closed", low_closed and math.isfinite(low)),
            ("high_closed", high_closed and math.isfinite(high)),
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    def _fields(self) -> list[Any]:
        return [
            *(self.low, self.high, self.estimate, self.level),
            *(self.low_closed, self.high_closed),
        ]

    def _is_plain(self) -> bool:
        """Whether every field has its own type, as most do: arithmetic makes them of checked ones.

        Nan is equal to nothing, and so is not plain.
        """
        flags = type(self.low_closed) is bool and type(self.high_closed) is bool
        ends = type(self.low) is float and type(self.high) is float and self.low <= self.high
        estimate = self.estimate is None or (
            type(self.estimate) is float and self.estimate == self.estimate
        )
        kind = type(self.kind) is str and self.kind in KINDS
        return ends and estimate and self.level is None and flags and kind

    def _checked(self) -> list[Any]:
        """The fields as their own types; ValueError with all that is wrong."""
        low, high, estimate, level, low_closed, high_closed = self._fields()
        return check_together(
            lambda: check_choice("kind", self.kind, KINDS),
            lambda: check_end("low", low),
            lambda: check_end("high", high),
            lambda: None if estimate is None else check_end("estimate", estimate),
            lambda: None if level is None else check_level(level),
            lambda: check_flag("low_closed", low_closed),
            lambda: check_flag("high_closed", high_closed),
        )[1:]

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
        other = _lift(other)
        low = (self.low - other.high, self.low_closed and other.high_closed)
        high = (self.high - other.low, self.high_closed and other.low_closed)
        return self._combined(other, [low, high], lambda a, b: a - b)

    def __mul__(self, other: Interval | float) -> Interval:
        other = _lift(other)
        corners = [product(*a, *b) for a in self._ends() for b in other._ends()]
        return self._combined(other, corners, lambda a, b: a * b)

    def __truediv__(self, other: Interval | float) -> Interval:
        other = _lift(other)
        if other._holds_zero():
            raise DivisionByZeroError(
                f"found a divisor that contains 0 (from {other.low} to {other.high}), so the "
                "quotient has no bound; allowed: a divisor on one side of 0"
            )
        side = 1 if other.low >= 0 else -1
        corners = [quotient(*a, *b, side) for a in self._ends() for b in other._ends()]
        return self._combined(other, corners, lambda a, b: a / b if b else None)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: float) -> Interval:
        return _lift(other) - self

    def __rtruediv__(self, other: float) -> Interval:
        return _lift(other) / self

    def transform(self, increasing: Callable[[float], float]) -> Interval:
        """The interval of an increasing function, such as the logarithm.

        Raises ValueError for what is no function, where it has no value, or where it falls.

        >>> round(Interval(1349.5, 1350.5, "rounding_interval").transform(math.log).high, 4)
        7.2082
        """
        if not callable(increasing):
            raise ValueError(f"increasing = {shown(increasing)}; allowed: a function of one number")
        low, high, estimate = (
            None if at is None else value_of(increasing, at)
            for at in (self.low, self.high, self.estimate)
        )
        ends = (low, self.low_closed), (high, self.high_closed)
        return self._with(*ends, estimate, self.kind, self.level)

    def overlaps(self, other: Interval) -> bool:
        """Whether some value lies in both; kinds may differ, for nothing is combined.

        >>> Interval(0.95, 1, "identified_set").overlaps(Interval(0.9, 1, "identified_set"))
        True
        """
        first, second = sorted((self, check_interval("other", other)), key=lambda one: one.low)
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


class DivisionByZeroError(ValueError, ZeroDivisionError):
    """The divisor may be 0: a refusal like all others here, and Python's own for a division.

    >>> 1 / Interval(-1, 1, "rounding_interval")
    Traceback (most recent call last):
    indicators.intervals.interval.DivisionByZeroError: found a divisor that contains 0 ...
    """


def check_interval(name: str, found: Any) -> Interval:
    """Raises ValueError for anything but an Interval.

    >>> check_interval("share", Interval(0, 1, "identified_set")).high
    1.0
    """
    if isinstance(found, Interval):
        return found
    raise ValueError(f"{name} = {shown(found)}; allowed: an Interval")


def _lift(value: Interval | float) -> Interval:
    if isinstance(value, Interval):
        return value
    if is_number(value) and abs(value) < math.inf:
        return Interval(value, value, "exact", value)
    raise ValueError(f"found {shown(value)}; allowed: an Interval or a finite number")
