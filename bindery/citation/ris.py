"""A RIS record, with the types and tags that Zotero and EndNote read."""

from __future__ import annotations

from bindery.citation.facts import BOOK, DATA, FIGURE, RESULT, TABLE, Cited

_TYPES = {BOOK: "BOOK", FIGURE: "FIGURE", TABLE: "DATA", RESULT: "DATA", DATA: "DATA"}


def ris_text(cited: Cited) -> str:
    """One record; a comma in the name of an author is read as one before given names."""
    part = cited.kind != BOOK
    lines = [
        ("TY", _TYPES[cited.kind]),
        ("ID", cited.key),
        ("TI", cited.title),
        *(("AU", author) for author in cited.authors),
        ("PY", str(cited.publication["year"])),
        ("T2", cited.book if part else ""),
        ("ET", "" if part else cited.publication["version"]),
        ("N1", ", ".join(filter(None, [cited.called, cited.version, cited.mark])) if part else ""),
        ("LA", cited.lang),
        ("DO", cited.doi),
        ("UR", cited.permalink),
        ("Y2", cited.accessed.strftime("%Y/%m/%d") if cited.accessed else ""),
    ]
    # a record is made of lines, so that no value may hold the end of one
    written = [f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value]
    return "\n".join([*written, "ER  - "])
