"""Registers made from the whole book: results, data dictionary, sources."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from bindery.sphinx.nodes import FactsDirective, details, link, paragraph, table
from bindery.sphinx.published import result_row


class ResultRegister(FactsDirective):
    """Every published number, with the anchor that prose links to."""

    def set_nodes(self) -> list[nodes.Node]:
        keys = ("result", "value", "interval", "kind", "n", "grade", "page", "id")
        head, identifiers = [self.word(key) for key in keys], sorted(self.facts["results"])
        rows = []
        for identifier in identifiers:
            facts = self.facts["results"][identifier]
            code = paragraph(nodes.literal("", identifier), classes=["identifier"])
            rows.append([*result_row(facts), paragraph(self.page_link(facts["page"])), code])
        file = link("results.json", "../results.json")
        return [
            self.filters(head, (keys.index("page"), keys.index("kind"), keys.index("grade"))),
            table(head, rows, classes=["results"], row_ids=identifiers),
            paragraph(self.word("download"), " · ", file),
        ]


class DataDictionary(FactsDirective):
    """Each data table with its columns, as the data package describes them."""

    def set_nodes(self) -> list[nodes.Node]:
        made: list[nodes.Node] = []
        for facts in self.facts["dictionary"]:
            section = nodes.section(
                ids=[f"table-{facts['name']}"], names=[f"table-{facts['name']}"]
            )
            section += nodes.title("", facts["title"])
            key = f"{self.word('key')}{self.word('colon')}{facts['key']}"
            section += paragraph(
                nodes.literal("", facts["path"]), f" · {facts['description']} {key}"
            )
            head = [self.word(key) for key in ("column", "title", "type", "meaning")]
            section += table(head, [self._row(field) for field in facts["fields"]])
            made.append(section)
        return made

    def _row(self, field: dict) -> list[str | nodes.Node]:
        meaning = nodes.container()
        meaning += paragraph(field["description"])
        if field["allowed"]:
            meaning += details(self.word("allowed"), paragraph(field["allowed"]))
        return [paragraph(nodes.literal("", field["name"])), field["title"], field["type"], meaning]


class SourceList(FactsDirective):
    """Every publication that a figure rests on, with its grade and where it is used."""

    def set_nodes(self) -> list[nodes.Node]:
        keys = ("title", "publisher", "published", "kind", "grade", "used_in", "id")
        rows = [self._row(facts) for facts in self.facts["sources"]]
        head = [self.word(key) for key in keys]
        return [
            self.filters(head, (keys.index("kind"), keys.index("grade"))),
            table(
                head,
                rows,
                classes=["sources"],
                row_ids=[f"source-{facts['source_id']}" for facts in self.facts["sources"]],
            ),
        ]

    def _row(self, facts: dict) -> list[str | nodes.Node]:
        title = (
            nodes.reference("", facts["title"], refuri=facts["url"])
            if facts["url"]
            else facts["title"]
        )
        used = paragraph()
        for number, page in enumerate(facts["used_in"]):
            used += [nodes.Text(self.word("list_semicolon"))] if number else []
            used += self.page_link(page)
        return [
            paragraph(title),
            facts["publisher"],
            facts["published"],
            facts["kind"],
            facts["grade"],
            used,
            paragraph(nodes.literal("", facts["source_id"])),
        ]


def add_to(app: Sphinx) -> None:
    app.add_directive("result-register", ResultRegister)
    app.add_directive("data-dictionary", DataDictionary)
    app.add_directive("source-list", SourceList)
