"""Two groups of which only the means are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.inequality import theil_decomposition
from indicators.intervals import Interval
from indicators.two_groups import (
    share_of_peak,
    theil_between,
    theil_between_interval,
    theil_change,
)

MEASURES = pytest.mark.parametrize("measure", ["t", "l"])
RATIOS, SHARES = st.floats(0.2, 6), st.floats(0, 1)


def rounded(low: float, high: float) -> Interval:
    return Interval(low, high, "rounding_interval", (low + high) / 2)


@MEASURES
@given(ratio=RATIOS, share=st.floats(0.01, 0.99))
def test_it_is_the_between_part(measure, ratio, share):
    parts = theil_decomposition([ratio, 1], ["urban", "rural"], [share, 1 - share], measure)
    assert theil_between(ratio, share, measure) == pytest.approx(parts.between, abs=1e-12)


@MEASURES
@given(ratio=RATIOS)
def test_nothing_lies_between_where_nobody_or_all_belong(measure, ratio):
    ends = theil_between(ratio, [0, 1], measure)
    assert ends == pytest.approx([0, 0], abs=1e-12)
    assert theil_between(1, 0.3, measure) == pytest.approx(0, abs=1e-12)


@MEASURES
@pytest.mark.parametrize("ratio", [0.5, 1.0, 1.2, 1.75, 2.5, 6.0])
def test_the_peak_is_that_of_a_fine_grid(measure, ratio):
    shares = np.linspace(0, 1, 100_001)
    values = theil_between(ratio, shares, measure)
    peak = share_of_peak(ratio, measure)
    assert theil_between(ratio, peak, measure) == pytest.approx(values.max(), abs=1e-9)
    if ratio != 1:
        assert peak == pytest.approx(shares[values.argmax()], abs=1e-4)


def test_t_peaks_near_two_fifths():
    # Origin: METHODS of the book, A0: T peaks near 0.41 at R = 1.75.
    assert share_of_peak(1.75) == pytest.approx(0.41, abs=0.005)
    assert theil_between(1.75, 0.41) > theil_between(1.75, 0.3)
    assert theil_between(1.75, 0.41) > theil_between(1.75, 0.78)


@MEASURES
@given(ratio=RATIOS, share=st.floats(0.02, 0.9), wide=st.floats(0.001, 0.1))
def test_an_interval_holds_a_fine_grid_and_no_more(measure, ratio, share, wide):
    ratios, shares = rounded(ratio, ratio * (1 + wide)), rounded(share, share + wide)
    found = theil_between_interval(ratios, shares, measure)
    mesh = np.meshgrid(
        np.linspace(ratios.low, ratios.high, 61), np.linspace(shares.low, shares.high, 61)
    )  # fmt: skip
    values = theil_between(*mesh, measure)
    assert found.low <= values.min() + 1e-12
    assert found.high >= values.max() - 1e-12
    assert found.low == pytest.approx(values.min(), abs=2e-4)
    assert found.high == pytest.approx(values.max(), abs=2e-4)
    assert found.low <= found.estimate <= found.high
    assert found.kind == "rounding_interval"


def test_the_ends_alone_would_miss_the_peak():
    found = theil_between_interval(Interval(1.75, 1.75, "exact", 1.75), rounded(0.3, 0.5))
    ends = theil_between(1.75, [0.3, 0.5])
    assert found.high == pytest.approx(theil_between(1.75, share_of_peak(1.75)))
    assert found.high > ends.max()
    assert found.low == pytest.approx(ends.min())


def test_a_ratio_that_may_be_1_may_have_nothing_between():
    assert theil_between_interval(rounded(0.99, 1.02), rounded(0.4, 0.5)).low == 0


@MEASURES
@given(before=RATIOS, after=RATIOS, first=SHARES, last=SHARES)
def test_the_parts_of_a_change_add_up(measure, before, after, first, last):
    change = theil_change([before, after], [first, last], measure)
    total, ratio, share = (part.estimate for part in (change.total, change.ratio, change.share))
    assert ratio + share == pytest.approx(total, abs=1e-12)
    moved = theil_between(after, last, measure) - theil_between(before, first, measure)
    assert total == pytest.approx(float(moved), abs=1e-12)
    assert change.total.kind == "exact"
    back = theil_change([after, before], [last, first], measure)
    assert back.ratio.estimate == pytest.approx(-ratio, abs=1e-12)


def test_what_stands_still_has_no_part():
    only_ratio = theil_change([1.75, 1.64], [0.78, 0.78])
    assert only_ratio.share.estimate == 0
    assert only_ratio.ratio.estimate == only_ratio.total.estimate < 0
    # Origin: METHODS of the book, A2: rising urbanisation moves T even at a constant ratio.
    only_share = theil_change([1.75, 1.75], [0.75, 0.79])
    assert only_share.ratio.estimate == 0
    assert only_share.share.estimate == only_share.total.estimate < 0


def test_a_change_by_hand():
    # Shapley: the ratio moved first and last, halved.
    at = {(r, s): float(theil_between(r, s)) for r in (2.0, 1.5) for s in (0.5, 0.75)}
    change = theil_change([2.0, 1.5], [0.5, 0.75])
    first, last = at[1.5, 0.5] - at[2.0, 0.5], at[1.5, 0.75] - at[2.0, 0.75]
    assert change.ratio.estimate == pytest.approx((first + last) / 2)


def test_rounding_widens_a_change_and_never_narrows_it():
    narrow = theil_change(
        [rounded(1.749, 1.751), rounded(1.639, 1.641)], [0.78, 0.79]
    )  # fmt: skip
    wide = theil_change(
        [rounded(1.745, 1.755), rounded(1.635, 1.645)], [rounded(0.77, 0.79), 0.79]
    )  # fmt: skip
    for part in ("total", "ratio", "share"):
        one, other = getattr(narrow, part), getattr(wide, part)
        assert other.low <= one.low <= one.estimate <= one.high <= other.high
        assert one.kind == other.kind == "rounding_interval"


@pytest.mark.parametrize(
    ("ratio", "share", "message"),
    [
        (0, 0.5, "found a ratio of 0.0; allowed: ratios above 0"),
        (-1, 0.5, "a ratio of -1.0"),
        (math.nan, 0.5, "a ratio of nan"),
        (math.inf, 0.5, "a ratio of inf"),
        (2, 1.1, "a share of 1.1"),
        (2, math.nan, "a share of nan"),
        (0, 2, r"a ratio of 0\.0; .*\. found a share of 2\.0; allowed: shares from 0 to 1"),
    ],
)
def test_what_is_no_ratio_or_share(ratio, share, message):
    with pytest.raises(ValueError, match=message):
        theil_between(ratio, share)


def test_other_refusals():
    with pytest.raises(ValueError, match="measure = 'x'; allowed: t, l"):
        theil_between(2, 0.5, "x")
    with pytest.raises(ValueError, match="found 3 ratios; allowed: the earlier and the later one"):
        theil_change([1, 2, 3], [0.5, 0.5])
    scenario = Interval(1.6, 1.7, "scenario_range")
    with pytest.raises(ValueError, match="rounding_interval and scenario_range; allowed: one kind"):
        theil_change([rounded(1.7, 1.8), scenario], [0.5, 0.5])
    without = theil_change([1.75, scenario], [0.7, 0.7])
    assert without.total.estimate is None
    assert without.total.kind == "scenario_range"
