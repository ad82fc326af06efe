"""Theil's between part of urban and rural income, and what its change goes with.

The ratio of the two means and the urban share of people both move it, so it may move while the
ratio stands still. Within the city and within the countryside incomes differ as well; with means
alone every figure here is a LOWER BOUND on the inequality among people.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from pandas import DataFrame, concat

from indicators.findings import Findings, exact_interval, interval_cells, round_table
from indicators.inequality import MEASURES
from indicators.two_groups import TheilChange, theil_between_interval, theil_change
from indicators.urban_rural_convergence.levels import find_levels, marks_of
from indicators.urban_rural_convergence.routes import is_printed
from indicators.urban_rural_convergence.weights import SurveyYear, survey_years

GRADES = ("A", "B", "C")  # of sources that count; a year in others is drawn, and not counted
COMPONENTS = {"total": "all_change", "ratio": "ratio_part", "share": "share_part"}


def theil_levels(rows: DataFrame, place: str, rounding: str = "half_up") -> DataFrame:
    """T and L between urban and rural residents by year, with the survey's own weight.

    Columns: place_code, year, measure (`theil_t`, `theil_l`), low, estimate, high, kind, grade,
    evidence, source_id. Derived years are there, marked.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> theil_levels(rows, "330100")["kind"].unique().tolist()
    ['rounding_interval']
    """
    years = survey_years(find_levels(rows, place, rounding))
    return round_table([_level(place, found, measure) for found in years for measure in MEASURES])


def _level(place: str, found: SurveyYear, measure: str) -> dict[str, Any]:
    return (
        {"place_code": place, "year": found.year, "measure": f"theil_{measure}"}
        | interval_cells(theil_between_interval(found.ratio, found.weight, measure))
        | marks_of(found.used)
    )


def theil_parts(
    rows: DataFrame,
    place: str,
    window: Sequence[int] | None = None,
    rounding: str = "half_up",
) -> Findings:
    """The change of T between urban and rural from the first to the last printed year of a window.

    Results: `start`, `end` (T), `all_change`, `ratio_part`, `share_part`, and the `first_year` and
    `last_year` of these. Table: panel; place_code, measure, year, low, estimate, high, kind, grade,
    evidence, source_id of every year (`level`, as `theil_levels`, in the whole series); and with
    component, year_before, year_after those of every step between neighbouring printed years and,
    if there are several, of the window (`change`).
    Raises ValueError with fewer than two such years; the gate `theil_parts` tells beforehand.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> sorted(theil_parts(rows, "330100").results)
    ['all_change', 'end', 'first_year', 'last_year', 'ratio_part', 'share_part', 'start']
    """
    surveyed = survey_years(find_levels(rows, place, rounding))
    years = _counted(surveyed, window)
    if len(years) < 2:
        raise ValueError(
            f"income has the three printed means of {len(years)} years of the window "
            f"{window or 'of all years'} for {place}; allowed: two or more. The gate theil_parts "
            "tells beforehand"
        )
    pairs = list(itertools.pairwise(years))
    pairs += [(years[0], years[-1])] if len(years) > 2 else []
    drawn = [
        round_table([_level(place, found, "t") | {"panel": "level"} for found in surveyed]),
        round_table([part for pair in pairs for part in _parts(place, *pair)]),
    ]
    results = {
        name: theil_between_interval(year.ratio, year.weight)
        for name, year in (("start", years[0]), ("end", years[-1]))
    }
    change = _change(years[0], years[-1])
    results |= {name: getattr(change, field) for field, name in COMPONENTS.items()}
    for name, year in (("first_year", years[0]), ("last_year", years[-1])):
        results[name] = exact_interval(year.year)
    marks = marks_of([*years[0].used, *years[-1].used])
    return Findings(results, concat(drawn, ignore_index=True), marks["source_id"])


def printed_years(
    rows: DataFrame,
    place: str,
    window: Sequence[int] | None = None,
    rounding: str = "half_up",
) -> list[SurveyYear]:
    """The years of a window (first, last; None for all) that count.

    Their three means are all printed, in sources of grade A to C.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> [one.year for one in printed_years(rows, "330100")]
    [2015, 2016, 2017, 2021, 2022]
    """
    return _counted(survey_years(find_levels(rows, place, rounding)), window)


def _counted(surveyed: list[SurveyYear], window: Sequence[int] | None = None) -> list[SurveyYear]:
    first, last = window or (0, 9999)
    return [
        found
        for found in surveyed
        if first <= found.year <= last
        and is_printed(found.used)
        and all(level.grade in GRADES for level in found.used)
    ]


def weight_facts(
    rows: DataFrame, place: str, window: Sequence[int] | None = None
) -> dict[str, dict[str, Any]]:
    """The facts that the gates `implied_weight` and `theil_parts` ask for; printed years alone.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> weight_facts(rows, "330100")["theil_parts"]
    {'years': 5}
    """
    surveyed = survey_years(find_levels(rows, place))
    return {
        "implied_weight": {"years": len(_counted(surveyed))},
        "theil_parts": {"years": len(_counted(surveyed, window))},
    }


def _change(before: SurveyYear, after: SurveyYear) -> TheilChange:
    return theil_change((before.ratio, after.ratio), (before.weight, after.weight))


def _parts(place: str, before: SurveyYear, after: SurveyYear) -> list[dict[str, Any]]:
    change, marks = _change(before, after), marks_of([*before.used, *after.used])
    years = {"year_before": str(before.year), "year_after": str(after.year)}
    named = {"place_code": place, "measure": "theil_t", "panel": "change"}
    return [
        named | {"component": name} | years | interval_cells(getattr(change, field)) | marks
        for field, name in COMPONENTS.items()
    ]
