"""The log-t test: panels whose slope is known, least squares of statsmodels, a published club."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from factor_panels import exact_panel, factor_panel
from hypothesis import given
from hypothesis import strategies as st

from indicators.convergence import CRITICAL_T, log_t_test, transition_paths
from indicators.convergence.log_t import long_run_variance

PANELS = st.builds(
    factor_panel,
    st.lists(st.floats(0.7, 1.3), min_size=2, max_size=12),
    st.floats(-0.2, 1.0),
    st.integers(8, 40),
    st.integers(0, 1000),
)
TRIMS = st.sampled_from([0.2, 0.25, 0.3, 1 / 3, 0.4])

# HP(400) trends of log GDP per head, Congo (Dem. Rep.) and Liberia, 1970 to 2003: the data of
# Phillips and Sul (2009) as filteredGDP.txt of the R package ConvergenceClubs 2.2.5 has them,
# rounded to six decimals. They are the last club that is published for the 152 countries.
CONGO = """
7.338547 7.309830 7.280912 7.251587 7.221651 7.191116 7.160187 7.129152 7.098154 7.067168 7.036017
7.004505 6.972478 6.939772 6.905884 6.870202 6.832014 6.790584 6.745334 6.695872 6.642023 6.583838
6.521962 6.457567 6.391875 6.325790 6.259991 6.194869 6.130644 6.067483 6.005585 5.945017 5.885543
5.826693
"""
LIBERIA = """
7.685206 7.665807 7.646174 7.625962 7.604730 7.582126 7.557799 7.530895 7.500249 7.464390 7.421775
7.370906 7.310315 7.238763 7.155506 7.060158 6.953001 6.835160 6.708684 6.576695 6.443540 6.314290
6.193691 6.086464 5.996412 5.925587 5.873910 5.839338 5.818218 5.806814 5.801646 5.799750 5.799051
5.798446
"""


def spread(panel) -> np.ndarray:
    values = np.asarray(panel, float)
    return ((values / values.mean(axis=0) - 1) ** 2).mean(axis=0)


def test_a_published_club_of_two():
    """Beta -0.470, standard error 0.842, t -0.559: Sichera and Pizzuto (2019), Du (2017)."""
    found = log_t_test([[float(x) for x in text.split()] for text in (CONGO, LIBERIA)])
    assert found.coef == pytest.approx(-0.470, abs=0.0005)
    assert found.std_error == pytest.approx(0.842, abs=0.0005)
    assert found.t == pytest.approx(-0.559, abs=0.0005)
    assert (found.discarded, found.units, len(found.years)) == (11, 2, 23)
    assert not found.rejected


@pytest.mark.parametrize("alpha", [-0.5, 0.0, 0.25, 1.0])
@pytest.mark.parametrize("trim", [0.2, 1 / 3])
def test_the_slope_is_twice_the_speed(alpha, trim):
    """By construction of the panel: log(H_1 / H_t) - 2 log log t = constant + 2 alpha log t."""
    found = log_t_test(exact_panel(alpha, 30), trim)
    assert found.coef == pytest.approx(2 * alpha, abs=1e-9)
    assert found.std_error < 1e-9
    if alpha:
        assert found.rejected == (alpha < 0)


@given(PANELS, TRIMS)
def test_the_slope_is_that_of_least_squares(panel, trim):
    found = log_t_test(panel, trim)
    years = panel.shape[1]
    t = np.arange(1, years + 1)[found.discarded :]
    h = spread(panel)
    y = np.log(h[0] / h[found.discarded :]) - 2 * np.log(np.log(t))
    ols = sm.OLS(y, sm.add_constant(np.log(t))).fit()
    assert found.coef == pytest.approx(ols.params[1], rel=1e-7, abs=1e-9)
    wanted = math.sqrt(ols.normalized_cov_params[1, 1] * summed_long_run_variance(ols.resid))
    assert found.std_error == pytest.approx(wanted, rel=1e-6)
    assert found.t == pytest.approx(found.coef / found.std_error)
    assert found.rejected == (found.t <= CRITICAL_T)
    assert found.years == tuple(panel.columns[found.discarded :])
    assert found.discarded == round(trim * years)


def summed_long_run_variance(u) -> float:
    """The formula of Andrews (1991) term by term, in the authors' way of counting."""
    n = len(u)
    rho = sum(u[i] * u[i + 1] for i in range(n - 1)) / sum(u[i] ** 2 for i in range(n - 1))
    bandwidth = 1.3221 * (n * 4 * rho**2 / (1 - rho) ** 4) ** (1 / 5)
    total = sum(x**2 for x in u)
    for lag in range(1, n - 1):
        z = 6 * math.pi * lag / bandwidth / 5
        weight = 3 / z**2 * (math.sin(z) / z - math.cos(z))
        total += 2 * weight * sum(u[i] * u[i + lag] for i in range(n - 1 - lag))
    return total / (n - 1)


def test_without_autocorrelation_it_is_the_variance():
    """The bandwidth is 0, so that no lag counts."""
    u = np.array([1.0, 0, -1, 0, 1, 0, -1, 0])
    assert long_run_variance(u[None])[0] == pytest.approx((u @ u) / (len(u) - 1))


def test_with_autocorrelation_of_one_every_lag_counts_in_full():
    """The bandwidth is infinite: the square of the sum of all but the last, and the last one's."""
    u = np.array([3.0, 3, 3, 3, 3])
    assert long_run_variance(u[None])[0] == pytest.approx((12**2 + 3**2) / 4)


def test_the_kernel_has_no_jump_where_its_formula_changes():
    """rho near 1 leads to small arguments of the kernel, where the series takes over."""
    u = 1 + np.linspace(0, 1, 12)[None] * np.array([[1e-3], [1.001e-3], [5e-4], [2e-4], [1e-4]])
    found = long_run_variance(u)
    full = (u[:, :-1].sum(axis=1) ** 2 + u[:, -1] ** 2) / 11
    assert found == pytest.approx(full, rel=1e-3)


# Invariances


@given(PANELS, TRIMS, st.randoms())
def test_the_order_and_the_names_of_units_do_not_matter(panel, trim, random):
    mixed = panel.sample(frac=1, random_state=random.randrange(1000))
    mixed.index = [f"other {number}" for number in range(len(mixed))]
    assert_same(log_t_test(mixed, trim), log_t_test(panel, trim))


@given(PANELS, TRIMS, st.sampled_from([-3.0, 0.5, 7.0, 1000.0]))
def test_the_unit_of_the_log_levels_does_not_matter(panel, trim, factor):
    assert_same(log_t_test(panel * factor, trim), log_t_test(panel, trim))


@given(PANELS, TRIMS)
def test_each_unit_twice_is_the_same_spread(panel, trim):
    twice = log_t_test(np.vstack([panel, panel]), trim)
    assert_same(twice, log_t_test(panel, trim))
    assert twice.units == 2 * len(panel)


@given(PANELS, TRIMS, st.sampled_from([-100.0, 2.0, 20.0]))
def test_a_constant_added_to_the_log_levels_changes_h_by_the_formula(panel, trim, constant):
    """h - 1 shrinks by m / (m + c), so log(H_1 / H_t) moves by twice the change of its log."""
    found, moved = log_t_test(panel, trim), log_t_test(panel + constant, trim)
    mean = panel.mean().to_numpy()
    share = mean / (mean + constant)
    paths, others = transition_paths(panel), transition_paths(panel + constant)
    assert np.allclose(others - 1, (paths - 1) * share, atol=1e-12)
    change = 2 * np.log(share[0] / share[found.discarded :])
    log_t = np.log(np.arange(found.discarded + 1, len(mean) + 1))
    assert moved.coef - found.coef == pytest.approx(np.polyfit(log_t, change, 1)[0], abs=1e-7)


@given(PANELS, TRIMS, st.floats(1.01, 3))
def test_a_proportional_growth_of_all_does_not_matter(panel, trim, factor):
    """h divides by the mean of its year."""
    growing = panel * factor ** np.arange(panel.shape[1])
    assert_same(log_t_test(growing, trim), log_t_test(panel, trim))


@given(PANELS, TRIMS)
def test_of_the_discarded_years_only_the_first_enters(panel, trim):
    found = log_t_test(panel, trim)
    other = panel.copy()
    other.iloc[:, 1 : found.discarded] *= np.linspace(1, 1.3, len(panel))[:, None]
    assert_same(log_t_test(other, trim), found)
    # and the first one only as a constant, which log(H_1) is
    other.iloc[:, 0] *= np.linspace(1, 1.3, len(panel))
    assert_same(log_t_test(other, trim), found)


@given(PANELS, TRIMS)
def test_the_calendar_does_not_matter(panel, trim):
    years = list(panel.columns)
    for columns in (range(101, 101 + len(years)), map("Y{}".format, years), map(str, years)):
        assert_same(log_t_test(panel.set_axis(columns, axis=1), trim), log_t_test(panel, trim))


def assert_same(found, other) -> None:
    assert found.coef == pytest.approx(other.coef, rel=1e-6, abs=1e-8)
    assert found.std_error == pytest.approx(other.std_error, rel=1e-6)


# What is given


def test_arrays_lists_and_frames_hold_the_same_panel():
    panel = factor_panel([1, 1, 0.9], 0.5, 12, 1)
    periods = panel.set_axis(pd.period_range("1990", periods=12, freq="Y"), axis=1)
    nullable, objects = panel.astype("Float64"), panel.astype(object)
    for same in (panel.to_numpy(), panel.to_numpy().tolist(), periods, nullable, objects):
        found = log_t_test(same)
        assert (found.coef, found.t) == (log_t_test(panel).coef, log_t_test(panel).t)
    assert log_t_test(panel.to_numpy()).years == (5, 6, 7, 8, 9, 10, 11, 12)


def test_the_panel_is_left_as_it_is():
    panel = factor_panel([1, 1, 0.9], 0.5, 12, 1)
    before = panel.copy()
    log_t_test(panel)
    pd.testing.assert_frame_equal(panel, before)


def test_half_a_year_is_rounded_to_the_even_number():
    """As R does: 0.3 of 15 years are 4.5."""
    assert log_t_test(factor_panel([1, 0.9], 0.5, 15, 2), 0.3).discarded == 4


def test_paths_have_mean_one():
    panel = factor_panel([1, 1, 0.9], 0.5, 12, 1)
    paths = transition_paths(panel)
    assert np.allclose(paths.mean(), 1)
    assert paths.index.equals(panel.index)
    assert list(paths.columns) == list(panel.columns)


def changed(row, column, value):
    panel = factor_panel([1, 1, 0.9], 0.5, 12, 1)
    panel.iloc[row, column] = value
    return panel


GOOD = factor_panel([1, 1, 0.9], 0.5, 12, 1)
FAULTS = {
    "one dimension": ([8, 9, 10], "found 1 dimensions; allowed: 2, a table of numbers"),
    "a number": (8.0, "found 0 dimensions; allowed: 2"),
    "three dimensions": (np.ones((2, 3, 4)), "found 3 dimensions; allowed: 2"),
    "ragged": ([[8, 9], [8]], "found rows of several lengths; allowed: a table of numbers"),
    "text": (GOOD.astype(str), "column 1990 holds what is no number; allowed: a table of numbers"),
    "text in lists": ([["8", "9"], ["9", "8"]], "column 0 holds what is no number"),
    "names in a column": (
        GOOD.reset_index(names="unit"),
        r"column unit holds what is no number; allowed: .*\(their names in the index\)",
    ),
    "yes and no": (GOOD > 8, "column 1990 holds what is no number"),
    "missing": (
        changed(1, 3, math.nan),
        "found 1 of 36 values, the first nan at unit u1, year 1993; allowed: finite numbers",
    ),
    "missing, nullable": (changed(1, 3, math.nan).astype("Float64"), "the first nan at unit u1"),
    "infinite": (changed(2, 0, -math.inf), "the first -inf at unit u2, year 1990"),
    "one unit": (GOOD.iloc[:1], "found 1 units; allowed: at least 2"),
    "no unit": (GOOD.iloc[:0], "found 0 units; allowed: at least 2"),
    "four years": (
        GOOD.iloc[:, :3],
        "trim = 0.3333 discards 1 of 3 years; allowed: at least 1 discarded and at least 3 left",
    ),
    "no year": (GOOD.iloc[:, :0], "discards 0 of 0 years"),
    "a unit twice": (
        GOOD.set_axis(["a", "b", "a"]),
        "found units more than once: a; allowed: each unit once",
    ),
    "no name": (GOOD.set_axis(["a", None, "b"]), "found a unit without a name"),
    "a year twice": (
        GOOD.set_axis([1990, *range(1990, 2001)], axis=1),
        "found years 1990 then 1990; allowed: each year once, rising, without a gap",
    ),
    "falling": (GOOD.iloc[:, ::-1], "found years 1991 then 1990, 1992 then 1991, 1993 then 1992;"),
    "a gap": (GOOD.drop(columns=1995), "found years 1994 then 1996; allowed: each year once"),
    "no years": (GOOD.set_axis(list("abcdefghijkl"), axis=1), "found column a; allowed: years"),
    "years in rows": (GOOD.T, "found column u0; allowed: years, such as 2015 or Y2015"),
    "all the same": (np.full((3, 12), 8.0), "found no unit that changes over the years"),
    "no year differs": (np.outer([8.0, 9.0], np.ones(12)), "found no unit that changes"),
    "log ratios": (
        np.log(np.linspace(1.9, 1.6, 12)) * np.array([[1], [1.1], [0.9]]),
        r"found values between 0.423 and 0.706 only, as those of a log ratio are; "
        r"allowed: log levels \(feed ln income itself, not the log of a ratio\)",
    ),
    "around 0": (
        GOOD - GOOD.mean() + np.linspace(-2, 2, 3)[:, None],
        "found a mean over the units of .* in 1990; allowed: a mean farther from 0 than the spread",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_panel_that_is_none(name):
    panel, message = FAULTS[name]
    with pytest.raises(ValueError, match=message):
        log_t_test(panel)
    with pytest.raises(ValueError, match=message):
        transition_paths(panel)


EQUAL = {
    "equal in a year": (
        np.vstack([np.linspace(8, 9, 12), np.r_[np.linspace(7, 8, 11), 9]]),
        "units 0, 1 are equal in 12, or their mean is 0; allowed: differences in the first year",
    ),
    "equal but for rounding": (
        np.linspace(8, 9, 12) * np.array([[1], [1 + 1e-15], [1 - 1e-15], [1]]),
        "units 0, 1, 2 and 1 more are equal in 1, or their mean is 0",
    ),
}


@pytest.mark.parametrize("name", EQUAL)
def test_without_a_spread_there_is_no_test(name):
    panel, message = EQUAL[name]
    with pytest.raises(ValueError, match=message):
        log_t_test(panel)


def test_units_may_be_equal_in_a_year_that_does_not_enter():
    panel = factor_panel([1, 0.9, 0.8], 0.5, 30, 1)
    equal = panel.copy()
    equal.iloc[:, 4] = 8.0
    assert log_t_test(equal) == log_t_test(panel)


@pytest.mark.parametrize("trim", [0, 1, -0.1, 2, math.nan, math.inf, "a third", None, True])
def test_a_trim_that_is_none(trim):
    message = f"trim = {trim}; allowed: a number above 0 and below 1"
    with pytest.raises(ValueError, match=message):
        log_t_test(GOOD, trim)


@pytest.mark.parametrize(("trim", "discarded"), [(0.01, 0), (0.9, 11)])
def test_a_trim_that_leaves_too_little(trim, discarded):
    message = f"trim = {trim} discards {discarded} of 12 years; allowed: at least 1 discarded"
    with pytest.raises(ValueError, match=message):
        log_t_test(GOOD, trim)


def test_all_faults_are_told_together():
    panel = changed(0, 0, math.nan).set_axis(["a", "a", "b"]).drop(columns=1995)
    with pytest.raises(ValueError, match="trim = 3") as told:
        log_t_test(panel, 3)
    for fault in ("units more than once: a", "1994 then 1996", "1 of 33 values"):
        assert fault in str(told.value)
