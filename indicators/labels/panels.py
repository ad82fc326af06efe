"""Words of the chapter on panels: key | English | Chinese."""

from __future__ import annotations

from indicators.labels.pairs import pairs

PANELS = pairs("""
own_data | reader's own data | 读者自有数据
urban_and_rural | urban and rural income | 城镇和农村收入
one_of_both | urban or rural income | 城镇或农村收入之一
all_only | income of all residents only | 仅全体居民收入
gini | Gini coefficient | 基尼系数
atkinson | Atkinson's measure, aversion one half | 阿特金森指数（厌恶系数为二分之一）
between_units | between the units | 单位之间
within_units | between town and country within them | 单位内部城乡之间
both_parts | both parts together | 两部分合计
divergent | no club | 不属于任何俱乐部
panel_log_t | Log-t test and convergence clubs | log t检验与趋同俱乐部
panel_line | Growth against the first level | 增长与初始水平
panel_spread | Test of the spread | 离散程度检验
panel_people | Weights by people | 按人口加权
panel_spread_test | Test of the spread, weighted by people | 按人口加权的离散程度检验
panel_theil_parts | Town and country within the units | 单位内部的城乡差距
""")
