"""Words of enumerations: key | English | Chinese."""

from __future__ import annotations

from indicators.labels.pairs import pairs

VALUES = pairs("""
qian_xiang_wan_yi | thousand-projects programme (千项万亿) | “千项万亿”工程
modern_beautiful_town | modern beautiful towns | 现代化美丽城镇建设
beautiful_town | beautiful towns (2020–2022) | 美丽城镇建设（2020—2022年）
urban_renewal | urban renewal | 城市更新
batch_starts | batch starts | 重大项目集中开工
provincial_key_projects | provincial key projects | 省重点建设项目
municipal_key_projects | municipal key projects | 市重点建设项目
completion_rate | completion rate | 投资完成率
new_start_rate | start rate of new projects | 新开工项目开工率
completed_investment | completed investment | 完成投资
planned_investment | plan of the year | 年度计划
projects | projects | 项目数
annual | against the plan of the year | 按年度计划口径
to_date | against the plan to date | 按进度计划口径
both | both readings | 两种口径
printed_plan | printed plan | 公布的计划
coincide | whole year: no difference | 全年数据，两种口径无差别
annual_only | the year's plan only | 仅年度口径相符
annual_shifted | the year's plan only, if a point slipped | 仅年度口径相符（假定原文小数点错位）
to_date_only | the plan to date only | 仅进度口径相符
neither | neither | 两种口径均不相符
attainable | attainable | 可以取到
not_attainable | not attainable | 无法取到
not_testable | cannot be tested | 无法检验
tested | pair of this page | 本页数对
negative_control | negative control | 反向对照
positive_control | positive control: start rate | 正向对照：开工率
other | other pair | 其他数对
more_projects | more projects | 项目数增加
more_per_project | more per project | 单个项目投资增加
all_growth | all growth | 全部增长
plan | plan of the year | 年度计划
rate | completion rate | 投资完成率
100m_yuan | 100 million yuan | 亿元
count | number | 个
percent | percent | %
statistical_office | statistical office | 统计部门
government | government | 政府
official_press | official press | 官方媒体
press | press | 媒体
academic | academic | 学术
dataset | data set | 数据集
mirror | copy | 转载
secondary | secondary | 二手资料
article | article examined | 所分析文章
first_list | first list | 首批清单
final_list | final list | 最终清单
schedule | schedule | 应完成进度
page | rate of this page | 本页完成率
programme | other rates of the programme | 同一工程的其他完成率
others | rates of other programmes | 其他工程的完成率
full_year | full year against the implied plan | 全年完成投资与倒推计划之比
printed | printed | 直接公布
derived | derived | 推算
claimed | claim of the article | 文章所称
copied | copy or secondary source | 转载或二手来源
suspect | suspect | 存疑
not_found | not in the tables | 表中没有
normal | normal | 正常
provisional | provisional | 初步数
superseded | superseded | 已被取代
linear | linear | 按月均匀
half_up | half up | 四舍五入
half_down | half down | 五舍六入
half_up_or_down | half up or down | 四舍五入或五舍六入
truncate | truncated | 截断
eq | as printed | 等于
ge | at least | 以上
gt | more than | 超
le | at most | 不超过
lt | less than | 低于
about | about | 左右
near | nearly | 近
more | and a part above | 余
implied_plan | Implied plan of the year | 倒推年度计划
full_year_rate | Rate of the full year | 全年完成率
growth_split | Split of growth | 增长分解
moving_denominator | Moving denominator | 分母变动
share_of_projects | This page's rate as a share of projects | 本页完成率的项目个数占比检验
chain_ladder | Chain ladder | 链梯法
wedge | scaled from a part of the year | 由年内时段换算
chain | moved on from a printed year | 由公布年度推移
claim | claim | 文章说法
same_ratio | ratio of the two ratios stays | 两倍差之比不变
same_difference | difference of the two stays | 两倍差之差不变
same_gap_ratio | ratio of both less one stays | 倍差减一之比不变
same_log_ratio | ratio of their logarithms stays | 倍差对数之比不变
whole_route | all four assumptions | 四种假定合计
claimed_ratio | Test of a claimed ratio | 检验文章所称倍差
wedge_route | Scaling from a part of the year | 由年内时段换算全年倍差
chain_route | Moving on from a printed year | 由公布年度逐年推移倍差
implied_weight | Weight implied by the survey | 调查隐含权重
theil_parts | Split of the change of Theil's T | 泰尔指数变动分解
implied | survey's own weight | 调查隐含权重
official | official share, end of year | 年末常住人口城镇化率
census | census share | 人口普查城镇人口占比
ratio_part | goes with the ratio | 倍差变动
share_part | goes with the urban share | 城镇人口占比变动
all_change | change in all | 变动合计
theil_t | Theil's T | 泰尔指数T
theil_l | Theil's L | 泰尔指数L
urban_income | urban income per head | 城镇居民人均可支配收入
growth_of_urban_income | growth of urban income, % | 城镇居民收入增长率（%）
growth_of_rural_income | growth of rural income, % | 农村居民收入增长率（%）
Q1-Q3 | first three quarters | 前三季度
H1 | first half | 上半年
Q1 | first quarter | 一季度
""")
