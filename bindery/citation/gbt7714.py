"""A reference as GB/T 7714-2015 writes it: clause 4.1 for the book, 4.2 for a part of it.

The style that the CSL project offers for the standard leaves out the version (clause 8.3), without
which nobody knows which book was read, and is under CC BY-SA.
"""

from __future__ import annotations

from bindery.citation.facts import BOOK, DATA, Cited

# Annex B has no letter for a figure: as in the examples of 4.2, a part has that of its book
_LETTERS = {DATA: "DS"}
_MOST_NAMES = 3


def gbt7714_text(cited: Cited) -> str:
    """One line, without the number that a list of references gives it.

    The signs of the standard are halfwidth. Place and publisher may be left out where there is
    none (8.4); the day of reading stands where it is known.
    """
    carrier = "/OL" if cited.link else ""
    sort = f"[{_LETTERS.get(cited.kind, 'M')}{carrier}]"
    authors, year = _authors(cited), cited.publication["year"]
    read = f"[{cited.accessed.isoformat()}]" if cited.accessed else ""
    issue = [cited.edition, f"{year}{read}", *_places(cited)]
    if cited.kind == BOOK:
        parts = [authors, f"{_title(cited.title)}{sort}", *issue]
    else:
        told = ", ".join(filter(None, [cited.identifier, cited.mark]))
        named = f"{_title(cited.title)}: {told}{sort}//{authors}"
        parts = [authors, named, _title(cited.book), *issue]
    return f"{'. '.join(part.rstrip('.') for part in parts)}."


def _authors(cited: Cited) -> str:
    """All names up to three; of more, the first three (8.1.2)."""
    more = [{"en": "et al", "zh": "等"}[cited.lang]] if len(cited.authors) > _MOST_NAMES else []
    return ", ".join(cited.authors[:_MOST_NAMES] + more)


def _title(title: str) -> str:
    """The sign before a subtitle is one of the standard's own (7.2).

    >>> _title("麦捆：各年")
    '麦捆: 各年'
    """
    return title.replace("：", ": ")


def _places(cited: Cited) -> list[str]:
    return [*filter(None, [cited.permalink, f"DOI:{cited.doi}" if cited.doi else ""])]
