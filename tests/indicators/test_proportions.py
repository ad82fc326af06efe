"""Shares of counts: the granularity test and its power."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.proportions import attainable_shares, grim, share_comb, share_test
from indicators.rounding import ROUNDINGS

# Origin: R package scrutiny, tests test-grim-map.R (pigs1) and test-grim.R (vec1, vec2, vec3,
# vec5), commit a56a94509aedcf3aba3746b9388c461420982fc0; rounding "up_or_down"; after Brown and
# Heathers (2017), Social Psychological and Personality Science 8:363-369.
PIGS = [
    ("7.22", 32, True), ("4.74", 25, False), ("5.23", 29, False), ("2.57", 24, False),
    ("6.77", 27, False), ("2.68", 28, True), ("7.01", 29, False), ("7.38", 26, True),
    ("3.14", 27, False), ("6.89", 31, False), ("5.00", 25, True), ("0.24", 28, False),
]  # fmt: skip
VECTORS = [
    # total, items, percent, the printed figures, which of them are consistent
    (28, 1, False, "5.19 5.20 5.21 5.22 5.23 5.24 5.25 5.26 5.27 5.28 5.29 5.30", "001000100010"),
    (120, 3, False, "0.150 0.151 0.152 0.153 0.154 0.155 0.156 0.157 0.158 0.159", "1001001010"),
    (28, 2, False, "0.80 0.81 0.82 0.83 0.84 0.85 0.86 0.87 0.88 0.89", "1010101111"),
    (50, 1, True, "6 7 8 9 10 11 12 13 14 15 16", "10101010101"),
]


# Origin: the same file, the figures of PIGS with n = 40 and 80, where the rule of rounding decides.
ROUNDED = [
    (40, "half_up_or_down", "101111010010"), (40, "half_up", "001001010010"),
    (40, "half_down", "100110000010"), (80, "half_up_or_down", "111111111111"),
    (80, "half_up", "011001111111"), (80, "half_down", "110110101111"),
]  # fmt: skip


@pytest.mark.parametrize(("total", "rounding", "consistent"), ROUNDED)
def test_rules_of_rounding_agree_with_scrutiny(total, rounding, consistent):
    found = [bool(grim(text, total, 1, False, rounding)) for text, *_ in PIGS]
    assert found == [mark == "1" for mark in consistent]


@pytest.mark.parametrize(("text", "total", "consistent"), PIGS)
def test_means_agree_with_scrutiny(text, total, consistent):
    assert bool(grim(text, total, percent=False)) is consistent


@pytest.mark.parametrize(("total", "items", "percent", "figures", "consistent"), VECTORS)
def test_series_agree_with_scrutiny(total, items, percent, figures, consistent):
    found = [bool(grim(text, total, items, percent)) for text in figures.split()]
    assert found == [mark == "1" for mark in consistent]


@pytest.mark.parametrize(
    ("text", "total", "counts"),
    [
        # Origin: printed in the article; 536 / 551 = 97.2777 %.
        ("97.28", 551, (536,)),
        # Origin: printed for Shaoxing 2020 and Hangzhou 2023Q1; 888 / 896 = 99.107, 889 / 896 =
        # 99.219; 22 / 98 = 22.449, 23 / 98 = 23.469.
        ("99.12", 896, ()), ("22.7", 98, ()),
        # Origin: printed as 7 of 21 projects.
        ("33.3", 21, (7,)),
        ("100", 54, (54,)), ("0", 54, (0,)), ("125.6", 235, ()), ("50", 8, (4,)),
    ],
)  # fmt: skip
def test_printed_rates_as_shares_of_projects(text, total, counts):
    assert grim(text, total) == counts


def test_a_coarse_figure_has_many_counts():
    assert grim("33", 1000) == tuple(range(325, 336))
    assert grim("33", 1000, rounding="half_up") == tuple(range(325, 335))
    assert grim("33", 1000, rounding="half_down") == tuple(range(326, 336))
    assert grim("33", 1000, rounding="truncate") == tuple(range(330, 340))


def test_a_share_never_exceeds_its_total():
    assert grim("100", 3) == (3,)
    assert grim("100", 1000) == tuple(range(995, 1001))


@given(st.integers(1, 3000), st.data())
def test_every_true_share_passes(total, data):
    count = data.draw(st.integers(0, total))
    decimals = data.draw(st.integers(0, 4))
    share = Decimal(100 * count) / Decimal(total)
    printed = f"{share.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)}"
    assert count in grim(printed, total)
    assert count in grim(printed, total, rounding="half_up")


@given(st.integers(1, 400), st.integers(0, 2), st.sampled_from(ROUNDINGS))
def test_attainable_shares_are_those_that_pass(total, decimals, rounding):
    figures = [
        f"{Decimal(n).scaleb(-decimals):.{decimals}f}" for n in range(100 * 10**decimals + 1)
    ]
    if decimals < 2:
        passing = tuple(text for text in figures if grim(text, total, rounding=rounding))
        assert attainable_shares(total, decimals, rounding) == passing
    else:
        attainable = attainable_shares(total, decimals, rounding)
        assert set(attainable) <= set(figures)
        assert all(grim(text, total, rounding=rounding) for text in attainable[::7])


def test_power_of_the_test_for_551_projects():
    # Origin: the shares k / 551 for k = 0..551 are 552 distinct two-decimal percentages.
    assert len(attainable_shares(551, 2)) == 552
    test = share_test("97.28", 551)
    assert (test.attainable_values, test.possible_values) == (552, 10001)
    assert test.power == pytest.approx(1 - 552 / 10001)
    assert test.attainable_share == pytest.approx(0.0552, abs=5e-5)


def test_many_projects_make_the_test_powerless():
    assert share_test("98.9", 1299).power == 0
    assert len(attainable_shares(100_000, 1)) == 1001


@pytest.mark.parametrize(
    ("text", "total", "verdict"),
    [("97.28", 551, "attainable"), ("99.12", 896, "not_attainable"), ("125.6", 235, "not_testable"),
     ("101", 1786, "not_testable"), ("100", 7, "attainable")],
)  # fmt: skip
def test_verdicts(text, total, verdict):
    assert share_test(text, total).verdict == verdict


def test_the_count_behind_a_figure():
    assert share_test("97.28", 551).attained.kind == "exact"
    several = share_test("33", 1000).attained
    assert (several.low, several.high, several.kind) == (325, 335, "identified_set")
    assert share_test("99.12", 896).attained is None
    assert (share_test("97.28", 551).digits, share_test("97.28", 551).rate) == (2, 0.9728)


def test_a_comb_holds_the_teeth_around_the_figure():
    comb = share_comb("97.28", 551)
    assert comb.columns.tolist() == ["count", "share", "attainable", "low", "high", "kind"]
    assert comb["count"].tolist() == list(range(532, 541))
    assert comb.loc[comb["attainable"], "count"].tolist() == [536]
    assert (comb["low"].iloc[0], comb["high"].iloc[0]) == pytest.approx((0.97275, 0.97285))
    assert not share_comb("99.12", 896)["attainable"].any()


def test_a_comb_stops_at_none_and_all():
    assert share_comb("0.5", 21)["count"].min() == 0
    assert share_comb("100", 21)["count"].max() == 21
    assert share_comb("100", 1)["count"].tolist() == [0, 1]


@pytest.mark.parametrize(("total", "items"), [(0, 1), (5, 0), (-3, 1)])
def test_a_share_of_nothing_is_refused(total, items):
    with pytest.raises(ValueError, match=r"(total|items) = .*; allowed: a whole number from 1 up"):
        grim("50", total, items)


def test_refused_arguments():
    with pytest.raises(ValueError, match=r"printed = 97\.28; allowed: text such as"):
        grim(97.28, 551)
    with pytest.raises(ValueError, match="decimals = -1; allowed: a whole number from 0 to 9"):
        attainable_shares(10, -1)
    with pytest.raises(ValueError, match=r"rounding = 'up'.*; allowed: half_up"):
        attainable_shares(10, 1, "up")
    with pytest.raises(ValueError, match="total = 0"):
        attainable_shares(0, 1)
