"""Words of the chapter on specifications: key | English | Chinese."""

from __future__ import annotations

from indicators.labels.pairs import pairs

CURVES = pairs("""
printed_only | printed figures only | 仅公布数
with_derived | with derived figures | 含推算数
with_claim | with the claim | 含文章所称倍差
a_to_c | sources of grade A to C | A至C级来源
with_d | with grade D | 含D级来源
all_options | all | 全部
strictest_options | strictest | 要求最高
faster_than_china | closed faster than China | 缩小快于全国
faster_than_zhejiang | closed faster than Zhejiang | 缩小快于浙江省
faster_than_either | closed faster than the place compared | 缩小快于对照地区
gap_widened | gap in yuan widened | 收入差额扩大
measure | measure | 衡量方式
first_year | first year | 起始年份
last_year | last year | 终止年份
basis | survey basis | 调查口径
evidence_allowed | evidence allowed | 允许的依据
grades | grades of sources | 来源等级
taken | how the ratio is taken | 倍差取法
compared_with | place compared with | 对照地区
form | form of the scenario | 情景形式
pace_curve | Curve of the paces | 速度的设定曲线
scenario_curve | Curve of the scenarios | 情景的设定曲线
""")
