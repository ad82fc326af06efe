"""The ratio of urban to rural income: by basis, and as an index beside other places."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    GREEN,
    GREY,
    INK,
    VERMILION,
    figure_width,
    ink,
    marker_legend,
    number_text,
    place_colour,
    write_near,
)
from indicators.charts.layout import panel_pair
from indicators.charts.urban_rural_convergence.lines import draw_line, label_ends
from indicators.labels import label

TEXTS = {
    "ratio_axis": {"en": "Urban income / rural income", "zh": "城乡居民收入倍差"},
    "survey_break": {"en": "survey changes", "zh": "调查口径改变"},
    "scope_break": {"en": "scope changes", "zh": "统计范围改变"},
    "ratio": {"en": "Ratio", "zh": "倍差"},
    "excess": {"en": "Ratio minus one", "zh": "倍差减一"},
    "index_axis": {"en": "Index, {} = 100", "zh": "指数（{}年=100）"},
}
COLOURS = {
    "integrated_survey": BLUE,
    "net_income_pre2013": VERMILION,
    "integrated_backcast": GREEN,
}
# The integrated survey is printed from 2014 on; what is derived of 2013 is not joined to it.
SURVEY_BREAK = 2013.5


def ratio_by_basis(data: DataFrame, lang: str) -> Figure:
    """The ratios of a place in every basis; bases and scopes are never joined.

    `data`: as from `ratio_series`.
    """
    figure, axes = plt.subplots(figsize=(figure_width(), 3.1))
    span, breaks = max(0.25, data["high"].max() - data["low"].min()), _breaks(data)
    for basis, rows in data.groupby("basis", sort=False):
        colour = COLOURS[basis]
        for segment, part in rows.groupby("segment"):
            others = list(rows.loc[rows["segment"].ne(segment), "year"])
            others += [SURVEY_BREAK] if basis == "integrated_survey" else []
            draw_line(axes, part, "estimate", colour, others)
        _label_values(axes, rows, colour, lang)
    for row in data[data["evidence"].eq("claimed")].itertuples():
        axes.plot([row.year] * 2, [row.low, row.high], color=COLOURS[row.basis], linewidth=1)
    # the words of the breaks stand above the points
    room = 0.54 if breaks else 0.2
    axes.set_ylim(data["low"].min() - 0.12 * span, data["high"].max() + room * span)
    axes.set_xlim(data["year"].min() - 0.8, data["year"].max() + 0.9)
    at_top = ("data", "axes fraction")
    for year, words in breaks:
        axes.axvline(year, color=GREY, linewidth=0.8, linestyle=":")
        look = {"ha": "right", "va": "top", "fontsize": 7, "color": GREY, "rotation": 90}
        write_near(axes, TEXTS[words][lang], (year, 1), (-2, -2), xycoords=at_top, **look)
    handles = [
        plt.Line2D([], [], color=COLOURS[basis], label=label("values", basis, lang))
        for basis in dict.fromkeys(data["basis"])
    ]
    handles += marker_legend(data["evidence"], lang)
    columns = 4 if len(handles) <= 4 else 3
    figure.legend(handles=handles, loc="outside lower left", ncols=columns)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12))
    decimals = 1 if span > 0.5 else 2
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number_text(y, decimals, lang)))
    axes.yaxis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10], nbins=7))
    axes.set_ylabel(TEXTS["ratio_axis"][lang])
    axes.grid(axis="y")
    return figure


def _label_values(axes, rows: DataFrame, colour: str, lang: str) -> None:
    """The value of the first and the last point of a basis, and of a claim."""
    years = rows["year"]
    shown = rows[years.isin([years.min(), years.max()]) | rows["evidence"].eq("claimed")]
    printed = rows[~rows["evidence"].isin(["claimed", "derived"])]
    shown = set(shown["year"]) | set(printed["year"].iloc[[0, -1]] if len(printed) else [])
    for row in rows[years.isin(shown)].itertuples():
        words = number_text(row.estimate, 2, lang)
        look = {"ha": "center", "fontsize": 7, "color": ink(colour)}
        write_near(axes, words, (row.year, row.estimate), (0, 6), **look)


def _breaks(data: DataFrame) -> list[tuple[float, str]]:
    """Where a break lies: between the two surveys, and between scopes of one survey."""
    breaks = []
    if {"integrated_survey", "net_income_pre2013"} <= set(data["basis"]):
        breaks.append((SURVEY_BREAK, "survey_break"))
    for _, rows in data.groupby("basis"):
        ordered = rows.sort_values("year")
        pairs = zip(ordered.itertuples(), ordered.iloc[1:].itertuples(), strict=False)
        breaks += [
            (before.year + 0.5, "scope_break")
            for before, after in pairs
            if before.segment != after.segment and after.year - before.year == 1
        ]
    return breaks


def ratio_indexed(data: DataFrame, lang: str) -> Figure:
    """The ratio, and the ratio minus one, of several places, first shared year = 100.

    `data`: as from `indexed_series`.
    """
    figure, panels = panel_pair(2.9, (2.5, 2.5), sharey=True)
    last = data["year"].max()
    low, high = data["index_value"].min(), data["index_value"].max()
    for axes, measure in zip(panels, ("ratio", "excess"), strict=True):
        rows, ends = data[data["measure"].eq(measure)], []
        for place, part in rows.groupby("place_code", sort=False):
            colour = place_colour(place)
            draw_line(axes, part, "index_value", colour, size=4)
            end = part.sort_values("year").iloc[-1]
            words = f"{label('values', place, lang)} {number_text(end['index_value'], 1, lang)}"
            ends.append((end["year"], end["index_value"], words, ink(colour)))
        label_ends(axes, ends, 0.075 * (high - low), last + 0.7)
        axes.axhline(100, color=INK, linewidth=0.6)
        axes.set_title(TEXTS[measure][lang])
        axes.set_xlim(data["year"].min() - 0.4, last + 0.4)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
        axes.grid(axis="y")
    panels[0].set_ylim(low - 0.08 * (high - low), high + 0.06 * (high - low))
    panels[0].set_ylabel(TEXTS["index_axis"][lang].format(data["base_year"].iloc[0]))
    figure.legend(handles=marker_legend(data["evidence"], lang), loc="outside lower left", ncols=5)
    return figure
