"""Growth of urban and of rural income, year by year."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    GREEN,
    GREY,
    figure_width,
    ink,
    marker_legend,
    marker_style,
    number_text,
    write_near,
)

TEXTS = {
    "growth_axis": {"en": "Growth over the year before, current yuan", "zh": "比上年名义增长"},
    "urban_growth": {"en": "urban", "zh": "城镇"},
    "rural_growth": {"en": "rural", "zh": "农村"},
    "lead": {"en": "{} points", "zh": "{}个百分点"},
}
COLOURS = {"urban_growth": BLUE, "rural_growth": GREEN}


def growth_race(data: DataFrame, lang: str) -> Figure:
    """For each step of one year, the growth of both incomes and the lead of the rural one.

    `data`: as from `growth_race`.
    """
    rows = data.sort_values("year").reset_index(drop=True)
    figure, axes = plt.subplots(figsize=(figure_width(), 1.05 + 0.21 * len(rows)))
    most = rows[["urban_growth", "rural_growth"]].max(axis=None)
    for height, row in enumerate(rows.itertuples()):
        growth = [row.urban_growth, row.rural_growth]
        axes.plot(growth, [height] * 2, color=GREY, linewidth=1.2, zorder=1)
        for name, colour in COLOURS.items():
            look = marker_style(row.evidence, colour)
            axes.plot(getattr(row, name), height, markersize=5.5, zorder=3, **look)
        sign = "+" if row.rural_lead > 0 else ""
        words = TEXTS["lead"][lang].format(sign + number_text(100 * row.rural_lead, 1, lang))
        look = {"va": "center", "fontsize": 7.5}
        write_near(axes, words, (max(growth), height), (8, 0), **look)
    first = rows.iloc[0]
    for name, colour in COLOURS.items():
        other = "rural_growth" if name == "urban_growth" else "urban_growth"
        side = "left" if first[name] > first[other] else "right"
        look = {"ha": side, "fontsize": 7.5, "color": ink(colour)}
        write_near(axes, TEXTS[name][lang], (first[name], 0), (0, 7), **look)
    axes.set_yticks(range(len(rows)), rows["year"])
    axes.set_ylim(len(rows) - 0.5, -0.9)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, 1.2 * most)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel(TEXTS["growth_axis"][lang])
    axes.grid(axis="x")
    figure.legend(handles=marker_legend(rows["evidence"], lang), loc="outside upper right", ncols=4)
    return figure
