"""The pace of a place beside that of others over the same years."""

from __future__ import annotations

from pandas import DataFrame, concat

from indicators.findings import Findings, exact_interval, interval_cells, round_table
from indicators.intervals import Interval
from indicators.urban_rural_convergence.choices import CHINA, MEASURES, ZHEJIANG, Choices
from indicators.urban_rural_convergence.pace import (
    UNKNOWN,
    Rows,
    marks_of,
    ratio_interval,
    window_pace,
)
from indicators.urban_rural_convergence.series import (
    claim_window,
    claimed_years,
    comparable_years,
    long_windows,
    main_points,
    page_window,
    pair_years,
)


def relative_pace(
    points: DataFrame, choices: Choices, window: tuple[int, int] | None = None
) -> Findings:
    """The pace of the place, and minus that of each benchmark, over one window.

    The window is that of the page by default. Results: the measures (`ratio`, ...), `first_year`,
    `last_year`, `ratio_first` and `ratio_last`, and for every benchmark with a printed ratio in
    both years `<measure>_over_<place code>` (below 0 the place closed faster) and its own
    `ratio_last_over_<place code>`. Table: window, compared (own_pace, difference), place_code, a
    column for each measure, evidence, source_id. Raises ValueError without a window; the gate
    `convergence_page` tells beforehand.
    """
    window = window or page_window(points, choices)
    if window is None:
        raise ValueError(
            f"no two printed years of {choices.place} on the basis {choices.basis}; "
            "the gate convergence_page tells beforehand"
        )
    results: dict[str, Interval] = {}
    table = []
    own = main_points(points, choices.place)
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
    """What `relative_pace` found beside China and beside Zhejiang; see `difference`."""
    return difference(pace, CHINA), difference(pace, ZHEJIANG)


def pace_table(points: DataFrame, choices: Choices) -> DataFrame:
    """The table of `relative_pace` for the windows that matter, below one another.

    They are the window of the page, the last step of one year that all places have, and the window
    that ends in the claim.
    """
    window = page_window(points, choices)
    spans = dict.fromkeys(_spans(points, choices, window))
    return concat(
        [relative_pace(points, choices, span).table for span in spans], ignore_index=True
    )  # fmt: skip


def _spans(points: DataFrame, choices: Choices, window: tuple[int, int]) -> list[tuple[int, int]]:
    """The window of the page, the last step of one year within its end, the claim's window."""
    steps = [
        (year - 1, year)
        for year in pair_years(points, choices.place)
        if year - 1 in pair_years(points, choices.place)
        and all(
            {year - 1, year} <= set(comparable_years(points, other)) for other in choices.benchmarks
        )
    ]
    claimed = claim_window(points, choices)
    return [window, *steps[-1:], *([claimed] if claimed else [])]


def _comparable(points: DataFrame, place: str) -> Rows:
    """The rows of a place in the years for which it may be compared."""
    own = main_points(points, place)
    return {year: own[year] for year in comparable_years(points, place)}


def _compare(
    own: Rows, theirs: Rows | None, window: tuple[int, int]
) -> tuple[dict[str, Interval], dict[str, str]]:
    """The pace of a place, minus that of another if there is one, in every measure that both have.

    Nothing where the other has no printed ratio in one of the years.
    """
    parts = [own] if theirs is None else [own, theirs]
    if not all(set(window) <= set(part) for part in parts):
        return {}, {}
    found = {}
    for name in MEASURES:
        paces = [window_pace(part, window, name) for part in parts]
        if all(paces):
            found[name] = paces[0] if theirs is None else paces[0] - paces[1]
    return found, marks_of(*(part[year] for part in parts for year in window))


def shared_windows(points: DataFrame, choices: Choices) -> list[tuple[int, int]]:
    """Windows of three years up, between printed pairs of the place, that its first benchmark has.

    They may end in the claim, if the page uses it.
    """
    years, claimed = pair_years(points, choices.place), claimed_years(points, choices.place)
    theirs = set(comparable_years(points, choices.benchmarks[0]))
    return [
        window
        for window in long_windows(years, sorted([*years, *claimed]))
        if set(window) <= theirs
    ]


def pace_windows(points: DataFrame, choices: Choices) -> DataFrame:
    """The pace of the place minus that of its first benchmark, for every window of three years up.

    The windows are those of `shared_windows`. Columns: place_code, compared_with, measure (those of
    the page), first_year, last_year, low, estimate, high, kind, closed (faster, slower, or
    no_difference where the interval holds 0), evidence, source_id. Units as in `window_pace`. Empty
    if there is no such window.
    """
    other = choices.benchmarks[0]
    own, theirs = main_points(points, choices.place), _comparable(points, other)
    table = []
    for window in shared_windows(points, choices):
        found, marks = _compare(own, theirs, window)
        for name in choices.measures:
            if name in found:
                difference = found[name]
                closed = "faster" if difference.high < 0 else "slower"
                closed = "no_difference" if difference.low <= 0 <= difference.high else closed
                keys = {"place_code": choices.place, "compared_with": other, "measure": name}
                keys |= {"first_year": window[0], "last_year": window[1]}
                table.append(keys | interval_cells(difference) | {"closed": closed} | marks)
    return round_table(table)
