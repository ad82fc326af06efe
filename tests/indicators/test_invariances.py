"""What must not matter, what must mirror, and what must never narrow: tried on generated input.

Published numbers can be remembered; these cannot. Invariances of a single measure stand in its own
tests (copies and transfers of incomes, swapped dates, mirrored shares).
"""

from __future__ import annotations

import math
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.claims import claim
from indicators.convergence import (
    beta_convergence,
    growth_regression,
    half_life_of,
    ratio_bounds,
    sigma_convergence,
    speed_of,
    spread_ratio,
)
from indicators.inequality import theil_decomposition
from indicators.intervals import Interval, claim_interval, rounding_interval
from indicators.proportions import (
    METHODS,
    attainable_shares,
    grim,
    identified_share,
    proportion_interval,
    sample_interval,
    share_comb,
)
from indicators.rounding import ROUNDINGS
from indicators.tables import load
from indicators.thresholds import COMPARATORS, compare, target_interval
from indicators.two_groups import theil_between_interval, theil_change
from indicators.urban_rural_convergence import FORMS, half_life, years_to_target

LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
ENDS = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)).map(sorted)
COUNTS = st.integers(1, 300).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
RULES = {"half_up": ROUND_HALF_UP, "half_down": ROUND_HALF_DOWN, "truncate": ROUND_DOWN}


def panels(least: int = 5):
    """Levels of units at two dates, with some spread and no exact line."""
    pairs = st.tuples(st.floats(0.1, 100), st.floats(0.1, 100))
    return st.lists(pairs, min_size=least, max_size=20, unique=True).filter(_usable)


def _usable(pairs) -> bool:
    start, end = np.log(np.array(pairs).T)
    if min(np.ptp(start), np.ptp(end), np.ptp(end - start)) < 0.05:
        return False
    return abs(np.corrcoef(start, end)[0, 1]) < 0.999


def wider(inner: Interval, outer: Interval) -> bool:
    """Whether one interval holds another, ends included, but for floating-point noise."""
    ends = [abs(end) for end in (inner.low, inner.high) if math.isfinite(end)]
    noise = 1e-12 * max([1.0, *ends])
    return outer.low <= inner.low + noise and inner.high <= outer.high + noise


# Printed figures


@given(COUNTS, st.integers(0, 6), st.sampled_from([*RULES, "half_up_or_down"]), st.booleans())
def test_a_true_share_or_mean_passes_under_its_own_rule(counts, decimals, rounding, percent):
    count, total = counts
    value = (100 if percent else 1) * Decimal(count) / Decimal(total)
    for rule in RULES if rounding == "half_up_or_down" else [rounding]:
        if rounding == "half_up_or_down" and rule == "truncate":
            continue
        printed = f"{value.quantize(Decimal(1).scaleb(-decimals), RULES[rule]):f}"
        assert count in grim(printed, total, 1, percent, rounding)


@given(COUNTS, st.integers(1, 4), st.integers(0, 3))
def test_items_are_more_cases(counts, items, decimals):
    _, total = counts
    printed = f"{Decimal(37).scaleb(-decimals):f}"
    assert grim(printed, total, items) == grim(printed, total * items)


@given(st.integers(0, 1000), st.integers(1, 2000), st.sampled_from(ROUNDINGS))
def test_attainable_counts_rise_with_the_figure(tenths, total, rounding):
    below, above = (
        grim(f"{number / 10:.1f}", total, rounding=rounding) for number in (tenths, tenths + 1)
    )
    for counts in (below, above):
        assert list(counts) == list(range(counts[0], counts[-1] + 1)) if counts else True
    if below and above:
        assert below[0] <= above[0]
        assert below[-1] <= above[-1]


@given(COUNTS, st.sampled_from(["half_up", "half_down", "truncate"]))
def test_every_count_prints_one_figure(counts, rounding):
    _, total = counts
    printed = attainable_shares(total, 2, rounding)
    found = [count for text in printed for count in grim(text, total, rounding=rounding)]
    assert found == list(range(total + 1))


@given(COUNTS, st.integers(0, 2), st.integers(1, 6))
def test_a_comb_holds_all_that_is_attainable(counts, decimals, teeth):
    count, total = counts
    printed = f"{Decimal(100 * count) / Decimal(total):.{decimals}f}"
    comb = share_comb(printed, total, teeth=teeth)
    assert tuple(comb.loc[comb["attainable"], "count"]) == grim(printed, total)


@given(st.decimals(-1000, 1000, places=3), st.integers(0, 2), st.sampled_from(ROUNDINGS))
def test_fewer_digits_never_narrow_a_figure(value, digits, rounding):
    printed = f"{value.quantize(Decimal(1).scaleb(-digits)):f}"
    fine, coarse = (
        rounding_interval(f"{Decimal(printed):.{d}f}", None, rounding) for d in (3, digits)
    )
    assert wider(fine, coarse)
    either = rounding_interval(printed, None, "half_up_or_down")
    assert rounding == "truncate" or wider(coarse, either)


@given(st.integers(1, 10**6), st.sampled_from([1, 2, 5, 10, 100]), st.sampled_from([2, 5, 10]))
def test_a_coarser_unit_never_narrows_a_claim(count, unit, times):
    printed = f"{count * unit * times}"
    for bound in ("eq", "about", "more"):
        fine, coarse = (claim_interval(printed, bound, step) for step in (unit, unit * times))
        assert wider(fine, coarse)


@given(st.integers(0, 100), st.integers(1, 3000))
def test_a_known_total_and_an_open_bound_only_shrink_a_set(percent, total):
    value = f"{percent / 100:.2f}"
    for closed, opened in (("ge", "gt"), ("le", "lt")):
        try:
            strict = identified_share(opened, value, total)
        except ValueError:
            continue  # nothing is above 1 or below 0
        assert wider(strict, identified_share(closed, value, total))
        assert wider(strict, identified_share(opened, value))


@pytest.mark.parametrize("claim_id", ["F03", "F10", "S09", "U22"])
def test_a_claim_under_either_half_holds_both(claim_id):
    claims = load("claims")
    either = claim(claims, claim_id, "half_up_or_down")
    for rounding in ("half_up", "half_down"):
        assert wider(claim(claims, claim_id, rounding), either)


# Arithmetic of intervals


@given(ENDS, ENDS, st.floats(0, 1), st.floats(0, 1))
def test_every_pointwise_result_lies_in_the_interval_of_results(first, second, here, there):
    one, other = (Interval(*ends, "rounding_interval") for ends in (first, second))
    a, b = (
        min(max(ends[0] + at * (ends[1] - ends[0]), ends[0]), ends[1])
        for ends, at in ((first, here), (second, there))
    )
    results = [(one + other, a + b), (one - other, a - b), (one * other, a * b), (-one, -a)]
    if not other.low <= 0 <= other.high:
        results.append((one / other, a / b))
    for interval, value in results:
        assert wider(Interval(value, value, "rounding_interval"), interval)


@given(ENDS, ENDS)
def test_arithmetic_mirrors(first, second):
    one, other = (Interval(*ends, "rounding_interval") for ends in (first, second))
    assert 0 - (0 - one) == one
    assert one + other == other + one
    assert one * other == other * one
    assert one - other == -(other - one)


@given(ENDS, st.floats(0, 10), st.sampled_from(COMPARATORS))
def test_a_wider_outcome_never_turns_a_verdict(ends, more, comparator):
    level = target_interval(comparator, "2", 0)
    narrow = Interval(*ends, "rounding_interval")
    wide = Interval(ends[0] - more, ends[1] + more, "rounding_interval")
    verdict = compare(comparator, level, wide)
    assert verdict in ("undecided", compare(comparator, level, narrow))


# Two groups and scenarios


def around(middle: float, reach: float) -> Interval:
    return Interval(middle - reach, middle + reach, "rounding_interval", middle)


RATIOS, SHARES, REACH = st.floats(1.1, 4), st.floats(0.2, 0.8), st.floats(0, 0.05)


@given(RATIOS, SHARES, REACH, REACH, st.sampled_from(["t", "l"]))
def test_wider_means_never_narrow_the_between_part(ratio, share, reach, more, measure):
    narrow = theil_between_interval(around(ratio, reach), around(share, reach), measure)
    wide = theil_between_interval(around(ratio, reach + more), around(share, reach), measure)
    widest = theil_between_interval(
        around(ratio, reach + more), around(share, reach + more), measure
    )
    assert wider(narrow, wide)
    assert wider(wide, widest)


@given(RATIOS, RATIOS, SHARES, REACH)
def test_a_change_holds_the_changes_of_its_points(before, after, share, reach):
    exact = theil_change([before, after], [share, share])
    found = theil_change([around(before, reach), around(after, reach)], [share, share])
    for part in ("total", "ratio", "share"):
        assert wider(getattr(exact, part), getattr(found, part))


@given(RATIOS, RATIOS, REACH, REACH, st.sampled_from(FORMS), st.floats(1.02, 4))
def test_wider_rounding_never_narrows_a_scenario(first, last, reach, more, form, target):
    narrow, wide = (
        [around(ratio, width) for ratio in (first, last)] for width in (reach, reach + more)
    )
    assume(wide[0].low > 1.01 and wide[1].low > 1.01)
    assert wider(*(years_to_target(*ends, 3, target, (form,)) for ends in (narrow, wide)))
    for decay in ("gap_decay", "log_decay"):
        assert wider(*(half_life(*ends, 3, decay) for ends in (narrow, wide)))


# Levels, samples and populations


@given(COUNTS, st.sampled_from(METHODS), LEVELS, LEVELS)
def test_nested_levels_give_nested_shares(counts, method, one, other):
    low, high = sorted((one, other))
    assert wider(*(proportion_interval(*counts, method, level) for level in (low, high)))


@given(COUNTS, st.integers(0, 500), LEVELS, LEVELS)
def test_a_sample_mirrors_nests_and_stays_below_the_endless_one(counts, more, one, other):
    count, sample = counts
    population = sample + more
    low, high = (
        sample_interval(count, sample, population, level) for level in sorted((one, other))
    )
    assert wider(low, high)
    mirror = sample_interval(sample - count, sample, population, one)
    found = sample_interval(count, sample, population, one)
    assert (1 - mirror.high, 1 - mirror.low) == pytest.approx((found.low, found.high))
    endless = proportion_interval(count, sample, "clopper_pearson", one)
    # k / population is coarser than a share: one step more on either side
    step = 1 / population
    assert endless.low - step <= found.low
    assert found.high <= endless.high + step


@given(panels(), LEVELS, LEVELS)
def test_nested_levels_give_nested_slopes_lines_and_ratios(pairs, one, other):
    start, end = np.log(np.array(pairs).T)
    levels = sorted((one, other))
    found = growth_regression(start, end, cov_type="nonrobust")
    assert wider(*(found.interval("initial", level) for level in levels))
    assert wider(*(found.line(float(start.mean()), level) for level in levels))
    assert wider(*(spread_ratio(start, end, level) for level in levels))


@given(st.floats(0.1, 10), st.floats(0.1, 10), st.floats(-0.99, 0.99), st.integers(3, 100))
def test_bounds_of_a_ratio_hold_it_and_invert(before, after, correlation, n):
    between = correlation * math.sqrt(before * after)
    low, high = ratio_bounds(before, after, between, n)
    assert low <= math.sqrt(after / before) <= high
    back = ratio_bounds(after, before, between, n)
    assert (1 / back[1], 1 / back[0]) == pytest.approx((low, high))
    # more units with the same moments say more
    assert wider(
        Interval(*map(float, ratio_bounds(before, after, between, n + 5)), "model_ci"),
        Interval(float(low), float(high), "model_ci"),
    )


# Convergence


@given(st.floats(-0.95, 2), st.floats(0, 0.5), st.floats(1, 50))
def test_speed_and_half_life_invert(slope, reach, years):
    b = Interval(slope - reach, slope + reach, "model_ci", slope, 0.95)
    speed = speed_of(b, years)
    for bound, end in ((speed.low, b.high), (speed.high, b.low)):
        if math.isfinite(bound):
            assert math.expm1(-bound * years) == pytest.approx(end, abs=1e-9)
    half = half_life_of(speed)
    if speed.low > 0 and math.isfinite(speed.high):
        assert half.low * speed.high == pytest.approx(math.log(2))
        assert half.high * speed.low == pytest.approx(math.log(2))
    assert (half.high == math.inf) == (speed.low <= 0)
    assert (half.estimate is None) == (speed.estimate is None or speed.estimate <= 0)
    assert (half.level, half.kind) == (0.95, "model_ci")
    assert wider(half_life_of(speed_of(Interval(slope, slope, "model_ci"), years)), half)


@given(st.floats(0.01, 0.2), st.floats(1, 40), st.lists(st.floats(1, 100), min_size=5, unique=True))
def test_a_known_speed_is_found_again(speed, years, start):
    assume(np.ptp(np.log(start)) > 0.5)
    end = 50 ** (1 - math.exp(-speed * years)) * np.array(start) ** math.exp(-speed * years)
    assume(np.ptp(np.log(end)) > 1e-3)
    found = beta_convergence(start, end, years, cov_type="nonrobust")
    assert found.speed.estimate == pytest.approx(speed, rel=1e-6)


@given(panels(6), st.randoms(use_true_random=False), st.floats(0.01, 1000), st.floats(0.01, 1000))
def test_names_order_and_units_of_money_do_not_matter(pairs, random, one, other):
    start, end = np.array(pairs).T
    names = [f"unit {place}" for place in range(len(pairs))]
    random.shuffle(names)
    order = list(range(len(pairs)))
    random.shuffle(order)
    plain = beta_convergence(start, end, 10)
    named = beta_convergence(
        pd.Series(one * start, names).iloc[order], pd.Series(one * end, names).iloc[order], 10
    )
    assert named.params["initial"] == pytest.approx(plain.params["initial"], rel=1e-6, abs=1e-9)
    assert named.std_errors["initial"] == pytest.approx(
        plain.std_errors["initial"], rel=1e-6, abs=1e-9
    )
    # each date may have a unit of its own: the spread of logarithms stays
    before, after = sigma_convergence(start, end), sigma_convergence(one * start, other * end)
    for test in ("t1", "t2", "t3", "pitman_morgan", "spearman"):
        first, second = getattr(before, test), getattr(after, test)
        assert bool(first.undefined) == bool(second.undefined)
        if not first.undefined:
            assert second.statistic == pytest.approx(first.statistic, rel=1e-5, abs=1e-6)


@given(
    st.lists(st.tuples(st.floats(1, 1e5), st.floats(0.5, 1e4), st.sampled_from("abc")), min_size=2),
    st.sampled_from(["t", "l"]),
)
def test_groups_may_be_renamed_and_populations_copied(people, measure):
    values, weights, groups = zip(*people, strict=True)
    found = theil_decomposition(values, groups, weights, measure)
    names = [{"a": 7, "b": "a", "c": "zzz"}[group] for group in groups]
    renamed = theil_decomposition(values, names, weights, measure)
    copied = theil_decomposition(values * 3, groups * 3, weights * 3, measure)
    for other in (renamed, copied):
        for part in ("total", "between", "within"):
            assert getattr(other, part) == pytest.approx(getattr(found, part), abs=1e-9)
