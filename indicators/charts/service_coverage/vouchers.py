"""Yuan per voucher claim beside the range stated for a month."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    INK,
    VERMILION,
    bar_legend,
    bar_style,
    bracketed,
    figure_width,
    number_text,
)
from indicators.labels import label

TEXTS = {
    "yuan_axis": {"en": "Yuan", "zh": "元"},
    "per_claim": {"en": "paid for each claim", "zh": "每申请人次的补助"},
    "monthly": {"en": "stated for a month", "zh": "所称托育券每月金额"},
    "between": {"en": "{} to {}", "zh": "{}至{}"},
    "months": {
        "en": "between {} and {} of a month's voucher",
        "zh": "相当于一个月托育券的{}至{}",
    },
}


def voucher_amount(data: DataFrame, lang: str) -> Figure:
    """The two ranges one above the other, each with its kind.

    `data`: as from `voucher_bars`.
    """
    figure, axes = plt.subplots(figsize=(figure_width(), 1.75))
    colours = {"per_claim": BLUE, "monthly": VERMILION}
    reach = data["high"].max()
    for height, row in enumerate(data.itertuples()):
        colour = colours[row.item]
        axes.barh(
            height, row.high - row.low, left=row.low, height=0.5, **bar_style(row.evidence, colour)
        )
        if row.estimate == row.estimate:
            axes.plot([row.estimate] * 2, [height - 0.25, height + 0.25], color=INK, linewidth=1.2)
        digits = 0 if row.low == round(row.low) and row.high == round(row.high) else 1
        ends = (number_text(end, digits, lang) for end in (row.low, row.high))
        said = TEXTS["between"][lang].format(*ends)
        kind = label("kinds", row.kind, lang)
        text = said + bracketed(kind, lang)
        if row.item == "per_claim":
            ends = (
                number_text(100 * end, 0, lang) + "%" for end in (row.months_low, row.months_high)
            )
            text += "\n" + TEXTS["months"][lang].format(*ends)
        axes.text(row.high + 0.012 * reach, height, text, va="center", fontsize=7.5)
    axes.set_yticks(range(len(data)), [TEXTS[item][lang] for item in data["item"]])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(data) - 0.5, -0.5)
    axes.set_xlim(0, 1.36 * reach)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number_text(value, 0, lang)))
    axes.grid(axis="x")
    axes.set_xlabel(TEXTS["yuan_axis"][lang])
    figure.legend(handles=bar_legend(data["evidence"], lang), loc="outside upper right")
    return figure
