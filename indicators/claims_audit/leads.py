"""Figures that bear on more than one claim, or on a target that the article passes over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indicators import income, project_shares
from indicators import investment_completion as completion
from indicators.claims_audit.stock import HANGZHOU, ZHEJIANG, Stock
from indicators.claims_audit.villages import BEFORE
from indicators.findings import exact_interval
from indicators.intervals import Interval, claim_interval
from indicators.service_coverage import stated_times, voucher_amount, voucher_monthly


class Lead(NamedTuple):
    """A number with its unit (a key of the label table), sources, decimals and times."""

    value: Interval
    unit: str
    n: int | None
    sources: str
    digits: int | None
    period: Sequence[str]


def leads(stock: Stock) -> dict[str, Lead]:
    """The numbers of the leads by name.

    `stock` holds `targets` as well. Raises ValueError where a figure is missing.

    >>> from indicators.claims_audit import Stock, audit_claims
    >>> sorted(leads(Stock.load()))[:2]
    ['collectives_per_station', 'controls']
    """
    return {**_stations(stock), **_vouchers(stock), **_shares(stock), **_targets(stock)}


def _lead(
    value: Interval, unit: str, sources: str, *period: str, digits: int | None = None
) -> Lead:
    return Lead(value, unit, None, sources, digits, period)


def _stations(stock: Stock) -> dict[str, Lead]:
    stations, collectives = stock.claim("U20"), stock.claim("U23")
    gain = stock.claim("U24") * 10**8 / (stock.claim("U22") * 10**4)
    before = stock.find("services", "youth_stations", BEFORE)
    both = f"{stock.article};{before.source_id}"
    number, ratio, each = (
        stated_times(stock.claims, *ids) for ids in (["U20"], ["U20", "U23"], ["U22", "U24"])
    )
    return {
        "stations": _lead(stations, "count", both, *number),
        "collectives_per_station": _lead(collectives / stations, "count", both, *ratio),
        "gain_per_household": _lead(gain, "yuan", both, *each, digits=0),
    }


def _vouchers(stock: Stock) -> dict[str, Lead]:
    amount = voucher_amount(stock.claims, stock.rounding)
    monthly = voucher_monthly(stock.claims, rounding=stock.rounding)
    paid, said = (stated_times(stock.claims, *ids) for ids in (["S10", "S09"], ["S07", "S08"]))
    return {
        "voucher_amount": _lead(amount, "yuan", stock.article, *paid, digits=1),
        "voucher_monthly": _lead(monthly, "yuan", stock.article, *said, digits=0),
    }


def _shares(stock: Stock) -> dict[str, Lead]:
    choices = completion.Choices(HANGZHOU, "modern_beautiful_town", "2025M01-M11")
    tests = project_shares.share_tests(stock.rows("investment"), choices)
    test = project_shares.first_pair(tests, choices)
    controls = tests[tests["role"].eq("negative_control")]
    sources = ";".join(sorted({stock.article, *controls["source_id"]}))
    own = stock.article, choices.period
    return {
        "towns_rate": _lead(exact_interval(test.rate), "share", *own, digits=test.digits),
        "towns_listed": _lead(exact_interval(test.total), "count", *own),
        "towns_attained": _lead(test.attained or exact_interval(0), "count", *own),
        "towns_attainable": _lead(exact_interval(test.attainable_share), "share", *own),
        "controls": _lead(exact_interval(len(controls)), "count", sources, *controls["period"]),
    }


def _targets(stock: Stock) -> dict[str, Lead]:
    rows, targets = stock.rows("income"), stock.tables["targets"]
    lagging = stock.find("investment", "indicators_lagging", "2025H1")

    def target(place: str, indicator: str) -> Lead:
        found = targets[
            targets["place_code"].eq(place)
            & targets["target_year"].eq(2025)
            & targets["indicator"].eq(indicator)
        ]
        if found.empty:
            raise ValueError(f"targets has no {indicator} of 2025 for {place}")
        row = found.iloc[0]
        digits = 0 if row["unit"] == "yuan" else 1
        unit = row["unit"] if row["unit"] == "yuan" else ""
        period = str(row["target_year"])
        return _lead(exact_interval(row["value"]), unit, row["source_id"], period, digits=digits)

    def ratio(year: int) -> dict[str, Lead]:
        stated = income.reported(rows, ZHEJIANG, str(year), "ratio_stated", printed_only=True)
        points = income.ratio_points(rows, ZHEJIANG, income.SURVEY, stock.rounding)
        point = points[points["year"].eq(year) & points["made_from"].eq("levels")].iloc[0]
        levels = Interval(point["low"], point["high"], point["kind"], point["estimate"])
        return {
            f"ratio_stated_{year}": _lead(
                *(stated.interval(stock.rounding), "", stated.source_id, stated.period),
                digits=stated.digits,
            ),
            f"ratio_levels_{year}": _lead(levels, "", point["source_id"], str(year), digits=3),
        }

    reached = stock.find("income", "all_income", "2025")
    more = claim_interval(reached.printed, reached.bound)
    return {
        "indicators_lagging": _lead(
            lagging.interval, "count", lagging.source_id, lagging.period, digits=0
        ),
        "ratio_target": target(ZHEJIANG, "ratio_stated"),
        **ratio(2022),
        **ratio(2023),
        "income_target": target(HANGZHOU, "all_income"),
        "income_reached": _lead(more, "yuan", reached.source_id, reached.period, digits=0),
    }
