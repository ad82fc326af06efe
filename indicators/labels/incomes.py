"""Words of the chapter on urban and rural income: key | English | Chinese."""

from __future__ import annotations

from indicators.labels.pairs import pairs

INCOMES = pairs("""
integrated_survey | integrated household survey | 城乡一体化住户调查口径
integrated_backcast | integrated survey, carried back | 一体化口径回溯数
net_income_pre2013 | separate surveys, rural net income | 城乡分开调查口径（农村为纯收入）
whole_area | whole area | 全域
urban_districts | urban districts | 市区
not_stated | not stated | 未说明
levels | both printed incomes | 公布的城乡两项收入
stated | printed ratio | 公布的倍差
own_pace | own pace | 本地变动
difference | page's place minus this one | 本页地区减该地区
ratio | ratio | 倍差
excess | ratio minus one | 倍差减一
log_ratio | logarithm of the ratio | 倍差的对数
gap_share | logarithm of the ratio minus one | 倍差减一的对数
yuan_gap | gap in yuan | 收入差额
faster | closed faster | 缩小更快
slower | closed slower | 缩小更慢
no_difference | no difference beyond rounding | 差异未超出取整误差
within_rounding | unchanged within rounding | 变动未超出取整误差
gap | gap by year | 各年差额
curve | growth that keeps the gap | 维持差额不变的增幅
observed | printed years | 公布的年份
end | end of the window | 窗口末年
level | level | 水平
change | change | 变动
path | scenario | 情景
target | target | 目标
linear_form | same fall of the ratio every year | 倍差每年降幅（绝对值）不变
log_form | same percentage fall of the ratio | 倍差每年降幅（百分比）不变
gap_decay_form | same percentage fall of the ratio minus one | 倍差减一每年降幅（百分比）不变
levels_to_claim | from printed incomes to the claim | 由公布收入到文章所称倍差
both_claimed | both ratios as the article prints them | 首尾均取文章所称倍差
half_life_gap | half-life of the ratio minus one | 倍差减一的半衰期
half_life_log | half-life of the logarithm of the ratio | 倍差对数的半衰期
threshold | rural growth that keeps the yuan gap | 维持收入差额不变的农村居民收入增幅
log_points_a_year | log points a year | 对数点/年
years | years | 年
convergence_page | Page of a place | 单独成页
relative_pace | Pace beside other places | 与其他地区的速度比较
pace_by_window | Pace by window | 各窗口速度比较
growth_race | Growth of rural and urban income | 城乡居民收入增速比较
trend_test | Trend, drawn on or tested | 趋势的延伸图与检验
time_to_target_inference | Interval for the year of a target | 达标年份的统计推断
drift_forecast | Forecast by the mean step | 按平均变动外推
damped_trend_forecast | Forecast by a damped trend | 阻尼趋势预测
drift | mean step | 平均变动外推
damped_trend | damped trend | 阻尼趋势
""")
