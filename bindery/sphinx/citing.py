"""A reference to each figure, ready to copy."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from bindery.sphinx.nodes import FactsDirective
from bindery.sphinx.tables import table


class FigureCitations(FactsDirective):
    """Every figure of the book with the text that cites it."""

    def set_nodes(self) -> list[nodes.Node]:
        rows = [
            [
                [{"text": facts["title"], "address": f"{facts['page']}.html#{identifier}"}],
                facts["citation"],
            ]
            for identifier, facts in self.facts["figures"].items()
        ]
        return [table([self.word("figure"), self.word("cite")], rows)]


def add_to(app: Sphinx) -> None:
    app.add_directive("figure-citations", FigureCitations)
