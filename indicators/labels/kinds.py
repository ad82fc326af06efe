"""Kinds of intervals: key | English | Chinese."""

from __future__ import annotations

from indicators.labels.pairs import pairs

KINDS = pairs("""
exact | exact | 精确值
rounding_interval | rounding interval | 舍入区间
identified_set | identified set | 识别集
sampling_ci | sampling confidence interval | 抽样置信区间
model_ci | model confidence interval | 模型置信区间
prediction_interval | prediction interval | 预测区间
scenario_range | scenario range | 情景区间
""")
