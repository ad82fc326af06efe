"""Publication facts, stated once in `book/publication.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindery.faults import BinderyError
from bindery.project import Project
from bindery.yamlfile import BILINGUAL, read_yaml, shape_faults

SCHEMA = {
    "type": "object",
    "required": ["title", "authors", "year", "version"],
    "additionalProperties": False,
    "properties": {
        "title": BILINGUAL,
        "authors": {"type": "array", "items": BILINGUAL, "minItems": 1},
        "year": {"type": "integer"},
        "version": {"type": "string"},
        # the day on which this version is published
        "date": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "licence_code": {"type": "string"},
        "licence_text": {"type": "string"},
        "address": {"type": "string", "format": "uri"},
        "doi": {"type": "string"},
    },
}


def read_publication(project: Project) -> dict[str, Any]:
    """Title, authors, year and version; date, address and DOI only where they exist."""
    file = project.prose / "publication.yml"
    name = project.relative(file)
    content = read_yaml(file, name)
    faults = shape_faults(name, content, SCHEMA, "the publication facts")
    if faults:
        raise BinderyError(f"{name} has faults", faults)
    return content


def authors_text(publication: Mapping[str, Any], lang: str) -> str:
    return ("; " if lang == "en" else "，").join(author[lang] for author in publication["authors"])
