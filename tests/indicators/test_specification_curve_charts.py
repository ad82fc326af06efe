"""Charts of the chapter on specifications: many places, both languages, whole words."""

from __future__ import annotations

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn_words import (
    contrast_with_white,
    shown_words,
    visible_texts,
    words_outside,
    words_touching,
)
from matplotlib.figure import Figure

from indicators import specification_curve as curve
from indicators.charts import WIDTH
from indicators.charts import specification_curve as charts
from indicators.income import SURVEY

HAN = re.compile("[一-鿿]")
HANGZHOU = "330100"
CHOICES = {
    "Hangzhou": {"place": HANGZHOU},
    "Zhejiang": {"place": "330000"},
    "China": {"place": "100000"},
    "Zhoushan": {"place": "330900"},
    "one measure": {"place": HANGZHOU, "measures": "gap_share", "targets": [1.55]},
    "strict": {
        "place": HANGZHOU, "extra": "none", "grades": "a_to_c", "taken": "levels", "bases": SURVEY,
        "forms": "log", "targets": [1.65, 1.6, 1.5],
    },
}  # fmt: skip


def drawn_tables(rows, **choices) -> dict:
    stock = curve.load_stock(rows, curve.Choices(**choices))
    names = ("faster_than_china", "faster_than_zhejiang")
    compared = [curve.pace_specifications(stock, name) for name in names]
    return {
        "pace_curve": curve.pace_curve(*compared),
        "scenario_curve": curve.scenario_curve(curve.scenario_specifications(stock)),
    }


@pytest.fixture(scope="module")
def tables(income_rows) -> dict:
    return {name: drawn_tables(income_rows, **choices) for name, choices in CHOICES.items()}


def draw(name: str, table, lang: str, place: str = HANGZHOU) -> Figure:
    options = {"place": place} if name == "pace_curve" else {}
    figure = getattr(charts, name)(table, lang=lang, **options)
    plt.close(figure)
    return figure


@pytest.fixture(scope="module")
def figures(style, tables) -> dict[tuple[str, str, str], Figure]:
    found = {}
    for choices, drawn in tables.items():
        for name, table in drawn.items():
            before = table.copy()
            for lang in ("en", "zh"):
                place = CHOICES[choices]["place"]
                found[choices, name, lang] = draw(name, table, lang, place)
            assert table.equals(before), "a chart leaves its table alone"
    return found


def test_the_size(figures):
    assert {figure.get_size_inches()[0] for figure in figures.values()} == {WIDTH}
    # it has to fit on a page of paper
    assert max(figure.get_size_inches()[1] for figure in figures.values()) < 9


def test_each_language_has_its_words(figures):
    for key, figure in figures.items():
        words = shown_words(figure)
        assert [text for text in words if re.search(r"[A-Za-z]_|_[A-Za-z]|nan|\{", text)] == []
        # grades of sources are letters
        foreign = re.compile("(?![A-D][至级])[A-Za-z]") if key[2] == "zh" else HAN
        assert [text for text in words if foreign.search(text)] == [], key


def test_words_are_whole_and_apart(figures):
    for key, figure in figures.items():
        assert words_outside(figure) == [], key
        assert words_touching(figure) == [], key


def test_words_stand_out_from_the_paper(figures):
    # Origin: WCAG 2.2, success criterion 1.4.3: 4.5 to 1 for small text.
    for key, figure in figures.items():
        for text in visible_texts(figure):
            assert contrast_with_white(text.get_color()) >= 4.5, (key, text.get_text())


def test_a_panel_for_each_measure_and_target(figures):
    titles = {
        key: [axes.get_title(loc="left") for axes in figure.axes if axes.get_title(loc="left")]
        for key, figure in figures.items()
    }
    assert titles["Hangzhou", "pace_curve", "en"] == [
        "Ratio, a year", "Log of the ratio, log points a year",
        "Log of (ratio − 1), log points a year", "Gap, yuan a year",
    ]  # fmt: skip
    assert len(titles["one measure", "pace_curve", "en"]) == 1
    assert titles["strict", "scenario_curve", "en"] == [
        "Year in which 1.65 is reached", "Year in which 1.6 is reached",
        "Year in which 1.5 is reached",
    ]  # fmt: skip


def test_only_choices_with_two_options_have_rows(figures):
    words = shown_words(figures["Hangzhou", "pace_curve", "en"])
    options = {"beside China", "beside Zhejiang", "with the claim", "with grade D", "printed ratio"}
    assert options <= set(words)
    strict = shown_words(figures["strict", "pace_curve", "en"])
    assert {"beside China", "beside Zhejiang"} <= set(strict)
    assert not (options - {"beside China", "beside Zhejiang"}) & set(strict)
    assert "beside China" not in shown_words(figures["China", "pace_curve", "en"])


def strokes(axes) -> list[tuple[float, float, float]]:
    """Place, lower and upper end of the strokes, which stand in one line with gaps."""
    points = np.vstack([line.get_xydata().reshape(-1, 3, 2) for line in axes.get_lines()])
    return sorted(
        (at[0], low[1], high[1]) for at, (low, high, _) in zip(points[:, 0], points, strict=True)
    )


def test_every_result_has_its_window_and_its_marks(figures, tables):
    table = tables["Hangzhou"]["pace_curve"]
    _, windows, options = figures["Hangzhou", "pace_curve", "en"].axes[:3]
    rows = table[table["measure"].eq("ratio")]
    expected = zip(rows["curve_rank"], rows["first_year"], rows["last_year"], strict=True)
    assert strokes(windows) == sorted(expected)
    assert len(strokes(options)) == 5 * len(rows), "one mark in each choice"


def test_the_legend_names_answers_and_evidence(figures):
    words = shown_words(figures["Hangzhou", "pace_curve", "en"])
    assert {"Hangzhou closed faster", "Hangzhou closed slower", "claim of the article"} <= set(
        words
    )
    assert "claim of the article" not in shown_words(figures["strict", "pace_curve", "en"])


def test_a_year_without_end_is_drawn_to_the_edge(style, tables):
    table = tables["Hangzhou"]["scenario_curve"].copy()
    table.loc[table.index[-1], ["estimate", "high"]] = [np.nan, np.inf]
    figure = draw("scenario_curve", table, "en")
    figure.draw_without_rendering()
    axes = figure.axes[3]
    tops = [np.nanmax(line.get_ydata()) for line in axes.get_lines()]
    assert max(tops) == pytest.approx(axes.get_ylim()[1])


def test_a_target_that_is_never_reached_is_drawn(style, tables):
    table = tables["Hangzhou"]["scenario_curve"].copy()
    table.loc[table["target"].eq(1.5), ["low", "estimate", "high"]] = np.inf
    figure = draw("scenario_curve", table, "en")
    assert words_outside(figure) == []
    low, high = figure.axes[3].get_ylim()
    assert low < 2024 < high


def test_zero_is_in_view_where_all_are_faster(figures, tables):
    rows = tables["Zhoushan"]["pace_curve"]
    assert rows.loc[rows["measure"].eq("gap_share"), "high"].lt(0).all()
    low, high = figures["Zhoushan", "pace_curve", "en"].axes[6].get_ylim()
    assert low < 0 < high
