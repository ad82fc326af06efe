"""Growth of the completed amount: more projects, or more per project."""

from __future__ import annotations

import math

from pandas import DataFrame

from indicators.evidence import Reported, provenance
from indicators.findings import Findings, exact_interval, round_table
from indicators.investment_completion.choices import Choices, missing_figure


def growth_split(rows: DataFrame, choices: Choices) -> Findings:
    """Amount = projects x amount per project, so the logarithms of their growth add up.

    Compares the year of the page with the year before, whole years only. Results `amount`,
    `projects`, `per_project` (ratios minus 1) and `from_projects` (the part of the logarithm of
    the growth that is due to the number of projects). Table: component (more_projects,
    more_per_project, all_growth), year_before, year_after, value_before, value_after, unit (of the
    values), change (share), log_points (100 x ln), low, high, kind (of log_points), evidence,
    source_id. Raises ValueError where a figure is missing; the gate `growth_split` tells
    beforehand.

    >>> from indicators import evidence, tables
    >>> from indicators.investment_completion import Choices
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> page = Choices("330100", "qian_xiang_wan_yi", "2025M01-M11")
    >>> sorted(growth_split(rows, page).results)
    ['amount', 'from_projects', 'per_project', 'projects']
    """
    figures = growth_figures(rows, choices)
    missing = [f"{name} of {year}" for (name, year), figure in figures.items() if figure is None]
    if missing:
        raise missing_figure(choices, " and ".join(missing), "whole years", "growth_split")
    years = (choices.year - 1, choices.year)
    money = [figures["completed_investment", year] for year in years]
    count = [figures["projects", year].value for year in years]
    each = [figure.value / number for figure, number in zip(money, count, strict=True)]
    amount = money[1].interval(choices.rounding) / money[0].interval(choices.rounding)
    projects = exact_interval(count[1] / count[0])
    components = {
        "more_projects": (projects, count, "projects"),
        "more_per_project": (amount / projects, each, "100m_yuan"),
        "all_growth": (amount, [figure.value for figure in money], "100m_yuan"),
    }
    marks = provenance(*figures.values())
    table = []
    for component, (ratio, values, unit) in components.items():
        logs = 100 * ratio.transform(math.log)
        table.append(
            {
                "component": component,
                "year_before": str(years[0]),
                "year_after": str(years[1]),
                "value_before": values[0],
                "value_after": values[1],
                "unit": unit,
                "change": ratio.estimate - 1,
                "log_points": logs.estimate,
                "low": logs.low,
                "high": logs.high,
                "kind": logs.kind,
            }
            | marks
        )
    results = {
        "amount": amount - 1,
        "projects": projects - 1,
        "per_project": amount / projects - 1,
        "from_projects": projects.transform(math.log) / amount.transform(math.log),
    }
    return Findings(results, round_table(table), marks["source_id"])


def growth_figures(rows: DataFrame, choices: Choices) -> dict[tuple[str, int], Reported | None]:
    """The printed amount and number of projects of the year before and the year of the page."""
    return {
        (name, year): choices.find_figure(rows, name, str(year), printed_only=True)
        for year in (choices.year - 1, choices.year)
        for name in ("completed_investment", "projects")
    }
