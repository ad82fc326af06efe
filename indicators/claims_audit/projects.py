"""Checks of the claims on gross product and on projects."""

from __future__ import annotations

from functools import partial

from indicators import investment_completion as completion
from indicators import project_shares
from indicators.claims_audit.comparison import Comparison
from indicators.claims_audit.stock import HANGZHOU, ZHEJIANG, Figure, Stock
from indicators.claims_audit.texts import said_each
from indicators.findings import exact_interval
from indicators.intervals import Interval

PROGRAMME, WINDOW = "qian_xiang_wan_yi", "2025M01-M11"
PLAN_PERIOD = range(2021, 2026)
ELAPSED = (100 * 11 / 12, 1)


def passed_level(stock: Stock) -> list[Comparison]:
    """F01: a level passed within the plan period lies between the product before and in it."""
    rows = stock.rows("services")
    years = rows.loc[
        rows["place_code"].eq(HANGZHOU) & rows["indicator"].eq("gdp")
        & rows["period"].str.fullmatch(r"\d{4}"), "period",
    ].astype(int)  # fmt: skip
    series = {year: stock.find("services", "gdp", str(year)) for year in sorted(set(years))}
    unit = 10**4  # the claim is in trillion yuan, the series in 100 million yuan
    first = min(year for year in series if series[year].value > stock.claim("F01").low * unit)
    base = max(year for year in series if year < PLAN_PERIOD[0])
    last = max(year for year in series if year in PLAN_PERIOD and series[year].grade in "AB")
    ends = (series[base].interval.low / unit, series[last].interval.high / unit)
    return [
        stock.beside(
            "same_quantity",
            "crossing",
            (series[base], series[last]),
            (series[first],),
            compared=lambda text: exact_interval(float(text)),
            found=Interval(*ends, "identified_set"),
            year=f"{first}",
            first=(series[first].value, 0),
            base=f"{base}",
            before=(series[base].value, 0),
            last=f"{last}",
            after=(series[last].value, 0),
        )
    ]


def list_length(stock: Stock) -> list[Comparison]:
    """F02: the list of November against that of the whole year."""
    find = partial(_found, stock, "projects")
    year, quarter, end = find("2025"), find("2023Q1"), find("2024", status="normal")
    start = find("2024", status="superseded")
    return [
        stock.beside(
            "limit",
            "list",
            (year,),
            (quarter, start, end),
            compared=partial(stock.as_claimed, "F02"),
            found=Interval(0, year.value, "identified_set"),
            year=(year.value, 0),
            start=(start.value, 0),
            end=(end.value, 0),
            quarter=(quarter.value, 0),
        )
    ]


def amount_completed(stock: Stock) -> list[Comparison]:
    """F03: a part of the year against the whole year."""
    find = partial(_found, stock, "completed_investment")
    year, before, claimed = find("2025"), find("2024"), stock.claim("F03")
    return [
        stock.beside(
            "limit",
            "amount",
            (year,),
            (before,),
            compared=partial(stock.as_claimed, "F03"),
            found=Interval(0, year.interval.high, "identified_set", high_closed=False),
            year=(year.value, 0),
            share=(100 * claimed.estimate / year.value, 1),
            before=(before.value, 0),
            each=(claimed.estimate / stock.claim("F02").estimate, 2),
        )
    ]


def rate_readings(stock: Stock) -> list[Comparison]:
    """F04: the plan of the year that the rate implies, if it is measured against either plan."""
    choices = completion.Choices(HANGZHOU, PROGRAMME, WINDOW, rounding=stock.rounding)
    plans = completion.implied_plans(stock.rows("investment"), choices)
    province = _found(stock, "completion_rate", "2023M01-M11", ZHEJIANG)
    return [
        stock.beside(
            "reading",
            "plans",
            (),
            (province,),
            compared=lambda _: plans["annual"],  # whatever the rate, it has two readings
            found=plans["to_date"],
            annual=(plans["annual"], 1),
            to_date=(plans["to_date"], 1),
            elapsed=ELAPSED,
            province=(province.value, 1),
        )
    ]


def new_projects(stock: Stock) -> list[Comparison]:
    """F05: new projects against all of them."""
    new, whole = stock.claim("F05").estimate, stock.claim("F02")
    then, then_all = (_found(stock, name, "2023Q1") for name in ("new_projects", "projects"))
    return [
        stock.beside(
            "limit",
            "new_share",
            (),
            (then, then_all),
            compared=partial(stock.as_claimed, "F05"),
            found=Interval(0, whole.high, "identified_set"),
            new=(new, 0),
            all=(whole.estimate, 0),
            share=(100 * new / whole.estimate, 1),
            then=(then.value, 0),
            then_all=(then_all.value, 0),
        )
    ]


def starts(stock: Stock) -> list[Comparison]:
    """F06: all of the new projects have started."""
    new, whole = stock.claim("F05").estimate, stock.claim("F02").estimate
    province = _found(stock, "new_start_rate", "2023M01-M11", ZHEJIANG)
    city = _found(stock, "new_start_rate", "2023Q1")
    return [
        stock.beside(
            "context",
            "starts",
            (province, city),
            new=(new, 0),
            all=(whole, 0),
            share=(100 * new / whole, 1),
            province=(province.value, 0),
            city=(city.value, 1),
        )
    ]


def first_round(stock: Stock) -> list[Comparison]:
    """F07: an earlier programme of nearly the same name."""
    first = stock.find("investment", "projects", "2020-2022", programme="beautiful_town")
    return [stock.beside("context", "first_round", (first,), first=(first.value, 0))]


def share_of_projects(stock: Stock) -> list[Comparison]:
    """F08: whether the rate can be a share of projects, which it can never fail to be otherwise."""
    choices = completion.Choices(HANGZHOU, "modern_beautiful_town", WINDOW)
    tests = project_shares.share_tests(stock.rows("investment"), choices)
    own = tests[tests["programme"].eq(choices.programme)].iloc[0]
    controls = tests[tests["role"].eq("negative_control")].to_dict("records")
    figures = [
        _found(stock, "completion_rate", row["period"], row["place_code"], row["programme"])
        for row in controls
    ]
    texts = [
        {
            "printed": row["printed"],
            "total": (row["total"], 0),
            "place": row["place_code"],
            "period": row["period"],
        }
        for row in controls
    ]
    return [
        stock.beside(
            "context",
            "granular",
            figures,
            total=(own["total"], 0),
            counts=own["counts"],
            values=own["attainable_values"],
            controls=said_each("control", texts),
        ),
        stock.beside("context", "time_share", elapsed=ELAPSED),
    ]


def renewal_projects(stock: Stock) -> list[Comparison]:
    """U03: the municipal key list holds projects of another scope."""
    listed = stock.find(
        "investment", "urban_renewal_projects", "2023", programme="municipal_key_projects"
    )
    return [stock.beside("context", "key_list", (listed,), listed=(listed.value, 0))]


def renewal_rate(stock: Stock) -> list[Comparison]:
    """U04: a rate without an amount."""
    return [stock.beside("context", "above_all", elapsed=ELAPSED)]


def _found(
    stock: Stock, name: str, period: str, place: str = HANGZHOU, programme: str = PROGRAMME, **more
) -> Figure:
    return stock.find("investment", name, period, place, programme=programme, **more)
