"""Intervals of a sampled share: published cases, what swapping and sampling all must give."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom
from statsmodels.stats.proportion import proportion_confint

from indicators.proportions import METHODS, proportion_interval, sample_interval

# Origin: R package binom, binom.confint(tol=1e-8), as kept in statsmodels
# stats/tests/results/results_proportion.py, commit 82c59e378bdfb5ae324006c477954879ad3e24be.
R_BINOM = [
    (18, 20, "wilson", 0.6989663547715128, 0.972133518786232),
    (18, 20, "clopper_pearson", 0.6830172859809176, 0.9876514728297052),
    (18, 20, "agresti_coull", 0.6867561125596077, 0.984343760998137),
    (4, 20, "wilson", 0.0806576625797981, 0.4160174322518935),
    (4, 20, "clopper_pearson", 0.05733399705003284, 0.436614002996668),
    (4, 20, "agresti_coull", 0.0749115102767071, 0.4217635845549845),
    (4, 200, "wilson", 0.00780442641634947, 0.05028708690582643),
    (4, 200, "clopper_pearson", 0.005475565879556443, 0.05041360908989634),
    (4, 200, "agresti_coull", 0.005991954548218395, 0.0520995587739575),
    (190, 200, "wilson", 0.910421851861224, 0.972617354399236),
    (190, 200, "clopper_pearson", 0.9099724622986486, 0.975765834527891),
    (190, 200, "agresti_coull", 0.909307307911624, 0.973731898348837),
    (1, 30, "wilson", 0.00590859, 0.16670391),
    (1, 30, "clopper_pearson", 0.0008435709, 0.17216946),
    (1, 30, "agresti_coull", 0, 0.18091798),
    (29, 30, "wilson", 0.8332961, 0.9940914),
    (29, 30, "clopper_pearson", 0.8278305, 0.9991564),
    (29, 30, "agresti_coull", 0.819082, 1),
    (0, 30, "wilson", 0, 0.11351339),
    (0, 30, "clopper_pearson", 0, 0.11570331),
    (0, 30, "agresti_coull", 0, 0.1347117),
    (30, 30, "wilson", 0.8864866, 1),
    (30, 30, "clopper_pearson", 0.8842967, 1),
    (30, 30, "agresti_coull", 0.8652883, 1),
]
# Origin: Newcombe (1998), Statistics in Medicine 17:857-872, Table I, methods 3 to 6.
NEWCOMBE = {
    (81, 263): {
        "wilson": (0.2553, 0.3662), "wilson_cc": (0.2535, 0.3682),
        "clopper_pearson": (0.2527, 0.3676), "mid_p": (0.2544, 0.3658),
    },
    (15, 148): {
        "wilson": (0.0624, 0.1605), "wilson_cc": (0.0598, 0.1644),
        "clopper_pearson": (0.0578, 0.1617), "mid_p": (0.0601, 0.1581),
    },
    (0, 20): {
        "wilson": (0, 0.1611), "wilson_cc": (0, 0.2005),
        "clopper_pearson": (0, 0.1684), "mid_p": (0, 0.1391),
    },
    (1, 29): {
        "wilson": (0.0061, 0.1718), "wilson_cc": (0.0018, 0.1963),
        "clopper_pearson": (0.0009, 0.1776), "mid_p": (0.0017, 0.1585),
    },
}  # fmt: skip
COUNTS = st.integers(1, 300).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@pytest.mark.parametrize(("count", "total", "method", "low", "high"), R_BINOM)
def test_cases_of_the_r_package_binom(count, total, method, low, high):
    interval = proportion_interval(count, total, method)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize("case", NEWCOMBE)
def test_table_of_newcombe(case):
    for method, ends in NEWCOMBE[case].items():
        interval = proportion_interval(*case, method)
        assert (round(interval.low, 4), round(interval.high, 4)) == ends, method


def test_jeffreys_is_that_of_statsmodels_but_for_none_and_all():
    # Origin: Brown, Cai and DasGupta (2001), section 4.3: the ends are moved to 0 and to 1 there.
    assert proportion_interval(7, 30, "jeffreys").low == pytest.approx(
        proportion_confint(7, 30, 0.05, "jeffreys")[0]
    )
    assert proportion_interval(0, 30, "jeffreys").low == 0
    assert proportion_interval(30, 30, "jeffreys").high == 1


@given(COUNTS, st.sampled_from(METHODS), st.sampled_from([0.5, 0.9, 0.999]))
def test_the_interval_holds_the_share_and_mirrors(counts, method, level):
    count, total = counts
    interval = proportion_interval(count, total, method, level)
    assert 0 <= interval.low <= count / total <= interval.high <= 1
    mirror = proportion_interval(total - count, total, method, level)
    assert (1 - mirror.high, 1 - mirror.low) == pytest.approx((interval.low, interval.high))


@given(COUNTS, st.sampled_from(METHODS))
def test_a_higher_level_is_never_narrower(counts, method):
    narrow, wide = (proportion_interval(*counts, method, level) for level in (0.8, 0.95))
    assert wide.low <= narrow.low + 1e-12
    assert narrow.high <= wide.high + 1e-12


@given(COUNTS)
def test_mid_p_lies_within_the_exact_interval(counts):
    exact, middle = (proportion_interval(*counts, name) for name in ("clopper_pearson", "mid_p"))
    assert exact.low - 1e-12 <= middle.low
    assert middle.high <= exact.high + 1e-12


def test_mid_p_leaves_half_the_point_in_each_tail():
    interval = proportion_interval(7, 30, "mid_p", 0.9)
    for share, tail in ((interval.low, 0.05), (interval.high, 0.95)):
        assert binom.sf(7, 30, share) + binom.pmf(7, 30, share) / 2 == pytest.approx(tail)


def test_the_kind_says_what_varies():
    assert proportion_interval(190, 200).kind == "sampling_ci"
    assert proportion_interval(190, 200, kind="model_ci").kind == "model_ci"
    interval = proportion_interval(190, 200, level=0.9)
    assert (interval.estimate, interval.level) == (0.95, 0.9)


# A finite population


def test_190_of_200_out_of_2000():
    # Origin: METHODS of the book, A3: [0.912, 0.9745] against [0.910, 0.976] without end.
    interval = sample_interval(190, 200, 2000)
    assert (interval.low, interval.high, interval.kind) == (0.912, 0.9745, "sampling_ci")
    endless = proportion_interval(190, 200, "clopper_pearson")
    assert (round(endless.low, 3), round(endless.high, 3)) == (0.91, 0.976)


@given(COUNTS)
def test_a_sample_of_everything_is_a_point(counts):
    count, total = counts
    interval = sample_interval(count, total, total)
    assert interval.low == interval.high == count / total


@settings(max_examples=40)
@given(st.data())
def test_the_tails_are_inverted(data):
    population = data.draw(st.integers(1, 120))
    sample = data.draw(st.integers(1, population))
    count = data.draw(st.integers(0, sample))
    level = data.draw(st.sampled_from([0.5, 0.9, 0.99]))
    tail = (1 - level) / 2
    kept = [
        k
        for k in range(count, population - sample + count + 1)
        if hypergeom.sf(count - 1, population, k, sample) > tail
        and hypergeom.cdf(count, population, k, sample) > tail
    ]
    interval = sample_interval(count, sample, population, level)
    assert (interval.low, interval.high) == (kept[0] / population, kept[-1] / population)


@pytest.mark.parametrize(("population", "sample", "level"), [(60, 12, 0.9), (25, 20, 0.5)])
def test_the_interval_covers_as_often_as_it_says(population, sample, level):
    # Origin: every population is tried, and every sample of it weighed with its chance.
    ends = [sample_interval(count, sample, population, level) for count in range(sample + 1)]
    for successes in range(population + 1):
        share = successes / population
        held = math.fsum(
            hypergeom.pmf(count, population, successes, sample)
            for count in range(sample + 1)
            if ends[count].low <= share <= ends[count].high
        )
        assert held >= level


def test_a_large_population_does_not_matter():
    finite = sample_interval(19, 20, 10**7)
    endless = proportion_interval(19, 20, "clopper_pearson")
    assert (finite.low, finite.high) == pytest.approx((endless.low, endless.high), abs=1e-5)


# Refusals


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((5, 3), "count = 5; allowed: a whole number from 0 to total = 3"),
        ((-1, 3), "count = -1; allowed: a whole number from 0 to total = 3"),
        ((1.5, 3), "count = 1.5; allowed: a whole number"),
        ((True, 3), "count = True; allowed: a whole number"),
        (("2", 3), "count = '2'; allowed: a whole number"),
        ((None, 3), "count = None; allowed: a whole number"),
        ((float("nan"), 3), "count = nan; allowed: a whole number"),
        ((0, 0), "total = 0; allowed: a whole number from 1 up"),
        ((1, 2.5), "total = 2.5; allowed: a whole number from 1 up"),
        ((1, 2, "wald"), "method = 'wald'; allowed: wilson, wilson_cc, clopper_pearson, mid_p"),
        ((1, 2, "wilson", 1), "level = 1; allowed: above 0 and below 1, as 0.95"),
        ((1, 2, "wilson", 0), "level = 0; allowed: above 0 and below 1"),
        ((1, 2, "wilson", "95"), "level = '95'; allowed: above 0 and below 1"),
    ],
)
def test_what_a_share_cannot_be(arguments, message):
    with pytest.raises(ValueError, match="allowed") as caught:
        proportion_interval(*arguments)
    assert message in str(caught.value)


def test_all_faults_are_told_at_once():
    with pytest.raises(ValueError, match="count = 5") as caught:
        proportion_interval(5, 3, "wald", 95, kind="exact")
    for part in ("method = 'wald'", "level = 95", "kind = 'exact'; allowed: sampling_ci, model_ci"):
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((3, 20, 10), "sample = 20; allowed: a whole number from 1 to population = 10"),
        ((21, 20, 100), "count = 21; allowed: a whole number from 0 to sample = 20"),
        ((0, 0, 5), "sample = 0; allowed: a whole number from 1 to population = 5"),
        ((0, 1, 0), "population = 0; allowed: a whole number from 1 up"),
        ((1, 2, 3, 2), "level = 2; allowed: above 0 and below 1"),
    ],
)
def test_what_a_sample_cannot_be(arguments, message):
    with pytest.raises(ValueError, match="allowed") as caught:
        sample_interval(*arguments)
    assert message in str(caught.value)


def test_whole_numbers_of_any_type_are_taken():
    import numpy as np

    assert proportion_interval(np.int64(190), 200.0) == proportion_interval(190, 200)
    assert sample_interval(np.int64(190), 200.0, 2000) == sample_interval(190, 200, 2000)
