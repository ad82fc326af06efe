"""The pace of a place minus that of another, window by window."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    INK,
    ORANGE,
    PALE,
    figure_width,
    number_text,
)
from indicators.charts.layout import columns
from indicators.labels import label

TEXTS = {
    "first_year": {"en": "First year", "zh": "起始年份"},
    "last_year": {"en": "Last year", "zh": "终止年份"},
    "faster": {"en": "{} closed faster", "zh": "{}缩小更快"},
    "slower": {"en": "{} closed slower", "zh": "{}缩小更慢"},
    "no_difference": {"en": "no difference beyond rounding", "zh": "差异未超出取整误差"},
    "ratio": {"en": "Ratio, a year", "zh": "倍差（年均变动）"},
    "log_ratio": {"en": "Log of the ratio, log points a year", "zh": "倍差的对数（对数点/年）"},
    "gap_share": {
        "en": "Log of (ratio − 1), log points a year",
        "zh": "倍差减一的对数（对数点/年）",
    },
    "yuan_gap": {"en": "Gap, yuan a year", "zh": "收入差额（元/年）"},
    "claimed": {"en": "ends in the claim", "zh": "止于文章所称倍差"},
}
DIGITS = {"ratio": 3, "log_ratio": 2, "gap_share": 2, "yuan_gap": 0}
# Sparser and paler than the hatch of bars: numbers stand on it.
HATCH, FAINT = "//", "#B8B8B8"
COLOURS = {"faster": BLUE, "slower": ORANGE, "no_difference": PALE}


def pace_by_window(data: DataFrame, lang: str) -> Figure:
    """A panel for each measure, a cell for each window: the place minus the other, a year.

    `data`: as from `pace_windows`.
    """
    measures = list(dict.fromkeys(data["measure"]))
    firsts, lasts = (sorted(set(data[name])) for name in ("first_year", "last_year"))
    across = columns(len(measures), 2)
    down = -(-len(measures) // across)
    size = (figure_width(), 0.85 + down * (0.55 + 0.19 * len(firsts)))
    figure, grid = plt.subplots(down, across, figsize=size, squeeze=False)
    for axes, measure in zip(grid.flat, measures, strict=False):
        rows = data[data["measure"].eq(measure)]
        years = zip(rows["last_year"], rows["first_year"], strict=True)
        at = [(lasts.index(last), firsts.index(first)) for last, first in years]
        _draw_cells(axes, rows, at, lang)
        axes.set_xlim(-0.5, len(lasts) - 0.5)
        axes.set_ylim(len(firsts) - 0.5, -0.5)
        axes.set_xticks(range(len(lasts)), lasts)
        axes.set_yticks(range(len(firsts)), firsts)
        axes.tick_params(length=0)
        axes.set_title(TEXTS[measure][lang])
        axes.spines[["left", "bottom"]].set_visible(False)
    for axes in grid[-1]:
        axes.set_xlabel(TEXTS["last_year"][lang])
    for axes in grid[:, 0]:
        axes.set_ylabel(TEXTS["first_year"][lang])
    figure.legend(handles=_legend(data, lang), loc="outside lower left", ncols=2)
    return figure


def _draw_cells(axes: Axes, rows: DataFrame, at: list[tuple[int, int]], lang: str) -> None:
    """The cells of a panel: stronger colours for larger differences, a hatch for the claim."""
    tints = 0.15 + 0.4 * rows["estimate"].abs() / rows["estimate"].abs().max()
    shades = [
        tuple(1 - tint * (1 - part) for part in to_rgb(COLOURS[closed]))
        for tint, closed in zip(tints, rows["closed"], strict=True)
    ]
    claimed = rows["evidence"].eq("claimed").tolist()
    for hatched, edge in ((False, "white"), (True, FAINT)):
        chosen = [index for index, claim in enumerate(claimed) if claim is hatched]
        cells = [Rectangle((at[i][0] - 0.48, at[i][1] - 0.46), 0.96, 0.92) for i in chosen]
        look = {"hatch": HATCH} if hatched else {}
        paint = [shades[i] for i in chosen]
        axes.add_collection(
            PatchCollection(cells, facecolors=paint, edgecolors=edge, linewidths=0.4, **look)
        )
    for (x, y), row in zip(at, rows.itertuples(), strict=True):
        words = number_text(row.estimate, DIGITS[row.measure], lang)
        words = words if words.startswith("\N{MINUS SIGN}") else f"+{words}"
        axes.text(x, y, words, ha="center", va="center", fontsize=6.5, color=INK)


def _legend(data: DataFrame, lang: str) -> list[Patch]:
    place = label("values", data["place_code"].iloc[0], lang)
    handles = [
        Patch(facecolor=COLOURS[name], alpha=0.5, label=TEXTS[name][lang].format(place))
        for name in COLOURS
        if name in set(data["closed"])
    ]
    if "claimed" in set(data["evidence"]):
        look = {"facecolor": "white", "edgecolor": FAINT, "hatch": HATCH}
        handles.append(Patch(label=TEXTS["claimed"][lang], **look))
    return handles
