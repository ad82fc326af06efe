"""Which reading of the rate agrees with plans that are printed as well."""

from __future__ import annotations

import math
from functools import partial

from pandas import DataFrame

from indicators.evidence import Reported, provenance
from indicators.findings import round_table
from indicators.intervals import Interval
from indicators.investment import published_rates, reported
from indicators.investment_completion.choices import Choices, scheduled_share

_NORMAL_OR_SUSPECT = ("normal", "suspect")


def reading_test(rows: DataFrame, choices: Choices) -> DataFrame:
    """Which reading gives a plan like the printed ones, for every printed rate of the programme.

    The plan implied by each reading is compared with the plan printed for the same list and year,
    else with the span of the plans printed for the year before and the year after. A row for each
    place and period, sorted: place_code, period, rate (share), verdict, amount, plan_annual,
    plan_to_date, compared_least, compared_most, evidence, source_id. Verdicts: `coincide`
    (a full year), `annual_only`, `to_date_only`, `both`, `neither`, `annual_shifted` (a suspect
    amount fits once its decimal point is moved), `not_testable` (no amount or no plan to compare).
    Derived amounts are left out: they were made with one reading in mind.

    >>> from indicators import evidence, tables
    >>> from indicators.investment_completion import Choices
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> page = Choices("330100", "qian_xiang_wan_yi", "2025M01-M11")
    >>> reading_test(rows, page)["verdict"].unique().tolist()
    ['annual_shifted', 'annual_only', 'not_testable', 'coincide']
    """
    table = []
    for place, programme, period, rate in published_rates(rows):
        if programme != choices.programme:
            continue
        find = partial(reported, rows, place, programme, printed_only=True)
        amount = find(
            period, "completed_investment", vintage=rate.vintage, status=_NORMAL_OR_SUSPECT
        )
        plans = _plans_to_compare(find, int(period[:4]), rate.vintage)
        due = scheduled_share(choices.months_of(place, programme, period), choices.schedule)
        annual = to_date = None
        if amount:
            annual = amount.interval(choices.rounding) / (rate.interval(choices.rounding) / 100)
            to_date = annual / due
        verdict = "coincide"
        if due != 1:
            suspect = amount is not None and amount.evidence == "suspect"
            verdict = _verdict(annual, to_date, plans, choices.rounding, suspect)
        table.append(
            {
                "place_code": place,
                "period": period,
                "rate": rate.value / 100,
                "verdict": verdict,
                "amount": amount.value if amount else math.nan,
                "plan_annual": annual.estimate if annual else math.nan,
                "plan_to_date": to_date.estimate if to_date else math.nan,
                "compared_least": min((plan.value for plan in plans), default=math.nan),
                "compared_most": max((plan.value for plan in plans), default=math.nan),
            }
            | provenance(rate, *([amount] if amount else []), *plans)
        )
    return round_table(table).sort_values(["place_code", "period"], ignore_index=True)


def _plans_to_compare(find: partial[Reported | None], year: int, vintage: str) -> list[Reported]:
    if own := find(str(year), "planned_investment", vintage=vintage):
        return [own]
    around = [
        find(str(when), "planned_investment", status=_NORMAL_OR_SUSPECT)
        for when in (year - 1, year + 1)
    ]
    return around if all(around) else []


def _verdict(
    annual: Interval | None,
    to_date: Interval | None,
    plans: list[Reported],
    rounding: str,
    suspect: bool,
) -> str:
    if annual is None or not plans:
        return "not_testable"
    ends = [plan.interval(rounding) for plan in plans]
    span = Interval(min(end.low for end in ends), max(end.high for end in ends), "identified_set")

    def fits(factor: float = 1.0) -> tuple[bool, bool]:
        return (annual * factor).overlaps(span), (to_date * factor).overlaps(span)

    names = {(True, True): "both", (True, False): "annual_only", (False, True): "to_date_only"}
    shifted = suspect and any(fits(factor) == (True, False) for factor in (0.1, 10))
    return names.get(fits(), "annual_shifted" if shifted else "neither")
