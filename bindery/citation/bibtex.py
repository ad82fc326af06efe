"""A BibTeX entry that both BibTeX and biblatex set without a warning."""

from __future__ import annotations

from bindery.citation.facts import BOOK, Cited
from bindery.citation.latex import escape_latex

_LANGUAGES = {"en": "english", "zh": "chinese"}


def bibtex_text(cited: Cited) -> str:
    """The entry under the key of the thing, which stays the same from version to version.

    The types are those that ask for no publisher: `booklet` and `misc`. Second braces keep the
    letters of a title as they are, and an author whole.
    """
    fields = {
        "author": " and ".join(f"{{{escape_latex(author)}}}" for author in cited.authors),
        "title": f"{{{escape_latex(cited.title)}}}",
        "year": str(cited.publication["year"]),
        **_where(cited),
        "doi": cited.doi,
        # an address is set as it stands, so that nothing in it may be escaped
        "url": cited.permalink,
        "urldate": cited.accessed.isoformat() if cited.accessed and cited.permalink else "",
        "langid": _LANGUAGES[cited.lang],
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = "booklet" if cited.kind == BOOK else "misc"
    return "\n".join([f"@{kind}{{{cited.key},", *lines, "}"])


def _where(cited: Cited) -> dict[str, str]:
    if cited.kind == BOOK:
        return {"note": escape_latex(cited.edition)}
    book, version = escape_latex(cited.book), escape_latex(cited.version)
    told = f"In \\emph{{{book}}}, {version}" if cited.lang == "en" else f"载《{book}》，{version}"
    note = ", ".join(filter(None, [cited.called, cited.mark]))
    return {"howpublished": told, "note": escape_latex(note)}
