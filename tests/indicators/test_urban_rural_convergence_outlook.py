"""Forecasts of the ratio and the year of a target: what may enter, and which gates open."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from indicators import tables
from indicators import urban_rural_convergence as convergence
from indicators.forecast import drift_forecast, time_to_target
from indicators.gates import require
from indicators.urban_rural_convergence import Choices
from indicators.urban_rural_convergence.points import Point, Points
from indicators.urban_rural_convergence.trend import (
    counted_ratios,
    damped_facts,
    drift_facts,
    successive_ratios,
    target_facts,
)

HANGZHOU, ZHEJIANG, CHINA = "330100", "330000", "100000"
FACTS = {
    "time_to_target_inference": target_facts,
    "drift_forecast": drift_facts,
    "damped_trend_forecast": damped_facts,
}


@pytest.fixture(scope="module")
def points(income_rows) -> dict[str, Points]:
    return {
        place: convergence.load_points(income_rows, Choices(place))
        for place in (HANGZHOU, ZHEJIANG, CHINA)
    }


def made_points(ratios: list[float], first: int = 2014, place: str = HANGZHOU) -> Points:
    """Points of a place whose ratios are all printed exactly; the other columns are blank."""
    cells = {"place_code": place, "main": True, "standing": "pair", "bound": "eq", "grade": "A",
             "evidence": "printed", "source_id": "nbs-income-2024"}  # fmt: skip
    years = range(first, first + len(ratios))
    rows = [
        cells | {"year": year, "estimate": ratio} for year, ratio in zip(years, ratios, strict=True)
    ]
    return Points(pd.DataFrame(rows, columns=list(Point._fields)))


def opened(points: Points, place: str) -> set[str]:
    choices = Choices(place)
    return {method for method, facts in FACTS.items() if require(method, **facts(points, choices))}


# What may enter


def test_a_run_ends_in_the_newest_year_and_has_no_gap(points):
    # Hangzhou prints 2014 to 2017, then 2021 and 2022: the longer run is the older one
    years = {
        place: [row.year for row in successive_ratios(table, Choices(place))]
        for place, table in points.items()
    }
    assert years[HANGZHOU] == [2021, 2022]
    assert years[ZHEJIANG] == list(range(2020, 2026))
    assert years[CHINA] == list(range(2014, 2025))


def test_claimed_and_derived_ratios_never_enter(income_rows):
    found = []
    for extra in ("both", "none"):
        choices = Choices(HANGZHOU, extra=extra)
        points = convergence.load_points(income_rows, choices)
        facts = convergence.gate_facts(points, choices)
        found.append({method: facts[method] for method in FACTS})
    assert found[0] == found[1]
    standings = {row.standing for row in counted_ratios(points, choices)}
    assert standings <= {"pair", "printed"}


def test_a_year_in_between_that_is_not_printed_breaks_the_run():
    whole = made_points([2.0 - 0.02 * step + 0.001 * (-1) ** step for step in range(9)])
    assert len(successive_ratios(whole, Choices(HANGZHOU))) == 9
    for column, value in (("standing", "derived"), ("standing", "claimed"), ("grade", "D"),
                          ("bound", "about")):  # fmt: skip
        marked = whole.table.copy()
        marked.loc[5, column] = value
        assert len(successive_ratios(Points(marked), Choices(HANGZHOU))) == 3, (column, value)
    assert opened(whole, HANGZHOU) == {"drift_forecast"}
    assert opened(Points(whole.table.drop(index=5)), HANGZHOU) == set()


# Gates on the tables as they are


def test_which_gates_open_today(points):
    found = {place: opened(own, place) for place, own in points.items()}
    assert found == {HANGZHOU: set(), ZHEJIANG: {"drift_forecast"}, CHINA: {"drift_forecast"}}


def test_what_the_boxes_say(points):
    facts = convergence.gate_facts(points[HANGZHOU], Choices(HANGZHOU))
    drift = require("drift_forecast", **facts["drift_forecast"])
    assert drift.found["en"] == "successive printed years: 2 (2021 to 2022)"
    assert drift.found["zh"] == "连续公布的年份：2个（2021—2022年）"
    damped = require("damped_trend_forecast", **facts["damped_trend_forecast"])
    assert damped.found["en"] == "successive printed years: 2; corrected AIC: not tried"
    assert require("drift_forecast", n=0, run=()).found["en"] == "no printed year"


def test_curvature_and_correlation_of_china_by_hand(points):
    """The squared term by orthogonal polynomials of eleven even years, and Durbin and Watson."""
    ratios = [row.estimate for row in counted_ratios(points[CHINA], Choices(CHINA))]
    x, y = np.arange(-5.0, 6.0), np.log(ratios)
    square = x**2 - 10  # orthogonal to 1 and x
    bend = (square @ y) / (square @ square)
    line = y.mean() + x * (x @ y) / (x @ x)
    variance = ((y - line - bend * square) ** 2).sum() / 8
    assert abs(bend) / math.sqrt(variance / (square @ square)) > stats.t.ppf(0.975, 8)
    rest = y - line
    # Savin and White (1977): the upper point for eleven years and one regressor
    assert (np.diff(rest) ** 2).sum() / (rest @ rest) < 1.324
    facts = convergence.gate_facts(points[CHINA], Choices(CHINA))["time_to_target_inference"]
    assert facts == {"n": 11, "curved": True, "correlated": True}


# Forecasts


def test_the_next_ratio_of_china_by_hand(points):
    # Printed incomes in yuan: 28,844 and 10,489 in 2014, 54,188 and 23,119 in 2024.
    first, last = 28844 / 10489, 54188 / 23119
    found = convergence.outlook(points[CHINA], Choices(CHINA))
    assert found["next_ratio"].estimate == pytest.approx(last * (last / first) ** (1 / 10))
    assert found["next_ratio"].kind == "prediction_interval"
    assert found["next_ratio"].level == 0.95
    assert found["next_ratio"].low > 0


def test_the_record_of_china_tells_that_its_pace_changed(points):
    found = convergence.outlook(points[CHINA], Choices(CHINA))
    record = found.record.iloc[0]
    assert record["forecasts_made"] == 8
    assert record["held_share"] == record["held_count"] / 8 < record["interval_level"]
    assert record["too_high"] > 4
    past = found.table[found.table["came"].notna()]
    assert past["year"].tolist() == list(range(2017, 2025))
    assert past["ahead"].eq(1).all()
    assert past["error"].to_numpy() == pytest.approx(
        100 * np.log(past["came"] / past["estimate"]), abs=1e-3
    )
    assert past["held"].sum() == record["held_count"]


def test_how_far_ahead_a_forecast_looks(points):
    table = convergence.outlook(points[CHINA], Choices(CHINA)).table
    assert table.loc[table["came"].isna(), "year"].tolist() == list(range(2025, 2030))
    short = convergence.outlook(points[CHINA], Choices(CHINA, horizon=2)).table
    assert short.loc[short["came"].isna(), "ahead"].tolist() == [1, 2]


def test_forecasts_are_derived_and_name_their_sources(points):
    for place in (ZHEJIANG, CHINA):
        found = convergence.outlook(points[place], Choices(place))
        for table in (found.table, found.record):
            assert set(table["evidence"]) == {"derived"}
            tables.sources(table["source_id"])
        assert set(found.table["kind"]) == {"prediction_interval"}


def test_a_damped_trend_where_its_gate_opens():
    random = np.random.default_rng(3)
    ratios = 1.6 + 0.9 * 0.93 ** np.arange(18) + random.normal(scale=0.01, size=18)
    table = made_points(ratios.tolist())
    assert damped_facts(table, Choices(HANGZHOU)) == {"n": 18, "fitted": True}
    found = convergence.outlook(table, Choices(HANGZHOU), damped=True)
    assert found.record["method"].tolist() == ["drift", "damped_trend"]
    assert found.record["forecasts_made"].tolist() == [15, 10]
    # the trend dies away, so that it falls less than the mean step
    last = found.table[found.table["year"].eq(found.table["year"].max())].set_index("method")
    assert last.loc["damped_trend", "estimate"] > last.loc["drift", "estimate"]


def test_a_fit_that_means_nothing_keeps_the_gate_shut():
    table = made_points([2.0] * 18)
    facts = damped_facts(table, Choices(HANGZHOU))
    assert facts == {"n": 18, "fitted": False}
    assert require("damped_trend_forecast", **facts).found["en"].endswith("no end of the search")


# The year of a target


def test_a_straight_line_opens_the_inference():
    noise = np.random.default_rng(8).normal(scale=0.002, size=12)
    logs = np.log(2.0) - 0.02 * np.arange(12) + noise
    table = made_points(np.exp(logs).tolist())
    assert "time_to_target_inference" in opened(table, HANGZHOU)
    choices = Choices(HANGZHOU, targets=[1.4, 1.5])
    found = convergence.target_years(table, choices).set_index("target")
    truth = 2014 + (math.log(2.0) - math.log(1.5)) / 0.02
    assert found.loc[1.5, "low"] < truth < found.loc[1.5, "high"]
    alone = time_to_target(range(2014, 2026), logs, math.log(1.5))
    assert found.loc[1.5, "estimate"] == pytest.approx(alone.estimate, abs=0.05)
    assert found.loc[1.4, "low"] > found.loc[1.5, "low"]
    assert set(found["kind"]) == {"prediction_interval"}


def test_a_series_without_a_slope_has_no_bound():
    waves = [2.0 + 0.05 * (-1) ** (step // 2) for step in range(12)]
    found = convergence.target_years(made_points(waves), Choices(HANGZHOU, targets=[1.5]))
    assert np.isinf(found[["low", "high"]].to_numpy()).all()


# What must not matter


def test_which_income_stands_on_top_does_not_matter(points):
    """The logarithm turns its sign with the fraction, and the forecast goes along."""
    logs = np.log([row.estimate for row in successive_ratios(points[CHINA], Choices(CHINA))])
    ours = np.exp(drift_forecast(logs, 3)[["low", "mean", "high"]].to_numpy())
    turned = 1 / np.exp(drift_forecast(-logs, 3)[["high", "mean", "low"]].to_numpy())
    assert turned == pytest.approx(ours)
