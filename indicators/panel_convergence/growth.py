"""Growth of the units against their first level."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas import DataFrame

from indicators.convergence import Regression, growth_regression, half_life_of, speed_of
from indicators.findings import Findings, round_table
from indicators.panel_convergence.choices import Choices
from indicators.panel_convergence.held import computed_mark, end_levels, joined_sources, page_window

STEPS = 25  # points of a drawn line


def growth_on_level(panel: DataFrame, choices: Choices) -> Findings:
    """Growth from the first to the last year of the page, regressed on the first level, in logs.

    Every unit counts as one; HC3 errors. Results slope, speed (a year) and half_life (years), of
    the kind `model_ci`; the half-life has no finite upper bound where the speed may be 0. Table:
    one row with n, slope, slope_interval, kind, slope_p, r_squared, yearly_speed, half_life,
    evidence, source_id. Raises ValueError as `convergence.beta_convergence`.

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> sorted(growth_on_level(panel, Choices()).results)[:2]
    ['half_life', 'slope']
    """
    ends = end_levels(panel, choices)
    first, last = page_window(panel, choices)
    found = _fit(ends)
    slope = found.interval("initial", choices.level)
    speed = speed_of(slope, last - first)
    row = {
        "n": found.n,
        "slope": slope.estimate,
        "slope_interval": slope,
        "kind": slope.kind,
        "slope_p": found.p_value("initial"),
        "r_squared": found.r_squared,
        "yearly_speed": speed,
        "half_life": half_life_of(speed),
        "evidence": computed_mark(ends["evidence"]),
        "source_id": joined_sources(ends["source_id"]),
    }
    results = {"slope": slope, "speed": speed, "half_life": row["half_life"]}
    return Findings(results, round_table([row]), row["source_id"])


def growth_points(panel: DataFrame, choices: Choices) -> DataFrame:
    """What the scatter of growth against the first level shows.

    Columns: series (`unit`, or the `line` through them), unit (blank for the line), initial (level
    of the first year), change (of the logarithm), low, high and kind (the interval of the line;
    nan for units), evidence, source_id.

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> len(growth_points(panel, Choices()))
    30
    """
    ends = end_levels(panel, choices)
    found = _fit(ends)
    units = ends.assign(series="unit", change=np.log(ends["final"] / ends["initial"]))
    span = np.log([ends["initial"].min(), ends["initial"].max()])
    at = np.linspace(*span, STEPS)
    line = [found.line(x, choices.level) for x in at]
    columns = ["series", "unit", "initial", "change", "low", "high", "kind"]
    columns += ["evidence", "source_id"]
    drawn = DataFrame(
        {
            "series": "line",
            "unit": "",
            "initial": np.exp(at),
            "change": [point.estimate for point in line],
            "low": [point.low for point in line],
            "high": [point.high for point in line],
            "kind": line[0].kind,
            "evidence": computed_mark(ends["evidence"]),
            "source_id": joined_sources(ends["source_id"]),
        }
    )
    return pd.concat([units, drawn], ignore_index=True)[columns].round(6)


def _fit(ends: DataFrame) -> Regression:
    return growth_regression(*(np.log(ends[name].to_numpy()) for name in ("initial", "final")))
