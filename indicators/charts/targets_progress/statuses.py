"""One mark for each target, by status."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame

from indicators.charts import (
    INK,
    figure_width,
    is_narrow,
    marker_legend,
    marker_style,
    place_colour,
    write_near,
)
from indicators.charts.layout import write_row
from indicators.charts.targets_progress.rows import PLACES
from indicators.labels import label
from indicators.targets_progress import STATUSES

TEXTS = {
    "axis": {"en": "Number of targets", "zh": "目标个数"},
    "elsewhere": {"en": "other places", "zh": "其他地区"},
}


def target_statuses(data: DataFrame, lang: str) -> Figure:
    """Every target as a mark in the row of its status: colour for the place, shape for evidence.

    `data`: as from `status_marks`. A status without targets keeps its row: none is a finding.
    """
    narrow = is_narrow()
    figure, axes = plt.subplots(figsize=(figure_width(), 3.8 if narrow else 3.4))
    rank = data["place_code"].map({code: index for index, code in enumerate(PLACES)})
    data = data.assign(rank=rank.fillna(len(PLACES))).sort_values(
        ["rank", "place_code", "target_id"], kind="stable"
    )
    size = 4.0 if narrow else 5.2
    for height, status in enumerate(STATUSES):
        own = data[data["status"].eq(status)]
        own = own.assign(number=range(1, len(own) + 1), known=own["place_code"].map(_known))
        for (mark, place), alike in own.groupby(["evidence", "known"]):
            look = marker_style(mark, place_colour(place)) | {"markersize": size}
            axes.plot(alike["number"], [height] * len(alike), **look)
        look = {"va": "center", "fontsize": 8}
        write_near(axes, str(len(own)), (len(own), height), (9, 0), **look)
    names = [label("values", status, lang) for status in STATUSES]
    if narrow:
        for height, name in enumerate(names):
            write_row(axes, height, (name, INK))
    axes.set_yticks([] if narrow else range(len(names)), [] if narrow else names)
    axes.spines["left"].set_visible(not narrow)
    axes.set_ylim(len(STATUSES) - 0.5, -0.9 if narrow else -0.5)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, max(10, 1.1 * data.groupby("status").size().max() + 1.5))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(TEXTS["axis"][lang])
    axes.grid(axis="x")
    keys = [
        Patch(color=place_colour(code), label=_place(code, lang))
        for code in [*PLACES, ""]
        if code in set(data["place_code"].map(_known))
    ]
    figure.legend(handles=keys, loc="outside upper center", ncols=len(keys))
    marks = marker_legend(data["evidence"], lang)
    figure.legend(handles=marks, loc="outside lower center", ncols=len(marks))
    return figure


def _known(code: str) -> str:
    return code if code in PLACES else ""


def _place(code: str, lang: str) -> str:
    return label("values", code, lang) if code else TEXTS["elsewhere"][lang]
