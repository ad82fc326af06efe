"""Growth of the completed amount as a sum."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    GREY,
    VERMILION,
    bar_legend,
    bar_style,
    bracketed,
    change_text,
    figure_width,
    number_text,
    write_near,
)
from indicators.labels import period_label

TEXTS = {
    "split_axis": {"en": "Contribution to growth, log points", "zh": "对增长的贡献（对数点）"},
    "more_projects": {"en": "More projects", "zh": "项目数增加"},
    "more_per_project": {
        "en": "More per project\n(100 million yuan)",
        "zh": "单个项目投资增加\n（亿元）",
    },
    "all_growth": {"en": "Completed investment\n(100 million yuan)", "zh": "完成投资\n（亿元）"},
}


def growth_split(data: DataFrame, lang: str) -> Figure:
    """Growth as a sum: more projects, and more per project, in log points.

    `data`: as from `growth_split(...).table`.
    """
    figure, axes = plt.subplots(figsize=(figure_width(), 2.0))
    colours = {"more_projects": BLUE, "more_per_project": VERMILION, "all_growth": GREY}
    start = 0.0
    for height, row in enumerate(data.itertuples()):
        left = 0.0 if row.component == "all_growth" else start
        look = bar_style(row.evidence, colours[row.component])
        axes.barh(height, row.log_points, left=left, height=0.56, **look)
        start = left + row.log_points
        if row.component != "all_growth":
            axes.plot([start, start], [height + 0.28, height + 0.72], color=GREY, linewidth=0.6)
        decimals = 2 if row.component == "more_per_project" else 0
        before, after = (
            number_text(value, decimals, lang) for value in (row.value_before, row.value_after)
        )
        text = f"{number_text(row.log_points, 1, lang)}   {before} → {after}"
        text += bracketed(change_text(row.change, lang), lang)
        write_near(axes, text, (max(left, start), height), (5, 0), va="center", fontsize=7.5)
    axes.axvline(0, color=GREY, linewidth=0.6)
    axes.set_yticks(range(len(data)), [TEXTS[name][lang] for name in data["component"]])
    axes.set_ylim(len(data) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    reach = data["log_points"].abs().max()
    low = min(0.0, data["log_points"].min())
    axes.set_xlim(1.1 * low, 1.55 * reach)
    axes.set_xlabel(TEXTS["split_axis"][lang])
    axes.grid(axis="x")
    years = [period_label(data[name].iloc[0], lang) for name in ("year_before", "year_after")]
    axes.set_title(" → ".join(years))
    figure.legend(handles=bar_legend(data["evidence"], lang), loc="outside upper right")
    return figure
