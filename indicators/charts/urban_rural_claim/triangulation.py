"""The claimed ratio against two routes to it."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    GREY,
    HATCHES,
    INK,
    PALE,
    bar_legend,
    bar_style,
    figure_width,
    number_text,
)
from indicators.labels import label

TEXTS = {
    "ratio_axis": {
        "en": "Urban over rural income per head",
        "zh": "城乡居民收入倍差（农村=1）",
    },
    "wedge": {
        "en": "Scaled from {window} by the relation of {base} (grades {grade})",
        "zh": "由{window}按{base}的关系换算（来源等级{grade}）",
    },
    "chain": {
        "en": "Moved on from {base} by {window} (grades {grade})",
        "zh": "由{base}按{window}的变动推移（来源等级{grade}）",
    },
    "between": {"en": "{}–{}", "zh": "{}至{}"},
}

# the hatch of the claim would run through the figures
PAPER = {"facecolor": "white", "linewidth": 0, "pad": 0.6}


def triangulation(data: DataFrame, lang: str) -> Figure:
    """A panel for each route: a bar for each assumption, a bracket for all; the claim as a strip.

    `data`: as from `drawn_routes`.
    """
    claim = data[data["route"] == "claim"].iloc[0]
    routes = [name for name in ("wedge", "chain") if name in set(data["route"])]
    rows = {name: data[data["route"] == name] for name in routes}
    heights = [len(rows[name]) for name in routes]
    figure, panels = plt.subplots(
        len(routes), 1, sharex=True, squeeze=False, height_ratios=heights,
        figsize=(figure_width(), 0.8 + 0.3 * len(routes) + 0.22 * sum(heights)),
    )  # fmt: skip
    low, high = data["low"].min(), data["high"].max()
    for axes, name in zip(panels[:, 0], routes, strict=True):
        look = {"facecolor": PALE, "edgecolor": GREY, "linewidth": 0, "zorder": 0}
        axes.axvspan(claim["low"], claim["high"], hatch=HATCHES["claimed"], alpha=0.7, **look)
        _draw_route(axes, rows[name], lang)
    bottom = panels[-1, 0]
    bottom.set_xlim(low - 0.05 * (high - low), high + 0.24 * (high - low))
    bottom.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number_text(x, 3, lang)))
    bottom.set_xlabel(TEXTS["ratio_axis"][lang])
    marks = [*(mark for name in routes for mark in rows[name]["evidence"]), claim["evidence"]]
    figure.legend(handles=bar_legend(marks, lang), loc="outside upper right", ncols=3)
    return figure


def _draw_route(axes, route: DataFrame, lang: str) -> None:
    first = route.iloc[0]
    gap = ", " if lang == "en" else "、"
    named = {
        "window": gap.join(
            label("values", part, lang) for part in first["part_of_year"].split(";")
        ),
        "base": gap.join(label("values", base, lang) for base in sorted(set(route["base_year"]))),
        "grade": gap.join(first["grade"].split(";")),
    }
    axes.set_title(TEXTS[first["route"]][lang].format(**named), fontsize=8)
    for height, row in enumerate(route.itertuples()):
        if row.assumption == "whole_route":
            axes.plot([row.low, row.high], [height, height], color=INK, linewidth=1.4)
            for end in (row.low, row.high):
                axes.plot([end, end], [height - 0.2, height + 0.2], color=INK, linewidth=1.4)
        else:
            look = bar_style(row.evidence, BLUE)
            axes.barh(height, row.high - row.low, left=row.low, height=0.56, **look)
            ends = [height - 0.28, height + 0.28]
            axes.plot([row.estimate] * 2, ends, color=INK, linewidth=1)
        ends = (number_text(row.low, 3, lang), number_text(row.high, 3, lang))
        axes.annotate(
            TEXTS["between"][lang].format(*ends), (row.high, height), (5, 0),
            textcoords="offset points", va="center", fontsize=7.5, bbox=PAPER,
        )  # fmt: skip
    axes.set_yticks(
        range(len(route)), [label("values", form, lang) for form in route["assumption"]]
    )
    axes.set_ylim(len(route) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
