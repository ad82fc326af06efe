"""Every axis, head, unit and enumeration in English and Chinese: one table for charts and pages.

Periods and places are open-ended, so their words are not listed: a period is spelled from its
code, and a place code is looked up in the table of places.
"""

from __future__ import annotations

import re
from functools import cache

from indicators.labels.claims import CLAIMS
from indicators.labels.columns import COLUMNS
from indicators.labels.curves import CURVES
from indicators.labels.incomes import INCOMES
from indicators.labels.kinds import KINDS
from indicators.labels.pairs import Words
from indicators.labels.panels import PANELS
from indicators.labels.regions import REGIONS
from indicators.labels.services import SERVICES
from indicators.labels.targets import TARGETS
from indicators.labels.units import UNITS
from indicators.labels.values import VALUES

LANGUAGES = ("en", "zh")

_PERIOD = re.compile(r"((?:19|20)\d\d)(?:(H1|Q1|Q1-Q3)|M(\d\d)(?:-M(\d\d))?|-((?:19|20)\d\d))?")
_PLACE = re.compile(r"\d{6}")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_PARTS = {
    "H1": {"en": "H1", "zh": "上半年"},
    "Q1": {"en": "Q1", "zh": "一季度"},
    "Q1-Q3": {"en": "Q1–Q3", "zh": "前三季度"},
}


def period_label(period: str, lang: str) -> str:
    """A period of the tables in words.

    >>> period_label("2025M01-M11", "en"), period_label("2023Q1", "zh")
    ('Jan–Nov 2025', '2023年一季度')
    """
    match = _PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"period = {period!r}; allowed: forms such as 2024, 2023Q1, 2025M01-M11")
    year, part, *months, until = match.groups()
    months = [int(month) for month in months if month]
    if until:
        return f"{year}–{until}" if lang == "en" else f"{year}—{until}年"
    if lang == "en":
        rest = _PARTS[part]["en"] if part else "–".join(_MONTHS[month - 1] for month in months)
        return f"{rest} {year}".strip()
    rest = _PARTS[part]["zh"] if part else "—".join(map(str, months)) + "月" * bool(months)
    return f"{year}年{rest}"


_BOTH = " ‖ "


def both(en: str, zh: str) -> str:
    """A cell of a table that says a sentence of its own in each language.

    >>> both("a rule", "规则"), label("values", both("a rule", "规则"), "zh")
    ('a rule ‖ 规则', '规则')
    """
    return f"{en}{_BOTH}{zh}"


@cache
def _place_words(code: str) -> Words:
    """The names of a place; kept, because a page asks for the same few thousands of times."""
    from indicators import tables

    try:
        return {lang: tables.place_name(code, lang) for lang in LANGUAGES}
    except ValueError:
        raise KeyError(code) from None


class _Values(dict):
    """Words of enumerations; periods, place codes and cells in `both` need not be listed."""

    def __missing__(self, key: str) -> Words:
        if isinstance(key, str) and _BOTH in key:
            return dict(zip(LANGUAGES, key.split(_BOTH, 1), strict=True))
        if isinstance(key, str) and _PLACE.fullmatch(key):
            return _place_words(key)
        if isinstance(key, str) and _PERIOD.fullmatch(key):
            return {lang: period_label(key, lang) for lang in LANGUAGES}
        raise KeyError(key)

    def get(self, key: str, default: Words | None = None) -> Words | None:
        try:
            return self[key]
        except KeyError:
            return default


LABELS: dict[str, dict[str, Words]] = {
    "columns": COLUMNS,
    "units": UNITS,
    "kinds": KINDS,
    "values": _Values(
        UNITS | CLAIMS | CURVES | INCOMES | KINDS | PANELS | REGIONS | SERVICES | TARGETS | VALUES
    ),
}


def label(group: str, key: str, lang: str) -> str:
    """The word for a column, a unit, an interval's kind or a value, in en or zh.

    Raises KeyError that says where to add a missing word.

    >>> label("columns", "rate", "zh"), label("values", "2024M01-M09", "en")
    ('投资完成率', 'Jan–Sep 2024')
    """
    try:
        return LABELS[group][key][lang]
    except KeyError:
        raise KeyError(
            f"no word for {key!r} in {lang!r} in the group {group!r}; known groups: "
            f"{', '.join(LABELS)}. Add the word, in every language, to LABELS of indicators/labels"
        ) from None
