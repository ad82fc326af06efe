"""Where the ratio would go if a pace went on."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    GREY,
    ORANGE,
    figure_width,
    ink,
    marker_legend,
    number_text,
    write_near,
)
from indicators.charts.urban_rural_convergence.lines import draw_line
from indicators.labels import label, period_label

TEXTS = {
    "ratio_axis": {"en": "Urban income / rural income", "zh": "城乡居民收入倍差"},
    "target": {"en": "target {}", "zh": "目标{}"},
    "pace_of": {"en": "pace of {}", "zh": "按{}的速度"},
}
STYLES = {"linear_form": "-", "log_form": (0, (5, 2)), "gap_decay_form": (0, (1.5, 1.5))}
COLOURS = (BLUE, ORANGE)


def scenarios(data: DataFrame, lang: str) -> Figure:
    """Points of the ratio, paths by form and window with their rounding, and the targets.

    `data`: as from `scenario_paths`.
    """
    figure, axes = plt.subplots(figsize=(figure_width(), 3.2))
    points, paths = (data[data["series"].eq(name)] for name in ("ratio", "path"))
    targets = data.loc[data["series"].eq("target"), "estimate"]
    windows = list(dict.fromkeys(paths["window"]))
    for colour, window in zip(COLOURS, windows, strict=False):
        for form, part in paths[paths["window"].eq(window)].groupby("form", sort=False):
            years = part["year"]
            axes.plot(years, part["estimate"], color=colour, linewidth=1, linestyle=STYLES[form])
            look = {"color": colour, "alpha": 0.15, "linewidth": 0}
            axes.fill_between(years, part["low"], part["high"], **look)
    draw_line(axes, points, "estimate", GREY, size=4.5)
    first, last = points["year"].min(), paths["year"].max()
    axes.set_xlim(first - 0.5, last + 0.3)
    top = points["estimate"].max()
    axes.set_ylim(max(1.0, targets.min() - 0.2 * (top - targets.min())), top + 0.04)
    for target in targets:
        axes.axhline(target, color=GREY, linewidth=0.7, linestyle=(0, (1, 2)))
        words = TEXTS["target"][lang].format(f"{target:g}")
        look = {"fontsize": 7, "color": GREY}
        write_near(axes, words, (first - 0.4, target), (0, 2.5), **look)
    handles = [
        plt.Line2D([], [], color=colour, linewidth=3, alpha=0.6,
                   label=TEXTS["pace_of"][lang].format(period_label(window, lang)))
        for colour, window in zip(COLOURS, windows, strict=False)
    ]  # fmt: skip
    handles += [
        plt.Line2D([], [], color=ink(GREY), linestyle=STYLES[form], linewidth=1,
                   label=label("values", form, lang))
        for form in dict.fromkeys(paths["form"])
    ]  # fmt: skip
    handles += marker_legend(points["evidence"], lang)
    figure.legend(handles=handles, loc="outside lower left", ncols=3)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=10))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number_text(y, 2, lang)))
    axes.set_ylabel(TEXTS["ratio_axis"][lang])
    axes.grid(axis="y")
    return figure
