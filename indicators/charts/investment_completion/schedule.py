"""Completion rates against the share of the year that has passed."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    GREY,
    INK,
    PALE,
    VERMILION,
    figure_width,
    ink,
    is_narrow,
    marker_legend,
    marker_style,
    spread,
    write_near,
)
from indicators.labels import label, period_label

TEXTS = {
    "months_axis": {"en": "Months of the year elapsed", "zh": "当年已过月数"},
    "rate_axis": {"en": "Completion rate", "zh": "投资完成率"},
    "schedule": {"en": "schedule", "zh": "应完成进度"},
    "same_window": {"en": "same window", "zh": "同期"},
    "whole_year": {"en": "whole year over implied plan", "zh": "全年额/倒推计划"},
}
# The full English name is too long for a label.
SHORT_NAMES = {
    "qian_xiang_wan_yi": {"en": "thousand projects", "zh": "“千项万亿”工程"},
}


def rate_against_schedule(data: DataFrame, lang: str) -> Figure:
    """Completion rates against the months elapsed, with the schedule and the same window.

    `data`: as from `rates_against_schedule`.
    """
    figure, axes = plt.subplots(figsize=(figure_width(), 4.3))
    schedule = data[data["series"] == "schedule"]
    points = data[data["series"] != "schedule"]
    page = points[points["series"] == "page"].iloc[0]
    axes.axvspan(page["months"] - 0.3, page["months"] + 0.3, color=PALE, alpha=0.6, linewidth=0)
    axes.plot(schedule["months"], schedule["rate"], color=INK, linewidth=1, linestyle="--")
    colours = {"page": VERMILION, "full_year": VERMILION, "programme": BLUE, "others": GREY}
    for row in points.itertuples():
        order, size = (3, 4.5) if row.series == "others" else (4, 6.5)
        look = marker_style(row.evidence, colours[row.series])
        axes.plot(row.months, row.rate, zorder=order, markersize=size, **look)
    top = points["rate"].max() + 0.12
    axes.set_ylim(0, top)
    axes.set_xlim(0, 12.4)
    late = points["months"] >= 11
    # in a narrow figure the words beside the panel take two lines as well
    _label_points(axes, points[late], colours, lang, 12.8, wrap=is_narrow())
    _label_points(axes, points[~late & points["months"].ge(7)], colours, lang, 8.6, wrap=True)
    for row in points[points["months"] < 7].itertuples():
        above = row.rate > row.scheduled_share
        sides = {"ha": "right", "va": "bottom"} if above else {"ha": "left", "va": "top"}
        look = {"color": ink(colours[row.series]), "fontsize": 7} | sides
        text, aside = _point_text(row, lang, wrap=True), 8
        if is_narrow():
            # between the axis and the schedule there is little room
            text, aside = text.replace("  ", "\n"), 16 if above else 8
        offset = (aside, 6 if above else 3)
        write_near(axes, text, (row.months, row.rate), offset, **look)
    middle = (8, schedule["rate"].iloc[8])
    write_near(axes, TEXTS["schedule"][lang], middle, (3, -11), fontsize=7.5)
    corner, look = (page["months"] + 0.3, 0), {"ha": "right", "fontsize": 7, "color": GREY}
    write_near(axes, TEXTS["same_window"][lang], corner, (0, 3), **look)
    axes.set_xticks(range(13))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel(TEXTS["months_axis"][lang])
    axes.set_ylabel(TEXTS["rate_axis"][lang])
    axes.grid(axis="y")
    keys = [
        Patch(color=colours[name], label=label("values", name, lang))
        for name in ("page", "programme", "others")
        if name in set(points["series"])
    ]
    handles = [*keys, *marker_legend(points["evidence"], lang)]
    if is_narrow():
        figure.legend(handles=handles, loc="outside lower left", ncols=2)
    else:
        axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(12.45 / 12.4, 0))
    return figure


def _point_text(row, lang: str, wrap: bool) -> str:
    rate = f"{100 * row.rate:.4g}%"
    place, year = label("values", row.place_code, lang), period_label(row.period[:4], lang)
    if row.series == "full_year":
        rest = TEXTS["whole_year"][lang]
    else:
        short = SHORT_NAMES.get(row.programme)
        rest = short[lang] if short else label("values", row.programme, lang)
        rest = rest if row.series == "others" else ""
    gap, comma = (" ", ", ") if lang == "en" else ("", "，")
    comma = comma.strip() + "\n" if wrap else comma
    return f"{rate}  {place}{gap}{year}" + (f"{comma}{rest}" if rest else "")


def _label_points(axes, points: DataFrame, colours: dict, lang: str, x: float, wrap: bool) -> None:
    """Labels in a column at `x`, with a thin line from each to its point."""
    top, left = axes.get_ylim()[1], x < points["months"].min()
    heights = spread(points["rate"], (0.08 if wrap else 0.05) * top)
    sunk = max(0.0, max(heights, default=0.0) - 0.98 * top)
    for row, height in zip(points.itertuples(), heights, strict=True):
        colour, near = colours[row.series], x + (0.1 if left else -0.1)
        look = {"color": colour, "alpha": 0.5, "linewidth": 0.5, "zorder": 2, "clip_on": False}
        axes.plot([row.months, near], [row.rate, height - sunk], **look)
        look = {"ha": "right" if left else "left", "va": "center", "fontsize": 7}
        text = _point_text(row, lang, wrap=wrap)
        axes.text(x, height - sunk, text, color=ink(colour), **look)
