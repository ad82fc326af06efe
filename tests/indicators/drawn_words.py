"""The words of a drawn figure as a reader meets them, for the tests of charts."""

from __future__ import annotations

import itertools
from functools import cache

from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox


@cache
def visible_texts(figure: Figure) -> list[Text]:
    """The texts that are drawn: without the ticks beyond an axis or of an axis that is off.

    A figure is looked at by several tests, and none of them changes it.
    """
    figure.draw_without_rendering()
    beyond = {
        tick.label1
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not axes.axison
        or not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    return [
        text
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and text not in beyond
    ]


def shown_words(figure: Figure) -> list[str]:
    return [text.get_text() for text in visible_texts(figure)]


def words_outside(figure: Figure) -> list[str]:
    """Texts that do not lie within the figure as a whole."""
    whole = figure.bbox.padded(1)
    return [
        text
        for text, box in _boxes(figure)
        if not (whole.contains(*box.min) and whole.contains(*box.max))
    ]


def words_touching(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes, a little shrunk, overlap at all."""
    shrunk = [(text, box.shrunk(0.95, 0.8)) for text, box in _boxes(figure)]
    return [
        (one, other)
        for (one, box), (other, second) in itertools.combinations(shrunk, 2)
        if box.overlaps(second)
    ]


def words_covering(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that share more than a tenth of the smaller box."""
    return [
        (one, other)
        for (one, box), (other, second) in itertools.combinations(_boxes(figure), 2)
        if _shared(box, second) > 0.1 * min(_area(box), _area(second))
    ]


def contrast_with_white(colour: str) -> float:
    """The contrast of a colour with white paper, as WCAG 2.2 defines it: from 1 to 21."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    ]
    return 1.05 / (0.05 + 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])


@cache
def _boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    # of the text alone: an annotation's own extent holds its arrow too
    return [(text.get_text(), Text.get_window_extent(text)) for text in visible_texts(figure)]


def _area(box: Bbox) -> float:
    return box.width * box.height


def _shared(one: Bbox, other: Bbox) -> float:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return max(width, 0) * max(height, 0)
