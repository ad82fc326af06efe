"""The chapter on targets: statuses by declared rules, and the counts of them.

Expected numbers follow from printed figures, which the comments name, or are counts of rows of
data/targets.csv that a reader can repeat.
"""

from __future__ import annotations

import json
from typing import NamedTuple

import pandas as pd
import pytest

from indicators import evidence, tables, targets
from indicators import targets_progress as progress
from indicators.gates import CONDITIONS, require
from indicators.labels import LABELS, label
from indicators.targets_progress.words import BOUNDS, UNITS, quantity_words, target_words

ZHOUSHAN = "330900-2025-all-income"


class Page(NamedTuple):
    judged: pd.DataFrame
    rows: pd.DataFrame
    ratios: pd.DataFrame
    growth: pd.DataFrame
    timeline: pd.DataFrame
    choices: progress.Choices

    @property
    def by_id(self) -> pd.DataFrame:
        return self.judged.set_index("target_id")

    @property
    def facts(self) -> dict:
        early = progress.early_ratio(self.judged, self.ratios, self.choices)
        return progress.gate_facts(self.judged, self.timeline, self.ratios, self.growth, early)


def make(held: dict[str, pd.DataFrame], rows: pd.DataFrame | None = None, **chosen) -> Page:
    """What a page computes; `rows` of another page with the same tables may be used again."""
    choices = progress.Choices(**chosen)
    rows = targets.outcome_rows(held["targets"], held) if rows is None else rows
    judged = progress.judge_targets(held["targets"], rows, held["sources"], choices)
    income = evidence.mark_rows(held["income"], held["sources"])
    ratios = progress.ratio_check(judged, rows, income, choices)
    growth = progress.growth_needed(judged, rows, choices)
    timeline = progress.timeline_points(judged, rows, ratios, choices)
    return Page(judged, rows, ratios, growth, timeline, choices)


@pytest.fixture(scope="module")
def held() -> dict[str, pd.DataFrame]:
    return {name: tables.load(name) for name in progress.TABLES}


@pytest.fixture(scope="module")
def page(held) -> Page:
    return make(held)


# Statuses


@pytest.mark.parametrize(
    ("target", "status", "when_set"),
    [
        # the ratio, below 1.9: 1.94 in 2021 and 1.81 in 2025
        ("330000-2025-ratio-stated", "met", "was_not_met"),
        # the same level for 2027, set in 2022 when 1.90 was stated
        ("330000-2027-ratio-stated", "not_yet_due", "was_undecided"),
        # urban share: 72.7 in 2021, 76.4 in 2025, against 75
        ("330000-2025-urbanisation-rate", "met", "was_not_met"),
        # 1133 x 100m yuan in 2024, against at least 800; an amount of each year
        ("330100-2024-qian-xiang-wan-yi-completed-investment-2", "met", "counted_anew"),
        # the plan of 829 was replaced by a later list
        ("330100-2024-qian-xiang-wan-yi-completed-investment", "not_judged", "counted_anew"),
        # more than 80,000 against 85,000, and more than 70,000 against 75,000
        ("330100-2025-all-income", "undecided", "was_not_met"),
        ("330000-2025-all-income", "undecided", "was_not_met"),
        # 4.16 nurses in 2024 against 3.8, but the year of the target is not in print
        ("100000-2025-nurses-per-1000", "outcome_missing", "was_not_met"),
        # 1370 beds by November against 1120: part of a year
        ("330100-2022-dementia-beds-new", "outcome_missing", "counted_anew"),
        # more than 70 % in 2021 against 80 %
        ("330000-2025-households-100k-500k-share", "outcome_missing", "was_undecided"),
        ("330100-2025-west5-income-to-city", "no_outcome_named", "no_figure_then"),
        ("330100-2027-farm-makers", "not_yet_due", "set_year_unknown"),
        # 51,586 against 60,848 of 2021: suspect
        (ZHOUSHAN, "not_judged", "was_met"),
    ],
)
def test_statuses(page, target, status, when_set):
    row = page.by_id.loc[target]
    assert (row["status"], row["when_set"]) == (status, when_set)


def test_a_province_settles_no_target_of_a_city(page):
    # Zhejiang's growth of 2023 stands in the tables; Ningbo's and Wenzhou's does not
    cities = page.judged[
        page.judged["target_id"].str.contains("2023-fixed-asset-investment-growth")
    ]
    assert set(cities.loc[cities["place_code"].ne("330100"), "status"]) == {"no_outcome_named"}


def test_every_status_and_answer_has_words(page):
    assert {*progress.STATUSES, *progress.WHEN_SET, *page.judged["status"]} <= set(LABELS["values"])
    assert set(page.judged["when_set"]) <= set(progress.WHEN_SET)
    assert [key for key in set(page.judged["indicator"]) if not LABELS["values"].get(key)] == []


def test_ids_tell_targets_apart(page):
    assert page.judged["target_id"].is_unique
    assert page.judged["target_id"].str.fullmatch("[0-9a-z-]+").all()


def test_a_target_below_the_target_year_is_missed(held):
    income = held["income"].copy()
    found = income["place_code"].eq("330100") & income["indicator"].eq("all_income")
    income.loc[found & income["period"].eq("2025"), "bound"] = "eq"
    changed = make(held | {"income": income})
    # 80,000 to the ten thousand stands for 75,000 to 85,000, all below 85,000
    assert changed.by_id.loc["330100-2025-all-income", "status"] == "missed"


def test_suspect_targets_are_judged_if_asked_for(held, page):
    asked = make(held, page.rows, include_suspect=True)
    assert asked.by_id.loc[ZHOUSHAN, "status"] == "already_met"
    counts = progress.count_targets(asked.judged, asked.choices)
    assert (counts["judged"], counts["met_when_set"], counts["already_met"]) == (80, 1, 1)


def test_nothing_is_met_before_it_is_due(held, page):
    early = make(held, page.rows, as_of=2021)
    assert set(early.judged["status"]) <= {
        "not_yet_due", "no_outcome_named", "not_judged", "outcome_missing",
    }  # fmt: skip
    counts = progress.count_targets(early.judged, early.choices)
    assert counts["due"] == 1  # the lifts of 2021


def test_when_a_target_was_first_met(page):
    first = page.by_id["first_met"].dropna().to_dict()
    assert first == {
        "100000-2025-life-expectancy": 2023,  # 78.6 against 78.3
        "100000-2025-nurses-per-1000": 2023,  # 4.00 against 3.8
        "100000-2025-physicians-per-1000": 2023,  # 3.40 against 3.2
        "330000-2025-ratio-stated": 2023,  # 1.86; the 1.90 of 2022 decides nothing
        "330000-2027-ratio-stated": 2023,
        "330000-2025-urbanisation-rate": 2025,
        "330100-2024-qian-xiang-wan-yi-completed-investment": 2024,
        "330100-2024-qian-xiang-wan-yi-completed-investment-2": 2024,
        "330108-2024-fixed-asset-investment-investment": 2024,  # 414.8 against 350
    }


# Counts


def test_counts(page, held):
    counts = progress.count_targets(page.judged, page.choices)
    table = held["targets"]
    assert counts["all"] == len(table) == 81
    normal = table[table["status"].eq("normal")]
    assert counts["judged"] == len(normal) == 79
    # 47 of all rows name an outcome; the replaced plan and the suspect target are two of them
    assert counts["named"] == normal["outcome_table"].ne("").sum() == 45
    assert counts["set_year_unknown"] == normal["set_in"].isna().sum() == 11
    assert counts["due"] == normal["target_year"].le(2025).sum() == 65
    # about a quarter: 19 of 79
    assert (counts["any_figure"], counts["year_figure"], counts["due_figure"]) == (35, 19, 6)
    assert [counts[name] for name in ("met", "already_met", "missed", "undecided")] == [4, 0, 0, 2]
    assert (counts["outcome_missing"], counts["not_yet_due"], counts["open"]) == (29, 10, 39)
    assert counts["no_outcome_named"] == 34
    assert (counts["comparable"], counts["undecided_when_set"], counts["met_when_set"]) == (
        21,
        2,
        0,
    )
    assert (counts["reached_early"], counts["passed_in_part"]) == (4, 3)
    assert (
        counts["met_printed"] == 1
    )  # Binjiang's investment of 2024, in one report of the district


def test_statuses_add_up_on_every_page(held, page):
    sums = dict.fromkeys(progress.STATUSES, 0)
    for place in sorted(set(held["targets"]["place_code"])):
        own = make(held, page.rows, place=place)
        counts = progress.count_targets(own.judged, own.choices)
        parts = [counts[name] for name in progress.STATUSES]
        assert sum(parts) == counts["all"] == len(own.judged)
        sums = {name: sums[name] + counts[name] for name in sums}
    counts = progress.count_targets(page.judged, page.choices)
    assert sums == {name: counts[name] for name in progress.STATUSES}


def test_counts_of_a_part_of_the_year(page):
    passed = page.judged[progress.passed_in_part(page.judged)]
    # by November 2022: 1370 beds of 1120, 8358 places of 5580, 185 stations of 100
    assert passed["indicator"].tolist() == [
        "dementia_beds_new", "inclusive_childcare_places_new", "infant_growth_stations_new",
    ]  # fmt: skip
    assert set(passed["status"]) == {"outcome_missing"}


# The ratio


def test_the_stated_and_the_computed_ratio(page):
    table = page.ratios.set_index(["place_code", "year"])
    row = table.loc[("330000", 2022)]
    # printed 1.90; urban 71,268 and rural 37,565 yuan
    assert (row["stated"], row["stated_verdict"]) == (1.90, "undecided")
    assert row["computed"].estimate == pytest.approx(71268 / 37565)
    assert row["computed"].kind == "rounding_interval"
    assert row["computed"].high < 1.9
    assert row["computed_verdict"] == "meets"
    assert table.loc["330000", "stated_verdict"].to_dict() == {
        2021: "fails", 2022: "undecided", 2023: "meets", 2024: "meets", 2025: "meets",
    }  # fmt: skip
    claim = table.loc[("330100", 2024)]
    assert (claim["stated"], claim["evidence"]) == (1.64, "claimed")


def test_how_early_the_ratio_target_was_met(page):
    early = progress.early_ratio(page.judged, page.ratios, page.choices)
    # due in 2025: stated 1.86 in 2023, computed 1.897 in 2022
    assert (early["lead_stated"].estimate, early["lead_computed"].estimate) == (2, 3)
    assert (early["stated"].low, early["stated"].high) == (1.895, 1.905)
    assert early["met_when_set"].estimate == 1  # the target for 2027, set in 2022


def test_a_claim_alone_makes_no_early_ratio(held, page):
    hangzhou = make(held, page.rows, place="330100")
    assert progress.early_ratio(hangzhou.judged, hangzhou.ratios, hangzhou.choices) is None
    assert not require("ratio_reached_early", **hangzhou.facts["ratio_reached_early"])


# Growth that a bound leaves open


def test_growth_that_the_targets_needed(page):
    table = page.growth.set_index("place_code")
    hangzhou, zhejiang = table.loc["330100"], table.loc["330000"]
    # Hangzhou: 67,709 in 2021, 70,281 in 2022, more than 80,000 in 2025, target 85,000
    assert hangzhou["growth_needed"].estimate == pytest.approx((85000 / 70281) ** (1 / 3) - 1)
    assert hangzhou["growth_secured"].estimate == pytest.approx((80000 / 70281) ** (1 / 3) - 1)
    assert hangzhou["growth_before"].estimate == pytest.approx(70281 / 67709 - 1)
    # Zhejiang: 57,541 in 2021, 67,013 in 2024, target 75,000
    assert zhejiang["growth_needed"].estimate == pytest.approx(75000 / 67013 - 1)
    assert zhejiang["growth_before"].estimate == pytest.approx((67013 / 57541) ** (1 / 3) - 1)
    for row in table.itertuples():
        assert row.growth_secured.high < row.growth_needed.low


def test_one_place_of_the_growth_table(page):
    case = progress.growth_case(page.growth, "330100")
    assert (case["target"].estimate, case["target"].kind) == (85000, "exact")
    assert (case["bound"].low, case["bound"].kind) == (80000, "identified_set")


# What is drawn


def test_marks_are_as_many_as_targets(page):
    marks = progress.status_marks(page.judged)
    assert len(marks) == len(page.judged)
    assert set(marks["evidence"]) == {"printed", "copied", "suspect"}
    assert (marks["source_id"] != "").all()


def test_the_common_scale(page):
    table = progress.reach_points(page.judged).set_index(["target_id", "point"])["reach"]
    assert table["100000-2025-nurses-per-1000", "latest_year"] == pytest.approx(
        4.16 / 3.8, abs=1e-6
    )
    # less is asked for, so the scale is turned over
    assert table["330000-2025-ratio-stated", "latest_year"] == pytest.approx(1.9 / 1.81, abs=1e-6)
    assert table[ZHOUSHAN, "at_setting"] == pytest.approx(60848 / 51586, abs=1e-6)
    assert "330100-2024-qian-xiang-wan-yi-completed-investment" not in table


def test_the_scale_agrees_with_the_verdict(page):
    table = progress.reach_points(page.judged)
    verdicts = page.by_id["outcome_verdict"]
    for row in table[table["point"].eq("latest_year")].itertuples():
        if row.bound == "eq" and verdicts[row.target_id] != "undecided":
            assert (row.reach >= 1) == (verdicts[row.target_id] == "meets"), row.target_id


def test_the_timeline_lies_between_setting_and_due_year(page):
    table = page.timeline
    assert (table["year"] <= table["target_year"]).all()
    assert (table["year"] >= table["set_in"].fillna(0)).all()
    ratio = table[table["target_id"].eq("330000-2025-ratio-stated")]
    # the computed ratio stands beside the stated one of 2022 alone
    assert ratio.loc[ratio["evidence"].eq("derived"), "year"].tolist() == [2022]
    assert "claimed" in set(table["evidence"])


# Words


def test_figures_in_words(page):
    assert set(page.judged["unit"]) <= set(UNITS)
    assert {*page.judged["comparator"], *page.rows["bound"]} <= set(BOUNDS)
    cell = quantity_words("1.31", "eq", "10k_persons")
    assert (label("values", cell, "en"), label("values", cell, "zh")) == (
        "13,100 people", "1.31万人",
    )  # fmt: skip
    assert target_words("1.9", "lt", "ratio") == "less than 1.9 ‖ 低于1.9"


def test_tables_to_read(page, held):
    listed = progress.list_targets(page.judged)
    assert len(listed) == 81
    outcomes = progress.list_outcomes(page.judged)
    row = outcomes[outcomes["target"].str.startswith("reach 90,000 yuan in 2026")].iloc[0]
    assert label("values", row["outcome"], "en") == "more than 80,000 yuan (2025)"
    assert progress.list_ratios(page.ratios)["target"].iloc[0] == "less than 1.9 ‖ 低于1.9"
    assert "level" not in progress.list_growth(page.growth)
    empty = make(held, page.rows, place="310000")
    assert list(progress.list_outcomes(empty.judged)) == list(outcomes)


# Choices, gates, and what must not matter


def test_the_page_can_be_made_for_every_place(root, held):
    path = root / "notebooks" / "targets_progress.schema.json"
    entry = json.loads(path.read_text(encoding="utf-8"))["properties"]["place"]
    codes = [tables.place(name) for name in entry["enum"] if name != progress.ALL]
    assert codes == sorted(set(held["targets"]["place_code"]))


def test_choices_are_checked(held, page):
    with pytest.raises(ValueError, match="rounding = 'up'; allowed: half_up"):
        progress.Choices(rounding="up")
    with pytest.raises(ValueError, match="as_of = 25; allowed: a year"):
        progress.Choices(as_of=25)
    with pytest.raises(ValueError, match="no target for 331100x; places that have one: 100000"):
        make(held, page.rows, place="331100x")


def test_gates_of_pages_without_figures(held, page):
    opened = {name: bool(require(name, **facts)) for name, facts in page.facts.items()}
    assert set(opened.values()) == {True}
    for place in ("310000", "330200"):
        facts = make(held, page.rows, place=place).facts
        assert not any(require(name, **found) for name, found in facts.items())


@pytest.mark.parametrize("as_of", [2021, 2027])
def test_every_page_can_be_made(held, page, as_of):
    for place in ["all", *sorted(set(held["targets"]["place_code"]))]:
        made = make(held, page.rows, place=place, as_of=as_of)
        progress.list_outcomes(made.judged)
        progress.list_ratios(made.ratios)
        progress.list_growth(made.growth)
        progress.reach_points(made.judged)
        assert set(made.facts) <= set(CONDITIONS)


def test_the_order_of_rows_does_not_matter(held, page):
    mixed = {name: table.sample(frac=1, random_state=7) for name, table in held.items()}
    other = make(mixed)
    columns = ["target_id", "status", "when_set", "first_met", "evidence"]
    pd.testing.assert_frame_equal(other.judged[columns], page.judged[columns])
    assert progress.count_targets(other.judged, other.choices) == progress.count_targets(
        page.judged, page.choices
    )


def test_an_outcome_of_another_place_changes_nothing(held, page):
    services = held["services"]
    row = services[
        services["place_code"].eq("100000") & services["indicator"].eq("nurses_per_1000")
        & services["period"].eq("2024")
    ]  # fmt: skip
    other = row.assign(place_code="330100", period="2025", row_id="services:other")
    more = held | {"services": pd.concat([services, other], ignore_index=True)}
    pd.testing.assert_series_equal(make(more).judged["status"], page.judged["status"])
