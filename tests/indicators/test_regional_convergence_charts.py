"""Charts of the chapter on counties: both languages, words that are readable and apart."""

from __future__ import annotations

import re

import matplotlib.pyplot as plt
import pytest
from drawn_words import (
    contrast_with_white,
    shown_words,
    visible_texts,
    words_covering,
    words_outside,
)
from matplotlib.figure import Figure

from indicators import regional_convergence as regions
from indicators import tables
from indicators.charts import WIDTH
from indicators.charts import regional_convergence as charts
from indicators.charts.regional_convergence.values import change_value_text, value_text

# Pages that between them draw every form: a ceiling, another scale alone, people as weights.
PAGES = {
    "default": regions.Choices(),
    "population": regions.Choices("population"),
    "aged": regions.Choices("aged_65_plus_share", "logit"),
    "schooling": regions.Choices("mean_schooling_years", exclude_doubtful=True),
    "weighted": regions.Choices(weights="population", exclude_boundary_changes=False),
}
BY_INDICATOR = ("growth_scatter", "spread_ratios", "prefecture_tiles")


def drawn_tables(page: str, income_rows) -> dict:
    census, codes, places = (tables.load(name) for name in ("census", "crosswalk", "places"))
    choices = PAGES[page]
    pairs = regions.county_pairs(census, codes, choices)
    spread = regions.spread_changes(pairs, choices).table
    found = {
        "growth_scatter": regions.growth_points(pairs, choices),
        "spread_ratios": spread[spread["scale"].isin(choices.scales)],
        "prefecture_tiles": regions.prefecture_ranks(census, places, choices),
    }
    if page == "default":
        found["ratio_slopes"] = regions.ratio_slopes(income_rows, places)
        found["nine_month_ratios"] = regions.nine_month_ratios(income_rows, places)
    return found


def draw(name: str, page: str, table, lang: str) -> Figure:
    options = {"indicator": PAGES[page].indicator} if name in BY_INDICATOR else {}
    return getattr(charts, name)(table, lang=lang, **options)


@pytest.fixture(scope="module")
def figures(style, income_rows) -> dict[tuple[str, str, str], Figure]:
    drawn = {}
    for page in PAGES:
        for name, table in drawn_tables(page, income_rows).items():
            before = table.copy()
            for lang in ("en", "zh"):
                drawn[page, name, lang] = draw(name, page, table, lang)
                plt.close(drawn[page, name, lang])
            assert table.equals(before), name
    return drawn


def test_every_chart_is_drawn(figures):
    assert {name for page, name, _ in figures if page == "default"} == set(charts.__all__)
    assert {figure.get_size_inches()[0] for figure in figures.values()} == {WIDTH}


def test_no_raw_name_is_shown(figures):
    for key, figure in figures.items():
        raw = [
            text for text in shown_words(figure) if re.search(r"[A-Za-z]_|_[A-Za-z]|\{|nan", text)
        ]
        assert raw == [], key


def test_each_language_has_its_words(figures):
    for (page, name, lang), figure in figures.items():
        for text in shown_words(figure):
            if lang == "zh":
                # P is the sign of a p-value
                assert not re.search("[A-Za-z]", text.replace("P", "")), (page, name, text)
            else:
                assert not re.search("[一-鿿]", text), (page, name, text)


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


def test_drawn_numbers_are_those_of_the_tables(figures, income_rows):
    spread = drawn_tables("default", income_rows)["spread_ratios"].iloc[0]
    text = "\n".join(shown_words(figures["default", "spread_ratios", "en"]))
    assert f"{100 * spread['sd_initial']:.1f} → {100 * spread['sd_final']:.1f} points" in text
    assert f"p = {spread['p_value']:.3f}, ranks {spread['rank_p']:.3f}" in text
    assert "all pairs (79)" in text
    nine = "\n".join(shown_words(figures["default", "nine_month_ratios", "en"]))
    assert "54,754 / 29,439 yuan" in nine
    assert "first nine months of 2020 only" in nine
    slopes = "\n".join(shown_words(figures["default", "ratio_slopes", "zh"]))
    assert "杭州市  1.88" in slopes
    assert "1.75  杭州市" in slopes
    tiles = "\n".join(shown_words(figures["population", "prefecture_tiles", "zh"]))
    assert "870万→1194万" in tiles
    assert "位次2→1" in tiles


def test_one_panel_for_each_scale_that_is_shown(figures):
    panels = {page: len(figures[page, "growth_scatter", "en"].axes) for page in PAGES}
    assert panels == {"default": 3, "population": 2, "aged": 1, "schooling": 2, "weighted": 3}


def test_the_doubtful_pairs_are_named(figures):
    text = shown_words(figures["default", "growth_scatter", "zh"])
    assert text.count("浦江县") == text.count("镇海区") == 3
    assert "浦江县" not in shown_words(figures["schooling", "growth_scatter", "zh"])


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((0.5729, "urban_share", "points", "en", 1), "57.3%"),
        ((11936010, "population", "points", "zh", 1), "1194万"),
        ((-0.123, "urban_share", "log", "en", 2), "−0.12"),
        ((9.51, "mean_schooling_years", "points", "zh", 1), "9.5"),
    ],
)
def test_values_in_words(arguments, text):
    assert value_text(*arguments) == text


def test_differences_of_shares_are_points_not_percent():
    assert change_value_text(-0.108, "urban_share", "points", "en", 1) == "−10.8"
