"""Lines of annual figures that break where years are missing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from pandas import DataFrame

from indicators.charts import marker_style, spread

_GAP = (float("nan"), float("nan"))


def draw_line(
    axes: Axes,
    rows: DataFrame,
    value: str,
    colour: str,
    others: Iterable[float] = (),
    size: float = 5,
) -> None:
    """Points by year with their evidence, and the line between them.

    The line is thin and dashed where years are missing or an end is claimed or derived, and left
    out where one of `others` lies between: a break, or a year of another series.
    """
    points = list(rows.sort_values("year").itertuples())
    # one artist for all steps of a kind, with gaps between them: many small artists draw slowly
    steps: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for before, after in pairwise(points):
        if any(before.year < year < after.year for year in others):
            continue
        firm = after.year - before.year == 1 and not (
            {before.evidence, after.evidence} & {"claimed", "derived"}
        )
        steps[firm] += [(row.year, getattr(row, value)) for row in (before, after)] + [_GAP]
    for firm, ends in steps.items():
        look = {"linewidth": 1.4} if firm else {"linewidth": 0.8, "linestyle": (0, (3, 2))}
        if ends:
            axes.plot(*zip(*ends, strict=True), color=colour, zorder=2, **look)
    for mark, alike in rows.groupby("evidence"):
        look = marker_style(mark, colour)
        axes.plot(alike["year"], alike[value], zorder=3, markersize=size, **look)


def label_ends(axes: Axes, ends: list[tuple[float, float, str, str]], gap: float, x: float) -> None:
    """Words at `x` for the ends of lines (year, height, words, colour), kept `gap` apart."""
    heights = spread((height for _, height, _, _ in ends), gap)
    for (year, value, words, colour), height in zip(ends, heights, strict=True):
        look: dict[str, Any] = {"color": colour, "linewidth": 0.5, "alpha": 0.5, "clip_on": False}
        axes.plot([year + 0.12, x - 0.08], [value, height], zorder=1, **look)
        axes.text(x, height, words, color=colour, va="center", fontsize=7.5)
