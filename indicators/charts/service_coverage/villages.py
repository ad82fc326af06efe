"""How meal points and coverage go together, for every number of villages."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    bracketed,
    figure_width,
    ink,
    marker_legend,
    marker_style,
    number_text,
    write_near,
)
from indicators.labels import label, period_label

TEXTS = {
    "villages_axis": {
        "en": "Number of villages and communities in the coverage",
        "zh": "覆盖率口径内的村（社）总数（个）",
    },
    "covered_axis": {
        "en": "Covered villages, or meal points",
        "zh": "已覆盖村（社）或助餐点（个）",
    },
    "covered": {"en": "covered villages\nunder the claim", "zh": "按文章所称\n已覆盖的村（社）"},
    "points": {"en": "rural meal points", "zh": "农村老年食堂（助餐点）"},
    "one_each": {
        "en": "one point a village is possible:\n{} to {} villages",
        "zh": "可以一村一点：\n{}至{}个村（社）",
    },
    "shared": {
        "en": "more villages than that:\nsome share a point, or the\nclaims differ in definition",
        "zh": "村（社）更多：\n须几村合用一点，\n或两项数字口径不同",
    },
    "city_sites": {"en": "all meal points of the city, {}: {}", "zh": "{}全市助餐点：{}"},
    "total": {"en": "{} villages", "zh": "{}个村（社）"},
    "gt": {"en": "more than {}", "zh": "超{}个"},
    "eq": {"en": "{}", "zh": "{}个"},
}


def implied_villages(data: DataFrame, lang: str, total: int | None = None) -> Figure:
    """Covered villages and meal points against the number of villages.

    `data`: as from `village_counts(...).table`; `total`: a number of villages to mark.
    """
    figure, axes = plt.subplots(figsize=(figure_width(), 3.3))
    counts = data[data["series"].eq("village_numbers")]
    one_each = counts[counts["one_each"].eq(True)]
    x = counts["villages"].astype(float)
    look = {"color": BLUE, "alpha": 0.22, "linewidth": 0}
    axes.fill_between(x, counts["covered_low"], counts["covered_high"], **look)
    for edge in ("covered_low", "covered_high"):
        axes.plot(x, counts[edge], color=BLUE, linewidth=1)
    low, high = counts["points_low"].iloc[0], counts["points_high"].iloc[0]
    axes.axhspan(low, high, color=ORANGE, alpha=0.45, linewidth=0)
    first, last = one_each["villages"].min(), one_each["villages"].max()
    top = max(counts["covered_high"].max(), data["points_low"].max()) * 1.05
    bottom = min(low, counts["covered_low"].min()) * 0.9
    axes.fill_betweenx([bottom, top], first, last, color=GREEN, alpha=0.12, linewidth=0)
    for edge in (first, last):
        axes.axvline(edge, color=GREEN, linewidth=0.9, linestyle="--")
    axes.set_xlim(x.min(), x.max())
    axes.set_ylim(bottom, top)
    ends = (number_text(end, 0, lang) for end in (first, last))
    said = TEXTS["one_each"][lang].format(*ends)
    below = {"va": "top", "color": ink(GREEN), "fontsize": 7.5}
    write_near(axes, said, (last, bottom + 0.86 * (top - bottom)), (6, 0), **below)
    write_near(axes, TEXTS["shared"][lang], (last, bottom), (6, 4), va="bottom", fontsize=7.5)
    points = TEXTS["points"][lang] + bracketed(label("values", "claimed", lang), lang)
    write_near(axes, points, (x.max(), (low + high) / 2), (-4, 0), ha="right", va="center",
               fontsize=7.5)  # fmt: skip
    near_end = counts.iloc[round(0.93 * len(counts))]
    at, look = (near_end["villages"], near_end["covered_low"]), {"color": BLUE, "fontsize": 7.5}
    write_near(axes, TEXTS["covered"][lang], at, (0, -20), ha="right", va="top", **look)
    sites = data[data["series"].eq("city_sites") & data["points_low"].ge(bottom)]
    for row in sites.itertuples():
        axes.axhline(row.points_low, color=GREY, linewidth=0.9, linestyle=":")
        axes.plot(x.min() + 20, row.points_low, markersize=6, **marker_style(row.evidence, GREY))
        count = TEXTS[row.bound][lang].format(number_text(row.points_low, 0, lang))
        said = TEXTS["city_sites"][lang].format(period_label(row.period, lang), count)
        # at the right, clear of the strip where one point a village is possible
        look = {"ha": "right", "color": GREY, "fontsize": 7.5}
        write_near(axes, said, (x.max(), row.points_low), (-4, 3), **look)
    if total is not None:
        axes.axvline(total, color=INK, linewidth=0.9, alpha=0.5, zorder=0.5)
        said = TEXTS["total"][lang].format(number_text(total, 0, lang))
        write_near(axes, said, (total, bottom), (3, 4), va="bottom", fontsize=7.5)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number_text(value, 0, lang)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number_text(value, 0, lang)))
    axes.set_xlabel(TEXTS["villages_axis"][lang])
    axes.set_ylabel(TEXTS["covered_axis"][lang])
    if len(sites):
        handles = marker_legend(sites["evidence"], lang)
        figure.legend(handles=handles, loc="outside lower left", ncols=3)
    return figure
