"""The join of targets and outcomes.

Expected numbers are printed figures that the tables hold; the comments name them.
"""

from __future__ import annotations

import pandas as pd
import pytest

from indicators import tables
from indicators.targets import (
    OUTCOME_TABLES,
    SETTLING,
    YEARLY,
    choose_outcomes,
    join_outcomes,
    outcome_rows,
    settling,
)

ZHEJIANG_RATIO = "targets:330000|2025|ratio_stated|chinadaily-2021-06-30"
HANGZHOU_INCOME = "targets:330100|2025|all_income|thechina-2021-07-30"
HANGZHOU_RATIO = "targets:330100|2026|ratio_stated|hangzhou-net-gwr-2022"
NURSES = "targets:100000|2025|nurses_per_1000|public-service-plan-14fyp"
FARM_MAKERS = "targets:330000|2025|farm_makers|chinanews-farm-makers"
NEW_BEDS = "targets:330100|2022|dementia_beds_new|china-com-cn-2022-12-20"
PROGRAMME = "targets:330100|2024|qian_xiang_wan_yi.completed_investment|hz-policy-letter-2024-16"
NEW_FARMERS = "targets:330100|2027|new_farmers|cnr-new-farmers-plan"


@pytest.fixture(scope="module")
def held() -> dict[str, pd.DataFrame]:
    return {name: tables.load(name) for name in ("sources", "targets", *OUTCOME_TABLES)}


@pytest.fixture(scope="module")
def rows(held) -> pd.DataFrame:
    return outcome_rows(held["targets"], held)


@pytest.fixture(scope="module")
def joined(held) -> pd.DataFrame:
    return join_outcomes(held["targets"], held).set_index("row_id")


def test_every_target_that_names_an_outcome_has_rows(held, rows):
    named = held["targets"].loc[held["targets"]["outcome_table"].ne(""), "row_id"]
    assert len(named) == 47  # as data/README.md says
    assert set(rows["target_id"]) == set(named)


def test_place_indicator_and_unit_are_those_of_the_target(held, rows):
    pairs = rows.merge(held["targets"], left_on="target_id", right_on="row_id")
    figures = pd.concat([held[name] for name in OUTCOME_TABLES]).set_index("row_id")
    found = figures.loc[pairs["outcome_id"]].reset_index()
    assert found["place_code"].eq(pairs["place_code"]).all()
    assert pairs["unit_x"].eq(pairs["unit_y"]).all()
    programme = found["programme"].fillna("")
    names = found["indicator"].where(
        programme.eq(""), programme + "." + found["indicator"]
    )  # fmt: skip
    assert names.eq(pairs["outcome_indicator"]).all()


def test_income_is_that_of_one_survey(held, rows):
    of_ratio = rows[rows["target_id"].eq(ZHEJIANG_RATIO)]
    # the old basis ends with 2013, and the table states 2.42 for 2010
    assert of_ratio["year"].min() == 2015


def test_outcome_and_base_of_a_met_target(joined):
    row = joined.loc[ZHEJIANG_RATIO]
    # Zhejiang's ratio: 1.94 in 2021, when the target was set, and 1.81 in 2025
    assert (row["base_period"], row["base_printed"], row["base_verdict"]) == (
        "2021", "1.94", "fails",
    )  # fmt: skip
    assert (row["outcome_period"], row["outcome_printed"], row["outcome_verdict"]) == (
        "2025", "1.81", "meets",
    )  # fmt: skip
    assert row["outcome_of_target_year"]
    # the exact figure comes before the one printed as about
    assert row["outcome_source_id"] == "chinanews-2026-01-14"
    assert row["outcome_evidence"] == "copied"


def test_a_bound_is_taken_where_nothing_exact_is_printed(joined):
    row = joined.loc[HANGZHOU_INCOME]
    # "first above 80,000 yuan" for 2025, against 85,000
    assert (row["outcome_printed"], row["outcome_bound"]) == ("80000", "gt")
    assert row["outcome_verdict"] == "undecided"
    assert row["outcome_interval"].low == 80000
    assert row["base_printed"] == "67709"  # 2021


def test_the_latest_year_before_the_target_year(joined):
    row = joined.loc[NURSES]
    # 4.16 in 2024; 3.71 in 2022, when the plan was set
    assert (row["outcome_period"], row["outcome_printed"]) == ("2024", "4.16")
    assert not row["outcome_of_target_year"]
    assert (row["base_period"], row["base_printed"]) == ("2022", "3.71")


def test_a_claim_of_the_article_is_no_outcome(rows, joined):
    claimed = rows[rows["target_id"].eq(HANGZHOU_RATIO) & rows["year"].eq(2024)]
    assert claimed["evidence"].tolist() == ["claimed"]  # the 1.64
    row = joined.loc[HANGZHOU_RATIO]
    # what is left is the first half of 2023, 1.77, which decides nothing
    assert (row["outcome_period"], row["outcome_verdict"]) == ("2023H1", "part_of_year")
    assert not row["outcome_whole_year"]


def test_part_of_a_year_has_no_verdict(rows, joined):
    parts = rows[~rows["whole_year"]]
    assert set(parts["verdict"]) == {"part_of_year"}
    row = joined.loc[NEW_BEDS]
    # 1370 beds by November 2022, above the 1120 of the year
    assert (row["outcome_period"], row["outcome_verdict"]) == ("2022M01-M11", "part_of_year")
    assert not row["outcome_of_target_year"]


def test_a_target_without_the_year_it_was_set(joined):
    row = joined.loc[FARM_MAKERS]
    assert pd.isna(row["set_in"])
    assert row["base_period"] == ""
    assert row["outcome_period"] == "2022"


def test_what_is_counted_anew_has_no_base(held, joined):
    assert set(held["targets"]["indicator"]) >= YEARLY
    assert set(joined.loc[joined["indicator"].isin(YEARLY), "base_period"]) == {""}
    row = joined.loc[PROGRAMME]
    assert (row["outcome_period"], row["outcome_printed"]) == ("2024", "1133")


def test_suspect_figures_count_only_if_asked_for(held, rows, joined):
    assert joined.loc[NEW_FARMERS, "outcome_period"] == ""
    asked = join_outcomes(held["targets"], held, include_suspect=True).set_index("row_id")
    assert asked.loc[NEW_FARMERS, "outcome_evidence"] == "suspect"
    assert set(settling(rows)["evidence"]) == set(SETTLING)
    assert "suspect" in set(settling(rows, include_suspect=True)["evidence"])


def test_figures_after_a_year_do_not_count(held, joined):
    earlier = join_outcomes(held["targets"], held, as_of=2023).set_index("row_id")
    row = earlier.loc[ZHEJIANG_RATIO]
    assert (row["outcome_period"], row["outcome_printed"]) == ("2023", "1.86")
    assert not earlier["outcome_of_target_year"].any()
    assert joined["outcome_of_target_year"].sum() == 7


# What must not matter


def without_objects(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns=[name for name in frame if name.endswith("interval")])


def test_the_order_of_rows_does_not_matter(held, joined):
    mixed = {name: table.sample(frac=1, random_state=1) for name, table in held.items()}
    found = join_outcomes(mixed["targets"], mixed).set_index("row_id").loc[joined.index]
    pd.testing.assert_frame_equal(without_objects(found), without_objects(joined))


def test_a_row_of_another_place_changes_nothing(held, joined):
    income = held["income"]
    row = income[
        income["place_code"].eq("330000") & income["indicator"].eq("ratio_stated")
        & income["period"].eq("2025")
    ]  # fmt: skip
    other = row.assign(place_code="330300", row_id="income:330300|ratio_stated|2025|other")
    more = held | {"income": pd.concat([income, other], ignore_index=True)}
    found = join_outcomes(held["targets"], more).set_index("row_id")
    pd.testing.assert_frame_equal(without_objects(found), without_objects(joined))


def test_a_target_is_joined_whatever_targets_stand_beside_it(held, rows, joined):
    one = held["targets"][held["targets"]["row_id"].eq(NURSES)]
    found = choose_outcomes(one, rows).iloc[0]
    assert found["outcome_printed"] == joined.loc[NURSES, "outcome_printed"]


def test_units_must_agree(held):
    income = held["income"].copy()
    income.loc[income["place_code"].eq("330000"), "unit"] = "10k_yuan"
    with pytest.raises(ValueError, match="has the unit yuan, its outcome income:330000") as caught:
        outcome_rows(held["targets"], held | {"income": income})
    assert "allowed: one unit for both" in str(caught.value)
