"""The ratios of a page as they are drawn: by basis, and as an index."""

from __future__ import annotations

from pandas import DataFrame

from indicators.findings import Findings, round_table
from indicators.intervals import Interval
from indicators.urban_rural_convergence.choices import Choices
from indicators.urban_rural_convergence.pace import marks_of, ratio_interval
from indicators.urban_rural_convergence.points import Points
from indicators.urban_rural_convergence.windows import comparable_years, page_window, pair_years

RATIO_COLUMNS = [
    "place_code", "basis", "scope", "segment", "year", "low", "estimate", "high", "kind",
    "made_from", "evidence", "source_id",
]  # fmt: skip


def ratio_series(points: Points, choices: Choices) -> DataFrame:
    """The ratios of the place in every basis, by segment and year; see `load_points`.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> ratio_series(points, page)["basis"].unique().tolist()
    ['integrated_survey', 'net_income_pre2013']
    """
    own = points.table[points.table["place_code"].eq(choices.place)]
    return own.sort_values(["segment", "year"])[RATIO_COLUMNS].round(6).reset_index(drop=True)


def newest_ratio(points: Points, choices: Choices) -> Interval | None:
    """The last printed ratio of the place on the basis of the page, of any grade.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> round(newest_ratio(points, page).estimate, 4)
    1.7051
    """
    year = newest_year(points, choices)
    return year and ratio_interval(points.main(choices.place)[year])


def newest_year(points: Points, choices: Choices) -> int | None:
    """The year of `newest_ratio`.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> newest_year(load_points(rows, page), page)
    2022
    """
    years = comparable_years(points.main(choices.place))
    return years[-1] if years else None


def index_base(points: Points, choices: Choices) -> int | None:
    """The first year in which the place and all it is compared with print their ratio."""
    shared = set(pair_years(points.main(choices.place)))
    for other in choices.benchmarks:
        shared &= set(comparable_years(points.main(other)))
    return min(shared, default=None)


def indexed_series(points: Points, choices: Choices) -> Findings:
    """The ratio, and the ratio minus 1, of the place and its benchmarks, first shared year = 100.

    Results: `ratio` and `excess`, the indices of the place at the end of the page's window. Table:
    place_code, measure (ratio, excess), year, base_year, low, index_value, high, kind, evidence,
    source_id. The rounding of the base year is left out: it moves all points of a line together.
    Raises ValueError if no year is shared; the gate `relative_pace` tells beforehand.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> sorted(indexed_series(points, page).results)
    ['excess', 'ratio']
    """
    base, table = index_base(points, choices), []
    if base is None:
        raise ValueError(
            f"no year in which {choices.place} and {', '.join(choices.benchmarks)} all print "
            "their ratio; the gate relative_pace tells beforehand"
        )
    for place in (choices.place, *choices.benchmarks):
        own = points.main(place)
        first = own[base]
        for row in (row for year, row in own.items() if year >= base):
            for measure, less in (("ratio", 0), ("excess", 1)):
                scale = 100 / (first.estimate - less)
                keys = {"place_code": place, "measure": measure, "year": row.year}
                table.append(
                    keys
                    | {
                        "base_year": base,
                        "low": scale * (row.low - less),
                        "index_value": scale * (row.estimate - less),
                        "high": scale * (row.high - less),
                        "kind": row.kind,
                    }
                    | marks_of(first, row)
                )
    last = page_window(points, choices)[1]
    results = {
        row["measure"]: Interval(row["low"], row["high"], row["kind"], row["index_value"])
        for row in table
        if (row["place_code"], row["year"]) == (choices.place, last)
    }
    source_id = ";".join(sorted({part for row in table for part in row["source_id"].split(";")}))
    return Findings(results, round_table(table), source_id)
