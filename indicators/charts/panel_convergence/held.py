"""Which incomes a panel holds, by unit and year."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from pandas import DataFrame

from indicators.charts import BLUE, GREY, ORANGE, PURPLE, figure_width, marker_legend, marker_style
from indicators.charts.panel_convergence.units import OWN, say_whose, unit_name, year_axis
from indicators.labels import label

COLOURS = {"urban_and_rural": BLUE, "one_of_both": ORANGE, "all_only": PURPLE}
NAMES = 60  # units whose names have room
TALLEST = 6.0  # inches


def panel_held(data: DataFrame, lang: str) -> Figure:
    """A mark for each unit and year of which an income is held.

    `data`: as from `held_points`.
    """
    units = list(dict.fromkeys(data["unit"]))
    named = len(units) <= NAMES
    step = 0.19 if len(units) <= 30 else 0.13
    figure, axes = plt.subplots(figsize=(figure_width(), min(0.9 + step * len(units), TALLEST)))
    place = {unit: row for row, unit in enumerate(units)}
    size = min(5.5, max(1.5, 300 / max(len(units), data["year"].nunique())))
    for (held, mark), part in data.groupby(["incomes_held", "evidence"], sort=False):
        look = marker_style(mark, COLOURS[held]) | {"markersize": size}
        axes.plot(part["year"], part["unit"].map(place), **look)
    if named:
        names = [unit_name(unit, lang) for unit in units]
        axes.set_yticks(range(len(units)), names, fontsize=7.5 if len(units) <= 30 else 6)
    else:
        axes.set_yticks([])
    axes.set_ylim(len(units) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    year_axis(axes, data["year"], 14)
    axes.grid(axis="x")
    say_whose(axes, data, lang)
    shape = OWN if OWN in set(data["evidence"]) else "printed"
    handles = [
        Line2D([], [], label=label("values", held, lang), **marker_style(shape, colour))
        for held, colour in COLOURS.items()
        if held in set(data["incomes_held"])
    ]
    marks = set(data["evidence"]) - {OWN}
    handles += marker_legend(marks, lang, GREY)
    figure.legend(handles=handles, loc="outside lower left", ncols=3)
    return figure
