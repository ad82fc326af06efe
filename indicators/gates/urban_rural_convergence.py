"""Conditions of the methods on urban-rural convergence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.gates.condition import Condition
from indicators.labels import label

PAGE_PAIRS, PAGE_YEARS = 2, 5
WINDOWS = 6
RACE_STEPS = 3
TREND_POINTS = 5
TARGET_POINTS = 10
DRIFT_YEARS = 6
DAMPED_YEARS = 16


def _found_page(facts: Mapping[str, Any], lang: str) -> str:
    if lang == "en":
        return f"such years: {facts['pairs']}; from the first to the last: {facts['span']} years"
    return f"这样的年份：{facts['pairs']}个；首尾相隔：{facts['span']}年"


def _found_relative(facts: Mapping[str, Any], lang: str) -> str:
    if not facts["missing"]:
        return "both years are there" if lang == "en" else "两个年份齐备"
    named = [
        f"{label('values', place, lang)} {year}"
        if lang == "en"
        else f"{label('values', place, lang)}{year}年"
        for place, year in facts["missing"]
    ]
    if lang == "en":
        return f"not printed: {', '.join(named)}"
    return f"未见公布：{'、'.join(named)}"


def _found_target(facts: Mapping[str, Any], lang: str) -> str:
    yes = {"en": ("no", "yes", "not tested"), "zh": ("否", "是", "未检验")}[lang]

    def said(fact: bool | None) -> str:
        return yes[2] if fact is None else yes[fact]

    curved, correlated = said(facts["curved"]), said(facts["correlated"])
    if lang == "en":
        return f"printed points: {facts['n']}; curved: {curved}; residuals correlated: {correlated}"
    return f"公布的点数：{facts['n']}；存在弯曲：{curved}；残差自相关：{correlated}"


def _found_drift(facts: Mapping[str, Any], lang: str) -> str:
    if not facts["run"]:
        return "no printed year" if lang == "en" else "没有公布的年份"
    first, last = facts["run"]
    if lang == "en":
        return f"successive printed years: {facts['n']} ({first} to {last})"
    return f"连续公布的年份：{facts['n']}个（{first}—{last}年）"


def _found_damped(facts: Mapping[str, Any], lang: str) -> str:
    said = {
        None: ("not tried", "未拟合"),
        False: ("no finite value, or no end of the search", "不是有限值，或搜索未收敛"),
        True: ("finite", "有限值"),
    }[facts["fitted"]][lang == "zh"]
    if lang == "en":
        return f"successive printed years: {facts['n']}; corrected AIC: {said}"
    return f"连续公布的年份：{facts['n']}个；校正AIC：{said}"


CONDITIONS: dict[str, Condition] = {
    "convergence_page": Condition(
        ("pairs", "span"),
        lambda facts: facts["pairs"] >= PAGE_PAIRS and facts["span"] >= PAGE_YEARS,
        {
            "en": f"urban and rural income of at least {PAGE_PAIRS} years, on one basis and of one "
            "scope, each printed exactly in a source of grade A to C, with at least "
            f"{PAGE_YEARS} years from the first to the last",
            "zh": f"同一口径、同一范围的城镇和农村居民人均可支配收入，至少{PAGE_PAIRS}个年份"
            f"由A至C级来源公布确切数值，且首尾相隔至少{PAGE_YEARS}年",
        },
        _found_page,
        {
            "en": "the annual incomes of the years between, from the statistical office",
            "zh": "统计部门公布的其间各年城乡居民人均可支配收入",
        },
    ),
    "relative_pace": Condition(
        ("missing",),
        lambda facts: not facts["missing"],
        {
            "en": "the place and all that it is compared with print their ratio, or both incomes, "
            "in the first and in the last year of the window",
            "zh": "窗口首尾两年，本地区和全部对照地区均公布城乡居民收入倍差或城乡两项收入",
        },
        _found_relative,
        {
            "en": "the printed incomes of those years",
            "zh": "上述年份公布的城乡居民人均可支配收入",
        },
    ),
    "pace_by_window": Condition(
        ("windows",),
        lambda facts: facts["windows"] >= WINDOWS,
        {
            "en": f"at least {WINDOWS} windows of three years or more in which both places print "
            "their incomes; fewer share their ends and say no more than the table of paces",
            "zh": f"两地均公布收入、跨度不少于三年的窗口至少{WINDOWS}个；"
            "不足时，各窗口首尾多有重合，并不比年均变动表提供更多信息",
        },
        lambda facts, lang: (
            f"such windows: {facts['windows']}"
            if lang == "en"
            else f"这样的窗口：{facts['windows']}个"
        ),
        {
            "en": "the annual incomes of the years between",
            "zh": "其间各年的城乡居民人均可支配收入",
        },
    ),
    "growth_race": Condition(
        ("steps",),
        lambda facts: facts["steps"] >= RACE_STEPS,
        {
            "en": f"at least {RACE_STEPS} pairs of years that follow one another and both print "
            "both incomes on the same basis",
            "zh": f"至少{RACE_STEPS}对相邻年份，两年均按同一口径公布城乡两项收入",
        },
        lambda facts, lang: (
            f"such pairs: {facts['steps']}"
            if lang == "en"
            else f"这样的相邻年份：{facts['steps']}对"
        ),
        {
            "en": "the annual incomes of the years between",
            "zh": "其间各年的城乡居民人均可支配收入",
        },
    ),
    "trend_test": Condition(
        ("n",),
        lambda facts: facts["n"] >= TREND_POINTS,
        {
            "en": f"at least {TREND_POINTS} printed points in sources of grade A to C, none "
            "claimed or derived",
            "zh": f"至少{TREND_POINTS}个由A至C级来源公布的点，不含文章所称和推算的点",
        },
        lambda facts, lang: (
            f"printed points: {facts['n']}" if lang == "en" else f"公布的点数：{facts['n']}"
        ),
        {
            "en": "the annual incomes of the missing years",
            "zh": "缺失年份的城乡居民人均可支配收入",
        },
    ),
    "time_to_target_inference": Condition(
        ("n", "curved", "correlated"),
        lambda facts: (
            facts["n"] >= TARGET_POINTS
            and facts["curved"] is False
            and facts["correlated"] is False
        ),
        {
            "en": f"at least {TARGET_POINTS} printed points, no curvature at the level of 5%, and "
            "no correlated residuals (Durbin and Watson): only then has a fitted line an interval "
            "for the year of a target (Fieller)",
            "zh": f"至少{TARGET_POINTS}个公布的点，在5%显著性水平上不存在弯曲，"
            "且残差无自相关（Durbin–Watson检验）；满足这些条件，拟合直线才能给出达标年份的区间（Fieller法）",
        },
        _found_target,
        {
            "en": "more printed years, and a series whose pace does not change",
            "zh": "更多公布的年份，以及变动速度稳定的序列",
        },
    ),
    "drift_forecast": Condition(
        ("n", "run"),
        lambda facts: facts["n"] >= DRIFT_YEARS,
        {
            "en": f"at least {DRIFT_YEARS} printed years that follow one another up to the newest, "
            "from sources of grade A to C, none claimed or derived: only then can the mean step be "
            "carried on (random walk with drift) and its past errors be shown",
            "zh": f"截至最近公布年份至少连续{DRIFT_YEARS}年由A至C级来源公布，"
            "不含文章所称和推算的点；满足这一条件，才能按平均变动外推（带漂移的随机游走）并列出以往误差",
        },
        _found_drift,
        {
            "en": "the annual incomes of the missing years before the newest one",
            "zh": "最近公布年份之前缺失年份的城乡居民人均可支配收入",
        },
    ),
    "damped_trend_forecast": Condition(
        ("n", "fitted"),
        lambda facts: facts["n"] >= DAMPED_YEARS and facts["fitted"] is True,
        {
            "en": f"at least {DAMPED_YEARS} printed years that follow one another up to the newest,"
            " and a fit whose corrected AIC is finite: a damped trend has six unknowns and fits a "
            "short series whatever it is",
            "zh": f"截至最近公布年份至少连续公布{DAMPED_YEARS}年，且拟合的校正AIC为有限值；"
            "阻尼趋势有六个未知参数，对短序列总能拟合，并无意义",
        },
        _found_damped,
        {
            "en": "the annual incomes of more years on one survey basis",
            "zh": "同一调查口径下更多年份的城乡居民人均可支配收入",
        },
    ),
}
