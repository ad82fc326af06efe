"""The survey's own weight, the official share, and Theil's between part.

Expected numbers are arithmetic on printed means: Hangzhou 74,700, 42,692 and 67,709 yuan (urban,
rural, all) in 2021, 77,043, 45,183 and 70,281 in 2022, 48,316, 25,719 and 42,642 in 2015; official
urban shares of 83.6 % and 84.0 %; 9,942,081 urban residents of 11,936,010 at the census of 2020.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from indicators import tables
from indicators import urban_rural_convergence as convergence
from indicators.gates import require
from indicators.intervals import claim_interval
from indicators.two_groups import theil_between
from indicators.urban_rural_convergence import theil
from indicators.urban_rural_convergence.levels import find_levels
from indicators.urban_rural_convergence.weights import survey_years

HANGZHOU, ZHEJIANG, CHINA, NINGBO = "330100", "330000", "100000", "330200"


def weights_of(rows, place, **others):
    loaded = map(tables.load, ("services", "census", "sources"))
    return convergence.urban_weights(rows, *loaded, place, **others)


@pytest.fixture(scope="module")
def hangzhou(income_rows):
    return weights_of(income_rows, HANGZHOU)


def row(findings, series, year):
    table = findings.table
    (found,) = table[table["series"].eq(series) & table["year"].eq(year)].to_dict("records")
    return found


# Weights


def test_the_weight_of_the_survey_by_hand(hangzhou):
    found = row(hangzhou, "implied", 2021)
    assert found["estimate"] == pytest.approx((67709 - 42692) / (74700 - 42692), abs=1e-6)
    assert found["low"] == pytest.approx((67708.5 - 42692.5) / (74700.5 - 42692.5), abs=1e-6)
    assert found["kind"] == "rounding_interval"
    assert hangzhou["weight"].estimate == pytest.approx((70281 - 45183) / (77043 - 45183))


def test_the_weight_gives_the_printed_mean_back(income_rows):
    for place in sorted(set(income_rows["place_code"])):
        for year in survey_years(find_levels(income_rows, place)):
            urban, rural, everyone = (level.interval.estimate for level in year.used)
            mean = year.weight.estimate * urban + (1 - year.weight.estimate) * rural
            assert mean == pytest.approx(everyone)
            assert 0 < year.weight.low <= year.weight.estimate <= year.weight.high < 1


def test_the_ends_of_a_weight_are_those_of_a_grid():
    means = [claim_interval(printed, "eq", 1000) for printed in ("75000", "43000", "68000")]
    weight = convergence.implied_weight(*means)
    urban, rural, everyone = np.meshgrid(*(np.linspace(mean.low, mean.high, 21) for mean in means))
    values = (everyone - rural) / (urban - rural)
    assert (weight.low, weight.high) == pytest.approx((values.min(), values.max()))


@pytest.mark.parametrize("everyone", ["42692", "80000", "40000"])
def test_a_mean_outside_the_other_two_has_no_weight(everyone):
    means = [claim_interval(printed, "eq") for printed in ("74700", "42692", everyone)]
    with pytest.raises(ValueError, match="allowed: that of all between the other two"):
        convergence.implied_weight(*means)


def test_the_official_share_would_give_another_mean(hangzhou):
    # Origin: METHODS of the book, A2: 69,451 against the printed 67,709 in 2021.
    found = row(hangzhou, "official", 2021)
    assert round(found["implied_mean"]) == 69451
    assert found["printed_mean"] == 67709
    assert found["mean_gap"] == pytest.approx(0.836 * 74700 + 0.164 * 42692 - 67709)
    assert hangzhou["official"].estimate == pytest.approx(0.84)
    gap = hangzhou["mean_gap"]
    assert gap.estimate == pytest.approx(0.84 * 77043 + 0.16 * 45183 - 70281)
    low = 0.8395 * 77042.5 + 0.1605 * 45182.5 - 70281.5
    high = 0.8405 * 77043.5 + 0.1595 * 45183.5 - 70280.5
    assert (gap.low, gap.high) == pytest.approx((low, high))
    assert gap.kind == "rounding_interval"


def test_census_shares_are_counts(hangzhou):
    found = row(hangzhou, "census", 2020)
    assert found["estimate"] == pytest.approx(9942081 / 11936010, abs=1e-6)
    assert (found["kind"], found["evidence"], found["grade"]) == ("exact", "derived", "C")
    assert math.isnan(found["mean_gap"])  # no mean of all residents in 2020


def test_superseded_shares_are_left_out(hangzhou):
    official = hangzhou.table[hangzhou.table["series"] == "official"]
    assert official["year"].tolist() == [2020, 2021, 2022, 2023, 2024]
    assert official["evidence"].tolist() == ["derived", "copied", "copied", "derived", "copied"]


def test_a_place_without_an_official_share(income_rows):
    china = weights_of(income_rows, CHINA)
    assert set(china.table["series"]) == {"implied"}
    assert set(china.results) == {"weight", "year"}
    assert china.table["mean_gap"].isna().all()


def test_evidence_and_sources_of_weights(hangzhou):
    derived = row(hangzhou, "implied", 2019)
    assert derived["evidence"] == "derived"
    assert derived["high"] - derived["low"] > 0.002  # an urban income known to 62 yuan either way
    assert hangzhou.table["source_id"].ne("").all()
    assert "hangzhou-common-prosperity-2025" not in hangzhou.source_id
    # the mean that an official share would give rests on the incomes as well
    official = row(hangzhou, "official", 2022)["source_id"].split(";")
    assert {"hangzhou-daily-2023-03-03", "ehangzhou-2023-02-23"} <= set(official)


# Theil


def test_theil_by_hand(income_rows):
    levels = theil.theil_levels(income_rows, HANGZHOU)
    found = levels[levels["year"].eq(2021)].set_index("measure")["estimate"]
    ratio, weight = 74700 / 42692, (67709 - 42692) / (74700 - 42692)
    urban = weight * 74700 / 67709  # the share of income
    by_hand = urban * math.log(urban / weight)
    by_hand += (1 - urban) * math.log((1 - urban) / (1 - weight))
    assert found["theil_t"] == pytest.approx(by_hand, abs=1e-6)
    by_hand = weight * math.log(weight / urban)
    by_hand += (1 - weight) * math.log((1 - weight) / (1 - urban))
    assert found["theil_l"] == pytest.approx(by_hand, abs=1e-6)
    assert found["theil_t"] == pytest.approx(float(theil_between(ratio, weight)), abs=1e-6)


def test_rounding_is_that_of_a_grid_of_the_means(income_rows):
    parts = convergence.theil_parts(income_rows, HANGZHOU)
    urban, rural, everyone = np.meshgrid(
        *(np.linspace(mean - 0.5, mean + 0.5, 21) for mean in (48316, 25719, 42642))
    )
    values = theil_between(urban / rural, (everyone - rural) / (urban - rural))
    start = parts["start"]
    # the ratio and the weight rest on the same means, so the interval may be too wide, never less
    assert start.low <= values.min() <= values.max() <= start.high
    assert start.high - start.low < 2 * (values.max() - values.min())


@pytest.mark.parametrize("place", [HANGZHOU, ZHEJIANG, CHINA, NINGBO])
def test_parts_add_up_over_steps_and_window(income_rows, place):
    parts = convergence.theil_parts(income_rows, place)
    change = parts["end"].estimate - parts["start"].estimate
    assert parts["all_change"].estimate == pytest.approx(change)
    both = parts["ratio_part"].estimate + parts["share_part"].estimate
    assert both == pytest.approx(change)
    steps = parts.table[parts.table["panel"] == "change"]
    spans = steps.groupby(["year_before", "year_after"], sort=False)
    for _, step in spans:
        one = step.set_index("component")["estimate"]
        assert one["ratio_part"] + one["share_part"] == pytest.approx(one["all_change"], abs=2e-6)
    totals = [step["estimate"].iloc[0] for _, step in spans]
    if len(totals) > 1:
        assert sum(totals[:-1]) == pytest.approx(totals[-1], abs=1e-5)


def test_the_window_and_the_years_that_count(income_rows):
    years = [found.year for found in theil.printed_years(income_rows, HANGZHOU)]
    assert years == [2015, 2016, 2017, 2021, 2022]  # 2019 is derived
    parts = convergence.theil_parts(income_rows, HANGZHOU, (2016, 2021))
    assert parts["start"].estimate == pytest.approx(
        float(theil_between(52185 / 27908, (46116 - 27908) / (52185 - 27908)))
    )
    # the three means of China in 2025 are of grade D: drawn, and not counted
    assert [found.year for found in theil.printed_years(income_rows, CHINA)][-1] == 2024
    levels = convergence.theil_parts(income_rows, CHINA).table.query("panel == 'level'")
    assert levels["year"].max() == 2025


def test_the_claim_is_in_none_of_it(income_rows):
    without = income_rows[income_rows["evidence"] != "claimed"]
    whole = convergence.theil_parts(income_rows, HANGZHOU)
    assert convergence.theil_parts(without, HANGZHOU).table.equals(whole.table)
    assert set(whole.table["evidence"]) == {"printed", "copied", "derived"}


def test_gates_tell_beforehand(income_rows):
    for place in sorted(set(income_rows["place_code"])):
        facts = convergence.weight_facts(income_rows, place)
        # two years have a change; that its figure says too little is for the gate to tell
        if facts["theil_parts"]["years"] >= 2:
            assert not require("theil_parts", years=2)
            assert len(convergence.theil_parts(income_rows, place).table)
        else:
            with pytest.raises(ValueError, match="The gate theil_parts tells beforehand"):
                convergence.theil_parts(income_rows, place)
        weighed = weights_of(income_rows, place) if facts["implied_weight"]["years"] else None
        assert weighed is None or weighed["weight"].kind == "rounding_interval"
    assert (
        convergence.weight_facts(income_rows, HANGZHOU, (2021, 2021))["theil_parts"]["years"] == 1
    )
