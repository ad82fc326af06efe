"""What stands below a curve: the window of each result, and the options that it rests on."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame

from indicators.charts import PALE, figure_width, is_narrow
from indicators.charts.specification_curve.marks import draw_strokes
from indicators.labels import label

# Inches of a curve, of its windows, and of a row of options; rows left free between two choices.
CURVE, WINDOWS, ROW, GAP = 1.2, 0.5, 0.125, 0.5
LETTERS = 26  # of a line of an option's name, where the figure is narrow
TEXTS = {
    "window": {"en": "window", "zh": "窗口"},
    "beside": {"en": "beside {}", "zh": "与{}比较"},
}
Options = list[tuple[str, str]]


def drawn_options(data: DataFrame, order: Mapping[str, Sequence[str]]) -> Options:
    """The options of each choice that the data have, choice by choice, where there are two."""
    found = []
    for choice, options in order.items():
        used = [option for option in options if option in set(data[choice])]
        found += [(choice, option) for option in used] if len(used) > 1 else []
    return found


def levels_of(options: Options, lang: str) -> list[float]:
    """The height of each row, counted downwards, with a gap before each further choice."""
    gaps = [0.0]
    for before, after in pairwise(options):
        gap = GAP if after[0] != before[0] else 0.0
        # a name of two lines is higher than its row
        lines = sum(_words(*option, lang).count("\n") for option in (before, after))
        gaps.append(gaps[-1] + max(gap, 0.6 * lines))
    return [place + gap for place, gap in enumerate(gaps)][: len(options)]


def panel_axes(
    figure: Figure, panels: int, options: Options, lang: str
) -> list[tuple[Axes, Axes, Axes]]:
    """Sizes a figure and gives axes for curve, windows and options of each panel, two in a line."""
    across = min(2, panels)
    down = -(-panels // across)
    rows = (levels_of(options, lang)[-1] + 1.2) * ROW if options else 0.05
    figure.set_size_inches(figure_width(), 0.5 + down * (CURVE + WINDOWS + rows + 0.35))
    grid = figure.add_gridspec(3 * down, across, height_ratios=[CURVE, WINDOWS, rows] * down)
    found = []
    for panel in range(panels):
        top, column = 3 * (panel // across), panel % across
        curve = figure.add_subplot(grid[top, column])
        below = [figure.add_subplot(grid[top + n, column], sharex=curve) for n in (1, 2)]
        found.append((curve, *below))
    return found


def draw_windows(
    axes: Axes, rows: DataFrame, colours: Sequence[str], years: tuple[int, int], lang: str
) -> None:
    """An upright from the first to the last year of each result."""
    ends = rows[["curve_rank", "first_year", "last_year"]].to_numpy(float)
    draw_strokes(axes, ends, colours, _thin(rows))
    axes.set_ylim(years[0] - 0.5, years[1] + 0.5)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
    axes.tick_params(axis="x", bottom=False, labelbottom=False)
    axes.grid(axis="y")
    if axes.get_subplotspec().is_first_col():
        axes.set_ylabel(TEXTS["window"][lang])


def draw_options(
    axes: Axes, rows: DataFrame, colours: Sequence[str], options: Options, lang: str
) -> None:
    """A row for each option, with a mark for every result that rests on it."""
    levels = levels_of(options, lang)
    look = {"linewidths": 72 * 0.84 * ROW, "colors": PALE, "alpha": 0.4, "zorder": 1}
    axes.hlines(levels, 0, len(rows) + 1, **look)
    marks, paint = [], []
    for (choice, option), level in zip(options, levels, strict=True):
        chosen = rows[choice].eq(option).to_numpy()
        marks += [(x, level - 0.42, level + 0.42) for x in rows["curve_rank"].to_numpy()[chosen]]
        paint += [colour for colour, mark in zip(colours, chosen, strict=True) if mark]
    draw_strokes(axes, np.array(marks).reshape(-1, 3), paint, _thin(rows))
    axes.set_ylim((levels[-1] if levels else 0) + 0.6, -0.6)
    first = axes.get_subplotspec().is_first_col()
    words = [_words(*option, lang) for option in options] if first else []
    axes.set_yticks(levels if first else [], words)
    axes.tick_params(axis="both", length=0, labelbottom=False)
    axes.spines[["left", "bottom"]].set_visible(False)


def _words(choice: str, option: str, lang: str) -> str:
    words = label("values", option, lang)
    words = TEXTS["beside"][lang].format(words) if choice == "compared_with" else words
    return textwrap.fill(words, LETTERS) if is_narrow() and lang == "en" else words


def _thin(rows: DataFrame) -> float:
    """The width of a mark in points: what its place in a panel of half the page allows."""
    return float(np.clip(0.62 * 36 * figure_width() / (len(rows) + 2), 0.4, 2.4))
