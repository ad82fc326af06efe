"""Lists of projects that were replaced within a year, and their plans."""

from __future__ import annotations

import math
from functools import partial

from pandas import DataFrame

from indicators.evidence import Reported, provenance
from indicators.findings import Findings, exact_interval, interval_cells, round_table
from indicators.investment import published_rates
from indicators.investment_completion.choices import Choices, missing_figure


def moving_denominator(rows: DataFrame, choices: Choices) -> Findings:
    """The latest year, up to that of the page, whose list of projects was replaced within it.

    The final plan is the printed one or, for a whole year, amount / rate. Results `plan`,
    `projects` (changes from the first to the final list, ratios minus 1), `rate_first`,
    `rate_final` (the rate against either plan, shares). The table has two rows, first_list and
    final_list, for each measure: measure (plan, projects, rate), year, list, low, estimate, high,
    kind, unit, index (first list = 100; blank for rates), evidence, source_id.
    Raises ValueError if there is no such year; the gate `moving_denominator` tells beforehand.

    >>> from indicators import evidence, tables
    >>> from indicators.investment_completion import Choices
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> page = Choices("330100", "qian_xiang_wan_yi", "2025M01-M11")
    >>> sorted(moving_denominator(rows, page).results)
    ['plan', 'projects', 'rate_final', 'rate_first']
    """
    years = years_with_two_lists(rows, choices)
    if not years:
        period = f"to {choices.year}"
        raise missing_figure(choices, "year with two lists", period, "moving_denominator")
    year = max(years)
    found, rule = years[year], choices.rounding
    marks = {name: provenance(figure) for name, figure in found.items() if figure}
    derived = {"evidence": "derived"}
    rate, first = found["rate"].interval(rule) / 100, found["first_plan"].interval(rule)
    if found["final_plan"]:
        final = found["final_plan"].interval(rule)
        against_first = rate * final / first
    else:
        # the rate would stand twice in rate x (amount / rate) / first
        final = found["amount"].interval(rule) / rate
        against_first = found["amount"].interval(rule) / first
        marks["final_plan"] = provenance(found["amount"], found["rate"]) | derived
    counts = [exact_interval(found[name].value) for name in ("first_count", "final_count")]
    used = provenance(*(figure for figure in found.values() if figure))
    cells = [
        ("plan", "100m_yuan", (first, final), (marks["first_plan"], marks["final_plan"])),
        ("projects", "count", counts, (marks["first_count"], marks["final_count"])),
        ("rate", "percent", (100 * against_first, 100 * rate), (used | derived, marks["rate"])),
    ]
    table = []
    for measure, unit, pair, evidence in cells:
        for name, interval, mark in zip(("first_list", "final_list"), pair, evidence, strict=True):
            index = 100 * interval.estimate / pair[0].estimate
            table.append(
                {"measure": measure, "year": str(year), "list": name}
                | interval_cells(interval)
                | {"unit": unit, "index": math.nan if measure == "rate" else index}
                | mark
            )
    results = {
        "plan": final / first - 1,
        "projects": counts[1] / counts[0] - 1,
        "rate_first": against_first,
        "rate_final": exact_interval(found["rate"].value / 100),
    }
    return Findings(results, round_table(table), used["source_id"])


def years_with_two_lists(
    rows: DataFrame, choices: Choices
) -> dict[int, dict[str, Reported | None]]:
    """Years with a replaced and a final list that both have a count and a plan, and a rate.

    For each year, up to that of the page: rate, first_plan, first_count, final_count, and
    final_plan or the amount of the whole year or both.
    """
    years = {}
    for place, programme, period, rate in published_rates(rows):
        year = period[:4]
        if (place, programme) != (choices.place, choices.programme) or int(year) > choices.year:
            continue
        replaced = rows[
            rows["place_code"].eq(place)
            & rows["programme"].eq(programme)
            & rows["period"].eq(year)
            & rows["status"].eq("superseded")
            & rows["vintage"].ne("")
        ]
        for vintage in sorted(set(replaced["vintage"]) - {rate.vintage})[:1]:
            find = partial(choices.find_figure, rows)
            first = partial(find, period=year, vintage=vintage, status=("superseded",))
            final = partial(find, vintage=rate.vintage)
            figures = {
                "rate": rate,
                "first_plan": first("planned_investment"),
                "first_count": first("projects"),
                "final_count": final("projects", year),
                "final_plan": final("planned_investment", year),
                "amount": final("completed_investment", period),
            }
            whole_year = period == year and figures["amount"] is not None
            known = all(figures[name] for name in ("first_plan", "first_count", "final_count"))
            if known and (figures["final_plan"] or whole_year):
                years[int(year)] = figures
    return years
