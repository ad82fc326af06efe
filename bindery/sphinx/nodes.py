"""Small builders of document nodes: text from data is set as text, never parsed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from bindery.identifiers import published_id
from bindery.sphinx.foreign import text_html


class Details(nodes.General, nodes.Element):
    """A part that opens on a click; `summary` is its line."""


class Picture(nodes.General, nodes.Inline, nodes.Element):
    """A figure as a file of the book, which may still be drawn while pages are rendered.

    `uri` is its place seen from the page, `alt` what it shows.
    """


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
        parts: list[str | nodes.Node] = [nodes.strong("", self.word("about")), " · "]
        for number, target in enumerate(facts["about"]):
            parts += [self.word("list_comma")] if number else []
            parts.append(link(target["text"], target["address"]))
        return [paragraph(*parts)]

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


def _visit_details(translator: Any, node: Details) -> None:
    summary = text_html(translator, node["summary"])
    translator.body.append(f'<details class="more"><summary>{summary}</summary>')


def _depart_details(translator: Any, node: Details) -> None:
    translator.body.append("</details>")


def _visit_picture(translator: Any, node: Picture) -> None:
    told = {"src": node["uri"], "alt": node["alt"]}
    translator.body.append(translator.emptytag(node, "img", "", **told))
    raise nodes.SkipNode


def skip(translator: Any, node: nodes.Node) -> None:
    raise nodes.SkipNode


def add_nodes(app: Sphinx) -> None:
    app.add_node(
        Details, html=(_visit_details, _depart_details), latex=(skip, None), text=(skip, None)
    )
    app.add_node(Picture, html=(_visit_picture, None), latex=(skip, None), text=(skip, None))
