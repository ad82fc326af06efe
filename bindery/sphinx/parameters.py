"""The parameters of a page: what it was run with, and how to run it with other values."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from bindery.sphinx.nodes import FactsDirective, details, link, paragraph, table


class ParameterTable(FactsDirective):
    """Parameters with value, default, allowed values and meaning; the command to rerun."""

    def set_nodes(self) -> list[nodes.Node]:
        page = self.env.docname
        facts = self.facts["parameters"][page]
        head = [self.word(key) for key in ("parameter", "value", "default", "allowed", "meaning")]
        rows = [
            [
                paragraph(row["title"], " ", nodes.literal("", row["name"])),
                row["value"],
                row["default"],
                row["allowed"],
                row["meaning"],
            ]
            for row in facts["rows"]
        ]
        command = nodes.literal_block(facts["command"], facts["command"], language="console")
        notebook = link(self.word("notebook_executed"), f"../notebooks/{page}.ipynb")
        return [
            details(
                self.word("parameters"),
                table(head, rows, classes=["parameters"]),
                paragraph(self.word("command")),
                command,
                paragraph(self.word("download"), " · ", notebook),
            )
        ]


def add_to(app: Sphinx) -> None:
    app.add_directive("parameter-table", ParameterTable)
