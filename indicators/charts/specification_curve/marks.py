"""The results of a curve: an interval and a point each, the shape telling the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from pandas import DataFrame

from indicators.charts import marker_style


def draw_strokes(
    axes: Axes, ends: np.ndarray, colours: Sequence[str], width: float, **look: Any
) -> None:
    """Upright strokes; `ends` has a row for each: its place, its lower and its upper end."""
    # one artist for all strokes of a colour, with gaps between them: many artists draw slowly
    for colour in dict.fromkeys(colours):
        x, low, high = ends[[one == colour for one in colours]].T
        gap = np.full_like(x, np.nan)
        heights = np.column_stack([low, high, gap]).ravel()
        style = {"color": colour, "linewidth": width, "solid_capstyle": "butt"}
        axes.plot(np.repeat(x, 3), heights, **style, **look)


def draw_results(
    axes: Axes,
    rows: DataFrame,
    column: str,
    colours: Mapping[str, str],
    within: Sequence[float] = (),
) -> None:
    """The results of one panel from left to right, coloured by a column.

    `within` are values that have to be in view. A number without a finite bound is drawn to the
    edge of the panel.
    """
    ends = rows[["low", "estimate", "high"]].to_numpy(float)
    finite = np.append(ends[np.isfinite(ends)], within)
    room = 0.06 * (finite.max() - finite.min()) or 1.0
    bottom, top = finite.min() - room, finite.max() + room
    low, estimate, high = np.clip(ends, bottom, top).T
    places = rows["curve_rank"].to_numpy()
    paint = [colours[name] for name in rows[column]]
    draw_strokes(axes, np.column_stack([places, low, high]), paint, 0.8, alpha=0.6)
    groups = rows.groupby([column, "evidence"], sort=False).indices
    for (name, evidence), chosen in groups.items():
        style = marker_style(evidence, colours[name]) | {"markeredgewidth": 0.6}
        axes.plot(places[chosen], estimate[chosen], markersize=2.6, **style)
    axes.set_xlim(0, len(rows) + 1)
    axes.set_ylim(bottom, top)
    axes.tick_params(axis="x", bottom=False, labelbottom=False)
    axes.grid(axis="y")
