"""Growth of the units against where they started."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator
from pandas import DataFrame

from indicators.charts import BLUE, GREY, INK, PALE, figure_width, marker_style, number_text
from indicators.charts.panel_convergence.units import say_whose

TEXTS = {
    "first": {"en": "Income of the first year (logarithmic scale)", "zh": "首年收入（对数坐标）"},
    "change": {
        "en": "Change of log income, first to last year",
        "zh": "首年至末年收入对数的变动",
    },
}


def panel_growth(data: DataFrame, lang: str) -> Figure:
    """Growth from the first to the last year against the first level, and the line through it.

    `data`: as from `growth_points`.
    """
    figure, axes = plt.subplots(figsize=(figure_width(), 3.3))
    line, units = (data[data["series"].eq(name)] for name in ("line", "unit"))
    axes.fill_between(line["initial"], line["low"], line["high"], color=PALE, linewidth=0)
    axes.plot(line["initial"], line["change"], color=INK, linewidth=1)
    for mark, part in units.groupby("evidence"):
        look = marker_style(mark, BLUE) | {"markersize": 4}
        axes.plot(part["initial"], part["change"], **look)
    if units["change"].min() < 0 < units["change"].max():
        axes.axhline(0, color=GREY, linewidth=0.6)
    axes.set_xscale("log")
    span = units["initial"].max() / units["initial"].min()
    steps = (1,) if span > 1000 else (1, 2, 5) if span > 20 else (1, 2, 3, 5)
    ticks = LogLocator(subs=steps) if span > 4 else MaxNLocator(5, steps=[1, 2, 5, 10])
    axes.xaxis.set_major_locator(ticks)
    axes.xaxis.set_minor_locator(NullLocator())
    decimals = 0 if units["initial"].min() >= 10 else 2
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number_text(x, decimals, lang)))
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number_text(y, 2, lang)))
    axes.set_xlabel(TEXTS["first"][lang])
    axes.set_ylabel(TEXTS["change"][lang])
    axes.grid(axis="y")
    say_whose(axes, data, lang)
    return figure
