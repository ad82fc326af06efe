"""What is pasted into a LaTeX text."""

from __future__ import annotations

import pytest

from bindery.citation.facts import BOOK, DATA, RESULT, TABLE
from bindery.citation.latex import escape_latex, latex_text, table_float


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


def test_table_is_the_file_that_the_build_wrote(cite):
    table = cite(kind=TABLE, identifier="harvest-all", published={"latex": "% the file\n"})
    assert latex_text(table) == "% the file"


def test_table_has_caption_label_rows_and_sources(cite):
    table = cite(
        kind=TABLE,
        identifier="harvest-all",
        title="All",
        published={"words": {"en": {"caption": "Every year."}}},
    )
    facts = {
        "head": ["Year", "Share (%)", "Source"],
        "rows": [["1900", "50.0", [{"text": "R&D"}, {"text": "Diary"}]], ["[1901]", "—", ""]],
        "numeric": [False, True, False],
        "sources": [{"text": "Diary (1900). Sheaves."}],
    }
    assert table_float(table, facts) == (
        r"""% needs \usepackage{booktabs}
\begin{table}
  \centering
  \caption{All. Every year~\cite{harvest-all}.}
  \label{tab:harvest-all}
  \begin{tabular}{lrl}
    \toprule
    Year & Share (\%) & Source \\
    \midrule
    1900 & 50.0 & R\&D; Diary \\
    {}[1901] & — &  \\
    \bottomrule
  \end{tabular}
  \par\smallskip{\footnotesize Sources: Diary (1900). Sheaves.}
\end{table}
"""
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
