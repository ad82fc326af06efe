"""The audit of the claims. Origin of the expected numbers: METHODS.md A0 and D, claims_audit."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from indicators import claims_audit, tables
from indicators.claims_audit import Comparison, judge, possible_figures
from indicators.claims_audit.texts import TEXTS, interval_words, said
from indicators.intervals import Interval, rounding_interval
from indicators.labels import LABELS, label


@pytest.fixture(scope="module")
def held() -> claims_audit.Stock:
    return claims_audit.Stock.load()


@pytest.fixture(scope="module")
def audit(held) -> claims_audit.Audit:
    return claims_audit.audit_claims(held)


@pytest.fixture(scope="module")
def claims(audit) -> pd.DataFrame:
    return audit.claims.set_index("claim_id")


def compared_with(found: Interval, relation: str = "same_quantity", **more) -> Comparison:
    parts = {"evidence": "printed", "grade": "B", "source_id": "x", "compared": rounding_interval}
    return Comparison(relation, "", **(parts | more), found=found)


# --- the rules -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "verdict"),
    [
        ("same_quantity", "inconsistent"),
        ("limit", "inconsistent"),
        ("reading", "ambiguous_definition"),
    ],
)
def test_what_shares_no_value(relation, verdict):
    apart = compared_with(Interval(3, 4, "identified_set"), relation)
    assert judge("2.5", [apart]).verdict == verdict
    assert judge("3.5", [apart]).verdict == "consistent"


def test_an_earlier_figure():
    earlier = compared_with(
        Interval(123, 123, "exact"), "earlier", printed="123", grade="D", evidence="copied"
    )
    assert judge("123", [earlier]).verdict == "stale"
    assert judge("124", [earlier]).verdict == "consistent"
    assert judge("122", [earlier]).verdict == "inconsistent", "what was reached does not fall"
    assert judge("123", [earlier]).provisional
    assert judge("123", [earlier]).power == pytest.approx(24 / 900)


def test_context_decides_nothing():
    context = compared_with(Interval(3, 4, "identified_set"), "context")
    assert judge("9.5", [context]).verdict == "not_testable"
    assert judge("9.5", []).rests_on == "nothing"


def test_what_no_figure_fails_does_not_count():
    wide = compared_with(Interval(0, math.inf, "identified_set"), "limit")
    found = judge("54", [wide])
    assert (found.verdict, found.possible, found.deciding) == ("not_testable", 90, ())


def test_what_every_figure_fails_has_no_power():
    apart = compared_with(
        Interval(3, 4, "identified_set"),
        "reading",
        compared=lambda _: Interval(1, 2, "identified_set"),
    )
    found = judge("54", [apart])
    assert found.verdict == "ambiguous_definition"
    assert math.isnan(found.power)


def test_a_contradiction_comes_before_agreement():
    near, far = (compared_with(Interval(low, low + 1, "identified_set")) for low in (2, 7))
    found = judge("2.5", [near, far])
    assert found.verdict == "inconsistent"
    assert found.deciding == (far,)
    assert found.counting == (near, far)
    assert math.isnan(found.power), "no figure agrees with both"


def test_the_grade_that_counts():
    def graded(grade):
        return compared_with(Interval(2, 3, "identified_set"), grade=grade)

    assert not judge("2.5", [graded("D"), graded("B")]).provisional
    assert judge("2.5", [graded("D"), graded("C")]).grade == "C"
    own = judge("2.5", [graded("")])
    assert (own.rests_on, own.grade, own.provisional) == ("from_article", "", False)


@pytest.mark.parametrize(
    ("printed", "over", "number", "first", "last"),
    [
        ("1.64", "same_digits", 900, "1.00", "9.99"),
        ("7", "same_digits", 9, "1", "9"),
        ("97.28", "same_digits", 9000, "10.00", "99.99"),
        ("1.64", "half_to_double", 247, "0.82", "3.28"),
        ("123", "half_to_double", 185, "62", "246"),
    ],
)
def test_possible_figures(printed, over, number, first, last):
    figures = possible_figures(printed, over)
    assert (len(figures), figures[0], figures[-1]) == (number, first, last)
    assert printed in figures


def test_another_range_of_figures_is_refused():
    with pytest.raises(ValueError, match="power_over = 'all'; allowed: same_digits, half_to_dou"):
        possible_figures("1.64", "all")


# --- the claims ----------------------------------------------------------------------------------


def test_every_claim_has_one_verdict(held, audit):
    assert list(audit.claims["claim_id"]) == list(held.claims["claim_id"])
    assert len(audit.claims) == 58  # the table claims
    assert set(audit.claims["verdict"]) <= set(claims_audit.VERDICTS)
    labels = held.claims.loc[held.claims["checkable"].eq("label"), "claim_id"]
    assert set(audit.claims.loc[audit.claims["verdict"].eq("label"), "claim_id"]) == set(labels)


@pytest.mark.parametrize(
    ("verdict", "ids"),
    [
        # A0.3: another report prints four figures of the stations as of July 2025
        ("stale", ["U20", "U22", "U23", "U24"]),
        # A0.3: vouchers; A1: the denominator is undefined
        ("ambiguous_definition", ["F04", "S09", "S10"]),
        ("consistent", ["F01", "F02", "F03", "F09", "F10", "U11", "S04"]),
        ("inconsistent", []),
    ],
)
def test_verdicts(claims, verdict, ids):
    assert list(claims.index[claims["verdict"].eq(verdict)]) == ids


def test_a_ratio_of_money_never_fails_the_test_of_shares(claims):
    # A0.2: 536 of 551 is attainable; verdict class not_testable, with the negative controls
    text = label("values", claims.at["F08", "arithmetic"], "en")
    assert claims.at["F08", "verdict"] == "not_testable"
    assert "536/551" in text
    assert "552/10001" in text
    assert "99.12% of 896" in text
    assert "22.7% of 98" in text


@pytest.mark.parametrize(
    ("claim_id", "words"),
    [
        ("S10", "193.5 to 228.8 yuan"),  # A0.3
        ("S12", "1,501 to 1,683 villages"),  # A0.3
        ("U24", "7,851 to 8,244 yuan per household"),  # A0.3: about 8,000
        ("U23", "exactly 2 for each of the 123 stations"),  # D
        ("F04", "1,074.0 to 1,075.7"),  # A1
        ("F04", "1,171.7 to 1,173.5"),  # A1
        ("F06", "All of 54"),  # A0.3: not of 235
        ("F03", "91.4%"),  # A1: 1350 of 1477
        ("F09", "74,700 / 42,692 yuan = 1.7497"),  # A0.1
        ("F01", "First printed year above the level: 2023 (20,059)"),  # services, gdp
        ("U09", "21.5 projects per county"),  # 86 / 4
        ("U11", "10 of 30"),
        ("U19", "More than 300,000 yuan"),  # 1.5 x 100m / 500
    ],
)
def test_the_arithmetic(claims, claim_id, words):
    assert words in label("values", claims.at[claim_id, "arithmetic"], "en")


@pytest.mark.parametrize(
    ("claim_id", "power"),
    [
        ("F01", 8 / 9),  # of the levels 1 to 9 trillion only 2 was passed
        ("F02", 1 - 136 / 900),  # 100 to 235 pass
        ("F03", 1 - 478 / 9000),  # 1000 to 1477 pass
        ("F09", 899 / 900),
        ("U11", 69 / 90),  # 31 to 99 new chains of 30
        ("U20", 24 / 900),
        ("S04", 8 / 9),
        ("S09", 7 / 9),  # 1 and 2 times 10k claims pass
    ],
)
def test_the_power_of_a_check(claims, claim_id, power):
    assert claims.at[claim_id, "check_power"] == pytest.approx(power, abs=1e-6)


@pytest.mark.parametrize(
    "claim_id", ["F01", "F02", "F10", "U22", "S09", pytest.param("S10", marks=pytest.mark.long)]
)
def test_power_by_search_is_power_by_counting(held, claims, claim_id):
    from indicators.claims_audit.checks import CHECKS

    checks = [one for one in CHECKS[claim_id](held) if one.decides]
    figures = possible_figures(held.printed(claim_id))
    bad = ("inconsistent", "ambiguous_definition", "stale")
    failing = sum(any(one.verdict(text) in bad for one in checks) for text in figures)
    assert claims.at[claim_id, "check_power"] == pytest.approx(failing / len(figures), abs=1e-6)


def test_a_narrower_range_of_figures_lowers_the_power(held, claims):
    near = claims_audit.audit_claims(held, "foundation", "half_to_double").claims
    near = near.set_index("claim_id")
    assert near.at["F03", "check_power"] < claims.at["F03", "check_power"]
    assert list(near["verdict"]) == list(claims.loc[near.index, "verdict"])


def test_evidence_that_decides(claims):
    assert claims.loc["F09", ["grade", "rests_on", "provisional", "evidence"]].tolist() == [
        "B",
        "external",
        False,
        "printed",
    ]
    assert claims.loc[["U20", "U22", "U23", "U24"], "grade"].eq("D").all()
    assert claims.loc[["U20", "F02", "F10"], "provisional"].all()
    assert claims.loc[["U11", "S04", "S09", "F04"], "rests_on"].eq("from_article").all()
    untested = claims[claims["verdict"].isin(["label", "not_testable"])]
    assert untested["rests_on"].eq("nothing").all()
    assert untested["check_power"].isna().all()
    assert not untested["provisional"].any()


def test_every_source_exists(claims, audit):
    for table in (claims, audit.compared):
        assert len(tables.sources(table["source_id"]))
        assert set(table["evidence"]) <= {"printed", "copied", "claimed", "derived"}


def test_every_cell_has_its_words(claims):
    for name in ("section", "verdict", "reason", "rests_on", "unit", "evidence"):
        assert set(claims[name]) <= set(LABELS["values"]), name
    for name in ("subject", "check", "arithmetic", "interval"):
        cells = [cell for cell in claims[name] if cell]
        assert all(" ‖ " in cell for cell in cells), name
        assert not any("{" in cell or "nan" in cell.split() for cell in cells), name
    assert claims["check"].ne("").all()


def test_the_thresholds_are_no_amount(claims):
    # METHODS: F12 is never an amount; K01 is a date
    assert claims.loc[["F12", "K01"], "interval"].tolist() == ["", ""]
    assert claims.at["F12", "verdict"] == "not_testable"


def test_what_is_compared(audit):
    rows = audit.compared.set_index(["claim_id", "relation"])
    assert rows.loc[("F03", "limit"), "multiple_high"] == pytest.approx(1477.5 / 1350, abs=1e-6)
    assert math.isnan(rows.loc[("F03", "limit"), "multiple_low"])
    assert rows.loc[("F04", "reading"), "multiple_low"] > 1.09  # 12/11, less the rounding
    assert set(audit.compared["claim_id"]) == set(
        audit.claims.loc[audit.claims["rests_on"].ne("nothing"), "claim_id"]
    )


def test_a_section_alone(held):
    part = claims_audit.audit_claims(held, "caption")
    assert list(part.claims["section"].unique()) == ["caption"]
    assert len(part.compared) == 0
    assert "multiple_low" in part.compared
    assert claims_audit.verdict_counts(part)["power_median"].isna().all()
    with pytest.raises(ValueError, match="section = 'closing'; allowed: all, caption, foundation"):
        claims_audit.audit_claims(held, "closing")


@pytest.mark.parametrize("rounding", ["half_down", "half_up_or_down"])
def test_the_rounding_rule_changes_no_verdict(claims, rounding):
    other = claims_audit.audit_claims(claims_audit.Stock.load(rounding)).claims
    assert list(other["verdict"]) == list(claims["verdict"])


def test_another_evidence_another_verdict(held):
    income = held.tables["income"].copy()
    rows = income["period"].eq("2021") & income["indicator"].eq("urban_income")
    rows &= income["place_code"].eq("330100")
    income.loc[rows, ["value", "printed"]] = [76000.0, "76000"]
    changed = claims_audit.Stock({**held.tables, "income": income})
    found = claims_audit.audit_claims(changed, "foundation").claims.set_index("claim_id")
    assert found.at["F09", "verdict"] == "inconsistent"


def test_a_missing_figure_is_named(held):
    services = held.tables["services"]
    left = services[services["indicator"].ne("youth_stations") | services["period"].ne("2025M07")]
    without = claims_audit.Stock({**held.tables, "services": left})
    with pytest.raises(ValueError, match=r"services has no figure with .*youth_stations"):
        claims_audit.audit_claims(without, "urban_rural")


def test_sentences_and_counts(held, audit):
    sentences = claims_audit.sentence_rows(tables.load("sentences"), audit)
    assert list(sentences["sentence"]) == list(range(1, len(sentences) + 1))
    named = [name for cell in sentences["claims"] for name in cell.split(";") if name]
    assert named == list(held.claims["claim_id"])
    assert sentences["claims"].eq("").any()
    counts = claims_audit.verdict_counts(audit)
    assert list(counts["verdict"]) == list(claims_audit.VERDICTS)
    assert counts["number_of_claims"].sum() == len(audit.claims)


# --- leads and words -----------------------------------------------------------------------------


def test_leads(held):
    lead = claims_audit.leads(held)
    amount = lead["voucher_amount"].value
    assert (round(amount.low, 1), round(amount.high, 1)) == (193.5, 228.8)  # A0.3
    assert lead["towns_attained"].value.estimate == 536  # A0.2
    assert round(lead["towns_attainable"].value.estimate, 3) == 0.055  # A0.2
    assert lead["controls"].value.estimate == 2  # A0.2
    assert lead["collectives_per_station"].value.estimate == 2  # D
    assert lead["ratio_stated_2022"].value.estimate == 1.9  # D
    assert round(lead["ratio_levels_2022"].value.estimate, 3) == 1.897  # D
    assert lead["ratio_levels_2023"].value.high < lead["ratio_target"].value.low  # D
    assert lead["income_target"].value.low > lead["income_reached"].value.low  # D: 85,000
    # the times that the tables state of the article's claims, of targets and of printed figures
    assert lead["voucher_amount"].period == ("2025M11",)
    assert lead["indicators_lagging"].period == ("2025H1",)
    assert lead["ratio_stated_2022"].period == lead["ratio_levels_2022"].period == ("2022",)
    for name, one in lead.items():
        assert one.period, name
        assert len(tables.sources(one.sources)), name
        assert one.unit in ("", *LABELS["units"]), name


def test_texts_have_the_same_slots_in_both_languages():
    import string

    def slots(text):
        return sorted(name for _, name, *_ in string.Formatter().parse(text) if name)

    assert {
        key for key, words in TEXTS.items() if slots(words["en"]) != slots(words["zh"])
    } == set()


@pytest.mark.parametrize(
    ("interval", "en", "zh"),
    [
        (Interval(235, 235, "exact"), "235", "235"),
        (Interval(1349.5, 1350.5, "rounding_interval"), "1,350 to 1,350", "1350至1350"),
        (Interval(1500, 1600, "identified_set", None, None, False, False),
         "above 1,500, below 1,600", "大于1500、小于1600"),
        (Interval(2, math.inf, "identified_set", None, None, False), "more than 2", "超过2"),
        (Interval(0, 7, "identified_set"), "at most 7", "不高于7"),
        (Interval(95, 100, "identified_set"), "95 to 100", "95至100"),
    ],
)  # fmt: skip
def test_intervals_in_words(interval, en, zh):
    assert (interval_words(interval, 0, "en"), interval_words(interval, 0, "zh")) == (en, zh)


def test_a_slot_takes_the_word_of_a_key():
    text = said("earlier", period="2025M07", then="123")
    assert label("values", text, "zh") == "另一处公布的同一指标，截至2025年7月：123。"
