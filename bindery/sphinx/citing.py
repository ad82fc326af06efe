"""A reference to each figure, ready to copy."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from bindery.sphinx.figurepages import figure_page
from bindery.sphinx.nodes import FactsDirective
from bindery.sphinx.tables import table


class FigureCitations(FactsDirective):
    """Every figure of the book with the text that cites it."""

    def set_nodes(self) -> list[nodes.Node]:
        rows = [
            [
                [{"text": facts["title"], "address": f"{figure_page(identifier)}.html"}],
                facts["citations"]["text"],
            ]
            for identifier, facts in self.facts["figures"].items()
        ]
        return [table([self.word("figure"), self.word("cite")], rows)]


def add_to(app: Sphinx) -> None:
    app.add_directive("figure-citations", FigureCitations)
