"""Statements on coverage as sets of shares."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from pandas import DataFrame

from indicators.charts import (
    GREY,
    INK,
    bar_legend,
    bar_style,
    figure_width,
    ink,
    is_narrow,
    number_text,
    place_colour,
    write_near,
)
from indicators.charts.layout import write_row
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
    narrow = is_narrow()
    line, thick = (0.31, 0.4) if narrow else (0.2, 0.62)
    figure, axes = plt.subplots(figsize=(figure_width(), 0.85 + line * lines))
    low = min(data["low"].min(), threshold)
    left, right = low - 0.05 * (1 - low), 1 + 0.03 * (1 - low)
    narrowest = NARROWEST * (right - left)
    height, ticks, names = 0, [], []
    for indicator in blocks:
        name = label("values", indicator, lang)
        heading = name[:1].upper() + name[1:]
        write_near(
            axes, heading, (left, height), (0 if narrow else 4, 0), va="center", fontsize=8.5
        )
        for row in data[data["indicator"].eq(indicator)].itertuples():
            height += 1
            colour = place_colour(row.place_code)
            width = max(row.high - row.low, narrowest)
            look = bar_style(row.evidence, colour)
            axes.barh(height, width, left=row.high - width, height=thick, **look)
            beside = {"xycoords": axes.get_yaxis_transform(), "va": "center", "fontsize": 7.5}
            said, answer = (
                TEXTS[row.bound][lang].format(row.printed_share),
                TEXTS[row.reaches][lang],
            )
            sure = INK if row.reaches == "surely" else GREY
            gap = " " if lang == "en" else "，"
            name = gap.join(label("values", part, lang) for part in (row.place_code, row.period))
            if narrow:
                write_row(axes, height, (name, INK), (said, ink(colour)), (answer, sure))
                continue
            write_near(axes, said, (1, height), (SAID, 0), color=ink(colour), **beside)
            write_near(axes, answer, (1, height), (ANSWER, 0), color=sure, **beside)
            ticks.append(height)
            names.append(name)
        height += 1
    axes.axvline(threshold, color=INK, linestyle="--", linewidth=0.9, zorder=0.5)
    asked = TEXTS["asked"][lang].format(number_text(100 * threshold, 0, lang))
    look = {"ha": "center", "va": "bottom", "fontsize": 7.5, "annotation_clip": False}
    write_near(axes, asked, (threshold, -0.75), (0, 16 if narrow else 0), **look)
    said, reaches = TEXTS["said"][lang], TEXTS["reaches"][lang]
    if narrow:
        write_row(axes, -0.75, ("", INK), (said, INK), (reaches, INK))
    else:
        heads = {"xycoords": axes.get_yaxis_transform(), "va": "bottom", "fontsize": 7.5}
        write_near(axes, said, (1, -0.75), (SAID, 0), **heads)
        write_near(axes, reaches, (1, -0.75), (ANSWER, 0), **heads)
    axes.set_yticks(ticks, names)
    axes.spines["left"].set_visible(not narrow)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(height - 0.4, -0.7)
    axes.set_xlim(left, right)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.grid(axis="x")
    axes.set_xlabel(TEXTS["share_axis"][lang])
    figure.legend(handles=bar_legend(data["evidence"], lang), loc="outside lower left", ncols=5)
    return figure
