"""Rates against the share of the year that was due, and how the year ended."""

from __future__ import annotations

from pandas import DataFrame

from indicators.evidence import provenance
from indicators.findings import DECIMALS, Findings, exact_interval, interval_cells, round_table
from indicators.gates import require
from indicators.intervals import Interval
from indicators.investment import published_rates
from indicators.investment_completion.choices import (
    Choices,
    missing_figure,
    scheduled_share,
)
from indicators.investment_completion.facts import gate_facts
from indicators.investment_completion.plans import (
    completed_investment,
    completion_rate,
    implied_plans,
)


def rates_against_schedule(rows: DataFrame, choices: Choices) -> DataFrame:
    """Every printed completion rate against the share of the year that was due.

    First a row for each rate, sorted by months, rate and place: series `page` (the rate of the
    page), `programme` (others of its programme) or `others`. Then, where the gate `full_year_rate`
    opens, the year's amount against the implied plan (`full_year`); then the `schedule` at months
    0 to 12. Columns: series, place_code, programme, period, months, rate, low, high,
    kind, scheduled_share (shares), lead (rate minus schedule, in points), evidence, source_id.

    >>> from indicators import evidence, tables
    >>> from indicators.investment_completion import Choices
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> page = Choices("330100", "qian_xiang_wan_yi", "2025M01-M11")
    >>> len(rates_against_schedule(rows, page)) > 1
    True
    """
    table = []
    for *key, rate in published_rates(rows):
        months, share = choices.months_of(*key), rate.interval(choices.rounding) / 100
        table.append(_point(_series(choices, *key), *key, months, share) | provenance(rate))
    table.sort(key=lambda row: (row["months"], row["rate"], row["place_code"], row["programme"]))
    if require("full_year_rate", **gate_facts(rows, choices)["full_year_rate"]):
        outcome = year_outcome(rows, choices)
        key = (choices.place, choices.programme, str(choices.year))
        marks = {"evidence": "derived", "source_id": outcome.source_id}
        table.append(_point("full_year", *key, 12, outcome["rate"]) | marks)
    for month in range(13):
        due = exact_interval(scheduled_share(month, choices.schedule))
        marks = {"evidence": "derived", "source_id": ""}
        table.append(_point("schedule", "", "", "", month, due) | marks)
    drawn = round_table(table)
    shares = [scheduled_share(month, choices.schedule) for month in drawn["months"]]
    drawn.insert(9, "scheduled_share", shares)
    drawn.insert(10, "lead", 100 * (drawn["rate"] - drawn["scheduled_share"]))
    return drawn.round(DECIMALS)


def _series(choices: Choices, place: str, programme: str, period: str) -> str:
    if (place, programme, period) == choices.key:
        return "page"
    return "programme" if programme == choices.programme else "others"


def _point(
    series: str, place: str, programme: str, period: str, months: int, rate: Interval
) -> dict[str, str | float]:
    return {
        "series": series,
        "place_code": place,
        "programme": programme,
        "period": period,
        "months": months,
        "rate": rate.estimate,
        "low": rate.low,
        "high": rate.high,
        "kind": rate.kind,
    }


def year_outcome(rows: DataFrame, choices: Choices) -> Findings:
    """How the year ended, against the amount and the implied plan of the window.

    Results `share_reached` (the part of the year's amount that the window had) and `rate` (the
    year's amount against the plan of the annual reading), both shares. The table has a row for
    each reading: reading, low, estimate, high, kind (the plan), year_amount, full_year_rate,
    evidence, source_id. Raises ValueError where the amount of the year is not printed; the gate
    `full_year_rate` tells beforehand.

    >>> from indicators import evidence, tables
    >>> from indicators.investment_completion import Choices
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> page = Choices("330100", "qian_xiang_wan_yi", "2025M01-M11")
    >>> sorted(year_outcome(rows, page).results)
    ['rate', 'share_reached']
    """
    plan = implied_plans(rows, choices)
    rate, window = completion_rate(rows, choices), completed_investment(rows, choices)
    year = completed_investment(rows, choices, str(choices.year))
    if year is None:
        raise missing_figure(choices, "completed investment", str(choices.year), "full_year_rate")
    amount, marks = year.interval(choices.rounding), provenance(rate, window, year)
    table = []
    for reading in choices.readings:
        outcome = {
            "year_amount": year.value,
            "full_year_rate": (amount / plan[reading]).estimate,
        }
        table.append({"reading": reading} | interval_cells(plan[reading]) | outcome | marks)
    results = {
        "share_reached": window.interval(choices.rounding, choices.money_unit) / amount,
        "rate": amount / plan["annual"],
    }
    return Findings(results, round_table(table), marks["source_id"])
