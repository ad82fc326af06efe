"""Statements on coverage as sets of possible shares, and which comparisons they allow."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise, product

from pandas import DataFrame

from indicators.evidence import provenance
from indicators.findings import DECIMALS
from indicators.intervals import Interval
from indicators.proportions import identified_share
from indicators.service_coverage.choices import Choices, stated

ONE_SIDED = ("ge", "gt", "le", "lt", "near", "more")


def coverage_statements(services: DataFrame, claims: DataFrame, choices: Choices) -> DataFrame:
    """Every printed share of an indicator that somewhere is printed with a bound, as a set.

    `services` as from `mark_rows`, `claims` as loaded. Indicators: that of the claim of the page
    first, then the other shares of a service field (not `general`) of which a source gives a bound
    instead of a number. Derived and replaced figures are left out. Columns: indicator, place_code,
    period, printed_share (text, percent), bound, low, high (fractions), low_closed, high_closed,
    kind, reaches (whether the set lies at or above the threshold: `surely`, `surely_not` or
    `not_identified`), of_page (whether it is the claim of the page), evidence, grade, source_id. By
    indicator, period and place.

    >>> from indicators import evidence, tables
    >>> from indicators.service_coverage import Choices
    >>> services = evidence.mark_rows(tables.load("services"), tables.load("sources"))
    >>> claims, page = tables.load("claims"), Choices("330100")
    >>> coverage_statements(services, claims, page)["kind"].unique().tolist()
    ['identified_set']
    """
    shares = services[
        services["unit"].eq("percent")
        & services["domain"].ne("general")
        & services["origin"].eq("printed")
        & services["status"].ne("superseded")
    ]
    bounded = set(shares.loc[shares["bound"].isin(ONE_SIDED), "indicator"])
    order = [choices.indicator, *sorted(bounded - {choices.indicator})]
    table = []
    for row in shares[shares["indicator"].isin(order)].itertuples():
        own = row.indicator == choices.indicator and row.evidence == "claimed"
        # the table of services prints 全部 (all) as a rounded figure; the claim is exact
        possible = stated(claims, choices.claim) if own else _possible(row.printed, row.bound)
        table.append(
            {
                "indicator": row.indicator,
                "place_code": row.place_code,
                "period": row.period,
                "printed_share": row.printed,
                "bound": row.bound,
                "low": possible.low,
                "high": possible.high,
                "low_closed": possible.low_closed,
                "high_closed": possible.high_closed,
                "kind": possible.kind,
                "reaches": reaches(possible, choices.threshold),
                "of_page": own,
                "evidence": row.evidence,
                "grade": row.grade,
                "source_id": row.source_id,
            }
        )
    found = DataFrame(table).round(DECIMALS)
    rank = found["indicator"].map(order.index)
    return found.assign(_rank=rank).sort_values(
        ["_rank", "period", "place_code"], ignore_index=True
    ).drop(columns="_rank")  # fmt: skip


def reaches(possible: Interval, threshold: float) -> str:
    """Whether every share of a set is at or above a threshold, none is, or it cannot be told.

    >>> reaches(Interval(0.95, 1, "identified_set"), 0.95)
    'surely'
    >>> reaches(Interval(0.7, 1, "identified_set"), 0.95)
    'not_identified'
    """
    if possible.low >= threshold:
        return "surely"
    below = possible.high < threshold or (possible.high == threshold and not possible.high_closed)
    return "surely_not" if below else "not_identified"


def compare_statements(statements: DataFrame) -> DataFrame:
    """Which pairs of statements on one indicator tell an order: only those that do not overlap.

    `statements` as from `coverage_statements`. Pairs: each statement of a place with its next one
    (`over_time`), and all statements of two places with one another (`between_places`). Columns:
    indicator, pair, place_first, period_first, first, place_second, period_second, second (sets of
    shares), verdict, evidence, source_id. Verdicts: `rise` or `fall` over time; between places
    `order` where both are of one year and `dates_differ` where they are not, so that even sets
    apart give no ranking; `not_identified` where the sets overlap.

    >>> from indicators import evidence, tables
    >>> from indicators.service_coverage import Choices
    >>> services = evidence.mark_rows(tables.load("services"), tables.load("sources"))
    >>> claims, page = tables.load("claims"), Choices("330100")
    >>> from indicators.service_coverage import coverage_statements
    >>> list(compare_statements(coverage_statements(services, claims, page)).columns[:2])
    ['indicator', 'pair']
    """
    table = []
    for indicator, rows in statements.groupby("indicator", sort=False):
        places = [list(own.itertuples()) for _, own in rows.groupby("place_code", sort=True)]
        over_time = [("over_time", *pair) for own in places for pair in pairwise(own)]
        between = [
            ("between_places", *pair)
            for one, other in combinations(places, 2)
            for pair in product(one, other)
        ]
        for pair, first, second in over_time + between:
            sets = _interval(first), _interval(second)
            table.append(
                {
                    "indicator": indicator,
                    "pair": pair,
                    "place_first": first.place_code,
                    "period_first": first.period,
                    "first": sets[0],
                    "place_second": second.place_code,
                    "period_second": second.period,
                    "second": sets[1],
                    "verdict": _verdict(pair, first, second, *sets),
                }
                | provenance(first, second)
            )
    return DataFrame(table)


def _verdict(pair: str, first, second, before: Interval, after: Interval) -> str:
    if before.overlaps(after):
        return "not_identified"
    if pair == "over_time":
        return "rise" if after.low >= before.high else "fall"
    return "order" if first.period[:4] == second.period[:4] else "dates_differ"


def _possible(printed: str, bound: str) -> Interval:
    # shifted as text: division would lose a trailing zero
    return identified_share(bound, f"{Decimal(printed).scaleb(-2):f}")


def _interval(row) -> Interval:
    return Interval(row.low, row.high, row.kind, None, None, row.low_closed, row.high_closed)
