"""Intervals that carry their kind, and the intervals that printed figures stand for.

Kinds are never mixed, because they answer different questions.
"""

from indicators.intervals.interval import KINDS, DivisionByZeroError, Interval, check_interval
from indicators.intervals.printed import BOUNDS, claim_interval, rounding_interval

__all__ = [
    "BOUNDS",
    "KINDS",
    "DivisionByZeroError",
    "Interval",
    "check_interval",
    "claim_interval",
    "rounding_interval",
]
