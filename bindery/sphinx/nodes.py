"""Small builders of document nodes: text from data is set as text, never parsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from bindery.identifiers import published_id


class Details(nodes.General, nodes.Element):
    """A part that opens on a click; `summary` is its line."""


class FactsDirective(SphinxDirective):
    """A directive that sets facts of the edition. Without facts it sets nothing."""

    @property
    def facts(self) -> dict[str, Any] | None:
        return self.env.bindery_facts

    def word(self, key: str) -> str:
        return self.facts["words"][key]

    def run(self) -> list[nodes.Node]:
        return self.set_nodes() if self.facts else []

    def set_nodes(self) -> list[nodes.Node]:
        raise NotImplementedError

    def published(self, kind: str, local: str) -> tuple[str, dict[str, Any]]:
        """The facts of what this page published as `local`, with the published id."""
        identifier = published_id(self.env.docname, local)
        try:
            return identifier, self.facts[kind][identifier]
        except KeyError:
            known = [name for name in self.facts[kind] if name.startswith(self.env.docname)]
            raise self.error(f"{identifier}: not published; known: {', '.join(known)}") from None


def paragraph(*parts: str | nodes.Node, classes: Iterable[str] = ()) -> nodes.paragraph:
    made = nodes.paragraph(classes=list(classes))
    for part in parts:
        made += nodes.Text(part) if isinstance(part, str) else part
    return made


def link(text: str, address: str, classes: Iterable[str] = ()) -> nodes.reference:
    return nodes.reference(text, text, refuri=address, classes=list(classes), internal=True)


def details(summary: str, *content: nodes.Node) -> Details:
    made = Details(summary=summary)
    made += content
    return made


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str | nodes.Node]],
    numeric: Sequence[bool] = (),
    row_ids: Sequence[str] = (),
    classes: Iterable[str] = (),
) -> nodes.table:
    """A table of texts and nodes; columns marked `numeric` are set flush right."""
    numeric = list(numeric) or [False] * len(head)
    made = nodes.table(classes=["data-table", *classes])
    group = nodes.tgroup(cols=len(head))
    made += group
    for _ in head:
        group += nodes.colspec(colwidth=1)
    top, body = nodes.thead(), nodes.tbody()
    group += [top, body]
    top += _row(head, numeric)
    for number, cells in enumerate(rows):
        line = _row(cells, numeric)
        if row_ids:
            line["ids"].append(row_ids[number])
        body += line
    return made


def _row(cells: Sequence[str | nodes.Node], numeric: Sequence[bool]) -> nodes.row:
    line = nodes.row()
    for cell, flush in zip(cells, numeric, strict=True):
        entry = nodes.entry(classes=["numeric"] if flush else [])
        entry += paragraph(cell) if isinstance(cell, str) else cell
        line += entry
    return line


def _visit_details(translator: Any, node: Details) -> None:
    summary = translator.encode(node["summary"])
    translator.body.append(f'<details class="more"><summary>{summary}</summary>')


def _depart_details(translator: Any, node: Details) -> None:
    translator.body.append("</details>")


def _skip(translator: Any, node: nodes.Node) -> None:
    raise nodes.SkipNode


def add_nodes(app: Sphinx) -> None:
    app.add_node(
        Details, html=(_visit_details, _depart_details), latex=(_skip, None), text=(_skip, None)
    )
