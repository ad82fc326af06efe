"""Where panels and words stand: side by side, or below each other where a figure is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from indicators.charts import figure_width, is_narrow, write_near


def panel_pair(
    height: float, below: tuple[float, float], ratios: Sequence[float] | None = None, **options: Any
) -> tuple[Figure, tuple[Axes, Axes]]:
    """A figure of two panels: side by side, or one below the other where it is narrow.

    `height` is that of the figure with its panels side by side, `ratios` are those of their widths;
    `below` are the heights, in inches, of one and the other with their words where it is narrow.
    `options` go to `subplots`.
    """
    if is_narrow():
        size = (figure_width(), sum(below))
        return plt.subplots(2, 1, figsize=size, height_ratios=below, **options)
    return plt.subplots(1, 2, figsize=(figure_width(), height), width_ratios=ratios, **options)


def columns(panels: int, wanted: int) -> int:
    """How many of so many panels stand in a line: `wanted`, or one where the figure is narrow."""
    return 1 if is_narrow() else min(wanted, panels)


def write_row(axes: Axes, level: float, *cells: tuple[str, str], **look: Any) -> None:
    """The words of a row above its marks, for a narrow figure has no room beside them.

    `cells` (words, colour) are spread over the width of the panel: the first begins, the last of
    several ends where it does. `look` goes to `annotate`.
    """
    places, sides = ((0, 0.5, 1), ("left", "center", "right"))
    chosen = slice(0, 1) if len(cells) == 1 else slice(0, 3, 4 - len(cells))
    # a scale and its grid run below the words
    style: dict[str, Any] = {"fontsize": 7.5, "va": "bottom", "zorder": 3} | look
    style["bbox"] = {"facecolor": "white", "linewidth": 0, "pad": 0.4}
    style["xycoords"] = axes.get_yaxis_transform()
    for place, side, (words, colour) in zip(places[chosen], sides[chosen], cells, strict=True):
        write_near(axes, words, (place, level), (0, 5), ha=side, color=colour, **style)
