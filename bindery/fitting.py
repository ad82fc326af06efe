"""Fit a chart to another size: its letters stay as large as they are, what is too wide is wrapped.

Legends get fewer columns, words more lines, and ticks fewer labels. The figure becomes higher,
where its height is free, so that the panels stay as high as the chart made them.
"""

from __future__ import annotations

import re
import warnings
from itertools import pairwise
from typing import Any

from matplotlib.text import Text

# how often a figure is made higher, and by how much, in inches, it need not be
_TRIALS, _ENOUGH = 3, 0.01
# of the width of a figure, for the names of its rows
_ROW_NAMES = 0.42
# pixels by which words may leave their place, which nobody sees
_SLACK = 2
# a Chinese character may end a line, but no line begins with a closing sign
_WORD = re.compile(
    r"[⺀-\uffef][、。，；：？！）》”％]*|[^\s⺀-\uffef]+[、。，；：？！）》”％]*\s*|\s+"
)


def fit(figure: Any, width: float, height: float | None) -> None:
    """Give a figure another size in inches, and a layout; a height that is None is free."""
    _lay_out(figure)
    panels = _panel_height(figure)
    figure.set_size_inches(width, height or figure.get_figheight())
    _narrow_legends(figure)
    for axes in figure.axes:
        _wrap_row_names(figure, axes)
    _lay_out(figure)
    for axes in figure.axes:
        _wrap_words(figure, axes)
    _lay_out(figure)
    for _ in range(0 if height else _TRIALS):
        if (missing := _missing_height(figure, panels)) < _ENOUGH:
            break
        figure.set_figheight(figure.get_figheight() + missing)
        _lay_out(figure)
    for axes in figure.axes:
        _thin_ticks(figure, axes)


def _lay_out(figure: Any) -> None:
    if engine := figure.get_layout_engine():
        with warnings.catch_warnings():
            # where words leave no room for panels they are wrapped next, or told as not fitting
            warnings.filterwarnings("ignore", "constrained_layout not applied")
            engine.execute(figure)


def _renderer(figure: Any) -> Any:
    return figure.canvas.get_renderer()


def _legends(figure: Any) -> list[Any]:
    own = [axes.get_legend() for axes in figure.axes]
    return [legend for legend in [*figure.legends, *own] if legend is not None]


def _panel_height(figure: Any) -> float:
    """The height of the highest panel, in inches."""
    return max((axes.bbox.height for axes in figure.axes), default=0) / figure.dpi


def _missing_height(figure: Any, panels: float) -> float:
    """How much higher, in inches, a figure must be for its panels and the names of its rows."""
    missing = max(panels - _panel_height(figure), 0)
    for axes in figure.axes:
        boxes = [label.get_window_extent(_renderer(figure)) for label in _tick_labels(axes.yaxis)]
        crowd = [
            (min(one.height, other.height) + _SLACK) / max(abs(one.y0 - other.y0), 1)
            for one, other in pairwise(boxes)
            if abs(one.y0 - other.y0) < (one.height + other.height) / 2
        ]
        if crowd:
            missing = max(missing, (min(max(crowd), 2) - 1) * axes.bbox.height / figure.dpi)
    return missing


def _narrow_legends(figure: Any) -> None:
    """Legends no wider than the figure; those side by side share its width."""
    renderer, width = _renderer(figure), figure.bbox.width - 2 * _SLACK
    for legend in _legends(figure):
        side = legend._outside_loc
        beside = [other for other in figure.legends if side and other._outside_loc == side]
        whole = sum(other.get_window_extent(renderer).width for other in beside)
        _narrow_legend(legend, width / len(beside) if whole > width else width, renderer)


def _narrow_legend(legend: Any, room: float, renderer: Any) -> None:
    """Fewer columns until it is no wider than `room`; then its words are wrapped."""
    handles = legend.legend_handles
    columns = min(legend._ncols, len(handles))
    while legend.get_window_extent(renderer).width > room and columns > 1:
        columns -= 1
        legend.set_ncols(columns)
        # matplotlib arranges a legend only when it makes one
        legend._init_legend_box(handles, [text.get_text() for text in legend.get_texts()])
        legend._legend_box.set_offset(legend._findoffset)
        handles = legend.legend_handles
    excess = legend.get_window_extent(renderer).width - room
    if excess > 0:
        for text in legend.get_texts():
            width = text.get_window_extent(renderer).width
            _wrap(text, max(width - excess, room / 3), renderer)


def _tick_labels(axis: Any) -> list[Any]:
    """The labels of the ticks that are in view, as they are written."""
    low, high = sorted(axis.get_view_interval())
    return [
        tick.label1
        for tick in axis.get_major_ticks()
        if low <= tick.get_loc() <= high and tick.label1.get_visible() and tick.label1.get_text()
    ]


def _wrap_row_names(figure: Any, axes: Any) -> None:
    """Names that would leave the panel no room; numbers of a scale are never so long."""
    renderer, room = _renderer(figure), _ROW_NAMES * figure.bbox.width
    labels = axes.get_yticklabels()
    if any(label.get_window_extent(renderer).width > room for label in labels):
        for label in labels:
            _wrap(label, room, renderer)
        axes.set_yticks(axes.get_yticks(), [label.get_text() for label in labels])


def _wrap_words(figure: Any, axes: Any) -> None:
    """Titles and names of axes between the panels beside, other words within the figure."""
    renderer = _renderer(figure)
    left, right = _bounds(figure, axes, renderer)
    # its three titles and what is written into it
    within = [child for child in axes.get_children() if isinstance(child, Text)]
    for words in [*within, axes.xaxis.label]:
        if words.get_rotation() or not words.get_text():
            continue
        box = words.get_window_extent(renderer)
        edges = (0, figure.bbox.width) if words in axes.texts else (left, right)
        before, after = box.x0 - edges[0], edges[1] - box.x1
        if min(before, after) < -_SLACK:
            spare = {
                "left": after,
                "right": before,
                "center": 2 * min(before, after),
            }[words.get_horizontalalignment()]
            _wrap(words, max(box.width + spare, figure.bbox.width / 6), renderer)
    label = axes.yaxis.label
    stacked = any(_above(axes, other) or _above(other, axes) for other in figure.axes)
    room = axes.bbox.height if stacked else figure.bbox.height
    if label.get_window_extent(renderer).height > room:
        _wrap(label, room, renderer)


def _above(one: Any, other: Any) -> bool:
    """Whether a panel stands above another, so that their names could meet."""
    across = min(one.bbox.x1, other.bbox.x1) - max(one.bbox.x0, other.bbox.x0)
    return across > 0 and one.bbox.y0 >= other.bbox.y1


def _bounds(figure: Any, axes: Any, renderer: Any) -> tuple[float, float]:
    """Where the panels to the left and to the right of a panel end and begin."""
    left, right = 0.0, figure.bbox.width
    for other in figure.axes:
        beside = other.bbox.y0 < axes.bbox.y1 and axes.bbox.y0 < other.bbox.y1
        if not beside or other is axes:
            continue
        if other.bbox.x0 >= axes.bbox.x1:
            ticks = other.yaxis.get_tightbbox(renderer)
            right = min(right, other.bbox.x0, ticks.x0 if ticks else right)
        elif other.bbox.x1 <= axes.bbox.x0:
            left = max(left, other.bbox.x1)
    return left, right


def _wrap(words: Any, room: float, renderer: Any) -> None:
    """Break words where they are wider than `room` pixels; their own breaks stay."""
    font = words.get_fontproperties()

    def width(text: str) -> float:
        return renderer.get_text_width_height_descent(text.rstrip(), font, False)[0]

    lines: list[str] = []
    for line in words.get_text().split("\n"):
        lines.append("")
        for word in _WORD.findall(line):
            if lines[-1] and width(lines[-1] + word) > room:
                lines.append("")
            lines[-1] += word
    words.set_text("\n".join(line.rstrip() for line in lines))


def _thin_ticks(figure: Any, axes: Any) -> None:
    """Fewer labels of a horizontal scale where they stand on each other."""
    renderer, labels = _renderer(figure), _tick_labels(axes.xaxis)
    boxes = [label.get_window_extent(renderer) for label in labels]
    for step in range(1, len(labels)):
        kept = boxes[::step]
        if not any(_touch(one, other) for one, other in pairwise(kept)):
            break
    else:
        return
    if step > 1:
        for place, label in enumerate(labels):
            label.set_visible(place % step == 0)


def _touch(one: Any, other: Any) -> bool:
    return one.overlaps(other) or other.x0 - one.x1 < _SLACK < other.x1 - one.x0
