"""The words of schema.org, read from a page as a machine reads them.

SHAPE: what search engines ask of a Dataset and of an ImageObject (developers.google.com/search,
"Dataset structured data" and "Image metadata"): required and recommended properties, with the
types that schema.org gives them.
"""

from __future__ import annotations

import json

import jsonschema
import pytest
from bs4 import BeautifulSoup

from bindery.citation.jsonld import book_graph, figure_graph, script_text

DRAWN = ["data.csv", "en.pdf", "en.svg", "zh.pdf", "zh.svg"]
SOURCES = [
    {
        "title": "Diary",
        "publisher": "The farm",
        "published": "1901",
        "url": "https://example.org/d",
        "grade": "B",
    },
    {
        "title": "A copy",
        "publisher": "",
        "published": "",
        "url": "https://example.org/c",
        "grade": "C",
    },
]
TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": r"^(https://|\.\./\.\./)[^ ]+$"}
NAMED = {"type": "object", "required": ["@type", "name"], "properties": {"name": TEXT}}
FILE = {
    "type": "object",
    "required": ["@type", "name", "contentUrl", "encodingFormat"],
    "properties": {
        "@type": {"const": "MediaObject"},
        "contentUrl": ADDRESS,
        "encodingFormat": {"pattern": "^(image|application)/"},
    },
}
DOWNLOAD = {
    "type": "object",
    "required": [*FILE["required"], "sha256"],
    "properties": FILE["properties"] | {
        "@type": {"const": "DataDownload"},
        "encodingFormat": {"const": "text/csv"},
        "sha256": {"pattern": "^[0-9a-f]{64}$"},
    },
}  # fmt: skip
COMMON = {
    "name": TEXT,
    "description": TEXT,
    "license": {"pattern": "^https://"},
    "creator": {"type": "array", "minItems": 1, "items": NAMED},
    "datePublished": {"pattern": "^[0-9]{4}(-[0-9]{2})*$"},
    "inLanguage": {"enum": ["en", "zh"]},
    "isPartOf": NAMED,
}
DATASET = {
    "required": ["name", "description", "license", "creator", "distribution", "isBasedOn"],
    "properties": COMMON | {
        "@type": {"const": "Dataset"},
        "identifier": {"type": "array", "items": TEXT},
        "temporalCoverage": {"pattern": "^[0-9]{4}(/[0-9]{4})?$"},
        "variableMeasured": {"type": "array", "items": TEXT},
        "distribution": {"type": "array", "minItems": 1, "items": DOWNLOAD},
        "isBasedOn": {"type": "array", "items": NAMED},
    },
}  # fmt: skip
IMAGE = {
    "required": ["name", "description", "caption", "license", "creator", "contentUrl"],
    "properties": COMMON | {
        "@type": {"const": "ImageObject"},
        "contentUrl": ADDRESS,
        "encoding": {"type": "array", "minItems": 1, "items": FILE},
    },
}  # fmt: skip
SHAPE = {
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@graph": {"type": "array", "prefixItems": [DATASET, IMAGE], "items": False},
    },
}


def on_a_page(graph):
    """The graph as it is read from the source of a page."""
    page = f'<html><head><script type="application/ld+json">{script_text(graph)}</script></head>'
    return json.loads(BeautifulSoup(page, "html.parser").script.string)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figure_keeps_the_shape(cite, online, lang):
    for publication in ({}, online):
        graph = on_a_page(figure_graph(cite(lang, publication=publication), DRAWN, SOURCES))
        jsonschema.Draft202012Validator(SHAPE).validate(graph)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pages_of_a_built_book_keep_the_shape(built, lang):
    html = built[0].build / "html" / lang
    pages = [html / "index.html", *(html / "figures").glob("*.html")]
    kinds = []
    for page in pages:
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        (script,) = soup.head.select('script[type="application/ld+json"]')
        graph = json.loads(script.string)
        kinds.append([thing["@type"] for thing in graph["@graph"]])
        if page.parent.name == "figures":
            jsonschema.Draft202012Validator(SHAPE).validate(graph)
            assert graph["@graph"][0]["identifier"][0] == page.stem
    assert kinds == [["Book"], *[["Dataset", "ImageObject"]] * 2]


def test_book_is_told_with_its_makers_and_licence(cite, online):
    (book,) = book_graph(cite(publication=online))["@graph"]
    assert book == {
        "@type": "Book",
        "name": "Sheaves: Every Year",
        "version": "1.0",
        "url": "https://example.org/sheaves/",
        "sameAs": "https://doi.org/10.5555/x_1",
        "license": "https://spdx.org/licenses/CC-BY-4.0",
        "creator": [
            {"@type": "Organization", "name": "A. Reaper"},
            {"@type": "Organization", "name": "B. Binder"},
        ],
        "datePublished": "1902",
        "inLanguage": "en",
    }


def test_data_are_dated_identified_and_based_on_their_sources(cite):
    data, image = figure_graph(cite(), DRAWN, SOURCES)["@graph"]
    assert data["temporalCoverage"] == "1900/1901"
    assert data["identifier"] == ["harvest-sheaves-by-year", "sha256:0123456789ab"]
    assert data["license"] == "https://spdx.org/licenses/CC-BY-4.0"
    assert data["variableMeasured"] == ["field", "year", "sheaves"]
    assert data["distribution"][0]["sha256"] == "d1" * 32
    assert image["isBasedOn"] == [{"@id": data["@id"]}, *data["isBasedOn"]]


def test_address_of_a_copy_is_not_linked(cite):
    first, second = figure_graph(cite(), DRAWN, SOURCES)["@graph"][0]["isBasedOn"]
    assert first["url"] == "https://example.org/d"
    assert second == {"@type": "CreativeWork", "name": "A copy"}


def test_files_are_found_from_the_page_until_the_book_has_an_address(cite, online):
    near = figure_graph(cite(), DRAWN, [])["@graph"][1]
    far = figure_graph(cite(publication=online), DRAWN, [])["@graph"][1]
    assert near["contentUrl"] == "../../figures/harvest-sheaves-by-year/en.svg"
    assert far["contentUrl"] == (
        "https://example.org/sheaves/figures/harvest-sheaves-by-year/en.svg"
    )
    assert "url" not in near["isPartOf"]


def test_only_files_of_the_language_are_encodings(cite):
    files = ["en.svg", "zh.svg", "data.csv", "en.png", "en.preview.png"]
    image = figure_graph(cite(), files, [])["@graph"][1]
    assert [file["name"] for file in image["encoding"]] == ["en.png", "en.svg"]
    assert image["thumbnailUrl"].endswith("/harvest-sheaves-by-year/en.preview.png")


def test_what_is_not_known_is_left_out(cite):
    publication = {"licence_text": ""}
    facts = cite().published | {"period": ""}
    data, _ = figure_graph(cite(publication=publication, published=facts), DRAWN, [])["@graph"]
    assert not {"temporalCoverage", "isBasedOn", "url"} & set(data)


def test_text_cannot_end_the_script(cite, odd):
    title = f"{odd}</script><script>alert(1)</script>"
    data, _ = on_a_page(figure_graph(cite(title=title), DRAWN, []))["@graph"]
    assert data["name"] == title
