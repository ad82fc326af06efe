"""The chapter on service coverage: claims and printed figures in, what they allow out.

Expected numbers are arithmetic on printed figures, which the comments name: the article (1258 x
10k yuan, 6 x 10k claims, 600 to 1000 yuan a month, 1500 and more points, at least 95 %), and the
figures of the table `services` with their sources.
"""

from __future__ import annotations

import math

import pandas as pd
import pytest

from indicators import evidence, tables
from indicators import service_coverage as coverage
from indicators.evidence import EVIDENCE
from indicators.gates import require
from indicators.intervals import Interval
from indicators.labels import LABELS
from indicators.labels.services import SERVICES
from indicators.service_coverage.fields import BREAKS, FIELDS
from indicators.service_coverage.rates import RATES
from indicators.service_coverage.statements import ONE_SIDED, reaches
from indicators.service_coverage.villages import whole_numbers

HANGZHOU, ZHEJIANG = "330100", "330000"
PLACES = (HANGZHOU, ZHEJIANG, "100000", "330900", "330200", "330182")
INPUTS = ["S11", "S10", "S09", "S07", "S08"]


@pytest.fixture(scope="module")
def sources() -> pd.DataFrame:
    return tables.load("sources")


@pytest.fixture(scope="module")
def services(sources) -> pd.DataFrame:
    return evidence.mark_rows(tables.load("services"), sources)


@pytest.fixture(scope="module")
def claims() -> pd.DataFrame:
    return tables.load("claims")


@pytest.fixture(scope="module")
def targets(sources) -> pd.DataFrame:
    return coverage.mark_targets(tables.load("targets"), sources)


def choose(place: str = HANGZHOU, **others) -> coverage.Choices:
    return coverage.Choices(place, **others)


def with_input(position: int, text: str) -> list[str]:
    return [text if place == position else claim for place, claim in enumerate(INPUTS)]


# Choices


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"claim": "S13"}, "claim = 'S13'; allowed: S12, F11"),
        ({"universe": "sample"}, "universe = 'sample'; allowed: census, srs, superpopulation"),
        ({"method": "wald"}, "method = 'wald'; allowed: wilson"),
        ({"rounding": "up"}, "rounding = 'up'; allowed: half_up"),
        ({"villages": 0}, "villages = 0; allowed: a number from 1 up, two of them"),
        ({"villages": [300, 200]}, "villages = [300, 200]; allowed: a number from 1 up"),
        ({"villages": [1, 2, 3]}, "villages = [1, 2, 3]; allowed"),
        ({"inputs": ["S11"]}, "inputs = ['S11']; allowed: 5, as S11, S10, S09, S07, S08"),
        ({"threshold": 95}, "threshold = 95; allowed: between 0 and 1"),
        ({"level": 1}, "level = 1; allowed: between 0 and 1"),
    ],
)
def test_choices_are_checked(others, message):
    with pytest.raises(ValueError, match="allowed") as caught:
        choose(**others)
    assert message in str(caught.value)


def test_villages_are_one_number_or_a_sample_of_them():
    assert (choose().total, choose().sample) == (None, None)
    assert (choose(villages=1700).total, choose(villages=1700).sample) == (1700, None)
    drawn = choose(villages=[200, 1700])
    assert (drawn.total, drawn.sample) == (1700, 200)


def test_a_claim_or_an_exact_figure(claims):
    # 6 x 10k claims, rounded to 10k
    assert coverage.stated(claims, "S09") == Interval(
        55_000, 65_000, "rounding_interval", 60_000, None, True, False
    )
    assert coverage.stated(claims, "60432") == Interval(60_432, 60_432, "exact", 60_432)
    assert coverage.stated(claims, "F11").kind == "exact"
    # S01 is undated in the table
    assert coverage.stated_times(claims, "S10", "S09", "S01", "60432") == ["2025M11"]
    with pytest.raises(ValueError, match="figure = 'six'; allowed: the id of a claim"):
        coverage.stated(claims, "six")
    with pytest.raises(ValueError, match="claim_id = 'S99'"):
        coverage.stated(claims, "S99")


# Statements as sets


def test_statements_of_the_page(services, claims):
    table = coverage.coverage_statements(services, claims, choose())
    assert table["indicator"].drop_duplicates().tolist() == [
        "elderly_meal_village_coverage", "basic_pension_coverage",
        "fifteen_year_education_coverage", "medical_insurance_coverage",
    ]  # fmt: skip
    assert set(table["kind"]) == {"identified_set"}
    assert table["bound"].isin(ONE_SIDED).sum() == 6
    claim = table[table["of_page"]].iloc[0]
    # the article: at least 95 %
    assert (claim["low"], claim["high"], claim["low_closed"]) == (0.95, 1, True)
    assert (claim["evidence"], claim["grade"]) == ("claimed", "D")
    province = table.iloc[0]
    # xinhua-2023-08-04: more than 70 percent of villages and communities
    assert (province["place_code"], province["period"]) == (ZHEJIANG, "2023M06")
    assert (province["low"], province["low_closed"]) == (0.7, False)
    assert province["reaches"] == "not_identified"
    # hz-gwr-2013-livelihood: 91.9 % of residents, so [91.85, 91.95)
    pension = table[table["printed_share"].eq("91.9")].iloc[0]
    assert (pension["low"], pension["high"]) == (0.9185, 0.9195)
    assert pension["reaches"] == "surely_not"


def test_all_villages_are_an_exact_share(services, claims):
    table = coverage.coverage_statements(services, claims, choose(claim="F11"))
    first = table.iloc[0]
    assert (first["indicator"], first["kind"]) == ("villages_8050_share", "exact")
    assert (first["low"], first["high"], first["of_page"]) == (1, 1, True)


@pytest.mark.parametrize(
    ("low", "high", "high_closed", "answer"),
    [(0.95, 1, True, "surely"), (0.949, 1, True, "not_identified"), (0.9, 0.94, True, "surely_not"),
     (0.9, 0.95, True, "not_identified"), (0.9, 0.95, False, "surely_not")],
)  # fmt: skip
def test_whether_a_set_reaches_a_share(low, high, high_closed, answer):
    assert reaches(Interval(low, high, "identified_set", None, None, True, high_closed), 0.95) == (
        answer
    )


def test_the_claim_supports_no_ranking_and_no_trend(services, claims):
    pairs = coverage.compare_statements(coverage.coverage_statements(services, claims, choose()))
    own = pairs[pairs["indicator"].eq("elderly_meal_village_coverage")]
    assert own["verdict"].tolist() == ["not_identified"]
    assert own["evidence"].tolist() == ["claimed"]
    assert len(pairs) == 13


def test_orders_that_are_told(services, claims):
    pairs = coverage.compare_statements(coverage.coverage_statements(services, claims, choose()))
    told = pairs[pairs["verdict"].ne("not_identified")]
    names = ["indicator", "place_first", "period_first", "place_second", "period_second", "verdict"]
    assert list(told[names].itertuples(index=False, name=None)) == [
        # 91.9 % in 2012, at least 95 % in 2017; 96.35 % in Chun'an in 2014
        ("basic_pension_coverage", HANGZHOU, "2012", HANGZHOU, "2017", "rise"),
        ("basic_pension_coverage", HANGZHOU, "2012", "330127", "2014", "dates_differ"),
        # 97 %, 98.4 %, 99.02 %; the "more than 99 %" of 2020 tells nothing
        ("fifteen_year_education_coverage", ZHEJIANG, "2010", ZHEJIANG, "2014", "rise"),
        ("fifteen_year_education_coverage", ZHEJIANG, "2014", ZHEJIANG, "2018", "rise"),
        # 97.7 % in 2012, at least 98 % in 2017; 99.92 % in Chun'an in 2014
        ("medical_insurance_coverage", HANGZHOU, "2012", HANGZHOU, "2017", "rise"),
        ("medical_insurance_coverage", HANGZHOU, "2012", "330127", "2014", "dates_differ"),
    ]  # fmt: skip


def statement(place: str, period: str, low: float, high: float) -> dict:
    return {
        "indicator": "x", "place_code": place, "period": period, "low": low, "high": high,
        "low_closed": True, "high_closed": True, "kind": "identified_set", "evidence": "printed",
        "source_id": "s",
    }  # fmt: skip


def test_a_fall_and_an_order_within_a_year():
    rows = [
        statement("1", "2020", 0.9, 1), statement("1", "2021M06", 0.7, 0.8),
        statement("2", "2021", 0.85, 1),
    ]  # fmt: skip
    pairs = coverage.compare_statements(pd.DataFrame(rows))
    assert pairs["verdict"].tolist() == ["fall", "not_identified", "order"]


def test_a_better_bound_is_no_improvement():
    # Origin: METHODS of the book, A3: from >= 90 % to >= 95 % is not an identified improvement.
    rows = [statement("1", "2020", 0.9, 1), statement("1", "2021", 0.95, 1)]
    assert coverage.compare_statements(pd.DataFrame(rows))["verdict"].tolist() == ["not_identified"]


# Samples and processes


def test_a_declared_sample_of_villages(claims):
    found = coverage.coverage_intervals(claims, choose(universe="srs", villages=[200, 2000]))
    # Origin: METHODS of the book: 190 of 200 from 2000 give [0.912, 0.9745]
    assert (found["interval"].low, found["interval"].high) == (0.912, 0.9745)
    assert found["interval"].kind == "sampling_ci"
    table = found.table
    assert table["method"].tolist() == [
        "hypergeometric", "wilson", "wilson_cc", "clopper_pearson", "mid_p", "jeffreys",
        "agresti_coull",
    ]  # fmt: skip
    assert table["used"].tolist() == [True] + [False] * 6
    assert set(table["covered_count"]) == {190}


def test_a_declared_process(claims):
    page = choose(universe="superpopulation", villages=1900, method="jeffreys", level=0.9)
    found = coverage.coverage_intervals(claims, page)
    assert (found["interval"].kind, found["interval"].level) == ("model_ci", 0.9)
    assert found["interval"].estimate == 1805 / 1900  # ceil(0.95 x 1900)
    assert found.table.loc[found.table["used"], "method"].tolist() == ["jeffreys"]


@pytest.mark.parametrize(
    "others",
    [{}, {"villages": 1900}, {"universe": "srs"}, {"universe": "srs", "villages": 1900},
     {"universe": "superpopulation"}],
)  # fmt: skip
def test_a_census_has_no_sampling_interval(claims, others):
    page = choose(**others)
    facts = coverage.gate_facts(page)["coverage_interval"]
    assert not require("coverage_interval", **facts)
    with pytest.raises(ValueError, match="the gate coverage_interval tells beforehand"):
        coverage.coverage_intervals(claims, page)


def test_the_refusal_says_why_a_census_has_none():
    found = require("coverage_interval", **coverage.gate_facts(choose())["coverage_interval"]).found
    assert "the finite population correction is zero" in found["en"]
    assert "有限总体校正系数为零" in found["zh"]


# Villages and points


def test_villages_if_one_point_serves_one(claims):
    # 1501 to 1599 points; 1599 / 0.95 = 1683.2
    assert coverage.canteen_villages(claims) == Interval(1501, 1683, "identified_set")


@pytest.mark.parametrize(
    ("points", "villages"),
    # 1523 / 0.95 = 1603.2; 95 / 0.95 is 100 and not 99
    [("1523", (1523, 1603)), ("95", (95, 100)), ("19", (19, 20))],
)
def test_an_exact_number_of_points(claims, points, villages):
    found = coverage.canteen_villages(claims, points=points)
    assert (found.low, found.high) == villages


def test_a_full_coverage_needs_as_many_points_as_villages(claims):
    assert coverage.canteen_villages(claims, points="1523", coverage="F11") == Interval(
        1523, 1523, "identified_set"
    )
    with pytest.raises(
        ValueError, match=r"coverage 0 may be 0.0; allowed: a coverage with a lower"
    ):
        coverage.canteen_villages(claims, coverage="0")


def test_whole_numbers_of_open_and_closed_sets():
    assert whole_numbers(Interval(3, 5, "identified_set")) == (3, 5)
    assert whole_numbers(Interval(3, 5, "identified_set", None, None, False, False)) == (4, 4)
    assert whole_numbers(Interval(2.5, 5.5, "rounding_interval")) == (3, 5)


def test_every_number_of_villages_is_set_out(claims, services):
    counts = coverage.village_counts(claims, services, choose(villages=1900))
    table = counts.table[counts.table["series"].eq("village_numbers")].set_index("villages")
    assert set(table.index[table["one_each"].eq(True)]) >= {1501, 1510, 1680, 1683}
    assert table.loc[1683, "one_each"]
    assert not table.loc[1690, "one_each"]
    # one point each is possible exactly where the covered villages meet the points
    meets = table["covered_low"].le(table["points_high"]) & table["covered_high"].ge(
        table["points_low"]
    )
    assert meets.tolist() == table["one_each"].tolist()
    assert counts["covered"] == Interval(1805, 1900, "identified_set")
    assert counts["per_point"].low == pytest.approx(1805 / 1599)
    # hz-elderly-half-year-2025: more than 2300 points; the lower bound is never divided
    assert (counts["city_sites"].low, counts["city_sites"].high) == (2300, math.inf)
    assert counts.source_id.endswith(";hz-elderly-half-year-2025")


def test_the_claims_are_of_the_city_whatever_the_page(claims, services):
    here, there = (
        coverage.village_counts(claims, services, choose(place)) for place in (HANGZHOU, ZHEJIANG)
    )
    assert here.results == there.results


# Vouchers


def test_yuan_for_each_claim(claims):
    # 1257.5 x 10k / 65k to 1258.5 x 10k / 55k
    amount = coverage.voucher_amount(claims)
    assert (round(amount.low, 1), round(amount.high, 1)) == (193.5, 228.8)
    assert amount.estimate == pytest.approx(12_580_000 / 60_000)
    assert amount.kind == "rounding_interval"
    exact = coverage.voucher_amount(claims, paid="12580000", claimed="60000")
    assert (exact.kind, round(exact.estimate, 2)) == ("exact", 209.67)


def test_a_claim_is_no_monthly_voucher(claims):
    readings = coverage.voucher_readings(claims, choose())
    assert readings.table.set_index("claim_reading")["verdict"].to_dict() == {
        "one_month": "inconsistent", "part_month": "consistent", "applications": "consistent",
    }  # fmt: skip
    assert coverage.voucher_verdict(readings) == "ambiguous_definition"
    # 193.46 / 1000 to 228.8 / 600; 12,575,000 / 1000 to 12,585,000 / 600
    assert readings["months"].low == pytest.approx(0.19346, abs=1e-5)
    assert readings["months"].high == pytest.approx(0.38136, abs=1e-5)
    assert (readings["vouchers"].low, readings["vouchers"].high) == (12_575, 20_975)
    assert {interval.kind for name, interval in readings.results.items() if name != "amount"} == {
        "identified_set"
    }


def test_other_figures_may_fit(claims):
    # 12,580,000 / 20,000 = 629 yuan lies between 600 and 1000
    page = choose(inputs=with_input(2, "20000"))
    assert coverage.voucher_verdict(coverage.voucher_readings(claims, page)) == "consistent"
    with pytest.raises(ValueError, match="low = 1200"):
        coverage.voucher_monthly(claims, low="1200")


def test_bars_of_the_voucher(claims):
    bars = coverage.voucher_bars(coverage.voucher_readings(claims, choose())).set_index("item")
    assert bars["kind"].to_dict() == {
        "per_claim": "rounding_interval", "monthly": "identified_set",
    }  # fmt: skip
    assert (bars.loc["monthly", "low"], bars.loc["monthly", "high"]) == (600, 1000)


# Series


def test_series_of_the_city(services, targets):
    table = coverage.service_series(services, targets, choose())
    assert table["indicator"].nunique() == 20
    drawn = table.groupby("indicator")
    for name, own in drawn:
        outcomes = own[own["drawn_as"].eq("outcome")]
        assert outcomes["period"].nunique() >= 3 or own["drawn_as"].eq("target").any(), name
    assert table["field"].map(FIELDS.index).is_monotonic_increasing
    assert "general" not in set(table["field"])


def test_registered_people_and_residents_stand_apart(services, targets):
    table = coverage.service_series(services, targets, choose())
    assert {"population_60plus_share", "resident_60plus_share"} <= set(table["indicator"])


@pytest.mark.parametrize("place", PLACES)
def test_lines_join_successive_years_on_one_side_of_a_break(services, targets, place):
    table = coverage.service_series(services, targets, choose(place))
    for name, own in table.groupby("indicator"):
        outcomes = own[own["drawn_as"].eq("outcome")].reset_index(drop=True)
        breaks = own.loc[own["drawn_as"].eq("break"), "at"]
        for row in outcomes[outcomes["joined"].astype(bool)].itertuples():
            before = outcomes[outcomes["at"].eq(row.at - 1) & outcomes["whole_year"]]
            assert row.whole_year, name
            assert not before[before["status"].isin(["normal", "provisional"])].empty, name
            assert not breaks.between(row.at - 1, row.at).any(), name
            assert row.status in ("normal", "provisional"), name


def test_the_census_breaks_the_resident_series(services, targets):
    table = coverage.service_series(services, targets, choose())
    own = table[table["indicator"].eq("resident_60plus_share")]
    share = own[own["drawn_as"].eq("outcome")].set_index("period")
    # data/README.md, break 6: 19.9 % in 2019 was an estimate, the census gave 16.9 % in 2020
    assert share.loc[["2018", "2019"], "status"].tolist() == ["superseded"] * 2
    assert not share.loc["2020", "joined"]
    assert share.loc[["2021", "2022", "2023", "2024"], "joined"].all()
    line = own[own["drawn_as"].eq("break")]
    assert line[["at", "break_reason"]].to_numpy().tolist() == [[2019.5, "census_revision"]]


def test_breaks_name_series_that_exist(services):
    for (place, indicator), breaks in BREAKS.items():
        own = services[services["place_code"].eq(place) & services["indicator"].eq(indicator)]
        years = own["period"].str[:4].astype(int)
        for year, _ in breaks:
            assert years.min() <= year < years.max(), (place, indicator)


def test_targets_with_what_is_in_print(targets):
    held = {name: tables.load(name) for name in ("sources", "income", "services", "investment")}
    table = coverage.service_targets(targets, held, choose()).set_index(
        ["indicator", "target_year"]
    )
    assert len(table) == 8
    # chinanews-hz-livelihood-2022: 8358 places by November, against 5580
    row = table.loc[("inclusive_childcare_places_new", 2022)]
    assert (row["target"], row["outcome"], row["verdict"]) == (5580, 8358, "part_of_year")
    assert table.loc[("life_expectancy", 2025), "verdict"] == "not_found"
    assert set(table["evidence"]) <= {"printed", "copied"}


# Rates


def test_rates_follow_from_printed_counts(services):
    table = coverage.derived_rates(services, choose()).set_index(["indicator", "period"])
    assert table["verdict"].value_counts().to_dict() == {"agrees": 10, "not_printed": 2}
    # hz-population-bulletin-2021: 211.1 of 1220.4 x 10k residents, printed 17.3 %
    share = table.loc[("resident_60plus_share", "2021")]
    assert share["derived_rate"].low == pytest.approx(100 * 211.05 / 1220.45)
    assert share["derived_rate"].high == pytest.approx(100 * 211.15 / 1220.35)
    assert share["printed_rate"] == "17.3"
    # hz-education-2022: 24.20 of 28.63 x 10k pupils, printed 84.53 %
    pupils = table.loc[("migrant_children_public_share", "2022")]
    assert pupils["derived_rate"].estimate == pytest.approx(100 * 24.20 / 28.63)
    # hz-health-commission-2024-04: 100587 beds for 12.522m residents; no printed rate
    beds = table.loc[("health_beds_per_1000", "2024M03")]
    assert beds["derived_rate"].low < 8.03282 < beds["derived_rate"].high
    assert (beds["verdict"], beds["printed_rate"]) == ("not_printed", "")
    assert set(table["evidence"]) == {"derived"}


def test_a_wrong_rate_is_seen(services):
    wrong = services.copy()
    found = (
        wrong["place_code"].eq(HANGZHOU) & wrong["indicator"].eq("resident_60plus_share")
        & wrong["period"].eq("2024")
    )  # fmt: skip
    assert found.sum() == 1
    wrong.loc[found, "printed"] = "20.6"
    table = coverage.derived_rates(wrong, choose()).set_index(["indicator", "period"])
    # 258.2 / 1262.4 = 20.453 %, and at most 258.25 / 1262.35 = 20.458 %
    assert table.loc[("resident_60plus_share", "2024"), "verdict"] == "differs"


def test_a_place_without_pairs_has_no_rates(services):
    table = coverage.derived_rates(services, choose("330200"))
    assert table.empty
    assert {"derived_rate", "verdict", "source_id"} <= set(table.columns)


def test_rates_name_indicators_of_the_table(services):
    names = {part for rate, over, under, _ in RATES for part in (rate, over, under)}
    assert names <= set(services["indicator"])


# What is published


def test_tiles_count_what_is_in_print(services):
    table = coverage.published_evidence(services, choose())
    assert table["place_code"].drop_duplicates().tolist() == [
        HANGZHOU, ZHEJIANG, "100000", "other_places",
    ]  # fmt: skip
    cells = table.set_index(["place_code", "field", "year"])
    # two claims of the article and the two ends of its voucher are all of 2025
    childcare = cells.loc[(HANGZHOU, "childcare", 2025)]
    assert (childcare["indicators"], childcare["evidence"]) == (4, "claimed")
    # hz-education-2008, grade A
    schools = cells.loc[(HANGZHOU, "education", 2008)]
    assert (schools["indicators"], schools["grade"], schools["evidence"]) == (7, "A", "printed")
    assert (ZHEJIANG, "childcare", 2024) not in cells.index
    rows = services[services["domain"].isin(FIELDS)]
    assert table["indicators"].sum() == len(
        rows.assign(
            place=rows["place_code"].where(rows["place_code"].isin(set(table["place_code"])), ""),
            year=rows["period"].str[:4],
        ).drop_duplicates(["place", "domain", "year", "indicator"])
    )


def test_a_tile_has_the_grade_of_its_best_evidence(services):
    table = coverage.published_evidence(services, choose())
    strong = table["evidence"].eq("printed")
    assert set(table.loc[strong, "grade"]) <= {"A", "B"}
    assert set(table.loc[table["evidence"].eq("copied"), "grade"]) <= {"C", "D"}


def test_the_place_of_the_page_comes_first_and_once(services):
    table = coverage.published_evidence(services, choose(ZHEJIANG))
    assert table["place_code"].drop_duplicates().tolist() == [ZHEJIANG, "100000", "other_places"]


def test_share_of_fields_and_years(services):
    filled, possible = coverage.field_years(
        coverage.published_evidence(services, choose()), choose()
    )
    # 2004 to 2025 are 22 years, in ten fields
    assert (filled, possible) == (63, 220)
    empty = coverage.published_evidence(services.iloc[:0], choose())
    assert coverage.field_years(empty, choose()) == (0, 0)


# Words


def test_every_indicator_and_field_has_words(services):
    assert set(services["indicator"]) | set(FIELDS) | {"general"} <= set(SERVICES)
    assert set(services["unit"]) <= set(LABELS["units"])


@pytest.mark.parametrize("place", PLACES)
def test_what_is_shown_has_words_and_evidence(services, claims, targets, place):
    page = choose(place)
    statements = coverage.coverage_statements(services, claims, page)
    shown = [
        statements,
        coverage.compare_statements(statements),
        coverage.village_counts(claims, services, page).table,
        coverage.voucher_readings(claims, page).table,
        coverage.voucher_bars(coverage.voucher_readings(claims, page)),
        coverage.coverage_intervals(claims, choose(place, universe="srs", villages=[20, 60])).table,
        coverage.service_series(services, targets, page),
        coverage.derived_rates(services, page),
        coverage.published_evidence(services, page),
    ]
    known = set(tables.load("sources")["source_id"])
    for table in shown:
        assert set(table.columns) <= set(LABELS["columns"]), set(table.columns)
        assert set(table["evidence"]) <= set(EVIDENCE)
        assert {part for cell in table["source_id"] for part in cell.split(";") if part} <= known
        texts = table.drop(columns=["source_id", "grade"], errors="ignore").select_dtypes("str")
        words = {text for name in texts for text in texts[name] if "_" in text}
        assert [text for text in words if not LABELS["values"].get(text)] == []
