"""The gap in yuan, and the rural growth above which it widens."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter
from pandas import DataFrame

from indicators.charts import (
    GREY,
    INK,
    PALE,
    ink,
    marker_legend,
    marker_style,
    number_text,
    place_colour,
    write_near,
)
from indicators.charts.layout import panel_pair
from indicators.charts.urban_rural_convergence.lines import draw_line, label_ends
from indicators.labels import label

TEXTS = {
    "gap_axis": {"en": "Thousand yuan", "zh": "千元"},
    "gap_panel": {"en": "Urban minus rural income", "zh": "城乡居民收入差额"},
    "growth_panel": {"en": "Growth of rural income since {}", "zh": "农村居民收入比{}年增长"},
    "ratio_axis": {"en": "Urban income / rural income at the end", "zh": "期末城乡居民收入倍差"},
    "widened": {"en": "gap widened", "zh": "差额扩大"},
    "narrowed": {"en": "gap narrowed", "zh": "差额缩小"},
}


def yuan_gap(data: DataFrame, lang: str) -> Figure:
    """Left, the gap by year; right, the growth of rural income that leaves the gap as it is.

    `data`: as from `gap_series`.
    """
    figure, (left, right) = panel_pair(3.0, (2.4, 2.6), [1.1, 1])
    gaps = data[data["series"].eq("gap")]
    _draw_gaps(left, gaps, lang)
    _draw_threshold(right, data[data["series"].ne("gap")], lang)
    marks = [*gaps["evidence"], *data.loc[data["series"].isin(["observed", "end"]), "evidence"]]
    figure.legend(handles=marker_legend(marks, lang), loc="outside lower left", ncols=5)
    return figure


def _draw_gaps(axes: Axes, rows: DataFrame, lang: str) -> None:
    ends, last = [], rows["year"].max()
    for place, part in rows.groupby("place_code", sort=False):
        colour = place_colour(place)
        draw_line(axes, part, "gap", colour, size=4)
        end = part.sort_values("year").iloc[-1]
        words = f"{label('values', place, lang)} {number_text(end['gap'], 1, lang)}"
        ends.append((end["year"], end["gap"], words, ink(colour)))
    height = rows["gap"].max() - rows["gap"].min()
    label_ends(axes, ends, 0.085 * height, last + 0.7)
    axes.set_xlim(rows["year"].min() - 0.4, last + 0.4)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.yaxis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10], nbins=7))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number_text(y, 0, lang)))
    axes.set_ylabel(TEXTS["gap_axis"][lang])
    axes.set_title(TEXTS["gap_panel"][lang])
    axes.grid(axis="y")


def _draw_threshold(axes: Axes, rows: DataFrame, lang: str) -> None:
    curve = rows[rows["series"].eq("curve")]
    observed, end = rows[rows["series"].eq("observed")], rows[rows["series"].eq("end")].iloc[0]
    colour = place_colour(end["place_code"])
    axes.plot(curve["ratio"], curve["growth"], color=INK, linewidth=1.2)
    top = 1.12 * max(curve["growth"].max(), observed["growth"].max() if len(observed) else 0)
    axes.fill_between(curve["ratio"], curve["growth"], top, color=PALE, linewidth=0)
    right, left = curve["ratio"].max(), curve["ratio"].min()
    spread_out = right - left
    axes.set_xlim(right + 0.06 * spread_out, left)
    axes.set_ylim(0, top)
    for row in observed.itertuples():
        look = marker_style(row.evidence, colour)
        axes.plot(row.ratio, row.growth, zorder=4, markersize=5, **look)
    for row in observed.tail(1).itertuples():
        # far above the curve there is room above, near it below
        offset = (0, 6) if row.growth > 0.3 * top else (8, -9)
        look = {"ha": "center", "fontsize": 7, "color": ink(colour), "zorder": 6}
        write_near(axes, f"{row.year}", (row.ratio, row.growth), offset, **look)
    if end["evidence"] == "claimed":
        at = (end["ratio"], end["growth"])
        axes.plot([at[0]] * 2, [end["growth_low"], end["growth_high"]], color=colour, linewidth=1)
        axes.plot(*at, markersize=6, zorder=5, **marker_style("claimed", colour))
        words = f"{end['year']}: {number_text(100 * at[1], 1, lang)}%"
        look = {"ha": "right", "va": "center", "fontsize": 7, "color": ink(colour)}
        write_near(axes, words, at, (-7, 4), **look)
    corner = {"fontsize": 7.5, "color": GREY, "transform": axes.transAxes}
    axes.text(0.04, 0.94, TEXTS["widened"][lang], va="top", **corner)
    axes.text(0.96, 0.05, TEXTS["narrowed"][lang], ha="right", **corner)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number_text(x, 2, lang)))
    axes.set_title(TEXTS["growth_panel"][lang].format(end["first_year"]))
    axes.set_xlabel(TEXTS["ratio_axis"][lang])
    axes.grid(axis="y")
