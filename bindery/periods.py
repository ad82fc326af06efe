"""The time that a result is about: a year, several, or a part of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bindery.faults import BinderyError
from bindery.words import word

_YEAR = r"[12]\d{3}"
_PART = r"H[12]|Q[1-4](-Q[1-4])?|M(0[1-9]|1[0-2])(-M(0[1-9]|1[0-2]))?"
_PERIOD = re.compile(rf"{_YEAR}(-{_YEAR}|{_PART})?")
_YEARS = re.compile(_YEAR)


def period_key(local: str, period: Any) -> str:
    """A period as it is recorded: `2023`, `2015-2023`, `2023H1`; "" for None.

    Of several, such as a column of years, the years from the first to the last. A year may be a
    number with an `estimate`.

    >>> period_key("x", 1901), period_key("x", ["1901", "1900"]), period_key("x", None)
    ('1901', '1900-1901', '')
    """
    if period is None:
        return ""
    if isinstance(period, Iterable) and not isinstance(period, str):
        keys = {_one(local, part) for part in period}
        if len(keys) == 1:
            return keys.pop()
        years = sorted(year for key in keys for year in _YEARS.findall(key))
        return "-".join(dict.fromkeys([years[0], years[-1]])) if years else ""
    return _one(local, period)


def _one(local: str, period: Any) -> str:
    plain = getattr(period, "estimate", period)
    plain = plain.item() if hasattr(plain, "item") else plain
    # years beside missing values are read as numbers with a point
    whole = isinstance(plain, float) and plain.is_integer()
    text = str(int(plain)) if whole else str(plain)
    if isinstance(plain, bool) or not _PERIOD.fullmatch(text) or _is_backward(text):
        raise BinderyError(
            f"result {local!r}: found the period {plain!r}; allowed: a year as 2023, or a text as "
            "'2015-2023', '2023H1', '2023Q1-Q3' or '2023M01-M11', the first before the last"
        )
    return text


def _is_backward(text: str) -> bool:
    head, mark, tail = text.partition("-")
    return bool(mark) and head[-len(tail) :] >= tail


def period_text(period: str, labels: Mapping[str, Any], lang: str) -> str:
    """A recorded period in words: those of the project where it has some."""
    if words := labels.get("values", {}).get(period, {}).get(lang):
        return words
    first, mark, last = period.partition("-")
    if not first.isdigit():
        return period
    years = word("from_to", lang).format(first, last) if mark else first
    return word("in_years", lang).format(years)
