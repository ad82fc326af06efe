"""Roles for prose: a published number, and references to a page's own figures and tables."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxRole

from bindery.faults import nearest
from bindery.identifiers import REGISTER, published_id


def full_id(docname: str, name: str) -> str:
    """A published id; a name without a page means this page's own.

    >>> full_id("harvest", "yield_per_field"), full_id("index", "harvest-yield-per-field")
    ('harvest-yield-per-field', 'harvest-yield-per-field')
    """
    return name if "-" in name else published_id(docname, name)


def result_link(env: BuildEnvironment, identifier: str, part: str) -> nodes.reference:
    """A published number, linked to the register; a script shows its title as a proper tooltip."""
    shown = env.bindery_facts["results"][identifier]
    text = shown[part or "text"] or shown["value"]
    address = env.app.builder.get_relative_uri(env.docname, REGISTER)
    return nodes.reference(
        text,
        text,
        refuri=f"{address}#{identifier}",
        internal=True,
        classes=["result"],
        reftitle=shown["told"],
    )


class ResultRole(SphinxRole):
    """`` {result}`id` ``: a published number, linked to the register of results.

    `` {result}`id.value` `` leaves the interval out, `` {result}`id.interval` `` gives it alone.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        facts = self.env.bindery_facts
        if facts is None:
            return [nodes.literal(self.rawtext, self.text)], []
        name, _, part = self.text.partition(".")
        identifier = full_id(self.env.docname, name)
        shown = facts["results"].get(identifier)
        if shown is None or part not in ("", "value", "interval"):
            hint = nearest(identifier, sorted(facts["results"]))
            message = self.inliner.reporter.warning(
                f"no published result {self.text!r}; {hint}", line=self.lineno
            )
            return [nodes.literal(self.rawtext, self.text)], [message]
        return [result_link(self.env, identifier, part)], []


class OwnNumberRole(XRefRole):
    """`` {fig}`id` `` and `` {tab}`id` ``: the number of a figure or table."""

    def process_link(
        self, env: Any, refnode: nodes.Element, has_explicit_title: bool, title: str, target: str
    ) -> tuple[str, str]:
        refnode["refdomain"], refnode["reftype"] = "std", "numref"
        return title, full_id(env.docname, target)

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        if self.env.bindery_facts is None:
            return [nodes.literal(self.rawtext, self.text)], []
        return super().run()


def add_to(app: Sphinx) -> None:
    app.add_role("result", ResultRole())
    for name in ("fig", "tab"):
        app.add_role(name, OwnNumberRole())
