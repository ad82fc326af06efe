"""What a statement with a bound identifies: a set of shares, and nothing within it."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.proportions import identified_share


def ends(*arguments) -> tuple[float, float, bool, bool]:
    found = identified_share(*arguments)
    assert found.kind == "identified_set"
    assert found.estimate is None
    assert found.level is None
    return found.low, found.high, found.low_closed, found.high_closed


@pytest.mark.parametrize(
    ("bound", "value", "expected"),
    [
        # Origin: METHODS of the book, A3: ">= 95 %" is [0.95, 1].
        ("ge", 0.95, (0.95, 1, True, True)),
        ("gt", 0.95, (0.95, 1, False, True)),
        ("le", 0.95, (0, 0.95, True, True)),
        ("lt", 0.95, (0, 0.95, True, False)),
        # 近 lies below, 余 above and short of the next unit of the last printed digit
        ("near", 0.95, (0, 0.95, True, False)),
        ("more", 0.95, (0.95, 0.96, False, False)),
        # a rounded figure: 四舍五入
        ("eq", 0.95, (0.945, 0.955, True, False)),
        ("eq", "0.950", (0.9495, 0.9505, True, False)),
        ("about", "0.9", (0.85, 0.95, True, True)),
        ("eq", 1, (0.5, 1, True, True)),
        ("eq", "1.00", (0.995, 1, True, True)),
        ("ge", 0, (0, 1, True, True)),
        ("le", 1, (0, 1, True, True)),
        ("ge", 1, (1, 1, True, True)),
    ],
)
def test_what_a_bound_leaves(bound, value, expected):
    assert ends(bound, value) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("bound", "value", "total", "least", "most"),
    [
        # Origin: METHODS of the book, A3: k in {ceil(0.95 N), ..., N}.
        ("ge", 0.95, 2000, 1900, 2000), ("ge", 0.95, 1683, 1599, 1683),
        ("gt", 0.95, 2000, 1901, 2000), ("gt", 0.95, 20, 20, 20),
        ("le", 0.1, 5, 0, 0), ("lt", 0.9, 10, 0, 8), ("lt", 0.9, 20, 0, 17),
        ("eq", "0.95", 100, 95, 95), ("more", 0.95, 1000, 951, 959),
    ],
)  # fmt: skip
def test_a_known_total_leaves_counts(bound, value, total, least, most):
    low, high, *_ = ends(bound, value, total)
    assert (low, high) == (least / total, most / total)


@given(st.integers(0, 100), st.integers(1, 5000))
def test_the_counts_are_exactly_those_that_fulfil_it(percent, total):
    share = Fraction(percent, 100)
    found = identified_share("ge", f"{percent / 100:.2f}", total)
    assert round(found.low * total) == math.ceil(share * total)
    assert found.high == 1


@given(st.sampled_from(["ge", "gt", "le", "lt"]), st.integers(1, 99), st.integers(200, 5000))
def test_a_total_never_widens_the_set(bound, percent, total):
    value = percent / 100
    free, counted = identified_share(bound, value), identified_share(bound, value, total)
    assert free.low <= counted.low <= counted.high <= free.high


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ge", 95), "value = 95; allowed: a fraction from 0 to 1, as 0.95"),
        (("ge", -0.1), "value = -0.1; allowed: a fraction from 0 to 1"),
        (("ge", float("nan")), "value = nan; allowed: a fraction"),
        (("ge", "most"), "value = 'most'; allowed: a fraction"),
        (("ge", None), "value = None; allowed: a fraction"),
        (("ge", True), "value = True; allowed: a fraction"),
        (("above", 0.5), "bound = 'above' (nearest: about); allowed: eq, about, ge, gt, le, lt, "),
        (("ge", 0.5, 0), "total = 0; allowed: a whole number from 1 up, or None"),
        (("ge", 0.5, 2.5), "total = 2.5; allowed: a whole number from 1 up, or None"),
        (("gt", 1), "gt 1: no share; allowed: a statement that some share fulfils"),
        (("lt", 0), "lt 0: no share; allowed: a statement"),
        (("eq", 0.95, 3), "eq 0.95 of total = 3: no whole number; allowed: a share that some"),
    ],
)  # fmt: skip
def test_what_is_no_statement_about_a_share(arguments, message):
    with pytest.raises(ValueError, match="allowed") as caught:
        identified_share(*arguments)
    assert message in str(caught.value)


def test_all_faults_are_told_at_once():
    with pytest.raises(ValueError, match=r"bound = 'x'.*value = 9.*total = 0"):
        identified_share("x", 9, 0)
