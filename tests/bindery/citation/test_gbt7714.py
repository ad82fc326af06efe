"""References by GB/T 7714-2015.

Order and signs: clauses 4.1.1 (a book), 4.2.1 (a part of one) and 8.8.1 (the day of reading); the
letters M and DS: annex B. Spaces after signs are those that citeproc-py 0.11.1 sets by the style
china-national-standard-gb-t-7714-2015-numeric of the CSL project.
"""

from __future__ import annotations

from datetime import date

from bindery.citation.facts import BOOK, DATA
from bindery.citation.gbt7714 import gbt7714_text

DAY = date(2026, 11, 6)


def test_figure_is_a_part_of_the_book(cite, online):
    assert gbt7714_text(cite("zh")) == (
        "甲, 乙. 各年捆数: harvest-sheaves-by-year, sha256:0123456789ab[M]//甲, 乙. 麦捆: 各年. "
        "1.0版. 1902."
    )
    assert gbt7714_text(cite("zh", publication=online, accessed=DAY)) == (
        "甲, 乙. 各年捆数: harvest-sheaves-by-year, sha256:0123456789ab[M/OL]//甲, 乙. 麦捆: 各年. "
        "1.0版. 1902[2026-11-06]. "
        "https://example.org/sheaves/zh/figures/harvest-sheaves-by-year.html. DOI:10.5555/x_1."
    )


def test_data_table_is_a_data_set(cite, online):
    data = {"kind": DATA, "identifier": "data/fields", "publication": online}
    assert "各年捆数: data/fields, sha256:0123456789ab[DS/OL]//" in gbt7714_text(cite("zh", **data))


def test_book_stands_alone(cite):
    book = {"kind": BOOK, "identifier": "", "content": ""}
    assert gbt7714_text(cite("zh", **book, title="麦捆：各年")) == (
        "甲, 乙. 麦捆: 各年[M]. 1.0版. 1902."
    )
    assert gbt7714_text(cite(**book, title="Sheaves: Every Year")) == (
        "A. Reaper, B. Binder. Sheaves: Every Year[M]. Version 1.0. 1902."
    )


def test_of_more_than_three_authors_three_are_named(cite):
    four = {"authors": [{"en": name, "zh": name} for name in "甲乙丙丁"]}
    assert gbt7714_text(cite("zh", publication=four)).startswith("甲, 乙, 丙, 等. 各年捆数")
    assert gbt7714_text(cite(publication=four)).startswith("甲, 乙, 丙, et al. Sheaves")


def test_odd_characters_stay_as_they_are(cite, odd):
    assert odd in gbt7714_text(cite(title=odd))
