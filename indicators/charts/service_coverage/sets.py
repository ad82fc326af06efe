"""Statements on coverage as sets of shares."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from pandas import DataFrame

from indicators.charts import (
    GREY,
    INK,
    WIDTH,
    bar_legend,
    bar_style,
    ink,
    number_text,
    place_colour,
    write_near,
)
from indicators.labels import label

TEXTS = {
    "share_axis": {"en": "All shares that the statement allows", "zh": "该表述允许的全部取值"},
    "asked": {"en": "asked about: {}%", "zh": "所问水平：{}%"},
    "said": {"en": "printed", "zh": "原文"},
    "reaches": {"en": "reaches it?", "zh": "是否达到"},
    "surely": {"en": "yes", "zh": "是"},
    "surely_not": {"en": "no", "zh": "否"},
    "not_identified": {"en": "not identified", "zh": "无法识别"},
    "eq": {"en": "{}%", "zh": "{}%"},
    "about": {"en": "about {}%", "zh": "{}%左右"},
    "ge": {"en": "at least {}%", "zh": "{}%以上"},
    "gt": {"en": "more than {}%", "zh": "超{}%"},
    "le": {"en": "at most {}%", "zh": "不超过{}%"},
    "lt": {"en": "less than {}%", "zh": "低于{}%"},
    "near": {"en": "nearly {}%", "zh": "近{}%"},
    "more": {"en": "{}% and more", "zh": "{}%余"},
}
# a set narrower than this share of the axis is drawn that wide, or nobody would see it
NARROWEST = 0.004
SAID, ANSWER = 6, 71  # points to the right of the axis where the columns of words begin


def identified_sets(data: DataFrame, lang: str, threshold: float) -> Figure:
    """A bar for each statement, one block for each indicator, and the share asked about.

    `data`: as from `coverage_statements`; `threshold` as there.
    """
    blocks = list(dict.fromkeys(data["indicator"]))
    lines = len(data) + len(blocks)
    figure, axes = plt.subplots(figsize=(WIDTH, 0.85 + 0.2 * lines))
    low = min(data["low"].min(), threshold)
    left, right = low - 0.05 * (1 - low), 1 + 0.03 * (1 - low)
    narrowest = NARROWEST * (right - left)
    height, ticks, names = 0, [], []
    for indicator in blocks:
        name = label("values", indicator, lang)
        heading = name[:1].upper() + name[1:]
        write_near(axes, heading, (left, height), (4, 0), va="center", fontsize=8.5)
        for row in data[data["indicator"].eq(indicator)].itertuples():
            height += 1
            colour = place_colour(row.place_code)
            width = max(row.high - row.low, narrowest)
            look = bar_style(row.evidence, colour)
            axes.barh(height, width, left=row.high - width, height=0.62, **look)
            beside = {"xycoords": axes.get_yaxis_transform(), "va": "center", "fontsize": 7.5}
            said, answer = (
                TEXTS[row.bound][lang].format(row.printed_share),
                TEXTS[row.reaches][lang],
            )
            write_near(axes, said, (1, height), (SAID, 0), color=ink(colour), **beside)
            sure = INK if row.reaches == "surely" else GREY
            write_near(axes, answer, (1, height), (ANSWER, 0), color=sure, **beside)
            gap = " " if lang == "en" else "，"
            place, period = (label("values", name, lang) for name in (row.place_code, row.period))
            ticks.append(height)
            names.append(f"{place}{gap}{period}")
        height += 1
    axes.axvline(threshold, color=INK, linestyle="--", linewidth=0.9, zorder=0.5)
    asked = TEXTS["asked"][lang].format(number_text(100 * threshold, 0, lang))
    axes.text(threshold, -0.75, asked, ha="center", va="bottom", fontsize=7.5)
    heads = {"xycoords": axes.get_yaxis_transform(), "va": "bottom", "fontsize": 7.5}
    write_near(axes, TEXTS["said"][lang], (1, -0.75), (SAID, 0), **heads)
    write_near(axes, TEXTS["reaches"][lang], (1, -0.75), (ANSWER, 0), **heads)
    axes.set_yticks(ticks, names)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(height - 0.4, -0.7)
    axes.set_xlim(left, right)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.grid(axis="x")
    axes.set_xlabel(TEXTS["share_axis"][lang])
    figure.legend(handles=bar_legend(data["evidence"], lang), loc="outside lower left", ncols=5)
    return figure
