"""Small multiples: every service series of a place, with its breaks, gaps and targets."""

from __future__ import annotations

import math
import textwrap

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.markers import CARETUPBASE
from matplotlib.ticker import FuncFormatter, MaxNLocator
from pandas import DataFrame

from indicators.charts import (
    GREEN,
    GREY,
    PALE,
    WIDTH,
    figure_width,
    ink,
    marker_legend,
    marker_style,
    number_text,
    place_colour,
    write_near,
)
from indicators.labels import label

COLUMNS, NARROWEST = 4, 1.15  # panels in a line on the page; inches that each takes at least
ROOM = 3.2  # years that a number beside its point takes on the page
TEXTS = {
    "target": {"en": "target", "zh": "目标"},
    "break": {"en": "break in the series", "zh": "口径变动"},
    "superseded": {"en": "replaced later (pale)", "zh": "后已被取代（浅色）"},
    "part_of_year": {"en": "part of a year (small)", "zh": "不足全年（小点）"},
    "lower_bound": {"en": "lower bound", "zh": "下限"},
    # ages are counted in 岁, spans of time in 年
    "years": {"en": "years", "zh": "岁"},
}
_UP = {"ge", "gt", "more"}


def service_series(data: DataFrame, lang: str, place: str) -> Figure:
    """A panel for each indicator; a line only from one year to the next on one side of a break.

    `data`: as from `service_series`; `place`: the code whose colour the points have.
    """
    names = list(dict.fromkeys(data["indicator"]))
    columns = min(COLUMNS, len(names), int(figure_width() / NARROWEST))
    # how much narrower a panel is than on the page
    tight = max(1.0, WIDTH / COLUMNS / (figure_width() / columns))
    rows = math.ceil(len(names) / columns)
    keys = _legend(data, lang)
    keys_across = 4 if tight == 1 else 2
    foot = 0.19 + 0.155 * max(2, math.ceil(len(keys) / keys_across))
    size = (figure_width(), 0.1 + foot + 1.12 * rows)
    # placed by hand: laying out twenty panels by their words takes a second
    figure, grid = plt.subplots(
        rows, columns, sharex=True, squeeze=False, figsize=size, layout="none"
    )
    # a narrow panel has its name in more lines
    high = 1 - 0.27 * tight / size[1]
    left, low = 0.068 * WIDTH / size[0], (foot + 0.2) / size[1]
    figure.subplots_adjust(left, low, 0.99, high, wspace=0.36 * tight, hspace=0.62)
    span = data["at"].min() - 0.8, data["at"].max() + 1.6
    grid[0, 0].set_xlim(*span)
    for axes, name in zip(grid.flat, names, strict=False):
        _panel(axes, data[data["indicator"].eq(name)], lang, place_colour(place), tight)
    years = [year for year in MaxNLocator(3, integer=True).tick_values(*span) if span[0] < year]
    grid[0, 0].set_xticks([year for year in years if year < span[1]])
    for axes in grid.flat[len(names) :]:
        axes.set_axis_off()
    # years are written below the last panel of a column; an axis without words draws slowly too
    for number, axes in enumerate(grid.flat[: len(names)]):
        lowest = number + columns >= len(names)
        axes.tick_params(axis="x", labelbottom=lowest)
        axes.xaxis.set_visible(lowest)
        axes.vlines(axes.get_xticks(), 0, 1, transform=axes.get_xaxis_transform(), **_YEARS)
    figure.legend(handles=keys, loc="lower left", ncols=keys_across, borderaxespad=0.1)
    return figure


def _legend(data: DataFrame, lang: str) -> list[Line2D]:
    outcomes = data[data["drawn_as"].eq("outcome")]
    handles = marker_legend(outcomes["evidence"], lang)
    if data["drawn_as"].eq("target").any():
        handles.append(Line2D([], [], label=TEXTS["target"][lang], **_TARGET))
    if data["drawn_as"].eq("break").any():
        handles.append(Line2D([], [], label=TEXTS["break"][lang], **_BREAK))
    if outcomes["bound"].isin(_UP).any():
        handles.append(Line2D([], [], label=TEXTS["lower_bound"][lang], color=GREY, **_BOUND))
    pale = marker_style("printed", GREY) | {"alpha": 0.4}
    if outcomes["status"].eq("superseded").any():
        handles.append(Line2D([], [], label=TEXTS["superseded"][lang], **pale))
    if not outcomes["whole_year"].all():
        small = marker_style("printed", GREY) | {"markersize": 2.5}
        handles.append(Line2D([], [], label=TEXTS["part_of_year"][lang], **small))
    return handles


_TARGET = {
    "color": GREEN,
    "marker": "_",
    "markersize": 9,
    "markeredgewidth": 2,
    "linestyle": "",
}
_YEARS = {"colors": PALE, "linewidth": 0.6, "zorder": 0}
_BREAK = {"color": GREY, "linestyle": ":", "linewidth": 1}
_BOUND = {"marker": CARETUPBASE, "markersize": 6, "linestyle": ""}


def _panel(axes: Axes, panel: DataFrame, lang: str, colour: str, tight: float) -> None:
    points = panel[panel["drawn_as"].eq("outcome")].reset_index(drop=True)
    targets = panel[panel["drawn_as"].eq("target")]
    for row in panel[panel["drawn_as"].eq("break")].itertuples():
        axes.axvline(row.at, zorder=0.5, **_BREAK)
    # one artist for all that look alike: many small ones draw slowly
    joins = [
        points.loc[[_year_before(points, place), place], ["at", "value"]].to_numpy()
        for place in points.index[points["joined"].astype(bool)]
    ]
    axes.add_collection(LineCollection(joins, colors=colour, linewidths=1, zorder=2))
    pale = points["status"].eq("superseded")
    for (mark, whole, faint), alike in points.groupby(["evidence", "whole_year", pale]):
        look = marker_style(mark, colour) | {"markeredgewidth": 0.9}
        look |= {"markersize": 4 if whole else 2.5, "alpha": 0.4 if faint else 1}
        axes.plot(alike["at"], alike["value"], zorder=3, **look)
    bounds = points[points["bound"].isin(_UP)]
    if len(bounds):
        axes.plot(bounds["at"], bounds["value"], zorder=3, color=colour, **_BOUND)
    if len(targets):
        axes.plot(targets["at"], targets["value"], zorder=3, **_TARGET)
    values = panel["value"].dropna()
    spread = (values.max() - values.min()) or abs(values.max()) or 1
    axes.set_ylim(values.min() - 0.4 * spread, values.max() + 0.4 * spread)
    decimals = _decimals(values)
    # the margin beyond the panel is narrower as well
    edge = axes.get_xlim()[1] - ROOM * tight**2
    _label_last(axes, points, targets, lang, colour, edge)
    axes.yaxis.set_major_locator(MaxNLocator(3, min_n_ticks=2))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: number_text(value, decimals, lang))
    )
    axes.tick_params(labelsize=6.5, length=2, pad=1.5)
    axes.yaxis.set_label_coords(0, 0.5)  # no name of the axis, for which room would be sought
    axes.patch.set_visible(False)
    axes.set_title(_title(panel, lang, tight), fontsize=6.8, pad=2.5)


def _label_last(
    axes: Axes, points: DataFrame, targets: DataFrame, lang: str, colour: str, edge: float
) -> None:
    """The last figure that stands, and the last target; the figure keeps clear of the target."""
    normal = points[points["status"].isin(["normal", "provisional"])]
    last = (normal if len(normal) else points).iloc[-1]
    under = len(targets) > 0 and targets["value"].iloc[-1] > last["value"]
    side, aside = ("right", 5) if last["at"] > edge else ("left", 4) if under else ("center", 0)
    look = {"va": "top" if under else "bottom", "color": ink(colour), "fontsize": 6.5}
    at, text = (last["at"], last["value"]), _number(last["printed_value"], lang)
    write_near(axes, text, at, (aside, -4 if under else 4), ha=side, **look)
    for row in targets.iloc[-1:].itertuples():
        side, aside = ("right", 6) if row.at > edge else ("center", 0)
        look = {"va": "bottom" if under else "top", "fontsize": 6.5, "color": ink(GREEN)}
        at, text = (row.at, row.value), _number(row.printed_value, lang)
        write_near(axes, text, at, (aside, 3 if under else -3), ha=side, **look)


def _title(panel: DataFrame, lang: str, tight: float) -> str:
    name = label("values", panel["indicator"].iloc[0], lang)
    name = name[:1].upper() + name[1:]
    unit = panel["unit"].iloc[0]
    unit = TEXTS[unit][lang] if unit in TEXTS else label("units", unit, lang)
    if lang == "en":
        return textwrap.fill(name + (f" ({unit})" if unit else ""), int(25 / tight))
    # such a name has said what the unit would say
    unit = f"（{unit}）" if unit and not name.startswith("每") else ""
    return name + ("\n" if len(name + unit) > 12 / tight and unit else "") + unit


def _number(printed: str, lang: str) -> str:
    """A figure as printed, but for decimals that would only fill the panel."""
    value, decimals = float(printed), len(printed.partition(".")[2])
    return number_text(value, min(decimals, 2 if value < 100 else 1 if value < 1000 else 0), lang)


def _decimals(values) -> int:
    span = values.max() - values.min()
    return 0 if span == 0 or span > 3 else (1 if span > 0.3 else 2)


def _year_before(points: DataFrame, place: int) -> int:
    """The place of the whole year before, from which a line comes."""
    year = int(points["at"].iloc[place]) - 1
    found = points.index[points["at"].eq(year) & points["whole_year"]]
    return int(found[-1])
