"""Conditions of the curves of specifications."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.gates.condition import Condition

RESULTS = 10
PACE_SETS, SCENARIO_SETS = 4, 2


def _found(facts: Mapping[str, Any], lang: str) -> str:
    if lang == "en":
        return f"distinct results: {facts['results']}; data sets behind them: {facts['data_sets']}"
    return f"不同结果：{facts['results']}个；所依据的不同数据组合：{facts['data_sets']}个"


def _condition(sets: int) -> Condition:
    return Condition(
        ("results", "data_sets"),
        lambda facts: facts["results"] >= RESULTS and facts["data_sets"] >= sets,
        {
            "en": f"at least {RESULTS} distinct results from at least {sets} different sets of "
            "figures; fewer say no more as a curve than as a table",
            "zh": f"至少{RESULTS}个不同结果，且至少来自{sets}组不同数据；不足时，"
            "曲线并不比表格提供更多信息",
        },
        _found,
        {
            "en": "the annual urban and rural incomes of more years, from the statistical office",
            "zh": "统计部门公布的更多年份城乡居民人均可支配收入",
        },
    )


CONDITIONS: dict[str, Condition] = {
    "pace_curve": _condition(PACE_SETS),
    "scenario_curve": _condition(SCENARIO_SETS),
}
