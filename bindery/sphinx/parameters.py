"""The parameters of a page: what it was run with, and how to run it with other values."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from bindery.sphinx.nodes import FactsDirective, details, link, paragraph
from bindery.sphinx.rerun import rerun_form
from bindery.sphinx.tables import table


class ParameterTable(FactsDirective):
    """Parameters with value, default, allowed values and meaning; the command to rerun."""

    def set_nodes(self) -> list[nodes.Node]:
        page = self.env.docname
        facts = self.facts["parameters"][page]
        head = [self.word(key) for key in ("parameter", "value", "default", "allowed", "meaning")]
        rows = [
            [
                [row["title"], " ", {"code": row["name"]}],
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
                rerun_form(facts, self.facts["words"]),
                paragraph(self.word("download"), " · ", notebook),
            )
        ]


class ParameterRole(SphinxRole):
    """`` {parameter}`name` ``: the value of a parameter of the page, in the reader's language."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        facts = self.env.bindery_facts
        if facts is None:
            return [nodes.literal(self.rawtext, self.text)], []
        rows = facts["parameters"].get(self.env.docname, {"rows": []})["rows"]
        values = {row["name"]: row["value"] for row in rows}
        if self.text not in values:
            known = ", ".join(values) or "none on a page without a notebook"
            message = self.inliner.reporter.warning(
                f"no parameter {self.text!r} of this page; known: {known}", line=self.lineno
            )
            return [nodes.literal(self.rawtext, self.text)], [message]
        return [nodes.Text(values[self.text])], []


def add_to(app: Sphinx) -> None:
    app.add_directive("parameter-table", ParameterTable)
    app.add_role("parameter", ParameterRole())
