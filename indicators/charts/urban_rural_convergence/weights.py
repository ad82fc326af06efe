"""The survey's own weight of the urban residents against the official share."""

from __future__ import annotations

from itertools import pairwise

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter
from pandas import DataFrame

from indicators.charts import (
    GREY,
    INK,
    figure_width,
    marker_legend,
    marker_style,
    number_text,
    place_colour,
    write_near,
)

TEXTS = {
    "share_axis": {"en": "Urban residents, share of all", "zh": "城镇人口占比"},
    "implied": {"en": "survey's own weight", "zh": "调查隐含权重"},
    "official": {"en": "official share, end of year", "zh": "公布的常住人口城镇化率（年末）"},
    "census": {"en": "census", "zh": "人口普查"},
    "mean": {
        "en": "{year}: the official share would give a mean of {implied} yuan; printed: {printed}",
        "zh": "{year}年：按城镇化率加权，人均可支配收入应为{implied}元，公布值为{printed}元",
    },
}


def urban_weights(data: DataFrame, lang: str) -> Figure:
    """Points by year: the weight implied by three printed means, and the official shares.

    `data`: as from `urban_weights(...).table`. Points of neighbouring years are joined.
    """
    figure, axes = plt.subplots(figsize=(figure_width(), 2.9))
    place = data["place_code"].iloc[0]
    # the colours of other places are kept for them: the official shares differ by their line
    colours = {"implied": place_colour(place), "official": INK, "census": GREY}
    for series, colour in colours.items():
        points = data[data["series"] == series].sort_values("year")
        for row in points.itertuples():
            axes.plot([row.year] * 2, [row.low, row.high], color=colour, linewidth=1)
            axes.plot(row.year, row.estimate, **marker_style(row.evidence, colour))
        for before, after in pairwise(points.itertuples()):
            if after.year - before.year == 1:
                ends = ([before.year, after.year], [before.estimate, after.estimate])
                dashes = ":" if series == "official" else "-"
                axes.plot(*ends, color=colour, linewidth=1, linestyle=dashes, zorder=1)
        if len(points):
            last, left = points.iloc[-1], series == "census"
            at, offset = (last["year"], last["estimate"]), (-7 if left else 7, 0)
            look = {"ha": "right" if left else "left", "va": "center", "fontsize": 7.5}
            write_near(axes, TEXTS[series][lang], at, offset, color=INK, **look)
    _write_mean(axes, data, lang)
    first, last = data["year"].min(), data["year"].max()
    axes.set_xlim(first - 0.06 * (last - first), last + 0.36 * (last - first))
    axes.margins(y=0.15)
    ticks = MaxNLocator(8, integer=True, steps=[1, 2, 5, 10]).tick_values(first, last)
    axes.set_xticks([year for year in ticks if first <= year <= last])
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_ylabel(TEXTS["share_axis"][lang])
    axes.grid(axis="y")
    figure.legend(handles=marker_legend(data["evidence"], lang), loc="outside upper right", ncols=3)
    return figure


def _write_mean(axes, data: DataFrame, lang: str) -> None:
    """What the latest official share would give for the mean of all, below the axes."""
    compared = data.dropna(subset=["implied_mean"]).sort_values(["year", "series"])
    if not len(compared):
        return
    row = compared.iloc[-1]
    text = TEXTS["mean"][lang].format(
        year=row["year"],
        implied=number_text(row["implied_mean"], 0, lang),
        printed=number_text(row["printed_mean"], 0, lang),
    )
    axes.set_title(text, fontsize=7.5, color=INK)
