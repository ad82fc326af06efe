"""What a citation says, before it is written in any form."""

from __future__ import annotations

import pytest

from bindery.citation.facts import BOOK, DATA, RESULT, TABLE, period_of, result_content


def test_content_is_marked_by_the_first_digits_of_its_checksum(cite):
    assert cite().mark == "sha256:0123456789ab"
    assert cite(content="").mark == ""


def test_key_is_the_same_in_every_version_and_language(cite):
    later = cite("zh", publication={"version": "2.0", "year": 1903}, content="f" * 64)
    assert cite().key == later.key == "harvest-sheaves-by-year"
    assert cite(kind=DATA, identifier="data/fields").key == "data-fields"


@pytest.mark.parametrize(
    ("title", "key"), [("The Farm's Year: In Figures", "the-farms-year"), ("麦", "book")]
)
def test_key_of_the_book_is_its_english_title_without_the_subtitle(cite, title, key):
    publication = {"title": {"en": title, "zh": "麦"}}
    assert cite(publication=publication, kind=BOOK, identifier="").key == key


def test_where_there_is_no_address_nothing_is_made_up(cite):
    assert (cite().address, cite().doi, cite().link) == ("", "", "")


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        (BOOK, ""),
        (DATA, ""),
        (TABLE, "/zh/harvest.html#x"),
        (RESULT, "/zh/results.html#x"),
    ],
)
def test_address_is_that_of_the_thing_in_the_edition(cite, online, kind, page):
    made = cite("zh", publication=online, kind=kind, identifier="x")
    assert made.address == f"https://example.org/sheaves{page}"
    assert cite(publication=online).address == (
        "https://example.org/sheaves/en/figures/harvest-sheaves-by-year.html"
    )


@pytest.mark.parametrize("doi", ["10.5555/x", "https://doi.org/10.5555/x", "doi:10.5555/x"])
def test_doi_is_bare_and_goes_before_the_address(cite, online, doi):
    made = cite(publication=online | {"doi": doi})
    assert (made.doi, made.link) == ("10.5555/x", "https://doi.org/10.5555/x")


@pytest.mark.parametrize(
    ("columns", "rows", "period"),
    [
        (["year"], [["1900"], ["1902.0"], [None]], "1900/1902"),
        (["period"], [["2025M01-M11"], ["2023Q1"]], "2023/2025"),
        (["period"], [["2020/2022"]], "2020/2022"),
        (["year"], [], ""),
        (["year"], [[""], ["12345"]], ""),
        (["field"], [["1900"]], ""),
    ],
)
def test_period_is_that_of_the_years_in_the_rows(columns, rows, period):
    assert period_of(columns, rows) == period


def test_content_of_a_result_changes_with_its_value_not_with_its_words():
    result = {"id": "x", "value": 1, "words": {"en": {"label": "One"}}}
    same = result | {"words": {"en": {"label": "The one"}}}
    assert result_content(result) == result_content(same)
    assert result_content(result) != result_content(result | {"value": 2})
