"""The units around their mean, and their spread, by year."""

from __future__ import annotations

from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from pandas import DataFrame

from indicators.charts import (
    GREY,
    INK,
    ink,
    marker_legend,
    marker_style,
    number_text,
    place_colour,
    write_near,
)
from indicators.charts.layout import panel_pair
from indicators.charts.panel_convergence.units import (
    NAMED,
    OWN,
    draw_lines,
    name_ends,
    say_whose,
    unit_name,
    year_axis,
)

TEXTS = {
    "apart": {"en": "Log income minus the mean of the units", "zh": "收入对数减各单位均值"},
    "spread": {"en": "Standard deviation of log income", "zh": "收入对数的标准差"},
}
MARKED = 14  # years whose marks do not run together


def panel_spread(data: DataFrame, lang: str) -> Figure:
    """Each unit's distance from the mean on the left, the standard deviation on the right.

    `data`: as from `spread_lines`. Years that are not there are bridged by a dashed line.
    """
    figure, panels = panel_pair(3.2, (2.6, 2.2), [1.25, 1])
    units, spread = (data[data["series"].eq(name)] for name in ("unit", "spread"))
    _draw_units(panels[0], units, lang)
    _draw_spread(panels[1], spread, lang)
    for axes, name in zip(panels, TEXTS, strict=True):
        axes.set_ylabel(TEXTS[name][lang])
        _format(axes, data["year"], lang)
    # names stand between the panels
    figure.get_layout_engine().set(wspace=0.05)
    say_whose(panels[1], data, lang)
    marked = set(data["evidence"]) - {OWN} if data["year"].nunique() <= MARKED else set()
    if marked:
        figure.legend(handles=marker_legend(marked, lang), loc="outside lower left", ncols=5)
    return figure


def _draw_units(axes: Axes, rows: DataFrame, lang: str) -> None:
    axes.axhline(0, color=GREY, linewidth=0.6)
    wide = rows.pivot(index="year", columns="unit", values="value")
    few = len(wide.columns) <= NAMED
    for unit in wide if few else ():
        draw_lines(axes, wide[[unit]], color=place_colour(unit), linewidth=1)
    if not few:
        draw_lines(axes, wide, color=GREY, linewidth=0.5, alpha=0.6)
        return
    if len(wide) <= MARKED:
        for row in rows.itertuples():
            look = marker_style(row.evidence, place_colour(row.unit)) | {"markersize": 4}
            axes.plot(row.year, row.value, **look)
    last = wide.iloc[-1]
    ends = [(last[unit], unit_name(unit, lang), ink(place_colour(unit))) for unit in wide]
    name_ends(axes, ends, wide.index[-1])


def _draw_spread(axes: Axes, rows: DataFrame, lang: str) -> None:
    line = rows.set_index("year")[["value"]]
    draw_lines(axes, line, color=INK)
    if len(rows) <= MARKED:
        for row in rows.itertuples():
            axes.plot(row.year, row.value, **marker_style(row.evidence, INK))
    for row in rows.iloc[[0, -1]].itertuples():
        words = number_text(row.value, 3, lang)
        write_near(axes, words, (row.year, row.value), (0, 7), ha="center", fontsize=7.5)
    axes.margins(x=0.15)
    axes.set_ylim(0, 1.2 * rows["value"].max())


def _format(axes: Axes, years: Iterable[int], lang: str) -> None:
    year_axis(axes, years, 6)
    low, high = axes.get_ylim()
    decimals = 2 if high - low > 0.08 else 3
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number_text(y, decimals, lang)))
    axes.grid(axis="y")
