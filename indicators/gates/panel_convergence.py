"""Conditions of the methods on panels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.gates.condition import Condition
from indicators.labels import label

# Phillips and Sul's test, which is asymptotic in both; below FEW_YEARS the page warns.
LOG_T_UNITS, LOG_T_YEARS, FEW_YEARS = 5, 10, 20
# Of four units the smallest two-sided p-value of any test on ranks is 2/4!, above 5%.
SPREAD_UNITS = 5
# As for the other straight line of the book from which something is inferred: ten points.
LINE_UNITS = 10
PARTS_UNITS = 2


def _found_log_t(facts: Mapping[str, Any], lang: str) -> str:
    income, units, years = label("values", facts["income"], lang), facts["units"], facts["years"]
    if lang == "en":
        return (
            f"measure: {income}; years from the first to the last: {years}; units with a value in "
            f"every one of these years: {units}"
        )
    return f"指标：{income}；首尾共{years}年；各年均有数值的单位：{units}个"


def _found_units(facts: Mapping[str, Any], lang: str) -> str:
    return f"such units: {facts['units']}" if lang == "en" else f"这样的单位：{facts['units']}个"


def _found_people(facts: Mapping[str, Any], lang: str) -> str:
    missing, units = facts["missing"], facts["units"]
    if lang == "en":
        return f"units without a population in the first year: {missing} of {units}"
    return f"首年没有人口数的单位：{units}个中的{missing}个"


CONDITIONS: dict[str, Condition] = {
    "panel_log_t": Condition(
        ("units", "years", "income"),
        lambda facts: (
            facts["units"] >= LOG_T_UNITS
            and facts["years"] >= LOG_T_YEARS
            and facts["income"] != "ratio"
        ),
        {
            "en": f"incomes of at least {LOG_T_UNITS} units in the same, successive years, at "
            f"least {LOG_T_YEARS} of them; and levels, not a ratio: the test divides each "
            "logarithm by the mean over the units, which for a ratio lies near zero",
            "zh": f"至少{LOG_T_UNITS}个单位在相同的连续年份均有收入数据，且不少于{LOG_T_YEARS}年；"
            "须为收入水平而非倍差：检验以各单位的对数除以其均值，而倍差对数的均值接近零",
        },
        _found_log_t,
        {
            "en": "the annual urban or rural incomes of the prefectures on one survey basis, in "
            "successive years, from the statistical yearbooks; or a panel of your own",
            "zh": "统计年鉴中各设区市同一调查口径、连续年份的城镇或农村居民人均可支配收入；"
            "或读者自有的面板数据",
        },
    ),
    "panel_line": Condition(
        ("units",),
        lambda facts: facts["units"] >= LINE_UNITS,
        {
            "en": f"at least {LINE_UNITS} units with the income of the first and the last year: "
            "fewer points support no interval of a straight line",
            "zh": f"首尾两年均有收入数据的单位至少{LINE_UNITS}个：点数更少，不足以推断直线的区间",
        },
        _found_units,
        {
            "en": "the incomes of both years for more of the prefectures; or a panel of your own",
            "zh": "更多设区市首尾两年的收入；或读者自有的面板数据",
        },
    ),
    "panel_spread": Condition(
        ("units",),
        lambda facts: facts["units"] >= SPREAD_UNITS,
        {
            "en": f"at least {SPREAD_UNITS} units with the income of the first and the last year: "
            "with fewer, no order of the units could be rare enough for a test at 5%",
            "zh": f"首尾两年均有收入数据的单位至少{SPREAD_UNITS}个："
            "单位更少时，任何排列都不会稀少到足以在5%水平上检验",
        },
        _found_units,
        {
            "en": "the incomes of both years for more of the units",
            "zh": "更多单位首尾两年的收入",
        },
    ),
    "panel_people": Condition(
        ("weighted", "missing", "units"),
        lambda facts: not facts["weighted"] or facts["missing"] == 0,
        {
            "en": "a population in the first year for every unit that is compared",
            "zh": "所比较的每个单位首年均有人口数",
        },
        _found_people,
        {
            "en": "the populations, in the column population; or units as weights",
            "zh": "在population列补充人口数；或改为各单位等权",
        },
    ),
    "panel_spread_test": Condition(
        ("weighted",),
        lambda facts: not facts["weighted"],
        {
            "en": "units that count alike: the test compares two variances of the same units, each "
            "of them one draw",
            "zh": "各单位等权：检验比较的是同一批单位的两个方差，每个单位视为一次抽取",
        },
        lambda facts, lang: (
            "units count by their people" if lang == "en" else "各单位按人口加权"
        ),
        {"en": "units as weights", "zh": "改为各单位等权"},
    ),
    "panel_theil_parts": Condition(
        ("units",),
        lambda facts: facts["units"] >= PARTS_UNITS,
        {
            "en": f"at least {PARTS_UNITS} units with urban and rural income, people and urban "
            "people, all of them in the first and in the last year",
            "zh": f"至少{PARTS_UNITS}个单位首尾两年均有城镇和农村居民收入、人口和城镇人口",
        },
        _found_units,
        {
            "en": "residents and urban residents of the same units and years, by the definition of "
            "the income survey",
            "zh": "相同单位、相同年份的常住人口和城镇常住人口，口径与住户收入调查一致",
        },
    ),
}  # fmt: skip
