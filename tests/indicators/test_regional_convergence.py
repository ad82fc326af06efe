"""The chapter on counties: scales, sets, growth, spread, and the prefectures.

Expected numbers are recomputed here from census.csv and income.csv with scipy and plain
arithmetic; those that the chapter reports (79 pairs, five at the ceiling, two doubtful) are counts
of the tables that data/README.md names.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from indicators import regional_convergence as regions
from indicators import tables
from indicators.crosswalk import INDICATORS, paired_census
from indicators.evidence import EVIDENCE
from indicators.gates import require

Choices = regions.Choices


@pytest.fixture(scope="module")
def census() -> pd.DataFrame:
    return tables.load("census")


@pytest.fixture(scope="module")
def codes() -> pd.DataFrame:
    return tables.load("crosswalk")


@pytest.fixture(scope="module")
def places() -> pd.DataFrame:
    return tables.load("places")


@pytest.fixture(scope="module")
def urban(census, codes) -> pd.DataFrame:
    return regions.county_pairs(census, codes, Choices())


# Choices and scales


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"indicator": "income"}, "indicator = 'income'; allowed: urban_share, aged_65_plus_share"),
        ({"scale": "sqrt"}, "scale = 'sqrt'; allowed: points, log, logit, all"),
        ({"weights": "people"}, "weights = 'people'; allowed: unweighted, population"),
        ({"level": 1}, "level = 1; allowed: above 0 and below 1"),
    ],
)
def test_choices_are_checked(wrong, message):
    with pytest.raises(ValueError, match=message):
        Choices(**wrong)


def test_scales_of_a_page():
    assert Choices().scales == ("points", "log", "logit")
    assert Choices(scale="log").scales == ("log",)
    assert Choices("population").scales == ("points", "log")
    assert Choices("population", "logit").scales == ()


def test_values_on_a_scale():
    assert list(regions.on_scale([0.25, 0.5], "points")) == [0.25, 0.5]
    assert list(regions.on_scale([1, math.e], "log")) == [0, 1]
    assert regions.on_scale([0.2], "logit")[0] == pytest.approx(math.log(0.25))
    with pytest.raises(ValueError, match=r"from 0\.5 to 1\.0; allowed: shares above 0 and below 1"):
        regions.on_scale([0.5, 1], "logit")
    with pytest.raises(ValueError, match=r"from 0\.0 to 1\.0; allowed: values above 0"):
        regions.on_scale([0, 1], "log")
    with pytest.raises(ValueError, match="scale = 'odds'; allowed: points, log, logit"):
        regions.on_scale([0.5], "odds")


# Pairs and sets


def test_the_pairs_of_the_default_page(urban):
    assert len(urban) == 79
    # wholly urban in 2010 or 2020: 上城, 下城, 江干 (2020), 拱墅, 滨江
    assert list(urban.loc[urban["at_bound"], "place_code"]) == [
        "330102", "330103", "330104", "330105", "330108",
    ]  # fmt: skip
    assert list(urban.loc[urban["doubtful"], "place_code"]) == ["330211", "330726"]


def test_pairs_as_the_page_chooses(census, codes):
    assert len(regions.county_pairs(census, codes, Choices(exclude_doubtful=True))) == 77
    everything = Choices("population", exclude_boundary_changes=False)
    assert len(regions.county_pairs(census, codes, everything)) == 88
    assert not regions.county_pairs(census, codes, everything)["at_bound"].any()


def test_sets_of_pairs(urban):
    sizes = {
        scale: {name: len(part) for name, part in regions.pair_sets(urban, scale).items()}
        for scale in regions.SCALES
    }
    in_full = dict(zip(regions.SETS, (79, 77, 74, 72), strict=True))
    assert sizes["points"] == sizes["log"] == in_full
    assert sizes["logit"] == {"inside_bounds": 74, "inside_without_doubtful": 72}


def test_sets_that_would_repeat_others_are_left_out(census, codes):
    aged = regions.county_pairs(census, codes, Choices("aged_65_plus_share"))
    assert list(regions.pair_sets(aged, "logit")) == ["all_pairs", "without_doubtful"]
    sound = regions.county_pairs(census, codes, Choices(exclude_doubtful=True))
    assert list(regions.pair_sets(sound, "points")) == ["all_pairs", "inside_bounds"]
    assert list(regions.pair_sets(sound, "logit")) == ["inside_bounds"]


def test_pairs_that_are_not_simply_the_same(codes):
    changes = regions.crosswalk_changes(codes)
    assert len(changes) == 92 - 75 + 2
    assert changes["relation"].value_counts().to_dict() == {
        "boundary_change": 9, "recoded": 4, "split": 3, "same": 2, "merged": 1,
    }  # fmt: skip
    assert changes["comparable"].sum() == 6
    assert list(changes.loc[changes["doubtful"], "place_2020"]) == ["330211", "330726"]


# Growth


def values(part: pd.DataFrame, scale: str) -> tuple[np.ndarray, np.ndarray]:
    start, end = part["initial"].to_numpy(), part["final"].to_numpy()
    if scale == "log":
        return np.log(start), np.log(end)
    if scale == "logit":
        return np.log(start / (1 - start)), np.log(end / (1 - end))
    return start, end


@pytest.mark.parametrize("scale", regions.SCALES)
def test_slopes_of_growth(urban, scale):
    found = regions.growth_regressions(urban, Choices())
    table = found.table[found.table["scale"].eq(scale)].set_index("pairs")
    for name, part in regions.pair_sets(urban, scale).items():
        start, end = values(part, scale)
        line = stats.linregress(start, end - start)
        assert table.at[name, "slope"] == pytest.approx(line.slope, abs=1e-6)
        assert table.at[name, "r_squared"] == pytest.approx(line.rvalue**2, abs=1e-6)
    assert found[scale].kind == "model_ci"
    assert found[scale].estimate == pytest.approx(table["slope"].iloc[0], abs=1e-6)


def test_a_half_life_belongs_to_the_slope_in_logarithms(urban):
    found = regions.growth_regressions(urban, Choices())
    expected = math.log(2) / (-math.log(1 + found["log"].estimate) / 10)
    assert found["half_life"].estimate == pytest.approx(expected)
    logit = found.table[found.table["scale"].eq("logit")]["half_life"].iloc[0]
    assert logit.high == math.inf
    assert logit.estimate is None  # the slope is above 0


def test_a_higher_level_widens_every_interval(urban):
    narrow = regions.growth_regressions(urban, Choices(level=0.8))
    wide = regions.growth_regressions(urban, Choices(level=0.99))
    for name in ("points", "log", "logit"):
        assert wide[name].low < narrow[name].low < narrow[name].high < wide[name].high


def test_galton_a_falling_line_beside_a_spread_that_did_not_fall(urban):
    """Below the ceiling the slope in points is well below 0; the spread cannot be told from 1."""
    growth = regions.growth_regressions(urban, Choices()).table.set_index(["scale", "pairs"])
    spread = regions.spread_changes(urban, Choices()).table.set_index(["scale", "pairs"])
    row = ("points", "inside_bounds")
    assert growth.at[row, "slope_interval"].high < 0
    assert spread.at[row, "direction"] == "spread_undecided"


def test_what_the_scatter_draws(urban):
    drawn = regions.growth_points(urban, Choices())
    assert set(drawn["evidence"]) == {"derived", "suspect"}
    counts = drawn[drawn["series"].eq("units")].groupby("scale").size().to_dict()
    assert counts == {"points": 79, "log": 79, "logit": 74}
    line = drawn[drawn["series"].eq("line") & drawn["scale"].eq("points")]
    assert line["low"].lt(line["change"]).all()
    assert line["change"].lt(line["high"]).all()
    groups = drawn[drawn["scale"].eq("points")]["group"].value_counts()
    assert groups["at_bound"] == 5
    assert groups["doubtful"] == 2
    assert set(drawn["series"]) == {"units", "line", "line_without"}
    alone = regions.growth_points(urban[~urban["doubtful"]], Choices(scale="log"))
    assert set(alone["series"]) == {"units", "line"}


# Spread


@pytest.mark.parametrize("indicator", INDICATORS)
def test_spreads_and_their_test(census, codes, indicator):
    choices = Choices(indicator)
    pairs = regions.county_pairs(census, codes, choices)
    table = regions.spread_changes(pairs, choices).table.set_index(["scale", "pairs"])
    for scale in choices.defined:
        for name, part in regions.pair_sets(pairs, scale).items():
            start, end = values(part, scale)
            row = table.loc[(scale, name)]
            assert row["n"] == len(part)
            ratio = end.std(ddof=1) / start.std(ddof=1)
            assert row["estimate"] == pytest.approx(ratio, abs=1e-5)
            p = stats.pearsonr(start + end, start - end).pvalue
            assert row["p_value"] == pytest.approx(p, abs=1e-5)
            # rounded, so that ties stay ties
            rank = stats.spearmanr((start + end).round(9), (start - end).round(9)).pvalue
            assert row["rank_p"] == pytest.approx(rank, abs=1e-5)
            directions = {"narrowed": ratio < 1, "widened": ratio > 1}
            assert (p < 0.05) == (row["direction"] in directions)
            assert directions.get(row["direction"], True)


def test_the_sign_changes_with_the_scale(urban):
    """Urban shares come closer in points and logarithms and move apart in logits."""
    found = regions.spread_changes(urban, Choices())
    assert regions.directions(found.table) == {
        "points": "narrowed", "log": "narrowed", "logit": "widened",
    }  # fmt: skip
    without = {name: found[f"{name}_without"] for name in regions.SCALES}
    assert without["points"].high < 1
    assert without["log"].high < 1
    assert without["logit"].low > 1


def test_the_ceiling_does_part_of_the_work(urban):
    found = regions.spread_changes(urban, Choices())
    assert found["points"].high < 1
    assert found["points_inside"].low < 1 < found["points_inside"].high
    assert found["points_inside"].estimate > found["points"].estimate
    assert found["log_inside"].high < 1


def test_omissions_one_by_one(urban):
    """Each unit left out in turn, by the plain formula, against the count of the table."""
    table = regions.spread_changes(urban, Choices()).table.set_index(["scale", "pairs"])
    for scale, name in [("logit", "inside_bounds"), ("logit", "inside_without_doubtful")]:
        start, end = values(regions.pair_sets(urban, scale)[name], scale)
        changed = 0
        for left in range(len(start)):
            one, other = np.delete(start, left), np.delete(end, left)
            changed += stats.pearsonr(one + other, one - other).pvalue >= 0.05
        assert table.at[(scale, name), "omissions"] == changed
    # the reading in logits hangs on few counties once the doubtful pairs are out
    assert table.at[("logit", "inside_without_doubtful"), "omissions"] > 5
    assert table.loc["log", "omissions"].eq(0).all()


def test_all_tests_of_the_spread(urban):
    table = regions.all_spread_tests(urban, Choices())
    assert len(table) == 10
    numbers = table[table["scale"].ne("logit")]
    expected = -(numbers["n"] - 2.5) * np.log(1 - numbers["pitman_morgan"].astype(float) ** 2)
    assert numbers["t2"].astype(float).to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-3)
    logit = table[table["scale"].eq("logit")]
    assert set(logit["t3"]) == {"undefined_slope"}
    assert logit["t3_p"].isna().all()
    assert len(regions.all_spread_tests(urban, Choices(scale="log"))) == 4


def test_weighted_by_people_nothing_is_tested(urban):
    choices = Choices(weights="population")
    found = regions.spread_changes(urban, choices)
    assert {interval.kind for interval in found.results.values()} == {"exact"}
    assert found.table[["p_value", "rank_p"]].isna().to_numpy().all()
    assert set(found.table["direction"]) == {"narrower", "wider"}
    people = urban["population_2010"].to_numpy()
    spreads = []
    for name in ("initial", "final"):
        mean = np.average(urban[name], weights=people)
        spreads.append(math.sqrt(np.average((urban[name] - mean) ** 2, weights=people)))
    assert found["points"].estimate == pytest.approx(spreads[1] / spreads[0])
    assert not require("spread_test", **regions.gate_facts(choices)["spread_test"])


def test_equal_populations_weigh_like_none(urban):
    even = urban.assign(population_2010=5000)
    plain, weighted = (
        regions.spread_changes(even, Choices(weights=weights))
        for weights in ("unweighted", "population")
    )
    for name, interval in weighted.results.items():
        assert interval.estimate == pytest.approx(plain[name].estimate)
    slopes = [
        regions.growth_regressions(even, Choices(weights=weights))["log"]
        for weights in ("unweighted", "population")
    ]
    assert slopes[0].low == pytest.approx(slopes[1].low)


# Four indicators, three scales


def test_readings_of_all_indicators(census, codes):
    readings = regions.scale_readings(census, codes, Choices())
    assert set(readings["indicator"]) == set(INDICATORS)
    assert list(readings.columns[-4:]) == [
        "direction", "direction_without", "evidence", "source_id",
    ]  # fmt: skip
    main = readings.drop_duplicates(["indicator", "scale"]).set_index(["indicator", "scale"])
    assert len(main) == 12
    told = main["direction"].unstack()[list(regions.SCALES)]
    assert told.loc["urban_share"].tolist() == ["narrowed", "narrowed", "widened"]
    assert told.loc["aged_65_plus_share"].tolist() == ["widened", "spread_undecided", "widened"]
    assert told.loc["population"].tolist() == ["widened", "widened", "scale_undefined"]
    assert told.loc["mean_schooling_years"].tolist() == [
        "narrowed", "narrowed", "scale_undefined",
    ]  # fmt: skip
    assert regions.count_directions(readings) == {
        "narrowed": 4, "widened": 5, "undecided": 1, "defined": 10,
    }  # fmt: skip
    # no reading hangs on the doubtful pairs
    sound = main[main["direction"].ne("scale_undefined")]
    assert sound["direction"].equals(sound["direction_without"])


def test_the_reading_of_the_page_is_in_the_table(census, codes, urban):
    readings = regions.scale_readings(census, codes, Choices()).set_index(
        ["indicator", "scale", "pairs"]
    )
    row = readings.loc[("urban_share", "points", "all_pairs")]
    found = regions.spread_changes(urban, Choices())["points"]
    assert row["spread_ratio"] == pytest.approx(found.estimate, abs=1e-6)
    assert row["ratio_interval"] == found


# Prefectures


@pytest.mark.parametrize("indicator", INDICATORS)
def test_ranks_of_the_prefectures(census, places, indicator):
    ranks = regions.prefecture_ranks(census, places, Choices(indicator))
    assert len(ranks) == 11
    for name in ("initial", "final"):
        ordered = ranks.sort_values(f"rank_{name}")[name]
        assert ordered.is_monotonic_decreasing
        larger = [int(ranks[name].gt(value).sum()) for value in ranks[name]]
        assert list(ranks[f"rank_{name}"]) == [1 + count for count in larger]
    assert not ranks[["tile_row", "tile_col"]].duplicated().any()
    hangzhou = ranks.set_index("place_code").loc["330100"]
    # census.csv: 8700373 and 11936010 persons, 6372654 of them urban in 2010
    if indicator == "population":
        assert (hangzhou["initial"], hangzhou["rank_initial"]) == (8700373, 2)
        assert (hangzhou["final"], hangzhou["rank_final"]) == (11936010, 1)
    if indicator == "urban_share":
        assert hangzhou["rank_final"] == 1


def test_ratios_where_both_years_are_printed(income_rows, places):
    slopes = regions.ratio_slopes(income_rows, places)
    assert list(dict.fromkeys(slopes["place_code"])) == [
        "330000", "330100", "330200", "330300", "330400", "330500", "330900",
    ]  # fmt: skip
    assert set(slopes["year"]) == {2015, 2021}
    assert "derived" not in set(slopes["evidence"])
    ratio = slopes.set_index(["place_code", "year"])["estimate"]
    # printed incomes: Hangzhou 48316/25719 and 74700/42692, Huzhou 42238/24410 and 67983/41303
    assert ratio["330100", 2015] == pytest.approx(48316 / 25719, abs=1e-6)
    assert ratio["330100", 2021] == pytest.approx(74700 / 42692, abs=1e-6)
    assert ratio["330500", 2021] == pytest.approx(67983 / 41303, abs=1e-6)
    # Jiaxing 2021 is printed in round figures: about 69800 and about 44000
    jiaxing = slopes.set_index(["place_code", "year"]).loc[("330400", 2021)]
    assert jiaxing["bound"] == "about"
    assert (jiaxing["low"], jiaxing["high"]) == pytest.approx(
        (69750 / 44500, 69850 / 43500), abs=1e-6
    )


def test_nine_months_of_all_prefectures(income_rows, places):
    nine = regions.nine_month_ratios(income_rows, places)
    assert len(nine) == 12
    assert set(nine["period"]) == {"2020Q1-Q3"}
    assert nine["ratio"].is_monotonic_increasing
    ratio = nine.set_index("place_code")["ratio"]
    # printed incomes: Hangzhou 54754/29439, Lishui 37195/17860
    assert ratio["330100"] == pytest.approx(54754 / 29439, abs=1e-6)
    assert (nine["place_code"].iloc[-1], ratio.iloc[-1]) == (
        "331100", pytest.approx(37195 / 17860, abs=1e-6),
    )  # fmt: skip
    assert set(nine["evidence"]) == {"printed"}


# What holds for all of them


def test_every_table_names_evidence_and_sources(census, codes, places, urban, income_rows):
    for table in (
        regions.growth_regressions(urban, Choices()).table, regions.growth_points(urban, Choices()),
        regions.spread_changes(urban, Choices()).table, regions.all_spread_tests(urban, Choices()),
        regions.scale_readings(census, codes, Choices()),
        regions.prefecture_ranks(census, places, Choices()),
        regions.ratio_slopes(income_rows, places), regions.nine_month_ratios(income_rows, places),
    ):  # fmt: skip
        assert set(table["evidence"]) <= set(EVIDENCE)
        tables.sources(table["source_id"])


def test_ratios_of_printed_incomes_are_not_exact(income_rows, places):
    nine = regions.nine_month_ratios(income_rows, places)
    found = regions.ratio_interval(nine, "330100")
    # 54,754 and 29,439 yuan, each to the yuan
    assert found.kind == "rounding_interval"
    assert found.low < 54754 / 29439 < found.high
    assert found.estimate == pytest.approx(54754 / 29439, abs=1e-6)
    slopes = regions.ratio_slopes(income_rows, places)
    own = regions.ratio_interval(slopes, "330100", 2021)
    assert own.estimate == pytest.approx(74700 / 42692, abs=1e-6)
    with pytest.raises(ValueError, match="2 rows of 330100; allowed: one"):
        regions.ratio_interval(slopes, "330100")


def test_the_order_of_rows_does_not_matter(census, codes):
    shuffled = (table.sample(frac=1, random_state=5) for table in (census, codes))
    first, second = (regions.county_pairs(*pair, Choices()) for pair in ((census, codes), shuffled))
    for method in (regions.growth_regressions, regions.spread_changes):
        before, after = (method(pairs, Choices()).table for pairs in (first, second))
        pd.testing.assert_frame_equal(before, after)


def test_one_edited_county_moves_its_own_indicator_alone(census, codes):
    edited = census.copy()
    row = (
        edited["place_code"].eq("330782") & edited["census_year"].eq(2020)
        & edited["indicator"].eq("mean_schooling_years")
    )  # fmt: skip
    edited.loc[row, "value"] += 1
    before, after = (regions.scale_readings(t, codes, Choices()) for t in (census, edited))
    moved = before["spread_ratio"].ne(after["spread_ratio"]) & before["spread_ratio"].notna()
    assert set(before.loc[moved, "indicator"]) == {"mean_schooling_years"}


def test_paired_values_are_those_of_the_crosswalk(census, codes, urban):
    pd.testing.assert_frame_equal(
        urban.drop(columns="at_bound"), paired_census(census, codes, "urban_share")
    )
