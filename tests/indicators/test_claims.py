"""Claims as intervals. Origin of the expected numbers: METHODS.md A0 and section 0."""

from __future__ import annotations

import math

import pytest

from indicators import tables
from indicators.claims import claim, claim_intervals, has_interval


@pytest.fixture(scope="module")
def claims():
    return tables.load("claims")


@pytest.mark.parametrize(
    ("claim_id", "low", "high", "kind"),
    [
        ("F01", 2, math.inf, "identified_set"),  # 跨越2万亿元: strictly more
        ("F03", 1349.5, 1350.5, "rounding_interval"),  # 1350亿
        ("F06", 1, 1, "exact"),  # 全部
        ("F07", 551, 551, "exact"),  # section 0: 551 projects
        ("F10", 1.635, 1.645, "rounding_interval"),  # section 0: 1.64
        ("S03", 0, 7, "identified_set"),  # 不超过7天
        ("S06", 0, 3, "identified_set"),  # 0—3岁
        ("S07", 600, math.inf, "identified_set"),
        ("S08", 0, 1000, "identified_set"),
        ("S09", 5.5, 6.5, "rounding_interval"),  # 6万人次
        ("S11", 1500, 1600, "identified_set"),  # A0.1: 1500余 is (1500, 1600)
        ("S12", 95, 100, "identified_set"),  # section 0: ">= 95 %" -> [0.95, 1]
        ("K02", 100, 200, "identified_set"),  # 百余
        ("U14", 4, 4, "exact"),  # a label
        ("U18", 0, 500, "identified_set"),  # 近500: strictly less
        ("U22", 2.25, 2.35, "rounding_interval"),  # 2.3万
    ],
)
def test_a_claim_as_an_interval(claims, claim_id, low, high, kind):
    interval = claim(claims, claim_id)
    assert (interval.low, interval.high, interval.kind) == (low, high, kind)


def test_qualifiers_open_and_close_the_ends(claims):
    def ends(claim_id):
        interval = claim(claims, claim_id)
        return interval.low_closed, interval.high_closed

    assert ends("F01") == (False, False)
    assert ends("F10") == (True, False)
    assert ends("S11") == (False, False)
    assert ends("S12") == (True, True)
    assert ends("U18") == (True, False)


def test_plain_units(claims):
    assert claim(claims, "S10", plain=True).estimate == 12_580_000
    assert claim(claims, "F01", plain=True).low == 2e12
    assert claim(claims, "S12", plain=True).low == 0.95
    assert claim(claims, "F07", plain=True) == claim(claims, "F07")


def test_the_rounding_rule_is_passed_on(claims):
    assert claim(claims, "F10", "truncate").high == pytest.approx(1.65)
    assert claim_intervals(claims, "truncate").set_index("claim_id").at["F10", "low"] == 1.64


@pytest.mark.parametrize("claim_id", ["F12", "K01", "S05", "S16"])
def test_what_is_no_number_has_no_interval(claims, claim_id):
    with pytest.raises(ValueError, match=rf"claim {claim_id} .+ is no number"):
        claim(claims, claim_id)


def test_wrong_words_are_refused(claims):
    with pytest.raises(ValueError, match=r"claim_id = 'X01'.*; allowed: one of the table claims"):
        claim(claims, "X01")
    with pytest.raises(ValueError, match="rounding = 'bankers'; allowed: half_up, half_down"):
        claim(claims, "F10", "bankers")


def test_all_claims_at_once(claims):
    table = claim_intervals(claims)
    assert list(table["claim_id"]) == list(claims["claim_id"])
    assert list(table.columns[: len(claims.columns)]) == list(claims.columns)
    with_interval = claims.apply(has_interval, axis=1)
    assert (~with_interval).sum() == 4
    assert table.loc[~with_interval, "low"].isna().all()
    assert set(table.loc[~with_interval, "kind"]) == {""}
    assert table.loc[table["kind"].eq("identified_set"), "estimate"].isna().all()
    for row in table[with_interval].itertuples():
        interval = claim(claims, row.claim_id)
        assert (row.low, row.high, row.kind) == (interval.low, interval.high, interval.kind)


# --- the sentences they stand in -----------------------------------------------------------------


def test_a_claim_stands_in_its_section(claims):
    sentences = tables.load("sentences").set_index("sentence")
    assert list(sentences.loc[claims["sentence"], "section"]) == list(claims["section"])
    assert set(sentences.loc[claims["sentence"], "kind"]) == {"text", "caption"}


def test_claims_stand_in_the_order_of_the_sentences(claims):
    assert claims["sentence"].is_monotonic_increasing


def test_sentences_are_numbered_through():
    sentences = tables.load("sentences")
    assert list(sentences["sentence"]) == list(range(1, len(sentences) + 1))
    assert sentences["paragraph"].diff().dropna().isin([0, 1]).all()
    for _, block in sentences.groupby("paragraph"):
        assert block[["section", "kind"]].drop_duplicates().shape[0] == 1
    single = sentences[sentences["kind"].ne("text")]
    assert single["paragraph"].is_unique
    assert set(sentences.loc[sentences["kind"].eq("caption"), "section"]) == {"caption"}


def test_subjects_quote_nothing_and_hold_no_figure(claims):
    sentences = tables.load("sentences")
    subjects = sentences["subject_en"] + sentences["subject_zh"]
    assert not subjects.str.contains(r"\d").any()
    for phrase in claims["phrase_zh"]:
        if len(phrase) > 6:
            assert not subjects.str.contains(phrase, regex=False).any()


def test_checks_are_said_in_both_languages(claims):
    assert claims["check"].str.isascii().all()
    assert claims["check_zh"].str.contains("[一-鿿]").all()
    # a label says why it is one
    labels = claims[claims["checkable"].eq("label")]
    assert labels["check"].str.len().gt(20).all()
