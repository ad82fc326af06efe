"""Title, authors, year and version of the book, stated once."""

from __future__ import annotations

import pytest

from bindery.faults import BinderyError
from bindery.publication import authors_text, citation_text, read_publication

TWO = {
    "title": {"en": "Sheaves", "zh": "麦捆"},
    "authors": [{"en": "A. Reaper", "zh": "甲"}, {"en": "B. Binder", "zh": "乙"}],
    "year": 1902,
    "version": "1.0",
}


def test_facts_are_read(pristine):
    assert read_publication(pristine) == {
        "title": {"en": "Sheaves", "zh": "麦捆"},
        "authors": [{"en": "The farm", "zh": "农场"}],
        "year": 1902,
        "version": "1.0",
    }


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("year: 1902", "year: two", "year: found 'two' is not of type 'integer'"),
        ('version: "1.0"', "version: 1.0", "version: found 1.0 is not of type 'string'"),
        ("year: 1902\n", "", "found 'year' is a required property"),
        ("{en: Sheaves, zh: 麦捆}", "{en: Sheaves}", "title: found 'zh' is a required property"),
        ("[{en: The farm, zh: 农场}]", "[]", "authors: found [] "),
        ("year: 1902", "year: 1902\nyears: 3", "'years' was unexpected"),
    ],
)
def test_fault_is_named_with_its_place(sample, edit, old, new, fault):
    edit(sample.prose / "publication.yml", old, new)
    with pytest.raises(BinderyError) as caught:
        read_publication(sample)
    message = str(caught.value)
    assert message.startswith("book/publication.yml has faults\n  book/publication.yml")
    assert fault in message


def test_missing_file_is_named(sample):
    (sample.prose / "publication.yml").unlink()
    with pytest.raises(BinderyError, match=r"^book/publication\.yml: there is no such file$"):
        read_publication(sample)


def test_authors_are_joined_as_each_language_does():
    assert (authors_text(TWO, "en"), authors_text(TWO, "zh")) == ("A. Reaper; B. Binder", "甲，乙")


def test_citation_names_part_book_version_and_id():
    assert citation_text(TWO, "en", "Sheaves by year", "harvest-x") == (
        "A. Reaper; B. Binder (1902). “Sheaves by year” [harvest-x]. In Sheaves, version 1.0."
    )
    assert citation_text(TWO, "zh", "各年捆数", "harvest-x") == (
        "甲，乙. 各年捆数[harvest-x]. 载《麦捆》，1.0版，1902年."
    )


def test_citation_ends_with_the_doi_or_else_the_address():
    address = TWO | {"address": "https://example.org"}
    assert citation_text(address, "en", "x", "y").endswith("version 1.0. https://example.org")
    both = address | {"doi": "10.1/x"}
    assert citation_text(both, "en", "x", "y").endswith("version 1.0. 10.1/x")
