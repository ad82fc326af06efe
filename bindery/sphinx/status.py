"""How the pages of this build were made: filled in the browser, so that pages keep their bytes.

Times differ from build to build, and a page that was not made again must not change. They stand in
a script beside the editions, which also a page opened from disk can load.
"""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx

from bindery.executed import RUN_STATUS
from bindery.sphinx.nodes import FactsDirective, paragraph
from bindery.sphinx.tables import table

_COLUMNS = ("page", "notebook", "seconds_run", "made", "engine")
_SAID = ("made_run", "made_kept", "commit", "python", "system", "lock", "unit_seconds")


class RunStatus(FactsDirective):
    """Each page with its notebook, the seconds of its run, run now or kept, and the engine."""

    def set_nodes(self) -> list[nodes.Node]:
        up = "../" * (self.env.docname.count("/") + 1)
        words = " ".join(
            f'data-{key.replace("_", "-")}="{escape(self.word(key))}"' for key in _SAID
        )
        heads = "".join(f"<th>{escape(self.word(key))}</th>" for key in _COLUMNS)
        html = (
            f'<script src="{up}{RUN_STATUS}"></script>'
            f'<table class="table run-status" {words}><thead><tr>{heads}</tr></thead>'
            f'<tbody></tbody></table><dl class="run-environment"></dl>'
            f"<noscript><p>{escape(self.word('needs_script'))}</p></noscript>"
        )
        return [nodes.raw("", html, format="html")]


class BenchmarkTable(FactsDirective):
    """What was measured, each with its bar, and the machine."""

    def set_nodes(self) -> list[nodes.Node]:
        found = self.facts["benchmarks"]
        if not found["rows"]:
            return []
        head = [self.word(key) for key in ("measured_what", "measured", "bar", "bar_met")]
        return [table(head, found["rows"], classes=["benchmarks"]), paragraph(found["machine"])]


def add_to(app: Sphinx) -> None:
    app.add_directive("benchmark-table", BenchmarkTable)
    app.add_directive("run-status", RunStatus)
