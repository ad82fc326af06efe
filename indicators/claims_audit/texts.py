"""The arithmetic of the checks in words: key | English | Chinese, with slots for the numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from indicators.intervals import Interval
from indicators.labels import LANGUAGES, both, label
from indicators.labels.pairs import pairs

TEXTS = pairs("""
crossing | First printed year above the level: {year} ({first}). The series stands at {before} in {base} and at {after} in {last} (100 million yuan), so a level passed in between lies between the two. | 序列首次超过该台阶的年份为{year}（{first}亿元）。{base}为{before}亿元，{last}为{after}亿元，其间跨越的台阶应在两者之间。
list | The list of the whole year has {year} projects, and lists grow within a year: {start} then {end} in the year before. The first quarter of 2023 had {quarter}. | 全年清单为{year}个项目；清单年内会扩充，上年由{start}个增至{end}个。2023年一季度为{quarter}个。
amount | The whole year came to {year}, which a part of it cannot exceed: {share}% of it. The year before: {before}. Per project: {each} (100 million yuan). | 全年为{year}亿元，年内任何时点不会超过全年：相当于全年的{share}%。上年为{before}亿元。单个项目{each}亿元。
plans | Against the plan of the year the rate implies a plan of {annual}; against the plan to date, {to_date} (100 million yuan). The two readings share no value, and the text names neither. Time elapsed: {elapsed}%. The province in the same window of 2023: {province}%. | 若以全年计划为分母，倒推年度计划为{annual}亿元；若以进度计划为分母，为{to_date}亿元。两种口径没有共同取值，原文未说明采用哪一种。时间进度为{elapsed}%。全省2023年同期为{province}%。
new_share | {new} of {all} projects are new ({share}%), and new ones cannot be more than all. First quarter of 2023: {then} of {then_all}. | {all}个项目中新开工{new}个（{share}%），新开工数不会超过总数。2023年一季度为{then_all}个中的{then}个。
starts | All of {new}, which is {share}% of the {all} on the list. The province in the same window of 2023: {province}%; the city in the first quarter of 2023: {city}%. No list of the projects was found. | 指{new}个中的全部，占清单{all}个的{share}%。全省2023年同期开工率为{province}%，本市2023年一季度为{city}%。未找到项目名单。
first_round | The first round of 2020 to 2022 had {first} projects, but it is another programme. | 2020—2022年首轮为{first}个项目，但两者不是同一工程。
granular | Of {total} projects, {counts} give the printed rate; {values} of the rates that can be printed with so many decimals are attainable. A share of projects or a ratio of money, then: the test cannot tell, and a ratio of money never fails it. Rates of the same name that cannot be shares of projects: {controls}. | 就{total}个项目而言，{counts}能得出该完成率；同样小数位的公布值中，可以取到的有{values}。它可能是项目个数占比，也可能是金额之比，检验无法分辨，金额之比也不会被检验否定。同名而不可能是项目个数占比的：{controls}。
time_share | If the plan is that of the year, {elapsed}% of the time had passed. No amount is printed, so no plan can be derived. | 若以全年计划为分母，时间进度为{elapsed}%。未公布金额，无法倒推计划。
above_all | A rate above one hundred per cent cannot be a share of projects. If the plan is that of the year, {elapsed}% of the time had passed. No amount is printed, so no plan can be derived. | 超过百分之百的完成率不可能是项目个数占比。若以全年计划为分母，时间进度为{elapsed}%。未公布金额，无法倒推计划。
levels | {urban} / {rural} yuan = {ratio}. | {urban}元/{rural}元={ratio}。
from_next | {next} in 2022 plus its stated change gives {range}. | 2022年为{next}，加上公布的变动，得{range}。
from_ningbo | Ningbo's ratio plus the stated difference gives {range}. | 宁波的倍差加上公布的差额，得{range}。
wedge | From the part of the year that is printed, scaled as in an earlier year of the same place: {range} over four assumptions on what stays the same. | 由当年已公布的部分时段，按同一地区较早年份的部分与全年之比推算：四种“保持不变”的假定合计为{range}。
chain | From the last printed year, moved on by parts of the later years: {range} over the same assumptions. | 由最近一个公布年份，按此后各年部分时段的变动逐年推算：在同样的假定下合计为{range}。
villages_province | In the province, {then}% of villages had 500,000 yuan of operating income or more in 2022 and {now}% in 2025. That is one of the two thresholds and another area: it bounds nothing. | 全省经营性收入50万元以上的行政村，2022年占{then}%，2025年占{now}%。这只是两个门槛之一，且范围不同，构不成约束。
thresholds | Total income of {total} and operating income of {own} (10k yuan): a name, not an amount. | 总收入{total}万元、经营性收入{own}万元：这是名称，不是金额。
key_list | The municipal key list of 2023 had {listed} urban-renewal projects, but of another scope. | 2023年市重点项目计划中有{listed}个城市更新项目，但范围不同。
per_county | {each} projects per county, and at least {floor} (100 million yuan) in all. No figure from elsewhere was found. | 平均每县{each}个项目，总投资至少{floor}亿元。未找到外部数据。
new_chains | {new} of {all} chains are new ({share}%), and new ones cannot be more than all. | {all}条中新认定{new}条（{share}%），新认定数不会超过累计数。
stock_chains | Without the new ones, {stock} before; the total cannot be below the new ones. | 扣除新认定，此前为{stock}条；累计数不会少于新认定数。
per_cluster | {each} projects per cluster. No figure from elsewhere was found. | 平均每个集聚区{each}个项目。未找到外部数据。
per_team | Fewer than {each} entrepreneurs per team. Teams cannot outnumber entrepreneurs. | 每个团队不足{each}名创业者。团队数不会超过创业者人数。
per_entrepreneur | More than {each} yuan for each of the entrepreneurs. Whose gain it is, the text does not say. No figure from elsewhere was found. | 折合每名创业者超过{each}元；原文未说明是谁的增收。未找到外部数据。
earlier | Printed elsewhere, as of {period}: {then}. | 另一处公布的同一指标，截至{period}：{then}。
earlier_double | Printed elsewhere, as of {period}: {then}. It is exactly {times} for each of the {stations} stations. | 另一处公布的同一指标，截至{period}：{then}。恰为{stations}个站点每站{times}个。
earlier_each | Printed elsewhere, as of {period}: {then}. {household} yuan per household if the households had all of it, and {collective} yuan per collective if the collectives had: upper bounds. | 另一处公布的同一指标，截至{period}：{then}。若全归农户，每户为{household}元；若全归村集体，每个村集体为{collective}元：均为上限。
earlier_youth | Printed elsewhere, as of {period}: {then}. {each} households for each youth placed. | 另一处公布的同一指标，截至{period}：{then}。平均每名进站青年带动{each}户。
per_station | {each} for each station. No figure from elsewhere was found. | 平均每个站点{each}人。未找到外部数据。
rooms | A rule, no count of stays. The city printed {rooms} rooms in 2024. | 这是规则，原文没有住宿人次。全市2024年公布有{rooms}间。
nights | {days} days hold {nights} nights. | {days}天含{nights}晚。
fee_share | {share}% of the national average fee for a month in 2025. Other children and another area: it bounds nothing. | 相当于2025年全国月均托育费用的{share}%。对象和范围不同，构不成约束。
voucher | The subsidy comes to {amount} yuan for each claim, against {monthly} yuan for one voucher and month. On average a claim, then, cannot be one monthly voucher; what else it is, the text does not say. | 平均每人次补助{amount}元，而一个月的托育券为{monthly}元。可见平均而言一人次不会等于一张月度券；究竟指什么，原文未说明。
sites | The city counted {city} meal sites of all kinds in the middle of 2025. That is a lower bound, so it limits nothing. | 2025年年中全市各类助餐点为{city}个。这是下限，构不成约束。
coverage | If one point serves one village, the two claims allow {villages} villages; no official number of villages was found. The province in the middle of 2023: {province}%. | 若一个点服务一个村，两项数字允许的村数为{villages}个；未找到官方村数。全省2023年年中为{province}%。
events_province | The province counted {events} performances sent to the countryside in 2017: an order of magnitude, no more. | 全省2017年送戏下乡{events}场：只能比较数量级。
chain_floor | At least {floor} (100 million yuan) for all chains; the output of the province: {province}. | 全部产业链至少{floor}亿元；全省产值为{province}亿元。
control | {printed}% of {total} ({place}, {period}) | {place}{period}{total}个项目的{printed}%
share_of | {count} of {total} | {total}中的{count}
""")  # noqa: E501

_WORDS = pairs("""
exact | {low} | {low}
span | {low} to {high} | {low}至{high}
inside | above {low}, below {high} | 大于{low}、小于{high}
at_least | at least {low} | 不低于{low}
more_than | more than {low} | 超过{low}
at_most | at most {high} | 不高于{high}
less_than | less than {high} | 低于{high}
""")


def said(key: str, **parts: Any) -> str:
    """A text of the table in both languages (`labels.both`), its slots filled.

    A part is (number or interval, decimals); or text: what `both` gives, the key of a value, or
    itself.

    >>> said("nights", days=(7, 0), nights=(6, 0))
    '7 days hold 6 nights. ‖ 7天含6晚。'
    """
    texts = {}
    for lang in LANGUAGES:
        shown = {name: part_text(part, lang) for name, part in parts.items()}
        texts[lang] = TEXTS[key][lang].format(**shown)
    return both(**texts)


def said_each(key: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The texts of several rows, one after the other."""
    cells = [said(key, **row) for row in rows]
    words = [[label("values", cell, lang) for cell in cells] for lang in LANGUAGES]
    return both("; ".join(words[0]), "；".join(words[1]))


def part_text(part: Any, lang: str) -> str:
    """A slot in one language."""
    if isinstance(part, str):
        try:
            return label("values", part, lang)
        except KeyError:
            return part
    value, decimals = part
    return (
        interval_words(value, decimals, lang)
        if isinstance(value, Interval)
        else number_words(value, decimals, lang)
    )


def number_words(number: float, decimals: int, lang: str) -> str:
    """A number with so many decimals, grouped by thousands in English.

    >>> number_words(1074.84, 1, "en"), number_words(1074.84, 1, "zh")
    ('1,074.8', '1074.8')
    """
    return f"{number:,.{decimals}f}" if lang == "en" else f"{number:.{decimals}f}"


def interval_words(interval: Interval, decimals: int, lang: str, whole: bool = False) -> str:
    """An interval in words; of an identified set, which ends are open, and no low end of 0.

    With `whole` both ends are given whatever they are.

    >>> interval_words(Interval(95, math.inf, "identified_set"), 0, "zh")
    '不低于95'
    >>> interval_words(Interval(0, 500, "identified_set", high_closed=False), 0, "en")
    'less than 500'
    """
    low, high = interval.low, interval.high
    if low == high:
        form = "exact"
    elif math.isinf(high):
        form = "at_least" if interval.low_closed else "more_than"
    elif interval.kind != "identified_set" or whole:
        form = "span"
    elif low == 0:
        form = "at_most" if interval.high_closed else "less_than"
    else:
        form = "span" if interval.low_closed or interval.high_closed else "inside"
    ends = {"low": low, "high": high}
    texts = {
        name: "" if math.isinf(end) else number_words(end, decimals, lang)
        for name, end in ends.items()
    }
    return _WORDS[form][lang].format(**texts)
