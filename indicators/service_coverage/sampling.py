"""The interval of a coverage, for the pages that declare a sample or a process."""

from __future__ import annotations

import math
from fractions import Fraction

from pandas import DataFrame

from indicators.findings import Findings, round_table
from indicators.intervals import Interval
from indicators.proportions import METHODS, proportion_interval, sample_interval
from indicators.service_coverage.choices import ARTICLE, CLAIMED, Choices, stated
from indicators.service_coverage.statements import reaches


def coverage_intervals(claims: DataFrame, choices: Choices) -> Findings:
    """How far a sample, or a process, leaves the coverage open, at the least count that is claimed.

    The claim of the page gives a bound, so the count is taken at its lower end: the smallest whole
    number of villages that fulfils it. Under `srs` the sample is `sample` of `total` villages and
    the interval of the page is `sample_interval`; under `superpopulation` all `total` villages are
    draws and it is `proportion_interval` with the method of the page, kind `model_ci`. Result
    `interval` (share). Table, a row for each method, that of the page marked: method, used,
    covered_count, sample_size, low, estimate, high, kind, reaches (as in `statements.reaches`),
    evidence, source_id; `hypergeometric` is `sample_interval`, the others leave the size of the
    population out. Raises ValueError where the gate `coverage_interval` refuses.

    >>> from indicators import tables
    >>> from indicators.service_coverage import Choices
    >>> page = Choices("330100", universe="srs", villages=(200, 2000))
    >>> coverage_intervals(tables.load("claims"), page)["interval"].kind
    'sampling_ci'
    """
    size = choices.sample if choices.universe == "srs" else choices.total
    if choices.universe == "census" or size is None or choices.total is None:
        raise ValueError(
            f"universe = {choices.universe!r}, total = {choices.total}, sample = "
            f"{choices.sample}; allowed: srs with both, or superpopulation with total; "
            "the gate coverage_interval tells beforehand"
        )
    share = stated(claims, choices.claim, choices.rounding)
    count = math.ceil(Fraction(str(share.low)) * size)
    kind = "sampling_ci" if choices.universe == "srs" else "model_ci"
    found = {
        method: proportion_interval(count, size, method, choices.level, kind=kind)
        for method in METHODS
    }
    used = choices.method
    if choices.universe == "srs":
        used = "hypergeometric"
        found = {used: sample_interval(count, size, choices.total, choices.level)} | found
    table = [_row(method, method == used, count, size, ends, choices.threshold)
             for method, ends in found.items()]  # fmt: skip
    return Findings({"interval": found[used]}, round_table(table), ARTICLE)


def _row(
    method: str, used: bool, count: int, size: int, interval: Interval, threshold: float
) -> dict[str, object]:
    return {
        "method": method,
        "used": used,
        "covered_count": count,
        "sample_size": size,
        "low": interval.low,
        "estimate": interval.estimate,
        "high": interval.high,
        "kind": interval.kind,
        "reaches": reaches(interval, threshold),
    } | CLAIMED
