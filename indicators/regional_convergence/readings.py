"""One question, four indicators, three scales: how far the answer depends on them."""

from __future__ import annotations

import math
from typing import Any

from pandas import DataFrame

from indicators.crosswalk import INDICATORS
from indicators.findings import round_table
from indicators.regional_convergence.choices import SCALES, Choices, defined_scales
from indicators.regional_convergence.growth import fit
from indicators.regional_convergence.pairs import county_pairs, pair_sets
from indicators.regional_convergence.spread import direction_of, ratio_of, tests_of


def scale_readings(census: DataFrame, crosswalk: DataFrame, choices: Choices) -> DataFrame:
    """All four indicators on all three scales: which way slope and spread point.

    Columns: indicator, scale, pairs (the set: all pairs and, where shares stand at a bound, those
    inside), n, slope (of growth on the first level) and slope_interval, spread_ratio (2020 over
    2010) and ratio_interval (blank if weighted), p_value (Pitman-Morgan), direction,
    direction_without (the doubtful pairs left out), evidence, source_id. A direction is `narrowed`
    or `widened` where the interval leaves out 1, else `spread_undecided`; `narrower` or `wider`
    without a test if weighted by people; `scale_undefined` where the indicator has no such scale.

    >>> from indicators import tables
    >>> from indicators.regional_convergence import Choices, county_pairs
    >>> census, crosswalk = tables.load("census"), tables.load("crosswalk")
    >>> len(scale_readings(census, crosswalk, Choices()))
    14
    """
    table = []
    for indicator in INDICATORS:
        pairs = county_pairs(census, crosswalk, choices, indicator)
        marks = {"evidence": "derived", "source_id": pairs["source_id"].iloc[0]}
        for scale in SCALES:
            head = {"indicator": indicator, "scale": scale}
            if scale not in defined_scales(indicator):
                table.append(head | {"direction": "scale_undefined"} | marks)
                continue
            sets = pair_sets(pairs, scale)
            for name, without in (
                ("all_pairs", "without_doubtful"),
                ("inside_bounds", "inside_without_doubtful"),
            ):
                if name in sets:
                    cells = _reading(sets[name], sets.get(without), scale, choices)
                    table.append(head | {"pairs": name} | cells | marks)
    columns = ["direction", "direction_without", "evidence", "source_id"]
    frame = round_table(table)
    frame["n"] = frame["n"].astype("Int64")
    return frame[[name for name in frame if name not in columns] + columns].fillna(
        {"pairs": "", "direction_without": ""}
    )


def count_directions(readings: DataFrame) -> dict[str, int]:
    """How often the spread narrowed, widened or cannot be told, over the main sets.

    `readings` as from `scale_readings`; what is not tested counts by its side. `defined` is the
    number of combinations of indicator and scale that exist.

    >>> from indicators import tables
    >>> from indicators.regional_convergence import Choices, county_pairs
    >>> census, crosswalk = tables.load("census"), tables.load("crosswalk")
    >>> count_directions(scale_readings(census, crosswalk, Choices()))
    {'narrowed': 4, 'widened': 5, 'undecided': 1, 'defined': 10}
    """
    main = readings.drop_duplicates(["indicator", "scale"])["direction"]
    found = {
        "narrowed": main.isin(["narrowed", "narrower"]),
        "widened": main.isin(["widened", "wider"]),
        "undecided": main.eq("spread_undecided"),
        "defined": main.ne("scale_undefined"),
    }
    return {name: int(hits.sum()) for name, hits in found.items()}


def _reading(
    part: DataFrame, without: DataFrame | None, scale: str, choices: Choices
) -> dict[str, Any]:
    slope = fit(part, scale, choices).interval("initial", choices.level)
    ratio = ratio_of(part, scale, choices)
    other = ratio if without is None else ratio_of(without, scale, choices)
    tests = None if choices.weighted else tests_of(part, scale)
    return {
        "n": len(part),
        "slope": slope.estimate,
        "slope_interval": slope,
        "spread_ratio": ratio.estimate,
        "ratio_interval": None if choices.weighted else ratio,
        "p_value": tests.pitman_morgan.p_value if tests else math.nan,
        "direction": direction_of(ratio),
        "direction_without": direction_of(other),
    }
