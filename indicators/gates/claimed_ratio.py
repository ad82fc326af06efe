"""Conditions of the test of a claimed ratio, of the survey's own weight and of Theil's T."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.gates.condition import Condition

THEIL_YEARS = 3


def _found_claim(facts: Mapping[str, Any], lang: str) -> str:
    if lang == "en":
        return f"a claim for {facts['year']}: {'yes' if facts['claimed'] else 'none'}"
    return f"关于{facts['year']}年的说法：{'有' if facts['claimed'] else '无'}"


def _found_chain(facts: Mapping[str, Any], lang: str) -> str:
    base, missing = facts["base"], facts["missing"]
    if not base:
        return (
            "no year with both incomes printed"
            if lang == "en"
            else "没有城乡两项收入均已公布的年度"
        )
    years = (", " if lang == "en" else "、").join(map(str, missing))
    if lang == "en":
        text = f"last year with both incomes printed: {base}"
        return f"{text}; no part of the year for: {years}" if missing else text
    text = f"城乡两项收入均已公布的最近年度：{base}年"
    return f"{text}；缺少年内时段数据的年度：{years}" if missing else text


def _found_years(facts: Mapping[str, Any], lang: str) -> str:
    if lang == "en":
        return f"such years: {facts['years']}"
    return f"这样的年度：{facts['years']}个"


CONDITIONS: dict[str, Condition] = {
    "claimed_ratio": Condition(
        ("year", "claimed"),
        lambda facts: facts["claimed"],
        {
            "en": "a ratio that the article claims for this place and year",
            "zh": "文章就该地区该年度给出了城乡居民收入倍差",
        },
        _found_claim,
        {
            "en": "nothing: the article names the ratio of one place alone",
            "zh": "没有数据可以补足：文章只给出一个地区的倍差",
        },
    ),
    "wedge_route": Condition(
        ("year", "bases"),
        lambda facts: facts["bases"] >= 1,
        {
            "en": "urban and rural income of a part of the year, and an earlier year of the same "
            "place with the same part and with the whole year, printed or derived from what is "
            "printed",
            "zh": "有该年度某一时段的城乡居民收入，且同一地区有较早年度的同一时段和全年数据"
            "（已公布，或由公布数据推算）",
        },
        lambda facts, lang: (
            f"earlier years to scale by for {facts['year']}: {facts['bases']}"
            if lang == "en"
            else f"可供{facts['year']}年换算的较早年度：{facts['bases']}个"
        ),
        {
            "en": "the incomes of the first three quarters of the year and of an earlier year",
            "zh": "该年度和某一较早年度前三季度的城乡居民收入",
        },
    ),
    "chain_route": Condition(
        ("base", "missing"),
        lambda facts: bool(facts["base"]) and not facts["missing"],
        {
            "en": "a year with both incomes printed, and for every year after it a part whose "
            "ratio is known a year earlier too, or for which the growth of both incomes is printed",
            "zh": "有城乡两项收入均已公布的年度，且其后各年均有某一时段的倍差及上年同期倍差，"
            "或公布了该时段城乡两项收入的增长率",
        },
        _found_chain,
        {
            "en": "half-year or nine-month incomes, or their growth rates, for the years named",
            "zh": "所缺年度的上半年或前三季度收入或其增长率",
        },
    ),
    "implied_weight": Condition(
        ("years",),
        lambda facts: facts["years"] >= 1,
        {
            "en": "a year with the incomes of all, urban and rural residents on one survey",
            "zh": "有同一调查口径下全体、城镇、农村居民收入齐备的年度",
        },
        _found_years,
        {
            "en": "the income of all residents beside the urban and the rural one",
            "zh": "与城乡两项收入同时公布的全体居民人均可支配收入",
        },
    ),
    "theil_parts": Condition(
        ("years",),
        lambda facts: facts["years"] >= THEIL_YEARS,
        {
            "en": f"at least {THEIL_YEARS} years within the window with the printed incomes of "
            "all, urban and rural residents",
            "zh": f"窗口内至少{THEIL_YEARS}个年度公布了全体、城镇、农村居民收入",
        },
        _found_years,
        {
            "en": "the income of all residents beside the urban and the rural one, for two years",
            "zh": "两个年度的全体居民人均可支配收入",
        },
    ),
}
