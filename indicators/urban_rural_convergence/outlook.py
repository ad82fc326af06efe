"""Forecasts of the ratio and the year of a target, for places whose printed years allow them.

A forecast is a mechanical extrapolation of the logarithm of the ratio; the errors that it would
have made before stand beside it. Gates decide which of these a page may show.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from pandas import DataFrame

from indicators.evidence import weakest
from indicators.findings import Findings, exact_interval, interval_cells, round_table
from indicators.intervals import Interval
from indicators.urban_rural_convergence.choices import Choices
from indicators.urban_rural_convergence.pace import Rows, marks_of
from indicators.urban_rural_convergence.points import Points
from indicators.urban_rural_convergence.scenarios import page_targets
from indicators.urban_rural_convergence.trend import (
    counted_ratios,
    log_ratios,
    successive_ratios,
)

LEVEL = 0.95
KIND = "prediction_interval"


@dataclass(frozen=True)
class Outlook(Findings):
    """Forecasts with the record of each method: how it would have done before."""

    record: DataFrame = field(repr=False)


def outlook(points: Points, choices: Choices, damped: bool = False) -> Outlook:
    """Forecasts of the ratio from the printed years that follow one another up to the newest.

    `points` as from `load_points`; claimed and derived ratios do not enter. The method is the
    random walk with drift and, if asked for, the damped trend, both on the logarithm of the ratio:
    what is tabulated is the ratio again, so that a point is a median. The years ahead are those of
    the horizon, and no more than half the run.

    Results: `next_ratio` (drift, one year ahead) and its `year`. Table, past forecasts before
    those to come: method, year, ahead (years), low, estimate, high, came (the ratio that was
    printed; blank in years to come), error (100 ln(came/estimate)), held (whether the interval
    did), kind, evidence, source_id. Record, by method: method, forecasts_made, held_count,
    held_share, interval_level, too_high (forecasts above what came), mase (mean absolute scaled
    error), evidence, source_id. Raises ValueError where the run is too short for the method.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> found = outlook(load_points(rows, Choices("100000")), Choices("100000"))
    >>> found["next_ratio"].kind, found.record["forecasts_made"].tolist()
    ('prediction_interval', [8])
    """
    from indicators.forecast import (  # slow to load, few pages need it
        damped_trend_forecast,
        drift_forecast,
        rolling_forecasts,
    )

    run = {int(row.year): row for row in successive_ratios(points, choices)}
    series = log_ratios(list(run.values()))
    ahead = max(min(choices.horizon, len(series) // 2), 1)
    methods = {"drift": drift_forecast} | (
        {"damped_trend": damped_trend_forecast} if damped else {}
    )
    table, record = [], []
    for method, forecast in methods.items():
        past = rolling_forecasts(series, method, level=LEVEL)
        table += [_past_row(method, row, run) for row in past.table.itertuples()]
        coming = forecast(series, ahead, LEVEL)
        table += [_coming_row(method, row, run) for row in coming.itertuples()]
        measures = {
            "method": method,
            "forecasts_made": past.n,
            "held_count": past.hits,
            "held_share": past.coverage,
            "interval_level": past.level,
            "too_high": int(past.table["error"].lt(0).sum()),
            "mase": past.mase,
        }
        record.append(measures | _marks(run))
    low, point, high = np.exp(drift_forecast(series, 1, LEVEL).loc[0, ["low", "mean", "high"]])
    results = {
        "next_ratio": Interval(low, high, KIND, point, LEVEL),
        "year": exact_interval(max(run) + 1),
    }
    marks = _marks(run)
    return Outlook(results, round_table(table), marks["source_id"], round_table(record))


def _past_row(method: str, row: Any, run: Rows) -> dict[str, Any]:
    used = {year: one for year, one in run.items() if year <= row.time}
    came = {"came": run[row.time].estimate, "error": 100 * row.error, "held": row.hit}
    return _cells(method, row, row.time, 1) | came | {"kind": KIND} | _marks(used)


def _coming_row(method: str, row: Any, run: Rows) -> dict[str, Any]:
    unknown = {"came": None, "error": None, "held": None}
    year = max(run) + row.step
    return _cells(method, row, year, row.step) | unknown | {"kind": KIND} | _marks(run)


def _cells(method: str, row: Any, year: int, ahead: int) -> dict[str, Any]:
    ends = {"low": row.low, "estimate": row.mean, "high": row.high}
    ratios = {name: float(np.exp(value)) for name, value in ends.items()}
    return {"method": method, "year": int(year), "ahead": ahead} | ratios


def _marks(run: Rows) -> dict[str, str]:
    """What forecasts rest on: they are derived, whatever they are derived from."""
    marks = marks_of(*run.values())
    return marks | {"evidence": weakest(marks["evidence"], "derived")}


def target_years(points: Points, choices: Choices) -> DataFrame:
    """The year in which a line through the logarithm of the ratio reaches each target of the page.

    Fieller's interval for a new observation, from the printed ratios that count towards a gate.
    Columns: target, low, estimate, high (years, to a tenth), kind, evidence, source_id; an end
    without a finite bound is infinite. Raises ValueError for fewer than three ratios.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> len(target_years(points, page))
    2
    """
    from indicators.forecast import time_to_target  # slow to load, few pages need it

    own = {int(row.year): row for row in counted_ratios(points, choices)}
    line = log_ratios(list(own.values()))
    table = []
    for target in page_targets(points, choices):
        found = time_to_target(line.index, line, np.log(target), LEVEL)
        table.append({"target": target} | interval_cells(found) | _marks(own))
    return DataFrame(table).round(dict.fromkeys(("low", "estimate", "high"), 1))
