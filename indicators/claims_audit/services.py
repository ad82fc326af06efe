"""Checks of the claims on public services."""

from __future__ import annotations

from functools import partial

from indicators.claims_audit.comparison import Comparison
from indicators.claims_audit.stock import CHINA, ZHEJIANG, Stock
from indicators.findings import exact_interval
from indicators.intervals import Interval
from indicators.service_coverage import canteen_villages, voucher_amount, voucher_monthly


def short_stays(stock: Stock) -> list[Comparison]:
    """S03: a rule, beside the rooms that there are."""
    rooms = stock.find("services", "qinghe_station_rooms", "2024")
    return [stock.beside("context", "rooms", (rooms,), rooms=(rooms.value, 0))]


def nights(stock: Stock) -> list[Comparison]:
    """S04: so many days hold one night less."""
    days = stock.claim("S03").high
    return [
        stock.beside(
            "same_quantity",
            "nights",
            compared=lambda text: exact_interval(float(text)),
            found=exact_interval(days - 1),
            days=(days, 0),
            nights=(days - 1, 0),
        )
    ]


def share_of_fee(stock: Stock, claim_id: str) -> list[Comparison]:
    """S07, S08: an end of the monthly voucher against the average fee."""
    fee = stock.find("services", "childcare_monthly_fee", "2025", CHINA)
    share = 100 * float(stock.printed(claim_id)) / fee.interval
    return [stock.beside("context", "fee_share", (fee,), share=(share, 0))]


def voucher(stock: Stock, claim_id: str) -> list[Comparison]:
    """S09, S10: whether a claim can be one voucher for one month."""
    amount, monthly = voucher_amount(stock.claims, stock.rounding), voucher_monthly(stock.claims)

    def each(text: str) -> Interval:
        stated = 10**4 * stock.as_claimed(claim_id, text)
        if claim_id == "S09":
            return 10**4 * stock.claim("S10") / stated
        return stated / (10**4 * stock.claim("S09"))

    return [
        stock.beside(
            "reading",
            "voucher",
            compared=each,
            found=monthly,
            amount=(amount, 1),
            monthly=(monthly, 0),
        )
    ]


def meal_points(stock: Stock) -> list[Comparison]:
    """S11: the points in villages against those of the whole city, of which a floor is known."""
    city = stock.find("services", "elderly_meal_sites", "2025M06")
    return [
        stock.beside(
            "limit",
            "sites",
            (city,),
            compared=partial(stock.as_claimed, "S11"),
            found=Interval(0, city.interval.high, "identified_set"),
            city=(city.interval, 0),
        )
    ]


def coverage(stock: Stock) -> list[Comparison]:
    """S12: the number of villages that the claims allow, and the province two years before."""
    province = stock.find("services", "elderly_meal_village_coverage", "2023M06", ZHEJIANG)
    parts = {
        "villages": (canteen_villages(stock.claims, stock.rounding), 0),
        "province": (province.interval, 0),
    }
    return [stock.beside("context", "coverage", (province,), **parts)]


def events(stock: Stock) -> list[Comparison]:
    """S14: the events of the whole province in another year."""
    province = stock.find("services", "performances_to_countryside", "2017", ZHEJIANG)
    return [
        stock.beside("context", "events_province", (province,), events=(10**4 * province.value, 0))
    ]
