"""Words of the audit of claims: key | English | Chinese."""

from __future__ import annotations

from indicators.labels.pairs import pairs

CLAIMS = pairs("""
stale | stale | 沿用旧数
label | label | 名称类数字
title | title | 标题
heading | heading | 小标题
caption | picture caption | 图片说明
text | text | 正文
foundation | material base | 物质基础
urban_rural | town and country | 城乡融合
services | public services | 公共服务
closing | closing | 结尾
external | figures from elsewhere | 外部数据
from_article | the article itself | 文章自身
nothing | nothing | 无
provisional_evidence | provisional evidence | 依据尚属初步
undated | not dated | 未注明
names_something | The number names, orders or limits something; it measures nothing. | 数字用于命名、排序或设限，并非计量。
shares_values | Some value fits both what is printed here and what it is compared with. | 原文数字与对照数字有共同取值。
shares_no_value | No value fits both what is printed here and what it is compared with. | 原文数字与对照数字没有共同取值。
reading_fails | The words have more than one reading, and the figures do not fit them all. | 原文用语有多种理解，现有数字不能与各种理解都相符。
printed_earlier | The same figure was printed for an earlier date. | 同一数字已用于较早的时点。
nothing_beside | Nothing to compare it with was found. | 未找到可对照的数据。
only_context | What was found is of something else, so it decides nothing. | 找到的数据所指不同，不能据以判断。
none_can_fail | No figure of this size could fail the comparison. | 同等量级的任何数字都能通过对照。
trillion_yuan | trillion yuan | 万亿元
days | days | 天
nights | nights | 晚
date | date | 日期
same_quantity | the same quantity | 同一数量
limit | a limit | 上限或下限
reading | another reading | 另一种理解
earlier | an earlier date | 较早时点
context | context | 背景
beside | compared with | 对照
""")  # noqa: E501
