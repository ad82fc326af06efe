"""The paces beside other places, sorted, with the choices that they rest on."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator
from pandas import DataFrame

from indicators.charts import BLUE, GREY, INK, ORANGE, marker_legend, number_text
from indicators.charts.specification_curve.choices import (
    draw_options,
    draw_windows,
    drawn_options,
    panel_axes,
)
from indicators.charts.specification_curve.marks import draw_results
from indicators.charts.urban_rural_convergence.windows import TEXTS
from indicators.income import TAKEN
from indicators.labels import label
from indicators.specification_curve import EVIDENCE, GRADES
from indicators.urban_rural_convergence import BASES, CHINA, ZHEJIANG

ORDER = {
    "compared_with": (CHINA, ZHEJIANG),
    "evidence_allowed": tuple(EVIDENCE),
    "grades": GRADES,
    "taken": TAKEN,
    "basis": BASES,
}
# Where an interval stands to 0 says the same without colour.
COLOURS = {"faster": BLUE, "no_difference": GREY, "slower": ORANGE}


def pace_curve(data: DataFrame, lang: str, place: str) -> Figure:
    """A panel for each measure: every distinct result from the lowest up, and what it rests on.

    `data`: as from `specification_curve.pace_curve`; `place` is the code of the place.
    """
    measures = list(dict.fromkeys(data["measure"]))
    options = drawn_options(data, ORDER)
    figure = plt.figure()
    years = (data["first_year"].min(), data["last_year"].max())
    panels = panel_axes(figure, len(measures), options, lang)
    for measure, (curve, windows, below) in zip(measures, panels, strict=True):
        rows = data[data["measure"].eq(measure)]
        curve.axhline(0, color=INK, linewidth=0.7)
        draw_results(curve, rows, "closed", COLOURS, within=[0])
        curve.yaxis.set_major_locator(MaxNLocator(5))
        curve.yaxis.set_major_formatter(FuncFormatter(lambda y, _: _tick(y, lang)))
        curve.set_title(TEXTS[measure][lang])
        colours = [COLOURS[closed] for closed in rows["closed"]]
        draw_windows(windows, rows, colours, years, lang)
        draw_options(below, rows, colours, options, lang)
    handles = [
        Line2D([], [], color=colour, linewidth=2,
               label=TEXTS[closed][lang].format(label("values", place, lang)))
        for closed, colour in COLOURS.items() if closed in set(data["closed"])
    ]  # fmt: skip
    handles += marker_legend(data["evidence"], lang)
    figure.legend(handles=handles, loc="outside lower left", ncols=3)
    return figure


def _tick(value: float, lang: str) -> str:
    decimals = next((n for n in range(4) if abs(round(value, n) - value) < 1e-9), 4)
    return number_text(value, decimals, lang)
