"""The pace of a place beside that of others over the same years."""

from __future__ import annotations

from pandas import DataFrame, concat

from indicators.findings import Findings, exact_interval, interval_cells, round_table
from indicators.intervals import Interval
from indicators.urban_rural_convergence.choices import (
    CHINA,
    MEASURES,
    PACE_UNITS,
    ZHEJIANG,
    Choices,
)
from indicators.urban_rural_convergence.pace import (
    UNKNOWN,
    Rows,
    marks_of,
    ratio_interval,
    window_pace,
)
from indicators.urban_rural_convergence.points import Points
from indicators.urban_rural_convergence.windows import (
    claim_window,
    claimed_years,
    comparable_years,
    long_windows,
    page_window,
    pair_years,
)


def relative_pace(
    points: Points, choices: Choices, window: tuple[int, int] | None = None
) -> Findings:
    """The pace of the place, and minus that of each benchmark, over one window.

    The window is that of the page by default. Results: the measures (`ratio`, ...), `first_year`,
    `last_year`, `ratio_first` and `ratio_last`, and for every benchmark with a printed ratio in
    both years `<measure>_over_<place code>` (below 0 the place closed faster) and its own
    `ratio_last_over_<place code>`. Table: window, compared (own_pace, difference), place_code, a
    column for each measure, evidence, source_id. Raises ValueError without a window; the gate
    `convergence_page` tells beforehand.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> round(relative_pace(points, page)["log_ratio_over_100000"].estimate, 4)
    0.1361
    """
    window = window or page_window(points, choices)
    if window is None:
        raise ValueError(
            f"no two printed years of {choices.place} on the basis {choices.basis}; "
            "the gate convergence_page tells beforehand"
        )
    results: dict[str, Interval] = {}
    table = []
    own = points.main(choices.place)
    for other in ("", *choices.benchmarks):
        theirs = _comparable(points, other) if other else None
        found, marks = _compare(own, theirs, window)
        if not found:
            continue
        results |= {f"{name}_over_{other}" if other else name: found[name] for name in found}
        cells = {name: found[name].estimate if name in found else None for name in MEASURES}
        keys = {
            "window": f"{window[0]}-{window[1]}",
            "compared": "difference" if other else "own_pace",
            "place_code": other or choices.place,
        }
        table.append(keys | cells | marks)
        if other:
            results[f"ratio_last_over_{other}"] = ratio_interval(theirs[window[1]])
    results |= {
        "first_year": exact_interval(window[0]),
        "last_year": exact_interval(window[1]),
        "ratio_first": ratio_interval(own[window[0]]),
        "ratio_last": ratio_interval(own[window[1]]),
    }
    return Findings(results, round_table(table), table[0]["source_id"])


def difference(pace: Findings, other: str) -> Findings | None:
    """What `relative_pace` found beside one other place, or None if it could not be compared.

    Results: the four measures (without a bound where one of the places does not print its incomes),
    `measures` (how many both have), `faster` (in how many the place closed faster by more than
    rounding) and `ratio_last` (the ratio of the other place). Table: the row of the pair.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> from indicators.urban_rural_convergence import relative_pace
    >>> difference(relative_pace(points, page), "100000") is None
    False
    """
    found = {name: pace.results.get(f"{name}_over_{other}") for name in MEASURES}
    shared = [interval for interval in found.values() if interval]
    if not shared:
        return None
    found = {name: interval or UNKNOWN for name, interval in found.items()}
    counts = {
        "measures": exact_interval(len(shared)),
        "faster": exact_interval(sum(interval.high < 0 for interval in shared)),
        "ratio_last": pace[f"ratio_last_over_{other}"],
    }
    row = pace.table[pace.table["compared"].eq("difference") & pace.table["place_code"].eq(other)]
    return Findings(found | counts, row, row["source_id"].iloc[0])


def differences(pace: Findings) -> tuple[Findings | None, Findings | None]:
    """What `relative_pace` found beside China and beside Zhejiang; see `difference`.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> from indicators.urban_rural_convergence import relative_pace
    >>> len(differences(relative_pace(points, page)))
    2
    """
    return difference(pace, CHINA), difference(pace, ZHEJIANG)


def pace_table(points: Points, choices: Choices) -> DataFrame:
    """The table of `relative_pace` for the windows that matter, below one another.

    They are the window of the page, the last step of one year that all places have, and the window
    that ends in the claim.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> pace_table(points, page)["place_code"].nunique()
    3
    """
    window = page_window(points, choices)
    spans = dict.fromkeys(_spans(points, choices, window))
    return concat(
        [relative_pace(points, choices, span).table for span in spans], ignore_index=True
    )  # fmt: skip


def _spans(points: Points, choices: Choices, window: tuple[int, int]) -> list[tuple[int, int]]:
    """The window of the page, the last step of one year within its end, the claim's window."""
    years = pair_years(points.main(choices.place))
    shared = set(years).intersection(*(_comparable(points, one) for one in choices.benchmarks))
    steps = [(year - 1, year) for year in years if {year - 1, year} <= shared]
    claimed = claim_window(points, choices)
    return [window, *steps[-1:], *([claimed] if claimed else [])]


def _comparable(points: Points, place: str) -> Rows:
    """The rows of a place in the years for which it may be compared."""
    own = points.main(place)
    return {year: own[year] for year in comparable_years(own)}


def _compare(
    own: Rows, theirs: Rows | None, window: tuple[int, int]
) -> tuple[dict[str, Interval], dict[str, str]]:
    """The pace of a place, minus that of another if there is one, in every measure that both have.

    Nothing where the other has no printed ratio in one of the years.
    """
    parts = [own] if theirs is None else [own, theirs]
    if not all(set(window) <= set(part) for part in parts):
        return {}, {}
    found = {
        name: window_pace(own, window, name)
        if theirs is None
        else window_difference(own, theirs, window, name)
        for name in MEASURES
    }
    marks = marks_of(*(part[year] for part in parts for year in window))
    return {name: pace for name, pace in found.items() if pace}, marks


def window_difference(
    own: Rows, theirs: Rows, window: tuple[int, int], measure: str
) -> Interval | None:
    """The pace of one place minus that of another over a window, in one measure.

    `own` and `theirs` are rows by year as from `Points.main`, with both years of the window. Units
    as in `window_pace`; None where one of the places does not print what the measure needs.

    >>> from types import SimpleNamespace as Row
    >>> high, low = (Row(low=r, estimate=r, high=r, kind="exact") for r in (2, 1.8))
    >>> own, theirs = {2014: high, 2018: low}, {2014: high, 2018: high}
    >>> round(window_difference(own, theirs, (2014, 2018), "ratio").estimate, 3)
    -0.05
    """
    paces = [window_pace(part, window, measure) for part in (own, theirs)]
    return paces[0] - paces[1] if all(paces) else None


def closing(difference: Interval) -> str:
    """Whether a place closed `faster` or `slower` than another, or `no_difference`: 0 is possible.

    >>> closing(Interval(-0.3, -0.1, "rounding_interval"))
    'faster'
    """
    if difference.low <= 0 <= difference.high:
        return "no_difference"
    return "faster" if difference.high < 0 else "slower"


def shared_windows(points: Points, choices: Choices) -> list[tuple[int, int]]:
    """Windows of three years up, between printed pairs of the place, that its first benchmark has.

    They may end in the claim, if the page uses it.
    """
    own, theirs = points.main(choices.place), _comparable(points, choices.benchmarks[0])
    years, claimed = pair_years(own), claimed_years(own)
    return [
        window
        for window in long_windows(years, sorted([*years, *claimed]))
        if set(window) <= theirs.keys()
    ]


def pace_windows(points: Points, choices: Choices) -> DataFrame:
    """The pace of the place minus that of its first benchmark, for every window of three years up.

    The windows are those of `shared_windows`. Columns: place_code, compared_with, measure (those of
    the page), unit, first_year, last_year, low, estimate, high, kind, closed (faster, slower, or
    no_difference where the interval holds 0), evidence, source_id. Empty if there is no such
    window.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> pace_windows(points, page)["measure"].unique().tolist()
    ['ratio', 'log_ratio', 'gap_share', 'yuan_gap']
    """
    other = choices.benchmarks[0]
    own, theirs = points.main(choices.place), _comparable(points, other)
    table = []
    for window in shared_windows(points, choices):
        found, marks = _compare(own, theirs, window)
        for name in choices.measures:
            if name in found:
                keys = {"place_code": choices.place, "compared_with": other, "measure": name}
                keys |= {"unit": PACE_UNITS[name]}
                keys |= {"first_year": window[0], "last_year": window[1]}
                cells = interval_cells(found[name]) | {"closed": closing(found[name])}
                table.append(keys | cells | marks)
    return round_table(table)
