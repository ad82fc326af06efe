"""The figures of the table `investment`: which one to use, and on what evidence it rests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pandas import DataFrame

from indicators import evidence
from indicators.evidence import Reported
from indicators.inputs import check_table, check_together, check_words, shown

_COLUMNS = ("place_code", "programme", "period", "indicator", "printed", "evidence", "source_id")
_WINDOW = re.compile(
    r"\d{4}(?:H(?P<half>1)|Q(?:1-Q)?(?P<quarter>[13])|(?:M\d\d-)?M(?P<month>\d\d))?"
)


def months_covered(period: str) -> int:
    """The last month of a period within one year; figures for a part of a year are cumulative.

    Raises ValueError for anything but a year, a first half, quarters from the first on or months.

    >>> months_covered("2025M01-M11"), months_covered("2023Q1"), months_covered("2024")
    (11, 3, 12)
    """
    window = _WINDOW.fullmatch(period) if isinstance(period, str) else None
    if window is None or not 0 < int(window["month"] or 1) <= 12:
        raise ValueError(
            f"period = {shown(period)}; allowed: a year or a part of one year, as '2025M01-M11'"
        )
    if window["month"]:
        return int(window["month"])
    return 6 if window["half"] else 3 * int(window["quarter"] or 4)


def reported(
    rows: DataFrame,
    place: str,
    programme: str,
    period: str,
    indicator: str,
    vintage: str | None = None,
    status: Sequence[str] = ("normal",),
    printed_only: bool = False,
) -> Reported | None:
    """The figure of a programme to use, or None: of that status and, if asked, that vintage.

    `rows` as from `mark_rows`; the order of preference is that of `evidence.reported`. Raises
    ValueError for no such table.

    >>> from indicators import tables
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> key = ("330100", "qian_xiang_wan_yi", "2025M01-M11")
    >>> reported(rows, *key, "completion_rate").printed
    '125.6'
    """
    wanted = {
        "place_code": place,
        "programme": programme,
        "period": period,
        "indicator": indicator,
    }
    wanted |= {} if vintage is None else {"vintage": vintage}
    return evidence.reported(rows, wanted, status, printed_only)


def published_rates(
    rows: DataFrame, indicator: str = "completion_rate"
) -> Iterator[tuple[str, str, str, Reported]]:
    """The printed rates, or another indicator, sorted by place, programme and period.

    `rows` as from `mark_rows`. Raises ValueError for no such table.

    >>> from indicators import tables
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> next(published_rates(rows))[:3]
    ('330000', 'batch_starts', '2016')
    """
    check_table("rows", rows, _COLUMNS)
    keys = rows.loc[rows["indicator"].eq(indicator), ["place_code", "programme", "period"]]
    found = (
        (*key, reported(rows, *key, indicator))
        for key in sorted(set(keys.itertuples(index=False, name=None)))
    )
    return (key_and_rate for key_and_rate in found if key_and_rate[-1])


def project_count(
    rows: DataFrame,
    place: str,
    programme: str,
    period: str,
    vintage: str,
    names: Sequence[str] = ("projects", "projects_planned"),
) -> Reported | None:
    """The number of projects on the list of a rate: of its period, else of its year.

    `rows` as from `mark_rows`, `vintage` the list. Raises ValueError for no such table, and for a
    period that is no text.

    >>> from indicators import tables
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> rate = reported(rows, "330100", "qian_xiang_wan_yi", "2025M01-M11", "completion_rate")
    >>> project_count(rows, "330100", "qian_xiang_wan_yi", rate.period, rate.vintage).value
    235.0
    """
    check_together(
        lambda: check_table("rows", rows, _COLUMNS),
        lambda: check_words("period", [period]),
        lambda: check_words("names", names),
    )
    found = (
        reported(rows, place, programme, when, name, vintage)
        for name in names
        for when in (period, period[:4])
    )
    return next((count for count in found if count), None)
