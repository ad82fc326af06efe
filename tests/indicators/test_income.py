"""Incomes: which figure to use, and the ratio made of them.

Expected numbers are quotients of printed figures, which the tests name with their rows.
"""

from __future__ import annotations

import pandas as pd
import pytest

from indicators import income
from indicators.evidence import EVIDENCE
from indicators.rounding import ROUNDINGS

HANGZHOU, ZHEJIANG, CHINA = "330100", "330000", "100000"
OLD = "net_income_pre2013"


def points(rows, place, basis=income.SURVEY, **others) -> pd.DataFrame:
    return income.ratio_points(rows, place, basis, **others).set_index("year")


def changed(rows, place, period, indicator, **cells) -> pd.DataFrame:
    """A copy with other cells in the figures of a place and period on the integrated survey."""
    found = (
        rows["place_code"].eq(place) & rows["period"].eq(period)
        & rows["indicator"].eq(indicator) & rows["basis"].eq(income.SURVEY)
    )  # fmt: skip
    assert found.any()
    copy = rows.copy()
    copy.loc[found, list(cells)] = list(cells.values())
    return copy


def test_a_reported_income(income_rows):
    urban = income.reported(income_rows, HANGZHOU, "2021", "urban_income")
    assert (urban.printed, urban.digits, urban.source_id) == ("74700", 0, "people-2022-05-19")
    nine_months = income.reported(income_rows, HANGZHOU, "2024Q1-Q3", "urban_income")
    assert nine_months.period == "2024Q1-Q3"
    old = income.reported(
        income_rows, HANGZHOU, "2012", "urban_income", basis=OLD, scope="urban_districts"
    )
    assert old.value == 37511


def test_bounds_and_provisional_figures_are_not_reported(income_rows):
    # 80000 is a lower bound; 61000 and 33000 of 2018 are printed as expected round figures
    assert income.reported(income_rows, HANGZHOU, "2025", "all_income") is None
    assert income.reported(income_rows, HANGZHOU, "2018", "urban_income") is None
    assert income.reported(income_rows, HANGZHOU, "2023", "urban_income") is None


def test_ratios_of_hangzhou(income_rows):
    found = points(income_rows, HANGZHOU)
    assert found.index.tolist() == [*range(2013, 2023), 2024]
    assert found["made_from"].to_dict() == {
        2013: "derived", 2014: "levels", 2015: "levels", 2016: "levels", 2017: "levels",
        2018: "derived", 2019: "derived", 2020: "derived", 2021: "levels", 2022: "levels",
        2024: "stated",
    }  # fmt: skip
    # 44632 / 23555 and 77043 / 45183, each to the yuan
    assert found["estimate"][[2014, 2022]].tolist() == pytest.approx([44632 / 23555, 77043 / 45183])
    assert found["low"][2022] == pytest.approx(77042.5 / 45183.5)
    assert found["high"][2022] == pytest.approx(77043.5 / 45182.5)
    # the article's 1.75 of 2021 gives way to printed levels; its 1.64 has none behind it
    assert found["evidence"][[2021, 2024]].tolist() == ["printed", "claimed"]
    assert found.loc[2024, ["low", "high"]].tolist() == [1.635, 1.645]
    assert pd.isna(found["urban"][2024])


def test_bases_and_scopes_stay_apart(income_rows):
    found = income.ratio_points(income_rows, HANGZHOU)
    assert set(found["basis"]) == {income.SURVEY, OLD}
    old = found[found["basis"].eq(OLD)].set_index("year")
    # 37511 / 17017 of urban districts, 39310 / 18923 of a wider scope in the tables' own words
    assert old["scope"][2012] == "urban_districts"
    assert old["estimate"][2012] == pytest.approx(37511 / 17017)
    china = income.ratio_points(income_rows, CHINA)
    both = china[china["year"].eq(2014)].set_index("basis")["estimate"].round(2)
    assert both.to_dict() == {income.SURVEY: 2.75, OLD: 2.97}


def test_every_place_has_one_ratio_a_year_and_basis(income_rows):
    for place in sorted(set(income_rows["place_code"])):
        found = income.ratio_points(income_rows, place)
        assert list(found.columns) == list(income.COLUMNS)
        assert not found.duplicated(["basis", "scope", "year"]).any(), place
        assert found["low"].le(found["estimate"]).all()
        assert found["estimate"].le(found["high"]).all()
        assert set(found["evidence"]) <= set(EVIDENCE) - {"suspect"}
        assert set(found["kind"]) <= {"rounding_interval"}
        levels = found["made_from"].eq("levels")
        assert found.loc[levels, ["urban", "rural"]].notna().all(axis=None)
        assert found.loc[found["made_from"].eq("stated"), "urban"].isna().all()


def test_figures_printed_as_about_keep_their_width(income_rows):
    # Jiaxing 2021: about 69,800 and 44,000, to the hundred and to the thousand
    jiaxing = points(income_rows, "330400").loc[2021]
    assert (jiaxing["bound"], jiaxing["made_from"]) == ("about", "levels")
    assert jiaxing["low"] == pytest.approx(69750 / 44500)
    assert jiaxing["high"] == pytest.approx(69850 / 43500)


def test_a_stated_ratio_stands_in_where_a_level_is_missing(income_rows):
    # Quzhou 2021 prints 1.86 alone; Ningbo 2025 prints 1.60 beside a rural income that is suspect
    assert points(income_rows, "330800").loc[2021, ["estimate", "made_from"]].tolist() == [
        1.86, "stated",
    ]  # fmt: skip
    assert points(income_rows, "330200")["made_from"][2025] == "stated"


def test_derived_levels_use_their_own_range(income_rows):
    # 2020: urban 68,627 to 68,690, rural 38,688 to 38,723
    row = points(income_rows, HANGZHOU).loc[2020]
    assert (row["low"], row["high"]) == pytest.approx((68627 / 38723, 68690 / 38688))
    assert row["evidence"] == "derived"


@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_a_rounding_rule_holds_the_printed_ratio(income_rows, rounding):
    found = points(income_rows, HANGZHOU, rounding=rounding).loc[2024]
    assert found["low"] <= 1.64 <= found["high"]


def test_status_and_bounds_take_a_figure_out(income_rows):
    suspect = changed(income_rows, HANGZHOU, "2022", "rural_income", status="suspect")
    assert points(suspect, HANGZHOU).loc[2022, ["estimate", "made_from"]].tolist() == [
        1.71, "stated",
    ]  # fmt: skip
    bound = changed(income_rows, HANGZHOU, "2022", "urban_income", bound="gt")
    assert points(bound, HANGZHOU)["made_from"][2022] == "stated"
    neither = changed(bound, HANGZHOU, "2022", "ratio_stated", bound="gt")
    assert 2022 not in points(neither, HANGZHOU).index


def test_the_order_of_rows_does_not_matter(income_rows):
    shuffled = income_rows.sample(frac=1, random_state=7).reset_index(drop=True)
    for place in (HANGZHOU, ZHEJIANG, "330500"):
        pd.testing.assert_frame_equal(
            income.ratio_points(income_rows, place), income.ratio_points(shuffled, place)
        )


def test_a_place_without_figures_has_no_points(income_rows):
    found = income.ratio_points(income_rows, "330106")
    assert found.empty
    assert list(found.columns) == list(income.COLUMNS)
