"""Title, authors, year and version of the book, stated once."""

from __future__ import annotations

import pytest

from bindery.faults import BinderyError
from bindery.publication import authors_text, read_publication

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
        "licence_text": "CC-BY-4.0",
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
        ("year: 1902", 'year: 1902\ndate: "May"', "date: found 'May' does not match"),
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
