"""Heads of tables and names of axes: key | English | Chinese."""

from __future__ import annotations

from indicators.labels.pairs import pairs

COLUMNS = pairs("""
actual_ratio | Ratio from printed incomes | 按公布收入计算的倍差
against_high | Range compared, to | 对照区间上限
against_low | Range compared, from | 对照区间下限
ahead | Years ahead | 预测期（年）
amount | Completed investment | 完成投资
amount_per_project | Completed investment per project | 单个项目完成投资
answer | Answer | 回答
arithmetic | Arithmetic | 核算
as_of | As of | 截至
as_printed | Printed | 原文数字
assumption | Assumption | 假定
at | Place on the axis of time | 时间轴位置
at_both_ends | In first and last year | 首尾两年均有
attainable | Rounds to the printed rate | 取整后等于公布的完成率
attainable_share | Share of printable rates that are attainable | 可取到的公布值占比
attainable_values | Attainable of all printable rates | 可取到的公布值/全部可能值
base | Figure when it was set | 设定时的数据
base_year | Base year | 基期年度
basis | Survey basis | 调查口径
bound | Bound | 界限
break_reason | Reason of the break | 断点原因
c_star | c* | 临界值c*
came | Printed ratio | 公布的倍差
caught | Figures the check would have caught | 检验可查出的数字
change | Change | 变动
check | What could test it | 核验方法
check_power | Figures the check could have caught | 检验可查出的数字占比
choice | Choice | 选择
claim_id | Claim | 编号
claim_reading | Reading of a claim | “人次”的含义
claims | Claims | 所含数字
closed | Closed | 缩小快慢
club | Club | 俱乐部
clubs | Clubs | 俱乐部个数
code_2010 | Code 2010 | 2010年代码
code_2020 | Code 2020 | 2020年代码
coef | b of log t | log t系数b
comparable | Comparable | 是否可比
comparator | Sense of the target | 目标方向
compared | Compared | 比较方式
compared_least | Plan compared, from | 对照计划下限
compared_most | Plan compared, to | 对照计划上限
compared_set | Compared with | 对照范围
compared_with | Compared with | 对照地区
complete | In every year | 各年均有
completed_investment | completed investment | 完成投资
component | Component | 构成
computed | Ratio from the two incomes | 由城乡居民收入计算的倍差
computed_verdict | Computed ratio says | 按计算值判断
count | Projects out of the total | 项目个数
counts | Attainable counts | 对应的项目个数
covered_count | Covered villages | 已覆盖村（社）
covered_high | Covered villages, to | 已覆盖村（社）上限
covered_low | Covered villages, from | 已覆盖村（社）下限
curve_rank | Place in the curve | 曲线中的位置
data_set | Set of figures | 数据组合
denominator | Denominator | 分母
derived_rate | Rate worked out | 推算比率
direction | Spread | 离散程度
direction_without | Without the doubtful pairs | 剔除存疑单位后
discarded | First years left out | 舍去的期初年数
divergent | Units in no club | 不属于任何俱乐部的单位数
doubtful | Doubtful | 是否存疑
drawn_as | Drawn as | 图中作为
elapsed | Time elapsed | 时间进度
error | Error | 误差
error_high | Error, to | 误差上限
error_low | Error, from | 误差下限
estimate | Point | 点值
evidence | Evidence | 依据类别
evidence_allowed | Evidence allowed | 允许的依据
external | Resting on figures from elsewhere | 依据外部数据
faster | Measures in which it is faster | 缩小更快的衡量方式数
field | Field | 领域
final | Figure of the later census | 后次普查值
final_value | Final list | 最终清单
first | First statement | 前者
first_met | First met in print | 首次达到（公布数）
first_value | First list | 首批清单
first_year | First year | 起始年份
flips | From yes to no, or back | 回答反转的对数
forecasts_made | Past forecasts | 以往预测次数
form | Form | 形式
found_set | Under this reading | 按此理解
from_article | Resting on the article itself | 依据文章自身
full_year_rate | Whole year against that plan | 全年完成投资与该计划之比
gap | Gap | 收入差额
gap_change | Change since | 比该年变动
gap_direction | Gap | 差额变动方向
gap_share | Log of the ratio minus one | 倍差减一的对数
grade | Grade of source | 来源等级
grades | Grades of sources | 来源等级
group | Group | 分组
growth | Growth of rural income | 农村居民收入增幅
growth_before | Growth a year until then | 此前年均增速
growth_high | Growth, to | 增长率上限
growth_low | Growth, from | 增长率下限
growth_needed | Growth a year needed | 达到目标所需年均增速
growth_secured | Growth a year that the bound secures | 下限所保证的年均增速
half_down | Half down | 五舍六入
half_life | Half-life, years | 半衰期（年）
half_up | Half up | 四舍五入
half_up_or_down | Half up or down | 四舍五入或五舍六入
held | Within the range | 落在区间内
held_count | Within the interval | 落在区间内
held_share | Share within | 落在区间内的比例
high | Upper end | 上限
high_closed | Upper end included | 含上限
implied_mean | Mean that the share would give | 按该占比计算的全体居民收入
incomes_held | Income held | 已有收入数据
index | Index, first list = 100 | 指数（首批清单=100）
index_value | Index, base year = 100 | 指数（基年=100）
indicator | Indicator | 指标
indicators | Number of indicators | 指标个数
inequality_measure | Measure | 指标
initial | Figure of the earlier census | 前次普查值
interval | All values it allows | 允许取值
interval_level | Level | 区间水平
item | Item | 项目
joined | Joined to the year before | 与上年相连
joins | Clubs before merging | 合并前的俱乐部
kind | Kind of interval | 区间性质
largest_change | Largest change of the year | 年份最大变动
last_value | Last exact figure | 最近一个确切数
last_year | Last year | 终止年份
lead | Ahead of schedule, points | 快于进度（百分点）
list | List | 清单
log_points | Contribution, log points | 贡献（对数点）
log_ratio | Log of the ratio | 倍差的对数
log_t | t of log t | log t检验的t值
low | Lower end | 下限
low_closed | Lower end included | 含下限
made_from | Made from | 计算依据
mase | Mean absolute scaled error | 平均绝对标度误差
mean_gap | That minus the printed mean | 与公布值之差
measure | Measure | 衡量方式
measured | Income | 收入指标
members | Members | 所含单位
method | Method | 方法
missing_years | Years missing | 缺少的年份
money_unit | Unit of rounding | 金额取整单位
months | Months elapsed | 已过月数
months_high | Monthly vouchers, to | 月度券张数上限
months_low | Monthly vouchers, from | 月度券张数下限
moved | Ranks moved | 位次变动
moved_units | Units that change clubs | 改变俱乐部的单位数
multiple_high | Upper end, printed figure = 1 | 上限（原文数字=1）
multiple_low | Lower end, printed figure = 1 | 下限（原文数字=1）
n | Units | 单位数
no | No | 否
number_of_claims | Number of claims | 个数
numerator | Numerator | 分子
of_page | Claim of this page | 本页所考察
omissions | Units that alone change it | 单独剔除即改变判断的单位数
one_each | One point a village possible | 可否一村一点
outcome | Latest outcome | 最新结果
outcome_bound | Bound of the outcome | 结果的界限
outcome_period | Period of the outcome | 结果所属时期
p_value | p, Pitman–Morgan | P值（Pitman–Morgan）
pair | Pair | 比较类型
pairs | Pairs | 单位范围
pairs_compared | Pairs of results | 结果对数
panel | Panel | 分图
paragraph | Block of text | 版块
part | Part | 部分
part_of_year | Part of the year | 年内时段
period | Period | 时期
period_first | Period of the first | 前者时期
period_second | Period of the second | 后者时期
phrase | Phrase | 原文语句
pitman_morgan | r, Pitman–Morgan | 相关系数r（Pitman–Morgan）
place_2010 | Unit in 2010 | 2010年单位
place_2020 | Unit in 2020 | 2020年单位
place_code | Place | 地区
place_first | Place of the first | 前者地区
place_second | Place of the second | 后者地区
plan_annual | Implied plan, annual reading | 倒推计划，年度口径
plan_to_date | Implied plan, to-date reading | 倒推计划，进度口径
planned_investment | plan of the year | 年度计划
point | Point in time | 时点
points_high | Meal points, to | 助餐点上限
points_low | Meal points, from | 助餐点下限
possible | Figures that could have been printed | 可能的数字个数
power | Rates the test could have caught | 检验可排除的公布值占比
power_median | Power, median | 检验力中位数
printed | Printed rate, % | 公布的完成率（%）
printed_figure | As printed | 公布值
printed_mean | Printed mean of all residents | 公布的全体居民收入
printed_rate | Rate as printed | 公布的比率
printed_share | Share as printed, % | 公布的比重（%）
printed_value | Figure as printed | 原样公布数
programme | Programme | 工程
projects | projects | 项目数
provisional | Provisional evidence | 依据尚属初步
quantity | Quantity | 指标
r_squared | R squared | 判定系数
rank_final | Rank at the later census | 后次普查位次
rank_initial | Rank at the earlier census | 前次普查位次
rank_p | p, ranks | P值（秩检验）
rate | Completion rate | 投资完成率
ratio | Ratio | 倍差
ratio_interval | Interval of that ratio | 该比值的区间
reach | Share of the target | 与目标之比
reaches | Reaches the coverage asked about | 是否达到所问水平
reading | Reading of the rate | 完成率口径
reason | Why this verdict | 结论的理由
rejected | Convergence rejected | 是否拒绝趋同
relation | Relation | 对照关系
relative | Relative path | 相对路径
remark | Remark | 提示
rests_on | Rests on | 结论的依据
results | Distinct results | 不同结果
role | Role | 数对类型
rounding | Rounding | 取整规则
route | Route | 路径
rural | Rural income per head | 农村居民人均可支配收入
rural_growth | Growth of rural income | 农村居民收入增幅
rural_lead | Rural minus urban growth | 农村增速减城镇增速
said | Target in words | 目标表述
sample_size | Villages drawn | 抽取村（社）数
scale | Scale | 尺度
scheduled_share | Share of the year scheduled | 应完成进度
scope | Scope of urban income | 城镇居民收入统计范围
sd_final | Spread in 2020 | 2020年标准差
sd_first | Spread, first year | 首年标准差
sd_initial | Spread in 2010 | 2010年标准差
sd_last | Spread, last year | 末年标准差
second | Second statement | 后者
section | Section | 所在部分
segment | Line | 连线
sentence | Sentence | 句子
series | Series | 系列
set_in | Set in | 设定年份
share | Share of projects | 项目个数占比
since | Since | 对比年份
sizes | Units in each club | 各俱乐部单位数
slope | Slope of growth | 斜率
slope_high | Slope, upper end | 斜率上限
slope_interval | Interval of the slope | 斜率的区间
slope_low | Slope, lower end | 斜率下限
slope_p | p of the slope | 斜率的P值
source_id | Source | 来源
specifications | Combinations that give it | 得出该结果的组合数
spread_ratio | Spread, 2020 over 2010 | 2020年与2010年标准差之比
stated | Stated ratio | 公布的倍差
stated_verdict | Stated ratio says | 按公布值判断
statement | Statement | 说法
status | Status | 状态
std_error | Standard error | 标准误
strictness | What is allowed | 允许的选择
subject | Subject | 内容
t1 | T1, Lichtenberg | T1（Lichtenberg方差比）
t1_p | p of T1 | T1的P值
t2 | T2, Carree–Klomp | T2（Carree–Klomp统计量）
t2_p | p of T2 | T2的P值
t3 | T3, Carree–Klomp | T3（Carree–Klomp统计量）
t3_p | p of T3 | T3的P值
taken | How the ratio is taken | 倍差取法
target | Target | 目标
target_id | Row | 编号
target_year | Due | 目标年
text_kind | Kind of text | 文字类型
theil_first | First year of the page | 首年
theil_last | Last year of the page | 末年
threshold | Growth that keeps the gap | 维持差额不变的增幅
tile_col | Column of the grid | 网格列
tile_row | Row of the grid | 网格行
to_undecided | One of the two undecided | 其中一个无法判定的对数
too_high | Too high | 预测偏高
total | Projects | 项目数
trim | Share left out | 舍去比例
truncate | Truncated | 截断
undecided | Undecided | 无法判定
unit | Unit | 单位
urban | Urban income per head | 城镇居民人均可支配收入
urban_growth | Growth of urban income | 城镇居民收入增幅
used | Used on this page | 本页采用
value | Value | 数值
value_after | Later year | 后一年
value_before | Earlier year | 前一年
verdict | Verdict | 结论
villages | Number of villages | 村（社）总数
when_set | When it was set | 设定时是否已达到
whole_year | Whole year | 是否全年
window | Window | 窗口
within_horizon | Within the horizon | 是否在期限内
year | Year | 年度
year_after | Later year | 后一年度
year_amount | Completed in the year | 全年完成投资
year_before | Earlier year | 前一年度
yearly_speed | Speed a year | 年趋同速度
years_held | Years held | 已有年数
yes | Yes | 是
yuan_gap | Gap in yuan | 收入差额
""")
