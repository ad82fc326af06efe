"""Conditions of the methods on targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.gates.condition import Condition


def _found_ratio(facts: Mapping[str, Any], lang: str) -> str:
    targets, stated, computed = (facts[name] for name in ("targets", "stated", "computed"))
    if lang == "en":
        return (
            f"targets for the ratio: {targets}; years whose stated ratio meets one, claims of the "
            f"article left out: {stated}; years whose computed ratio does: {computed}"
        )
    return (
        f"城乡居民收入倍差目标{targets}项；公布的倍差达到目标的年份（不含文章所称）{stated}个；"
        f"计算的倍差达到目标的年份{computed}个"
    )


CONDITIONS: dict[str, Condition] = {
    "reach_drawn": Condition(
        ("figures",),
        lambda facts: facts["figures"] >= 1,
        {
            "en": "a target with a printed figure of a whole year since it was set",
            "zh": "至少一项目标在设定之后有公布的全年数据",
        },
        lambda facts, lang: (
            f"targets with such a figure: {facts['figures']}"
            if lang == "en"
            else f"有此类数据的目标{facts['figures']}项"
        ),
        {
            "en": "the outcome of the target year from the office that set the target",
            "zh": "由设定目标的部门公布的目标年结果",
        },
    ),
    "timeline_drawn": Condition(
        ("points",),
        lambda facts: facts["points"] >= 1,
        {
            "en": "a figure of a whole year between the setting of a target and its due year",
            "zh": "目标设定年至目标年之间至少有一个全年数据",
        },
        lambda facts, lang: (
            f"figures of whole years: {facts['points']}"
            if lang == "en"
            else f"全年数据{facts['points']}个"
        ),
        {
            "en": "yearly figures of the indicators that the targets name",
            "zh": "目标所涉指标的年度数据",
        },
    ),
    "ratio_reached_early": Condition(
        ("targets", "stated", "computed", "both"),
        lambda facts: facts["both"],
        {
            "en": "a target for the ratio of urban to rural income that both a stated ratio and a "
            "ratio computed from the two printed incomes meet",
            "zh": "城乡居民收入倍差目标，且公布的倍差和由城乡居民收入计算的倍差均达到该目标",
        },
        _found_ratio,
        {
            "en": "urban and rural income per head of the years since the target was set",
            "zh": "目标设定以来各年的城镇、农村居民人均可支配收入",
        },
    ),
    "growth_needed": Condition(
        ("undecided", "exact"),
        lambda facts: facts["undecided"] >= 1 and facts["exact"] >= 1,
        {
            "en": "a target that a lower bound of its year leaves undecided, and an exact figure "
            "of an earlier year since it was set",
            "zh": "目标年仅公布下限、因而无法判定的目标，且设定以来有更早年份的确切数",
        },
        lambda facts, lang: (
            f"targets left undecided by a bound: {facts['undecided']}; of these with an exact "
            f"earlier figure: {facts['exact']}"
            if lang == "en"
            else f"因仅有下限而无法判定的目标{facts['undecided']}项，"
            f"其中有更早确切数的{facts['exact']}项"
        ),
        {
            "en": "the exact figure of the target year",
            "zh": "目标年的确切数",
        },
    ),
}
