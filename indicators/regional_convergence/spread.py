"""The spread of the counties at two dates: did it shrink, and on which scale?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from pandas import DataFrame

from indicators.convergence import (
    SigmaConvergence,
    SpreadTest,
    ratio_bounds,
    spread_ratio,
    spread_tests,
)
from indicators.findings import Findings, exact_interval, interval_cells, round_table
from indicators.intervals import Interval
from indicators.regional_convergence.choices import Choices, on_scale
from indicators.regional_convergence.pairs import pair_sets

DATES = ("initial", "final")


def spread_changes(pairs: DataFrame, choices: Choices) -> Findings:
    """The spread (sd) of 2020 over that of 2010, on every scale and in every set.

    Results `<scale>` (of its main set), `<scale>_without` (the doubtful ones left out) and, where
    shares stand at a bound, `<scale>_inside`: ratios with the interval of Pitman-Morgan, kind
    `model_ci`; weighted by people they are `exact`, for the tests treat units alike. Table: scale,
    pairs (the set), n, sd_initial, sd_final (on the scale), low, estimate, high and kind of the
    ratio, direction (as in `scale_readings`), omissions (how many counties change the direction
    when left out alone), p_value (Pitman-Morgan) and rank_p (Spearman's version), both blank if
    weighted, evidence, source_id.

    >>> from indicators import tables
    >>> from indicators.regional_convergence import Choices, county_pairs
    >>> census, crosswalk = tables.load("census"), tables.load("crosswalk")
    >>> pairs = county_pairs(census, crosswalk, Choices())
    >>> spread_changes(pairs, Choices())["log"].kind
    'model_ci'
    """
    results, table = {}, []
    for scale in choices.defined:
        sets = pair_sets(pairs, scale)
        table += [_spread_row(part, scale, name, choices) for name, part in sets.items()]
        main, *others = sets.values()
        results[scale] = ratio_of(main, scale, choices)
        without = others[0] if pairs["doubtful"].any() else main
        results[f"{scale}_without"] = ratio_of(without, scale, choices)
        if "inside_bounds" in sets:
            results[f"{scale}_inside"] = ratio_of(sets["inside_bounds"], scale, choices)
    return Findings(results, round_table(table), pairs["source_id"].iloc[0])


def all_spread_tests(pairs: DataFrame, choices: Choices) -> DataFrame:
    """Every test of the spread, on the scales of the page and in every set, unweighted.

    Columns: scale, pairs (the set), n, pitman_morgan (the correlation), p_value, rank_p, t1, t1_p,
    t2, t2_p, t3, t3_p, evidence, source_id. A statistic that is undefined says why
    (`undefined_slope`, `undefined_line`), and its p-value is blank.

    >>> from indicators import tables
    >>> from indicators.regional_convergence import Choices, county_pairs
    >>> census, crosswalk = tables.load("census"), tables.load("crosswalk")
    >>> pairs = county_pairs(census, crosswalk, Choices())
    >>> all_spread_tests(pairs, Choices())["scale"].unique().tolist()
    ['points', 'log', 'logit']
    """
    table = []
    for scale in choices.scales:
        for name, part in pair_sets(pairs, scale).items():
            found = tests_of(part, scale)
            cells = {"scale": scale, "pairs": name, "n": found.n}
            for test in ("pitman_morgan", "spearman", "t1", "t2", "t3"):
                cells |= _test_cells(getattr(found, test), test)
            marks = {"evidence": "derived", "source_id": part["source_id"].iloc[0]}
            table.append(cells | marks)
    return round_table(table)


def directions(table: DataFrame) -> dict[str, str]:
    """The direction of the main set on each scale, from the table of `spread_changes`.

    >>> from indicators import tables
    >>> from indicators.regional_convergence import Choices, county_pairs
    >>> census, crosswalk = tables.load("census"), tables.load("crosswalk")
    >>> pairs = county_pairs(census, crosswalk, Choices())
    >>> directions(spread_changes(pairs, Choices()).table)
    {'points': 'narrowed', 'log': 'narrowed', 'logit': 'widened'}
    """
    return dict(table.groupby("scale", sort=False)["direction"].first())


def _spread_row(part: DataFrame, scale: str, name: str, choices: Choices) -> dict[str, Any]:
    ratio = ratio_of(part, scale, choices)
    before, after = (_sd(on_scale(part[date], scale), part, choices) for date in DATES)
    tests = None if choices.weighted else tests_of(part, scale)
    return {
        "scale": scale,
        "pairs": name,
        "n": len(part),
        "sd_initial": before,
        "sd_final": after,
        **interval_cells(ratio),
        "direction": direction_of(ratio),
        "omissions": _omissions(part, scale, choices, ratio),
        "p_value": tests.pitman_morgan.p_value if tests else math.nan,
        "rank_p": tests.spearman.p_value if tests else math.nan,
        "evidence": "derived",
        "source_id": part["source_id"].iloc[0],
    }


def _test_cells(test: SpreadTest, name: str) -> dict[str, Any]:
    p_name = {"pitman_morgan": "p_value", "spearman": "rank_p"}.get(name, f"{name}_p")
    if name == "spearman":
        return {p_name: test.p_value}
    undefined = "undefined_slope" if name == "t3" else "undefined_line"
    return {name: undefined if test.undefined else test.statistic, p_name: test.p_value}


def _omissions(part: DataFrame, scale: str, choices: Choices, ratio: Interval) -> int:
    """How many single counties change the direction when they are left out."""
    n = len(part)
    others = np.nonzero(~np.eye(n, dtype=bool))[1].reshape(n, n - 1)
    weights = _weights(part, choices)[others]
    weights /= weights.sum(axis=1, keepdims=True)
    apart = []
    for name in DATES:
        values = on_scale(part[name], scale)[others]
        apart.append(values - (weights * values).sum(axis=1, keepdims=True))
    before, after, between = (
        (weights * apart[one] * apart[other]).sum(axis=1) for one, other in ((0, 0), (1, 1), (0, 1))
    )
    if choices.weighted:
        return int(((after < before) != (ratio.estimate < 1)).sum())
    low, high = ratio_bounds(before, after, between, n - 1, choices.level)
    sides = np.select([high < 1, low > 1], [-1, 1], 0)
    return int((sides != np.select([ratio.high < 1, ratio.low > 1], [-1, 1], 0)).sum())


def tests_of(part: DataFrame, scale: str) -> SigmaConvergence:
    """The tests of the spread of these pairs on a scale; they count units alike."""
    return spread_tests(*(on_scale(part[name], scale) for name in DATES))


def ratio_of(part: DataFrame, scale: str, choices: Choices) -> Interval:
    """The spread of 2020 over that of 2010; exact, as no test applies, if weighted."""
    values = [on_scale(part[name], scale) for name in DATES]
    if choices.weighted:
        before, after = (_sd(value, part, choices) for value in values)
        return exact_interval(after / before)
    return spread_ratio(*values, level=choices.level)


def _sd(values: np.ndarray, part: DataFrame, choices: Choices) -> float:
    if not choices.weighted:
        return float(values.std(ddof=1))
    weights = _weights(part, choices)
    apart = values - np.average(values, weights=weights)
    return math.sqrt(np.average(apart**2, weights=weights))


def _weights(part: DataFrame, choices: Choices) -> np.ndarray:
    """A county counts as one, or by its people of 2010."""
    return part["population_2010"].to_numpy(float) if choices.weighted else np.ones(len(part))


def direction_of(ratio: Interval) -> str:
    """Which way the spread went: what the interval of the ratio, or the exact ratio, says."""
    if ratio.kind == "exact":
        return "narrower" if ratio.estimate < 1 else "wider"
    if ratio.low <= 1 <= ratio.high:
        return "spread_undecided"
    return "narrowed" if ratio.high < 1 else "widened"
