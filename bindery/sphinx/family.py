"""Pages of one notebook: from each to the same section of another."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


def _page_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """What the template of the chooser needs; nothing on a page that is alone."""
    facts = app.env.bindery_facts or {}
    family = facts.get("parameters", {}).get(pagename, {}).get("family", {"pages": ()})
    if len(family["pages"]) < 2:
        return
    anchors = {one["page"]: _anchors(app, facts, one["page"]) for one in family["pages"]}
    own = anchors[pagename]
    context["family"] = {
        "title": facts["words"]["family"],
        "called": family["called"] + facts["words"]["colon"],
        "own": pagename,
        "anchors": own,
        "pages": [
            one
            | {
                "address": app.builder.get_relative_uri(pagename, one["page"]),
                "missing": [anchor for anchor in own if anchor not in anchors[one["page"]]],
            }
            for one in family["pages"]
        ],
    }


def _anchors(app: Sphinx, facts: dict[str, Any], page: str) -> list[str]:
    """Sections, figures and tables of a page; what it published without the page's name."""
    sections = [
        node["anchorname"].removeprefix("#")
        for node in app.env.tocs[page].findall(nodes.reference)
        if node["anchorname"]
    ]
    published = [
        identifier.removeprefix(page)
        for kind in ("figures", "tables")
        for identifier in facts[kind]
        if _owner(facts, identifier) == page
    ]
    return [*sections, *published]


def _owner(facts: dict[str, Any], identifier: str) -> str:
    """The page of a published id; the name of a page may begin with that of another."""
    names = (page for page in facts["parameters"] if identifier.startswith(f"{page}-"))
    return max(names, key=len)


def add_to(app: Sphinx) -> None:
    app.connect("html-page-context", _page_context)
