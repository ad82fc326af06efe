"""The intervals that printed figures and claims stand for.

A figure is printed with so many digits; every value that rounds to it is possible. That is a
rounding interval, not a probability.
"""

from __future__ import annotations

import math
from decimal import Decimal

from indicators.inputs import check_choice, check_together
from indicators.intervals.interval import Interval
from indicators.rounding import (
    ROUNDINGS,
    bounds_at_unit,
    read_printed,
    read_unit,
    rounding_bounds,
)

BOUNDS = ("eq", "about", "ge", "gt", "le", "lt", "near", "more")


def rounding_interval(
    printed: str, digits: int | None = None, rounding: str = "half_up"
) -> Interval:
    """All values that round to a printed figure.

    `printed` is text, because trailing zeros matter. `digits` is the number of decimals it was
    rounded to, by default those it shows; negative for tens, hundreds. `rounding` is `half_up`
    (halves away from 0), `half_down`, `half_up_or_down` (either), or `truncate`. An end that the
    rule sends to a neighbour is open.

    Raises one ValueError with all that is wrong: a number instead of text, text that is not a
    number, digits that are not whole, an unknown rule; and for a figure that cannot have been
    rounded to `digits`.

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
    Raises ValueError as `rounding_interval`, for an unknown bound, and for a unit that is not a
    finite number above 0.

    >>> claim_interval("1350", "eq", unit=10).low, claim_interval("1500", "more").high
    (1345.0, 1600.0)
    >>> claim_interval("95", "ge")
    Interval(low=95.0, high=inf, kind='identified_set', estimate=None, level=None, \
low_closed=True, high_closed=False)
    """
    (number, decimals), bound, step, rounding = check_together(
        lambda: read_printed(printed),
        lambda: check_choice("bound", bound, BOUNDS),
        lambda: None if unit is None else read_unit(unit),
        lambda: check_choice("rounding", rounding, ROUNDINGS),
    )
    last_place = Decimal(1).scaleb(-decimals)
    last_digit = Decimal(1).scaleb(number.normalize().as_tuple().exponent) if number else last_place
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
