"""Charts: a drawn table and a language in, a matplotlib figure out. No computing, no saving.

What all charts share: the width of the page, the colours, and how the evidence behind a value
looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from indicators.labels import label

WIDTH = 6.3  # inches, 160 mm: of the page
NARROW = 0.9  # of this width; below it, what stands side by side goes below each other

# Okabe and Ito's palette, which readers with any colour vision can tell apart.
BLUE, VERMILION, GREEN, ORANGE, SKY = "#0072B2", "#D55E00", "#009E73", "#E69F00", "#56B4E9"
PURPLE = "#CC79A7"
INK, GREY, PALE = "#262626", "#6E6E6E", "#E3E3E3"
# Words need more contrast with the paper than marks do (4.5 to 1): the same hues, darker.
_DARKER = {
    VERMILION: "#B34700",
    GREEN: "#00735A",
    ORANGE: "#8A5F00",
    SKY: "#1A6E9E",
    PURPLE: "#99446F",
}

# One colour for a place throughout the book; a place without one is drawn in grey.
PLACE_COLOURS = {
    "330100": BLUE,
    "330000": VERMILION,
    "100000": INK,
    "330200": GREEN,
    "330300": PURPLE,
    "330500": ORANGE,
    "330900": SKY,
}

_ORDER = ("printed", "copied", "claimed", "derived", "suspect", "own_data")
_MARKERS = {
    "printed": "o",
    "copied": "s",
    "claimed": "D",
    "derived": "o",
    "suspect": "X",
    "own_data": "^",
}
HATCHES = {
    "printed": "",
    "copied": "\\\\\\",
    "claimed": "//////",
    "derived": "",
    "suspect": "xxxxxx",
    "own_data": "",
}


def figure_width() -> float:
    """The width in inches that a figure is to have: as the style says, or who asks for another."""
    return rcParams["figure.figsize"][0]


def is_narrow() -> bool:
    """Whether a figure is too narrow for panels side by side, and for words beside a panel."""
    return figure_width() < NARROW * WIDTH


def place_colour(code: str) -> str:
    """The colour of a place in every figure.

    >>> place_colour("330100") == BLUE, place_colour("331000") == GREY
    (True, True)
    """
    return PLACE_COLOURS.get(code, GREY)


def ink(colour: str) -> str:
    """The colour in which words about a mark of this colour are set.

    >>> ink(BLUE) == BLUE, ink(VERMILION) == VERMILION
    (True, False)
    """
    return _DARKER.get(colour, colour)


def marker_style(evidence: str, colour: str) -> dict[str, str | float]:
    """How a point looks: its shape tells the evidence, and a derived point is hollow.

    >>> marker_style("derived", BLUE)["markerfacecolor"]
    'white'
    """
    return {
        "marker": _MARKERS[evidence],
        "markeredgecolor": colour,
        "markeredgewidth": 1.2,
        "markerfacecolor": "white" if evidence == "derived" else colour,
        "linestyle": "none",
    }


def bar_style(evidence: str, colour: str) -> dict[str, str | float | tuple]:
    """How a bar looks: a hatch tells the evidence, and a derived bar is hollow."""
    # mixed with white, not transparent: SVG would paint over the hatch with the full colour
    tint = tuple(1 - 0.3 * (1 - part) for part in to_rgb(colour))
    return {
        "facecolor": "white" if evidence == "derived" else tint,
        "edgecolor": colour,
        "hatch": HATCHES[evidence],
        "linewidth": 0.9,
    }


def marker_legend(marks: Iterable[str], lang: str, colour: str = GREY) -> list[Line2D]:
    """Legend entries for the evidence of points that are drawn."""
    return [
        Line2D([], [], label=label("values", mark, lang), **marker_style(mark, colour))
        for mark in _ORDER
        if mark in set(marks)
    ]


def bar_legend(marks: Iterable[str], lang: str, colour: str = GREY) -> list[Patch]:
    """Legend entries for the evidence of bars that are drawn."""
    return [
        Patch(label=label("values", mark, lang), **bar_style(mark, colour))
        for mark in _ORDER
        if mark in set(marks)
    ]


def number_text(number: float, decimals: int, lang: str) -> str:
    """A number with so many decimals, grouped by thousands in English; a real minus sign.

    >>> number_text(-1074.84, 1, "en"), number_text(1074.84, 1, "zh")
    ('−1,074.8', '1074.8')
    """
    text = f"{number:,.{decimals}f}" if lang == "en" else f"{number:.{decimals}f}"
    return text.replace("-", "\N{MINUS SIGN}")


def change_text(share: float, lang: str) -> str:
    """A change in percent with its sign.

    >>> change_text(0.0457, "en"), change_text(-0.1, "en")
    ('+4.6%', '−10.0%')
    """
    return ("+" if share >= 0 else "") + number_text(100 * share, 1, lang) + "%"


def bracketed(text: str, lang: str) -> str:
    """A text in the brackets of the language, to be added to other words.

    >>> bracketed("+4.6%", "en"), bracketed("+4.6%", "zh")
    (' (+4.6%)', '（+4.6%）')
    """
    return f" ({text})" if lang == "en" else f"（{text}）"


def write_near(
    axes: Axes, text: str, at: tuple[float, float], offset: tuple[float, float], **look: Any
) -> None:
    """Write so many points to the right of and above a place; `look` goes to `annotate`."""
    axes.annotate(text, at, offset, textcoords="offset points", **look)


def spread(wanted: Iterable[float], gap: float) -> list[float]:
    """Positions at least `gap` apart, as near to the wanted ones as their order allows.

    >>> spread([1.0, 1.1, 5.0], 1.0)
    [0.55, 1.55, 5.0]
    """
    positions = list(wanted)
    order = sorted(range(len(positions)), key=positions.__getitem__)
    groups: list[list[float]] = []  # centre of a block of labels, and how many it holds
    for index in order:
        groups.append([positions[index], 1])
        while len(groups) > 1 and (
            groups[-1][0] - groups[-2][0] < gap * (groups[-1][1] + groups[-2][1]) / 2
        ):
            (centre, size), (before, number) = groups.pop(), groups.pop()
            groups.append([(centre * size + before * number) / (size + number), size + number])
    placed = [
        centre + gap * (rank - (size - 1) / 2) for centre, size in groups for rank in range(size)
    ]
    for index, position in zip(order, placed, strict=True):
        positions[index] = round(position, 12)
    return positions
