"""Heads of tables and names of axes: key | English | Chinese."""

from __future__ import annotations

from indicators.labels.pairs import pairs

COLUMNS = pairs("""
amount | Completed investment | 完成投资
amount_per_project | Completed investment per project | 单个项目完成投资
attainable | Rounds to the printed rate | 取整后等于公布的完成率
attainable_share | Share of printable rates that are attainable | 可取到的公布值占比
attainable_values | Attainable of all printable rates | 可取到的公布值/全部可能值
bound | Bound | 界限
change | Change | 变动
compared_high | Plan compared, to | 对照计划上限
compared_low | Plan compared, from | 对照计划下限
completed_investment | completed investment | 完成投资
component | Component | 构成
count | Projects out of the total | 项目个数
counts | Attainable counts | 对应的项目个数
elapsed | Time elapsed | 时间进度
estimate | Point | 点值
evidence | Evidence | 依据类别
final_value | Final list | 最终清单
first_value | First list | 首批清单
full_year_rate | Whole year against that plan | 全年完成投资与该计划之比
half_down | Half down | 五舍六入
half_up | Half up | 四舍五入
half_up_or_down | Half up or down | 四舍五入或五舍六入
high | Upper end | 上限
index | Index, first list = 100 | 指数（首批清单=100）
indicator | Indicator | 指标
kind | Kind of interval | 区间性质
lead | Ahead of schedule, points | 快于进度（百分点）
list | List | 清单
log_points | Contribution, log points | 贡献（对数点）
low | Lower end | 下限
measure | Measure | 指标
money_unit | Unit of rounding | 金额取整单位
months | Months elapsed | 已过月数
panel | Panel | 分图
period | Period | 时期
place_code | Place | 地区
plan_annual | Implied plan, annual reading | 倒推计划，年度口径
plan_to_date | Implied plan, to-date reading | 倒推计划，进度口径
planned_investment | plan of the year | 年度计划
power | Rates the test could have caught | 检验可排除的公布值占比
printed | Printed rate, % | 公布的完成率（%）
programme | Programme | 工程
projects | projects | 项目数
rate | Completion rate | 投资完成率
reading | Reading of the rate | 完成率口径
role | Role | 数对类型
rounding | Rounding | 取整规则
scheduled_share | Share of the year scheduled | 应完成进度
series | Series | 系列
share | Share of projects | 项目个数占比
source_id | Source | 来源
total | Projects | 项目数
truncate | Truncated | 截断
unit | Unit | 单位
value_after | Later year | 后一年
value_before | Earlier year | 前一年
verdict | Verdict | 检验结果
year | Year | 年度
year_after | Later year | 后一年度
year_amount | Completed in the year | 全年完成投资
year_before | Earlier year | 前一年度
""")
