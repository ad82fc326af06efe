"""Charts of the audit: both languages, whole words, nothing outside, evidence told apart."""

from __future__ import annotations

import itertools
import re

import matplotlib.pyplot as plt
import pytest
from drawn_words import shown_words, visible_texts, words_covering, words_outside
from matplotlib.figure import Figure

from indicators import claims_audit
from indicators.charts import WIDTH
from indicators.charts import claims_audit as charts

SECTIONS = ("all", "caption", "foundation", "services")


@pytest.fixture(scope="module")
def figures(style) -> dict[tuple[str, str, str], Figure]:
    held, drawn = claims_audit.Stock.load(), {}
    for section, lang in itertools.product(SECTIONS, ("en", "zh")):
        audit = claims_audit.audit_claims(held, section)
        for name, table in (("verdicts", audit.claims), ("compared", audit.compared)):
            if len(table):
                before = table.copy()
                drawn[section, name, lang] = getattr(charts, name)(table, lang=lang)
                assert table.equals(before), "a chart leaves its table alone"
                plt.close(drawn[section, name, lang])
    return drawn


def test_every_chart_is_drawn(figures):
    assert {name for section, name, _ in figures if section == "all"} == set(charts.__all__)
    assert ("caption", "compared", "en") not in figures
    assert {figure.get_size_inches()[0] for figure in figures.values()} == {WIDTH}


def test_each_language_has_its_words(figures):
    for (section, name, lang), figure in figures.items():
        words = shown_words(figure)
        assert [text for text in words if re.search(r"[A-Za-z]_|_[A-Za-z]|nan|‖", text)] == []
        if lang == "zh":
            left = [
                text for text in words if re.search("[A-Za-z]", re.sub("[FUSK][0-9]+", "", text))
            ]
            assert left == [], (section, name)
        else:
            assert [text for text in words if re.search("[一-鿿]", text)] == [], (section, name)


def test_no_words_cover_each_other(figures):
    for key, figure in figures.items():
        assert words_covering(figure) == [], key


def test_all_words_lie_within_the_figure(figures):
    for key, figure in figures.items():
        assert words_outside(figure) == [], key


def test_the_verdict_is_said_in_words(figures):
    words = shown_words(figures["all", "compared", "en"])
    assert words.count("stale") == 4
    assert words.count("ambiguous definition") == 3


def test_counts_are_those_of_the_table(figures):
    words = shown_words(figures["foundation", "verdicts", "en"])
    assert {"F01", "F02", "F03", "F09", "F10"} <= set(words)
    assert "no check with power" in [
        text.get_text() for text in visible_texts(figures["caption", "verdicts", "en"])
    ]
