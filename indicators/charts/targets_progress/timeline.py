"""The figures since a target was set, and what each says about it."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame

from indicators.charts import (
    GREEN,
    GREY,
    INK,
    ORANGE,
    figure_width,
    marker_legend,
    marker_style,
)
from indicators.charts.targets_progress.rows import name_rows, place_legend, row_inches
from indicators.labels import label

TEXTS = {
    "axis": {"en": "Year", "zh": "年份"},
    "span": {"en": "from setting to due year", "zh": "设定年至目标年"},
    "open_start": {"en": "year of setting unknown", "zh": "设定年份不详"},
}
_COLOURS = {"meets": GREEN, "undecided": ORANGE, "fails": GREY}


def figures_since_set(data: DataFrame, lang: str) -> Figure:
    """A line from the setting of each target to its due year, with the figures of whole years.

    `data`: as from `timeline_points`.
    """
    rows = data["target_id"].nunique()
    figure, axes = plt.subplots(figsize=(figure_width(), 1.15 + row_inches() * rows))
    heights = name_rows(axes, data, lang)
    # one artist for all that look alike: many small ones draw slowly
    targets = data.drop_duplicates("target_id")
    known, level = targets["set_in"].notna(), targets["target_id"].map(heights)
    start = targets["set_in"].where(known, targets["year"])
    for chosen, style in ((known, "-"), (~known, ":")):
        ends = (level[chosen], start[chosen], targets.loc[chosen, "target_year"])
        look = {"colors": INK, "linewidths": 0.8, "linestyles": style, "zorder": 1}
        axes.hlines(*(end.astype(float) for end in ends), **look)
    look = {"marker": "|", "markersize": 8, "color": INK, "linestyle": "", "zorder": 1}
    axes.plot(targets["target_year"].astype(float), level, **look)
    # a stated and a computed figure of one year stand side by side
    aside = 0.12 * data["evidence"].eq("derived").map({True: 1, False: -1})
    twice = data.duplicated(["target_id", "year"], keep=False)
    years = data["year"].astype(float) + aside.where(twice, 0)
    for (mark, verdict), own in data.groupby(["evidence", "verdict"], sort=False):
        look = marker_style(mark, _COLOURS[verdict])
        at = (years[own.index], own["target_id"].map(heights))
        axes.plot(*at, markersize=5.5, zorder=3, **look)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlim(data["year"].min() - 0.5, data["target_year"].max() + 0.4)
    axes.set_xlabel(TEXTS["axis"][lang])
    axes.grid(axis="x")
    verdicts = [
        Patch(color=colour, label=label("values", verdict, lang))
        for verdict, colour in _COLOURS.items()
        if verdict in set(data["verdict"])
    ]
    styles = {"span": "-", "open_start": ":"} if data["set_in"].isna().any() else {"span": "-"}
    lines = [
        Line2D([], [], color=INK, linewidth=1, linestyle=style, label=TEXTS[name][lang])
        for name, style in styles.items()
    ]
    handles = [*place_legend(data, lang), *verdicts, *lines]
    figure.legend(handles=handles, loc="outside upper center", ncols=3)
    marks = marker_legend(data["evidence"], lang)
    figure.legend(handles=marks, loc="outside lower center", ncols=len(marks))
    return figure
