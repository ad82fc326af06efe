"""Inequality between two groups of which only the means are known, and how it changes.

Theil's T and L then follow from two numbers: the ratio of the means, and the share of people in
the first group. Incomes differ within a group too, so what is computed here is a LOWER BOUND on the
inequality among people. Source: Theil (1967); Shorrocks (1980).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from indicators.inequality import MEASURES
from indicators.inputs import (
    Vector,
    check_choice,
    check_number,
    check_together,
    is_number,
    read_numbers,
    shown,
)
from indicators.intervals import Interval, check_interval

GRID = 11  # points along each interval, ends included


@dataclass(frozen=True)
class TheilChange:
    """A change of the between part, and how much of it goes with the ratio and with the share."""

    total: Interval
    ratio: Interval
    share: Interval


def theil_between(ratio: ArrayLike, share: ArrayLike, measure: str = "t") -> Vector:
    """The between part of two groups, from the ratio of their means and the share of the first.

    `ratio` is the mean of the first group over that of the second, above 0; `share` the part of
    all people who are in the first group, 0 to 1. Arrays broadcast. The value grows as the ratio
    moves away from 1; in the share it rises and falls again (`share_of_peak`). Two means alone
    give a LOWER BOUND on the inequality among people. Raises ValueError for anything outside these
    ranges, nan and inf included, and for an unknown measure.

    >>> round(float(theil_between(3, 0.5)), 6), round(float(theil_between(3, 0.5, "l")), 6)
    (0.130812, 0.143841)
    """
    ratio, share, _ = check_together(
        lambda: _read("ratio", ratio, lambda x: np.isfinite(x) & (x > 0), "ratios above 0"),
        lambda: _read("share", share, lambda x: (x >= 0) & (x <= 1), "shares from 0 to 1"),
        lambda: check_choice("measure", measure, MEASURES),
    )
    try:
        np.broadcast_shapes(ratio.shape, share.shape)
    except ValueError:
        raise ValueError(
            f"found ratios of shape {ratio.shape} and shares of shape {share.shape}; "
            "allowed: one shape, or shapes that broadcast"
        ) from None
    mean = 1 + share * (ratio - 1)  # in units of the second group's mean
    if measure == "l":
        return np.log(mean) - share * np.log(ratio)
    return share * ratio * np.log(ratio) / mean - np.log(mean)


def share_of_peak(ratio: float, measure: str = "t") -> float:
    """The share of the first group at which the between part is largest, given the ratio.

    There the derivative in the share is 0: the mean, in units of the second group's, is
    ratio ln(ratio) / (ratio - 1) for T and (ratio - 1) / ln(ratio) for L; 0.5 as the ratio goes
    to 1. Raises ValueError as `theil_between`.

    >>> round(share_of_peak(1.75), 2), round(share_of_peak(1.75, "l"), 2)
    (0.41, 0.45)
    """
    ratio, _ = check_together(
        lambda: check_number("ratio", ratio, above=0),
        lambda: check_choice("measure", measure, MEASURES),
    )
    if abs(ratio - 1) < 1e-6:
        return 0.5
    spread = ratio - 1
    mean = ratio * math.log(ratio) / spread if measure == "t" else spread / math.log(ratio)
    return (mean - 1) / spread


def theil_between_interval(ratio: Interval, share: Interval, measure: str = "t") -> Interval:
    """All between parts that an interval of the ratio and one of the share allow.

    `ratio` and `share` are Intervals. The extremes lie at the ends, or where the ratio is 1 (there
    it is 0), or at the peak in the share. Where both intervals come from the same figures the
    result is, if anything, too wide. Raises ValueError as `theil_between`, and for mixed kinds.

    >>> share = Interval(0.3, 0.5, "rounding_interval", 0.4)
    >>> round(theil_between_interval(Interval(1.75, 1.75, "exact", 1.75), share).high, 6)
    0.038977
    """
    check_together(
        lambda: check_interval("ratio", ratio),
        lambda: check_interval("share", share),
        lambda: check_choice("measure", measure, MEASURES),
    )
    check_together(*(lambda end=end: theil_between(*end) for end in _ends(ratio, share)))
    kind = _one_kind(ratio, share)
    shares, ratios = [share.low, share.high], [ratio.low, ratio.high]
    ratios += [1.0] if ratio.low < 1 < ratio.high else []
    peaks = {share_of_peak(end, measure) for end in ratios}
    shares += [peak for peak in peaks if share.low < peak < share.high]
    found = theil_between(*np.meshgrid(ratios, shares), measure)
    points = (ratio.estimate, share.estimate)
    estimate = None if None in points else float(theil_between(*points, measure))
    return Interval(found.min(), found.max(), kind, estimate)


def theil_change(
    ratios: Sequence[Interval | float],
    shares: Sequence[Interval | float],
    measure: str = "t",
) -> TheilChange:
    """The change of the between part of two groups: a part by the ratio, a part by the share.

    `ratios` and `shares` hold the earlier and the later one, as `theil_between` takes them, each a
    number or an interval. Each part is the mean of moving that one first and moving it last
    (Shapley), so the parts add up to the total, and no order is preferred. The ends are the
    extremes over a grid of the intervals, because the between part is not monotone in the share;
    where a ratio and a share come from the same figures the ends are, if anything, too wide. The
    kind is that of the intervals. Raises ValueError as `theil_between`, for lists that are not
    pairs, and for mixed kinds. Source: Shorrocks (2013).

    >>> change = theil_change([1.75, 1.64], [0.78, 0.78])
    >>> round(change.total.estimate, 5), change.share.estimate
    (-0.00419, 0.0)
    """
    ratios, shares, _ = check_together(
        lambda: _pair("ratios", ratios),
        lambda: _pair("shares", shares),
        lambda: check_choice("measure", measure, MEASURES),
    )
    given = (*ratios, *shares)
    check_together(
        *(
            lambda end=end: theil_between(*end)
            for ratio, share in zip(ratios, shares, strict=True)
            for end in _ends(ratio, share)
        )
    )
    kind = _one_kind(*given)
    axes = [np.unique(np.linspace(one.low, one.high, GRID)) for one in given]
    points = [one.estimate for one in given]
    at_points = (None,) * 3 if None in points else _shapley(*points, measure)
    if kind == "exact":
        return TheilChange(*(Interval(point, point, kind, point) for point in at_points))
    spread = _shapley(*np.meshgrid(*axes, indexing="ij", sparse=True), measure)
    parts = [
        [float(part.min()), float(part.max())] + ([] if point is None else [float(point)])
        for part, point in zip(spread, at_points, strict=True)
    ]
    return TheilChange(
        *(
            Interval(min(part), max(part), kind, point)
            for part, point in zip(parts, at_points, strict=True)
        )
    )


def _shapley(before: float, after: float, first: float, last: float, measure: str) -> list:
    """Total, ratio part and share part of a change; arrays broadcast."""
    at = {
        (ratio, share): theil_between(r, s, measure)
        for ratio, r in enumerate((before, after))
        for share, s in enumerate((first, last))
    }
    by_ratio = (at[1, 0] - at[0, 0] + at[1, 1] - at[0, 1]) / 2
    by_share = (at[0, 1] - at[0, 0] + at[1, 1] - at[1, 0]) / 2
    return [at[1, 1] - at[0, 0], by_ratio, by_share]


def _read(name: str, found: ArrayLike, right: Callable[[Vector], Any], allowed: str) -> Vector:
    numbers = read_numbers(name, found, allowed)
    if not numbers.size:
        raise ValueError(f"{name} = {shown(found)}; allowed: {allowed}")
    wrong = ~right(numbers)
    if wrong.any():
        raise ValueError(f"found a {name} of {numbers[wrong].flat[0]}; allowed: {allowed}")
    return numbers


def _pair(name: str, found: Any) -> tuple[Interval, Interval]:
    """The earlier and the later one as intervals."""
    allowed = "the earlier and the later one, each a number or an Interval"
    if isinstance(found, str | Mapping) or not hasattr(found, "__len__"):
        raise ValueError(f"{name} = {shown(found)}; allowed: {allowed}")
    pair = list(found)
    if len(pair) != 2:
        raise ValueError(f"found {len(pair)} {name}; allowed: {allowed}")
    for one in pair:
        if not (isinstance(one, Interval) or is_number(one)):
            raise ValueError(f"found {shown(one)} among {name}; allowed: {allowed}")
    return tuple(
        one if isinstance(one, Interval) else Interval(one, one, "exact", one) for one in pair
    )


def _ends(ratio: Interval, share: Interval) -> tuple[tuple[float, float], ...]:
    return (ratio.low, share.low), (ratio.high, share.high)


def _one_kind(*given: Interval) -> str:
    kinds = sorted({one.kind for one in given} - {"exact"})
    if len(kinds) > 1:
        raise ValueError(f"found intervals of the kinds {' and '.join(kinds)}; allowed: one kind")
    return kinds[0] if kinds else "exact"
