"""Book and figures in the words of schema.org.

The data of a figure are a Dataset, the drawing an ImageObject.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bindery.citation.facts import LINKED_GRADES, Cited
from bindery.drawing import PREVIEW

_TYPES = {
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "png": "image/png",
}


def figure_graph(
    cited: Cited, files: Collection[str], sources: Iterable[Mapping[str, str]]
) -> dict[str, Any]:
    """Both things of the page of a figure, `<lang>/figures/<id>.html`.

    `files` are the names of its files, `sources` the rows of the table of sources that it rests
    on. Addresses are relative to that page while the book has none; what is not known is left out,
    so the checksum of a drawing, which may be made later than the page: the figure's `figure.json`
    has it. An author who is stated by one name is taken for an organisation, as in CITATION.cff.
    """
    sheet, words = cited.published, cited.published["words"][cited.lang]
    based = [_source(row) for row in sources]
    preview = f"{cited.lang}.{PREVIEW}"
    common = _common(cited) | {"isPartOf": _book(cited)}
    data = {
        "@type": "Dataset",
        "@id": "#data",
        "name": cited.title,
        "description": (" " if cited.lang == "en" else "").join(
            words[part] for part in ("caption", "alt", "limits")
        ),
        "identifier": [cited.identifier, *filter(None, [cited.mark])],
        "version": cited.publication["version"],
        "url": cited.address,
        "temporalCoverage": sheet.get("period", ""),
        "variableMeasured": sheet["columns"],
        "distribution": [_file(cited, "data.csv", "DataDownload")],
        "isBasedOn": based,
    }
    image = {
        "@type": "ImageObject",
        "@id": "#figure",
        "name": cited.title,
        "caption": words["caption"],
        "description": words["alt"],
        "representativeOfPage": True,
        "isBasedOn": [{"@id": "#data"}, *based],
        **_address(cited, f"{cited.lang}.svg"),
        "encoding": [
            _file(cited, name, "MediaObject")
            for name in sorted(f"{cited.lang}.{form}" for form in _TYPES)
            if name in files
        ],
        "thumbnailUrl": _address(cited, preview)["contentUrl"] if preview in files else "",
    }
    return _graph(_told(data | common), _told(image | common))


def book_graph(cited: Cited) -> dict[str, Any]:
    """The whole book, for the first page of an edition."""
    return _graph(_told(_book(cited) | _common(cited)))


def script_text(graph: Mapping[str, Any]) -> str:
    """The graph as the content of a script element, which no text in it can end.

    >>> script_text({"name": "</script>"})
    '{"name": "\\\\u003c/script>"}'
    """
    return json.dumps(graph, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")


def _graph(*things: dict[str, Any]) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@graph": list(things)}


def _common(cited: Cited) -> dict[str, Any]:
    """What the book and its parts have in common."""
    licence = cited.publication.get("licence_text", "")
    return {
        "license": f"https://spdx.org/licenses/{licence}" if licence else "",
        "creator": [{"@type": "Organization", "name": author} for author in cited.authors],
        "datePublished": str(cited.publication["year"]),
        "inLanguage": cited.lang,
    }


def _told(thing: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if value}


def _book(cited: Cited) -> dict[str, Any]:
    return _told(
        {
            "@type": "Book",
            "name": cited.book,
            "version": cited.publication["version"],
            "url": cited.publication.get("address", ""),
            "sameAs": f"https://doi.org/{cited.doi}" if cited.doi else "",
        }
    )


def _address(cited: Cited, name: str) -> dict[str, str]:
    root = cited.publication.get("address", "").rstrip("/") or "../.."
    return {
        "contentUrl": f"{root}/figures/{cited.identifier}/{name}",
        "encodingFormat": _TYPES[name.rsplit(".", 1)[1]],
    }


def _file(cited: Cited, name: str, kind: str) -> dict[str, str]:
    checksum = cited.published["files"].get(name, "")
    return _told({"@type": kind, "name": name, **_address(cited, name), "sha256": checksum})


def _source(row: Mapping[str, str]) -> dict[str, Any]:
    publisher = row["publisher"]
    return _told(
        {
            "@type": "CreativeWork",
            "name": row["title"],
            "publisher": {"@type": "Organization", "name": publisher} if publisher else "",
            "datePublished": row["published"],
            "url": row["url"] if row["grade"] in LINKED_GRADES else "",
        }
    )
