"""How near printed figures come to their targets."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter
from pandas import DataFrame

from indicators.charts import (
    GREY,
    INK,
    figure_width,
    marker_legend,
    marker_style,
    place_colour,
)
from indicators.charts.targets_progress.rows import name_rows, place_legend, row_inches
from indicators.labels import label

TEXTS = {
    "axis": {
        "en": "Figure as a share of the target (inverted where less is asked for)",
        "zh": "数据与目标之比（要求降低的指标取倒数）",
    },
    "bound": {"en": "lower bound", "zh": "仅有下限"},
}
LOWER = ("gt", "ge", "more")
_SIZES = {"at_setting": 4.2, "latest_year": 6.2}


def distance_to_target(data: DataFrame, lang: str) -> Figure:
    """Where each target stood when it was set and where the latest whole year stands; 100% is it.

    `data`: as from `reach_points`.
    """
    rows = data["target_id"].nunique()
    figure, axes = plt.subplots(figsize=(figure_width(), 1.15 + row_inches() * rows))
    heights = name_rows(axes, data, lang)
    axes.axvline(1, color=INK, linewidth=1)
    for target, own in data.groupby("target_id", sort=False):
        height, colour = heights[target], place_colour(own["place_code"].iloc[0])
        axes.plot(own["reach"], [height] * len(own), color=colour, alpha=0.5, linewidth=1)
        for row in own[own["bound"].isin(LOWER)].itertuples():
            ends = {"xytext": (row.reach + 0.07, height), "xy": (row.reach, height)}
            arrow = {"arrowstyle": "<-", "color": colour, "linewidth": 1, "shrinkB": 3.5}
            axes.annotate("", **ends, arrowprops=arrow)
    # one artist for all points that look alike: many small ones draw slowly
    for (mark, place, point), own in data.groupby(["evidence", "place_code", "point"], sort=False):
        look = marker_style(mark, place_colour(place)) | {"markersize": _SIZES[point]}
        axes.plot(own["reach"], own["target_id"].map(heights), zorder=3, **look)
    axes.set_xlim(min(0.35, data["reach"].min() - 0.05), max(1.1, data["reach"].max() + 0.07))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel(TEXTS["axis"][lang])
    axes.grid(axis="x")
    points = [
        Line2D(
            [],
            [],
            label=label("values", point, lang),
            **marker_style("printed", GREY) | {"markersize": size},
        )
        for point, size in _SIZES.items()
        if point in set(data["point"])
    ]
    if data["bound"].isin(LOWER).any():
        points.append(
            Line2D([], [], color=GREY, marker=">", markersize=4, label=TEXTS["bound"][lang])
        )
    keys = place_legend(data, lang)
    figure.legend(handles=[*keys, *points], loc="outside upper center", ncols=3)
    marks = marker_legend(data["evidence"], lang)
    figure.legend(handles=marks, loc="outside lower center", ncols=len(marks))
    return figure
