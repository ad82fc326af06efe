"""The spread of the counties at two dates, on every scale."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator
from pandas import DataFrame

from indicators.charts import (
    GREY,
    INK,
    ORANGE,
    PURPLE,
    figure_width,
    is_narrow,
    number_text,
    write_near,
)
from indicators.charts.layout import write_row
from indicators.charts.regional_convergence.values import POINTS, SHARES, change_value_text
from indicators.labels import label

COLOURS = {
    "narrowed": PURPLE,
    "spread_undecided": GREY,
    "widened": ORANGE,
    "narrower": PURPLE,
    "wider": ORANGE,
}
# hollow: derived
POINT = {"marker": "o", "markersize": 6, "markerfacecolor": "white", "markeredgewidth": 1.4}
TEXTS = {
    "axis": {
        "en": "Spread (standard deviation) of 2020 over that of 2010",
        "zh": "2020年与2010年标准差之比",
    },
    "units": {"en": "{} ({})", "zh": "{}（{}个）"},
    "numbers": {"en": "{} → {}", "zh": "{}→{}"},
    "p": {"en": "p = {}, ranks {}", "zh": "P={}，秩{}"},
    "head": {"en": "Spread 2010 → 2020", "zh": "2010→2020年标准差"},
    "small": {"en": "<0.001", "zh": "<0.001"},
    "smaller": {"en": "smaller spread", "zh": "离散程度缩小"},
    "larger": {"en": "larger spread", "zh": "离散程度扩大"},
}


def spread_ratios(data: DataFrame, lang: str, indicator: str) -> Figure:
    """The ratio of the two spreads with its interval, by scale and set of pairs.

    `data`: `spread_changes(...).table`, some scales of it; `indicator` tells the unit.
    """
    scales = list(dict.fromkeys(data["scale"]))
    narrow = is_narrow()
    height = 1.0 + (0.42 if narrow else 0.26) * len(data) + 0.3 * len(scales)
    figure, axes = plt.subplots(figsize=(figure_width(), height))
    axes.axvline(1, color=INK, linewidth=0.8)
    below, above = 1 - data["low"].min(), data["high"].max() - 1
    # room on either side of 1 for what it means
    least = 0.6 * max(below, above)
    axes.set_xlim(1 - 1.1 * max(below, least), 1 + 1.1 * max(above, least))
    level, ticks = 0.0, {}
    for scale in scales:
        look = {"fontsize": 8, "ha": "left" if narrow else "right", "va": "center"}
        at = axes.get_yaxis_transform()
        axes.text(0 if narrow else -0.02, level, label("values", scale, lang), transform=at, **look)
        for row in data[data["scale"].eq(scale)].itertuples():
            level += 1
            _draw_row(axes, row, level)
            numbers = _numbers(row, lang, indicator)
            name = TEXTS["units"][lang].format(label("values", row.pairs, lang), row.n)
            if narrow:
                write_row(axes, level, (f"{name}\n{numbers}", INK))
            else:
                ticks[level] = name
                axes.text(1.02, level, numbers, transform=at, fontsize=7.5, va="center")
        level += 1.15
    axes.set_yticks(list(ticks), list(ticks.values()))
    axes.spines["left"].set_visible(not narrow)
    axes.set_ylim(level - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number_text(x, 2, lang)))
    axes.set_xlabel(TEXTS["axis"][lang])
    axes.grid(axis="x")
    at_top = {"xycoords": ("data", "axes fraction"), "va": "bottom", "fontsize": 7.5}
    write_near(axes, TEXTS["smaller"][lang], (1, 1), (-5, 0), ha="right", **at_top)
    write_near(axes, TEXTS["larger"][lang], (1, 1), (5, 0), ha="left", **at_top)
    head = TEXTS["head"][lang]
    if narrow:
        axes.set_title(head, fontsize=7.5, pad=14)
    else:
        axes.text(1.02, 1, head, transform=axes.transAxes, fontsize=7.5, va="bottom")
    handles = [
        Line2D([], [], color=COLOURS[name], label=label("values", name, lang), **POINT)
        for name in COLOURS
        if name in set(data["direction"])
    ]
    figure.legend(handles=handles, loc="outside lower left", ncols=3)
    return figure


def _draw_row(axes: Axes, row, level: float) -> None:
    colour = COLOURS[row.direction]
    if row.low < row.high:
        axes.plot([row.low, row.high], [level, level], color=colour, linewidth=2)
    axes.plot(row.estimate, level, color=colour, zorder=3, **POINT)


def _numbers(row, lang: str, indicator: str) -> str:
    in_points = row.scale == "points" and indicator in SHARES
    kind = (indicator, row.scale, lang, 1 if in_points else 2)
    spreads = [change_value_text(value, *kind) for value in (row.sd_initial, row.sd_final)]
    text = TEXTS["numbers"][lang].format(*spreads)
    text = POINTS[lang].format(text) if in_points else text
    if row.p_value == row.p_value:
        small = TEXTS["small"][lang]
        p = [number_text(p, 3, lang) if p >= 0.0005 else small for p in (row.p_value, row.rank_p)]
        text += "   " + TEXTS["p"][lang].format(*p).replace("= <", "< ").replace("=<", "<")
    return text
