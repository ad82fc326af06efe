"""What the head of a page tells machines: its place in the other edition, and how it is cited."""

from __future__ import annotations

from html import escape
from typing import Any

from sphinx.application import Sphinx

from bindery.project import LANGUAGES
from bindery.sphinx.figurepages import figure_page


def _page_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    facts = app.env.bindery_facts
    if not facts:
        return
    heads = {figure_page(identifier): one["head"] for identifier, one in facts["figures"].items()}
    heads[app.config.root_doc] = facts["head"]
    lines = list(_alternates(facts["address"], pagename))
    if pagename in heads:
        lines += _cited(heads[pagename])
    context["metatags"] = "\n".join([context.get("metatags", ""), *lines, ""])


def _alternates(root: str, pagename: str) -> list[str]:
    """The page in each language; by whole addresses, as soon as the book has one."""
    root = root or "../" * pagename.count("/") + ".."
    places = {lang: escape(f"{root}/{lang}/{pagename}.html") for lang in LANGUAGES}
    return [
        f'<link rel="alternate" hreflang="{lang}" href="{place}">' for lang, place in places.items()
    ]


def _cited(head: dict[str, Any]) -> list[str]:
    """The tags that Zotero and search engines read, and the same for machines that read graphs."""
    tags = [
        f'<meta name="{escape(name)}" content="{escape(content)}">'
        for name, content in head["tags"]
    ]
    # as it stands: within a script nothing is escaped, and the graph cannot end it
    return [*tags, f'<script type="application/ld+json">{head["graph"]}</script>']


def add_to(app: Sphinx) -> None:
    app.connect("html-page-context", _page_context)
