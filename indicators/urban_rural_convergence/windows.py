"""Which years of a page make its windows."""

from __future__ import annotations

from collections.abc import Iterable

from indicators.urban_rural_convergence.choices import Choices
from indicators.urban_rural_convergence.pace import Rows
from indicators.urban_rural_convergence.points import Point, Points

LONG_WINDOW = 3  # years; a shorter one is mostly noise


def pair_years(own: Rows) -> list[int]:
    """The years that may bound a window of a place: both incomes printed in sources of grade A-C.

    `own` are the rows of the place by year, as from `Points.main`.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> pair_years(load_points(rows, Choices("330100")).main("330100"))
    [2014, 2015, 2016, 2017, 2021, 2022]
    """
    return [year for year, row in own.items() if row.standing == "pair"]


def comparable_years(own: Rows) -> list[int]:
    """The years in which a place that is compared with has a printed ratio, of any grade."""
    return [year for year, row in own.items() if row.standing in ("pair", "printed")]


def printed_levels(own: Rows) -> list[Point]:
    """The rows of a place whose incomes are both printed, of any grade."""
    return [row for row in own.values()
            if row.made_from == "levels" and row.standing in ("pair", "printed")]  # fmt: skip


def claimed_years(own: Rows) -> list[int]:
    """The years in which only the article gives the ratio."""
    return [year for year, row in own.items() if row.standing == "claimed"]


def page_window(points: Points, choices: Choices) -> tuple[int, int] | None:
    """The first and the last year of the page: as chosen, else the longest printed window.

    A chosen year needs a point that is printed or, where the page uses it, claimed; else, and
    where fewer than two years are printed, None.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> page_window(points, page)
    (2014, 2022)
    """
    own = points.main(choices.place)
    if choices.window is not None:
        known = {year for year, row in own.items() if row.standing != "derived"}
        return tuple(choices.window) if set(choices.window) <= known else None
    years = pair_years(own)
    return (years[0], years[-1]) if len(years) > 1 else None


def leans_on_claim(points: Points, choices: Choices) -> bool:
    """Whether the window of the page, as chosen by hand, begins or ends in a claimed ratio.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> leans_on_claim(points, page)
    False
    """
    claimed = claimed_years(points.main(choices.place))
    return bool(set(page_window(points, choices) or ()) & set(claimed))


def claim_window(points: Points, choices: Choices) -> tuple[int, int] | None:
    """The window that ends in the claimed ratio; None without a claim or a year to start from.

    It starts in the last year with a printed pair that lies three years or more before.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> claim_window(points, page)
    (2021, 2024)
    """
    own = points.main(choices.place)
    claimed = claimed_years(own)
    if not claimed:
        return None
    last = max(claimed)
    starts = [year for year in pair_years(own) if year <= last - LONG_WINDOW]
    return (max(starts), last) if starts else None


def long_windows(
    years: Iterable[int], ends: Iterable[int], least: int = LONG_WINDOW
) -> list[tuple[int, int]]:
    """All windows of `least` years or more between such first and last years.

    >>> long_windows([2014, 2016, 2017], [2017, 2019])
    [(2014, 2017), (2014, 2019), (2016, 2019)]
    """
    starts, ends = list(years), list(ends)
    return [(first, last) for first in starts for last in ends if last - first >= least]
