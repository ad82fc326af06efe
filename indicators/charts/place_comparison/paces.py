"""The pace of each place minus that of another, over the same years, measure by measure."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame

from indicators.charts import INK, figure_width, marker_legend, marker_style, place_colour
from indicators.charts.urban_rural_convergence.windows import TEXTS as MEASURES
from indicators.labels import label

TEXTS = {"minus": {"en": "minus {}", "zh": "减{}"}, "years": {"en": "{} {}–{}", "zh": "{} {}—{}"}}
# of the two comparisons in a line, how far they stand apart
APART = 0.3


def relative_paces(data: DataFrame, lang: str) -> Figure:
    """A panel for each measure, a line for each place: its pace minus that of the place compared.

    `data`: as from `place_comparison.relative_paces`.
    """
    measures = list(dict.fromkeys(data["measure"]))
    places = list(dict.fromkeys(data["place_code"]))
    others = list(dict.fromkeys(data["compared_with"]))
    across = min(2, len(measures))
    down = -(-len(measures) // across)
    size = (figure_width(), 0.6 + down * (0.5 + 0.27 * len(places)))
    figure, grid = plt.subplots(down, across, figsize=size, squeeze=False, sharey=True)
    for axes, measure in zip(grid.flat, measures, strict=False):
        axes.axvline(0, color=INK, linewidth=0.7)
        rows = data[data["measure"].eq(measure)]
        _draw_places(axes, rows, places, others)
        axes.set_title(MEASURES[measure][lang])
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.grid(axis="x")
    for axes in grid[:, 0]:
        axes.set_yticks(range(len(places)), [_place(data, place, lang) for place in places])
        axes.set_ylim(len(places) - 0.4, -0.6)
    handles = [
        Line2D([], [], color=place_colour(code), linewidth=2,
               label=TEXTS["minus"][lang].format(label("values", code, lang)))
        for code in others
    ]  # fmt: skip
    figure.legend(
        handles=[*handles, *marker_legend(data["evidence"], lang)],
        loc="outside lower left",
        ncols=4,
    )
    return figure


def _draw_places(axes: Axes, rows: DataFrame, places: list[str], others: list[str]) -> None:
    for row in rows.itertuples():
        beside = others.index(row.compared_with) - (len(others) - 1) / 2
        height = places.index(row.place_code) + APART * beside
        colour = place_colour(row.compared_with)
        axes.plot([row.low, row.high], [height] * 2, color=colour, linewidth=1.6, alpha=0.6)
        axes.plot(row.estimate, height, markersize=3.6, **marker_style(row.evidence, colour))


def _place(data: DataFrame, code: str, lang: str) -> str:
    """A place with the first and the last year of its window."""
    row = data[data["place_code"].eq(code)].iloc[0]
    name = label("values", code, lang)
    return TEXTS["years"][lang].format(name, row["first_year"], row["last_year"])
