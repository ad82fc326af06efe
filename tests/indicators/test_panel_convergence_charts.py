"""Charts of the chapter on panels: both languages, words that are readable and apart."""

from __future__ import annotations

import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from drawn_words import (
    contrast_with_white,
    shown_words,
    visible_texts,
    words_covering,
    words_outside,
)
from matplotlib.figure import Figure
from panel_files import made_up_panel

from indicators import panel_convergence as panels
from indicators import tables
from indicators.charts import WIDTH
from indicators.charts import panel_convergence as charts
from indicators.charts.panel_convergence.units import unit_name

CHOICES = panels.Choices()
# Panels that between them draw every form: few and many units, names cut, gaps, one long scale.
LARGE = {"High": (10.6, 26), "Middle": (9.8, 20), "Low": (8.0, 15)}
ODD = {"High 1": "A very long name of a district", "High 2": "$a_1$ & <b>", "Low 1": "points"}


def own_panel(name: str) -> pd.DataFrame:
    panel = made_up_panel(clubs=LARGE if name == "large" else None)
    if name == "gaps":
        panel = panel[panel["year"].ne(2010) & ~panel["unit"].isin(["Low 5", "Low 6"])]
        panel = panel[~(panel["unit"].eq("Low 1") & panel["year"].lt(2005))]
    if name == "odd":
        panel = panel.replace({"unit": ODD})
    return panel.assign(evidence=panels.OWN, source_id="")


def drawn_tables(name: str, income_rows) -> dict[str, pd.DataFrame]:
    if name == "book":
        panel = panels.book_panel(income_rows, tables.load("places"))
    else:
        panel = own_panel(name)
    found = {
        "panel_held": panels.held_points(panel),
        "panel_spread": panels.spread_lines(panel, CHOICES),
    }
    if name not in ("book", "gaps"):
        found["panel_growth"] = panels.growth_points(panel, CHOICES)
        found["relative_paths"] = panels.club_paths(panel, CHOICES)
    return found


@pytest.fixture(scope="module")
def figures(style, income_rows) -> dict[tuple[str, str, str], Figure]:
    drawn = {}
    for name in ("book", "own", "gaps", "odd", "large"):
        for chart, table in drawn_tables(name, income_rows).items():
            before = table.copy()
            # many units take long to draw, and have no words of their own
            for lang in ("en",) if name == "large" else ("en", "zh"):
                drawn[name, chart, lang] = getattr(charts, chart)(table, lang=lang)
                plt.close(drawn[name, chart, lang])
            assert table.equals(before), chart
    return drawn


@pytest.fixture(scope="module")
def said(figures) -> dict[tuple[str, str, str], list[str]]:
    """The words of each figure; laying out takes a while."""
    return {key: shown_words(figure) for key, figure in figures.items()}


def test_every_chart_is_drawn(figures):
    assert {chart for name, chart, _ in figures if name == "own"} == set(charts.__all__)
    assert {chart for name, chart, _ in figures if name == "book"} == {"panel_held", "panel_spread"}
    assert {figure.get_size_inches()[0] for figure in figures.values()} == {WIDTH}
    assert max(figure.get_size_inches()[1] for figure in figures.values()) <= 6


def test_no_raw_name_is_shown(said):
    for key, words in said.items():
        texts = [text.replace(r"\$a_1\$", "") for text in words]
        assert [text for text in texts if re.search(r"[A-Za-z]_|_[A-Za-z]|\{|nan|‖", text)] == [], (
            key
        )


def test_each_language_has_its_words(said):
    for (name, chart, lang), words in said.items():
        for text in words:
            if lang == "en":
                assert not re.search("[一-鿿]", text), (name, chart, text)
            elif name == "book":
                assert not re.search("[A-Za-z]", text), (name, chart, text)


def test_no_words_cover_each_other(figures):
    for key, figure in figures.items():
        assert words_covering(figure) == [], key


def test_all_words_lie_within_the_figure(figures):
    for key, figure in figures.items():
        assert words_outside(figure) == [], key


def test_words_stand_out_from_the_paper(figures):
    # Origin: WCAG 2.2, success criterion 1.4.3: 4.5 to 1 for small text.
    for key, figure in figures.items():
        for text in visible_texts(figure):
            assert contrast_with_white(text.get_color()) >= 4.5, (key, text.get_text())


def test_a_figure_of_an_own_panel_says_so(said):
    whose = {"en": "reader's own data", "zh": "读者自有数据"}
    for (name, chart, lang), words in said.items():
        assert (whose[lang] in words) is (name != "book"), (name, chart)
        assert name == "book" or not {"printed", "derived", "直接公布", "推算"} & set(words)


def test_drawn_numbers_are_those_of_the_tables(said, income_rows):
    spread = drawn_tables("book", income_rows)["panel_spread"]
    ends = spread[spread["series"].eq("spread")]["value"]
    words = said["book", "panel_spread", "en"]
    assert {f"{value:.3f}" for value in ends} <= set(words)
    assert {"Ningbo", "Wenzhou", "2015", "2021"} <= set(words)
    assert {"club 1 (6)", "club 2 (6)"} <= set(said["own", "relative_paths", "en"])
    assert "俱乐部1（6个）" in said["own", "relative_paths", "zh"]


def test_many_units_have_no_names(said):
    assert "High 1" in said["own", "panel_held", "en"]
    assert "High 1" not in said["large", "panel_held", "en"]
    assert "High 1" not in said["large", "relative_paths", "en"]


def test_missing_years_are_bridged_by_dashes(figures):
    lines = figures["gaps", "panel_spread", "en"].axes[1].lines
    dashed = [line.get_xdata().tolist() for line in lines if line.get_linestyle() == "--"]
    assert dashed == [[2009, 2011]]


@pytest.mark.parametrize(
    ("unit", "lang", "name"),
    [
        ("330100", "en", "Hangzhou"), ("Erewhon", "zh", "Erewhon"), ("a ‖ a", "en", "a"),
        ("$x$", "en", r"\$x\$"), ("A very long name of a district", "en", "A very long name …"),
    ],
)  # fmt: skip
def test_names_of_units(unit, lang, name):
    assert unit_name(unit, lang) == name
