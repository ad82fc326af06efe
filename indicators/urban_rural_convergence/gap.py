"""The gap in yuan: u - r = r (R - 1), so it may widen while the ratio falls."""

from __future__ import annotations

from typing import Any

import numpy as np
from pandas import DataFrame

from indicators.findings import Findings, round_table
from indicators.intervals import Interval
from indicators.urban_rural_convergence.choices import Choices
from indicators.urban_rural_convergence.pace import (
    UNKNOWN,
    gap_interval,
    has_levels,
    marks_of,
    ratio_interval,
)
from indicators.urban_rural_convergence.points import Points
from indicators.urban_rural_convergence.windows import claim_window, page_window, printed_levels

_CURVE_STEPS = 40


def widening_threshold(start: Interval, end: Interval) -> Interval:
    """The growth of rural income above which the yuan gap widens while the ratio goes from start
    to end: (R0 - 1) / (R1 - 1) - 1, a share.

    >>> printed = [Interval(r - 0.005, r + 0.005, "rounding_interval", r) for r in (1.75, 1.64)]
    >>> found = widening_threshold(*printed)
    >>> round(found.low, 3), round(found.estimate, 3), round(found.high, 3)
    (0.155, 0.172, 0.189)
    """
    return (start - 1) / (end - 1) - 1


def gap_threshold(points: Points, choices: Choices) -> Findings:
    """The yuan gap over the window of the page, and the rural growth that would have kept it.

    Results: `gap_first`, `gap_last` (yuan; without a bound where not printed), and over the
    window that ends in the claim, else that of the page: `threshold` (growth of rural income above
    which the gap widens, share), `threshold_a_year` (compounded), `threshold_rural` (yuan). Table:
    the row of `yuan_gaps` for each printed year.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> sorted(gap_threshold(points, page).results)
    ['gap_first', 'gap_last', 'threshold', 'threshold_a_year', 'threshold_rural']
    """
    own, window = points.main(choices.place), threshold_window(points, choices)
    start, end = (own[year] for year in window)
    threshold = widening_threshold(ratio_interval(start), ratio_interval(end))
    years = window[1] - window[0]
    results = {
        "threshold": threshold,
        "threshold_a_year": threshold.transform(lambda share: (1 + share) ** (1 / years) - 1),
        "threshold_rural": start.rural * (1 + threshold),
    }
    shown = [own[year] for year in page_window(points, choices)]
    for name, row in zip(("gap_first", "gap_last"), shown, strict=True):
        results[name] = gap_interval(row) if has_levels(row) else UNKNOWN
    source_id = marks_of(start, end, *shown)["source_id"]
    return Findings(results, yuan_gaps(points, choices), source_id)


def yuan_gaps(points: Points, choices: Choices) -> DataFrame:
    """The gap of every printed year, and its step from the printed year before.

    Columns: period, urban, rural, gap (yuan), since (the year before), gap_change, rural_growth,
    threshold (share), gap_direction (widened, narrowed, or within_rounding), evidence, source_id.
    The first year has no step.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> yuan_gaps(points, page)["gap_direction"].unique().tolist()
    ['', 'widened', 'narrowed']
    """
    own = printed_levels(points.main(choices.place))
    table: list[dict[str, Any]] = []
    before = None
    for row in own:
        cells = {"period": str(row.year), "urban": row.urban, "rural": row.rural}
        cells |= {"gap": row.urban - row.rural, "since": "", "gap_change": None}
        cells |= {"rural_growth": None, "threshold": None, "gap_direction": ""}
        if before is not None:
            change = gap_interval(row) - gap_interval(before)
            threshold = widening_threshold(ratio_interval(before), ratio_interval(row))
            cells |= {
                "since": str(before.year),
                "gap_change": change.estimate,
                "rural_growth": row.rural / before.rural - 1,
                "threshold": threshold.estimate,
                "gap_direction": gap_direction(change),
            }
        table.append(cells | {"evidence": row.evidence, "source_id": row.source_id})
        before = row
    return round_table(table)


def gap_direction(change: Interval) -> str:
    """Whether a gap `widened`, `narrowed`, or moved no more than `within_rounding`.

    >>> gap_direction(Interval(-2.0, 1.0, "rounding_interval", -0.5))
    'within_rounding'
    """
    if change.low > 0:
        return "widened"
    return "narrowed" if change.high < 0 else "within_rounding"


def threshold_window(points: Points, choices: Choices) -> tuple[int, int]:
    """The window of the threshold: the one that ends in the claim, else that of the page."""
    return claim_window(points, choices) or page_window(points, choices)


def gap_series(points: Points, choices: Choices) -> DataFrame:
    """What the figure of the yuan gap draws.

    Rows of series `gap`: place_code, year, gap (thousand yuan) of the place and its benchmarks;
    `curve`: ratio at the end and the threshold growth (share) of rural income since the first year
    of the threshold's window; `observed`: later printed years with their ratio and growth;
    `end`: the ratio at the window's end, low to high, and its threshold. Columns: series,
    place_code, year, first_year, gap, low, ratio, high, growth, growth_low, growth_high, kind (of
    both intervals), evidence, source_id.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> int(gap_series(points, page)["year"].max())
    2025
    """
    parts = []
    for place in (choices.place, *choices.benchmarks):
        parts += [
            {"series": "gap", "place_code": place, "year": row.year,
             "gap": (row.urban - row.rural) / 1000,
             "evidence": row.evidence, "source_id": row.source_id}
            for row in points.main(place).values() if has_levels(row)
        ]  # fmt: skip
    own, window = points.main(choices.place), threshold_window(points, choices)
    start, end = (own[year] for year in window)
    base = {"place_code": choices.place, "first_year": window[0]}
    derived = {"evidence": "derived", "source_id": start.source_id}
    later = [row for row in printed_levels(own) if row.year > window[0]]
    lowest = 1 + 0.9 * (min([end.low, *(row.low for row in later)]) - 1)
    for ratio in np.linspace(start.estimate, lowest, _CURVE_STEPS):
        growth = (start.estimate - 1) / (ratio - 1) - 1
        parts.append(base | {"series": "curve", "ratio": ratio, "growth": growth} | derived)
    parts += [
        base | {"series": "observed", "year": row.year, "ratio": row.estimate,
                "growth": row.rural / start.rural - 1,
                "evidence": row.evidence, "source_id": row.source_id}
        for row in later
    ]  # fmt: skip
    threshold = widening_threshold(ratio_interval(start), ratio_interval(end))
    parts.append(
        base
        | {"series": "end", "year": window[1], "ratio": end.estimate, "low": end.low}
        | {"high": end.high, "growth": threshold.estimate, "growth_low": threshold.low}
        | {"growth_high": threshold.high, "kind": threshold.kind}
        | marks_of(start, end)
    )
    columns = [
        "series", "place_code", "year", "first_year", "gap", "low", "ratio", "high", "growth",
        "growth_low", "growth_high", "kind", "evidence", "source_id",
    ]  # fmt: skip
    return round_table(parts)[columns].astype({"year": "Int64", "first_year": "Int64"})
