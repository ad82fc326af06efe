"""What is pasted into a LaTeX text."""

from __future__ import annotations

import pytest

from bindery.citation.facts import BOOK, DATA, RESULT, TABLE
from bindery.citation.latex import escape_latex, latex_text


def test_figure_has_picture_caption_label_and_reference(cite):
    assert latex_text(cite()) == (
        r"""\begin{figure}
  \centering
  \includegraphics[width=\linewidth]{figures/harvest-sheaves-by-year/en.pdf}
  \caption{Sheaves by year. The last year gave 150~\cite{harvest-sheaves-by-year}.}
  \label{fig:harvest-sheaves-by-year}
\end{figure}"""
    )
    assert r"\caption{各年捆数。最后一年为150捆~\cite{harvest-sheaves-by-year}。}" in latex_text(
        cite("zh")
    )


def test_table_has_a_frame_for_its_rows(cite):
    words = {"en": {"caption": "Every year."}}
    facts = {"words": words, "head": {"en": ["Year", "Share (%)"]}, "rows": 1200}
    table = cite(kind=TABLE, identifier="harvest-all", title="All", published=facts)
    assert latex_text(table) == (
        r"""\begin{table}
  \centering
  \caption{All. Every year~\cite{harvest-all}.}
  \label{tab:harvest-all}
  \begin{tabular}{ll}
    \toprule
    Year & Share (\%) \\
    \midrule
    % 1200 rows
    \bottomrule
  \end{tabular}
\end{table}"""
    )


def test_number_stands_in_its_sentence(cite, labels):
    result = {"value": 0.5, "low": 0.5, "high": 0.5, "kind": "exact", "unit": "share", "digits": 1}
    number = cite(
        kind=RESULT, identifier="x-y", title="Kept", published=result | {"labels": labels}
    )
    assert latex_text(number) == r"Kept: 50.0\%~\cite{x-y}."


@pytest.mark.parametrize("kind", [BOOK, DATA])
def test_other_things_are_a_reference(cite, kind):
    assert latex_text(cite(kind=kind, identifier="data/x")) == r"\cite{data-x}"


def test_odd_characters_are_printed_as_they_are(odd):
    # test_bibtex reads them back
    assert escape_latex(odd) == (
        r"R\&D: 50\% of \lbrace{}x\_1\rbrace{}, \rbrace{}\lbrace{} \#2 "
        r""""q" \textbackslash{} \textasciitilde{}a\textasciicircum{}b \$5 麦捆“引”<b>"""
    )


def test_minus_is_one_of_mathematics():
    assert escape_latex("\N{MINUS SIGN}1.5") == "$-$1.5"
