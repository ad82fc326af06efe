"""What the charts of panels share: names of units, lines over years with gaps, whose data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame

from indicators.charts import GREY, spread
from indicators.labels import LABELS, label

OWN = "own_data"
LONGEST = 18  # characters of a name
NAMED = 12  # units whose lines have room for a name at their end


def unit_name(unit: str, lang: str) -> str:
    """A unit in words, cut where it is too long; a dollar sign is no mathematics.

    >>> unit_name("330100", "zh"), unit_name("A$B", "en")
    ('杭州市', 'A\\\\$B')
    """
    name = LABELS["values"].get(unit, {}).get(lang, unit)
    name = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
    return name.replace("$", r"\$")


def say_whose(axes: Axes, data: DataFrame, lang: str) -> None:
    """Write above the axes that the data are the reader's own, where they are."""
    if data["evidence"].eq(OWN).any():
        axes.set_title(label("values", OWN, lang), loc="right", fontsize=7.5, color=GREY)


def draw_lines(axes: Axes, values: DataFrame, **look: Any) -> None:
    """A line for each column over the years of the index, dashed where years are missing."""
    years = values.index.to_numpy()
    starts = [0, *(i + 1 for i in range(len(years) - 1) if years[i + 1] > years[i] + 1)]
    for start, end in zip(starts, [*starts[1:], len(years)], strict=True):
        axes.plot(years[start:end], values.iloc[start:end].to_numpy(), **look)
        if end < len(years):
            gap = values.iloc[end - 1 : end + 1]
            axes.plot(gap.index, gap.to_numpy(), **(look | {"linestyle": "--"}))


def name_ends(axes: Axes, ends: Iterable[tuple[float, str, str]], year: int) -> None:
    """Names (value, words, colour) to the right of the last year, apart from one another."""
    rows = list(ends)
    low, high = axes.get_ylim()
    places = spread([value for value, _, _ in rows], 0.06 * (high - low))
    for (value, words, colour), place in zip(rows, places, strict=True):
        arrow = {"arrowstyle": "-", "color": colour, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 2}
        look = {"va": "center", "fontsize": 7, "color": colour, "arrowprops": arrow}
        axes.annotate(words, (year, value), (1.03, place), textcoords=axes.get_yaxis_transform(),
                      annotation_clip=False, **look)  # fmt: skip


def year_axis(axes: Axes, years: Iterable[int], ticks: int) -> None:
    """Whole years on the axis; where they are few, these and no others."""
    shown = sorted(set(years))
    if len(shown) <= min(ticks, 4):
        axes.set_xticks(shown)
        return
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=ticks, min_n_ticks=2))
