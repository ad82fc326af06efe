"""Sigma convergence: is the spread of the second date smaller than that of the first?"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from indicators.convergence.regression import LEVEL
from indicators.inputs import (
    SMALLEST,
    Vector,
    check_level,
    check_together,
    check_values,
    check_whole,
    read_numbers,
    spreads,
)
from indicators.intervals import Interval

LEAST = 3  # Pitman-Morgan has n - 2 degrees of freedom


@dataclass(frozen=True)
class SpreadTest:
    """A statistic and its two-sided p-value; both are None where the test is undefined.

    `undefined` then says why, and is empty otherwise.
    """

    statistic: float | None
    p_value: float | None
    undefined: str = ""


@dataclass(frozen=True)
class SigmaConvergence:
    """The spread (sd) of n units at two dates, and five tests that it did not change.

    Above 0, or above 1 for `t1`, a statistic says that the spread fell; `t2` has no side.
    `pitman_morgan` is the primary test: its statistic is the correlation r of sum and difference.
    `spearman` is that of their ranks, which a few far-off units do not move. `t1` is shown for
    comparison only: it takes the two dates for different units. `correlation` is that of the two
    dates.
    """

    n: int
    sd_initial: float
    sd_final: float
    correlation: float
    t1: SpreadTest
    t2: SpreadTest
    t3: SpreadTest
    pitman_morgan: SpreadTest
    spearman: SpreadTest


def sigma_convergence(initial: ArrayLike, final: ArrayLike) -> SigmaConvergence:
    """Tests of the spread of logarithms, from LEVELS above 0 of the same units at two dates.

    Raises one ValueError with what was found and is allowed: missing, infinite or non-positive
    values, lengths or labels that differ, a constant, fewer than 3 units.

    >>> found = sigma_convergence([1, 2, 4, 8, 16], [3, 4.5, 9, 13, 22])
    >>> round(found.sd_final / found.sd_initial, 2), round(found.pitman_morgan.p_value, 4)
    (0.73, 0.0079)
    """
    levels = check_values({"initial": initial, "final": final}, LEAST, positive=True)
    return spread_tests(*(np.log(values) for values in levels.values()))


def spread_tests(first: ArrayLike, second: ArrayLike) -> SigmaConvergence:
    """The tests of `sigma_convergence` on the scale that the values have.

    T1 = s1^2 / sT^2 against F(n - 1, n - 1) (Lichtenberg 1994), which ignores that the units are
    the same; T2 = (n - 2.5) ln(1 + (s1^2 - sT^2)^2 / (4 (s1^2 sT^2 - s1T^2))) against chi2(1) and
    T3 = sqrt(n) (s1^2 / sT^2 - 1) / (2 sqrt(1 - pi^2)) against N(0, 1), pi the slope of the second
    on the first date (Carree and Klomp 1997), undefined for pi >= 1; and the exact one for normal
    values, r = corr(y1 + yT, y1 - yT) (Pitman 1939; Morgan 1939), with T2 = -(n - 2.5) ln(1 - r^2);
    and r of ranks (McCulloch 1987). r and its p-values are those of `pearsonr` and `spearmanr` in
    scipy; its tests of two variances (`bartlett`, `levene`) take the dates for different units, and
    T1 to T3 are in neither scipy nor statsmodels.

    >>> spread_tests([0, 1, 2, 3], [0, 2, 3, 6]).t3.undefined
    'pi = 1.900; T3 needs a slope between -1 and 1'
    """
    values = check_values({"first": first, "second": second}, LEAST, positive=False)
    start, end = values.values()
    n, cov = len(start), np.cov(start, end)
    return SigmaConvergence(
        n=n,
        sd_initial=math.sqrt(cov[0, 0]),
        sd_final=math.sqrt(cov[1, 1]),
        correlation=float(cov[0, 1] / math.sqrt(cov[0, 0] * cov[1, 1])),
        t1=_t1(cov, n),
        t2=_t2(start, end),
        t3=_t3(cov, n),
        pitman_morgan=_correlation_test(start, end, stats.pearsonr),
        spearman=_correlation_test(start, end, stats.spearmanr),
    )


def spread_ratio(first: ArrayLike, second: ArrayLike, level: float = LEVEL) -> Interval:
    """The sd of the second date over that of the first, with the interval that Pitman-Morgan gives.

    Kind `model_ci`: it holds every ratio that the test does not reject at 1 - level, so it leaves
    1 out exactly where the p-value is smaller than that. Raises ValueError as `spread_tests`.
    Source: the test of Pitman (1939) and Morgan (1939), inverted.

    >>> ratio = spread_ratio([0, 1, 2, 3], [0, 0.4, 1.2, 1.4])
    >>> round(ratio.low, 2), round(ratio.estimate, 2), round(ratio.high, 2)
    (0.28, 0.51, 0.94)
    """
    values, level = check_together(
        lambda: check_values({"first": first, "second": second}, LEAST, positive=False),
        lambda: check_level(level),
    )
    cov = np.cov(*values.values())
    moments = (cov[0, 0], cov[1, 1], cov[0, 1])
    ends = ratio_bounds(*moments, len(values["first"]), level)
    return Interval(*map(float, ends), "model_ci", math.sqrt(cov[1, 1] / cov[0, 0]), level)


def ratio_bounds(
    before: ArrayLike, after: ArrayLike, between: ArrayLike, n: int, level: float = LEVEL
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The two ends of `spread_ratio` from the variances and the covariance; arrays broadcast.

    Raises one ValueError with all that is wrong: variances not above 0, a covariance that is not
    finite or larger than the variances allow, fewer than 3 units, a level that is no probability.

    >>> [round(float(end), 3) for end in ratio_bounds(1, 1, 0.9, 20)]
    [0.807, 1.239]
    """
    before, after, between, n, level = check_together(
        lambda: _moment("before", before, positive=True),
        lambda: _moment("after", after, positive=True),
        lambda: _moment("between", between, positive=False),
        lambda: check_whole("n", n, LEAST),
        lambda: check_level(level),
    )
    shared = np.square(between) / np.multiply(before, after)
    if (shared > 1 + 1e-9).any():
        raise ValueError(
            "found a covariance larger than the root of the product of both variances; "
            "allowed: one that they allow"
        )
    unshared = np.maximum(0, 1 - shared)
    half = 2 * unshared * stats.t.ppf((1 + level) / 2, n - 2) ** 2 / (n - 2)
    # the roots of w + 1/w = 2 (1 + half), of which one is the inverse of the other
    factor = 1 + half + np.sqrt(half * (half + 2))
    ratio = np.divide(after, before)
    return np.sqrt(ratio / factor), np.sqrt(ratio * factor)


def _moment(name: str, found: ArrayLike, positive: bool) -> Vector:
    allowed = f"finite numbers above {SMALLEST:g}" if positive else "finite numbers"
    numbers = read_numbers(name, found, allowed)
    wrong = ~(np.isfinite(numbers) & ((numbers > SMALLEST) | (not positive)))
    if wrong.any() or not numbers.size:
        first = numbers[wrong].flat[0] if numbers.size else "nothing"
        raise ValueError(f"found {first} in {name}; allowed: {allowed}")
    return numbers


def _t1(cov: Vector, n: int) -> SpreadTest:
    ratio = float(cov[0, 0] / cov[1, 1])
    reference = stats.f(n - 1, n - 1)
    return SpreadTest(ratio, float(2 * min(reference.cdf(ratio), reference.sf(ratio))))


def _t2(start: Vector, end: Vector) -> SpreadTest:
    if reason := _exact_relation(start, end):
        return SpreadTest(None, None, reason)
    cov, n = np.cov(start, end), len(start)
    apart = (cov[0, 0] - cov[1, 1]) ** 2 / (4 * (cov[0, 0] * cov[1, 1] - cov[0, 1] ** 2))
    statistic = float((n - 2.5) * np.log1p(apart))
    return SpreadTest(statistic, float(stats.chi2.sf(statistic, 1)))


def _t3(cov: Vector, n: int) -> SpreadTest:
    pi = float(cov[0, 1] / cov[0, 0])
    if not abs(pi) < 1:
        return SpreadTest(None, None, f"pi = {pi:.3f}; T3 needs a slope between -1 and 1")
    change = cov[0, 0] / cov[1, 1] - 1
    statistic = float(math.sqrt(n) * change / (2 * math.sqrt(1 - pi**2)))
    return SpreadTest(statistic, float(2 * stats.norm.sf(abs(statistic))))


def _correlation_test(start: Vector, end: Vector, correlate: Callable) -> SpreadTest:
    if reason := _exact_relation(start, end):
        return SpreadTest(None, None, reason)
    # centred, for a large mean would drown the differences
    start, end = start - start.mean(), end - end.mean()
    # rounded far below any printed digit, so that noise does not rank what is equal
    found = correlate(*(np.round(x / np.abs(x).max(), 10) for x in (start + end, start - end)))
    return SpreadTest(float(found.statistic), float(found.pvalue))


def _exact_relation(start: Vector, end: Vector) -> str:
    """Why the tests that need an imperfect relation of the two dates do not exist; else empty."""
    slope, constant = np.polyfit(start, end, 1)
    if spreads(end - slope * start - constant, float(np.abs(end).max())):
        return ""
    return "the second date is an exact straight line of the first; the test needs some scatter"
