"""What would follow if the ratio that the article claims held."""

from __future__ import annotations

from typing import Any

from pandas import DataFrame

from indicators.findings import interval_cells, round_table
from indicators.income import reported
from indicators.intervals import Interval
from indicators.urban_rural_convergence.choices import Choices
from indicators.urban_rural_convergence.gap import widening_threshold
from indicators.urban_rural_convergence.pace import marks_of, ratio_interval, ratio_pace
from indicators.urban_rural_convergence.points import Points
from indicators.urban_rural_convergence.scenarios import half_life
from indicators.urban_rural_convergence.windows import claim_window


def claim_routes(rows: DataFrame, points: Points, choices: Choices) -> DataFrame:
    """Pace, half-lives and threshold over the window that ends in the claim, by two routes.

    `levels_to_claim` starts from printed incomes, which have hardly any rounding; `both_claimed`
    from the ratio that the article itself prints for that year, if it does. `rows` of the table
    `income`, `points` as from `load_points`. Columns: route, quantity (log_ratio, gap_share:
    log points a year; half_life_gap, half_life_log: years; threshold: rural growth in per cent),
    unit, low, estimate, high, kind, evidence, source_id. Raises ValueError without a claim.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> len(claim_routes(rows, points, page))
    10
    """
    window = claim_window(points, choices)
    if window is None:
        raise ValueError(f"the article claims no ratio of {choices.place} that a window can end in")
    own, years = points.main(choices.place), window[1] - window[0]
    start, end = (own[year] for year in window)
    table = _quantities("levels_to_claim", ratio_interval(start), ratio_interval(end), years)
    marks = marks_of(start, end)
    table = [row | marks for row in table]
    stated = reported(rows, choices.place, str(window[0]), "ratio_stated", choices.basis)
    if stated and stated.evidence == "claimed":
        both = _quantities(
            "both_claimed", stated.interval(choices.rounding), ratio_interval(end), years
        )
        marks = {"evidence": "claimed", "source_id": stated.source_id}
        table += [row | marks for row in both]
    return round_table(table)


def _quantities(route: str, start: Interval, end: Interval, years: int) -> list[dict[str, Any]]:
    found = {
        "log_ratio": (ratio_pace(start, end, years, "log_ratio"), "log_points_a_year"),
        "gap_share": (ratio_pace(start, end, years, "gap_share"), "log_points_a_year"),
        "half_life_gap": (half_life(start, end, years, "gap_decay"), "years"),
        "half_life_log": (half_life(start, end, years, "log_decay"), "years"),
        "threshold": (100 * widening_threshold(start, end), "percent"),
    }
    return [
        {"route": route, "quantity": name, "unit": unit} | interval_cells(interval)
        for name, (interval, unit) in found.items()
    ]
