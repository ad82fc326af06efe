"""The page of versions and errata, and a page for each published version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bindery.identifiers import version_page
from bindery.sphinx.nodes import FactsDirective, details, link, paragraph
from bindery.sphinx.tables import table

# of so few rows each is shown at once
_FEW = 3


class VersionHistory(FactsDirective):
    """The published versions, and what moved from each to the next, the newest first."""

    def set_nodes(self) -> list[nodes.Node]:
        facts = self.facts["versions"]
        made: list[nodes.Node] = [paragraph(facts["lead"])]
        if facts["kept"]:
            head = [self.word(key) for key in ("version_name", "date", "download")]
            made.append(table(head, facts["kept"], classes=["versions"]))
        return [*made, *(self._step(step, facts["head"]) for step in facts["steps"])]

    def _step(self, facts: dict[str, Any], head: list[str]) -> nodes.section:
        section = nodes.section(ids=[facts["id"]], names=[facts["id"]])
        section += nodes.title("", facts["title"])
        if facts["erratum"]:
            section += paragraph(facts["erratum"], classes=["erratum"])
        section += paragraph(facts["counts"])
        for group in facts["groups"]:
            section += _reason(group)
            section += table(head, group["rows"], classes=["changes"])
        if facts["beside"]:
            section += _bullets(facts["beside"])
        return section


def _reason(group: dict[str, Any]) -> nodes.Node:
    """Why, with the rows; many are folded."""
    rows = group["because"]
    if len(rows) > _FEW:
        return details(group["reason"], _bullets(rows))
    made = nodes.container(classes=["reason"])
    made += paragraph(group["reason"])
    if rows:
        made += _bullets(rows)
    return made


def _bullets(texts: list[str]) -> nodes.bullet_list:
    made = nodes.bullet_list()
    for text in texts:
        item = nodes.list_item()
        item += paragraph(text)
        made += item
    return made


def _version_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Each published version at an address of its own, whose rows have the ids of results."""
    facts = app.env.bindery_facts
    for version, told in (facts["versions"]["pages"] if facts else {}).items():
        name = version_page(version)
        # addresses are relative to the page that is written
        app.builder.current_docname = name
        body = app.builder.render_partial(_version_section(told))["fragment"]
        yield name, {"title": told["title"], "body": body, "metatags": ""}, "page.html"


def _version_section(told: dict[str, Any]) -> nodes.Node:
    section = nodes.section(ids=["version"])
    section += nodes.title("", told["title"])
    section += paragraph(told["lead"], " ", link(told["back"]["text"], told["back"]["address"]))
    section += table(**told["results"], classes=["results"])
    section += table(**told["parts"], classes=["versions"])
    section += paragraph(told["whole"], link(told["file"]["text"], told["file"]["address"]))
    return section


def add_to(app: Sphinx) -> None:
    app.add_directive("version-history", VersionHistory)
    app.connect("html-collect-pages", _version_pages)
