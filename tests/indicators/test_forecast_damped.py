"""Exponential smoothing with a damped trend."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from indicators.forecast import damped_trend_forecast, rolling_forecasts

# Annual oil production of Saudi Arabia, 1965-2013, million tonnes: `oil` of R's package fpp2.
OIL = [
    111.009134615, 130.828434066, 141.287087912, 154.227774725, 162.740865385, 192.166483516,
    240.799725275, 304.21739011, 384.004567308, 429.662156593, 359.316929945, 437.251854396,
    468.400789835, 424.435336538, 487.979429945, 509.828447802, 506.347252747, 340.184237416,
    240.258921039, 219.032787575, 172.07466324, 252.590092166, 221.07107741, 276.518773485,
    271.147951746, 342.618600452, 428.355835697, 442.39455335, 432.785148219, 437.249718628,
    437.209159929, 445.364098092, 453.195010427, 454.409641012, 422.378905779, 456.037121728,
    440.386604674, 425.194372519, 486.20517351, 500.429086073, 521.27590917, 508.947617045,
    488.888857729, 509.870574978, 456.722912348, 473.816602915, 525.950870565, 549.833807597,
    542.340469826,
]  # fmt: skip
# R: forecast::ets(oil, model = "AAN", damped = TRUE), kept among the results that statsmodels is
# tested against (fit_ets_results_nonseasonal.json): alpha, beta, phi, level, trend; forecasts.
R_PARAMETERS = [0.99989969, 0.11886985, 0.80000197, 36.46466837, 34.72584983]
R_FORECASTS = [545.35213563, 547.76044926, 549.68710489, 551.22843318]
R_VARIANCE = 2524.87915822
COLUMNS = ["mean", "low", "high"]


def test_forecasts_at_the_parameters_of_r():
    found = damped_trend_forecast(OIL, 4, parameters=R_PARAMETERS)
    assert found["mean"].tolist() == pytest.approx(R_FORECASTS, abs=0.002)


def test_intervals_are_the_closed_form_and_how_those_of_r_differ():
    # Hyndman et al. (2008), class 1: variance s2 (1 + sum c_j^2), c_j = alpha + beta (phi + ...).
    alpha, beta, phi, level, trend = R_PARAMETERS
    errors, states = [], (level, trend)
    for value in OIL:
        error = value - states[0] - phi * states[1]
        states = (states[0] + phi * states[1] + alpha * error, phi * states[1] + beta * error)
        errors.append(error)
    squares = float(np.square(errors).sum())
    damping = np.cumsum(phi ** np.arange(1, 5))
    spread = np.cumsum([1.0, *(alpha + beta * damping[:3]) ** 2])
    half = stats.norm.ppf(0.975) * np.sqrt(squares / len(OIL) * spread)
    found = damped_trend_forecast(OIL, 4, parameters=R_PARAMETERS)
    assert found["mean"].tolist() == pytest.approx(states[0] + damping * states[1])
    assert (found["high"] - found["mean"]).tolist() == pytest.approx(half.tolist())
    assert (found["mean"] - found["low"]).tolist() == pytest.approx(half.tolist())
    assert squares / (len(OIL) - 5) == pytest.approx(R_VARIANCE, rel=1e-6)


def test_the_free_fit_is_no_worse_than_that_of_r():
    """statsmodels finds a higher likelihood than R did: less than 1 % apart in the forecasts."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    series = pd.Series(OIL, pd.period_range("1965", periods=len(OIL), freq="Y"))
    model = ETSModel(series, error="add", trend="add", damped_trend=True)
    ours = damped_trend_forecast(OIL, 4)
    assert ours["mean"].tolist() == pytest.approx(R_FORECASTS, rel=0.015)
    # the one-step variance tells the likelihood: -n/2 ln(SSE), R's own constant
    squares = len(OIL) * ((ours["high"] - ours["mean"])[0] / stats.norm.ppf(0.975)) ** 2
    assert -0.5 * len(OIL) * math.log(squares) >= -284.64438385  # R's log-likelihood
    assert model.smooth(np.array(R_PARAMETERS)).llf < -258.8


def test_unit_and_origin_of_the_series_go_along():
    free = damped_trend_forecast(OIL, 3)[COLUMNS].to_numpy()
    for unit, shift in ((1e-4, 5.0), (1e5, -300.0), (-1.0, 0.0)):
        moved = damped_trend_forecast(unit * np.array(OIL) + shift, 3)[COLUMNS].to_numpy()
        images = unit * free + shift
        images = images[:, [0, 2, 1]] if unit < 0 else images
        assert moved == pytest.approx(images, rel=1e-3)


def test_given_parameters_need_few_values():
    """With phi near 1 and alpha and beta near 0, the trend goes on as it was given."""
    line = [0.0, 2.1, 3.9, 6.0]
    found = damped_trend_forecast(line, 2, parameters=[1e-9, 1e-10, 1 - 1e-9, -2.0, 2.0])
    assert found["mean"].tolist() == pytest.approx([8.0, 10.0], abs=1e-6)


def test_the_past_of_a_damped_trend():
    past = rolling_forecasts(OIL, "damped_trend", first=45)
    assert (past.n, past.method) == (4, "damped_trend")
    alone = damped_trend_forecast(OIL[:45], 1).iloc[0]
    assert past.table["mean"].iloc[0] == pytest.approx(alone["mean"])
    assert 0 < past.mase < 3


@pytest.mark.parametrize(
    ("series", "others", "message"),
    [
        # Origin: METHODS of the book: with 4 points the library runs silently, aicc = inf.
        (OIL[:4], {}, "found 4 units; allowed: at least 8"),
        (OIL[:7], {}, "found 7 units; allowed: at least 8"),
        ([3.0] * 20, {}, "series is 3.0 everywhere; allowed: values that differ"),
        ([*OIL[:19], math.nan], {}, "series has 1 of 20 values, the first nan at position 19"),
        (OIL, {"horizon": 0}, "horizon = 0; allowed: a whole number from 1 up"),
        (OIL, {"level": 0}, "level = 0; allowed: above 0 and below 1"),
        (OIL, {"parameters": [0.5, 0.1, 0.9]}, "found 3 parameters; allowed: alpha, beta, phi"),
        (OIL, {"parameters": [0.5, 0.6, 0.9, 1, 1]}, "beta = 0.6.*0 < beta < alpha"),
        (OIL, {"parameters": [0.5, 0.1, 1.0, 1, 1]}, "phi = 1.0; allowed: .*0 < phi < 1"),
        (OIL, {"parameters": [0.5, 0.1, "x", 1, 1]}, "parameters has 1 of 5 values that are no"),
        (
            [0.0, 1.0, 1.5],
            {"parameters": [0.5, 0.1, 0.5, -2, 4]},
            "mean squared error of 0; allowed",
        ),
    ],
)
def test_what_runs_into_nonsense_is_refused(series, others, message):
    with pytest.raises(ValueError, match=message):
        damped_trend_forecast(series, **{"horizon": 2} | others)


def test_an_answer_is_finite_and_comes_without_a_warning():
    random = np.random.default_rng(5)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for length in (8, 12, 16, 25):
            walk = random.normal(size=length).cumsum()
            found = damped_trend_forecast(walk, 3)[COLUMNS]
            assert np.isfinite(found.to_numpy()).all()
            assert (found["low"] < found["high"]).all()


def test_a_search_that_does_not_end_is_told(monkeypatch):
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    whole = ETSModel.fit
    monkeypatch.setattr(ETSModel, "fit", lambda self, **options: whole(self, maxiter=1, **options))
    with pytest.raises(ValueError, match="no end of the search for the highest likelihood from 3"):
        damped_trend_forecast(OIL, 2)
