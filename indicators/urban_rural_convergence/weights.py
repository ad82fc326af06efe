"""The weight of the urban residents: the survey's own, and the official share of residents.

A survey that prints the means of all, urban and rural residents has used a weight to get the first
from the other two, so the weight follows from them. The official share counts residents at the end
of a year, or at the census; it need not be the survey's, and is shown with the mean that it would
give.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

from pandas import DataFrame

from indicators.evidence import mark_rows
from indicators.findings import Findings, exact_interval, interval_cells, round_table
from indicators.intervals import Interval, claim_interval
from indicators.records import read_records
from indicators.thresholds import printed_unit
from indicators.urban_rural_convergence.levels import Level, Levels, find_levels, marks_of
from indicators.urban_rural_convergence.routes import is_printed

MEANS = ("urban_income", "rural_income", "all_income")
COLUMNS = (
    "series", "place_code", "year", "low", "estimate", "high", "kind", "urban", "rural",
    "printed_mean", "implied_mean", "mean_gap", "grade", "evidence", "source_id",
)  # fmt: skip


class _Printed(NamedTuple):
    place_code: str
    indicator: str
    status: str
    bound: str
    period: str
    printed: str
    decimals: Any
    grade: str
    evidence: str
    source_id: str


class _Counted(NamedTuple):
    place_code: str
    census_year: int
    indicator: str
    value: float
    source_id: str


def implied_weight(urban: Interval, rural: Interval, everyone: Interval) -> Interval:
    """The share of urban residents that turns two means into the third, as an interval.

    w = (all - rural) / (urban - rural); it grows with the mean of all and falls with the other
    two, so the ends are exact. Raises ValueError unless rural < all < urban over the intervals.

    >>> means = [claim_interval(printed, "eq") for printed in ("74700", "42692", "67709")]
    >>> weight = implied_weight(*means)
    >>> round(weight.low, 5), round(weight.estimate, 5), round(weight.high, 5)
    (0.78155, 0.78159, 0.78162)
    """
    if not rural.high < everyone.low <= everyone.high < urban.low:
        raise ValueError(
            f"found the means {rural.estimate} (rural), {everyone.estimate} (all) and "
            f"{urban.estimate} (urban); allowed: that of all between the other two"
        )

    def at(u: float, r: float, a: float) -> float:
        return (a - r) / (u - r)

    return Interval(
        at(urban.high, rural.high, everyone.low),
        at(urban.low, rural.low, everyone.high),
        everyone.kind,
        at(urban.estimate, rural.estimate, everyone.estimate),
    )


class SurveyYear(NamedTuple):
    """A year with all three means: the ratio, the weight, and the figures behind them."""

    year: int
    ratio: Interval
    weight: Interval
    used: tuple[Level, Level, Level]


def survey_years(levels: Levels) -> list[SurveyYear]:
    """The years of a place whose three means are known."""
    figures = levels.figures
    years = sorted({period for period, name in figures if name == MEANS[2] and period.isdigit()})
    means = {year: tuple(figures.get((year, name)) for name in MEANS) for year in years}
    return [
        SurveyYear(
            int(year),
            used[0].interval / used[1].interval,
            implied_weight(*(mean.interval for mean in used)),
            used,
        )
        for year, used in means.items()
        if None not in used
    ]


def urban_weights(
    rows: DataFrame,
    services: DataFrame,
    census: DataFrame,
    sources: DataFrame,
    place: str,
    rounding: str = "half_up",
) -> Findings:
    """The survey's own weight by year, and the official share where the tables have one.

    `rows` of `income` as from `mark_rows`, the other tables as loaded. Results: `weight` and its
    `year` (the last printed one) and, of `mean_gap_year`, the last one with both, `official`
    (share), `implied_mean` and `mean_gap` (yuan). Table: series (`implied`, `official` share at the
    end of the year, `census` share), place_code, year, low, estimate, high (shares), kind, urban,
    rural, printed_mean (yuan, blank where not known), implied_mean (what an official share would
    give), mean_gap (that minus the printed mean), grade and evidence of the share, source_id of the
    share and of the means. Superseded shares are left out.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> others = [tables.load(name) for name in ("services", "census", "sources")]
    >>> sorted(urban_weights(rows, *others, "330100").results)[:2]
    ['implied_mean', 'mean_gap']
    """
    levels = find_levels(rows, place, rounding)
    surveyed = survey_years(levels)
    table = [
        _row("implied", place, found.year, found.weight, found.used, marks_of(found.used))
        for found in surveyed
    ]
    shares = itertools.chain(
        _official_shares(mark_rows(services, sources), place, rounding),
        _census_shares(census, sources, place),
    )
    compared = []
    for series, year, share, marks in shares:
        means = tuple(levels.figures.get((year, name)) for name in MEANS)
        table.append(_row(series, place, year, share, means, marks))
        compared += [] if None in means else [(year, series, share, means)]
    numbers = dict.fromkeys(("urban", "rural", "printed_mean", "implied_mean", "mean_gap"), float)
    drawn = round_table(table).reindex(columns=list(COLUMNS)).astype(numbers)
    printed = [found for found in surveyed if is_printed(found.used)]
    results = {}
    if printed:
        results = {"weight": printed[-1].weight, "year": exact_interval(printed[-1].year)}
    if compared:
        year, _, share, means = max(compared, key=lambda found: found[:2])
        implied = _mean_at(share, means)
        results |= {"official": share, "implied_mean": implied}
        results["mean_gap"] = implied - means[2].interval
        results["mean_gap_year"] = exact_interval(int(year))
    ids = {one for cell in drawn["source_id"] for one in cell.split(";")}
    return Findings(results, drawn, ";".join(sorted(ids)))


def _official_shares(services: DataFrame, place: str, rounding: str):
    wanted = (place, "urbanisation_rate", "normal", "eq")
    found = [
        row
        for row in read_records(services, _Printed)
        if (row.place_code, row.indicator, row.status, row.bound) == wanted
    ]
    for row in sorted(found, key=lambda row: row.period):
        share = claim_interval(row.printed, "eq", printed_unit(row.decimals), rounding) / 100
        marks = {"grade": row.grade, "evidence": row.evidence, "source_id": row.source_id}
        yield "official", row.period, share, marks


def _census_shares(census: DataFrame, sources: DataFrame, place: str):
    grades = dict(zip(sources["source_id"], sources["grade"], strict=True))
    own = [row for row in read_records(census, _Counted) if row.place_code == place]
    for year in sorted({row.census_year for row in own}):
        found = {row.indicator: row for row in own if row.census_year == year}
        if not {"urban_population", "population"} <= found.keys():
            continue
        share = found["urban_population"].value / found["population"].value
        source = next(iter(found.values())).source_id
        marks = {"grade": grades[source], "evidence": "derived", "source_id": source}
        yield "census", str(year), Interval(share, share, "exact", share), marks


def _mean_at(share: Interval, means: Sequence[Level | None]) -> Interval | None:
    """The mean of all that a share would give: it grows with the share and with both means."""
    if None in means:
        return None
    urban, rural = (mean.interval for mean in means[:2])

    def at(part: float, u: float, r: float) -> float:
        return r + part * (u - r)

    return Interval(
        at(share.low, urban.low, rural.low),
        at(share.high, urban.high, rural.high),
        "rounding_interval",
        at(share.estimate, urban.estimate, rural.estimate),
    )


def _row(
    series: str,
    place: str,
    year: int | str,
    weight: Interval,
    means: Sequence[Level | None],
    marks: dict[str, str],
) -> dict[str, Any]:
    urban, rural, everyone = (mean.interval.estimate if mean else None for mean in means)
    implied = None if series == "implied" else _mean_at(weight, means)
    behind = [marks["source_id"], *(mean.source_id for mean in means if mean)]
    ids = {one for cell in behind for one in cell.split(";")}
    return (
        {
            "series": series,
            "place_code": place,
            "year": int(year),
            "urban": urban,
            "rural": rural,
            "printed_mean": everyone,
            "implied_mean": implied and implied.estimate,
            "mean_gap": implied and implied.estimate - everyone,
        }
        | interval_cells(weight)
        | marks
        | {"source_id": ";".join(sorted(ids))}
    )
