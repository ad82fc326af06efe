"""What an author pastes into a LaTeX text: a float with its caption, or a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindery.citation.facts import FIGURE, RESULT, TABLE, Cited
from bindery.citation.sentence import stated
from bindery.words import word

# braces that are spelt out keep BibTeX's count of them even
_ESCAPES = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {
        "{": r"\lbrace{}",
        "}": r"\rbrace{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
        # pdfTeX knows no such sign outside mathematics
        "\N{MINUS SIGN}": "$-$",
    }
)

# letters of a cell that is set in lines of its own
_LONG, _PARAGRAPH = 40, "p{4cm}"
_PACKAGES = {
    "en": r"% needs \usepackage{booktabs}",
    "zh": r"% needs \usepackage{booktabs} and \usepackage{ctex}, with XeLaTeX or LuaLaTeX",
}


def escape_latex(text: str) -> str:
    r"""Text that LaTeX prints as it stands; Chinese stays as it is.

    >>> print(escape_latex("R&D: 50% of {x_1}，麦捆"))
    R\&D: 50\% of \lbrace{}x\_1\rbrace{}，麦捆
    """
    return text.translate(_ESCAPES)


def latex_text(cited: Cited) -> str:
    """A figure or table with caption and label, a number in its sentence, else a reference.

    A table is the file that the build has written of it.
    The entry that `\\cite` refers to is what `bibtex_text` gives. Files are named as they lie in
    the folder of the built book.
    """
    cite = rf"\cite{{{cited.key}}}"
    if cited.kind == RESULT:
        return f"{escape_latex(stated(cited))}~{cite}{word('full_stop', cited.lang).strip()}"
    if cited.kind == FIGURE:
        picture = f"figures/{cited.identifier}/{cited.lang}.pdf"
        body = [rf"  \includegraphics[width=\linewidth]{{{picture}}}", _caption(cited, cite)]
        return _float("figure", [*body, rf"  \label{{fig:{cited.identifier}}}"])
    if cited.kind == TABLE:
        return cited.published["latex"].rstrip("\n")
    return cite


def table_float(cited: Cited, facts: Mapping[str, Any]) -> str:
    """A table as a reader sees it, as the package booktabs sets it, with caption and sources.

    `facts`: head and rows of texts or lists of links, numeric, sources, as the pages have them.
    """
    semicolon = word("list_semicolon", cited.lang)
    rows = [
        [escape_latex(cell if isinstance(cell, str) else _texts(cell, semicolon)) for cell in row]
        for row in facts["rows"]
    ]
    head = [escape_latex(text) for text in facts["head"]]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    columns = "".join(
        "r" if flush else "l" if width <= _LONG else _PARAGRAPH
        # no row tells which columns hold numbers where there is none
        for flush, width in zip(facts["numeric"] or [False] * len(head), widths, strict=True)
    )
    body = [
        _caption(cited, rf"\cite{{{cited.key}}}"),
        rf"  \label{{tab:{cited.identifier}}}",
        rf"  \begin{{tabular}}{{{columns}}}",
        r"    \toprule",
        _row(head),
        r"    \midrule",
        *map(_row, rows),
        r"    \bottomrule",
        r"  \end{tabular}",
    ]
    if facts["sources"]:
        told = semicolon.join(source["text"].rstrip(".。") for source in facts["sources"])
        text = f"{word('sources', cited.lang)}{word('colon', cited.lang)}{told}"
        stop = word("full_stop", cited.lang).strip()
        body.append(rf"  \par\smallskip{{\footnotesize {escape_latex(text)}{stop}}}")
    return "\n".join([_PACKAGES[cited.lang], _float("table", body), ""])


def _texts(links: list[Mapping[str, str]], semicolon: str) -> str:
    return semicolon.join(link["text"] for link in links)


def _row(cells: list[str]) -> str:
    # what begins with a bracket would be taken for an option of the row before
    safe = [f"{{}}{cell}" if cell.startswith("[") else cell for cell in cells]
    return rf"    {' & '.join(safe)} \\"


def _caption(cited: Cited, cite: str) -> str:
    caption = cited.published["words"][cited.lang]["caption"]
    title, stop = cited.title.rstrip(".。"), word("full_stop", cited.lang)
    text = escape_latex(f"{title}{stop}{caption.rstrip('.。')}")
    return rf"  \caption{{{text}~{cite}{stop.strip()}}}"


def _float(name: str, body: list[str]) -> str:
    return "\n".join([rf"\begin{{{name}}}", r"  \centering", *body, rf"\end{{{name}}}"])
