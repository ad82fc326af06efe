"""Rates as shares of projects: combs of what whole numbers can give."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    GREY,
    ORANGE,
    VERMILION,
    figure_width,
    ink,
    number_text,
)
from indicators.labels import label

TEXTS = {
    "comb_axis": {
        "en": "Share of projects. Numbers: projects; shaded: all shares that round to the rate",
        "zh": "项目个数占比（刻线上数字为项目个数，阴影为取整后等于公布的完成率的全部取值）",
    },
    "comb_head": {"en": "{}% of {}: {}", "zh": "{}个项目的{}%：{}"},
    "attainable": {"en": "attainable: {} of {}", "zh": "可以取到：{}/{}"},
    "not_attainable": {"en": "not attainable by any whole number", "zh": "任何整数个项目都取不到"},
}


def attainability(data: DataFrame, lang: str) -> Figure:
    """Combs: which shares a whole number of projects can give, near each printed rate.

    `data`: as from `share_combs`; a panel for each pair.
    """
    panels = sorted(set(data["panel"]))
    figure, column = plt.subplots(
        len(panels), 1, squeeze=False, figsize=(figure_width(), 0.4 + 1.15 * len(panels))
    )
    for axes, panel in zip(column[:, 0], panels, strict=True):
        comb = data[data["panel"] == panel]
        pair = comb.iloc[0]
        axes.axvspan(pair["low"], pair["high"], ymax=0.68, color=ORANGE, alpha=0.6, linewidth=0)
        for tooth in comb.itertuples():
            colour, width = (BLUE, 2.2) if tooth.attainable else (GREY, 1)
            axes.plot([tooth.share] * 2, [0, 0.54], color=colour, linewidth=width)
            text = number_text(tooth.count, 0, lang)
            axes.text(tooth.share, 0.74, text, ha="center", color=colour, fontsize=7)
        axes.set_ylim(0, 1)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        step = comb["share"].diff().median()
        axes.set_xlim(comb["share"].min() - 0.6 * step, comb["share"].max() + 0.6 * step)
        axes.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10]))
        decimals = 0 if step > 0.008 else 1
        axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=decimals))
        axes.set_title(_comb_head(pair, lang), pad=15)
        counts = [number_text(count, 0, lang) for count in comb.loc[comb["attainable"], "count"]]
        verdict = TEXTS["attainable" if counts else "not_attainable"][lang].format(
            ", ".join(counts), number_text(pair["total"], 0, lang)
        )
        look = {"color": BLUE if counts else ink(VERMILION), "fontsize": 8}
        axes.text(0, 1.05, verdict, transform=axes.transAxes, **look)
        evidence, look = label("values", pair["evidence"], lang), {"color": GREY, "fontsize": 7.5}
        axes.text(1, 1.05, evidence, transform=axes.transAxes, ha="right", **look)
    column[-1, 0].set_xlabel(TEXTS["comb_axis"][lang])
    return figure


def _comb_head(pair, lang: str) -> str:
    total = number_text(pair["total"], 0, lang)
    comma = ", " if lang == "en" else "，"
    named = comma.join(
        label("values", pair[name], lang) for name in ("place_code", "period", "programme")
    )
    if pair["role"] == "positive_control":
        named += comma + label("values", pair["indicator"], lang)
    parts = (pair["printed"], total) if lang == "en" else (total, pair["printed"])
    return TEXTS["comb_head"][lang].format(*parts, named)
