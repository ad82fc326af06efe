"""Theil's between part, and what its change goes with."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from matplotlib.figure import Figure
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator
from pandas import DataFrame

from indicators.charts import (
    GREY,
    INK,
    ORANGE,
    SKY,
    bar_legend,
    bar_style,
    marker_legend,
    marker_style,
    number_text,
    place_colour,
    write_near,
)
from indicators.charts.layout import panel_pair
from indicators.labels import label

COLOURS = {"ratio_part": SKY, "share_part": ORANGE}
TEXTS = {
    "level_axis": {"en": "Theil's T between urban and rural", "zh": "城乡间泰尔指数（T）"},
    "change_axis": {"en": "Change of T", "zh": "T的变动"},
    "step": {"en": "{}–{}", "zh": "{}—{}年"},
}


def theil_between(data: DataFrame, lang: str) -> Figure:
    """Left, the between part by year; right, its change by step: ratio part and share part.

    `data`: as from `theil_parts(...).table`.
    """
    steps = data[data["panel"] == "change"]
    spans = list(dict.fromkeys(zip(steps["year_before"], steps["year_after"], strict=True)))
    height = max(2.4, 0.9 + 0.26 * len(spans))
    figure, (left, right) = panel_pair(height, (2.0, height), [1, 1.25])
    levels = data[data["panel"] == "level"].astype({"year": int})
    _draw_levels(left, levels, lang)
    for place, span in enumerate(spans):
        found = steps[steps["year_before"].eq(span[0]) & steps["year_after"].eq(span[1])]
        _draw_step(right, found.set_index("component"), place, lang)
    right.axvline(0, color=INK, linewidth=0.6)
    right.set_yticks(range(len(spans)), [TEXTS["step"][lang].format(*span) for span in spans])
    if len(spans) > 1:
        right.axhline(len(spans) - 1.5, color=GREY, linewidth=0.6)  # below it, the whole window
    # a bar keeps its thickness where there are few
    room = max(0, 3 - len(spans)) / 2
    right.set_ylim(len(spans) - 0.4 + room, -0.6 - room)
    right.tick_params(axis="y", length=0)
    low, high = min(steps["estimate"].min(), 0), max(steps["estimate"].max(), 0)
    right.set_xlim(low - 0.32 * (high - low), high + 0.05 * (high - low))
    right.xaxis.set_major_locator(MaxNLocator(4))
    decimals = 3 if high - low > 0.004 else 4
    right.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number_text(x, decimals, lang)))
    right.set_xlabel(TEXTS["change_axis"][lang])
    right.grid(axis="x")
    parts = [
        Patch(label=label("values", name, lang), **bar_style("printed", colour))
        for name, colour in COLOURS.items()
    ]
    parts.append(
        Line2D([], [], color=INK, linewidth=1.4, label=label("values", "all_change", lang))
    )
    look = {"ncols": len(parts), "columnspacing": 1.2, "handlelength": 1.6, "fontsize": 7}
    right.legend(handles=parts, loc="lower right", bbox_to_anchor=(1.02, 1), **look)
    _write_evidence(figure, levels["evidence"], steps["evidence"], lang)
    return figure


def _write_evidence(figure: Figure, points: Iterable[str], bars: Iterable[str], lang: str) -> None:
    """One entry for each evidence: how its points look and how its bars look."""
    looks: dict[str, list] = {}
    for handle in [*marker_legend(points, lang), *bar_legend(bars, lang)]:
        looks.setdefault(handle.get_label(), []).append(handle)
    handles = [tuple(found) for found in looks.values()]
    handler = {tuple: HandlerTuple(ndivide=None, pad=0.6)}
    look = {"loc": "outside upper right", "ncols": len(handles), "handlelength": 3}
    figure.legend(handles, list(looks), handler_map=handler, **look)


def _draw_levels(axes, levels: DataFrame, lang: str) -> None:
    colour = place_colour(levels["place_code"].iloc[0])
    levels = levels.sort_values("year")
    for row in levels.itertuples():
        axes.plot([row.year] * 2, [row.low, row.high], color=colour, linewidth=1)
        axes.plot(row.year, row.estimate, **marker_style(row.evidence, colour))
    for before, after in pairwise(levels.itertuples()):
        if after.year - before.year == 1:
            ends = ([before.year, after.year], [before.estimate, after.estimate])
            axes.plot(*ends, color=colour, linewidth=0.8, zorder=1)
    for row, above in ((levels.iloc[0], True), (levels.iloc[-1], False)):
        text, offset = number_text(row["estimate"], 4, lang), (0, 6 if above else -6)
        look = {"ha": "center", "va": "bottom" if above else "top", "fontsize": 7.5}
        write_near(axes, text, (row["year"], row["estimate"]), offset, color=INK, **look)
    axes.set_ylim(0, 1.15 * levels["high"].max())
    axes.margins(x=0.14)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number_text(y, 3, lang)))
    axes.set_ylabel(TEXTS["level_axis"][lang])
    axes.grid(axis="y")


def _draw_step(axes, parts: DataFrame, place: int, lang: str) -> None:
    """Two bars from 0, or end to end if both parts have one sign; a stroke where they add up."""
    reached = {True: 0.0, False: 0.0}
    for component, colour in COLOURS.items():
        part = parts.loc[component]
        up = part["estimate"] >= 0
        look = bar_style(part["evidence"], colour)
        axes.barh(place, part["estimate"], left=reached[up], height=0.5, **look)
        reached[up] += part["estimate"]
    total = parts.loc["all_change", "estimate"]
    axes.plot([total, total], [place - 0.33, place + 0.33], color=INK, linewidth=1.4)
    text, at = number_text(total, 4, lang), (min(reached[False], total), place)
    write_near(axes, text, at, (-4, 0), ha="right", va="center", fontsize=7.5)
