"""The figures of the table `investment`: which one to use, and on what evidence it rests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pandas import DataFrame

from indicators import evidence
from indicators.evidence import Reported

_WINDOW = re.compile(
    r"\d{4}(?:H(?P<half>1)|Q(?:1-Q)?(?P<quarter>[13])|(?:M\d\d-)?M(?P<month>\d\d))?"
)


def months_covered(period: str) -> int:
    """The last month of a period within one year; figures for a part of a year are cumulative.

    >>> months_covered("2025M01-M11"), months_covered("2023Q1"), months_covered("2024")
    (11, 3, 12)
    """
    window = _WINDOW.fullmatch(period)
    if window is None:
        raise ValueError(f"period = {period!r}; allowed: a year or a part of one year")
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

    `rows` as from `mark_rows`; the order of preference is that of `evidence.reported`.
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
    """The printed rates, or another indicator, sorted by place, programme and period."""
    keys = rows.loc[rows["indicator"].eq(indicator), ["place_code", "programme", "period"]]
    for place, programme, period in sorted(set(keys.itertuples(index=False, name=None))):
        rate = reported(rows, place, programme, period, indicator)
        if rate:
            yield place, programme, period, rate


def project_count(
    rows: DataFrame,
    place: str,
    programme: str,
    period: str,
    vintage: str,
    names: Sequence[str] = ("projects", "projects_planned"),
) -> Reported | None:
    """The number of projects on the list of a rate: of its period, else of its year."""
    found = (
        reported(rows, place, programme, when, name, vintage)
        for name in names
        for when in (period, period[:4])
    )
    return next((count for count in found if count), None)
