"""What is printed against what it is compared with."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator
from pandas import DataFrame

from indicators.charts import (
    GREY,
    HATCHES,
    INK,
    PALE,
    change_text,
    figure_width,
    is_narrow,
    marker_legend,
    marker_style,
)
from indicators.charts.claims_audit.colours import VERDICT_COLOURS, VERDICT_INKS
from indicators.charts.layout import write_row
from indicators.labels import label

TEXTS = {
    "axis": {
        "en": "Difference from the printed figure (scale stretched around zero)",
        "zh": "与原文数字之差（零附近的刻度已放大）",
    },
    "comma": {"en": ", ", "zh": "，"},
}
TICKS = (-0.1, -0.01, -0.001, 0, 0.001, 0.01, 0.1, 1)
LINEAR = 0.001  # within this share the scale is linear, outside logarithmic
RANGE = (-0.6, 7)
ROW = 0.29  # inches
ABOVE = (1.0, 1.55)  # rows for a further comparison and the first one, where words stand above


def compared(data: DataFrame, lang: str) -> Figure:
    """Intervals of what a claim is compared with, around the interval of the claim.

    `data`: as `Audit.compared`.
    """
    beside = data[data["part"] == "beside"]
    narrow = is_narrow()
    heights = _heights(beside["claim_id"], narrow)
    figure, axes = plt.subplots(figsize=(figure_width(), 0.75 + ROW * (heights[-1] + 1)))
    names, before = [], ""
    for height, row in zip(heights, beside.itertuples(), strict=True):
        claim = data[(data["claim_id"] == row.claim_id) & (data["part"] == "claim")].iloc[0]
        _draw_claim(axes, height, claim, 0.42 if narrow else 0.62)
        _draw_beside(axes, height, row)
        first = row.claim_id != before
        names.append(_name(row, lang, narrow) if first else "")
        if first and height != heights[0]:
            axes.axhline(height - (1.15 if narrow else 0.5), color=PALE, linewidth=0.6)
        if narrow:
            _write_above(axes, height, row, names[-1], lang)
        else:
            _write_beside(axes, height, row, first, lang)
        before = row.claim_id
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xscale("symlog", linthresh=LINEAR, linscale=0.8)
    axes.set_xlim(*RANGE)
    axes.xaxis.set_major_locator(FixedLocator(TICKS))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: _tick(share, lang)))
    axes.tick_params(axis="x", labelsize=6.5)
    axes.set_yticks([] if narrow else heights, [] if narrow else names, fontsize=7)
    axes.spines["left"].set_visible(not narrow)
    axes.set_ylim(heights[-1] + 0.5, -0.5)
    axes.tick_params(axis="y", length=0, pad=7)  # an arrow may reach out of the axes
    axes.set_xlabel(TEXTS["axis"][lang], fontsize=8)
    figure.legend(
        handles=marker_legend(beside["evidence"], lang), loc="outside upper right", ncols=4
    )
    return figure


def _tick(share: float, lang: str) -> str:
    text = change_text(share, lang)
    return "0" if share == 0 else text.replace(".0%", "%")


def _heights(claims: Iterable[str], narrow: bool) -> list[float]:
    """The heights of the rows; in a narrow figure the words of a claim stand above its first."""
    rows, before = [], ""
    for claim in claims:
        room = ABOVE[claim != before] if narrow else 1.0
        rows.append((rows[-1] if rows else -1.0) + room)
        before = claim
    return rows


def _name(row, lang: str, narrow: bool) -> str:
    words = f"{row.claim_id} {label('values', row.subject, lang)}"
    if narrow:
        return words
    if lang == "en":
        return "\n".join(textwrap.wrap(words, 36))
    # Chinese would break anywhere: it breaks before what stands in brackets
    return words.replace("（", "\n（") if len(words) > 19 else words


def _draw_claim(axes: Axes, height: float, claim, thick: float) -> None:
    look = {"facecolor": PALE, "edgecolor": GREY, "hatch": HATCHES["claimed"], "linewidth": 0.5}
    low, high = (
        end if math.isfinite(end) else edge
        for end, edge in zip(
            (claim["multiple_low"] - 1, claim["multiple_high"] - 1), RANGE, strict=True
        )
    )
    axes.barh(height, high - low, left=low, height=thick, **look)


def _draw_beside(axes: Axes, height: float, row) -> None:
    colour = VERDICT_COLOURS[row.verdict]
    ends = [end - 1 for end in (row.multiple_low, row.multiple_high) if math.isfinite(end)]
    low, high = (
        end - 1 if math.isfinite(end) else edge
        for end, edge in zip((row.multiple_low, row.multiple_high), RANGE, strict=True)
    )
    axes.plot([low, high], [height] * 2, color=colour, linewidth=1.6, solid_capstyle="butt")
    if not math.isfinite(row.multiple_low):
        axes.plot(low, height, marker="<", markersize=5, color=colour, clip_on=False)
    axes.plot(ends, [height] * len(ends), markersize=5, **marker_style(row.evidence, colour))


def _relation(row, lang: str) -> str:
    """How a row is related to the claim, and which kind its interval has."""
    return TEXTS["comma"][lang].join(label("values", key, lang) for key in (row.relation, row.kind))


def _write_above(axes: Axes, height: float, row, name: str, lang: str) -> None:
    """The words of a row above it; `name` is empty where its claim is named already."""
    cells = [(_relation(row, lang), GREY)]
    if name:
        cells.append((label("values", row.verdict, lang), VERDICT_INKS[row.verdict]))
        write_row(axes, height - 0.42, (name, INK), fontsize=7)
    write_row(axes, height, *cells, fontsize=6.5)


def _write_beside(axes: Axes, height: float, row, first: bool, lang: str) -> None:
    at = axes.get_yaxis_transform()
    words = _relation(row, lang)
    look = {"transform": at, "va": "center", "fontsize": 6.2}
    shift = 0.2 if first else 0
    axes.text(1.02, height + shift, words, color=GREY, **look)
    if first:
        verdict = label("values", row.verdict, lang)
        axes.text(
            1.02,
            height - 0.22,
            verdict,
            color=VERDICT_INKS[row.verdict],
            **(look | {"fontsize": 7}),
        )
