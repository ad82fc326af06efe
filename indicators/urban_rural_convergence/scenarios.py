"""Years to a target if a pace went on: declared scenarios, not forecasts.

Every number here is a `scenario_range`: the smallest and the largest outcome over the forms that
the page takes and over the rounding of the two ratios.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product

import numpy as np
from pandas import DataFrame

from indicators.evidence import weakest
from indicators.findings import Findings, exact_interval, interval_cells, round_table
from indicators.intervals import Interval
from indicators.urban_rural_convergence.choices import FORMS, Choices
from indicators.urban_rural_convergence.pace import Rows, marks_of, ratio_interval
from indicators.urban_rural_convergence.points import Points
from indicators.urban_rural_convergence.windows import claim_window, page_window

KIND = "scenario_range"
_TENTHS_FROM = 0.05  # a target nearer than this is no target

# What moves by a constant amount a year, and the ratio that it stands for.
_SCALES: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "linear": (float, float),
    "log": (math.log, math.exp),
    "gap_decay": (lambda ratio: math.log(ratio - 1), lambda moved: 1 + math.exp(moved)),
    "log_decay": (lambda ratio: math.log(math.log(ratio)), lambda moved: math.exp(math.exp(moved))),
}


def half_life(start: Interval, end: Interval, years: int, form: str) -> Interval:
    """Years in which the ratio minus 1 (`gap_decay`) or its logarithm (`log_decay`) halves, if it
    shrank by the same share every year as between the two.

    Infinite ends where it may not have shrunk.

    >>> printed = [Interval(r - 0.005, r + 0.005, "rounding_interval", r) for r in (1.75, 1.64)]
    >>> found = half_life(*printed, 3, "gap_decay")
    >>> round(found.low, 1), round(found.estimate, 1), round(found.high, 1)
    (12.0, 13.1, 14.4)
    """
    scale = _SCALES[form][0]

    def years_to_half(first: float, last: float) -> float:
        fall = scale(first) - scale(last)
        return math.log(2) * years / fall if fall > 0 else math.inf

    return Interval(
        years_to_half(start.high, end.low),
        years_to_half(start.low, end.high),
        KIND,
        years_to_half(start.estimate, end.estimate),
    )


def years_to_target(
    start: Interval, end: Interval, years: int, target: float, forms: tuple[str, ...] = FORMS
) -> Interval:
    """Years after the end in which the ratio reaches a target, over forms and rounding.

    The estimate is given for one form only, from the printed points. 0 where the target is
    reached, infinite where the ratio does not fall.

    >>> printed = [Interval(r - 0.005, r + 0.005, "rounding_interval", r) for r in (1.75, 1.64)]
    >>> found = years_to_target(*printed, 3, 1.6)
    >>> round(found.low, 1), round(found.high, 1)
    (0.9, 1.5)
    """
    corners = [
        _years(first, last, years, target, form)
        for first, last, form in product((start.low, start.high), (end.low, end.high), forms)
    ]
    points = [_years(start.estimate, end.estimate, years, target, form) for form in forms]
    only = points[0] if len(forms) == 1 else None
    return Interval(min([*corners, *points]), max([*corners, *points]), KIND, only)


def _years(first: float, last: float, years: int, target: float, form: str) -> float:
    if last <= target:
        return 0.0
    scale = _SCALES[form][0]
    fall = (scale(first) - scale(last)) / years
    return (scale(last) - scale(target)) / fall if fall > 0 else math.inf


def page_targets(points: Points, choices: Choices) -> tuple[float, ...]:
    """The targets of the page, highest first: as chosen, else the next two tenths below the last
    printed ratio that lie a twentieth or more below it.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page_targets(load_points(rows, Choices("330100")), Choices("330100"))
    (1.6, 1.5)
    """
    if choices.targets is not None:
        return tuple(sorted((float(target) for target in choices.targets), reverse=True))
    last = page_window(points, choices)[1]
    ratio = points.main(choices.place)[last].estimate
    tenths = math.floor(round(10 * (ratio - _TENTHS_FROM), 9))
    return tuple((tenths - step) / 10 for step in range(2) if tenths - step > 10)


def scenario_windows(points: Points, choices: Choices) -> list[tuple[int, int]]:
    """The windows whose pace is carried on: that of the page, and that which ends in the claim."""
    windows = [page_window(points, choices), claim_window(points, choices)]
    return list(dict.fromkeys(window for window in windows if window))


def target_scenarios(points: Points, choices: Choices) -> DataFrame:
    """Years to each target by window and form.

    Columns: window, target, form, low, estimate, high (years after the end of the window), kind,
    within_horizon (whether the estimate is), evidence, source_id.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> target_scenarios(points, page)["target"].unique().tolist()
    [1.6, 1.5]
    """
    own, table = points.main(choices.place), []
    windows = scenario_windows(points, choices)
    targets = page_targets(points, choices) if windows else ()
    for window in windows:
        start, end = (ratio_interval(own[year]) for year in window)
        for target, form in product(targets, choices.forms):
            found = years_to_target(start, end, window[1] - window[0], target, (form,))
            keys = {"window": f"{window[0]}-{window[1]}", "target": target, "form": f"{form}_form"}
            within = {"within_horizon": bool(found.estimate <= choices.horizon)}
            table.append(keys | interval_cells(found) | within | _marks(own, window))
    return round_table(table)


def scenarios(points: Points, choices: Choices, window: tuple[int, int] | None = None) -> Findings:
    """Half-lives, and years to each target over all forms of the page, from one window.

    The window is that of the page by default. Results: `half_life_gap`, `half_life_log`, and
    `target_1`, `target_2`, ... in years after the end of the window, with the ratios aimed at as
    `aim_1`, `aim_2`, ... Table: the rows of `target_scenarios` for the window.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> scenarios(points, page)["half_life_gap"].kind
    'scenario_range'
    """
    window = window or page_window(points, choices)
    own, years = points.main(choices.place), window[1] - window[0]
    start, end = (ratio_interval(own[year]) for year in window)
    results = {
        "half_life_gap": half_life(start, end, years, "gap_decay"),
        "half_life_log": half_life(start, end, years, "log_decay"),
    }
    for number, target in enumerate(page_targets(points, choices), 1):
        results[f"target_{number}"] = years_to_target(start, end, years, target, choices.forms)
        results[f"aim_{number}"] = exact_interval(target)
    table = target_scenarios(points, choices)
    shown = table[table["window"].eq(f"{window[0]}-{window[1]}")]
    return Findings(results, shown, _marks(own, window)["source_id"])


def _marks(own: Rows, window: tuple[int, int]) -> dict[str, str]:
    return marks_of(*(own[year] for year in window))


def scenario_paths(points: Points, choices: Choices) -> DataFrame:
    """What the figure of the scenarios draws.

    Rows of series `ratio`: the points of the place; `path`: the ratio from the end of each window
    on, by form and year up to the horizon, low to high over rounding; `target`. Columns: series,
    window, form, year, low, estimate, high, kind, evidence, source_id.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> scenario_paths(points, page)["form"].unique().tolist()
    ['', 'linear_form', 'log_form', 'gap_decay_form']
    """
    own, table = points.main(choices.place), []
    for row in own.values():
        cells = {"series": "ratio", "window": "", "form": "", "year": float(row.year)}
        interval = interval_cells(ratio_interval(row))
        table.append(cells | interval | {"evidence": row.evidence, "source_id": row.source_id})
    for window, form in product(scenario_windows(points, choices), choices.forms):
        start, end = (ratio_interval(own[year]) for year in window)
        years, marks = window[1] - window[0], _marks(own, window)
        marks["evidence"] = weakest(marks["evidence"], "derived")
        for ahead in np.arange(0, choices.horizon + 1):
            cells = {"series": "path", "window": f"{window[0]}-{window[1]}", "form": f"{form}_form"}
            ratios = [
                _ahead(first, last, years, float(ahead), form)
                for first, last in (
                    (start.high, end.low), (start.estimate, end.estimate), (start.low, end.high),
                )
            ]  # fmt: skip
            low, estimate, high = ratios
            cells |= {"year": float(window[1] + ahead), "low": low, "estimate": estimate}
            table.append(cells | {"high": high, "kind": KIND} | marks)
    marks = {"evidence": "derived", "source_id": list(own.values())[-1].source_id}
    for target in page_targets(points, choices):
        cells = {"series": "target", "window": "", "form": "", "year": None}
        table.append(
            cells | {"low": target, "estimate": target, "high": target, "kind": "exact"} | marks
        )
    return round_table(table)


def _ahead(first: float, last: float, years: int, ahead: float, form: str) -> float:
    scale, back = _SCALES[form]
    return back(scale(last) + (scale(last) - scale(first)) / years * ahead)
