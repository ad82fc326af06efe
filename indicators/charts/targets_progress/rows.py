"""What the two charts with a row for each target share."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Patch
from pandas import DataFrame

from indicators.charts import INK, bracketed, ink, is_narrow, place_colour
from indicators.charts.layout import write_row
from indicators.labels import label, period_label

# Places with many targets are told by their colour; the others are named in their rows.
PLACES = ("330100", "330000", "100000")


def name_rows(axes: Axes, data: DataFrame, lang: str) -> dict[str, int]:
    """A row for each target, in the order of `data`: its name at the left, the target at the right.

    In a narrow figure both stand above the row.

    Names have the colour of their place. Gives the height of each row.
    """
    targets = data.drop_duplicates("target_id").reset_index(drop=True)
    heights = {target: height for height, target in enumerate(targets["target_id"])}
    names = [_name(row, lang) for row in targets.itertuples()]
    said = [label("values", cell, lang) for cell in targets["said"]]
    colours = [ink(place_colour(place)) for place in targets["place_code"]]
    axes.set_ylim(len(targets) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    if is_narrow():
        for height, cells in enumerate(zip(names, colours, said, strict=True)):
            write_row(axes, height, cells[:2], (cells[2], INK), fontsize=7)
        axes.set_yticks([])
        axes.set_ylim(top=-0.9)
        axes.spines["left"].set_visible(False)
        return heights
    axes.set_yticks(range(len(targets)), names, fontsize=7)
    right = axes.secondary_yaxis("right")
    right.set_yticks(range(len(targets)), said, fontsize=7)
    right.tick_params(axis="y", length=0)
    right.spines["right"].set_visible(False)
    for tick, colour in zip(axes.get_yticklabels(), colours, strict=True):
        tick.set_color(colour)
    return heights


def row_inches() -> float:
    """The height of a row, whose words stand above its marks where the figure is narrow."""
    return 0.32 if is_narrow() else 0.2


def place_legend(data: DataFrame, lang: str) -> list[Patch]:
    """Legend entries for the places that their colour tells."""
    return [
        Patch(color=place_colour(code), label=label("values", code, lang))
        for code in dict.fromkeys(data["place_code"])
        if code in PLACES
    ]


def _name(row, lang: str) -> str:
    due = bracketed(period_label(str(row.target_year), lang), lang)
    colon = ": " if lang == "en" else "："
    place = "" if row.place_code in PLACES else label("values", row.place_code, lang) + colon
    return place + label("values", row.indicator, lang) + due
