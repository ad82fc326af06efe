"""A list of projects that was replaced within its year."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from pandas import DataFrame

from indicators.charts import (
    BLUE,
    GREEN,
    INK,
    VERMILION,
    bracketed,
    change_text,
    ink,
    marker_legend,
    marker_style,
    number_text,
    write_near,
)
from indicators.charts.layout import panel_pair
from indicators.labels import period_label

TEXTS = {
    "index_axis": {"en": "First list = 100", "zh": "首批清单=100"},
    "projects": {"en": "Projects on the list", "zh": "清单内项目数"},
    "plan": {"en": "Plan of the year (100 million yuan)", "zh": "年度计划（亿元）"},
    "rate_panel": {"en": "Completion rate, {}", "zh": "投资完成率，{}"},
    "list_panel": {"en": "The list within {}", "zh": "{}内清单的变动"},
    "first_list": {"en": "against the\nplan of the\nfirst list", "zh": "以首批清单\n计划为分母"},
    "final_list": {"en": "against the\nplan of the\nfinal list", "zh": "以最终清单\n计划为分母"},
}


def moving_denominator(data: DataFrame, lang: str) -> Figure:
    """How the list and its plan grew within a year, and what that does to the rate.

    `data`: as from `moving_denominator(...).table`.
    """
    figure, (left, right) = panel_pair(2.5, (2.0, 2.0), [1.75, 1])
    cells = data.set_index(["measure", "list"])
    colours = {"projects": BLUE, "plan": VERMILION}
    for height, measure in enumerate(colours):
        first, final = cells.loc[(measure, "first_list")], cells.loc[(measure, "final_list")]
        colour = colours[measure]
        reached = [first["index"], final["index"]]
        left.plot(reached, [height, height], color=colour, linewidth=2, alpha=0.5)
        for point in (first, final):
            look = marker_style(point["evidence"], colour)
            left.plot(point["index"], height, markersize=7, **look)
        change = change_text(final["index"] / first["index"] - 1, lang)
        values = [
            number_text(point["estimate"], 0 if point["estimate"] % 1 == 0 else 1, lang)
            for point in (first, final)
        ]
        text, at = f"{values[0]} → {values[1]}" + bracketed(change, lang), (first["index"], height)
        write_near(left, text, at, (0, -13), color=ink(colour), fontsize=7.5)
        write_near(left, TEXTS[measure][lang], at, (0, 8), fontsize=8)
    reach = max(10.0, (data["index"] - 100).abs().max())
    left.set_xlim(100 - 0.08 * reach + min(0.0, data["index"].min() - 100), 100 + 1.12 * reach)
    left.set_ylim(1.6, -0.6)
    left.set_yticks([])
    left.spines["left"].set_visible(False)
    left.grid(axis="x")
    left.set_xlabel(TEXTS["index_axis"][lang])
    year = period_label(data["year"].iloc[0], lang)
    left.set_title(TEXTS["list_panel"][lang].format(year))
    for place, name in enumerate(("first_list", "final_list")):
        rate = cells.loc[("rate", name)]
        at, text = (place, rate["estimate"] / 100), number_text(rate["estimate"], 1, lang) + "%"
        right.plot(*at, markersize=7, **marker_style(rate["evidence"], GREEN))
        write_near(right, text, at, (0, 8), ha="center", fontsize=8)
    right.axhline(1, color=INK, linewidth=0.8, linestyle="--")
    right.set_xlim(-0.6, 1.6)
    top = cells.loc["rate"]["estimate"].max() / 100
    right.set_ylim(min(0.9, top - 0.1), max(1.05, top) + 0.08)
    right.set_xticks([0, 1], [TEXTS[name][lang] for name in ("first_list", "final_list")])
    right.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    right.set_title(TEXTS["rate_panel"][lang].format(year))
    figure.legend(handles=marker_legend(data["evidence"], lang), loc="outside lower left", ncols=5)
    return figure
