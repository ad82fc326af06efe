"""Sentences for a paper."""

from __future__ import annotations

import pytest

from bindery.citation.facts import BOOK, DATA, RESULT
from bindery.citation.sentence import sentence_text
from bindery.faults import BinderyError

NUMBER = {
    "value": 112, "low": 75, "high": 150, "kind": "sampling_ci", "level": 0.95, "unit": "sheaves",
    "low_closed": True, "high_closed": True, "n": 1200, "digits": None, "grade": "C",
}  # fmt: skip


@pytest.fixture
def state(cite, labels):
    """The sentence of a result in a language; what differs is stated by the test."""

    def make(lang="en", **changes):
        facts = NUMBER | {"labels": labels} | changes
        title = {"en": "Sheaves kept", "zh": "留存捆数"}[lang]
        one = [{"en": "The farm", "zh": "农场"}]
        return sentence_text(
            cite(
                lang,
                kind=RESULT,
                identifier="harvest-kept",
                title=title,
                published=facts,
                publication={"authors": one},
            )
        )

    return make


def test_number_tells_interval_kind_level_n_and_grade(state):
    assert state() == (
        "Sheaves kept: 112 sheaves, 95% sampling confidence interval 75 to 150 sheaves (n = 1,200; "
        "weakest source grade C; The farm, 1902, harvest-kept, version 1.0, sha256:0123456789ab)."
    )
    assert state("zh") == (
        "留存捆数：112捆，95%抽样置信区间75至150捆（n = 1,200；来源最低等级为C级；"
        "农场，1902，harvest-kept，1.0版，sha256:0123456789ab）。"
    )


def test_period_is_told_where_the_result_has_one(state):
    assert "(n = 1,200; 1900 to 1902; weakest" in state(period="1900/1902")
    assert "（n = 1,200；1900年；来源" in state("zh", period="1900")


def test_exact_number_has_no_interval(state):
    told = state(value=5, low=5, high=5, kind="exact", level=None, n=None, grade="")
    assert told == (
        "Sheaves kept: 5 sheaves (The farm, 1902, harvest-kept, version 1.0, sha256:0123456789ab)."
    )


def test_interval_that_the_value_tells_is_told_all_the_same(state):
    told = state(value=5.0, low=4.999, high=5.001, digits=1, level=None)
    assert told.startswith("Sheaves kept: 5.0 sheaves, sampling confidence interval 4.999 to 5.001")


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(75, None, "at least 75 sheaves"), (None, 150, "at most 150 sheaves")],
)
def test_open_interval_without_a_value(state, low, high, told):
    text = state(value=None, low=low, high=high, kind="scenario_range", level=None)
    assert text.startswith(f"Sheaves kept: scenario range {told} (n")


def test_number_that_is_missing_says_so(state):
    assert state(value=None, low=None, high=None, kind="exact").startswith(
        "Sheaves kept: not available (n"
    )


def test_figure_says_its_caption_rows_years_and_grade(cite):
    assert sentence_text(cite()) == (
        "“Sheaves by year”: The last year gave 150 (1,200 rows; 1900 to 1901; weakest source grade "
        "D; A. Reaper, B. Binder, 1902, harvest-sheaves-by-year, version 1.0, sha256:0123456789ab)."
    )
    assert sentence_text(cite("zh")).startswith(
        "“各年捆数”：最后一年为150捆（1,200行；1900至1901年；"
    )


def test_figure_states_the_numbers_that_its_words_name(cite, labels):
    first = NUMBER | {"words": {"en": {"label": "Kept"}, "zh": {"label": "留存捆数"}}}
    second = first | {"value": 5, "low": 5, "high": 5, "kind": "exact", "n": None}
    facts = cite().published | {"results": [first, second], "labels": labels}
    assert sentence_text(cite(published=facts)).startswith(
        "“Sheaves by year”: Kept: 112 sheaves, 95% sampling confidence interval 75 to 150 sheaves "
        "(n = 1,200); Kept: 5 sheaves (1,200 rows; 1900 to 1901; weakest source grade D; A. Reaper"
    )
    assert sentence_text(cite("zh", published=facts)).startswith(
        "“各年捆数”：留存捆数：112捆，95%抽样置信区间75至150捆（n = 1,200）；"
        "留存捆数：5捆（1,200行；1900至1901年；"
    )


@pytest.mark.parametrize(("kind", "name"), [(BOOK, "the book"), (DATA, "data/x")])
def test_what_states_nothing_is_an_error_that_says_what_does(cite, kind, name):
    with pytest.raises(BinderyError) as caught:
        sentence_text(cite(kind=kind, identifier="" if kind == BOOK else name))
    assert str(caught.value) == (
        f"{name}: found no sentence that it states; allowed: figure, table, result; name one of "
        "these, or ask for another format"
    )
