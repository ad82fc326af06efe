"""Targets and figures in words: number, bound and unit, as each language writes them."""

from __future__ import annotations

from typing import Any

from indicators.labels import both, label, period_label
from indicators.rounding import read_printed

# English and Chinese; a count and a ratio have no unit word.
UNITS = {
    "100m_yuan": ("{} × 100 million yuan", "{}亿元"),
    "10k_persons": ("{} people", "{}万人"),
    "beds": ("{} beds", "{}张"),
    "count": ("{}", "{}个"),
    "m2": ("{} m²", "{}平方米"),
    "per_1000_persons": ("{} per 1,000 people", "每千人{}"),
    "percent": ("{}%", "{}%"),
    "places": ("{} places", "{}个"),
    "ratio": ("{}", "{}"),
    "trillion_yuan": ("{} trillion yuan", "{}万亿元"),
    "years": ("{} years", "{}年"),
    "yuan": ("{} yuan", "{}元"),
    "yuan_per_person": ("{} yuan per person", "{}元/人"),
}
BOUNDS = {
    "eq": ("{}", "{}"),
    "about": ("about {}", "{}左右"),
    "ge": ("at least {}", "{}以上"),
    "gt": ("more than {}", "超过{}"),
    "le": ("at most {}", "不超过{}"),
    "lt": ("less than {}", "低于{}"),
    "near": ("nearly {}", "近{}"),
    "more": ("somewhat more than {}", "{}余"),
}
# where Chinese counts what is measured with a word of its own
_MEASURES = {
    "life_expectancy": ("{} years", "{}岁"),
    "childcare_places_per_1000": ("{} per 1,000 people", "每千人{}个"),
    "nurses_per_1000": ("{} per 1,000 people", "每千人{}人"),
    "physicians_per_1000": ("{} per 1,000 people", "每千人{}人"),
}


def quantity_words(printed: str, bound: str, unit: str, indicator: str = "") -> str:
    """A printed figure with its bound and unit, as a cell in both languages.

    >>> quantity_words("85000", "ge", "yuan")
    'at least 85,000 yuan ‖ 85000元以上'
    >>> quantity_words("4.7", "gt", "10k_persons")
    'more than 47,000 people ‖ 超过4.7万人'
    """
    number, decimals = read_printed(printed)
    english = f"{10_000 * number:,.0f}" if unit == "10k_persons" else f"{number:,.{decimals}f}"
    numbers = (english, f"{number:.{decimals}f}")
    measure = _MEASURES.get(indicator, UNITS[unit])
    said = (
        bound_words.format(unit_words.format(text))
        for text, unit_words, bound_words in zip(numbers, measure, BOUNDS[bound], strict=True)
    )
    return both(*said)


def target_words(
    printed: str, comparator: str, unit: str, indicator: str = "", year: int | None = None
) -> str:
    """A target as a cell in both languages; a level without a bound is one to reach.

    >>> target_words("78.3", "eq", "years", "life_expectancy", 2025)
    'reach 78.3 years in 2025 ‖ 2025年达到78.3岁'
    """
    cell = quantity_words(printed, comparator, unit, indicator)
    en, zh = (label("values", cell, lang) for lang in ("en", "zh"))
    if comparator == "eq":
        en, zh = f"reach {en}", f"达到{zh}"
    return both(en, zh) if year is None else both(f"{en} in {year}", f"{year}年{zh}")


def dated_words(printed: str, bound: str, unit: str, indicator: str, period: str) -> str:
    """A printed figure and its period, as a cell in both languages.

    >>> dated_words("80000", "gt", "yuan", "all_income", "2025")
    'more than 80,000 yuan (2025) ‖ 超过80000元（2025年）'
    """
    cell = quantity_words(printed, bound, unit, indicator)
    return both(
        f"{label('values', cell, 'en')} ({period_label(period, 'en')})",
        f"{label('values', cell, 'zh')}（{period_label(period, 'zh')}）",
    )


def figure_words(row: Any, point: str) -> str | None:
    """The base or the outcome of a row of `judge_targets` in words; None where there is none."""
    period, printed, bound = (
        getattr(row, f"{point}_{name}") for name in ("period", "printed", "bound")
    )
    return dated_words(printed, bound, row.unit, row.indicator, period) if period else None
