"""The spread at two dates: identities, an oracle, an interval that is a test inverted.

No published table is used: the formulas are those of Carree and Klomp (1997, REStat 79:683-686),
Pitman (1939) and Morgan (1939), and are checked against one another and against scipy.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from indicators.convergence import ratio_bounds, sigma_convergence, spread_ratio, spread_tests

VALUES = st.lists(
    st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=4, max_size=30, unique=True
)


def usable(pairs) -> bool:
    start, end = np.array(pairs).T
    if min(np.ptp(start), np.ptp(end)) < 0.1:
        return False
    return abs(np.corrcoef(start, end)[0, 1]) < 0.999


@given(VALUES.filter(usable))
def test_t2_follows_from_pitman_morgan(pairs):
    """T2 = -(N - 2.5) ln(1 - r^2), because both measure the same correlation."""
    found = spread_tests(*np.array(pairs).T)
    r, n = found.pitman_morgan.statistic, found.n
    assert found.t2.statistic == pytest.approx(-(n - 2.5) * math.log(1 - r**2), rel=1e-6, abs=1e-9)


@given(VALUES.filter(usable))
def test_the_tests_are_their_formulas(pairs):
    start, end = np.array(pairs).T
    found = spread_tests(start, end)
    one, other, both = start.var(ddof=1), end.var(ddof=1), np.cov(start, end)[0, 1]
    n = len(start)
    assert found.sd_initial == pytest.approx(math.sqrt(one))
    assert found.sd_final == pytest.approx(math.sqrt(other))
    assert found.t1.statistic == pytest.approx(one / other)
    t2 = (n - 2.5) * math.log(1 + (one - other) ** 2 / (4 * (one * other - both**2)))
    assert found.t2.statistic == pytest.approx(t2, rel=1e-6, abs=1e-9)
    pi = stats.linregress(start, end).slope
    if abs(pi) < 1:
        t3 = math.sqrt(n) * (one / other - 1) / (2 * math.sqrt(1 - pi**2))
        assert found.t3.statistic == pytest.approx(t3, rel=1e-6, abs=1e-9)
        assert found.t3.p_value == pytest.approx(2 * stats.norm.sf(abs(t3)), rel=1e-6)
    r = stats.pearsonr(start + end, start - end)
    assert found.pitman_morgan.statistic == pytest.approx(r.statistic, abs=1e-9)
    t = r.statistic * math.sqrt((n - 2) / (1 - r.statistic**2))
    assert found.pitman_morgan.p_value == pytest.approx(2 * stats.t.sf(abs(t), n - 2), abs=1e-6)


@given(VALUES.filter(usable), st.sampled_from([0.5, 0.9, 0.95, 0.99]))
def test_the_interval_leaves_out_1_where_the_test_rejects(pairs, level):
    start, end = np.array(pairs).T
    ratio = spread_ratio(start, end, level)
    p = spread_tests(start, end).pitman_morgan.p_value
    if abs(p - (1 - level)) > 1e-6:
        assert (ratio.low > 1 or ratio.high < 1) == (p < 1 - level)
    assert (ratio.kind, ratio.level) == ("model_ci", level)
    assert ratio.estimate == pytest.approx(end.std(ddof=1) / start.std(ddof=1))
    assert ratio.low <= ratio.estimate <= ratio.high


@given(VALUES.filter(usable))
def test_every_end_of_the_interval_is_a_ratio_that_is_just_rejected(pairs):
    start, end = np.array(pairs).T
    ratio = spread_ratio(start, end, 0.9)
    for bound in (ratio.low, ratio.high):
        at_bound = spread_tests(start, end / bound).pitman_morgan
        assert at_bound.p_value == pytest.approx(0.1, abs=1e-4)


@given(VALUES.filter(usable), st.floats(0.1, 10), st.floats(-100, 100))
def test_scale_and_place_do_not_matter(pairs, factor, shift):
    start, end = np.array(pairs).T
    found, moved = spread_tests(start, end), spread_tests(factor * start + shift, factor * end)
    for name in ("t1", "t2", "pitman_morgan"):
        one, other = getattr(found, name), getattr(moved, name)
        assert other.statistic == pytest.approx(one.statistic, rel=1e-5, abs=1e-6)
        assert other.p_value == pytest.approx(one.p_value, rel=1e-4, abs=1e-6)


@given(VALUES.filter(usable))
def test_swapping_the_dates_turns_every_sign(pairs):
    start, end = np.array(pairs).T
    found, turned = spread_tests(start, end), spread_tests(end, start)
    assert turned.pitman_morgan.statistic == pytest.approx(-found.pitman_morgan.statistic, abs=1e-9)
    assert turned.t1.statistic == pytest.approx(1 / found.t1.statistic)
    assert turned.t1.p_value == pytest.approx(found.t1.p_value)
    assert turned.t2.statistic == pytest.approx(found.t2.statistic, rel=1e-6, abs=1e-9)
    ratio, inverse = spread_ratio(start, end), spread_ratio(end, start)
    assert inverse.low == pytest.approx(1 / ratio.high)


@given(VALUES.filter(usable))
def test_levels_are_logged_inside(pairs):
    start, end = np.array(pairs).T
    assert sigma_convergence(np.exp(start), np.exp(end)).pitman_morgan.statistic == pytest.approx(
        spread_tests(start, end).pitman_morgan.statistic, abs=1e-9
    )


def test_nominal_rejections_under_no_change():
    """Exact for normal values: 5 % of draws with one variance, within 3 standard errors."""
    draws = np.random.default_rng(11).multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], (2000, 12))
    rejected = np.mean(
        [stats.pearsonr(d.sum(axis=1), d[:, 0] - d[:, 1]).pvalue < 0.05 for d in draws]
    )
    inside = [ratio_bounds(*_moments(d), 12) for d in draws]
    outside = np.mean([not low <= 1 <= high for low, high in inside])
    assert rejected == outside == pytest.approx(0.05, abs=3 * math.sqrt(0.05 * 0.95 / 2000))


def _moments(draw) -> tuple[float, float, float]:
    cov = np.cov(draw.T)
    return cov[0, 0], cov[1, 1], cov[0, 1]


# What is undefined is said


def test_t3_is_undefined_where_the_slope_is_1_or_more():
    found = spread_tests([0, 1, 2, 3], [0, 2, 3, 6])
    assert (found.t3.statistic, found.t3.p_value) == (None, None)
    assert found.t3.undefined == "pi = 1.900; T3 needs a slope between -1 and 1"
    falling = spread_tests([0, 1, 2, 3], [6, 3, 2, 0])
    assert falling.t3.undefined == "pi = -1.900; T3 needs a slope between -1 and 1"
    assert spread_tests([0, 1, 2, 3], [0, 0.4, 1.2, 1.4]).t3.undefined == ""


@pytest.mark.parametrize(
    "final", [[1.0, 2, 4, 8], [2.0, 4, 8, 16], [1.0, 1.5, 2.5, 4.5], [8.0, 7, 5, 1]]
)
def test_an_exact_line_has_no_test_of_its_scatter(final):
    found = spread_tests([1, 2, 4, 8], final)
    for test in (found.t2, found.pitman_morgan, found.spearman):
        assert test.statistic is None
        assert test.p_value is None
        assert test.undefined.startswith("the second date is an exact straight line of the first")


def test_a_large_mean_does_not_drown_the_differences():
    rng = np.random.default_rng(3)
    start, change = rng.normal(size=20), rng.normal(size=20) / 10
    near = spread_tests(start, start + change).pitman_morgan.statistic
    far = spread_tests(start + 1e6, start + change + 1e6).pitman_morgan.statistic
    assert far == pytest.approx(near, abs=1e-6)


@pytest.mark.parametrize(
    ("initial", "final", "message"),
    [
        ([1, 2], [1, 3], "found 2 units; allowed: at least 3"),
        ([1, 2, 3], [1, 2], "found these lengths: initial 3, final 2"),
        (
            [1, 2, 0],
            [1, 2, 4],
            "initial has 1 of 3 values, the first 0.0 at position 2",
        ),
        ([1, 2, 3], [5, 5, 5], "final is 5.0 everywhere; allowed: values that differ"),
        (
            [1, 2, math.nan],
            [1, math.inf, 4],
            r"initial has .* nan .*\. final has .* inf at",
        ),
    ],
)
def test_input_that_is_none(initial, final, message):
    with pytest.raises(ValueError, match=message):
        sigma_convergence(initial, final)


def test_a_level_that_is_none():
    with pytest.raises(ValueError, match=r"level = 1\.5; allowed: above 0 and below 1"):
        spread_ratio([1, 2, 3], [1, 2, 4], 1.5)
