"""Theil's T and L, and their parts between and within groups."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.inequality import theil_decomposition, theil_l, theil_t

BOTH = pytest.mark.parametrize("theil", [theil_t, theil_l])
MEASURES = pytest.mark.parametrize("measure", ["t", "l"])
INCOMES = st.lists(st.floats(1, 1e6), min_size=2, max_size=12)


# Incomes per head of the 32 Mexican states, and their regions (Hanson, 1998).
MEXICO_1940 = [
    10384, 22361, 9573, 3758, 2934, 8578, 8537, 6909, 17816, 12132, 4359, 2181, 4414, 5309,
    3408, 3327, 6936, 4836, 9073, 1892, 3569, 11016, 21965, 4372, 4840, 6399, 2459, 7508,
    3605, 5203, 7990, 3734,
]  # fmt: skip
MEXICO_2000 = [
    27782, 29855, 26103, 36163, 8684, 30735, 28460, 21358, 54349, 17379, 15585, 11820,
    12348, 21610, 16322, 11838, 18170, 11478, 38672, 9010, 15685, 26149, 33442, 15866,
    15242, 24068, 13360, 23546, 11701, 12191, 17509, 11130,
]  # fmt: skip
REGIONS = [
    2, 1, 2, 5, 5, 1, 1, 3, 4, 2, 3, 5, 3, 3, 4, 3, 3, 2, 1, 5, 3, 3, 5, 2, 2, 1, 5, 1, 3,
    3, 5, 2,
]  # fmt: skip


def pairs(low: float = 1, high: float = 1e6):
    return st.lists(
        st.tuples(st.floats(low, high), st.floats(0.5, 1e4)), min_size=2, max_size=12
    )  # fmt: skip


# Worked examples


def test_two_people():
    # By hand: shares 1/4 and 3/4 of two: T = (0.5 ln 0.5 + 1.5 ln 1.5) / 2.
    assert theil_t([1, 3]) == pytest.approx((0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2)
    # L = -(ln 0.5 + ln 1.5) / 2
    assert theil_l([1, 3]) == pytest.approx(-(math.log(0.5) + math.log(1.5)) / 2)


def test_one_has_all():
    # Origin: Theil (1967): the largest value of T among n people is ln n.
    assert theil_t([0, 0, 0, 5]) == pytest.approx(math.log(4))


@pytest.mark.parametrize(
    ("incomes", "total", "between"),
    [(MEXICO_1940, 0.20894344, 0.0345889), (MEXICO_2000, 0.10660832, 0.03635872)],
)
def test_mexican_states(incomes, total, between):
    # Origin: the tests of PySAL's inequality, test_theil.py, on the incomes of Rey and
    # Sastre-Gutierrez (2010); its TheilD has no populations, which is equal populations here.
    assert theil_t(incomes) == pytest.approx(total, abs=1e-7)
    parts = theil_decomposition(incomes, REGIONS)
    assert parts.between == pytest.approx(between, abs=1e-7)
    assert parts.total == pytest.approx(total, abs=1e-7)


@MEASURES
def test_a_decomposition_by_hand(measure):
    # Two groups of two: (1, 3) with mean 2 and (2, 6) with mean 4; the second is the first doubled.
    whole = theil_decomposition([1, 3, 2, 6], ["a", "a", "b", "b"], measure=measure)
    theil = {"t": theil_t, "l": theil_l}[measure]
    assert whole.within == pytest.approx(theil([1, 3]))
    assert whole.between == pytest.approx(theil([2, 4]))
    assert whole.total == pytest.approx(theil([1, 3, 2, 6]))


@MEASURES
def test_means_alone_are_a_lower_bound(measure):
    incomes, groups = [1, 3, 2, 6], ["a", "a", "b", "b"]
    whole = theil_decomposition(incomes, groups, measure=measure)
    means = theil_decomposition([2, 4], ["a", "b"], [2, 2], measure)
    assert means.within == 0
    assert means.total == pytest.approx(whole.between)
    assert means.total < whole.total


def test_groups_without_people_or_income():
    whole = theil_decomposition([4, 1, 0, 3], ["a", "b", "c", "c"], [1, 0, 1, 1])
    assert whole.total == pytest.approx(theil_t([4, 0, 3]))
    nothing = theil_decomposition([0, 0, 3, 1], ["a", "a", "b", "b"])
    assert nothing.total == pytest.approx(theil_t([0, 0, 3, 1]))


# What must not matter


@BOTH
@given(people=pairs(), seed=st.integers(0, 99))
def test_order_unit_and_copies_do_not_matter(theil, people, seed):
    incomes, weights = np.array(people).T
    value = theil(incomes, weights)
    order = np.random.default_rng(seed).permutation(len(incomes))
    assert theil(incomes[order], weights[order]) == pytest.approx(value, abs=1e-9)
    assert theil(7.3 * incomes, weights) == pytest.approx(value, abs=1e-9)
    assert theil(incomes, 0.2 * weights) == pytest.approx(value, abs=1e-9)
    copies = theil(np.tile(incomes, 3), np.tile(weights, 3))
    assert copies == pytest.approx(value, abs=1e-9)


@BOTH
@given(incomes=INCOMES)
def test_equal_weights_are_no_weights(theil, incomes):
    weighted = theil(incomes, [4.0] * len(incomes))
    assert weighted == pytest.approx(theil(incomes), abs=1e-12)
    assert theil([5.0] * len(incomes)) == pytest.approx(0, abs=1e-12)
    assert weighted >= 0


@BOTH
@given(incomes=INCOMES)
def test_weights_are_people(theil, incomes):
    repeated = [income for place, income in enumerate(incomes) for _ in range(place + 1)]
    weights = range(1, len(incomes) + 1)
    assert theil(incomes, list(weights)) == pytest.approx(theil(repeated), abs=1e-9)


@BOTH
def test_people_without_weight_do_not_count(theil):
    assert theil([1, 3, 900], [1, 1, 0]) == pytest.approx(theil([1, 3]))


@MEASURES
@given(people=pairs())
def test_the_parts_add_up(measure, people):
    incomes, weights = np.array(people).T
    groups = [place % 3 for place in range(len(incomes))]
    parts = theil_decomposition(incomes, groups, weights, measure)
    whole = {"t": theil_t, "l": theil_l}[measure](incomes, weights)
    assert parts.total == pytest.approx(whole, abs=1e-9)
    assert parts.total == parts.between + parts.within
    assert parts.between >= 0
    assert parts.within >= 0


@MEASURES
@given(people=pairs())
def test_splitting_a_group_in_two_equal_groups_leaves_the_total(measure, people):
    incomes, weights = np.array(people).T
    groups = list(range(len(incomes)))
    whole = theil_decomposition(incomes, groups, weights, measure)
    split = theil_decomposition(
        [*incomes, incomes[0]],
        [*groups, "new"],
        [weights[0] / 2, *weights[1:], weights[0] / 2],
        measure,
    )
    assert split.total == pytest.approx(whole.total, abs=1e-9)
    assert split.between == pytest.approx(whole.between, abs=1e-9)


@given(people=pairs())
def test_a_transfer_from_rich_to_poor_lowers_both(people):
    incomes = np.sort(np.array(people)[:, 0])
    moved = incomes.copy()
    gift = 0.25 * (incomes[-1] - incomes[0])
    moved[0], moved[-1] = moved[0] + gift, moved[-1] - gift
    assert theil_t(moved) <= theil_t(incomes) + 1e-12
    assert theil_l(moved) <= theil_l(incomes) + 1e-12


# What is refused


@BOTH
@pytest.mark.parametrize(
    ("values", "weights", "message"),
    [
        ([1, math.nan], None, r"found nan among values \(at 1\); allowed"),
        ([math.inf, 1], None, r"inf among values \(at 0\)"),
        ([1, -2, 3], None, r"negative numbers among values \(at 1\)"),
        ([1, 2], [1, -1], r"negative numbers among weights \(at 1\)"),
        ([1, 2], [math.nan, 1], "nan among weights"),
        ([1, 2], [1], "2 values and 1 weights"),
        ([], None, "no values"),
        ([0, 0], None, "a total income of 0"),
        ([1, 2], [0, 0], "a total of 0 in weights"),
        ([[1, 2]], None, "values in 2 dimensions"),
    ],
)
def test_what_has_no_value_is_refused(theil, values, weights, message):
    with pytest.raises(ValueError, match=message):
        theil(values, weights)


def test_all_faults_are_told_at_once():
    with pytest.raises(ValueError, match="2 values and 3 weights; nan among values") as caught:
        theil_t([math.nan, -1], [1, 1, math.inf])
    assert "negative numbers among values (at 1)" in str(caught.value)
    assert "inf among weights (at 2)" in str(caught.value)


def test_an_income_of_0_has_no_logarithm():
    with pytest.raises(ValueError, match="an income of 0, whose logarithm L needs"):
        theil_l([0, 1])
    assert theil_l([0, 1, 3], [0, 1, 1]) == pytest.approx(theil_l([1, 3]))


@pytest.mark.parametrize(
    ("groups", "others", "message"),
    [
        (["a"], {}, "2 values and 2 populations and 1 groups"),
        (["a", None], {}, "a missing group"),
        (["a", "b"], {"measure": "gini"}, "measure = 'gini'; allowed: t, l"),
        (["a", "b"], {"populations": [0, 0]}, "a total of 0 in populations"),
    ],
)
def test_what_cannot_be_decomposed(groups, others, message):
    with pytest.raises(ValueError, match=message):
        theil_decomposition([1, 2], groups, **others)
