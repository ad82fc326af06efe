"""The charts of the claimed ratio, of the urban weights and of Theil's between part."""

from __future__ import annotations

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

from indicators import evidence, tables
from indicators import urban_rural_convergence as convergence
from indicators.charts import WIDTH, urban_rural_claim
from indicators.charts import urban_rural_convergence as charts
from indicators.gates import require

HAN = re.compile("[一-鿿]")
HANGZHOU, CHINA = "330100", "100000"
CHARTS = {
    "triangulation": urban_rural_claim.triangulation,
    "urban_weights": charts.urban_weights,
    "theil_between": charts.theil_between,
}


def drawn_tables(rows, place: str) -> dict:
    """The table of each chart that a page of the place shows."""
    found = {}
    facts = convergence.weight_facts(rows, place)
    if require("implied_weight", **facts["implied_weight"]):
        loaded = map(tables.load, ("services", "census", "sources"))
        found["urban_weights"] = convergence.urban_weights(rows, *loaded, place).table
    if require("theil_parts", **facts["theil_parts"]):
        found["theil_between"] = convergence.theil_parts(rows, place).table
    claim = convergence.claimed_ratio(rows, place)
    if claim:
        routes = [convergence.wedge_route(rows, place), convergence.chain_route(rows, place)]
        found["triangulation"] = convergence.drawn_routes(claim, "half_up", *routes)
    return found


@pytest.fixture(scope="module")
def figures(style) -> dict[tuple[str, str, str], Figure]:
    rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    drawn = {}
    for place in convergence.convergence_places(rows):
        for name, table in drawn_tables(rows, place).items():
            before = table.copy()
            for lang in ("en", "zh"):
                drawn[place, name, lang] = CHARTS[name](table, lang=lang)
                plt.close(drawn[place, name, lang])
            assert table.equals(before), "a chart leaves its table alone"
    return drawn


def test_every_chart_is_drawn_as_wide_as_the_page(figures):
    assert {name for place, name, _ in figures if place == HANGZHOU} == set(CHARTS)
    assert {figure.get_size_inches()[0] for figure in figures.values()} == {WIDTH}
    # the article claims the ratio of one place
    assert {place for place, name, _ in figures if name == "triangulation"} == {HANGZHOU}


def test_each_language_has_its_words(figures):
    # grades and the name of the measure are letters in both languages
    letters = re.compile("来源等级[A-D、]+|泰尔指数（T）|T的变动")
    for (place, name, lang), figure in figures.items():
        said = shown_words(figure)
        assert [text for text in said if re.search(r"[A-Za-z]_|_[A-Za-z]|nan|\{", text)] == []
        foreign = HAN if lang == "en" else re.compile("[A-Za-z]")
        left = [text for text in said if foreign.search(letters.sub("", text))]
        assert left == [], (place, name)


def test_words_are_whole_and_apart(figures):
    for key, figure in figures.items():
        assert words_outside(figure) == [], key
        assert words_touching(figure) == [], key


def test_words_stand_out_from_the_paper(figures):
    # Origin: WCAG 2.2, success criterion 1.4.3: 4.5 to 1 for small text.
    for key, figure in figures.items():
        for text in visible_texts(figure):
            assert contrast_with_white(text.get_color()) >= 4.5, (key, text.get_text())


def test_drawn_numbers_are_those_of_the_table(figures):
    claim = shown_words(figures[HANGZHOU, "triangulation", "en"])
    assert {"1.643–1.646", "1.637–1.655", "1.625–1.655"} <= set(claim)
    assert "Scaled from Q1–Q3 2024 by the relation of 2020 (grades A, B, D)" in claim
    assert "Moved on from 2022 by H1 2023, Q1–Q3 2024 (grades A, C, D)" in claim
    assert "claim of the article" in claim
    weights = shown_words(figures[HANGZHOU, "urban_weights", "en"])
    assert "2022: the official share would give a mean of 71,945 yuan; printed: 70,281" in weights
    assert {"survey's own weight", "official share, end of year", "census"} <= set(weights)
    theil = shown_words(figures[HANGZHOU, "theil_between", "en"])
    assert {"0.0294", "0.0190", "2015–2022", "−0.0104", "2021–2022"} <= set(theil)


def test_legends_name_the_evidence_that_is_drawn(figures):
    rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    named = {"printed": "printed", "copied": "copy or secondary source", "derived": "derived",
             "claimed": "claim of the article", "suspect": "suspect"}  # fmt: skip
    for place in (HANGZHOU, CHINA):
        for name, table in drawn_tables(rows, place).items():
            said = set(shown_words(figures[place, name, "en"])) & set(named.values())
            assert said == {named[mark] for mark in table["evidence"]}, (place, name)


def test_a_place_without_an_official_share_shows_none(figures):
    said = shown_words(figures[CHINA, "urban_weights", "en"])
    assert "survey's own weight" in said
    assert not any("official" in text for text in said)
