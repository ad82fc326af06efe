"""The relative paths of the units, by club."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    figure_width,
    ink,
    number_text,
)
from indicators.charts.panel_convergence.units import (
    NAMED,
    draw_lines,
    name_ends,
    say_whose,
    unit_name,
    year_axis,
)
from indicators.labels import label

COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY)
DIVERGENT = "divergent"
TEXTS = {
    "axis": {
        "en": "Log income relative to the mean of all units",
        "zh": "收入对数与全部单位均值之比",
    },
    "club": {"en": "club {} ({})", "zh": "俱乐部{}（{}个）"},
    "none": {"en": "{} ({})", "zh": "{}（{}个）"},
}


def relative_paths(data: DataFrame, lang: str) -> Figure:
    """The path of each unit relative to the mean of all, in the colour of its club.

    `data`: as from `club_paths`.
    """
    figure, axes = plt.subplots(figsize=(figure_width(), 3.6))
    clubs = sorted(set(data["club"]), key=lambda club: (club == DIVERGENT, club.zfill(4)))
    few, ends, handles = data["unit"].nunique() <= NAMED, [], []
    for place, club in enumerate(clubs):
        rows = data[data["club"].eq(club)]
        wide = rows.pivot(index="year", columns="unit", values="relative")
        dashes = ("-", "-.", ":")[place // len(COLOURS) % 3]
        look = {"color": COLOURS[place % len(COLOURS)], "linestyle": dashes}
        look = {"color": GREY, "linestyle": ":"} if club == DIVERGENT else look
        draw_lines(axes, wide, linewidth=1.2 if few else 0.7, **look)
        ends += [(wide[unit].iloc[-1], unit_name(unit, lang), ink(look["color"])) for unit in wide]
        numbers = (label("values", club, lang) if club == DIVERGENT else club, len(wide.columns))
        words = TEXTS["none" if club == DIVERGENT else "club"][lang].format(*numbers)
        handles.append(Line2D([], [], label=words, **look))
    axes.axhline(1, color=INK, linewidth=0.5)
    if few:
        name_ends(axes, ends, data["year"].max())
    year_axis(axes, data["year"], 10)
    low, high = axes.get_ylim()
    decimals = 2 if high - low > 0.06 else 3
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number_text(y, decimals, lang)))
    axes.set_ylabel(TEXTS["axis"][lang])
    axes.grid(axis="y")
    say_whose(axes, data, lang)
    figure.legend(handles=handles, loc="outside lower left", ncols=4)
    return figure
