"""BibTeX entries, read back by pybtex and by bibtexparser."""

from __future__ import annotations

from datetime import date

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from pybtex import format_from_string
from pybtex.database import parse_string
from pybtex.errors import set_strict_mode

from bindery.citation.bibtex import bibtex_text
from bindery.citation.facts import BOOK, DATA, RESULT, TABLE


@pytest.fixture(autouse=True)
def _strict():
    set_strict_mode(True)
    yield
    set_strict_mode(False)


def read(text):
    (entry,) = parse_string(text, "bibtex").entries.values()
    return entry


def test_figure_of_a_book_on_line(cite, online):
    assert bibtex_text(cite(publication=online, accessed=date(2026, 11, 6))) == (
        r"""@misc{harvest-sheaves-by-year,
  author = {{A. Reaper} and {B. Binder}},
  title = {{Sheaves by year}},
  year = {1902},
  howpublished = {In \emph{Sheaves: Every Year}, version 1.0},
  note = {Figure harvest-sheaves-by-year, sha256:0123456789ab},
  doi = {10.5555/x_1},
  url = {https://example.org/sheaves/en/figures/harvest-sheaves-by-year.html},
  urldate = {2026-11-06},
  langid = {english},
}"""
    )


def test_what_is_not_known_has_no_field(cite):
    fields = read(bibtex_text(cite(content="", accessed=date(2026, 11, 6)))).fields
    assert set(fields) == {"title", "year", "howpublished", "note", "langid"}
    assert fields["note"] == "Figure harvest-sheaves-by-year"


def test_every_author_is_one_name(cite):
    authors = [{"en": "Farm and Sons, Ltd", "zh": "农场"}, {"en": "R&D", "zh": "乙"}]
    names = read(bibtex_text(cite(publication={"authors": authors}))).persons["author"]
    assert [str(name) for name in names] == ["{Farm and Sons, Ltd}", r"{R\&D}"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", [BOOK, DATA, RESULT, TABLE])
def test_plain_style_of_bibtex_sets_every_kind_without_a_warning(cite, lang, kind):
    text = bibtex_text(cite(lang, kind=kind, identifier="" if kind == BOOK else "x"))
    shown = format_from_string(text, style="plain", citations=["*"], output_backend="plaintext")
    assert "1902" in shown
    assert cite(lang).title in shown


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_odd_characters_come_back(cite, odd, lang):
    publication = {"title": {"en": odd, "zh": odd}, "authors": [{"en": odd, "zh": odd}]}
    text = bibtex_text(cite(lang, title=odd, publication=publication))
    assert parse_string(text, "bibtex").entries
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    (entry,) = library.entries
    # the decoder has another sign for the circumflex
    fields = {name: entry[name].replace("ˆ", "^") for name in ("title", "author", "howpublished")}
    assert fields["title"] == fields["author"] == odd
    assert odd in fields["howpublished"]


def test_chinese_stays_as_it_is(cite):
    text = bibtex_text(cite("zh"))
    assert "title = {{各年捆数}}" in text
    assert "langid = {chinese}" in text
