"""Intervals: what a printed figure stands for, and arithmetic that keeps its kind."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.intervals import BOUNDS, KINDS, Interval, claim_interval, rounding_interval
from indicators.rounding import ROUNDINGS

# Origin: R package scrutiny, tests/testthat/test-unround.R (unround, rounding_bounds_scalar).
UNROUND = [
    ("4.50", 1, "half_up_or_down", 4.45, 4.55, True, True),
    ("4.50", 2, "half_up_or_down", 4.495, 4.505, True, True),
    ("4.50", 3, "half_up_or_down", 4.4995, 4.5005, True, True),
    ("4.50", 4, "half_up_or_down", 4.49995, 4.50005, True, True),
    ("4.50", 5, "half_up_or_down", 4.499995, 4.500005, True, True),
    ("8.2", 1, "half_up_or_down", 8.15, 8.25, True, True),
    ("8.2", 1, "half_up", 8.15, 8.25, True, False),
    ("8.2", 1, "half_down", 8.15, 8.25, False, True),
]


def numbers(low: float = -1e6, high: float = 1e6) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False, allow_subnormal=False)


@st.composite
def intervals(draw, low: float = -1e6, high: float = 1e6) -> Interval:
    ends = sorted([draw(numbers(low, high)), draw(numbers(low, high))])
    return Interval(*ends, "rounding_interval")


# What a printed figure stands for


@pytest.mark.parametrize("case", UNROUND)
def test_rounding_interval_agrees_with_scrutiny(case):
    text, digits, rounding, low, high, low_closed, high_closed = case
    interval = rounding_interval(text, digits, rounding)
    assert interval.low == pytest.approx(low, abs=1e-12)
    assert interval.high == pytest.approx(high, abs=1e-12)
    assert (interval.low_closed, interval.high_closed) == (low_closed, high_closed)
    assert interval.kind == "rounding_interval"
    assert interval.estimate == float(text)


def test_trailing_zeros_count():
    assert rounding_interval("1.6").high - rounding_interval("1.6").low == pytest.approx(0.1)
    assert rounding_interval("1.60").high - rounding_interval("1.60").low == pytest.approx(0.01)


@pytest.mark.parametrize(
    ("text", "digits", "low", "high"), [("121500", -2, 121450, 121550), ("20000", -4, 15000, 25000)]
)
def test_negative_digits_are_tens_and_hundreds(text, digits, low, high):
    interval = rounding_interval(text, digits)
    assert (interval.low, interval.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high", "closed"),
    [("1350", 1350, 1351, (True, False)), ("-2.6", -2.7, -2.6, (False, True)),
     ("0", -1, 1, (False, False))],
)  # fmt: skip
def test_truncation_cuts_towards_zero(text, low, high, closed):
    interval = rounding_interval(text, rounding="truncate")
    assert (interval.low, interval.high) == pytest.approx((low, high))
    assert (interval.low_closed, interval.high_closed) == closed


def test_a_negative_figure_mirrors_its_positive():
    for rounding in ROUNDINGS:
        up, down = (
            rounding_interval("2.6", None, rounding),
            rounding_interval("-2.6", None, rounding),
        )
        assert down == -up


@pytest.mark.parametrize("number", [1.6, 1350, None])
def test_a_number_is_not_a_printed_figure(number):
    with pytest.raises(ValueError, match=r"allowed: text such as .*lost its trailing zeros"):
        rounding_interval(number)


@pytest.mark.parametrize("text", ["", "1,350", "1350亿", "1.", ".5", "1e3", "nan", "1350余"])
def test_text_that_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="allowed: digits with at most one point"):
        rounding_interval(text)


def test_an_unknown_rule_is_refused():
    with pytest.raises(ValueError, match="rounding = 'bankers'; allowed: half_up, half_down"):
        rounding_interval("1.6", rounding="bankers")


def test_a_figure_finer_than_its_digits_is_refused():
    with pytest.raises(ValueError, match=r"4\.53 is not a figure rounded to a unit of 0\.1"):
        rounding_interval("4.53", 1)


# Claims. Origin of the readings: Chinese qualifiers as in the table's column `bound`.


@pytest.mark.parametrize(
    ("printed", "bound", "unit", "low", "high", "closed"),
    [
        ("1350", "eq", None, 1349.5, 1350.5, (True, False)),
        ("1350", "eq", 10, 1345, 1355, (True, False)),
        ("1350", "eq", 50, 1325, 1375, (True, False)),
        ("300", "about", None, 250, 350, (True, True)),
        ("95", "ge", None, 95, math.inf, (True, False)),
        ("1.5", "gt", None, 1.5, math.inf, (False, False)),
        ("7", "le", None, -math.inf, 7, (False, True)),
        ("7", "lt", None, -math.inf, 7, (False, False)),
        ("500", "near", None, -math.inf, 500, (False, False)),
        ("500", "near", 100, 400, 500, (False, False)),
        ("1500", "more", None, 1500, 1600, (False, False)),
        ("1500", "more", 100, 1500, 1600, (False, False)),
        ("100", "more", None, 100, 200, (False, False)),
        ("50", "more", 10, 50, 60, (False, False)),
    ],
)
def test_a_qualifier_is_read_literally(printed, bound, unit, low, high, closed):
    interval = claim_interval(printed, bound, unit)
    assert (interval.low, interval.high) == (low, high)
    assert (interval.low_closed, interval.high_closed) == closed
    rounded = bound in ("eq", "about")
    assert interval.kind == ("rounding_interval" if rounded else "identified_set")
    assert (interval.estimate is not None) == rounded


def test_an_unknown_qualifier_is_refused():
    with pytest.raises(ValueError, match=r"bound = 'range'.*; allowed: eq, about, ge") as caught:
        claim_interval("7", "range")
    assert all(bound in str(caught.value) for bound in BOUNDS)


def test_a_figure_cannot_be_rounded_to_a_unit_that_does_not_divide_it():
    with pytest.raises(ValueError, match="1477 is not a figure rounded to a unit of 10"):
        claim_interval("1477", "eq", 10)


# Arithmetic


def test_the_implied_plan_of_the_printed_figures():
    # Origin: 1350 x 100m yuan and 125.6 %, printed in the article; end points 1349.5 / 1.2565 and
    # 1350.5 / 1.2555, and with the amount to tens 1345 / 1.2565 and 1355 / 1.2555.
    rate = rounding_interval("125.6") / 100
    plan = claim_interval("1350", "eq") / rate
    assert (plan.low, plan.high) == pytest.approx((1349.5 / 1.2565, 1350.5 / 1.2555), rel=1e-12)
    assert (plan.low_closed, plan.high_closed) == (False, False)
    tens = claim_interval("1350", "eq", 10) / rate
    assert (round(tens.low, 1), round(tens.high, 1)) == (1070.4, 1079.3)


def test_vouchers_per_claim():
    # Origin: 12.58m yuan over 60,000 claims, printed in the article: 1257.5 / 6.5 to 1258.5 / 5.5.
    each = claim_interval("1258", "eq") / claim_interval("6", "eq")
    assert (round(each.low, 1), round(each.high, 1)) == (193.5, 228.8)


def test_signs_are_respected():
    product = Interval(-2, 3, "rounding_interval") * Interval(-5, 4, "rounding_interval")
    assert (product.low, product.high) == (-15, 12)
    quotient = 6 / Interval(-3, -2, "rounding_interval")
    assert (quotient.low, quotient.high) == (-3, -2)
    difference = 1 - Interval(0.2, 0.5, "rounding_interval")
    assert (difference.low, difference.high) == (0.5, 0.8)


def test_an_end_is_closed_only_if_both_operands_reach_it():
    half_open = Interval(1, 2, "rounding_interval", low_closed=True, high_closed=False)
    closed = Interval(3, 4, "rounding_interval")
    total = half_open + closed
    assert (total.low_closed, total.high_closed) == (True, False)
    # the smallest difference takes the open end of what is subtracted
    assert ((closed - half_open).low_closed, (closed - half_open).high_closed) == (False, True)
    assert ((half_open * closed).low_closed, (half_open * closed).high_closed) == (True, False)
    assert ((closed / half_open).low_closed, (closed / half_open).high_closed) == (False, True)


def test_a_product_reaches_zero_where_either_factor_does():
    zero = Interval(0, 1, "rounding_interval")
    open_above_one = Interval(1, 2, "rounding_interval", low_closed=False)
    assert (zero * open_above_one).low_closed
    assert (zero * Interval(1, math.inf, "rounding_interval")).low == 0


def test_an_unbounded_end_stays_unbounded_and_open():
    share = claim_interval("95", "ge") / 100
    assert (share.low, share.high, share.high_closed) == (0.95, math.inf, False)
    ratio = Interval(1, math.inf, "identified_set") / Interval(1, math.inf, "identified_set")
    assert (ratio.low, ratio.high) == (0, math.inf)


def test_division_by_an_interval_with_zero_is_refused():
    divisor = Interval(-1, 1, "rounding_interval")
    with pytest.raises(ValueError, match=r"contains 0 .from -1.0 to 1.0.*allowed: a divisor on"):
        1 / divisor
    with pytest.raises(ZeroDivisionError, match="contains 0"):
        Interval(1, 2, "rounding_interval") / Interval(0, 1, "rounding_interval")


def test_a_divisor_may_end_at_zero_without_reaching_it():
    quotient = 2 / Interval(0, 4, "rounding_interval", low_closed=False)
    assert (quotient.low, quotient.high, quotient.high_closed) == (0.5, math.inf, False)
    negative = 2 / Interval(-4, 0, "rounding_interval", high_closed=False)
    assert (negative.low, negative.high) == (-math.inf, -0.5)


def test_kinds_are_never_mixed():
    with pytest.raises(ValueError, match=r"identified_set and rounding_interval.*never mixed"):
        claim_interval("1350", "eq") + claim_interval("95", "ge")
    exact = Interval(2, 2, "exact", 2)
    assert (claim_interval("95", "ge") * exact).kind == "identified_set"
    assert (exact + 1).kind == "exact"


def test_a_level_survives_only_alone():
    interval = Interval(0.1, 0.3, "model_ci", 0.2, 0.95)
    assert (interval * 2).level == 0.95
    assert (interval + interval).level is None


def test_an_exact_quotient_is_exact():
    assert Interval(49, 49, "exact", 49) / 49 == Interval(1, 1, "exact", 1)


@pytest.mark.parametrize("other", ["2", None, True, math.nan, math.inf, [1]])
def test_only_intervals_and_numbers_combine(other):
    with pytest.raises(ValueError, match="allowed: an Interval or a finite number"):
        Interval(1, 2, "rounding_interval") + other


def test_numpy_numbers_combine():
    assert (Interval(1, 2, "rounding_interval") * np.int64(2)).high == 4
    assert (Interval(1, 2, "rounding_interval") * np.float64(0.5)).high == 1


def test_what_an_interval_may_be():
    with pytest.raises(
        ValueError, match="kind = 'ci'; allowed: exact, rounding_interval"
    ) as caught:
        Interval(1, 2, "ci")
    assert all(kind in str(caught.value) for kind in KINDS)
    with pytest.raises(ValueError, match="low not above high"):
        Interval(2, 1, "rounding_interval")
    with pytest.raises(ValueError, match="low = nan; allowed: a number, which may be infinite"):
        Interval(math.nan, 1, "rounding_interval")
    with pytest.raises(ValueError, match=r"estimate = 3.0, outside 1.0 to 2.0; allowed: a point"):
        Interval(1, 2, "rounding_interval", 3)
    with pytest.raises(ValueError, match=r"exact interval from 1.0 to 2.0; allowed: one point"):
        Interval(1, 2, "exact")


def test_an_interval_cannot_be_changed():
    with pytest.raises(AttributeError):
        Interval(1, 2, "rounding_interval").low = 0


@given(intervals(), intervals(), numbers(0, 10), numbers(0, 10))
def test_widening_an_operand_never_narrows_the_outcome(first, second, left, right):
    wide = Interval(first.low - left, first.high + right, first.kind)
    for narrow_out, wide_out in [
        (first + second, wide + second), (first - second, wide - second),
        (second - first, second - wide), (first * second, wide * second),
    ]:  # fmt: skip
        assert wide_out.low <= narrow_out.low
        assert narrow_out.high <= wide_out.high
    if not second._holds_zero():
        assert (wide / second).low <= (first / second).low
        assert (first / second).high <= (wide / second).high


@given(intervals(1, 1e3), intervals(1, 1e3), st.floats(0, 1), st.floats(0, 1))
def test_values_inside_give_outcomes_inside(first, second, at_first, at_second):
    a = min(first.low + at_first * (first.high - first.low), first.high)
    b = min(second.low + at_second * (second.high - second.low), second.high)
    for outcome, value in [
        (first + second, a + b), (first - second, a - b), (first * second, a * b),
        (first / second, a / b),
    ]:  # fmt: skip
        assert outcome.low <= value <= outcome.high


def test_an_increasing_function_takes_the_ends():
    logs = Interval(1, math.e, "rounding_interval", 2).transform(math.log)
    assert (logs.low, logs.high) == pytest.approx((0, 1))
    assert logs.estimate == pytest.approx(math.log(2))


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ((1, 2), (2, 3), True), ((1, 2), (3, 4), False), ((1, 4), (2, 3), True),
        ((2, 3), (1, 2), True), ((1, 1), (1, 2), True),
    ],
)  # fmt: skip
def test_overlap(first, second, overlap):
    one, other = (Interval(*ends, "rounding_interval") for ends in (first, second))
    assert one.overlaps(other) is overlap
    assert other.overlaps(one) is overlap


def test_touching_open_ends_do_not_overlap():
    below = Interval(1, 2, "rounding_interval", high_closed=False)
    assert not below.overlaps(Interval(2, 3, "rounding_interval"))
