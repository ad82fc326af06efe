"""Words of a drawn figure that a reader cannot read: cut off, or on top of others."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from matplotlib.text import Text

# pixels by which words may leave the figure, or cover others, which nobody sees
_SLACK = 2


def unfit_words(figure: Any) -> list[str]:
    """Words that leave the figure or stand on others, in their order."""
    shown = [(words, words.get_window_extent()) for words in _shown_words(figure)]
    page = figure.bbox.padded(_SLACK)
    unfit = {words for words, box in shown if not _holds(page, box)}
    for (first, one), (second, other) in combinations(shown, 2):
        if _cover(one, other):
            unfit |= {first, second}
    told = [" ".join(words.get_text().split()) for words, _ in shown if words in unfit]
    return list(dict.fromkeys(told))


def _shown_words(figure: Any) -> list[Text]:
    """The texts that are drawn: not those of ticks beyond an axis, or of an axis that is off."""
    figure.draw_without_rendering()
    beyond = {
        tick.label1
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not axes.axison
        or not axis.get_visible()
        or not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    return [
        words
        for words in figure.findobj(Text)
        if words.get_visible() and words.get_text().strip() and words not in beyond
    ]


def _holds(page: Any, box: Any) -> bool:
    return page.contains(*box.min) and page.contains(*box.max)


def _cover(one: Any, other: Any) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > _SLACK and down > 2 * _SLACK
