"""References as text.

English: a part of a book, a description in brackets, a version and a day of retrieval stand as in
the publication manual of the APA, 7th edition. Chinese: author，year：《title》，as in 经济研究.
"""

from __future__ import annotations

from datetime import date

from bindery.citation.facts import BOOK
from bindery.citation.text import citation_text


def test_figure_without_an_address(cite):
    assert citation_text(cite()) == (
        "A. Reaper & B. Binder. (1902). Sheaves by year [Figure harvest-sheaves-by-year]. "
        "In Sheaves: Every Year (Version 1.0). Data sha256:0123456789ab."
    )
    assert citation_text(cite("zh")) == (
        "甲、乙，1902：《各年捆数》（图harvest-sheaves-by-year），载《麦捆：各年》，1.0版，"
        "数据sha256:0123456789ab。"
    )


def test_book(cite):
    book = {"kind": BOOK, "identifier": "", "content": ""}
    assert citation_text(cite(**book, title="Sheaves: Every Year")) == (
        "A. Reaper & B. Binder. (1902). Sheaves: Every Year (Version 1.0)."
    )
    assert citation_text(cite("zh", **book, title="麦捆：各年")) == (
        "甲、乙，1902：《麦捆：各年》，1.0版。"
    )


def test_link_and_the_day_of_reading_stand_last(cite, online):
    day = date(2026, 11, 6)
    assert citation_text(cite(publication=online)).endswith(". https://doi.org/10.5555/x_1")
    assert citation_text(cite(publication=online, accessed=day)).endswith(
        ". Retrieved November 6, 2026, from https://doi.org/10.5555/x_1"
    )
    assert citation_text(cite("zh", publication=online, accessed=day)).endswith(
        "，https://doi.org/10.5555/x_1（2026年11月6日访问）。"
    )


def test_title_within_a_title_has_inner_marks(cite):
    assert "《读〈麦捆〉》" in citation_text(cite("zh", title="读《麦捆》"))


def test_odd_characters_stay_as_they_are(cite, odd):
    assert odd in citation_text(cite(title=odd))


def test_full_stop_of_a_name_is_not_doubled(cite):
    farm = [{"en": "Farm Inc.", "zh": "农场"}]
    assert citation_text(cite(publication={"authors": farm})).startswith("Farm Inc. (1902).")
