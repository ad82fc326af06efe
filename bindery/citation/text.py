"""A reference as text: in English as the APA writes it, in Chinese as economists do."""

from __future__ import annotations

from babel.dates import format_date

from bindery.citation.facts import BOOK, Cited

# a title within a title
_INNER = str.maketrans("《》", "〈〉")


def citation_text(cited: Cited) -> str:
    """One line that names authors, year, thing, book, version and content."""
    return _english(cited) if cited.lang == "en" else _chinese(cited)


def _english(cited: Cited) -> str:
    edition = f"({cited.edition})"
    if cited.kind == BOOK:
        named = f"{cited.title} {edition}."
    else:
        named = f"{cited.title} [{cited.called}]. In {cited.book} {edition}."
    parts = [
        f"{_joined(cited.authors).rstrip('.')}.",
        f"({cited.publication['year']}).",
        named,
        f"Data {cited.mark}." if cited.mark else "",
        _english_link(cited),
    ]
    return " ".join(filter(None, parts))


def _joined(names: list[str]) -> str:
    """Names as the APA joins them.

    >>> _joined(["A", "B"]), _joined(["A", "B", "C"])
    ('A & B', 'A, B, & C')
    """
    if len(names) < 3:
        return " & ".join(names)
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _english_link(cited: Cited) -> str:
    if cited.link and cited.accessed:
        day = format_date(cited.accessed, "long", locale="en")
        return f"Retrieved {day}, from {cited.link}"
    return cited.link


def _chinese(cited: Cited) -> str:
    parts = [f"《{cited.title.translate(_INNER)}》"]
    if cited.kind != BOOK:
        parts = [f"{parts[0]}（{cited.called}）", f"载《{cited.book.translate(_INNER)}》"]
    parts += [cited.version, f"数据{cited.mark}" if cited.mark else "", cited.link]
    told = "，".join(filter(None, parts))
    if cited.link and cited.accessed:
        told += f"（{format_date(cited.accessed, 'long', locale='zh')}访问）"
    return f"{'、'.join(cited.authors)}，{cited.publication['year']}：{told}。"
