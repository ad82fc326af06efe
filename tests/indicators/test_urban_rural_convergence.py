"""The chapter on urban-rural convergence: ratios in, paces, gaps and scenarios out.

Expected numbers are arithmetic on printed figures, which the comments name, or stand in METHODS A2
(computed there from the article's own 1.75 and 1.64). Levels in yuan: Hangzhou 44,632 and 23,555 in
2014, 74,700 and 42,692 in 2021, 77,043 and 45,183 in 2022; China 28,844 and 10,489 in 2014, 47,412
and 18,931 in 2021, 49,283 and 20,133 in 2022, 54,188 and 23,119 in 2024; Zhejiang 40,393 and 19,373
in 2014, 71,268 and 37,565 in 2022.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from indicators import urban_rural_convergence as convergence
from indicators.findings import Findings
from indicators.gates import require
from indicators.intervals import Interval, rounding_interval
from indicators.urban_rural_convergence import Choices

HANGZHOU, ZHEJIANG, CHINA, ZHOUSHAN = "330100", "330000", "100000", "330900"
EARLY, LATE = rounding_interval("1.75"), rounding_interval("1.64")


def ends(interval: Interval, digits: int = 2) -> tuple[float, ...]:
    return tuple(round(getattr(interval, end), digits) for end in ("low", "estimate", "high"))


@pytest.fixture(scope="module")
def points(income_rows) -> dict[str, pd.DataFrame]:
    places = (HANGZHOU, ZHEJIANG, CHINA, ZHOUSHAN)
    return {place: convergence.load_points(income_rows, Choices(place)) for place in places}


@pytest.fixture(scope="module")
def hangzhou(points) -> tuple[pd.DataFrame, Choices]:
    return points[HANGZHOU], Choices(HANGZHOU)


# Choices and windows


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("basis", "net", "basis = 'net'; allowed: integrated_survey, net_income_pre2013"),
        ("extra", "all", "extra = 'all'; allowed: both, derived, claimed, none"),
        ("measure", "gini", "measure = 'gini'; allowed: ratio, log_ratio, gap_share, yuan_gap"),
        ("form", "cubic", "form = 'cubic'; allowed: linear, log, gap_decay, all"),
        ("window", [2022, 2014], "allowed: two years, the earlier one first"),
        ("targets", [1.0], "allowed: ratios above 1"),
        ("targets", [], "allowed: ratios above 1, at least one"),
        ("horizon", 0, "horizon = 0; allowed: 1 year or more"),
        ("rounding", "up", "rounding = 'up'; allowed: half_up"),
    ],
)
def test_choices_are_checked(name, value, message):
    with pytest.raises(ValueError, match=message):
        Choices(HANGZHOU, **{name: value})


def test_windows_lie_between_printed_pairs(income_rows, points):
    assert convergence.page_window(points[HANGZHOU], Choices(HANGZHOU)) == (2014, 2022)
    assert convergence.claim_window(points[HANGZHOU], Choices(HANGZHOU)) == (2021, 2024)
    # 2025 rests on a source of grade D for China, and is a bare ratio for Zhejiang
    assert convergence.page_window(points[CHINA], Choices(CHINA)) == (2014, 2024)
    assert convergence.page_window(points[ZHEJIANG], Choices(ZHEJIANG)) == (2014, 2024)
    assert convergence.claim_window(points[CHINA], Choices(CHINA)) is None
    # Shaoxing 2025 is of grade D: its window ends in 2019
    shaoxing = Choices("330600")
    found = convergence.page_window(convergence.load_points(income_rows, shaoxing), shaoxing)
    assert found == (2015, 2019)


def test_a_chosen_window_needs_points_that_are_not_derived(points):
    chosen = {
        (2021, 2022): (2021, 2022), (2021, 2024): (2021, 2024), (2014, 2020): None,
        (2014, 2023): None,
    }  # fmt: skip
    for window, expected in chosen.items():
        choices = Choices(HANGZHOU, window=window)
        assert convergence.page_window(points[HANGZHOU], choices) == expected


def test_extra_points_are_left_out_on_demand(income_rows):
    def evidence_of(extra: str) -> set[str]:
        choices = Choices(HANGZHOU, extra=extra)
        return set(convergence.load_points(income_rows, choices).table["evidence"])

    assert {"claimed", "derived"} <= evidence_of("both")
    assert "derived" not in evidence_of("claimed")
    assert "claimed" not in evidence_of("derived")
    assert evidence_of("none") == {"printed", "copied"}
    printed = Choices(HANGZHOU, extra="none")
    points = convergence.load_points(income_rows, printed)
    assert convergence.claim_window(points, printed) is None


def test_segments_never_join_bases_or_scopes(hangzhou):
    series = convergence.ratio_series(*hangzhou)
    keys = series.groupby("segment")[["basis", "scope"]].nunique()
    assert keys.eq(1).all(axis=None)
    old = series[series["basis"].eq("net_income_pre2013")].set_index("year")["segment"]
    # 37511 to 39310 is +4.8 %, printed as 10.1 %: another scope under the same name
    assert old[2012] != old[2013]


# Pace


def test_pace_of_the_articles_two_ratios():
    # Origin: METHODS A2
    pace = convergence.ratio_pace(EARLY, LATE, 3, "log_ratio")
    assert ends(pace) == (-2.36, -2.16, -1.97)
    decay = convergence.ratio_pace(EARLY, LATE, 3, "gap_share")
    assert ends(-decay / 100, 4) == (0.0480, 0.0529, 0.0577)
    assert pace.kind == decay.kind == "rounding_interval"


def test_a_ratio_of_one_has_no_logarithm_of_its_excess():
    one = rounding_interval("1.0")
    with pytest.raises(ValueError, match="the ratio may be 1"):
        convergence.ratio_pace(EARLY, one, 3, "gap_share")


def test_hangzhou_beside_china_on_printed_levels(hangzhou):
    pace = convergence.relative_pace(*hangzhou)
    own, china = (44632 / 23555, 77043 / 45183), (28844 / 10489, 49283 / 20133)
    assert (pace["first_year"].estimate, pace["last_year"].estimate) == (2014, 2022)
    assert pace["log_ratio"].estimate == pytest.approx(100 * math.log(own[1] / own[0]) / 8)
    assert ends(pace["log_ratio"]) == (-1.32, -1.32, -1.32)
    found = convergence.difference(pace, CHINA)
    expected = {
        "ratio": ((own[1] - own[0]) - (china[1] - china[0])) / 8,
        "log_ratio": 100 * (math.log(own[1] / own[0]) - math.log(china[1] / china[0])) / 8,
        "gap_share": 100 / 8 * (math.log((own[1] - 1) / (own[0] - 1))
                                - math.log((china[1] - 1) / (china[0] - 1))),
        "yuan_gap": ((77043 - 45183 - 44632 + 23555) - (49283 - 20133 - 28844 + 10489)) / 8,
    }  # fmt: skip
    for name, value in expected.items():
        assert found[name].estimate == pytest.approx(value)
    # slower in the ratio and its logarithm, faster in the excess and, by a hair, in yuan
    assert [found[name].estimate < 0 for name in convergence.MEASURES] == [
        False, False, True, True,
    ]  # fmt: skip
    assert (found["faster"].estimate, found["measures"].estimate) == (2, 4)
    assert found["ratio_last"].estimate == pytest.approx(china[1])
    assert convergence.difference(pace, HANGZHOU) is None


def test_the_window_of_the_claim(hangzhou):
    pace = convergence.relative_pace(*hangzhou, (2021, 2024))
    own, china = (74700 / 42692, 1.64), (47412 / 18931, 54188 / 23119)
    found = convergence.difference(pace, CHINA)
    log = 100 * (math.log(own[1] / own[0]) - math.log(china[1] / china[0])) / 3
    assert found["log_ratio"].estimate == pytest.approx(log)
    assert found["log_ratio"].low < 0 < found["log_ratio"].high  # about the nation's
    # the incomes of 2024 are not printed
    assert "yuan_gap" not in pace.results
    assert (found["yuan_gap"].low, found["yuan_gap"].estimate) == (-math.inf, None)
    assert found["measures"].estimate == 3
    assert set(pace.table["evidence"]) == {"claimed"}


def test_differences_of_two_places_mirror(points):
    one = convergence.relative_pace(points[CHINA], Choices(CHINA))
    other = convergence.relative_pace(points[ZHEJIANG], Choices(ZHEJIANG))
    for name in convergence.MEASURES:
        first = convergence.difference(one, ZHEJIANG)[name]
        second = convergence.difference(other, CHINA)[name]
        assert ends(first, 9) == pytest.approx(ends(-second, 9))


def test_the_table_of_paces(hangzhou):
    table = convergence.pace_table(*hangzhou)
    assert list(dict.fromkeys(table["window"])) == ["2014-2022", "2021-2022", "2021-2024"]
    rows = table.set_index(["window", "compared", "place_code"])
    # 31,860 - 32,008, minus 29,150 - 28,481
    assert rows.loc[("2021-2022", "own_pace", HANGZHOU), "yuan_gap"] == -148
    assert rows.loc[("2021-2022", "difference", CHINA), "yuan_gap"] == -148 - (29150 - 28481)
    assert set(table.loc[table["window"].eq("2021-2024"), "evidence"]) == {"claimed"}


def test_windows_of_three_years_or_more(hangzhou, points):
    table = convergence.pace_windows(*hangzhou)
    assert (table["last_year"] - table["first_year"]).min() == 3
    assert set(table["compared_with"]) == {CHINA}
    claimed = table[table["last_year"].eq(2024)]
    assert set(claimed["evidence"]) == {"claimed"}
    assert "yuan_gap" not in set(claimed["measure"])
    assert "claimed" not in set(table.loc[table["last_year"].ne(2024), "evidence"])
    for row in table.itertuples():
        expected = "faster" if row.high < 0 else "slower" if row.low > 0 else "no_difference"
        assert row.closed == expected
    one = convergence.pace_windows(points[HANGZHOU], Choices(HANGZHOU, measure="ratio"))
    assert set(one["measure"]) == {"ratio"}
    assert set(convergence.pace_windows(points[CHINA], Choices(CHINA))["compared_with"]) == {
        ZHEJIANG
    }  # fmt: skip


# The gap in yuan


def test_threshold_of_the_articles_two_ratios():
    # Origin: METHODS A2: 0.75/0.64 - 1, and 0.745/0.645 to 0.755/0.635
    assert ends(convergence.widening_threshold(EARLY, LATE), 3) == (0.155, 0.172, 0.189)


def test_gap_threshold_from_printed_levels(hangzhou):
    gap = convergence.gap_threshold(*hangzhou)
    excess = 74700 / 42692 - 1
    assert gap["threshold"].estimate == pytest.approx(excess / 0.64 - 1)
    assert gap["threshold"].low == pytest.approx(excess / 0.645 - 1, abs=1e-4)
    assert gap["threshold_rural"].estimate == pytest.approx(42692 * excess / 0.64)
    assert gap["threshold_a_year"].estimate == pytest.approx((excess / 0.64) ** (1 / 3) - 1)
    assert (gap["gap_first"].estimate, gap["gap_last"].estimate) == (21077, 31860)


def test_the_yuan_gap_narrowed_in_hangzhou_in_2022_alone(points):
    # Origin: METHODS A2: 32,008 to 31,860, while Zhejiang's and China's widened
    found = {
        place: convergence.yuan_gaps(points[place], Choices(place)).set_index("period")
        for place in (HANGZHOU, ZHEJIANG, CHINA)
    }
    assert found[HANGZHOU].loc[["2021", "2022"], "gap"].tolist() == [32008, 31860]
    directions = {place: table.loc["2022", "gap_direction"] for place, table in found.items()}
    assert directions == {HANGZHOU: "narrowed", ZHEJIANG: "widened", CHINA: "widened"}
    for table in found.values():
        steps = table.iloc[1:]
        # the identity: the gap widens iff rural income grows faster than the threshold
        assert (steps["rural_growth"] > steps["threshold"]).tolist() == (
            steps["gap_change"].gt(0).tolist()
        )


def test_what_the_figure_of_the_gap_draws(hangzhou):
    table = convergence.gap_series(*hangzhou)
    assert set(table["series"]) == {"gap", "curve", "observed", "end"}
    assert table.loc[table["series"].eq("observed"), "year"].tolist() == [2022]
    assert table.loc[table["series"].eq("end"), "evidence"].tolist() == ["claimed"]
    # only the end has intervals, and so a kind
    assert table.loc[table["kind"].notna(), "series"].tolist() == ["end"]
    curve = table[table["series"].eq("curve")]
    assert curve["growth"].is_monotonic_increasing
    assert curve["growth"].iloc[0] == 0


# The race, the claim, scenarios


def test_growth_race(points, hangzhou):
    race = convergence.growth_race(*hangzhou).set_index("year")
    # only years that follow one another: 2014-2017 and 2021-2022
    assert race.index.tolist() == [2015, 2016, 2017, 2022]
    assert race.loc[2022, "rural_lead"] == pytest.approx(45183 / 42692 - 77043 / 74700, abs=1e-6)
    assert (race["low"] <= race["rural_lead"]).all()
    assert (race["rural_lead"] <= race["high"]).all()
    assert convergence.growth_race(points[ZHOUSHAN], Choices(ZHOUSHAN)).empty
    lead = convergence.largest_lead(race.reset_index())
    assert lead.kind == "rounding_interval"  # computed from printed incomes, so not exact
    assert lead.low <= lead.estimate <= lead.high
    assert lead.estimate == pytest.approx(100 * (45183 / 42692 - 77043 / 74700), abs=1e-4)


def test_two_routes_to_the_claim(income_rows, hangzhou):
    table = convergence.claim_routes(income_rows, *hangzhou).set_index(["route", "quantity"])
    both = table.loc["both_claimed"]
    # Origin: METHODS A2
    assert both.loc["log_ratio", ["low", "estimate", "high"]].round(2).tolist() == [
        -2.36, -2.16, -1.97,
    ]  # fmt: skip
    assert both.loc["half_life_gap", ["low", "estimate", "high"]].round(1).tolist() == [
        12.0, 13.1, 14.4,
    ]  # fmt: skip
    assert both.loc["half_life_log", ["low", "estimate", "high"]].round(1).tolist() == [
        15.5, 16.9, 18.6,
    ]  # fmt: skip
    assert both.loc["threshold", ["low", "estimate", "high"]].round(1).tolist() == [
        15.5, 17.2, 18.9,
    ]  # fmt: skip
    levels = table.loc["levels_to_claim"]
    # printed levels of 2021 take the rounding of 1.75 away
    assert (levels["high"] - levels["low"] < both["high"] - both["low"]).all()
    assert set(table["evidence"]) == {"claimed"}


def test_without_a_claim_there_are_no_routes(income_rows, points):
    with pytest.raises(ValueError, match="claims no ratio of 100000"):
        convergence.claim_routes(income_rows, points[CHINA], Choices(CHINA))


def test_years_to_the_targets():
    # Origin: METHODS A2: 1.60 after 1.1 (linear) or 1.2 (decay of R - 1), range 0.9-1.5;
    # 1.50 after 3.8 or 4.7, range 3.4-5.3
    single = {
        (target, form): convergence.years_to_target(EARLY, LATE, 3, target, (form,)).estimate
        for target in (1.6, 1.5) for form in ("linear", "gap_decay")
    }  # fmt: skip
    assert {key: round(value, 1) for key, value in single.items()} == {
        (1.6, "linear"): 1.1, (1.6, "gap_decay"): 1.2, (1.5, "linear"): 3.8,
        (1.5, "gap_decay"): 4.7,
    }  # fmt: skip
    for target, low, high in ((1.6, 0.9, 1.5), (1.5, 3.4, 5.3)):
        found = convergence.years_to_target(EARLY, LATE, 3, target)
        assert (round(found.low, 1), round(found.high, 1)) == (low, high)
        assert (found.kind, found.estimate) == ("scenario_range", None)


def test_a_target_behind_or_out_of_reach():
    assert convergence.years_to_target(EARLY, LATE, 3, 1.7).high == 0
    rising = convergence.years_to_target(LATE, EARLY, 3, 1.5)
    assert (rising.low, rising.high) == (math.inf, math.inf)
    assert convergence.half_life(LATE, EARLY, 3, "gap_decay").estimate == math.inf


def test_targets_of_a_page(points):
    assert convergence.page_targets(points[HANGZHOU], Choices(HANGZHOU)) == (1.6, 1.5)
    # China 2.344, Zhejiang 1.829, Zhoushan 1.609
    assert convergence.page_targets(points[CHINA], Choices(CHINA)) == (2.2, 2.1)
    assert convergence.page_targets(points[ZHEJIANG], Choices(ZHEJIANG)) == (1.7, 1.6)
    assert convergence.page_targets(points[ZHOUSHAN], Choices(ZHOUSHAN)) == (1.5, 1.4)
    chosen = Choices(HANGZHOU, targets=[1.5, 1.65])
    assert convergence.page_targets(points[HANGZHOU], chosen) == (1.65, 1.5)


def test_scenarios_of_a_page(hangzhou):
    found = convergence.scenarios(*hangzhou)
    own = (44632 / 23555, 77043 / 45183)
    years = math.log(2) / (math.log((own[0] - 1) / (own[1] - 1)) / 8)
    assert found["half_life_gap"].estimate == pytest.approx(years)
    assert found["target_1"].kind == "scenario_range"
    table = convergence.target_scenarios(*hangzhou)
    assert table.groupby("window").size().to_dict() == {"2014-2022": 6, "2021-2024": 6}
    assert set(table["kind"]) == {"scenario_range"}
    paths = convergence.scenario_paths(*hangzhou)
    start = paths[paths["series"].eq("path") & paths["year"].eq(2022)]
    assert start["estimate"].tolist() == pytest.approx([own[1]] * 3, abs=1e-6)
    assert set(paths.loc[paths["series"].eq("path"), "evidence"]) == {"derived"}


def test_paths_meet_their_targets(hangzhou):
    """A path stands at its target after the years that the table gives."""
    table = convergence.target_scenarios(*hangzhou)
    paths = convergence.scenario_paths(*hangzhou)
    paths = paths[paths["series"].eq("path")]
    for row in table.itertuples():
        path = paths[paths["window"].eq(row.window) & paths["form"].eq(f"{row.form}")]
        end = int(row.window[-4:])
        met = np.interp(end + row.estimate, path["year"], path["estimate"])
        assert met == pytest.approx(row.target, abs=0.002)


# Gates and facts


def test_the_claim_never_counts_towards_a_gate(income_rows):
    facts = []
    for extra in ("both", "none"):
        choices = Choices(HANGZHOU, extra=extra)
        facts.append(convergence.gate_facts(convergence.load_points(income_rows, choices), choices))
    for method in ("convergence_page", "trend_test", "time_to_target_inference"):
        assert facts[0][method] == facts[1][method]
    # 2014-2017, 2021 and 2022
    assert facts[0]["trend_test"] == {"n": 6}


def test_inference_on_targets_is_refused_everywhere_today(points):
    # Origin: METHODS A2: China fails on curvature and Durbin-Watson, Hangzhou on n
    found = {
        place: convergence.gate_facts(table, Choices(place))["time_to_target_inference"]
        for place, table in points.items()
    }
    assert found[CHINA] == {"n": 11, "curved": True, "correlated": True}
    assert found[HANGZHOU] == {"n": 6, "curved": None, "correlated": None}
    for facts in found.values():
        assert not require("time_to_target_inference", **facts)


# Invariances


def test_the_order_of_rows_does_not_matter(income_rows, hangzhou):
    shuffled = income_rows.sample(frac=1, random_state=3).reset_index(drop=True)
    points = convergence.load_points(shuffled, hangzhou[1])
    for method in (convergence.ratio_series, convergence.pace_table, convergence.pace_windows,
                   convergence.gap_series, convergence.growth_race, convergence.scenario_paths,
                   convergence.target_scenarios):  # fmt: skip
        pd.testing.assert_frame_equal(method(*hangzhou), method(points, hangzhou[1]))


def test_no_function_changes_its_points(hangzhou):
    points = hangzhou[0]
    table, rows = points.table.copy(), dict(points.main(HANGZHOU))
    for method in (convergence.gate_facts, convergence.pace_table, convergence.gap_threshold,
                   convergence.scenarios, convergence.indexed_series):  # fmt: skip
        method(*hangzhou)
    pd.testing.assert_frame_equal(points.table, table)
    assert points.main(HANGZHOU) == rows


@pytest.mark.parametrize("scale", [0.14, 7.0])
def test_another_currency_moves_only_the_yuan_gap(income_rows, scale):
    levels = income_rows["unit"].eq("yuan")
    scaled = income_rows.copy()
    for name in ("value", "value_low", "value_high"):
        scaled.loc[levels, name] *= scale
    texts = scaled.loc[levels, "value"].map(lambda value: f"{value:.3f}")
    scaled.loc[levels, "printed"] = texts
    scaled.loc[levels, "decimals"] = 3
    choices = Choices(HANGZHOU)
    one, other = (
        convergence.relative_pace(convergence.load_points(rows, choices), choices)
        for rows in (income_rows, scaled)
    )
    for name in ("ratio", "log_ratio", "gap_share"):
        assert other[name].estimate == pytest.approx(one[name].estimate, rel=1e-5)
    assert other["yuan_gap"].estimate == pytest.approx(scale * one["yuan_gap"].estimate, rel=1e-5)


def test_a_wider_rounding_never_narrows_an_outcome(income_rows):
    found: list[Findings] = []
    for rounding in ("half_up", "half_up_or_down"):
        choices = Choices(HANGZHOU, rounding=rounding)
        points = convergence.load_points(income_rows, choices)
        found.append(convergence.relative_pace(points, choices, (2021, 2024)))
    for name, narrow in found[0].results.items():
        assert found[1][name].low <= narrow.low
        assert narrow.high <= found[1][name].high


def test_a_rise_in_rural_income_speeds_every_measure_up(income_rows):
    edited = income_rows.copy()
    row = (edited["place_code"].eq(HANGZHOU) & edited["period"].eq("2022")
           & edited["indicator"].eq("rural_income"))  # fmt: skip
    assert row.sum() == 1
    edited.loc[row, ["printed", "value"]] = ["46538", 46538.0]  # 45,183 x 1.03
    choices = Choices(HANGZHOU)
    before, after = (
        convergence.relative_pace(convergence.load_points(rows, choices), choices)
        for rows in (income_rows, edited)
    )
    for name in convergence.MEASURES:
        assert after[name].high < before[name].low
