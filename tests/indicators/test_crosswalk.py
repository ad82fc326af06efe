"""The crosswalk of the two censuses: every unit once, and sums that come out to the person.

Expected numbers are those of data/README.md (92 pairs, 79 comparable, four of them under a new
code; 249343 persons of 2020 without a code) and of the printed census tables (the province:
54426891 in 2010, 64567588 in 2020).
"""

from __future__ import annotations

import pandas as pd
import pytest

from indicators import tables
from indicators.crosswalk import (
    INDICATORS,
    WITHOUT_CODE,
    YEARS,
    census_sums,
    is_doubtful,
    join_groups,
    paired_census,
)

PROVINCE = {2010: 54426891, 2020: 64567588}
WENZHOU_ZONE = 249343


@pytest.fixture(scope="module")
def census() -> pd.DataFrame:
    return tables.load("census")


@pytest.fixture(scope="module")
def codes() -> pd.DataFrame:
    return tables.load("crosswalk")


@pytest.fixture(scope="module")
def counties() -> set[str]:
    places = tables.load("places")
    return set(places.loc[places["level"].eq("county"), "code"])


def units(census, counties, year) -> set[str]:
    return set(census.loc[census["census_year"].eq(year), "place_code"]) & counties


# Which unit is which


@pytest.mark.parametrize("year", YEARS)
def test_every_county_unit_of_each_census_is_in_the_crosswalk(census, codes, counties, year):
    assert units(census, counties, year) == set(codes[f"code_{year}"])
    assert len(units(census, counties, year)) == 90


def test_pairs_that_can_be_compared(codes):
    assert len(codes) == 92
    assert codes["comparable"].sum() == 79
    assert set(codes.loc[codes["comparable"], "relation"]) == {"same", "recoded"}


def test_codes_are_unique_where_the_relation_is_one_to_one(codes):
    one_to_one = codes[codes["relation"].isin(["same", "recoded"])]
    for column in ("code_2010", "code_2020"):
        assert one_to_one[column].is_unique
        rest = codes.loc[~codes.index.isin(one_to_one.index), column]
        assert set(one_to_one[column]) & set(rest) == set()


def test_the_plain_code_would_lose_four_pairs(census, codes, counties):
    pairs = codes[codes["comparable"]]
    both = units(census, counties, 2010) & units(census, counties, 2020)
    lost = pairs[~pairs["code_2010"].isin(both) | pairs["code_2010"].ne(pairs["code_2020"])]
    assert list(lost["name_2010"] + lost["name_2020"]) == [
        "富阳市富阳区", "临安市临安区", "奉化市奉化区", "玉环县玉环市",
    ]  # fmt: skip
    # and would keep units that share nothing but a number
    kept = both - set(pairs["code_2010"])
    assert {"330203", "330212", "330302", "330327", "330602"} <= kept


def test_splits_and_mergers_are_added_up(census, codes):
    groups = join_groups(codes)
    sizes = groups.value_counts()
    assert sorted(sizes[sizes > 1]) == [2, 4]
    whole = paired_census(census, codes, "population", comparable_only=False)
    assert len(whole) == groups.nunique() == 88
    joined = whole[whole["codes_2010"].str.contains(";") | whole["codes_2020"].str.contains(";")]
    assert dict(zip(joined["codes_2010"], joined["codes_2020"], strict=True)) == {
        "330203;330204;330212": "330203;330212",  # 海曙, 江东, 鄞州
        "330327": "330327;330383",  # 苍南, 龙港
    }
    for year, column in zip(YEARS, ("initial", "final"), strict=True):
        for row in joined.itertuples():
            codes_there = getattr(row, f"codes_{year}").split(";")
            rows = census[
                census["place_code"].isin(codes_there)
                & census["census_year"].eq(year)
                & census["indicator"].eq("population")
            ]
            assert getattr(row, column) == rows["value"].sum()


def test_all_pairs_together_hold_every_person_once(census, codes):
    whole = paired_census(census, codes, "population", comparable_only=False)
    assert whole["initial"].sum() == PROVINCE[2010]
    assert whole["final"].sum() == PROVINCE[2020] - WENZHOU_ZONE


# Values of pairs


@pytest.mark.parametrize("indicator", INDICATORS)
def test_a_pair_keeps_what_was_printed(census, codes, indicator):
    pairs = paired_census(census, codes, indicator).set_index("place_code")
    assert len(pairs) == 79
    assert not pairs[["initial", "final"]].isna().to_numpy().any()
    fuyang = pairs.loc["330111"]
    assert (fuyang["codes_2010"], fuyang["codes_2020"]) == ("330183", "330111")
    # 富阳: 717694 persons, 416195 urban, 9.28 %, 8.86 years in 2010, as in census.csv
    values = {
        "population": 717694, "urban_share": 416195 / 717694, "aged_65_plus_share": 0.0928,
        "mean_schooling_years": 8.86,
    }  # fmt: skip
    assert fuyang["initial"] == pytest.approx(values[indicator], rel=1e-12)


def test_added_up_shares_lie_between_their_parts(census, codes):
    for indicator in ("urban_share", "aged_65_plus_share", "mean_schooling_years"):
        whole = paired_census(census, codes, indicator, comparable_only=False)
        cangnan = whole.set_index("codes_2010").loc["330327"]
        rows = census[census["place_code"].isin(["330327", "330383"])]
        wide = rows.pivot(index="place_code", columns=["indicator", "census_year"], values="value")
        if indicator == "urban_share":
            parts = wide["urban_population", 2020] / wide["population", 2020]
        else:
            parts = wide[indicator, 2020] / (100 if indicator == "aged_65_plus_share" else 1)
        assert parts.min() < cangnan["final"] < parts.max()
        assert cangnan["evidence"] == "derived"


def test_doubtful_pairs_are_named_and_marked(census, codes):
    assert set(codes.loc[is_doubtful(codes), "name_2020"]) == {"浦江县", "镇海区"}
    pairs = paired_census(census, codes, "urban_share").set_index("place_code")
    doubtful = pairs[pairs["doubtful"]]
    assert set(doubtful["evidence"]) == {"suspect"}
    # data/README.md, break 8: 56.2 to 45.4 %, and 57.1 to 90.3 %
    assert list(doubtful["initial"].round(3)) == [0.571, 0.562]
    assert list(doubtful["final"].round(3)) == [0.903, 0.454]
    assert set(pairs.loc[~pairs["doubtful"], "evidence"]) == {"derived"}
    assert set(paired_census(census, codes, "population")["evidence"]) == {"copied", "suspect"}


def test_order_and_input_stay(census, codes):
    before = census.copy(), codes.copy()
    pairs = paired_census(census, codes, "urban_share", comparable_only=False)
    assert pairs["place_code"].is_monotonic_increasing
    pd.testing.assert_frame_equal(census, before[0])
    pd.testing.assert_frame_equal(codes, before[1])
    shuffled = paired_census(
        census.sample(frac=1, random_state=2), codes.sample(frac=1, random_state=2),
        "urban_share",
    )  # fmt: skip
    pd.testing.assert_frame_equal(shuffled, paired_census(census, codes, "urban_share"))


def test_what_is_refused(census, codes):
    with pytest.raises(ValueError, match="indicator = 'income'; allowed: urban_share, aged_65"):
        paired_census(census, codes, "income")
    short = census[census["place_code"].ne("330783")]
    with pytest.raises(ValueError, match="the census of 2010 has no unit 330783"):
        paired_census(short, codes, "population")


# Sums


@pytest.mark.parametrize("year", YEARS)
def test_counties_add_up_to_prefectures_and_those_to_the_province(census, year):
    sums = census_sums(census, tables.load("places"))
    sums = sums[sums["census_year"].eq(year)]
    people = sums[sums["indicator"].eq("population")].set_index("place_code")
    assert len(people) == 12
    assert people.loc["330000", "total"] == PROVINCE[year]
    assert people.loc["330000", ["parts", "missing"]].tolist() == [11, 0]
    assert people.drop("330000")["parts"].sum() == 90
    assert people["missing"].equals(people["without_code"])
    wrong = sums[sums["missing"].ne(0)]
    if year == 2010:
        assert wrong.empty
    else:
        assert set(wrong["place_code"]) == {"330300"}
        parts = wrong.set_index("indicator")["missing"]
        assert parts["population"] == WENZHOU_ZONE == WITHOUT_CODE["330300", 2020]
        assert parts["urban_population"] + parts["rural_population"] == WENZHOU_ZONE
