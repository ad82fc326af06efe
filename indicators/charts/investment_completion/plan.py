"""The plan that a rate implies, under each reading."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    GREEN,
    INK,
    VERMILION,
    bar_legend,
    bar_style,
    figure_width,
    ink,
    number_text,
    write_near,
)

TEXTS = {
    "plan_axis": {"en": "Plan of the year (100 million yuan)", "zh": "年度计划（亿元）"},
    "annual": {
        "en": "If the rate is measured against the plan of the year",
        "zh": "若完成率以全年计划为分母",
    },
    "to_date": {
        "en": "If it is measured against the plan to date",
        "zh": "若完成率以截至当期的进度计划为分母",
    },
    "rounded": {"en": "amount rounded to {}", "zh": "金额取整到{}亿元"},
    "printed_plan": {"en": "printed plan: {}", "zh": "公布的计划：{}"},
    "between": {"en": "{}–{}", "zh": "{}至{}"},
}


def implied_plan(data: DataFrame, lang: str) -> Figure:
    """Rounding intervals of the implied plan: one panel for each reading, a bar for each unit.

    `data`: rows of `implied_plans(...).table` for one rounding rule.
    """
    printed = data[data["reading"] == "printed_plan"]
    readings = [name for name in ("annual", "to_date") if name in set(data["reading"])]
    units = len(set(data.loc[data["reading"].isin(readings), "money_unit"]))
    size = (figure_width(), 0.75 + len(readings) * (0.35 + 0.3 * units))
    figure, panels = plt.subplots(len(readings), 1, sharex=True, squeeze=False, figsize=size)
    colours = {"annual": BLUE, "to_date": VERMILION}
    span = data["high"].max() - data["low"].min()
    for axes, reading in zip(panels[:, 0], readings, strict=True):
        bars = data[data["reading"] == reading].sort_values("money_unit")
        for height, row in enumerate(bars.itertuples()):
            look = bar_style(row.evidence, colours[reading])
            axes.barh(height, row.high - row.low, left=row.low, height=0.5, **look)
            axes.plot([row.estimate] * 2, [height - 0.25, height + 0.25], color=INK, linewidth=1.2)
            ends = (number_text(row.low, 1, lang), number_text(row.high, 1, lang))
            text = TEXTS["between"][lang].format(*ends)
            axes.text(row.high + 0.012 * span, height, text, va="center", fontsize=7.5)
        units_said = [TEXTS["rounded"][lang].format(unit) for unit in bars["money_unit"]]
        axes.set_yticks(range(len(bars)), units_said)
        axes.set_ylim(len(bars) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.set_title(TEXTS[reading][lang], color=ink(colours[reading]))
        axes.grid(axis="x")
        for row in printed.itertuples():
            axes.axvline(row.estimate, color=GREEN, linestyle="--", linewidth=1)
    for row in printed.itertuples():
        text = TEXTS["printed_plan"][lang].format(number_text(row.estimate, 0, lang))
        look = {"va": "top", "color": ink(GREEN), "fontsize": 7.5}
        at_top = ("data", "axes fraction")
        write_near(panels[0, 0], text, (row.estimate, 1), (3, 0), xycoords=at_top, **look)
    bottom = panels[-1, 0]
    bottom.set_xlim(data["low"].min() - 0.05 * span, data["high"].max() + 0.3 * span)
    bottom.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number_text(x, 0, lang)))
    bottom.set_xlabel(TEXTS["plan_axis"][lang])
    marks = data.loc[data["reading"].isin(readings), "evidence"]
    figure.legend(handles=bar_legend(marks, lang), loc="outside upper right")
    return figure
