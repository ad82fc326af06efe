"""Units: key | English | Chinese. A count has no word."""

from __future__ import annotations

from indicators.labels.pairs import pairs

UNITS = pairs("""
100m_yuan | 100m yuan | 亿元
count | |
index | index | 指数
log_points | log points | 对数点
months | months | 个月
percent | % | %
points | percentage points | 个百分点
projects | projects | 个项目
share | % | %
""")
