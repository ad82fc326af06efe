"""Labels: one word for each thing, in both languages."""

from __future__ import annotations

import re

import pytest

from indicators import tables
from indicators.evidence import EVIDENCE
from indicators.intervals import KINDS
from indicators.labels import LABELS, LANGUAGES, label, period_label
from indicators.labels.pairs import pairs
from indicators.rounding import ROUNDINGS

GROUPS = ("columns", "units", "kinds", "values")


def test_the_groups():
    assert tuple(LABELS) == GROUPS


@pytest.mark.parametrize("group", GROUPS)
def test_every_word_is_there_in_both_languages(group):
    for key, words in LABELS[group].items():
        assert set(words) == set(LANGUAGES), key
        assert "_" not in "".join(words.values()), key
        # a count has no unit word, and a year none in English
        assert all(words.values()) or key in {"count", "year"}


@pytest.mark.parametrize("group", ["columns", "kinds"])
def test_chinese_words_are_chinese(group):
    assert [
        key for key, words in LABELS[group].items() if not re.search("[一-鿿]", words["zh"])
    ] == []


def test_enumerations_are_complete():
    assert set(LABELS["kinds"]) == set(KINDS)
    assert {*KINDS, *ROUNDINGS, *EVIDENCE} <= set(LABELS["values"])
    investment = tables.load("investment")
    rates = investment[investment["indicator"].eq("completion_rate")]
    used = {"programme", "indicator", "bound", "origin", "status"}
    assert {text for name in used for text in rates[name]} <= set(LABELS["values"])
    assert set(investment["bound"]) | set(investment["status"]) <= set(LABELS["values"])


@pytest.mark.parametrize(
    ("period", "en", "zh"),
    [
        ("2025M01-M11", "Jan–Nov 2025", "2025年1—11月"), ("2024", "2024", "2024年"),
        ("2023Q1", "Q1 2023", "2023年一季度"), ("2020Q1-Q3", "Q1–Q3 2020", "2020年前三季度"),
        ("2025H1", "H1 2025", "2025年上半年"), ("2025M11", "Nov 2025", "2025年11月"),
        ("2020-2022", "2020–2022", "2020—2022年"),
    ],
)  # fmt: skip
def test_periods_in_words(period, en, zh):
    assert (period_label(period, "en"), period_label(period, "zh")) == (en, zh)
    assert LABELS["values"][period] == {"en": en, "zh": zh}


def test_every_period_of_the_table_has_words():
    for period in set(tables.load("investment")["period"]):
        assert period_label(period, "en") != period_label(period, "zh")


@pytest.mark.parametrize("period", ["2025-11", "25", "2025M", "1285/1299", "1285"])
def test_what_is_no_period_is_refused(period):
    with pytest.raises(ValueError, match="allowed: forms such as 2024, 2023Q1, 2025M01-M11"):
        period_label(period, "en")
    assert LABELS["values"].get(period) is None


def test_places_are_looked_up():
    assert label("values", "330100", "en") == "Hangzhou"
    assert label("values", "330100", "zh") == "杭州市"
    assert LABELS["values"].get("999999", {}) == {}


def test_a_missing_word_says_where_to_add_it():
    with pytest.raises(
        KeyError, match="no word for 'speed' in 'en' in the group 'columns'"
    ) as caught:
        label("columns", "speed", "en")
    assert "Add the word, in every language, to LABELS" in str(caught.value)
    with pytest.raises(KeyError, match="known groups: columns, units, kinds, values"):
        label("colours", "red", "en")
    with pytest.raises(KeyError, match="no word for 'rate' in 'fr'"):
        label("columns", "rate", "fr")


def test_a_key_has_one_line():
    with pytest.raises(ValueError, match="found twice: rate; allowed: one line for each key"):
        pairs("rate | Rate | 比率\npace | Pace | 速度\nrate | Rate of change | 变化率")
