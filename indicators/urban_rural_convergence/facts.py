"""What the tables hold for the gates of a page, and which places have one."""

from __future__ import annotations

from typing import Any

from pandas import DataFrame

from indicators.gates import require
from indicators.income import ratio_points
from indicators.urban_rural_convergence.choices import Choices
from indicators.urban_rural_convergence.points import Points, mark_segments
from indicators.urban_rural_convergence.race import growth_race
from indicators.urban_rural_convergence.relative import shared_windows
from indicators.urban_rural_convergence.trend import (
    counted_ratios,
    damped_facts,
    drift_facts,
    target_facts,
)
from indicators.urban_rural_convergence.windows import comparable_years, page_window, pair_years


def gate_facts(points: Points, choices: Choices) -> dict[str, dict[str, Any]]:
    """What the points of a page hold for each method of this chapter: facts for `gates.require`.

    `points` as from `load_points`.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> gate_facts(load_points(rows, Choices("330900")), Choices("330900"))["convergence_page"]
    {'pairs': 2, 'span': 6}
    """
    window = page_window(points, choices)
    theirs = {other: comparable_years(points.main(other)) for other in choices.benchmarks}
    missing = [
        (other, year)
        for other, years in theirs.items()
        for year in window or ()
        if year not in years
    ]
    return {
        "convergence_page": _page_facts(pair_years(points.main(choices.place)), window),
        "relative_pace": {"missing": tuple(missing)},
        "pace_by_window": {"windows": len(shared_windows(points, choices))},
        "growth_race": {"steps": len(growth_race(points, choices))},
        "trend_test": {"n": len(counted_ratios(points, choices))},
        "time_to_target_inference": target_facts(points, choices),
        "drift_forecast": drift_facts(points, choices),
        "damped_trend_forecast": damped_facts(points, choices),
    }


def _page_facts(years: list[int], window: tuple[int, int] | None) -> dict[str, int]:
    if window is None:
        return {"pairs": len(years), "span": 0}
    return {"pairs": len(years), "span": max(years[-1] - years[0], window[1] - window[0])}


def convergence_places(rows: DataFrame) -> list[str]:
    """The places that have a page: those for which the gate `convergence_page` opens by default.

    `rows` of the table `income`, as from `mark_rows`; codes in their order.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> "330100" in convergence_places(rows), "330800" in convergence_places(rows)
    (True, False)
    """
    found = []
    for place in sorted(set(rows["place_code"])):
        years = pair_years(Points(mark_segments(ratio_points(rows, place))).main(place))
        window = (years[0], years[-1]) if len(years) > 1 else None
        if require("convergence_page", **_page_facts(years, window)):
            found.append(place)
    return found
