"""Charts of the chapter on targets: both languages, whole words, one mark for each target."""

from __future__ import annotations

import itertools
import re

import matplotlib.pyplot as plt
import pytest
from drawn_words import shown_words, words_outside, words_touching
from matplotlib.figure import Figure

from indicators import evidence, tables, targets
from indicators import targets_progress as progress
from indicators.charts import WIDTH
from indicators.charts import targets_progress as charts

HAN = re.compile("[一-鿿]")
PLACES = ("all", "330000", "330900")


def drawn_tables(place: str) -> dict:
    held = {name: tables.load(name) for name in progress.TABLES}
    choices = progress.Choices(place)
    rows = targets.outcome_rows(held["targets"], held)
    judged = progress.judge_targets(held["targets"], rows, held["sources"], choices)
    income = evidence.mark_rows(held["income"], held["sources"])
    ratios = progress.ratio_check(judged, rows, income, choices)
    found = {
        "target_statuses": progress.status_marks(judged),
        "distance_to_target": progress.reach_points(judged),
        "figures_since_set": progress.timeline_points(judged, rows, ratios, choices),
    }
    return {name: table for name, table in found.items() if len(table)}


@pytest.fixture(scope="module")
def figures(style) -> dict[tuple[str, str, str], Figure]:
    drawn = {}
    for place, lang in itertools.product(PLACES, ("en", "zh")):
        for name, table in drawn_tables(place).items():
            before = table.copy()
            drawn[place, name, lang] = getattr(charts, name)(table, lang=lang)
            assert table.equals(before), "a chart leaves its table alone"
            plt.close(drawn[place, name, lang])
    return drawn


def test_every_chart_is_drawn(figures):
    assert {name for place, name, _ in figures if place == "all"} == set(charts.__all__)
    # Zhoushan's one suspect target has no figure since it was set
    assert ("330900", "figures_since_set", "en") not in figures
    assert {figure.get_size_inches()[0] for figure in figures.values()} == {WIDTH}


def test_each_language_has_its_words(figures):
    for (place, name, lang), figure in figures.items():
        words = shown_words(figure)
        assert [text for text in words if re.search(r"[A-Za-z]_|_[A-Za-z]|nan|‖", text)] == []
        foreign = re.compile("[A-Za-z]") if lang == "zh" else HAN
        assert [text for text in words if foreign.search(text)] == [], (place, name)


def test_words_are_whole_and_apart(figures):
    for key, figure in figures.items():
        assert words_outside(figure) == [], key
        assert words_touching(figure) == [], key


def test_a_status_without_targets_keeps_its_row(figures):
    words = shown_words(figures["all", "target_statuses", "en"])
    assert {"missed", "met when it was set"} <= set(words)
    assert words.count("0") >= 2
    assert "34" in words  # without an outcome in the tables


def test_one_mark_for_each_target(figures):
    axes = figures["all", "target_statuses", "en"].axes[0]
    assert sum(len(line.get_xdata()) for line in axes.lines) == 81


def test_targets_stand_beside_their_rows(figures):
    words = shown_words(figures["all", "distance_to_target", "zh"])
    assert "达到85000元" in words
    assert "舟山市：居民人均可支配收入（2025年）" in words
