"""The prefectures: ranks as tiles, and their urban-rural income ratios."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    GREY,
    INK,
    figure_width,
    ink,
    is_narrow,
    marker_legend,
    marker_style,
    number_text,
    place_colour,
    spread,
)
from indicators.charts.regional_convergence.values import value_text
from indicators.labels import label, period_label

PROVINCE = "330000"
TEXTS = {
    "ranks": {"en": "rank {} → {}", "zh": "位次{}→{}"},
    "values": {"en": "{} → {}", "zh": "{}→{}"},
    "key": {
        "en": "2010 → 2020. Darker: higher rank in 2020",
        "zh": "2010年→2020年；颜色越深，2020年位次越靠前",
    },
    "ratio": {"en": "Urban income / rural income", "zh": "城乡居民收入倍差"},
    "nine": {
        "en": "Urban income / rural income, first nine months of 2020 only",
        "zh": "城乡居民收入倍差（仅2020年前三季度）",
    },
    "incomes": {"en": "{} / {} yuan", "zh": "{}/{}元"},
}


def prefecture_tiles(data: DataFrame, lang: str, indicator: str) -> Figure:
    """The prefectures as a grid of tiles, with value and rank at both censuses.

    `data`: as from `prefecture_ranks`; `indicator` tells the unit.
    """
    figure, axes = plt.subplots(figsize=(figure_width(), 3.5))
    last = data["rank_final"].max()
    # within a tile, of its name, values and ranks; two values have room only below each other
    heights = (-0.3, 0.03, 0.35) if is_narrow() else (-0.24, 0.05, 0.3)
    values = TEXTS["values"][lang]
    values = values.replace("→", "→\n") if is_narrow() else values
    for row in data.itertuples():
        strength = 0.06 + 0.3 * (last - row.rank_final) / max(last - 1, 1)
        fill = tuple(1 - strength * (1 - part) for part in to_rgb(BLUE))
        corner = (row.tile_col - 0.47, row.tile_row - 0.46)
        look = {"facecolor": fill, "edgecolor": place_colour(row.place_code), "linewidth": 0.9}
        axes.add_patch(Rectangle(corner, 0.94, 0.92, **look))
        name = label("values", row.place_code, lang)
        axes.text(row.tile_col, row.tile_row + heights[0], name, ha="center", va="center")
        numbers = [
            value_text(value, indicator, "points", lang, 1) for value in (row.initial, row.final)
        ]
        ranks = (row.rank_initial, row.rank_final)
        for height, words in zip(
            heights[1:],
            (values.format(*numbers), TEXTS["ranks"][lang].format(*ranks)),
            strict=True,
        ):
            look = {"ha": "center", "va": "center", "fontsize": 7}
            axes.text(row.tile_col, row.tile_row + height, words, **look)
    axes.set_xlim(data["tile_col"].min() - 0.55, data["tile_col"].max() + 0.55)
    axes.set_ylim(data["tile_row"].max() + 0.55, data["tile_row"].min() - 0.55)
    axes.set_axis_off()
    key = {"transform": axes.transAxes, "fontsize": 7.5, "color": GREY, "va": "top"}
    axes.text(0, 0, TEXTS["key"][lang], **key)
    return figure


def ratio_slopes(data: DataFrame, lang: str) -> Figure:
    """Annual income ratios of two years, a line for each place.

    `data`: as from `ratio_slopes`.
    """
    figure, axes = plt.subplots(figsize=(figure_width(), 3.4))
    years = sorted(set(data["year"]))
    for place, part in data.groupby("place_code", sort=False):
        colour = place_colour(place)
        dashes = "--" if place == PROVINCE else "-"
        look = {"color": colour, "linewidth": 1.2, "linestyle": dashes, "zorder": 2}
        axes.plot(part["year"], part["estimate"], **look)
        for row in part.itertuples():
            axes.plot([row.year] * 2, [row.low, row.high], color=colour, linewidth=2.5, alpha=0.5)
            axes.plot(row.year, row.estimate, zorder=3, **marker_style(row.evidence, colour))
    height = data["estimate"].max() - data["estimate"].min()
    for year, side in zip(years, (-1, 1), strict=True):
        ends = data[data["year"].eq(year)]
        places = zip(ends.itertuples(), spread(ends["estimate"], 0.055 * height), strict=True)
        for row, level in places:
            colour = place_colour(row.place_code)
            name = label("values", row.place_code, lang)
            number = number_text(row.estimate, 2, lang)
            words = f"{name}  {number}" if side < 0 else f"{number}  {name}"
            axes.plot(
                [year + 0.1 * side, year + 0.35 * side], [row.estimate, level],
                color=colour, linewidth=0.5, alpha=0.6,
            )  # fmt: skip
            look = {"ha": "right" if side < 0 else "left", "va": "center", "fontsize": 7.5}
            axes.text(year + 0.42 * side, level, words, color=ink(colour), **look)
    axes.set_xticks(years, [period_label(str(year), lang) for year in years])
    axes.set_xlim(years[0] - 2.6, years[1] + 2.6)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number_text(y, 1, lang)))
    axes.set_ylabel(TEXTS["ratio"][lang])
    axes.grid(axis="y")
    figure.legend(handles=marker_legend(data["evidence"], lang), loc="outside lower left", ncols=3)
    return figure


def nine_month_ratios(data: DataFrame, lang: str) -> Figure:
    """Income ratios of one part of one year, sorted; the incomes behind them on the right.

    `data`: as from `nine_month_ratios`.
    """
    figure, axes = plt.subplots(figsize=(figure_width(), 0.9 + 0.22 * len(data)))
    for level, row in enumerate(data.itertuples()):
        colour = place_colour(row.place_code)
        axes.plot([1, row.ratio], [level, level], color=colour, linewidth=1, alpha=0.5)
        axes.plot(row.ratio, level, zorder=3, **marker_style(row.evidence, colour))
        look = {"ha": "left", "va": "center", "fontsize": 7.5, "color": ink(colour)}
        axes.text(row.ratio + 0.02, level, number_text(row.ratio, 2, lang), **look)
        incomes = (number_text(value, 0, lang) for value in (row.urban, row.rural))
        words = TEXTS["incomes"][lang].format(*incomes)
        look = {"va": "center", "fontsize": 7.5, "transform": axes.get_yaxis_transform()}
        axes.text(1.02, level, words, color=INK, **look)
    names = [label("values", code, lang) for code in data["place_code"]]
    axes.set_yticks(range(len(data)), names)
    axes.set_ylim(len(data) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(1, data["ratio"].max() + 0.15)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number_text(x, 1, lang)))
    axes.set_xlabel(TEXTS["nine"][lang])
    axes.grid(axis="x")
    figure.legend(handles=marker_legend(data["evidence"], lang), loc="outside lower left")
    return figure
