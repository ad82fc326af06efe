"""Conditions of the methods on service coverage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.gates.condition import Condition
from indicators.labels import label

# `census` is a word of its own in other tables
_UNIVERSES = {
    "census": "all_villages",
    "srs": "srs",
    "superpopulation": "superpopulation",
}


def _number(number: int | None, lang: str) -> str:
    return label("values", "not_known", lang) if number is None else f"{number}"


def _sampled(facts: Mapping[str, Any]) -> bool:
    if facts["universe"] == "srs":
        return None not in (facts["sample"], facts["total"]) and facts["sample"] <= facts["total"]
    return facts["universe"] == "superpopulation" and facts["total"] is not None


def _found_sample(facts: Mapping[str, Any], lang: str) -> str:
    total, sample = _number(facts["total"], lang), _number(facts["sample"], lang)
    universe = label("values", _UNIVERSES[facts["universe"]], lang)
    if facts["universe"] == "census":
        if lang == "en":
            return (
                f"{universe}: nothing was sampled, the finite population correction is zero and so "
                "is the width of a sampling interval; what stays open is the definition and the "
                "bound"
            )
        return (
            f"{universe}：未作抽样，有限总体校正系数为零，抽样置信区间的宽度也为零；"
            "尚不确定的是定义和“以上”这一界限"
        )
    if lang == "en":
        return f"{universe}; number of villages: {total}; villages sampled: {sample}"
    return f"{universe}；村（社）总数：{total}；抽中村（社）数：{sample}"


CONDITIONS: dict[str, Condition] = {
    "coverage_interval": Condition(
        ("universe", "total", "sample"),
        _sampled,
        {
            "en": "a declared sample of villages with its size and the number of villages, or a "
            "declared process of which the villages are draws",
            "zh": "须声明村（社）为随机样本并给出样本量和村（社）总数，"
            "或声明各村（社）为某一随机过程的实现",
        },
        _found_sample,
        {
            "en": "the design of a survey or audit of villages: how many were drawn, how, and out "
            "of how many",
            "zh": "村（社）抽样调查或抽查的方案：从多少个村（社）中、以何种方式抽取多少个",
        },
    ),
    "covered_villages": Condition(
        ("total",),
        lambda facts: facts["total"] is not None,
        {
            "en": "the number of villages and communities that the coverage is a share of",
            "zh": "覆盖率分母所指的村（社）总数",
        },
        lambda facts, lang: (
            f"number of villages: {_number(facts['total'], lang)}"
            if lang == "en"
            else f"村（社）总数：{_number(facts['total'], lang)}"
        ),
        {
            "en": "the official number of villages and communities in the coverage, at the same "
            "date",
            "zh": "同一时点覆盖率口径内的村（社）总数",
        },
    ),
    "people_coverage": Condition(
        ("lists",),
        lambda facts: facts["lists"] >= 1,
        {
            "en": "a list of the villages with their populations and with the covered ones marked: "
            "the villages without the service may be the largest or the smallest",
            "zh": "各村（社）人口及是否已覆盖的清单：未覆盖的可能是最大的村（社），也可能是最小的",
        },
        lambda facts, lang: (
            f"{facts['lists']} such lists in the tables"
            if lang == "en"
            else f"表中这样的清单有{facts['lists']}份"
        ),
        {
            "en": "that list, with residents aged 60 and over in each village",
            "zh": "上述清单，并附各村（社）60岁及以上常住人口",
        },
    ),
    "service_series": Condition(
        ("indicators",),
        lambda facts: facts["indicators"] >= 1,
        {
            "en": "a service indicator of the place that is printed for three periods, or that has "
            "a target and a figure",
            "zh": "该地区至少有一项公共服务指标公布过三个时期的数据，或既有目标又有数据",
        },
        lambda facts, lang: (
            f"{facts['indicators']} such indicators"
            if lang == "en"
            else f"这样的指标有{facts['indicators']}项"
        ),
        {
            "en": "the series from the yearbook of the place",
            "zh": "该地区统计年鉴中的历年数据",
        },
    ),
    "derived_rates": Condition(
        ("rates",),
        lambda facts: facts["rates"] >= 1,
        {
            "en": "a numerator and a denominator that are printed for the same place and period",
            "zh": "同一地区、同一时期的分子和分母均已公布",
        },
        lambda facts, lang: (
            f"{facts['rates']} such pairs" if lang == "en" else f"这样的数对有{facts['rates']}组"
        ),
        {
            "en": "both figures of one period, with their definitions",
            "zh": "同一时期的两项数据及其定义",
        },
    ),
}
