"""What the distinct results of each place say, over all choices and over the strictest ones."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from pandas import DataFrame

from indicators.charts import BLUE, INK, ORANGE, PALE, figure_width
from indicators.labels import label

TEXTS = {
    "compared": {"en": "Closed faster than {}?", "zh": "缩小是否快于{}？"},
    "row": {"en": "{}, {}", "zh": "{}，{}"},
}
COLOURS = {"yes": BLUE, "undecided": PALE, "no": ORANGE}
# a part of a bar that is narrower, of the whole, has no room for its count
ROOM = 0.06


def strictness_answers(data: DataFrame, lang: str) -> Figure:
    """A panel for each place compared, two bars for each place, parted by answer, with the counts.

    `data`: as from `place_comparison.strictness_answers`. All bars are of one length, for their
    counts are not to be compared; where a place is not compared, none stands.
    """
    others = list(dict.fromkeys(data["compared_with"]))
    keys = list(dict.fromkeys(zip(data["place_code"], data["strictness"], strict=True)))
    size = (figure_width(), 0.75 + 0.21 * len(keys))
    figure, grid = plt.subplots(1, len(others), figsize=size, squeeze=False, sharey=True)
    for axes, code in zip(grid.flat, others, strict=True):
        for row in data[data["compared_with"].eq(code)].itertuples():
            _draw_bar(axes, row, _height(keys, (row.place_code, row.strictness)))
        axes.set_title(TEXTS["compared"][lang].format(label("values", code, lang)))
        axes.set_xlim(0, 1)
        axes.set_xticks([])
        axes.tick_params(length=0)
        axes.spines[["left", "bottom"]].set_visible(False)
    words = [
        TEXTS["row"][lang].format(*(label("values", part, lang) for part in key)) for key in keys
    ]
    grid[0, 0].set_yticks([_height(keys, key) for key in keys], words)
    grid[0, 0].invert_yaxis()
    handles = [
        Patch(facecolor=COLOURS[said], label=label("columns", said, lang)) for said in COLOURS
    ]
    figure.legend(handles=handles, loc="outside lower left", ncols=3)
    return figure


def _height(keys: list[tuple[str, str]], key: tuple[str, str]) -> float:
    """Bars of one place stand together."""
    places = list(dict.fromkeys(place for place, _ in keys))
    return keys.index(key) + 0.35 * places.index(key[0])


def _draw_bar(axes: Axes, row: tuple, height: float) -> None:
    left = 0.0
    for said, colour in COLOURS.items():
        count = getattr(row, said)
        part = count / row.results
        look = {"color": colour, "alpha": 1 if said == "undecided" else 0.5, "linewidth": 0}
        axes.barh(height, part, 0.86, left, **look)
        if part >= ROOM:
            place = left + part / 2
            axes.text(place, height, str(count), ha="center", va="center", fontsize=7, color=INK)
        left += part
