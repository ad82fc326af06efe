"""What an author pastes into a LaTeX text: a float with its caption, or a sentence."""

from __future__ import annotations

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


def escape_latex(text: str) -> str:
    r"""Text that LaTeX prints as it stands; Chinese stays as it is.

    >>> print(escape_latex("R&D: 50% of {x_1}，麦捆"))
    R\&D: 50\% of \lbrace{}x\_1\rbrace{}，麦捆
    """
    return text.translate(_ESCAPES)


def latex_text(cited: Cited) -> str:
    """A figure or table with caption and label, a number in its sentence, else a reference.

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
        body = [_caption(cited, cite), rf"  \label{{tab:{cited.identifier}}}", *_rows(cited)]
        return _float("table", body)
    return cite


def _caption(cited: Cited, cite: str) -> str:
    caption = cited.published["words"][cited.lang]["caption"]
    title, stop = cited.title.rstrip(".。"), word("full_stop", cited.lang)
    text = escape_latex(f"{title}{stop}{caption.rstrip('.。')}")
    return rf"  \caption{{{text}~{cite}{stop.strip()}}}"


def _rows(cited: Cited) -> list[str]:
    """A frame for the rows, as the package booktabs sets it."""
    head = [escape_latex(text) for text in cited.published["head"][cited.lang]]
    return [
        rf"  \begin{{tabular}}{{{'l' * len(head)}}}",
        r"    \toprule",
        rf"    {' & '.join(head)} \\",
        r"    \midrule",
        f"    % {cited.published['rows']} rows",
        r"    \bottomrule",
        r"  \end{tabular}",
    ]


def _float(name: str, body: list[str]) -> str:
    return "\n".join([rf"\begin{{{name}}}", r"  \centering", *body, rf"\end{{{name}}}"])
