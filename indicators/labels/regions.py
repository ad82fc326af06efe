"""Words of the chapter on counties and prefectures: key | English | Chinese."""

from __future__ import annotations

from indicators.labels.pairs import pairs

REGIONS = pairs("""
urban_share | urban share of residents | 常住人口城镇化率
aged_65_plus_share | share aged 65 and over | 65岁及以上人口占比
mean_schooling_years | mean years of schooling | 平均受教育年限
points | original values | 原值
log | logarithms | 对数
logit | logits | 对数几率
all_pairs | all pairs | 全部可比单位
without_doubtful | without the doubtful pairs | 剔除存疑单位
inside_bounds | shares below the ceiling only | 仅未达上限的单位
inside_without_doubtful | below the ceiling, without the doubtful pairs | 未达上限且剔除存疑单位
narrowed | narrowed | 缩小
widened | widened | 扩大
spread_undecided | cannot be told | 无法判断
narrower | narrower, no test | 缩小（未检验）
wider | wider, no test | 扩大（未检验）
scale_undefined | no such scale | 不适用
undefined_slope | undefined: slope not below one | 无定义（斜率不小于一）
undefined_line | undefined: an exact line | 无定义（完全共线）
same | same | 未变
recoded | new code | 代码变更
split | split | 拆分
merged | merged | 并入
boundary_change | territory changed | 辖区变动
at_bound | wholly urban at one census or both | 至少一次普查城镇化率为百分之百
line_without | line without the doubtful pairs | 剔除存疑单位后的回归线
line | line of the counties | 回归线
units | counties | 县（市、区）
hangzhou | counties of Hangzhou | 杭州市各县（市、区）
other_counties | other counties | 其他县（市、区）
doubtful | doubtful pair | 存疑单位
logit_scale | Logit scale | 对数几率尺度
spread_test | Tests of the spread | 离散程度检验
""")
