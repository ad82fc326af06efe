"""CSL-JSON: what citation processors such as those of Zotero and pandoc read."""

from __future__ import annotations

import json
from typing import Any

from bindery.citation.facts import BOOK, DATA, FIGURE, RESULT, TABLE, Cited

_TYPES = {BOOK: "book", FIGURE: "figure", TABLE: "dataset", RESULT: "dataset", DATA: "dataset"}
_LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}


def csl_item(cited: Cited) -> dict[str, Any]:
    """One item; what is not known is left out."""
    day = cited.accessed
    item = {
        "id": cited.key,
        "type": _TYPES[cited.kind],
        "title": cited.title,
        "author": [{"literal": author} for author in cited.authors],
        "issued": {"date-parts": [[cited.publication["year"]]]},
        "container-title": "" if cited.kind == BOOK else cited.book,
        "number": cited.identifier,
        "version": cited.publication["version"],
        "note": cited.mark,
        "language": _LANGUAGES[cited.lang],
        "DOI": cited.doi,
        "URL": cited.permalink,
        "accessed": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
    }
    return {name: value for name, value in item.items() if value}


def csl_text(cited: Cited) -> str:
    return json.dumps([csl_item(cited)], ensure_ascii=False, indent=1)
