"""Drift, the time to a target, and what a forecast would have been worth in the past."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from indicators.forecast import drift_forecast, rolling_forecasts, time_to_target

# Graybill and Iyer (1994), as in the tests of R's package investr (test_calibrate.R).
THERMOSTAT = (
    [96, 98, 100, 102, 104, 106, 108, 110],
    [95.71, 98.16, 99.52, 102.09, 103.79, 106.18, 108.14, 110.21],
)
CHAMBER = (
    list(range(0, 101, 10)),
    [206.36, 225.52, 252.18, 289.33, 318.11, 349.49, 383.03, 410.70, 444.40, 469.14, 501.16],
)
CRYSTAL = (
    list(range(2, 29, 2)),
    [0.08, 1.12, 4.43, 4.98, 4.92, 7.18, 5.57, 8.40, 8.81, 10.81, 11.16, 10.12, 13.12, 15.04],
)
ARSENIC = [
    0.17, 0.25, 0.01, 0.12, 1.25, 0.86, 1.25, 1.1, 2.01, 2.03, 2.14, 1.74, 3.18, 2.99, 3.23, 3.37,
    3.91, 3.9, 3.61, 4.27, 4.88, 5.33, 4.96, 4.98, 6.09, 6.17, 6.07, 5.97, 6.67, 7.02, 7.14, 7.3,
]  # fmt: skip
SERIES = st.lists(st.floats(-50, 50), min_size=4, max_size=15).filter(
    lambda values: np.ptp(values) > 0.1
)
COLUMNS = ["mean", "low", "high"]


# The time to a target: published answers


@pytest.mark.parametrize(
    ("data", "target", "level", "kind", "answer", "digits"),
    [
        (THERMOSTAT, 104, 0.95, "observation", (103.995, 103.4, 104.6), (3, 1, 1)),
        (THERMOSTAT, 100, 0.90, "observation", (100.1, 99.63, 100.59), (1, 2, 2)),
        (CHAMBER, 400, 0.99, "mean", (66.5, 65.07, 68.03), (1, 2, 2)),
        (CRYSTAL, 5, 0.90, "mean", (9.93, 8.65, 11.05), (2, 2, 2)),
    ],
)
def test_answers_of_graybill_and_iyer(data, target, level, kind, answer, digits):
    # Origin: pages 431, 433 and 434, as rounded in the tests of investr.
    found = time_to_target(*data, target, level, kind)
    ends = (found.estimate, found.low, found.high)
    assert tuple(map(round, ends, digits)) == answer
    assert found.level == level
    assert found.kind == {"observation": "prediction_interval", "mean": "model_ci"}[kind]


@pytest.mark.parametrize(
    ("kind", "ends"), [("observation", (2.6035, 3.2587)), ("mean", (2.8724, 2.9898))]
)
def test_an_x_may_be_repeated(kind, ends):
    # Arsenic in water, Graybill and Iyer: four measurements of each of eight true amounts. Origin
    # of the intervals: the introduction of investr, calibrate(measured ~ actual, y0 = 3, level=0.9)
    found = time_to_target(np.repeat(range(8), 4), ARSENIC, 3, 0.9, kind)
    assert found.estimate == pytest.approx(2.9314, abs=5e-5)
    assert (found.low, found.high) == pytest.approx(ends, abs=5e-5)


@pytest.mark.parametrize("kind", ["observation", "mean"])
@pytest.mark.parametrize("target", [2.0, 8.0, 14.0])
def test_the_ends_are_where_the_band_meets_the_target(target, kind):
    """The interval is made by inverting the band that statsmodels draws around its line."""
    import statsmodels.api as sm

    x, y = CRYSTAL
    found = time_to_target(x, y, target, 0.9, kind)
    fit = sm.OLS(y, sm.add_constant(np.array(x, float))).fit()
    at = np.column_stack([np.ones(2), [found.low, found.high]])
    band = fit.get_prediction(at).summary_frame(alpha=0.1)
    side = {"observation": "obs", "mean": "mean"}[kind]
    assert band[f"{side}_ci_upper"].iloc[0] == pytest.approx(target)
    assert band[f"{side}_ci_lower"].iloc[1] == pytest.approx(target)


def test_without_a_slope_no_bound_is_finite():
    # By hand: slope 1 of three points with s^2 = 6, so that g = t^2 6 / (1 x 2) is far above 1.
    whole = time_to_target([0, 1, 2], [0, 4, 2], 2)
    assert (whole.low, whole.high) == (-math.inf, math.inf)
    assert whole.estimate == pytest.approx(1)
    # the set of 40 is two rays, which the same interval holds
    rays = time_to_target([0, 1, 2], [0, 4, 2], 40)
    assert (rays.low, rays.high, rays.kind) == (-math.inf, math.inf, "prediction_interval")
    assert not rays.low_closed
    assert not rays.high_closed


def test_a_level_line_reaches_nothing():
    found = time_to_target([0, 1, 2], [0, 1, 0], 5)
    assert (found.low, found.estimate, found.high) == (-math.inf, None, math.inf)


def test_the_bound_goes_where_g_passes_1():
    x, y = np.arange(6.0), np.array([0, 1.4, 1.6, 3.5, 3.4, 5.2])
    line = stats.linregress(x, y)
    edge = 2 * stats.t.cdf(abs(line.slope) / line.stderr, 4) - 1  # the level at which g is 1
    assert math.isfinite(time_to_target(x, y, 8, edge - 1e-6).high)
    assert time_to_target(x, y, 8, edge + 1e-6).high == math.inf


def test_points_on_a_line_leave_no_doubt():
    found = time_to_target([2014, 2015, 2016], [2.0, 1.9, 1.8], 1.5)
    assert found.low == pytest.approx(2019)
    assert found.high == pytest.approx(2019)


@given(
    noise=st.lists(st.floats(-1, 1), min_size=5, max_size=9),
    slope=st.sampled_from([-3.0, -0.5, 0.4, 2.0]),
    unit=st.sampled_from([-4.0, -0.1, 0.25, 10.0]),
    shift=st.floats(-100, 100),
    kind=st.sampled_from(["observation", "mean"]),
)
def test_units_and_origins_of_both_axes_do_not_matter(noise, slope, unit, shift, kind):
    x = np.arange(len(noise), dtype=float)
    y = slope * x + np.array(noise)
    assume(np.ptp(y) > 0.1)
    found = time_to_target(x, y, 1.0, 0.9, kind)
    assume(math.isfinite(found.low) and found.high - found.low < 1e4)
    ends = [found.low, found.estimate, found.high]
    moved = time_to_target(x, unit * y + shift, unit + shift, 0.9, kind)
    assert [moved.low, moved.estimate, moved.high] == pytest.approx(ends, rel=1e-6, abs=1e-6)
    # x in another unit, or counted backwards: the interval goes along
    turned = time_to_target(unit * x + shift, y, 1.0, 0.9, kind)
    images = sorted(unit * end + shift for end in (found.low, found.high))
    assert [turned.low, turned.high] == pytest.approx(images, rel=1e-6, abs=1e-6)
    # points in another order are the same points
    back = time_to_target(x[::-1], y[::-1], 1.0, 0.9, kind)
    assert [back.low, back.high] == pytest.approx([found.low, found.high], rel=1e-9, abs=1e-9)


@given(level=st.sampled_from([0.5, 0.8, 0.95]), target=st.floats(0, 20))
def test_a_higher_level_and_a_new_observation_widen(level, target):
    mean, new = (time_to_target(*CRYSTAL, target, level, kind) for kind in ("mean", "observation"))
    surer = time_to_target(*CRYSTAL, target, level + 0.03, "mean")
    assert new.low < mean.low <= mean.estimate <= mean.high < new.high
    assert surer.low < mean.low
    assert surer.high > mean.high


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1, 2], [1, 2], 1), "found 2 units; allowed: at least 3"),
        (([1, 2, 3], [1, 2], 1), "found these lengths: x 3, y 2; allowed: one length"),
        (([1, 1, 1], [1, 2, 3], 1), r"x is 1.0 everywhere; allowed: values that differ"),
        (([1, 2, 3], [2, 2, 2], 1), r"y is 2.0 everywhere; allowed: values that differ"),
        (([1, 2, math.nan], [1, 2, 4], 1), "x has 1 of 3 values, the first nan at position 2"),
        (([1, 2, 3], [1, 2, "4"], 1), "y has 1 of 3 values that are no numbers"),
        (([1, 2, 3], [1, 2, 4], math.inf), "target = inf; allowed: a finite number"),
        (([1, 2, 3], [1, 2, 4], 1, 95), "level = 95; allowed: above 0 and below 1"),
        (([1, 2, 3], [1, 2, 4], 1, 0.9, "median"), "kind = 'median'.*; allowed: observation, mean"),
    ],
)
def test_what_no_line_can_be_fitted_to(arguments, message):
    with pytest.raises(ValueError, match=message):
        time_to_target(*arguments)


def test_all_faults_of_a_target_are_told_at_once():
    with pytest.raises(ValueError, match="y 2") as caught:
        time_to_target([1, 2, 3], [1, 2], "soon", 2, "sum")
    assert all(word in str(caught.value) for word in ("target = 'soon'", "level = 2", "kind ="))


# Drift


def test_drift_by_hand():
    # Steps 1 and 2 of 1, 2, 4: mean 1.5, s = sqrt(0.5), t of one degree of freedom 12.7062.
    found = drift_forecast([1.0, 2.0, 4.0], 3)
    assert found["mean"].tolist() == pytest.approx([5.5, 7.0, 8.5])
    half = [12.7062047 * math.sqrt(0.5 * h * (1 + h / 2)) for h in (1, 2, 3)]
    assert (found["high"] - found["mean"]).tolist() == pytest.approx(half)
    assert (found["mean"] - found["low"]).tolist() == pytest.approx(half)
    assert set(found["kind"]) == {"prediction_interval"}
    assert found["step"].tolist() == [1, 2, 3]


def test_the_width_that_the_methods_of_the_book_give():
    # Origin: METHODS of the book: four points, three steps ahead: +-0.061 on its placeholder data
    # says the same as s t(2) sqrt(3 (1 + 3/3)) of the steps.
    series = [1.80, 1.77, 1.75, 1.71]
    steps = np.diff(series)
    half = steps.std(ddof=1) * stats.t.ppf(0.975, 2) * math.sqrt(3 * (1 + 3 / 3))
    assert drift_forecast(series, 3)["high"].iloc[2] == pytest.approx(1.71 + 3 * -0.03 + half)


@given(series=SERIES, horizon=st.integers(1, 6))
def test_drift_is_least_squares_of_the_steps(series, horizon):
    """The step has a mean with an error, as R's rwf computes it from lm(y - ylag ~ 1)."""
    import statsmodels.api as sm

    steps = np.diff(series)
    assume(np.ptp(steps) > 1e-3)
    fit = sm.OLS(steps, np.ones(len(steps))).fit()
    found = drift_forecast(series, horizon, 0.9).iloc[-1]
    error = math.sqrt(fit.scale * horizon + (horizon * fit.bse[0]) ** 2)
    assert found["mean"] == pytest.approx(series[-1] + horizon * fit.params[0], abs=1e-9)
    assert (found["high"] - found["low"]) / 2 == pytest.approx(
        stats.t.ppf(0.95, len(steps) - 1) * error, rel=1e-6
    )


@given(series=SERIES, unit=st.sampled_from([0.01, 3.0]), shift=st.floats(-20, 20))
def test_unit_origin_and_sign_of_a_series_go_along(series, unit, shift):
    values = np.array(series)
    found = drift_forecast(values, 2)[COLUMNS].to_numpy()
    moved = drift_forecast(unit * values + shift, 2)[COLUMNS].to_numpy()
    assert moved == pytest.approx(unit * found + shift, abs=1e-6)
    mirrored = drift_forecast(-values, 2)[["mean", "high", "low"]].to_numpy()
    assert mirrored == pytest.approx(-found, abs=1e-9)


def test_even_steps_leave_no_doubt():
    found = drift_forecast([2.0, 4.0, 6.0, 8.0], 2)
    assert found[COLUMNS].to_numpy() == pytest.approx(np.array([[10.0] * 3, [12.0] * 3]))


@pytest.mark.filterwarnings("ignore")  # of statsmodels, on so few points
def test_statsmodels_is_narrower():
    # UnobservedComponents: maximum likelihood, no error of the drift, normal quantile.
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    series = pd.Series([1.86, 1.83, 1.81, 1.75], pd.period_range("2018", periods=4, freq="Y"))
    fit = UnobservedComponents(series, "rwdrift").fit(disp=False)
    theirs = fit.get_forecast(3).conf_int(alpha=0.05).iloc[-1]
    ours = drift_forecast(series, 3).iloc[-1]
    assert fit.get_forecast(3).predicted_mean.iloc[-1] == pytest.approx(ours["mean"], abs=1e-3)
    assert (ours["high"] - ours["low"]) / (theirs.iloc[1] - theirs.iloc[0]) > 2


YEARS = [2014, 2015, 2016, 2017]


@pytest.mark.parametrize(
    ("series", "others", "message"),
    [
        ([1.0, 2.0], {}, "found 2 units; allowed: at least 3"),
        ([1.0, math.inf, 2.0], {}, "series has 1 of 3 values, the first inf at position 1"),
        ([1.0, None, 2.0], {}, "series has 1 of 3 values, the first nan at position 1"),
        (["1", "2", "3"], {}, "3 of 3 values that are no numbers, the first '1' at position 0"),
        ([[1.0, 2.0, 3.0]], {}, "series has 2 dimensions; allowed: 1"),
        ([1.5, 1.5, 1.5], {}, "series is 1.5 everywhere; allowed: values that differ"),
        ([1.0, 2.0, 4.0], {"horizon": 0}, "horizon = 0; allowed: a whole number from 1 up"),
        ([1.0, 2.0, 4.0], {"horizon": 1.5}, "horizon = 1.5; allowed"),
        ([1.0, 2.0, 4.0], {"level": 1}, "level = 1; allowed: above 0 and below 1"),
        (pd.Series([1.0, 2, 4, 5], [2014, 2015, 2017, 2018]), {}, "series has 2015 before 2017"),
        (pd.Series([1.0, 2, 4, 5], [2014, 2015, 2015, 2016]), {}, "series has 2015 before 2015"),
        (pd.Series([1.0, 2, 4, 5], YEARS[::-1]), {}, "series has 2017 before 2016; allowed: whole"),
        (pd.Series([1.0, 2, 4, 5], list(map(str, YEARS))), {}, "series is indexed by str"),
        (pd.Series([1.0, 2, 4, 5], pd.PeriodIndex(["2014", "2015", "2017", "2018"], freq="Y")),
         {}, "series has 2015 before 2017"),
    ],
)  # fmt: skip
def test_what_has_no_drift(series, others, message):
    with pytest.raises(ValueError, match=message):
        drift_forecast(series, **{"horizon": 1} | others)


@pytest.mark.parametrize("index", [YEARS, pd.period_range("2014", periods=4, freq="Y")])
def test_years_and_periods_may_name_the_values(index):
    named = drift_forecast(pd.Series([1.0, 2, 4, 5], index), 2)
    pd.testing.assert_frame_equal(named, drift_forecast([1.0, 2, 4, 5], 2))


# The past


def test_the_past_by_hand():
    # 0, 1, 3, 4, 8: from the first three values 4.5, from the first four 16/3.
    past = rolling_forecasts([0.0, 1.0, 3.0, 4.0, 8.0])
    assert past.table["mean"].tolist() == pytest.approx([4.5, 16 / 3])
    assert past.table["error"].tolist() == pytest.approx([-0.5, 8 / 3])
    # mean absolute steps before: 3/2 and 4/3
    assert past.table["scaled_error"].tolist() == pytest.approx([1 / 3, 2.0])
    assert past.mase == pytest.approx((1 / 3 + 2) / 2)
    # the half-widths are t s sqrt(1.5) and t s sqrt(4/3): 11.0 and 2.87
    assert past.table["hit"].tolist() == [True, True]
    assert (past.n, past.hits, past.coverage) == (2, 2, 1.0)


@given(series=SERIES)
def test_no_later_value_enters_a_forecast(series):
    first = 3
    assume(np.ptp(series[:first]) > 0.1)
    past = rolling_forecasts(series, level=0.8).table
    for row in past.itertuples():
        alone = drift_forecast(series[: row.used], 1, 0.8).iloc[0]
        assert [row.mean, row.low, row.high] == alone[COLUMNS].tolist()
        assert row.actual == series[row.used]
        assert row.hit == (alone["low"] <= row.actual <= alone["high"])
    assert past["used"].tolist() == list(range(first, len(series)))


@given(series=SERIES, unit=st.sampled_from([0.5, -2.0, 100.0]))
def test_the_scaled_error_has_no_unit(series, unit):
    assume(np.ptp(series[:3]) > 0.1)
    past = rolling_forecasts(series)
    moved = rolling_forecasts(unit * np.array(series))
    assert moved.mase == pytest.approx(past.mase, rel=1e-6)


def test_intervals_of_a_random_walk_hold_as_often_as_they_say():
    # 400 forecasts: the standard error of a share of 0.8 is 0.02
    steps = np.random.default_rng(11).normal(size=(40, 21))
    hits = [rolling_forecasts(walk.cumsum(), first=11, level=0.8).hits for walk in steps]
    assert sum(hits) / 400 == pytest.approx(0.8, abs=0.06)


def test_the_past_begins_where_the_series_has_moved():
    assert rolling_forecasts([1.0, 1.0, 1.0, 1.0, 5.0, 6.0]).table["used"].tolist() == [5]


def test_labels_name_the_origin_and_the_year():
    past = rolling_forecasts(pd.Series([0.0, 1, 3, 4, 8], range(2020, 2025)))
    assert past.table["origin"].tolist() == [2022, 2023]
    assert past.table["time"].tolist() == [2023, 2024]


@pytest.mark.parametrize(
    ("series", "others", "message"),
    [
        ([1.0, 2.0, 4.0], {}, "found 3 units; allowed: at least 4"),
        ([1.0, 2.0, 4.0, 5.0], {"first": 4}, "first = 4 of 4 values; allowed: at least one is"),
        ([1.0, 2.0, 4.0, 5.0], {"first": 2}, "first = 2; allowed: a whole number from 3 up"),
        ([1.0, 2.0, 4.0, 5.0], {"method": "drif"}, r"method = 'drif' \(nearest: drift\); allowed"),
        ([1.0, 1.0, 1.0, 5.0], {"first": 3}, "at the origin 2: series is 1.0 everywhere"),
        ([1.0, 1.0, 1.0, 5.0], {}, "first = 4 of 4 values; allowed: at least one is left"),
    ],
)
def test_what_has_no_past(series, others, message):
    with pytest.raises(ValueError, match=message):
        rolling_forecasts(series, **others)
