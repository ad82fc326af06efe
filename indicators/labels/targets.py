"""Targets: names, statuses and gates that no other table has: key | English | Chinese."""

from __future__ import annotations

from indicators.labels.pairs import pairs

TARGETS = pairs("""
all_income | income per head | 居民人均可支配收入
rural_income | rural income per head | 农村居民人均可支配收入
ratio_stated | urban–rural income ratio | 城乡居民收入倍差
city_gdp_per_capita_max_min_ratio | highest to lowest city output | 设区市人均生产总值倍差
common_prosperity_villages | common-prosperity villages | 共同富裕村
county26_income_to_province | income of 26 counties to the province | 山区26县收入与全省平均之比
culture_area_per_10k | cultural floor space per 10,000 people | 每万人公共文化设施面积
digital_core_revenue | revenue of core digital industries | 数字经济核心产业营业收入
education_years | mean years of education | 劳动年龄人口平均受教育年限
labour_productivity | labour productivity | 全员劳动生产率
labour_share_gdp | labour share of output | 劳动报酬占生产总值比重
low_income_farm_growth | growth of low-income farmers' income | 低收入农户收入增速
skilled_worker_share | share of skilled workers | 技能人才占从业人员比重
west5_income_to_city | income of five western counties to the city | 西部五区县收入与全市平均之比
fixed_asset_investment.growth_rate | growth of fixed-asset investment | 固定资产投资增速
fixed_asset_investment.investment | fixed-asset investment | 固定资产投资
modern_beautiful_town.demonstration_towns | modern demonstration towns | 现代化美丽城镇示范镇
old_community_renovation.communities | old communities renovated | 老旧小区改造
old_community_renovation.lifts_added | lifts added to old buildings | 老旧小区住宅加装电梯
old_community_renovation.projects_completed | old communities completed | 老旧小区改造完工项目
qian_xiang_wan_yi.completed_investment | thousand projects: completed | “千项万亿”工程完成投资
qian_xiang_wan_yi.completion_rate | thousand projects: completion rate | “千项万亿”工程投资完成率
qian_xiang_wan_yi.five_year_investment | thousand projects: five-year total | “千项万亿”工程五年总投资
qian_xiang_wan_yi.industry_share | thousand projects: industry | “千项万亿”工程产业占比
qian_xiang_wan_yi.projects | thousand projects: number | “千项万亿”工程项目数
met | met | 已达到
already_met | met when it was set | 设定时已达到
missed | missed | 未达到
undecided | undecided | 无法判定
outcome_missing | due, not in print | 已到期，结果未公布
not_yet_due | not yet due | 未到期
no_outcome_named | no outcome in the tables | 表中没有结果
not_judged | suspect or replaced | 存疑或已被取代
was_met | met | 已达到
was_not_met | not met | 未达到
was_undecided | undecided | 无法判定
no_figure_then | no figure from then | 当时没有数据
set_year_unknown | year of setting unknown | 设定年份不详
counted_anew | counted anew each year | 逐年重新计算
at_setting | when it was set | 设定时
latest_year | latest whole year | 最新年度
meets | meets the target | 达到目标
fails | short of the target | 低于目标要求
ratio_reached_early | A ratio target met before it was due | 城乡居民收入倍差目标提前达到
growth_needed | Growth that a target needed | 达到目标所需增速
reach_drawn | Distance to the target | 与目标的距离
timeline_drawn | Figures since the target was set | 目标设定以来的数据
""")  # noqa: E501
