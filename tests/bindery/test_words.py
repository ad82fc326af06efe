"""The binder's own words, and a project's label table."""

import re

import pytest

from bindery.faults import BinderyError
from bindery.project import LANGUAGES
from bindery.words import WORDS, label, read_labels, word


def test_every_word_exists_in_every_language():
    assert {key: set(words) for key, words in WORDS.items()} == {
        key: set(LANGUAGES) for key in WORDS
    }
    assert all(text for words in WORDS.values() for text in words.values())


def test_languages_of_a_word_have_the_same_slots():
    slots = {key: {text.count("{}") for text in words.values()} for key, words in WORDS.items()}
    assert {key for key, counts in slots.items() if len(counts) > 1} == set()


def test_chinese_words_are_chinese():
    # the name of a language in that language, and names that have no other
    letters = {key: words["zh"] for key, words in WORDS.items() if re.search(r"\w", words["zh"])}
    latin = {key for key, text in letters.items() if not re.search(r"[\u4e00-\u9fff{]", text)}
    formats = {f"form_{name}" for name in ("bibtex", "csl-json", "gbt7714", "latex", "ris")}
    assert latin == {"python", "switch", *formats}


def test_word_is_given_in_the_language_asked_for():
    assert (word("limits", "en"), word("limits", "zh")) == ("Limits", "局限")


def test_labels_come_from_the_project(sample):
    labels = read_labels(sample)
    assert label(labels, "columns", "sheaves", "zh") == "捆数"
    assert set(labels) == {"columns", "units", "kinds", "values"}


def test_project_without_a_label_table_has_empty_groups(sample, edit):
    edit(sample.root / "pyproject.toml", 'labels = "fields.labels:LABELS"\n', "")
    from bindery.project import find_project

    assert read_labels(find_project(sample.root)) == {
        "columns": {},
        "units": {},
        "kinds": {},
        "values": {},
    }


@pytest.mark.parametrize(
    ("group", "key", "lang"),
    [
        ("columns", "barns", "en"),
        ("units", "sheaves", "fr"),
        ("colours", "red", "en"),
    ],
)
def test_missing_label_is_an_error_that_says_where_to_add_it(sample, group, key, lang):
    with pytest.raises(BinderyError) as caught:
        label(read_labels(sample), group, key, lang)
    assert str(caught.value) == (
        f"the label table has no {group} word for {key!r} in {lang!r}; add it to {group}"
    )
