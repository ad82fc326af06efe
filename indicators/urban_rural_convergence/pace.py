"""The change a year of a ratio, its logarithm, its excess over 1, and the gap in yuan."""

from __future__ import annotations

import math
from typing import Any

from indicators.evidence import weakest
from indicators.intervals import Interval

Rows = dict[int, Any]
# What is not printed may be anything.
UNKNOWN = Interval(-math.inf, math.inf, "identified_set")
_TRANSFORMS = {
    "ratio": float,
    "log_ratio": lambda ratio: 100 * math.log(ratio),
    "gap_share": lambda ratio: 100 * math.log(ratio - 1),
}


def ratio_interval(point: Any) -> Interval:
    """The ratio of a row of points."""
    return Interval(point.low, point.high, point.kind, point.estimate)


def ratio_pace(start: Interval, end: Interval, years: int, measure: str) -> Interval:
    """The change a year of a ratio from `start` to `end`.

    `ratio`: in the ratio; `log_ratio`, `gap_share`: in 100 x ln of the ratio, or of the ratio
    minus 1, hence about per cent a year. Raises ValueError where the ratio minus 1 may be 0.

    >>> pace = ratio_pace(*(Interval(r - 0.005, r + 0.005, "rounding_interval", r)
    ...                     for r in (1.75, 1.64)), 3, "log_ratio")
    >>> round(pace.low, 2), round(pace.estimate, 2), round(pace.high, 2)
    (-2.36, -2.16, -1.97)
    """
    if measure == "gap_share" and min(start.low, end.low) <= 1:
        raise ValueError("the ratio may be 1: the logarithm of the ratio minus 1 has no bound")
    transform = _TRANSFORMS[measure]
    return (end.transform(transform) - start.transform(transform)) / years


def window_pace(own: Rows, window: tuple[int, int], measure: str) -> Interval | None:
    """The change a year of a measure of one place (`Points.main`); None where it is not printed.

    `yuan_gap` is in yuan a year and needs both incomes.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> window_pace(points.main("330100"), (2014, 2022), "ratio").kind
    'rounding_interval'
    """
    start, end = (own[year] for year in window)
    years = window[1] - window[0]
    if measure != "yuan_gap":
        return ratio_pace(ratio_interval(start), ratio_interval(end), years, measure)
    if not (has_levels(start) and has_levels(end)):
        return None
    return (gap_interval(end) - gap_interval(start)) / years


def has_levels(point: Any) -> bool:
    """Whether the ratio of a row is made of both incomes."""
    return point.urban == point.urban


def gap_interval(point: Any) -> Interval:
    """The gap in yuan of a row that has both incomes."""
    return Interval(point.gap_low, point.gap_high, point.kind, point.urban - point.rural)


def marks_of(*rows: Any) -> dict[str, str]:
    """The weakest evidence of some rows, and the ids of their sources joined by `;`."""
    ids = {part for row in rows for part in row.source_id.split(";")}
    return {
        "evidence": weakest(*(row.evidence for row in rows)),
        "source_id": ";".join(sorted(ids)),
    }
