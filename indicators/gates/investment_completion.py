"""Conditions of the methods on investment completion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.gates.condition import Condition
from indicators.labels import label

CHAIN_LADDER_YEARS = 4
USABLE = ("printed", "claimed", "copied")


def _mark(mark: str, lang: str) -> str:
    return label("values", mark or "not_found", lang)


def _found_plan(facts: Mapping[str, Any], lang: str) -> str:
    amount, rate = _mark(facts["amount"], lang), _mark(facts["rate"], lang)
    if lang == "en":
        text = f"completed amount: {amount}; rate: {rate}"
        text += "" if facts["fits"] else f"; the amount is no multiple of {facts['money_unit']}"
        return text + (f"; the plan itself is printed: {facts['plan']}" if facts["plan"] else "")
    text = f"完成投资：{amount}；完成率：{rate}"
    text += "" if facts["fits"] else f"；完成投资不是{facts['money_unit']}的整数倍"
    return text + (f"；计划数本身已有公布：{facts['plan']}" if facts["plan"] else "")


def _found_year(facts: Mapping[str, Any], lang: str) -> str:
    amount = _mark(facts["year_amount"], lang)
    if lang == "en":
        plan = "can be implied" if facts["plan"] else "cannot be implied"
        return f"months covered: {facts['months']}; amount of the year: {amount}; plan: {plan}"
    plan = "可以倒推" if facts["plan"] else "无法倒推"
    return f"已过月数：{facts['months']}；全年完成投资：{amount}；计划：{plan}"


def _found_growth(facts: Mapping[str, Any], lang: str) -> str:
    gap = ", " if lang == "en" else "、"
    missing = gap.join(
        f"{year} {label('columns', indicator, lang)}"
        if lang == "en"
        else f"{year}年{label('columns', indicator, lang)}"
        for indicator, year in facts["missing"]
    )
    if missing:
        return f"not in the tables: {missing}" if lang == "en" else f"表中没有：{missing}"
    if facts["changed"]:
        return "all four are in the tables" if lang == "en" else "四个数据齐备"
    return (
        "the two amounts do not differ by more than their rounding"
        if lang == "en"
        else "两年完成投资之差不超过取整误差"
    )


def _found_share(facts: Mapping[str, Any], lang: str) -> str:
    rate = facts["rate"] if facts["rate"] else _mark("", lang)
    total = _mark("", lang) if facts["total"] is None else facts["total"]
    unit = "%" if facts["rate"] else ""
    if lang == "en":
        return f"rate: {rate}{unit}; number of projects: {total}"
    return f"完成率：{rate}{unit}；项目数：{total}"


CONDITIONS: dict[str, Condition] = {
    "implied_plan": Condition(
        ("amount", "rate", "money_unit", "fits", "plan"),
        lambda facts: facts["amount"] in USABLE and facts["rate"] in USABLE and facts["fits"],
        {
            "en": "a completion rate and a completed amount that a source prints for the same "
            "period and list; an amount that was itself worked out from the plan and the rate "
            "would only give the plan back",
            "zh": "同一时期、同一清单的投资完成率和完成投资均须由来源公布；"
            "若完成投资本身由计划数乘完成率得出，再倒推计划便是循环论证",
        },
        _found_plan,
        {
            "en": "the completed amount as the source prints it, or the plan of the year",
            "zh": "来源公布的完成投资额，或年度计划数",
        },
    ),
    "full_year_rate": Condition(
        ("months", "year_amount", "plan"),
        lambda facts: facts["months"] < 12 and facts["plan"] and facts["year_amount"] in USABLE,
        {
            "en": "a part of a year whose plan can be implied, and the printed amount of that year",
            "zh": "时期不足一年、计划数可以倒推，且当年全年完成投资已有公布",
        },
        _found_year,
        {
            "en": "the amount completed in the whole year, for the same list",
            "zh": "同一清单的全年完成投资额",
        },
    ),
    "growth_split": Condition(
        ("missing", "changed"),
        lambda facts: not facts["missing"] and facts["changed"],
        {
            "en": "completed amount and number of projects of two successive whole years, and "
            "amounts that differ by more than their rounding",
            "zh": "相邻两个完整年度的完成投资和项目数，且两年完成投资之差超过取整误差",
        },
        _found_growth,
        {
            "en": "the amounts and project counts of both whole years",
            "zh": "两个年度全年的完成投资额和项目数",
        },
    ),
    "moving_denominator": Condition(
        ("years",),
        lambda facts: facts["years"] >= 1,
        {
            "en": "a year with a first and a final list, each with its number of projects and a "
            "plan, printed or implied",
            "zh": "某一年度既有首批清单又有最终清单，且各有项目数和计划数（公布或可倒推）",
        },
        lambda facts, lang: (
            f"{facts['years']} such years up to the year of this page"
            if lang == "en"
            else f"截至本页年度，这样的年度有{facts['years']}个"
        ),
        {
            "en": "the first and the final list of a year with plan and number of projects",
            "zh": "某一年度首批清单和最终清单的计划数与项目数",
        },
    ),
    "share_of_projects": Condition(
        ("rate", "total"),
        lambda facts: (
            bool(facts["rate"]) and float(facts["rate"]) <= 100 and facts["total"] is not None
        ),
        {
            "en": "a printed rate of 100% or less and a printed number of projects; a rate above "
            "100% cannot be a share of projects",
            "zh": "公布的完成率不超过100%，且项目数已有公布；完成率超过100%时不可能是项目个数占比",
        },
        _found_share,
        {
            "en": "the definition of the rate, or the number of projects completed",
            "zh": "完成率的定义，或已完成的项目个数",
        },
    ),
    "chain_ladder": Condition(
        ("past_years",),
        lambda facts: facts["past_years"] >= CHAIN_LADDER_YEARS,
        {
            "en": f"at least {CHAIN_LADDER_YEARS} earlier years of the same place and programme "
            "with the amount of the same window and the amount of the year (Mack 1993)",
            "zh": f"同一地区、同一工程至少{CHAIN_LADDER_YEARS}个以往年度既有同期累计额又有全年额"
            "（Mack，1993）",
        },
        lambda facts, lang: (
            f"{facts['past_years']} earlier years"
            if lang == "en"
            else f"以往年度{facts['past_years']}个"
        ),
        {
            "en": "monthly amounts of the earlier years of the programme",
            "zh": "该工程以往各年的月度累计完成投资",
        },
    ),
}
