"""CSL-JSON, checked by the schema of the CSL project and rendered by citeproc-py."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from bindery.citation.csl import csl_text
from bindery.citation.facts import BOOK, DATA, FIGURE, RESULT, TABLE

KINDS = (BOOK, FIGURE, TABLE, RESULT, DATA)


@pytest.fixture
def check(root):
    """Checks a text against the schema, and gives back its one item."""
    schema = json.loads((root / "tests" / "schemas" / "csl-data.json").read_text(encoding="utf-8"))

    def read(text):
        items = json.loads(text)
        jsonschema.Draft7Validator(schema).validate(items)
        (item,) = items
        return item

    return read


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_keeps_the_schema(cite, online, check, kind, lang):
    bare = cite(lang, kind=kind, identifier="" if kind == BOOK else "x", content="")
    full = cite(lang, kind=kind, publication=online, accessed=date(2026, 11, 6))
    assert set(check(csl_text(bare))) < set(check(csl_text(full)))


def test_figure_of_a_book_on_line(cite, online, check):
    assert check(csl_text(cite(publication=online, accessed=date(2026, 11, 6)))) == {
        "id": "harvest-sheaves-by-year",
        "type": "figure",
        "title": "Sheaves by year",
        "author": [{"literal": "A. Reaper"}, {"literal": "B. Binder"}],
        "issued": {"date-parts": [[1902]]},
        "container-title": "Sheaves: Every Year",
        "number": "harvest-sheaves-by-year",
        "version": "1.0",
        "note": "sha256:0123456789ab",
        "language": "en-GB",
        "DOI": "10.5555/x_1",
        "URL": "https://example.org/sheaves/en/figures/harvest-sheaves-by-year.html",
        "accessed": {"date-parts": [[2026, 11, 6]]},
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_processor_sets_author_year_and_title(cite, check, odd, kind, lang):
    title = "各年捆数 & Sheaves “1900”"
    item = check(csl_text(cite(lang, kind=kind, title=title)))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    (shown,) = map(str, bibliography.bibliography())
    for told in ("1902", "各年捆数 & Sheaves", cite(lang).authors[0]):
        assert told in shown


def test_odd_characters_come_back(cite, odd, check):
    assert check(csl_text(cite(title=odd)))["title"] == odd
