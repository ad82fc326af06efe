"""A ratio that is claimed but whose incomes are not printed, reached from two sides.

The wedge route starts from a part of the same year and scales it as that part stood to the whole
year in an earlier year of the same place. The chain route starts from the last year whose incomes
are printed and moves it on by what parts of the later years say about the change. A part of a year
is only ever set against the same part, in the same place. How the relation carries over is not
known, so each route is a scenario range over FORMS and base years, on top of rounding. The claim
enters neither route.
"""

from __future__ import annotations

import itertools
from typing import Any

from pandas import DataFrame

from indicators.evidence import Reported
from indicators.findings import Findings, exact_interval, interval_cells, round_table
from indicators.income import reported
from indicators.intervals import Interval
from indicators.urban_rural_convergence.levels import (
    PARTS,
    Level,
    Levels,
    find_levels,
    marks_of,
)
from indicators.urban_rural_convergence.routes import (
    FORMS,
    Path,
    chain_path,
    is_printed,
    last_printed,
    missing_steps,
    wedge_paths,
)

CLAIM_YEAR = 2024
LONGEST = 4  # years; from the base of the article's place, 2020, to the claim
COLUMNS = (
    "route", "assumption", "base_year", "part_of_year", "low", "estimate", "high", "kind",
    "grade", "evidence", "source_id",
)  # fmt: skip


def wedge_route(
    rows: DataFrame, place: str, year: int = CLAIM_YEAR, rounding: str = "half_up"
) -> Findings:
    """The ratio of a year from the longest part of it that an earlier year has, part and whole.

    Results: `range`, the scenario range over the forms and base years, and `passing`, how many
    figures of two decimals it does not exclude. Table, a row each: route,
    assumption (the form), base_year, part_of_year (parts of years, joined by `;`), low, estimate,
    high, kind (a rounding interval, given the form), grade (all, joined by `;`), evidence (the
    weakest), source_id.
    Raises ValueError where the parts are missing; the gate `wedge_route` tells beforehand.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> wedge_route(rows, "330100")["range"].kind
    'scenario_range'
    """
    paths = wedge_paths(find_levels(rows, place, rounding), year)
    return _route("wedge", paths, place, year)


def chain_route(
    rows: DataFrame, place: str, year: int = CLAIM_YEAR, rounding: str = "half_up"
) -> Findings:
    """The ratio of a year from the last year before with printed incomes, moved on year by year.

    A year is moved on by the longest part of it whose ratio is known a year earlier as well, or
    for which the growth of both incomes is printed. Results and table as of `wedge_route`. Raises
    ValueError where a year has no such part; the gate `chain_route` tells beforehand.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> chain_route(rows, "330100")["range"].kind
    'scenario_range'
    """
    path = chain_path(find_levels(rows, place, rounding), year)
    return _route("chain", [path] if path else [], place, year)


def claimed_ratio(rows: DataFrame, place: str, year: int = CLAIM_YEAR) -> Reported | None:
    """The ratio that the article claims for a place and year, or None.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> claimed_ratio(rows, "330100").printed
    '1.64'
    """
    return reported(rows[rows["evidence"].eq("claimed")], place, str(year), "ratio_stated")


def route_facts(rows: DataFrame, place: str, year: int = CLAIM_YEAR) -> dict[str, dict[str, Any]]:
    """The facts that the gates `claimed_ratio`, `wedge_route` and `chain_route` ask for.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> route_facts(rows, "330100")["wedge_route"]
    {'year': 2024, 'bases': 1}
    """
    levels = find_levels(rows, place)
    base = last_printed(levels, year)
    missing = missing_steps(levels, base, year) if base else ()
    return {
        "claimed_ratio": {"year": year, "claimed": claimed_ratio(rows, place, year) is not None},
        "wedge_route": {"year": year, "bases": len(wedge_paths(levels, year))},
        "chain_route": {"base": base or 0, "missing": missing},
    }


def drawn_routes(claim: Reported, rounding: str, *routes: Findings) -> DataFrame:
    """What is drawn: the forms of each route, its range, and last the claim.

    Columns as of the routes; the assumption is `whole_route` for the range of a route. The row of
    the claim has route and assumption `claim`.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> claim, route = claimed_ratio(rows, "330100"), wedge_route(rows, "330100")
    >>> drawn_routes(claim, "half_up", route)["kind"].iloc[0]
    'rounding_interval'
    """
    table = []
    for route in routes:
        forms = route.table.to_dict("records")
        whole = {"assumption": "whole_route", "source_id": route.source_id}
        table += [*forms, forms[0] | whole | interval_cells(route["range"])]
    marks = {"grade": "D", "evidence": claim.evidence, "source_id": claim.source_id}
    last = dict.fromkeys(COLUMNS, "") | {"route": "claim", "assumption": "claim"} | marks
    table.append(last | interval_cells(claim.interval(rounding)))
    return round_table(table)[list(COLUMNS)]


def shared_sources(*routes: Findings) -> list[str]:
    """The sources on which all of these routes rest; what they share, they cannot confirm.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> route = wedge_route(rows, "330100")
    >>> shared_sources(route, route) == route.source_id.split(";")
    True
    """
    return sorted(set.intersection(*(set(route.source_id.split(";")) for route in routes)))


def routes_reaching(claim: Interval, *routes: Findings) -> int:
    """How many of the routes have a value of the claim's interval in their range.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> claim = claimed_ratio(rows, "330100").interval("half_up")
    >>> routes_reaching(claim, wedge_route(rows, "330100"), chain_route(rows, "330100"))
    2
    """
    return sum(route["range"].overlaps(claim) for route in routes)


def passing_figures(route: Interval, digits: int = 2) -> list[str]:
    """The figures of so many decimals that a route does not exclude.

    >>> passing_figures(Interval(1.6385, 1.6541, "scenario_range"))
    ['1.64', '1.65']
    """
    unit = 10**digits
    first, last = round(route.low * unit), round(route.high * unit)
    return [f"{number / unit:.{digits}f}" for number in range(first, last + 1)]


def route_inputs(
    rows: DataFrame, place: str, year: int = CLAIM_YEAR, rounding: str = "half_up"
) -> DataFrame:
    """Every figure that a route rests on, once a route.

    Columns: route, period, indicator (a growth rate as `growth_of_` its income, in percent),
    printed_figure, low, high, kind, grade, evidence, source_id.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> len(route_inputs(rows, "330100"))
    13
    """
    levels = find_levels(rows, place, rounding)
    chain = chain_path(levels, year)
    paths = {"wedge": wedge_paths(levels, year), "chain": [chain] if chain else []}
    table = []
    for route, found in paths.items():
        for level in dict.fromkeys(itertools.chain(*(path.used for path in found))):
            grown = route == "chain" and level.growth is not None
            table.append(_input(route, level, grown))
    return round_table(table)


def carry_trials(rows: DataFrame, rounding: str = "half_up", longest: int = LONGEST) -> DataFrame:
    """The step that both routes take, tried where the ratio reached is printed too.

    From every year with a printed ratio and part to the later ones with the same part, up to
    `longest` years on, for all places; a step of one year is a step of the chain. All figures are
    printed. Columns: place_code,
    base_year, part_of_year, year, low, high and kind (the scenario range over the forms),
    actual_ratio, error_low and error_high (the ends minus the actual, as a share of it), held
    (whether the actual lies in the range), grade, evidence, source_id.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> len(carry_trials(rows))
    10
    """
    table = []
    for place in sorted(set(rows.loc[rows["period"].str.len().gt(4), "place_code"])):
        levels = find_levels(rows, place, rounding)
        pairs = {one: levels.pair(str(one)) for one in levels.years()}
        years = [one for one, pair in pairs.items() if pair and is_printed(pair)]
        for year, window in itertools.product(years, PARTS):
            paths = wedge_paths(levels, year, (window,), printed_only=True)
            table += [
                _trial(levels, path, window, year) for path in paths if year - path.base <= longest
            ]
    return round_table(table)


def largest_error(trials: DataFrame) -> float:
    """The largest error of any assumption in the trials, as a share of the printed ratio.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> round(largest_error(carry_trials(rows)), 3)
    0.015
    """
    return float(trials[["error_low", "error_high"]].abs().to_numpy().max())


def _route(name: str, paths: list[Path], place: str, year: int) -> Findings:
    if not paths:
        raise ValueError(
            f"income does not carry the {name} route to {year} for {place}; "
            f"the gate {name}_route tells beforehand"
        )
    found = [(form, path, path.carry(form)) for form in FORMS for path in paths]
    table = [
        {
            "route": name,
            "assumption": form,
            "base_year": str(path.base),
            "part_of_year": ";".join(f"{step.year}{step.window}" for step in path.steps),
        }
        | interval_cells(interval)
        | marks_of(path.used)
        for form, path, interval in found
    ]
    whole = _range([interval for _, _, interval in found])
    marks = marks_of(itertools.chain(*(path.used for path in paths)))
    results = {"range": whole, "passing": exact_interval(len(passing_figures(whole)))}
    return Findings(results, round_table(table), marks["source_id"])


def _range(intervals: list[Interval]) -> Interval:
    ends = [(one.low, one.high) for one in intervals]
    return Interval(min(low for low, _ in ends), max(high for _, high in ends), "scenario_range")


def _input(route: str, level: Level, growth: bool) -> dict[str, Any]:
    """The row of a figure; where a route takes its growth rate, that one instead."""
    shown = 100 * (level.growth - 1) if growth else level.interval
    return {
        "route": route,
        "period": level.period,
        "indicator": f"growth_of_{level.indicator}" if growth else level.indicator,
        "printed_figure": f"{shown.estimate:.1f}" if growth else level.printed,
        "low": shown.low,
        "high": shown.high,
        "kind": shown.kind,
    } | marks_of([level])


def _trial(levels: Levels, path: Path, window: str, year: int) -> dict[str, Any]:
    pair = levels.pair(str(year))
    actual = pair[0].interval.estimate / pair[1].interval.estimate
    reached = _range([path.carry(form) for form in FORMS])
    return {
        "place_code": levels.place,
        "base_year": str(path.base),
        "part_of_year": window,
        "year": str(year),
        "low": reached.low,
        "high": reached.high,
        "kind": reached.kind,
        "actual_ratio": actual,
        "error_low": reached.low / actual - 1,
        "error_high": reached.high / actual - 1,
        "held": reached.low <= actual <= reached.high,
    } | marks_of([*path.used, *pair])
