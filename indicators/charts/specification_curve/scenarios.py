"""The years in which targets are reached, sorted, with the choices that they rest on."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator
from pandas import DataFrame

from indicators.charts import BLUE, GREEN, PURPLE, marker_legend
from indicators.charts.specification_curve.choices import (
    draw_options,
    draw_windows,
    drawn_options,
    panel_axes,
)
from indicators.charts.specification_curve.marks import draw_results
from indicators.income import TAKEN
from indicators.labels import label
from indicators.specification_curve import EVIDENCE, GRADES

# The rows below the curve say the same without colour.
COLOURS = {"linear_form": BLUE, "log_form": PURPLE, "gap_decay_form": GREEN}
ORDER = {
    "form": tuple(COLOURS),
    "evidence_allowed": tuple(EVIDENCE),
    "grades": GRADES,
    "taken": TAKEN,
}
TEXTS = {"target": {"en": "Year in which {} is reached", "zh": "倍差降至{}的年份"}}


def scenario_curve(data: DataFrame, lang: str) -> Figure:
    """A panel for each target: every distinct result from the earliest on, and what it rests on.

    `data`: as from `specification_curve.scenario_curve`. A year without a finite bound is drawn to
    the edge.
    """
    targets = list(dict.fromkeys(data["target"]))
    options = drawn_options(data, ORDER)
    figure = plt.figure()
    years = (data["first_year"].min(), data["last_year"].max())
    panels = panel_axes(figure, len(targets), options, lang)
    for target, (curve, windows, below) in zip(targets, panels, strict=True):
        rows = data[data["target"].eq(target)]
        # a target that no scenario ever reaches leaves only the year from which they start
        reached = np.isfinite(rows["low"]).any()
        draw_results(curve, rows, "form", COLOURS, within=[] if reached else years[1:])
        curve.yaxis.set_major_locator(MaxNLocator(6, integer=True))
        curve.yaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))
        curve.set_title(TEXTS["target"][lang].format(f"{target:g}"))
        colours = [COLOURS[form] for form in rows["form"]]
        draw_windows(windows, rows, colours, years, lang)
        draw_options(below, rows, colours, options, lang)
    handles = [
        Line2D([], [], color=colour, linewidth=2, label=label("values", form, lang))
        for form, colour in COLOURS.items() if form in set(data["form"])
    ]  # fmt: skip
    handles += marker_legend(data["evidence"], lang)
    figure.legend(handles=handles, loc="outside lower left", ncols=3)
    return figure
