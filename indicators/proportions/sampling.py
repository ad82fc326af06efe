"""Intervals of a share that was seen in a sample. A census has none: nothing was sampled."""

from __future__ import annotations

from collections.abc import Callable

from indicators.inputs import check_choice, check_level, check_together, is_whole, refuse, shown
from indicators.intervals import Interval

METHODS = ("wilson", "wilson_cc", "clopper_pearson", "mid_p", "jeffreys", "agresti_coull")
KINDS = ("sampling_ci", "model_ci")
# The names of statsmodels' `proportion_confint`.
_STATSMODELS = {
    "wilson": "wilson",
    "clopper_pearson": "beta",
    "jeffreys": "jeffreys",
    "agresti_coull": "agresti_coull",
}


def proportion_interval(
    count: int,
    total: int,
    method: str = "wilson",
    level: float = 0.95,
    *,
    kind: str = "sampling_ci",
) -> Interval:
    """The two-sided interval of a binomial share, as a fraction: `count` of `total` draws.

    `method`: `wilson` (Wilson 1927), `wilson_cc` (with continuity correction, Newcombe 1998),
    `clopper_pearson` (Clopper and Pearson 1934, exact), `mid_p` (half of the observed count in
    each tail), `jeffreys` (equal tails, prior Beta(1/2, 1/2)), `agresti_coull`; compared in Brown,
    Cai and DasGupta (2001). `level` lies strictly between 0 and 1. `kind` is `sampling_ci` for a
    random sample from a population so large that it does not matter (else `sample_interval`), or
    `model_ci` where the total is itself thought of as draws from a process. A whole population
    that was simply counted has no such interval.

    The numbers are those of `proportion_confint` in statsmodels, and for `wilson_cc` those of
    `binomtest` in scipy; neither has mid-p. Two things differ: no end lies outside 0 to 1 or beyond
    the share itself (Agresti and Coull's would), and Jeffreys' reaches 0 for a count of 0 and 1 for
    all, as Brown, Cai and DasGupta advise.

    Raises one ValueError that names every fault with what was found and what is allowed.

    >>> interval = proportion_interval(190, 200)
    >>> round(interval.low, 4), round(interval.high, 4), interval.kind
    (0.9104, 0.9726, 'sampling_ci')
    >>> round(proportion_interval(190, 200, "clopper_pearson").high, 4)
    0.9758
    """
    (count, total), level, *_ = check_together(
        lambda: _check_counts(count=count, total=total),
        lambda: check_level(level),
        lambda: check_choice("method", method, METHODS),
        lambda: check_choice("kind", kind, KINDS),
    )
    if method == "mid_p":
        low, high = _mid_p(count, total, (1 - level) / 2)
    elif method == "wilson_cc":
        # imported here: scipy's and statsmodels' statistics take a second to load
        from scipy.stats import binomtest

        low, high = binomtest(count, total).proportion_ci(level, "wilsoncc")
    else:
        from statsmodels.stats.proportion import proportion_confint

        low, high = proportion_confint(count, total, 1 - level, _STATSMODELS[method])
    estimate = count / total
    # clipped: Agresti and Coull's interval overshoots, and others do so in the last digit
    low, high = min(max(float(low), 0.0), estimate), max(min(float(high), 1.0), estimate)
    return Interval(low, high, kind, estimate, level)


def sample_interval(count: int, sample: int, population: int, level: float = 0.95) -> Interval:
    """The share of a finite population, from `count` in a simple random sample without return.

    Both tails of the hypergeometric distribution are inverted: every number of successes in the
    population under which `count` or more, and `count` or fewer, each have a chance above
    (1 - level) / 2. The ends are shares k / population, fractions; kind `sampling_ci`. A sample of
    everything gives a point: the finite population correction is then 0. Neither scipy nor
    statsmodels has this interval; the distribution is scipy's.

    Raises one ValueError that names every fault with what was found and what is allowed.

    >>> interval = sample_interval(190, 200, 2000)
    >>> interval.low, interval.high
    (0.912, 0.9745)
    >>> sample_interval(1900, 2000, 2000).high
    0.95
    """
    (count, sample, population), level = check_together(
        lambda: _check_counts(count=count, sample=sample, population=population),
        lambda: check_level(level),
    )
    from scipy.stats import hypergeom

    tail, rest = (1 - level) / 2, sample - count
    least, most = count, population - rest  # successes that the sample itself allows

    def above(successes: int) -> bool:
        return hypergeom.sf(count - 1, population, successes, sample) > tail

    def below(successes: int) -> bool:
        return hypergeom.cdf(count, population, successes, sample) <= tail

    low = _first(above, least, most)
    high = _first(below, low, most + 1) - 1 if rest else most
    return Interval(low / population, high / population, "sampling_ci", count / sample, level)


def _first(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The first number from `low` on for which a rising condition holds; `high` if none before."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _mid_p(count: int, total: int, tail: float) -> tuple[float, float]:
    from scipy.optimize import brentq
    from scipy.stats import binom

    def upper_tail(share: float) -> float:
        return binom.sf(count, total, share) + binom.pmf(count, total, share) / 2

    low = brentq(lambda share: upper_tail(share) - tail, 0, 1, xtol=1e-14) if count else 0.0
    if count == total:
        return low, 1.0
    return low, brentq(lambda share: upper_tail(share) - (1 - tail), 0, 1, xtol=1e-14)


def _check_counts(**counts: object) -> list[int]:
    """Whole counts, of which none may exceed the next, and all but the first are 1 or more."""
    names, values = list(counts), list(counts.values())
    faults = []
    for place, (name, value) in enumerate(counts.items()):
        least = 0 if place == 0 else 1
        # a whole upper bound is told only where it is one itself
        above = next((n for n in names[place + 1 :] if is_whole(counts[n])), None)
        allowed = f"a whole number from {least}"
        allowed += f" to {above} = {values[names.index(above)]}" if above else " up"
        fits = is_whole(value) and value >= least and (above is None or value <= counts[above])
        if not fits:
            faults.append(f"{name} = {shown(value)}; allowed: {allowed}")
    refuse(faults)
    return [int(value) for value in values]
