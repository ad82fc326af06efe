"""RIS records, read back by rispy. Types and tags as Zotero's translator RIS.js maps them."""

from __future__ import annotations

from datetime import date

import pytest
import rispy

from bindery.citation.facts import BOOK, DATA, FIGURE, RESULT, TABLE
from bindery.citation.ris import ris_text


def read(text):
    (record,) = rispy.loads(text)
    return record


def test_figure_of_a_book_on_line(cite, online):
    record = read(ris_text(cite(publication=online, accessed=date(2026, 11, 6))))
    assert record == {
        "type_of_reference": "FIGURE",
        "id": "harvest-sheaves-by-year",
        "title": "Sheaves by year",
        "authors": ["A. Reaper", "B. Binder"],
        "year": "1902",
        "secondary_title": "Sheaves: Every Year",
        "notes": ["Figure harvest-sheaves-by-year, version 1.0, sha256:0123456789ab"],
        "language": "en",
        "doi": "10.5555/x_1",
        "urls": ["https://example.org/sheaves/en/figures/harvest-sheaves-by-year.html"],
        "access_date": "2026/11/06",
    }


@pytest.mark.parametrize(
    ("kind", "type_of_reference"),
    [(BOOK, "BOOK"), (FIGURE, "FIGURE"), (TABLE, "DATA"), (RESULT, "DATA"), (DATA, "DATA")],
)
def test_every_kind_has_a_type(cite, kind, type_of_reference):
    assert read(ris_text(cite(kind=kind)))["type_of_reference"] == type_of_reference


def test_book_has_its_version_as_edition(cite):
    record = read(ris_text(cite(kind=BOOK, identifier="", content="")))
    assert record["edition"] == "1.0"
    assert not {"secondary_title", "notes", "urls", "doi"} & set(record)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_odd_characters_come_back(cite, odd, lang):
    assert read(ris_text(cite(lang, title=odd)))["title"] == odd


def test_value_of_several_lines_is_one(cite):
    assert read(ris_text(cite(title="Sheaves\nER  - \n by year")))["title"] == (
        "Sheaves ER - by year"
    )
