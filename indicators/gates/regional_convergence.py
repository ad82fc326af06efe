"""Conditions of the methods on counties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.gates.condition import Condition
from indicators.labels import label


def _found_indicator(facts: Mapping[str, Any], lang: str) -> str:
    name = label("values", facts["indicator"], lang)
    return f"indicator: {name}" if lang == "en" else f"指标：{name}"


def _found_weights(facts: Mapping[str, Any], lang: str) -> str:
    weighted = facts["weights"] == "population"
    if lang == "en":
        return "counties count by their people" if weighted else "counties count alike"
    return "各县（市、区）按人口加权" if weighted else "各县（市、区）等权"


CONDITIONS: dict[str, Condition] = {
    "logit_scale": Condition(
        facts=("indicator", "share", "asked"),
        test=lambda facts: facts["share"] or not facts["asked"],
        condition={
            "en": "an indicator that is a share: a logit has no meaning for a number of people "
            "or of years",
            "zh": "指标须为比重：人数、年数没有对数几率",
        },
        found=_found_indicator,
        opens={
            "en": "none; choose the values as printed or their logarithm, or an indicator that is "
            "a share",
            "zh": "无；请改用原值或对数，或选用比重类指标",
        },
    ),
    "spread_test": Condition(
        facts=("weights",),
        test=lambda facts: facts["weights"] == "unweighted",
        condition={
            "en": "units that count alike: the tests compare two variances of the same units, "
            "each of them one draw",
            "zh": "各单位等权：检验比较的是同一批单位的两个方差，每个单位视为一次抽取",
        },
        found=_found_weights,
        opens={
            "en": "incomes or other measures of persons in each county, so that the spread among "
            "people could be tested",
            "zh": "各县（市、区）居民个人层面的收入或其他数据，据此方可检验人与人之间的离散程度",
        },
    ),
}
