"""The plan that a printed rate and a printed amount imply, and the figures it is made of."""

from __future__ import annotations

from pandas import DataFrame

from indicators.evidence import Reported, provenance
from indicators.findings import Findings, interval_cells, round_table
from indicators.intervals import Interval
from indicators.investment import published_rates
from indicators.investment_completion.choices import MONEY_UNITS, READINGS, Choices, missing_figure
from indicators.rounding import ROUNDINGS


def completion_rate(rows: DataFrame, choices: Choices) -> Reported:
    """The printed rate of the page, in percent. Raises ValueError if there is none.

    >>> from indicators import evidence, tables
    >>> from indicators.investment_completion import Choices
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> page = Choices("330100", "qian_xiang_wan_yi", "2025M01-M11")
    >>> completion_rate(rows, page).printed
    '125.6'
    """
    rate = choices.find_figure(rows, "completion_rate", choices.period)
    if rate is None:
        known = "; ".join(sorted(" ".join(key) for *key, _ in published_rates(rows)))
        raise ValueError(
            f"investment has no usable completion rate of {choices.place} {choices.programme} "
            f"{choices.period}; it has one of {known}"
        )
    return rate


def completed_investment(
    rows: DataFrame, choices: Choices, period: str | None = None
) -> Reported | None:
    """The amount that goes with the rate of the page; of another period of its list, if asked.

    >>> from indicators import evidence, tables
    >>> from indicators.investment_completion import Choices
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> page = Choices("330100", "qian_xiang_wan_yi", "2025M01-M11")
    >>> completed_investment(rows, page).printed
    '1350'
    """
    vintage = completion_rate(rows, choices).vintage
    period = period or choices.period
    return choices.find_figure(rows, "completed_investment", period, vintage=vintage)


def planned_investment(rows: DataFrame, choices: Choices) -> Reported | None:
    """The plan of the year that is printed for the list of the rate of the page."""
    vintage = completion_rate(rows, choices).vintage
    return choices.find_figure(rows, "planned_investment", str(choices.year), vintage=vintage)


def implied_plans(rows: DataFrame, choices: Choices) -> Findings:
    """The plan of the year that amount and rate imply: C / R, or C / (R x elapsed share).

    Results `annual` and `to_date`, in the unit of the table (100 million yuan), at the choices. The
    table has a row for each reading of the choices x unit of rounding that the amount fits x
    rounding rule, in that order, and then the printed plan of the same list, if there is one, for
    each rule: reading, money_unit, rounding, low, estimate, high, kind, evidence, source_id. Raises
    ValueError without rate or amount. An amount derived from the plan gives the plan back: the gate
    `implied_plan` refuses it.

    >>> from indicators import evidence, tables
    >>> from indicators.investment_completion import Choices
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> page = Choices("330100", "qian_xiang_wan_yi", "2025M01-M11")
    >>> round(implied_plans(rows, page)["annual"].low, 1)
    1074.0
    """
    rate, amount = completion_rate(rows, choices), completed_investment(rows, choices)
    if amount is None:
        raise missing_figure(choices, "completed investment", choices.period, "implied_plan")
    units = [unit for unit in MONEY_UNITS if amount.fits(unit)] or [choices.money_unit]

    def plan(reading: str, rule: str, unit: int) -> Interval:
        share = 1 if reading == "annual" else choices.elapsed
        return amount.interval(rule, unit) / (rate.interval(rule) / 100 * share)

    marks = provenance(rate, amount)
    table = [
        {"reading": reading, "money_unit": unit, "rounding": rule}
        | interval_cells(plan(reading, rule, unit))
        | marks
        for reading in choices.readings
        for unit in units
        for rule in ROUNDINGS
    ]
    if printed := planned_investment(rows, choices):
        table += [
            {"reading": "printed_plan", "money_unit": 1, "rounding": rule}
            | interval_cells(printed.interval(rule))
            | provenance(printed)
            for rule in ROUNDINGS
        ]
    results = {reading: plan(reading, choices.rounding, choices.money_unit) for reading in READINGS}
    return Findings(results, round_table(table), marks["source_id"])


def plan_variants(plan: Findings) -> DataFrame:
    """The table of `implied_plans` with a column of intervals for each rounding rule.

    A row for each reading and unit of rounding, in the same order: reading, money_unit, half_up,
    half_down, half_up_or_down, truncate, evidence, source_id.

    >>> from indicators import evidence, tables
    >>> from indicators.investment_completion import Choices
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> page = Choices("330100", "qian_xiang_wan_yi", "2025M01-M11")
    >>> len(plan_variants(implied_plans(rows, page)))
    6
    """
    table = []
    for (reading, unit), rows in plan.table.groupby(["reading", "money_unit"], sort=False):
        intervals = {
            row.rounding: Interval(row.low, row.high, row.kind, row.estimate)
            for row in rows.itertuples()
        }
        marks = rows[["evidence", "source_id"]].iloc[0].to_dict()
        table.append({"reading": reading, "money_unit": unit} | intervals | marks)
    return DataFrame(table)
