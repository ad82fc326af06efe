"""What is published at all: tiles of fields and years."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from pandas import DataFrame

from indicators.charts import GREY, HATCHES, WIDTH, figure_width, is_narrow
from indicators.labels import label
from indicators.service_coverage.fields import FIELDS

TEXTS = {
    "grade": {"en": "grade {}", "zh": "{}级来源"},
    "claimed": {"en": "claims of the article alone", "zh": "仅有文章所称"},
    "derived": {"en": "derived or suspect alone", "zh": "仅有推算或存疑"},
}
# from the best grade to the weakest; pale enough for the number in the tile
GRADES = {"A": "#7FBDEB", "B": "#BFDDF3", "C": "#E3E3E3", "D": "#F7E2AE"}
LINE, NAMES = 0.155, 0.165 * WIDTH  # inches for each field, and for the names of fields


def published_evidence(data: DataFrame, lang: str) -> Figure:
    """A tile for each field and year with a figure, one block for each place.

    `data`: as from `service_coverage.published_evidence`. The number in a tile counts indicators.
    """
    places = list(dict.fromkeys(data["place_code"]))
    height = 0.65 + len(places) * (0.3 + LINE * len(FIELDS))
    # placed by hand: laying it out by its words takes most of a second
    figure, blocks = plt.subplots(
        len(places), 1, sharex=True, squeeze=False, figsize=(figure_width(), height), layout="none"
    )
    left = NAMES / figure_width()
    figure.subplots_adjust(left, 0.55 / height, 0.995, 1 - 0.22 / height, hspace=0.25)
    for axes, place in zip(blocks[:, 0], places, strict=True):
        _block(axes, data[data["place_code"].eq(place)], lang)
        axes.set_title(label("values", place, lang), pad=3)
    first, last = data["year"].min(), data["year"].max()
    bottom = blocks[-1, 0]
    bottom.set_xlim(first - 0.5, last + 0.5)
    step = 4 if is_narrow() else 2
    years = range(first + -first % step, last + 1, step)
    bottom.set_xticks(years, [str(year) for year in years])
    for axes in blocks[:, 0]:
        axes.tick_params(axis="x", labelbottom=True, labelsize=7, length=0)
    handles = [
        Patch(
            facecolor=colour,
            edgecolor=GREY,
            linewidth=0.4,
            label=TEXTS["grade"][lang].format(grade),
        )
        for grade, colour in GRADES.items()
    ]
    handles += [
        Patch(label=TEXTS[mark][lang], **_look(mark, "D"))
        for mark in ("claimed", "derived")
        if data["evidence"].isin(_ALIKE[mark]).any()
    ]
    figure.legend(handles=handles, loc="lower left", ncols=3, borderaxespad=0.1)
    return figure


_ALIKE = {"claimed": ("claimed",), "derived": ("derived", "suspect")}


def _block(axes: Axes, tiles: DataFrame, lang: str) -> None:
    # one artist for all tiles that look alike: a hundred patches draw slowly
    for (mark, grade), alike in tiles.groupby(["evidence", "grade"]):
        corners = zip(alike["year"] - 0.46, alike["field"].map(FIELDS.index) - 0.42, strict=True)
        boxes = [Rectangle(corner, 0.92, 0.84) for corner in corners]
        axes.add_collection(PatchCollection(boxes, **_look(mark, grade)))
    for tile in tiles.itertuples():
        row = FIELDS.index(tile.field)
        hatched = {"facecolor": GRADES[tile.grade], "linewidth": 0, "pad": 0.8}
        behind = {"bbox": hatched} if tile.evidence == "claimed" else {}
        look = {"ha": "center", "va": "center_baseline", "fontsize": 6.5} | behind
        axes.text(tile.year, row, tile.indicators, **look)
    axes.set_yticks(range(len(FIELDS)), [label("values", field, lang) for field in FIELDS])
    axes.tick_params(axis="y", length=0, labelsize=7)
    axes.set_ylim(len(FIELDS) - 0.5, -0.5)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _look(mark: str, grade: str) -> dict[str, str | float]:
    """A tile: its colour tells the grade; a hatch or a hollow tile tells weak evidence."""
    hollow = mark in _ALIKE["derived"]
    return {
        "facecolor": "white" if hollow else GRADES[grade],
        "edgecolor": GREY,
        "hatch": HATCHES["claimed"] if mark == "claimed" else "",
        "linewidth": 0.9 if hollow else 0.4,
    }
