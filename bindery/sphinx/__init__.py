"""The page maker: sets the facts of an edition where prose and notebooks ask for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from bindery.sphinx import (
    citing,
    family,
    figurepages,
    foreign,
    gallery,
    head,
    interface,
    parameters,
    published,
    reference,
    registers,
    rerun,
    search,
    status,
    sweeps,
    tables,
    versions,
)
from bindery.sphinx.nodes import add_nodes


def _load_facts(app: Sphinx) -> None:
    file = Path(app.srcdir) / app.config.bindery_facts
    # extraction of messages runs without facts: everything generated stays out of it
    app.env.bindery_facts = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


def _page_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """What the templates need for the switch to the same place in the other edition."""
    facts = app.env.bindery_facts
    if facts:
        other = "zh" if facts["lang"] == "en" else "en"
        up = "../" * (pagename.count("/") + 1)
        context["edition_switch"] = {
            "language": other,
            "address": f"{up}{other}/{pagename}.html",
            "title": facts["words"]["switch"],
        }


def _without_unused_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Leave out what a page does not use.

    Sphinx loads MathJax, 2 MB, also where only a page further down the contents needs it. Thebe
    runs code on a server of another host, which no page of this book does. Some extensions add
    the same line twice, and the second one is an error in the browser.
    """
    unused = ["thebe"]
    if pagename not in (app.env.bindery_facts or {}).get("parameters", ()):
        unused.append("rerun")
    if not app.env.domaindata["math"]["has_equations"].get(pagename):
        unused.append("mathjax")
    kept: dict[str, Any] = {}
    for script in context["script_files"]:
        told = f"{script.filename or ''} {script.attributes.get('body', '')}"
        if not any(name in told.lower() for name in unused):
            kept.setdefault(told, script)
    context["script_files"] = list(kept.values())


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("bindery_facts", "bindery.json", "env", [str])
    app.connect("builder-inited", _load_facts)
    app.connect("html-page-context", _page_context)
    # after the extensions that add the scripts
    app.connect("html-page-context", _without_unused_scripts, priority=900)
    add_nodes(app)
    for module in (
        *(tables, published, reference, registers, parameters, rerun, family, citing, search),
        *(status, figurepages, gallery, head, versions, sweeps),
        *(foreign, interface),
    ):
        module.add_to(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
