"""The `citation_*` tags by which Zotero and Google Scholar know what a page is."""

from __future__ import annotations

from bindery.citation.facts import BOOK, FIGURE, Cited


def citation_tags(cited: Cited) -> list[tuple[str, str]]:
    """Name and content of each tag, not escaped, in the order in which they are to stand.

    With the title of the book Zotero takes a part for a section of a book, not for an article.
    """
    root = cited.publication.get("address", "").rstrip("/")
    words = cited.published.get("words", {}).get(cited.lang, {})
    picture = f"{root}/figures/{cited.identifier}/{cited.lang}.pdf"
    tags = [
        ("citation_title", cited.title),
        *(("citation_author", author) for author in cited.authors),
        ("citation_publication_date", str(cited.publication["year"])),
        ("citation_book_title", "" if cited.kind == BOOK else cited.book),
        ("citation_abstract", words.get("caption", "")),
        ("citation_language", cited.lang),
        ("citation_doi", cited.doi),
        ("citation_public_url", cited.address),
        ("citation_pdf_url", picture if root and cited.kind == FIGURE else ""),
    ]
    return [(name, content) for name, content in tags if content]
