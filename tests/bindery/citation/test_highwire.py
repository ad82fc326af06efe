"""Tags in the head of a page. The names are those that Zotero's Embedded Metadata.js reads."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from bindery.citation.built import find_cited
from bindery.citation.facts import BOOK
from bindery.citation.highwire import citation_tags

# HIGHWIRE_MAPPINGS of the translator, and what it handles apart
READ = {
    "citation_title", "citation_author", "citation_publication_date", "citation_book_title",
    "citation_abstract", "citation_language", "citation_doi", "citation_public_url",
    "citation_pdf_url",
}  # fmt: skip


def test_figure_of_a_book_on_line(cite, online):
    assert citation_tags(cite(publication=online)) == [
        ("citation_title", "Sheaves by year"),
        ("citation_author", "A. Reaper"),
        ("citation_author", "B. Binder"),
        ("citation_publication_date", "1902"),
        ("citation_book_title", "Sheaves: Every Year"),
        ("citation_abstract", "The last year gave 150."),
        ("citation_language", "en"),
        ("citation_doi", "10.5555/x_1"),
        (
            "citation_public_url",
            "https://example.org/sheaves/en/figures/harvest-sheaves-by-year.html",
        ),
        (
            "citation_pdf_url",
            "https://example.org/sheaves/figures/harvest-sheaves-by-year/en.pdf",
        ),
    ]


def test_every_tag_is_one_that_zotero_reads(cite, online):
    assert {name for name, _ in citation_tags(cite("zh", publication=online))} == READ


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_head_of_a_page_has_the_tags_of_what_it_shows(built, lang):
    html = built[0].build / "html" / lang
    shown = {path: path.stem for path in (html / "figures").glob("*.html")}
    for path, identifier in {html / "index.html": "", **shown}.items():
        head = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").head
        found = [(tag["name"], tag["content"]) for tag in head.select("meta[name^=citation_]")]
        assert found == citation_tags(find_cited(built[0], identifier, lang))


def test_what_is_not_known_has_no_tag(cite):
    names = [name for name, _ in citation_tags(cite())]
    assert not {"citation_doi", "citation_public_url", "citation_pdf_url"} & set(names)


def test_book_is_no_part_of_itself(cite):
    tags = dict(citation_tags(cite(kind=BOOK, identifier="", published={})))
    assert "citation_book_title" not in tags
    assert "citation_abstract" not in tags
