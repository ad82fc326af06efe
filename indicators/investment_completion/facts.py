"""What the tables hold for the gates of this chapter."""

from __future__ import annotations

from typing import Any

from pandas import DataFrame

from indicators.gates import require
from indicators.investment import project_count
from indicators.investment_completion.choices import Choices
from indicators.investment_completion.growth import growth_figures
from indicators.investment_completion.lists import years_with_two_lists
from indicators.investment_completion.plans import (
    completed_investment,
    completion_rate,
    planned_investment,
)


def gate_facts(rows: DataFrame, choices: Choices) -> dict[str, dict[str, Any]]:
    """What the tables hold for each method of this chapter: facts for `gates.require`.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> gate_facts(rows, Choices("330100", "qian_xiang_wan_yi", "2025M01-M11"))["chain_ladder"]
    {'past_years': 0}
    """
    rate, amount = completion_rate(rows, choices), completed_investment(rows, choices)
    year_amount = completed_investment(rows, choices, str(choices.year))
    plan = planned_investment(rows, choices)
    growth = growth_figures(rows, choices)
    amounts = [
        figure.interval(choices.rounding)
        for (name, _), figure in growth.items()
        if name == "completed_investment" and figure
    ]
    total = project_count(rows, *choices.key, rate.vintage)
    # a derived amount is refused for being derived, not for its decimals
    exempt = amount is None or amount.evidence == "derived"
    facts = {
        "implied_plan": {
            "amount": amount.evidence if amount else "",
            "rate": rate.evidence,
            "money_unit": choices.money_unit,
            "fits": exempt or amount.fits(choices.money_unit),
            "plan": plan.printed if plan else "",
        },
        "growth_split": {
            "missing": tuple(key for key, figure in growth.items() if figure is None),
            "changed": len(amounts) == 2 and not amounts[0].overlaps(amounts[1]),
        },
        "moving_denominator": {"years": len(years_with_two_lists(rows, choices))},
        "share_of_projects": {"rate": rate.printed, "total": int(total.value) if total else None},
        "chain_ladder": {"past_years": _past_years(rows, choices)},
    }
    facts["full_year_rate"] = {
        "months": choices.months,
        "year_amount": year_amount.evidence if year_amount else "",
        "plan": bool(require("implied_plan", **facts["implied_plan"])),
    }
    return facts


def _past_years(rows: DataFrame, choices: Choices) -> int:
    """Earlier years with the amount of the same window and the amount of the year."""
    if choices.months >= 12:
        return 0
    earlier = {int(period[:4]) for period in rows["period"]} - set(range(choices.year, 9999))
    return sum(
        all(
            choices.find_figure(rows, "completed_investment", period, printed_only=True)
            for period in (str(year), f"{year}{choices.period[4:]}")
        )
        for year in earlier
    )
