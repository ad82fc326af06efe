"""How values of an indicator are written on an axis or beside a mark."""

from __future__ import annotations

from indicators.charts import number_text

SHARES = ("urban_share", "aged_65_plus_share")
POINTS = {"en": "{} points", "zh": "{}个百分点"}


def value_text(value: float, indicator: str, scale: str, lang: str, decimals: int = 1) -> str:
    """A value with its unit: percent, millions or 万 of people, years; bare on another scale.

    >>> value_text(0.573, "urban_share", "points", "en"), value_text(0.5, "x", "log", "en")
    ('57.3%', '0.5')
    >>> value_text(11936010, "population", "points", "en")
    '11.9m'
    """
    if scale == "points" and indicator in SHARES:
        return number_text(100 * value, decimals, lang) + "%"
    return change_value_text(value, indicator, scale, lang, decimals)


def change_value_text(value: float, indicator: str, scale: str, lang: str, decimals: int) -> str:
    """A difference of values, without the unit of percentage points.

    >>> change_value_text(0.158, "urban_share", "points", "en", 1)
    '15.8'
    """
    if scale != "points":
        return number_text(value, decimals, lang)
    if indicator in SHARES:
        return number_text(100 * value, decimals, lang)
    if indicator == "population":
        if lang == "zh":
            return number_text(value / 1e4, 0, lang) + "万"
        return number_text(value / 1e6, decimals, lang) + "m"
    return number_text(value, decimals, lang)
