"""Small builders of document nodes: text from data is set as text, never parsed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from bindery.identifiers import published_id


class Details(nodes.General, nodes.Element):
    """A part that opens on a click; `summary` is its line."""


class Filters(nodes.General, nodes.Element):
    """Choosers above a table, for a reader with scripts: `columns` holds their heads by number."""


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

    def about(self, facts: Mapping[str, Any]) -> list[nodes.Node]:
        """The rows that a figure or table is about, as links."""
        if not facts["about"]:
            return []
        told = links(facts["about"], self.word("list_comma"))
        told.insert(0, [nodes.strong("", self.word("about")), nodes.Text(" · ")])
        return [told]

    def page_link(self, page: str) -> pending_xref:
        """A link to a page by its title."""
        target = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{page}"}
        made = pending_xref("", refdoc=self.env.docname, refexplicit=False, refwarn=True, **target)
        made += nodes.inline("", page)
        return made

    def filters(self, head: Sequence[str], columns: Iterable[int]) -> Filters:
        """Choosers for the rows of the table that follows, by these columns and by any text."""
        words = {key: self.word(key) for key in ("all", "search_rows", "shown")}
        return Filters(columns={column: head[column] for column in columns}, words=words)

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


def links(targets: Iterable[Mapping[str, str]], comma: str) -> nodes.paragraph:
    """Several links in a line."""
    made = paragraph()
    for number, target in enumerate(targets):
        made += [nodes.Text(comma)] if number else []
        made += link(target["text"], target["address"])
    return made


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str | nodes.Node]],
    numeric: Sequence[bool] = (),
    row_ids: Sequence[str] = (),
    classes: Iterable[str] = (),
) -> nodes.table:
    """A table of texts and nodes; columns marked `numeric` are set flush right.

    Rows of a table of the class `cards` are set one below the other, each cell after its head.
    """
    numeric = list(numeric) or [False] * len(head)
    made = nodes.table(classes=["data-table", *classes])
    heads = head if "cards" in made["classes"] else ()
    group = nodes.tgroup(cols=len(head))
    made += group
    for _ in head:
        group += nodes.colspec(colwidth=1)
    top, body = nodes.thead(), nodes.tbody()
    group += [top, body]
    top += _row(head, numeric)
    for number, cells in enumerate(rows):
        line = _row(cells, numeric, heads)
        if row_ids:
            line["ids"].append(row_ids[number])
        body += line
    return made


def _row(
    cells: Sequence[str | nodes.Node], numeric: Sequence[bool], heads: Sequence[str] = ()
) -> nodes.row:
    line = nodes.row()
    for place, (cell, flush) in enumerate(zip(cells, numeric, strict=True)):
        entry = nodes.entry(classes=[f"column-{place}", *(["numeric"] if flush else [])])
        if heads and cell:
            entry += nodes.inline("", heads[place], classes=["cell-head"])
        entry += paragraph(cell) if isinstance(cell, str) else cell
        line += entry
    return line


def _visit_filters(translator: Any, node: Filters) -> None:
    encode, words = translator.encode, node["words"]
    parts = ['<form class="row-filters" hidden>']
    for column, head in node["columns"].items():
        parts.append(
            f'<label>{encode(head)} <select data-column="{column}">'
            f'<option value="">{encode(words["all"])}</option></select></label>'
        )
    parts.append(
        f'<label>{encode(words["search_rows"])} <input type="search"></label>'
        f"<output><span></span> {encode(words['shown'])}</output></form>"
    )
    translator.body.append("\n".join(parts))


def _depart_nothing(translator: Any, node: nodes.Node) -> None:
    pass


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
    app.add_node(
        Filters, html=(_visit_filters, _depart_nothing), latex=(_skip, None), text=(_skip, None)
    )
