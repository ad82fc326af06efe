"""Growth against the first level: did those who were behind grow more?"""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas import DataFrame

from indicators.convergence import Regression, growth_regression, half_life_of, speed_of
from indicators.findings import Findings, round_table
from indicators.regional_convergence.choices import SPAN, Choices, on_scale
from indicators.regional_convergence.pairs import pair_sets

STEPS = 25  # points of a drawn line


def fit(part: DataFrame, scale: str, choices: Choices) -> Regression:
    """The regression of the change from 2010 to 2020 on the value of 2010, with HC3 errors."""
    weights = part["population_2010"] if choices.weighted else None
    values = (on_scale(part[name], scale) for name in ("initial", "final"))
    return growth_regression(*values, weights=weights)


def growth_regressions(pairs: DataFrame, choices: Choices) -> Findings:
    """The slope of growth on the first level, on every scale and in every set.

    Results `<scale>` (of its main set) and `half_life` (years, on the log scale). Table: scale,
    pairs (the set), n, slope, slope_interval, kind, slope_p (against 0), r_squared, half_life
    (interval in years, infinite where there is no finite bound), evidence, source_id. All are of
    the kind `model_ci`: these units are all there are, and the interval speaks of counties that
    might have been.

    >>> from indicators import tables
    >>> from indicators.regional_convergence import Choices, county_pairs
    >>> census, crosswalk = tables.load("census"), tables.load("crosswalk")
    >>> pairs = county_pairs(census, crosswalk, Choices())
    >>> sorted(growth_regressions(pairs, Choices()).results)
    ['half_life', 'log', 'logit', 'points']
    """
    results, table = {}, []
    source = pairs["source_id"].iloc[0]
    for scale in choices.defined:
        for place, (name, part) in enumerate(pair_sets(pairs, scale).items()):
            found = fit(part, scale, choices)
            slope = found.interval("initial", choices.level)
            half_life = half_life_of(speed_of(slope, SPAN))
            if place == 0:
                results |= {scale: slope} | ({"half_life": half_life} if scale == "log" else {})
            cells = {
                "slope": slope.estimate,
                "slope_interval": slope,
                "kind": slope.kind,
                "slope_p": found.p_value("initial"),
                "r_squared": found.r_squared,
                "half_life": half_life,
            }
            head = {"scale": scale, "pairs": name, "n": found.n}
            table.append(head | cells | {"evidence": "derived", "source_id": source})
    return Findings(results, round_table(table), source)


def growth_points(pairs: DataFrame, choices: Choices) -> DataFrame:
    """What the scatter of growth against the first level shows, on the scales of the page.

    Columns: scale, series (`units`, the `line` through them, and the `line_without` the doubtful
    pairs, if there are any), place_code (blank for lines), initial, change, low, high
    and kind (blank for units: the interval of the line), group (doubtful, at_bound, hangzhou,
    other_counties; blank for lines), slope, slope_low, slope_high (of a line, of the same kind),
    evidence, source_id.

    >>> from indicators import tables
    >>> from indicators.regional_convergence import Choices, county_pairs
    >>> census, crosswalk = tables.load("census"), tables.load("crosswalk")
    >>> pairs = county_pairs(census, crosswalk, Choices())
    >>> growth_points(pairs, Choices())["scale"].unique().tolist()
    ['points', 'log', 'logit']
    """
    parts = [part for scale in choices.scales for part in _panel(pairs, scale, choices)]
    return pd.concat(parts, ignore_index=True).round(6)


def _panel(pairs: DataFrame, scale: str, choices: Choices) -> list[DataFrame]:
    units, *others = pair_sets(pairs, scale).values()
    lines = {"line": units} | ({"line_without": others[0]} if pairs["doubtful"].any() else {})
    start, end = (on_scale(units[name], scale) for name in ("initial", "final"))
    group = np.select(
        [units["doubtful"], units["at_bound"], units["place_code"].str.startswith("3301")],
        ["doubtful", "at_bound", "hangzhou"],
        "other_counties",
    )
    parts = [
        DataFrame(
            {
                "scale": scale,
                "series": "units",
                "place_code": units["place_code"],
                "initial": start,
                "change": end - start,
                "group": group,
                "evidence": units["evidence"],
                "source_id": units["source_id"],
            }
        )
    ]
    for series, part in lines.items():
        found = fit(part, scale, choices)
        at = np.linspace(start.min(), start.max(), STEPS)
        line = [found.line(x, choices.level) for x in at]
        slope = found.interval("initial", choices.level)
        columns = {
            "scale": scale,
            "series": series,
            "place_code": "",
            "initial": at,
            "change": [point.estimate for point in line],
            "low": [point.low for point in line],
            "high": [point.high for point in line],
            "kind": slope.kind,
            "group": "",
            "slope": slope.estimate,
            "slope_low": slope.low,
            "slope_high": slope.high,
            "evidence": "derived",
            "source_id": units["source_id"].iloc[0],
        }
        parts.append(DataFrame(columns))
    return parts
