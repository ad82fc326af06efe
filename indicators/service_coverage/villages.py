"""How many villages there can be, given the meal points and the coverage that are claimed."""

from __future__ import annotations

import math
from fractions import Fraction

from pandas import DataFrame

from indicators.findings import Findings, round_table
from indicators.intervals import Interval, claim_interval
from indicators.service_coverage.choices import (
    ARTICLE,
    ARTICLE_PLACE,
    CLAIMED,
    Choices,
    stated,
)

# The claims of the article about meals: rural meal points, and villages and communities covered.
POINTS, COVERAGE = "S11", "S12"
STEP = 10


def canteen_villages(
    claims: DataFrame,
    rounding: str = "half_up",
    points: str = POINTS,
    coverage: str = COVERAGE,
) -> Interval:
    """The numbers of villages that agree with the claims if one point serves one village.

    Then the covered villages are as many as the points, k, and with a coverage of at least c there
    are at most k / c villages, and at least k. A larger official number means that villages share
    points or that the two claims count different things; it does not contradict either. `claims`
    as from `tables.load`, `points` and `coverage` as in `stated`. Kind `identified_set`, whole
    numbers. Raises ValueError for a coverage that may be 0, and as `stated`.

    >>> from indicators import tables
    >>> villages = canteen_villages(tables.load("claims"))
    >>> villages.low, villages.high, villages.kind
    (1501.0, 1683.0, 'identified_set')
    """
    least, most = whole_numbers(stated(claims, points, rounding))
    share = stated(claims, coverage, rounding)
    if not share.low > 0:
        raise ValueError(
            f"coverage {coverage} may be {share.low}; allowed: a coverage with a lower end above 0"
        )
    # exact: 1599 / 0.95 must not miss a whole number by a binary digit
    low = math.ceil(Fraction(least) / Fraction(str(share.high)))
    high = math.floor(Fraction(most) / Fraction(str(share.low)))
    return Interval(low, high, "identified_set")


def whole_numbers(interval: Interval) -> tuple[int, int]:
    """The first and the last whole number in an interval.

    >>> whole_numbers(Interval(1500, 1600, "identified_set", None, None, False, False))
    (1501, 1599)
    """
    least, most = math.ceil(interval.low), math.floor(interval.high)
    least += least == interval.low and not interval.low_closed
    most -= most == interval.high and not interval.high_closed
    return least, most


def village_counts(claims: DataFrame, services: DataFrame, choices: Choices) -> Findings:
    """How the claims about points and coverage go together, for every number of villages.

    Results `villages` (`canteen_villages`), `points` (rural meal points), `city_sites` (all meal
    points of the city, the latest printed figure) and, where the choices give the total, `covered`
    (the covered villages, whole numbers) and `per_point` (covered villages for each point).
    Table, a row for each number of villages in steps of 10: series `village_numbers`, villages,
    covered_low, covered_high, points_low, points_high, kind, one_each (whether one point a
    village can do), evidence, source_id; then a row `city_sites` for each printed number of all
    meal points of the city, with period, bound, points_low (a lower bound where the source gives
    one) and its own kind and evidence.

    >>> from indicators import evidence, tables
    >>> from indicators.service_coverage import Choices
    >>> services = evidence.mark_rows(tables.load("services"), tables.load("sources"))
    >>> claims, page = tables.load("claims"), Choices("330100")
    >>> village_counts(claims, services, page)["points"].kind
    'identified_set'
    """
    villages = canteen_villages(claims, choices.rounding, choices.points)
    share = stated(claims, COVERAGE, choices.rounding)
    claimed = stated(claims, choices.points, choices.rounding)
    points = whole_numbers(claimed)
    last = max(villages.high * 1.35, (choices.total or 0) * 1.05)
    first = STEP * math.floor(villages.low * 0.9 / STEP)
    low, high = Fraction(str(share.low)), Fraction(str(share.high))
    table = [
        {
            "series": "village_numbers",
            "villages": number,
            "covered_low": math.ceil(low * number),
            "covered_high": math.floor(high * number),
            "points_low": points[0],
            "points_high": points[1],
            "kind": villages.kind,
            "one_each": villages.low <= number <= villages.high,
            "period": "2025M11",
            "bound": "",
        }
        | CLAIMED
        for number in _numbers(first, last, int(villages.low), int(villages.high), choices.total)
    ]
    sites = services[
        services["indicator"].eq("elderly_meal_sites") & services["place_code"].eq(ARTICLE_PLACE)
    ].sort_values("period")
    results = {"villages": villages, "points": claimed}
    for row in sites.itertuples():
        results["city_sites"] = printed = claim_interval(row.printed, row.bound)
        table.append(
            {
                "series": "city_sites",
                "points_low": row.value,
                "kind": printed.kind,
                "period": row.period,
                "bound": row.bound,
                "evidence": row.evidence,
                "source_id": row.source_id,
            }
        )
    if choices.total is not None:
        covered = Interval(
            math.ceil(low * choices.total), math.floor(high * choices.total), "identified_set"
        )
        per_point = covered / Interval(*points, "identified_set")
        results |= {"covered": covered, "per_point": per_point}
    sources = dict.fromkeys([ARTICLE, *sites["source_id"].iloc[-1:]])
    return Findings(results, round_table(table), ";".join(sources))


def _numbers(first: int, last: float, *others: int | None) -> list[int]:
    steps = set(range(first, math.ceil(last), STEP))
    return sorted(steps | {number for number in others if number is not None})
