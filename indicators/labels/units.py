"""Units: key | English | Chinese. A count has no word, and a year none in English."""

from __future__ import annotations

from indicators.labels.pairs import pairs

UNITS = pairs("""
1000_yuan | 1,000 yuan | 千元
100m_yuan | 100 million yuan | 亿元
10k_count | 10k items | 万个
10k_dwellings | 10k dwellings | 万套
10k_events | 10k events | 万场
10k_households | 10k households | 万户
10k_m2 | 10k m² | 万平方米
10k_person_times | 10k claims | 万人次
10k_persons | 10k persons | 万人
10k_places | 10k places | 万个
10k_yuan | 10k yuan | 万元
beds | beds | 张
count | |
households | households | 户
index | index | 指数
km | km | 公里
log_points | log points | 个对数点
m2 | m² | 平方米
months | months | 个月
per_1000_elderly | per 1,000 elderly | 张/千名老年人
per_1000_live_births | per 1,000 live births | ‰
per_1000_persons | per 1,000 persons | 每千人
per_100k_live_births | per 100,000 live births | 1/10万
per_100k_persons | per 100,000 persons | 每十万人
per_10k_elderly | per 10,000 elderly | 每万名老年人
percent | % | %
persons | persons | 人
places | places | 个
points | percentage points | 个百分点
projects | projects | 个项目
ratio | ratio | 比值
rooms | rooms | 间
share | % | %
villages | villages | 个村（社）
year | | 年
years | years | 年
yuan | yuan | 元
yuan_per_hour | yuan an hour | 元/小时
yuan_per_month | yuan a month | 元/月
""")
