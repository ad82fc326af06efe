"""Verdicts by part of the article, and the power behind them."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter
from pandas import DataFrame

from indicators.charts import (
    GREY,
    INK,
    marker_legend,
    marker_style,
    number_text,
    spread,
)
from indicators.charts.claims_audit.colours import VERDICT_COLOURS, VERDICT_INKS
from indicators.charts.layout import panel_pair
from indicators.labels import label

TEXTS = {
    "claims": {"en": "Claims", "zh": "数字个数"},
    "power": {"en": "Figures the check could have caught", "zh": "检验可查出的数字占比"},
    "none": {"en": "no check with power", "zh": "没有具备检验力的检验"},
}
SECTIONS = ("caption", "foundation", "urban_rural", "services")


def verdicts(data: DataFrame, lang: str) -> Figure:
    """Claims by section and verdict, and the power of every check that has one.

    `data`: the rows of `Audit.claims`, with the columns section, verdict, claim_id, check_power,
    evidence.
    """
    sections = [name for name in SECTIONS if name in set(data["section"])]
    shown = [name for name in VERDICT_COLOURS if name in set(data["verdict"])]
    bars = 0.62 * len(sections)
    figure, (left, right) = panel_pair(0.95 + bars, (0.9 + bars, 0.5 + bars), sharey=True)
    for height, section in enumerate(sections):
        rows = data[data["section"] == section]
        _draw_counts(left, height, rows, shown, lang)
        _draw_power(right, height, rows, lang)
    left.set_yticks(range(len(sections)), [label("values", name, lang) for name in sections])
    left.set_ylim(len(sections) - 0.4, -0.6)
    left.tick_params(axis="y", length=0)
    left.set_xlabel(TEXTS["claims"][lang])
    left.margins(x=0.02)
    right.set_xlim(-0.04, 1.06)
    right.xaxis.set_major_formatter(PercentFormatter(1))
    right.set_xlabel(TEXTS["power"][lang])
    right.grid(axis="x")
    right.tick_params(axis="y", length=0)
    right.spines["left"].set_visible(False)
    patches = [_patch(name, lang) for name in shown]
    figure.legend(handles=patches, loc="outside upper left", ncols=3, columnspacing=1.2)
    marks = data.loc[data["check_power"].notna(), "evidence"]
    figure.legend(handles=marker_legend(marks, lang), loc="outside upper right", ncols=2)
    return figure


def _patch(verdict: str, lang: str) -> Patch:
    look = {"facecolor": VERDICT_COLOURS[verdict], "edgecolor": GREY, "linewidth": 0.6}
    return Patch(label=label("values", verdict, lang), **look)


def _draw_counts(axes: Axes, height: int, rows: DataFrame, shown: list[str], lang: str) -> None:
    start = 0
    for verdict in shown:
        count = int(rows["verdict"].eq(verdict).sum())
        if count:
            look = {"color": VERDICT_COLOURS[verdict], "edgecolor": GREY, "linewidth": 0.6}
            axes.barh(height, count, left=start, height=0.5, **look)
            colour = "white" if verdict in ("consistent", "inconsistent") else INK
            look = {"ha": "center", "va": "center", "color": colour, "fontsize": 7.5}
            axes.text(start + count / 2, height, number_text(count, 0, lang), **look)
            start += count


def _draw_power(axes: Axes, height: int, rows: DataFrame, lang: str) -> None:
    tested = rows[rows["check_power"].notna()].sort_values("check_power")
    if tested.empty:
        look = {"va": "center", "color": GREY, "fontsize": 7.5}
        axes.text(0, height, TEXTS["none"][lang], **look)
        return
    # labels keep clear of each other; a line leads each to its mark
    places = spread(tested["check_power"], 0.085)
    shift = max(places[-1] - 1.03, 0)
    for row, place in zip(tested.itertuples(), places, strict=True):
        style = marker_style(row.evidence, VERDICT_COLOURS[row.verdict])
        at = place - shift
        axes.plot([row.check_power, at], [height + 0.12, height - 0.1], color=GREY, linewidth=0.5)
        axes.plot(row.check_power, height + 0.12, markersize=5.5, **style)
        look = {"ha": "center", "va": "bottom", "color": VERDICT_INKS[row.verdict]}
        axes.text(at, height - 0.12, row.claim_id, fontsize=6.5, **look)
