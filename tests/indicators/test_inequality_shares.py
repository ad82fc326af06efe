"""Gini's coefficient and Atkinson's measure."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_inequality import INCOMES, MEXICO_1940, pairs

from indicators.inequality import atkinson, gini, theil_l, theil_t

MEASURES = {
    "gini": gini,
    "atkinson_half": lambda values, weights=None: atkinson(values, 0.5, weights),
    "atkinson_one": lambda values, weights=None: atkinson(values, 1, weights),
    "atkinson_two": lambda values, weights=None: atkinson(values, 2, weights),
}
ALL = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
# The example of R's package ineq.
ILO = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]


# Published answers


def test_gini_of_mexican_states():
    # Origin: the tests of PySAL's inequality, test_gini.py.
    assert gini(MEXICO_1940) == pytest.approx(0.3537237117345285, abs=1e-12)


def test_the_example_of_ineq():
    # Origin: R, package ineq: Gini(x), Atkinson(x); its Gini is without correction by default.
    assert gini(ILO) == pytest.approx(0.4620911, abs=5e-8)
    assert atkinson(ILO) == pytest.approx(0.1796591, abs=5e-8)
    # Origin: R, package phylotools, documentation of gini
    assert gini([1, 3, 2, 1, 1, 1, 4]) == pytest.approx(0.3076923, abs=5e-8)


@pytest.mark.parametrize(("epsilon", "value"), [(0.5, 0.06315), (1, 0.1316096), (0, 0)])
def test_atkinson_of_pysal(epsilon, value):
    # Origin: the tests of PySAL's inequality, test_atkinson.py, within its tolerance.
    assert atkinson([10, 20, 30, 40, 50], epsilon) == pytest.approx(value, abs=1e-5)


# By hand


def test_gini_is_the_mean_difference():
    # 1, 2, 6: differences 1, 5, 4 of nine pairs, twice each: 20/9 over twice the mean 3
    assert gini([6, 1, 2]) == pytest.approx(20 / 9 / 6)
    assert gini([1, 3], [3, 1]) == gini([1, 1, 1, 3]) == pytest.approx(0.25)


def test_atkinson_is_the_loss_of_a_power_mean():
    # 1 and 4, mean 2.5: power means of order 1/2, 0 and -1 are 2.25, 2 and 1.6
    found = [atkinson([1, 4], epsilon) for epsilon in (0.5, 1, 2)]
    assert found == pytest.approx([1 - mean / 2.5 for mean in (2.25, 2, 1.6)])


def test_atkinson_at_1_is_the_other_face_of_theil_l():
    assert atkinson(ILO, 1) == pytest.approx(1 - math.exp(-theil_l(ILO)))


@pytest.mark.parametrize("people", [2, 5, 40])
def test_one_holds_everything(people):
    incomes = [0] * (people - 1) + [7]
    assert gini(incomes) == pytest.approx(1 - 1 / people)
    # order 1/2: the square of the mean root is 7/n^2, over the mean 7/n
    assert atkinson(incomes, 0.5) == pytest.approx(1 - 1 / people)
    assert atkinson(incomes, 1) == atkinson(incomes, 3) == 1


def test_two_groups_have_a_gini_by_hand():
    # A share w of the people has R times the income of the rest: share of income minus of people.
    share, ratio = 0.3, 1.75
    held = share * ratio / (share * ratio + 1 - share)
    assert gini([1, ratio], [1 - share, share]) == pytest.approx(held - share)


# What must not matter, and what must


@ALL
@given(people=pairs(), seed=st.integers(0, 99))
def test_order_unit_and_copies_do_not_matter(measure, people, seed):
    incomes, weights = np.array(people).T
    value = measure(incomes, weights)
    order = np.random.default_rng(seed).permutation(len(incomes))
    assert measure(incomes[order], weights[order]) == pytest.approx(value, abs=1e-9)
    assert measure(7.3 * incomes, weights) == pytest.approx(value, abs=1e-9)
    assert measure(incomes, 0.2 * weights) == pytest.approx(value, abs=1e-9)
    copies = measure(np.tile(incomes, 3), np.tile(weights, 3))
    assert copies == pytest.approx(value, abs=1e-9)


@ALL
@given(incomes=INCOMES)
def test_weights_are_people(measure, incomes):
    repeated = [income for place, income in enumerate(incomes) for _ in range(place + 1)]
    weights = list(range(1, len(incomes) + 1))
    assert measure(incomes, weights) == pytest.approx(measure(repeated), abs=1e-9)
    assert measure(incomes, [4.0] * len(incomes)) == pytest.approx(measure(incomes), abs=1e-12)


@ALL
@given(people=pairs())
def test_splitting_a_group_in_two_equal_groups_leaves_the_measure(measure, people):
    incomes, weights = np.array(people).T
    half = [weights[0] / 2, *weights[1:], weights[0] / 2]
    split = measure([*incomes, incomes[0]], half)
    assert split == pytest.approx(measure(incomes, weights), abs=1e-9)


@ALL
@given(people=pairs())
def test_means_of_groups_are_a_lower_bound(measure, people):
    incomes, weights = np.array(people).T
    assume(len(incomes) > 2)
    joined = weights[0] + weights[1]
    mean = (weights[:2] @ incomes[:2]) / joined
    grouped = measure([mean, *incomes[2:]], [joined, *weights[2:]])
    assert grouped <= measure(incomes, weights) + 1e-9


@ALL
@given(people=pairs())
def test_a_measure_lies_between_0_and_1(measure, people):
    incomes, weights = np.array(people).T
    assert 0 <= measure(incomes, weights) <= 1
    assert measure([5.0] * len(incomes), weights) == pytest.approx(0, abs=1e-12)


@ALL
def test_people_without_weight_do_not_count(measure):
    assert measure([1, 3, 900, 0], [1, 1, 0, 0]) == pytest.approx(measure([1, 3]))


@given(incomes=INCOMES)
def test_a_transfer_from_rich_to_poor_lowers_both(incomes):
    before = np.sort(incomes)
    after = before.copy()
    gift = 0.25 * (before[-1] - before[0])
    after[0], after[-1] = after[0] + gift, after[-1] - gift
    for measure in MEASURES.values():
        assert measure(after) <= measure(before) + 1e-12


@given(people=pairs(low=1e-3), epsilon=st.floats(0, 8), more=st.floats(0.01, 2))
def test_more_aversion_counts_more(people, epsilon, more):
    incomes, weights = np.array(people).T
    lower, higher = (atkinson(incomes, at, weights) for at in (epsilon, epsilon + more))
    assert lower <= higher + 1e-9
    limit = 1 - incomes.min() / np.average(incomes, weights=weights)
    assert higher <= limit + 1e-9


def test_atkinson_is_smooth_at_1_and_nears_its_limits():
    near = [atkinson(ILO, 1 + step) for step in (-1e-7, -1e-10, 1e-10, 1e-7)]
    assert near == pytest.approx([atkinson(ILO, 1)] * 4, abs=1e-7)
    assert atkinson(ILO, 1e-9) / 1e-9 == pytest.approx(theil_t(ILO), rel=1e-6)
    limit = 1 - min(ILO) / np.mean(ILO)
    assert atkinson(ILO, 1e4) == pytest.approx(limit, abs=1e-3)
    assert atkinson(ILO, 1e8) == pytest.approx(limit, abs=1e-6)


# What is refused

BAD = [
    ([1, math.nan], None, r"found nan among values \(at 1\); allowed"),
    ([math.inf, 1], None, r"inf among values \(at 0\)"),
    ([1, -2, 3], None, r"negative numbers among values \(at 1\)"),
    ([1, 2], [1, -1], r"negative numbers among weights \(at 1\)"),
    ([1, 2], [1], "2 values and 1 weights"),
    ([], None, "no values"),
    ([0, 0], None, "a total income of 0"),
    ([1, 2], [0, 0], "a total of 0 in weights"),
    ([[1, 2]], None, "values in 2 dimensions"),
    (["1", "2"], None, "values has 2 of 2 values that are no numbers, the first '1'"),
    ("12", None, "found values = '12'; allowed: lists of one length"),
    ([1, 2], ["a", 1], "weights has 1 of 2 values that are no numbers"),
    (None, None, "found values = None"),
]


@ALL
@pytest.mark.parametrize(("values", "weights", "message"), BAD)
def test_what_has_no_value_is_refused(measure, values, weights, message):
    with pytest.raises(ValueError, match=message):
        measure(values, weights)


@pytest.mark.parametrize("epsilon", [-0.5, math.nan, math.inf, "1", None, True])
def test_an_aversion_is_a_number_from_0_up(epsilon):
    with pytest.raises(ValueError, match=r"epsilon = .*; allowed: a finite number, 0 or above"):
        atkinson([1, 2], epsilon)


def test_all_faults_are_told_at_once():
    with pytest.raises(ValueError, match="nan among values") as caught:
        atkinson([1, math.nan], -1, [1, -1])
    assert "negative numbers among weights (at 1)" in str(caught.value)
    assert "epsilon = -1" in str(caught.value)
