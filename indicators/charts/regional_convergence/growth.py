"""Growth of the counties against where they started."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    figure_width,
    is_narrow,
    marker_legend,
    marker_style,
    number_text,
    write_near,
)
from indicators.charts.layout import columns
from indicators.charts.regional_convergence.values import SHARES, change_value_text, value_text
from indicators.labels import label

COLOURS = {"other_counties": GREY, "hangzhou": BLUE, "at_bound": ORANGE, "doubtful": PURPLE}
HALO = withStroke(linewidth=2, foreground="white")  # keeps a name readable among marks
TEXTS = {
    "other_counties": {"en": "other counties", "zh": "其他县（市、区）"},
    "hangzhou": {"en": "counties of Hangzhou", "zh": "杭州市各县（市、区）"},
    "at_bound": {"en": "wholly urban in 2010 or 2020", "zh": "2010年或2020年城镇化率为百分之百"},
    "line": {"en": "line of these counties, with its interval", "zh": "图中各单位的回归线及区间"},
    "line_without": {"en": "without the doubtful pairs", "zh": "剔除存疑单位"},
    "first": {"en": "2010", "zh": "2010年"},
    "change": {"en": "Change from 2010 to 2020", "zh": "2010—2020年变动"},
    "change_points": {
        "en": "Change from 2010 to 2020, percentage points",
        "zh": "2010—2020年变动（百分点）",
    },
    "slope": {"en": "slope {} ({} to {})", "zh": "斜率{}（{}至{}）"},
}


def growth_scatter(data: DataFrame, lang: str, indicator: str) -> Figure:
    """A panel for each scale: the change against the value of 2010, and the line through it.

    `data`: as from `growth_points`; `indicator` tells the unit of the first panel.
    """
    scales = list(dict.fromkeys(data["scale"]))
    across = columns(len(scales), len(scales))
    size = (figure_width(), 1 + 2.2 * len(scales) if is_narrow() else 3.3)
    figure, panels = plt.subplots(len(scales) // across, across, squeeze=False, figsize=size)
    for axes, scale in zip(panels.flat, scales, strict=True):
        _draw_panel(axes, data[data["scale"].eq(scale)], lang)
        axes.set_title(label("values", scale, lang), pad=16)
        axes.set_xlabel(TEXTS["first"][lang])
        _format(axes, indicator, scale, lang)
    for axes, scale in zip(panels[:, 0], scales, strict=False):
        in_points = scale == "points" and indicator in SHARES
        axes.set_ylabel(TEXTS["change_points" if in_points else "change"][lang])
    units = data[data["series"].eq("units")]
    groups = [name for name in COLOURS if name in set(units["group"]) - {"doubtful"}]
    handles = [Patch(color=COLOURS[name], label=TEXTS[name][lang]) for name in groups]
    lines = {"line": "-", "line_without": "--"}
    handles += [
        Line2D([], [], color=INK, linewidth=1, linestyle=dashes, label=TEXTS[name][lang])
        for name, dashes in lines.items()
        if name in set(data["series"])
    ]
    handles += marker_legend(units["evidence"], lang)
    figure.legend(handles=handles, loc="outside lower left", ncols=3)
    return figure


def _format(axes: Axes, indicator: str, scale: str, lang: str) -> None:
    whole = scale == "points" and indicator in SHARES
    for axis, text in ((axes.xaxis, value_text), (axes.yaxis, change_value_text)):
        low, high = axis.get_view_interval()
        decimals = 0 if whole else 2 if scale != "points" and high - low < 0.5 else 1
        kind = (indicator, scale, lang, decimals)
        axis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        axis.set_major_formatter(FuncFormatter(partial(_tick, text, kind)))


def _tick(text: Callable, kind: tuple, value: float, _: object) -> str:
    return text(value, *kind)


def _draw_panel(axes: Axes, rows: DataFrame, lang: str) -> None:
    axes.axhline(0, color=GREY, linewidth=0.6)
    line = rows[rows["series"].eq("line")]
    axes.fill_between(line["initial"], line["low"], line["high"], color=PALE, linewidth=0)
    axes.plot(line["initial"], line["change"], color=INK, linewidth=1)
    other = rows[rows["series"].eq("line_without")]
    axes.plot(other["initial"], other["change"], color=INK, linewidth=1, linestyle="--")
    units = rows[rows["series"].eq("units")]
    for (group, mark), part in units.groupby(["group", "evidence"], sort=False):
        look = marker_style(mark, COLOURS[group]) | {"markeredgewidth": 0.8, "markersize": 3.2}
        axes.plot(part["initial"], part["change"], zorder=3, **look)
    for row in units[units["group"].eq("doubtful")].itertuples():
        look = {"fontsize": 7, "color": INK, "zorder": 4, "path_effects": [HALO]}
        right = row.initial > (units["initial"].min() + units["initial"].max()) / 2
        place = {"ha": "right" if right else "left", "va": "center"}
        at = (row.initial, row.change)
        name = label("values", row.place_code, lang)
        write_near(axes, name, at, (-5 if right else 5, 0), **look, **place)
    slope = line.iloc[0]
    numbers = (
        number_text(slope[name], 2, lang) for name in ("slope", "slope_low", "slope_high")
    )  # fmt: skip
    text = TEXTS["slope"][lang].format(*numbers)
    axes.text(0, 1.02, text, transform=axes.transAxes, fontsize=7)
