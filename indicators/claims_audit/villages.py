"""Checks of the claims on incomes, villages, and the youth that go there."""

from __future__ import annotations

from functools import partial
from typing import Any

from indicators import income
from indicators.claims_audit.comparison import Comparison
from indicators.claims_audit.stock import HANGZHOU, ZHEJIANG, Figure, Stock
from indicators.gates import require
from indicators.intervals import Interval
from indicators.urban_rural_convergence import triangulation

BEFORE = "2025M07"  # what the other report dates its counts to


def ratio_of_incomes(stock: Stock) -> list[Comparison]:
    """F09: the ratio of the printed incomes, and two ways from printed changes."""
    rows = stock.rows("income")
    points = income.ratio_points(rows, HANGZHOU, income.SURVEY, stock.rounding)
    point = points[points["year"].eq(2021)].iloc[0]
    ratio = Interval(point["low"], point["high"], point["kind"], point["estimate"])
    compared = partial(stock.as_claimed, "F09")
    levels = _figure("2021", ratio, point)
    found = [
        stock.beside(
            "same_quantity",
            "levels",
            (levels,),
            compared=compared,
            found=ratio,
            urban=(point["urban"], 0),
            rural=(point["rural"], 0),
            ratio=(point["estimate"], 4),
        )
    ]
    stated = rows[
        rows["place_code"].eq(HANGZHOU) & rows["indicator"].eq("ratio_stated")
        & rows["period"].eq("2021") & rows["origin"].eq("derived") & rows["status"].eq("normal")
    ]  # fmt: skip
    for row in stated.sort_values("grade").to_dict("records"):
        span = Interval(row["value_low"], row["value_high"], "rounding_interval", row["value"])
        own = "2022" in row["note"]
        parts: dict[str, Any] = {"range": (span, 2)}
        if own:
            parts["next"] = stock.find("income", "ratio_stated", "2022").printed
        found.append(
            stock.beside(
                "same_quantity",
                "from_next" if own else "from_ningbo",
                (_figure("2021", span, row),),
                compared=compared,
                found=span,
                **parts,
            )
        )
    return found


def routes_to_ratio(stock: Stock) -> list[Comparison]:
    """F10: the two routes of the chapter on convergence; the claim enters neither."""
    rows = stock.rows("income")
    facts = triangulation.route_facts(rows, HANGZHOU)
    routes = {"wedge": triangulation.wedge_route, "chain": triangulation.chain_route}
    found = []
    for name, route in routes.items():
        if require(f"{name}_route", **facts[f"{name}_route"]):
            reached = route(rows, HANGZHOU, rounding=stock.rounding)
            first = reached.table.iloc[0].to_dict()
            worst = first | {"grade": max(first["grade"].split(";"))}
            span = reached["range"]
            found.append(
                stock.beside(
                    "same_quantity",
                    name,
                    (_figure("2024", span, worst),),
                    compared=partial(stock.as_claimed, "F10"),
                    found=span,
                    range=(span, 3),
                )
            )
    return found


def villages_of_province(stock: Stock) -> list[Comparison]:
    """F11: the share of villages in the province above one of the thresholds."""
    find = partial(stock.find, "services", "villages_operating_income_500k_share", place=ZHEJIANG)
    then, now = find("2022"), find("2025")
    shares = {"then": (then.value, 1), "now": (now.value, 0)}
    return [stock.beside("context", "villages_province", (then, now), **shares)]


def thresholds(stock: Stock) -> list[Comparison]:
    """F12: a name made of two thresholds."""
    total, own = stock.printed("F12").split("/")
    return [stock.beside("context", "thresholds", total=total, own=own)]


def per_county(stock: Stock) -> list[Comparison]:
    """U09: projects per county, and the least that they come to."""
    projects = stock.claim("U09").estimate
    each, floor = projects / stock.claim("U08").estimate, projects * stock.claim("U10").low
    return [stock.beside("context", "per_county", each=(each, 1), floor=(floor, 0))]


def new_chains(stock: Stock) -> list[Comparison]:
    """U11: new chains against all of them."""
    new, whole = stock.claim("U11").estimate, stock.claim("U13").estimate
    return [
        stock.beside(
            "limit",
            "new_chains",
            compared=partial(stock.as_claimed, "U11"),
            found=Interval(0, whole, "identified_set"),
            new=(new, 0),
            all=(whole, 0),
            share=(100 * new / whole, 1),
        )
    ]


def chain_floor(stock: Stock) -> list[Comparison]:
    """U12: the least that all chains come to, against the output of the province."""
    province = stock.find("services", "local_specialty_output", "2025", ZHEJIANG)
    floor = stock.claim("U13").estimate * stock.claim("U12").low
    parts = {"floor": (floor, 0), "province": (province.value, 0)}
    return [stock.beside("context", "chain_floor", (province,), **parts)]


def all_chains(stock: Stock) -> list[Comparison]:
    """U13: all chains against the new ones."""
    new, whole = stock.claim("U11").estimate, stock.claim("U13").estimate
    return [
        stock.beside(
            "limit",
            "stock_chains",
            compared=partial(stock.as_claimed, "U13"),
            found=Interval(new, float("inf"), "identified_set"),
            stock=(whole - new, 0),
        )
    ]


def per_cluster(stock: Stock) -> list[Comparison]:
    """U16: projects per cluster."""
    each = stock.claim("U16").estimate / stock.claim("U15").estimate
    return [stock.beside("context", "per_cluster", each=(each, 1))]


def per_team(stock: Stock, claim_id: str) -> list[Comparison]:
    """U17, U18: teams cannot outnumber entrepreneurs."""
    teams, people = stock.claim("U17"), stock.claim("U18")
    found = people if claim_id == "U17" else Interval(teams.low, float("inf"), "identified_set")
    return [
        stock.beside(
            "limit",
            "per_team",
            compared=partial(stock.as_claimed, claim_id),
            found=found,
            each=(people.high / teams.low, 1),
        )
    ]


def per_entrepreneur(stock: Stock) -> list[Comparison]:
    """U19: the gain over the entrepreneurs, whose it cannot all be."""
    each = stock.claim("U19").low * 10**8 / stock.claim("U18").high
    return [stock.beside("context", "per_entrepreneur", each=(each, 0))]


def per_station(stock: Stock) -> list[Comparison]:
    """U21: youth per station."""
    each = stock.claim("U21").estimate / stock.claim("U20").estimate
    return [stock.beside("context", "per_station", each=(each, 1))]


def earlier_count(stock: Stock, claim_id: str, indicator: str, key: str) -> list[Comparison]:
    """U20, U22 to U24: the count of the stations that another report dates to an earlier month."""
    before = stock.find("services", indicator, BEFORE)
    stations, collectives = (stock.claim(name).estimate for name in ("U20", "U23"))
    gain, households = (stock.claim(name) for name in ("U24", "U22"))
    parts = {
        "earlier": {},
        "earlier_double": {"times": (collectives / stations, 0), "stations": (stations, 0)},
        "earlier_each": {
            "household": (gain * 10**8 / (households * 10**4), 0),
            "collective": (gain * 10**8 / collectives, 0),
        },
        "earlier_youth": {
            "each": (households * 10**4 / stock.claim("U21").estimate, 1),
        },
    }[key]
    return [
        stock.beside(
            "earlier",
            key,
            (before,),
            compared=partial(stock.as_claimed, claim_id),
            found=before.interval,
            printed=before.printed,
            period=before.period,
            then=before.printed,
            **parts,
        )
    ]


def _figure(period: str, interval: Interval, row: Any) -> Figure:
    marks = (row["grade"], row["evidence"], row["source_id"])
    return Figure("", "eq", period, interval, *marks)
