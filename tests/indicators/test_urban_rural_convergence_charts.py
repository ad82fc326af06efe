"""Charts of the chapter on urban-rural convergence: every page, both languages, whole words."""

from __future__ import annotations

import itertools
import re

import matplotlib.pyplot as plt
import pytest
from drawn_words import (
    contrast_with_white,
    shown_words,
    visible_texts,
    words_outside,
    words_touching,
)
from matplotlib.figure import Figure
from matplotlib.text import Text

from indicators import evidence, tables
from indicators import urban_rural_convergence as convergence
from indicators.charts import WIDTH
from indicators.charts import urban_rural_convergence as charts
from indicators.gates import require

HAN = re.compile("[一-鿿]")
PLACES = ("330100", "330000", "100000", "330200", "330500", "330900")
# The charts whose tables stand in this chapter's own modules; the others have tests of their own.
NAMES = (
    "ratio_by_basis", "ratio_indexed", "pace_by_window", "yuan_gap", "growth_race", "scenarios",
)  # fmt: skip


def drawn_tables(place: str, **others) -> dict:
    """The table of each chart that the page shows."""
    rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    choices = convergence.Choices(place, **others)
    points = convergence.load_points(rows, choices)
    facts = convergence.gate_facts(points, choices)
    found = {
        "ratio_by_basis": convergence.ratio_series(points, choices),
        "ratio_indexed": convergence.indexed_series(points, choices).table,
        "yuan_gap": convergence.gap_series(points, choices),
        "scenarios": convergence.scenario_paths(points, choices),
    }
    if require("pace_by_window", **facts["pace_by_window"]):
        found["pace_by_window"] = convergence.pace_windows(points, choices)
    if require("growth_race", **facts["growth_race"]):
        found["growth_race"] = convergence.growth_race(points, choices)
    return found


@pytest.fixture(scope="module")
def figures(style) -> dict[tuple[str, str, str], Figure]:
    drawn = {}
    for place in PLACES:
        for name, table in drawn_tables(place).items():
            before = table.copy()
            for lang in ("en", "zh"):
                drawn[place, name, lang] = getattr(charts, name)(table, lang=lang)
                plt.close(drawn[place, name, lang])
            assert table.equals(before), "a chart leaves its table alone"
    return drawn


def test_every_chart_is_drawn(figures):
    assert {name for place, name, _ in figures if place == "330100"} == set(NAMES)
    assert {figure.get_size_inches()[0] for figure in figures.values()} == {WIDTH}
    # two printed years make one window and no step of one year
    zhoushan = {name for place, name, _ in figures if place == "330900"}
    assert zhoushan == set(NAMES) - {"pace_by_window", "growth_race"}


def test_each_language_has_its_words(figures):
    for (place, name, lang), figure in figures.items():
        words = shown_words(figure)
        assert [text for text in words if re.search(r"[A-Za-z]_|_[A-Za-z]|nan|\{", text)] == []
        foreign = re.compile("[A-Za-z]") if lang == "zh" else HAN
        assert [text for text in words if foreign.search(text)] == [], (place, name)


def test_words_are_whole_and_apart(figures):
    for key, figure in figures.items():
        assert words_outside(figure) == [], key
        assert words_touching(figure) == [], key


def test_words_stand_out_from_the_paper(figures):
    # Origin: WCAG 2.2, success criterion 1.4.3: 4.5 to 1 for small text.
    for key, figure in figures.items():
        for text in visible_texts(figure):
            assert contrast_with_white(text.get_color()) >= 4.5, (key, text.get_text())


def words_of(figures, place: str, name: str, lang: str = "en") -> str:
    return "\n".join(text.get_text() for text in visible_texts(figures[place, name, lang]))


def test_breaks_are_said_and_not_drawn_across(figures):
    words = words_of(figures, "330100", "ratio_by_basis")
    assert "survey changes" in words
    assert words.count("scope changes") == 3
    assert "scope changes" not in words_of(figures, "100000", "ratio_by_basis")
    axes = figures["330100", "ratio_by_basis", "en"].axes[0]
    for line in axes.get_lines():
        if line.get_linestyle() == "None" or len(line.get_xdata()) < 3:
            continue  # points, and the lines of the breaks themselves
        for first, last in itertools.pairwise(float(year) for year in line.get_xdata()):
            assert not first <= 2012 < 2013 <= last
            assert not first <= 2013 < 2014 <= last


def test_drawn_numbers_are_those_of_the_table(figures):
    assert "2024: 17.1%" in words_of(figures, "330100", "yuan_gap")
    assert "+2.7 points" in words_of(figures, "330100", "growth_race")
    assert "Hangzhou 31.9" in words_of(figures, "330100", "yuan_gap")
    grid = words_of(figures, "330100", "pace_by_window")
    assert "−0.61" in grid
    assert "ends in the claim" in grid
    assert "1.64" in words_of(figures, "330100", "ratio_by_basis")
    assert "2024" not in words_of(figures, "100000", "yuan_gap").split("Growth")[1]


def test_one_measure_is_one_panel(style):
    table = drawn_tables("330100", measure="gap_share")["pace_by_window"]
    figure = charts.pace_by_window(table, lang="en")
    assert len(figure.axes) == 1
    plt.close(figure)


def test_one_form_is_one_path_a_window(style):
    table = drawn_tables("330100", form="linear")["scenarios"]
    figure = charts.scenarios(table, lang="en")
    words = [text.get_text() for text in figure.findobj(Text)]
    assert "same fall of the ratio every year" in words
    assert "same percentage fall of the ratio" not in words
    plt.close(figure)
