"""How the pages of this build were made: filled in the browser, so that pages keep their bytes.

Times differ from build to build, and a page that was not made again must not change. They stand in
a script beside the editions, which also a page opened from disk can load.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bindery.executed import RUN_STATUS
from bindery.sphinx.nodes import FactsDirective, paragraph, skip
from bindery.sphinx.tables import heads_style, table

_COLUMNS = ("page", "notebook", "seconds_run", "made", "engine")
_SAID = ("made_run", "made_kept", "commit", "python", "system", "lock", "unit_seconds")


class RunTable(nodes.General, nodes.Element):
    """The table that the script fills; the titles of its pages are known when it is written."""


class RunStatus(FactsDirective):
    """Each page with its notebook, the seconds of its run, run now or kept, and the engine."""

    def set_nodes(self) -> list[nodes.Node]:
        return [RunTable(words=self.facts["words"], pages=list(self.facts["parameters"]))]


def _visit_run_table(translator: Any, node: RunTable) -> None:
    builder, words = translator.builder, node["words"]
    up = "../" * (builder.current_docname.count("/") + 1)
    titles = {page: builder.env.titles[page].astext() for page in node["pages"]}
    said = {f"data-{key.replace('_', '-')}": words[key] for key in _SAID}
    said["data-titles"] = json.dumps(titles, ensure_ascii=False)
    told = " ".join(f'{name}="{escape(text)}"' for name, text in said.items())
    heads = [words[key] for key in _COLUMNS]
    row = "".join(f"<th>{escape(head)}</th>" for head in heads)
    translator.body.append(
        f'<script src="{up}{RUN_STATUS}"></script>'
        '<div class="pst-scrollable-table-container">'
        f'<table class="table data-table run-status stacked" {told}><thead><tr>{row}</tr></thead>'
        f'<tbody style="{escape(heads_style(heads))}"></tbody></table></div>'
        '<dl class="run-environment"></dl>'
        f"<noscript><p>{escape(words['needs_script'])}</p></noscript>"
    )
    raise nodes.SkipNode


class BenchmarkTable(FactsDirective):
    """What was measured, each with its bar, and the machine."""

    def set_nodes(self) -> list[nodes.Node]:
        found = self.facts["benchmarks"]
        if not found["rows"]:
            return []
        head = [self.word(key) for key in ("measured_what", "measured", "bar", "bar_met")]
        return [table(head, found["rows"], classes=["benchmarks"]), paragraph(found["machine"])]


def add_to(app: Sphinx) -> None:
    app.add_node(RunTable, html=(_visit_run_table, None), latex=(skip, None), text=(skip, None))
    app.add_directive("benchmark-table", BenchmarkTable)
    app.add_directive("run-status", RunStatus)
