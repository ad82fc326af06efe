"""The chapter on investment completion: printed figures in, what they imply out.

Expected numbers are arithmetic on printed figures, which the comments name: the article (1350 x
100m yuan, 125.6 %, 97.28 % of 551, 235 projects), the reports of 2025 and 2026 (1133 at 130.7 %
with 183 projects; 1477 with 235), the list of February 2024 (829 and 121 projects), and Zhejiang's
reports (plan 10007 at 121.4 %; 10757 at 98.9 %; 4130 at 108 % of 3823).
"""

from __future__ import annotations

import math

import pytest

from indicators import investment_completion as completion
from indicators.rounding import ROUNDINGS

HANGZHOU = ("330100", "qian_xiang_wan_yi", "2025M01-M11")
ZHEJIANG = ("330000", "qian_xiang_wan_yi", "2024M01-M09")
KEY_PROJECTS = ("330000", "provincial_key_projects", "2018")


def ends(interval, digits=1) -> tuple[float, float]:
    return round(interval.low, digits), round(interval.high, digits)


# Periods and schedules


def test_a_schedule_of_twelve_shares():
    back_loaded = [0.05] * 11 + [0.45]
    assert completion.scheduled_share(11, back_loaded) == pytest.approx(0.55)
    assert completion.scheduled_share(12, back_loaded) == 1
    assert completion.scheduled_share(0) == 0


@pytest.mark.parametrize(
    ("schedule", "message"),
    [
        ([0.1] * 12, "sum 1.2"),
        ([0.5, 0.5], "schedule of 2 shares"),
        ([-0.1, 1.1] + [0] * 10, "smallest -0.1"),
        ([], "schedule of 0 shares"),
        ("seasonal", "schedule = 'seasonal'; allowed: linear, or twelve shares"),
    ],
)
def test_a_schedule_that_is_none_is_refused(schedule, message, choices):
    with pytest.raises(ValueError, match=message):
        choices(schedule=schedule)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("reading", "yearly", "reading = 'yearly'; allowed: annual, to_date, both"),
        ("rounding", "up", "rounding = 'up'; allowed: half_up, half_down"),
        ("months_elapsed", 0, "nothing of the plan is due after 0 months"),
        ("months_elapsed", 13, "months = 13; allowed: 0 to 12"),
    ],
)
def test_choices_are_checked(name, value, message, choices):
    with pytest.raises(ValueError, match=message):
        choices(**{name: value})


def test_a_page_without_a_rate_names_those_that_have_one(rows, choices):
    with pytest.raises(ValueError, match="no usable completion rate of 330100") as caught:
        completion.completion_rate(rows, choices("330100", "qian_xiang_wan_yi", "2022"))
    assert "330600 beautiful_town 2020M01-M11" in str(caught.value)


# The implied plan


def test_implied_plan_of_the_article(rows, choices):
    plan = completion.implied_plans(rows, choices())
    # 1349.5 / 1.2565 to 1350.5 / 1.2555; divided by 11/12 under the other reading
    assert ends(plan["annual"]) == (1074.0, 1075.7)
    assert ends(plan["to_date"]) == (1171.7, 1173.5)
    assert plan["annual"].estimate == pytest.approx(1350 / 1.256)
    assert plan["to_date"].estimate == pytest.approx(1350 / 1.256 * 12 / 11)
    assert plan.source_id == "hangzhou-common-prosperity-2025"


def test_the_table_of_implied_plans(rows, choices):
    table = completion.implied_plans(rows, choices()).table
    assert table.columns.tolist() == [
        "reading", "money_unit", "rounding", "low", "estimate", "high", "kind", "evidence",
        "source_id",
    ]  # fmt: skip
    keys = list(table[["reading", "money_unit", "rounding"]].itertuples(index=False, name=None))
    assert keys == [
        (reading, unit, rule)
        for reading in ("annual", "to_date") for unit in (1, 10, 50) for rule in ROUNDINGS
    ]  # fmt: skip
    tens = table.query("reading == 'annual' and money_unit == 10 and rounding == 'half_up'")
    # 1345 / 1.2565 to 1355 / 1.2555
    assert (round(tens["low"].item(), 1), round(tens["high"].item(), 1)) == (1070.4, 1079.3)
    assert set(table["kind"]) == {"rounding_interval"}
    assert set(table["evidence"]) == {"claimed"}


def test_variants_have_a_column_for_each_rule(rows, choices):
    plan = completion.implied_plans(rows, choices())
    wide = completion.plan_variants(plan)
    assert wide.columns.tolist() == [
        "reading", "money_unit", *ROUNDINGS, "evidence", "source_id",
    ]  # fmt: skip
    assert wide["money_unit"].tolist() == [1, 10, 50] * 2
    assert ends(wide["half_up"].iloc[0]) == (1074.0, 1075.7)
    assert wide["half_up"].iloc[0].kind == "rounding_interval"
    whole_year = completion.implied_plans(rows, choices(*KEY_PROJECTS))
    assert completion.plan_variants(whole_year)["reading"].iloc[-1] == "printed_plan"


def test_a_coarser_unit_never_narrows_the_plan(rows, choices):
    table = completion.implied_plans(rows, choices()).table
    for _, plans in table.groupby(["reading", "rounding"]):
        assert plans["low"].is_monotonic_decreasing
        assert plans["high"].is_monotonic_increasing


def test_units_that_the_amount_does_not_fit_are_left_out(rows, choices, gates):
    zhejiang = choices("330000", "qian_xiang_wan_yi", "2024M01-M09")
    assert set(completion.implied_plans(rows, zhejiang).table["money_unit"]) == {1}
    assert not gates(rows, choices(*ZHEJIANG, money_unit=10))["implied_plan"]


def test_the_reading_chooses_what_is_tabulated(rows, choices):
    plan = completion.implied_plans(rows, choices(reading="to_date"))
    assert set(plan.table["reading"]) == {"to_date"}
    assert set(plan.results) == {"annual", "to_date"}


def test_a_printed_plan_stands_beside_the_implied_one(rows, choices):
    plan = completion.implied_plans(rows, choices("330000", "provincial_key_projects", "2018"))
    printed = plan.table[plan.table["reading"].eq("printed_plan")]
    assert printed["estimate"].unique().tolist() == [3823]
    # 4130 at 108 %: 4129.5 / 1.085 to 4130.5 / 1.075 holds the printed 3823
    assert plan["annual"].low < 3823 < plan["annual"].high
    assert plan["annual"] == plan["to_date"]


def test_a_schedule_moves_the_second_reading_alone(rows, choices):
    linear = completion.implied_plans(rows, choices())
    loaded = completion.implied_plans(rows, choices(schedule=[0.05] * 11 + [0.45]))
    assert loaded["annual"] == linear["annual"]
    assert loaded["to_date"].estimate == pytest.approx(1350 / 1.256 / 0.55)
    earlier = completion.implied_plans(rows, choices(months_elapsed=6))
    assert earlier["to_date"].estimate == pytest.approx(2 * 1350 / 1.256)


def test_another_unit_of_money_scales_the_plan(rows, choices, changed):
    in_10k = changed(rows, *HANGZHOU, "completed_investment", "13500000")
    found = in_10k["printed"].eq("13500000")
    in_10k.loc[found, "decimals"] = -4
    plan, scaled = (completion.implied_plans(table, choices()) for table in (rows, in_10k))
    for reading in ("annual", "to_date"):
        assert scaled[reading].low == pytest.approx(1e4 * plan[reading].low)
        assert scaled[reading].high == pytest.approx(1e4 * plan[reading].high)


def test_without_an_amount_there_is_no_plan(rows, choices):
    wanted = choices("330100", "modern_beautiful_town", "2025M01-M11")
    with pytest.raises(ValueError, match=r"no usable completed investment.*gate implied_plan"):
        completion.implied_plans(rows, wanted)


# Readings, schedule, the year


def test_reading_test_of_the_programme(rows, choices):
    table = completion.reading_test(rows, choices()).set_index(["place_code", "period"])
    # Zhejiang 2024: 10757 / 0.989 = 10876.6, between the plans printed for 2023 and 2025, while
    # 10757 / (0.989 x 9/12) = 14502.2 lies above both. Zhejiang 2023: the printed 121500 at
    # 121.4 % is ten times the plan of 10007 under the annual reading alone.
    assert table["verdict"].to_dict() == {
        ("330000", "2023M01-M11"): "annual_shifted",
        ("330000", "2024M01-M09"): "annual_only",
        ("330100", "2023Q1"): "not_testable",
        ("330100", "2024"): "coincide",
        ("330100", "2025M01-M11"): "not_testable",
    }
    row = table.loc[("330000", "2024M01-M09")]
    assert (row["compared_least"], row["compared_most"]) == (10007, 11500)
    assert row["plan_annual"] == pytest.approx(10876.6, abs=0.05)
    assert row["plan_to_date"] == pytest.approx(14502.2, abs=0.05)
    assert row["evidence"] == "suspect", "the plan of 2025 is"


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [("10757", "annual_only"), ("7900", "to_date_only"), ("30000", "neither"), ("5000", "neither")],
)
def test_verdicts_of_the_reading_test(rows, printed, verdict, choices, changed):
    # 7900 / (0.989 x 0.75) = 10650 lies between 10007 and 11500, 7900 / 0.989 = 7988 does not
    table = changed(
        rows, "330000", "qian_xiang_wan_yi", "2024M01-M09", "completed_investment", printed
    )
    found = completion.reading_test(table, choices()).set_index("period")["verdict"]
    assert found["2024M01-M09"] == verdict


def test_both_readings_may_fit(rows, choices, changed):
    wide = changed(rows, "330000", "qian_xiang_wan_yi", "2025", "planned_investment", "20000")
    found = completion.reading_test(wide, choices()).set_index("period")["verdict"]
    assert found["2024M01-M09"] == "both"


def test_rates_against_the_schedule(rows, choices):
    table = completion.rates_against_schedule(rows, choices())
    assert table["series"].value_counts().to_dict() == {
        "schedule": 13, "others": 9, "programme": 4, "page": 1, "full_year": 1,
    }  # fmt: skip
    page = table[table["series"].eq("page")].iloc[0]
    # 125.6 % against 11/12
    assert page["lead"] == pytest.approx(100 * (1.256 - 11 / 12))
    assert (page["low"], page["high"]) == (1.2555, 1.2565)
    observed = table[~table["series"].isin(["schedule", "full_year"])]
    assert observed["months"].is_monotonic_increasing
    assert table.loc[table["series"].eq("schedule"), "rate"].iloc[[0, -1]].tolist() == [0, 1]


def test_how_the_year_ended(rows, choices):
    outcome = completion.year_outcome(rows, choices())
    assert outcome["share_reached"].estimate == pytest.approx(1350 / 1477)  # 91.4 %
    assert ends(outcome["share_reached"], 4) == (0.9134, 0.9147)
    assert outcome["rate"].estimate == pytest.approx(1477 * 1.256 / 1350)  # 137.4 %
    rates = outcome.table.set_index("reading")["full_year_rate"]
    assert rates.round(3).to_dict() == {"annual": 1.374, "to_date": 1.26}
    assert set(outcome.table["kind"]) == {"rounding_interval"}
    with pytest.raises(ValueError, match=r"completed investment \(2024\).*gate full_year_rate"):
        completion.year_outcome(rows, choices("330000", "qian_xiang_wan_yi", "2024M01-M09"))


# Growth and lists


def test_growth_split(rows, choices):
    split = completion.growth_split(rows, choices())
    # 235 / 183, 1477 / 1133, and the ratio of the two
    assert split["projects"].estimate == pytest.approx(235 / 183 - 1)  # +28.4 %
    assert split["per_project"].estimate == pytest.approx(1477 / 1133 * 183 / 235 - 1)  # +1.5 %
    assert split["from_projects"].estimate == pytest.approx(
        math.log(235 / 183) / math.log(1477 / 1133)
    )
    assert ends(split["from_projects"], 3) == (0.940, 0.946)
    table = split.table.set_index("component")
    parts = table.loc[["more_projects", "more_per_project"], "log_points"].sum()
    assert parts == pytest.approx(table.loc["all_growth", "log_points"], abs=2e-6)
    assert table["value_after"].round(2).tolist() == [235, 6.29, 1477]
    assert set(table["evidence"]) == {"copied"}


def test_growth_needs_both_years(rows, choices):
    with pytest.raises(ValueError, match=r"completed_investment of 2023 .*gate growth_split"):
        completion.growth_split(rows, choices("330100", "qian_xiang_wan_yi", "2024"))


def test_growth_within_rounding_is_not_split(rows, choices, gates, changed):
    same = changed(rows, "330100", "qian_xiang_wan_yi", "2025", "completed_investment", "1133")
    assert not gates(same, choices())["growth_split"]


def test_moving_denominator_of_hangzhou(rows, choices):
    lists = completion.moving_denominator(rows, choices())
    assert lists["plan"].estimate == pytest.approx(1133 / 1.307 / 829 - 1)  # +4.6 %
    assert lists["projects"].estimate == pytest.approx(183 / 121 - 1)  # +51.2 %
    assert lists["rate_first"].estimate == pytest.approx(1133 / 829)  # 136.7 %
    assert lists["rate_final"].estimate == 1.307
    table = lists.table.set_index(["measure", "list"])
    assert table["year"].unique().tolist() == ["2024"]
    # the projects of a list are counted, its plan is rounded
    kinds = table["kind"].groupby("measure").agg(set).to_dict()
    assert kinds == {
        "plan": {"rounding_interval"}, "projects": {"exact"}, "rate": {"rounding_interval"},
    }  # fmt: skip
    assert table.loc[("plan", "final_list"), "estimate"] == pytest.approx(866.9, abs=0.05)
    assert table.loc[("projects", "final_list"), "index"] == pytest.approx(151.24, abs=0.005)
    assert table["evidence"].tolist() == ["printed", "derived"] + ["printed"] * 2 + [
        "derived", "printed",
    ]  # fmt: skip


def test_moving_denominator_with_a_printed_final_plan(rows, choices):
    lists = completion.moving_denominator(rows, choices(*ZHEJIANG))
    # 8337 and 791 projects, then 10007 and 1244; 121.4 % of 10007 against 8337
    assert lists["plan"].estimate == pytest.approx(10007 / 8337 - 1)
    assert lists["projects"].estimate == pytest.approx(1244 / 791 - 1)
    assert lists["rate_first"].estimate == pytest.approx(1.214 * 10007 / 8337)


def test_a_year_without_two_lists_is_refused(rows, choices):
    with pytest.raises(ValueError, match=r"year with two lists.*gate moving_denominator"):
        completion.moving_denominator(rows, choices("330100", "qian_xiang_wan_yi", "2023Q1"))
