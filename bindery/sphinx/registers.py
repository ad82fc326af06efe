"""Registers made from the whole book: results, refusals, data dictionary, sources."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from bindery.sphinx.nodes import FactsDirective, link, paragraph
from bindery.sphinx.published import RESULT_COLUMNS, filters, result_row
from bindery.sphinx.tables import Cell, joined, source_links, table

# so many sources of a number stand in its row without being unfolded
SOURCES_IN_SIGHT = 2


class ResultRegister(FactsDirective):
    """Every published number, with the anchor that prose links to."""

    def set_nodes(self) -> list[nodes.Node]:
        keys = (*RESULT_COLUMNS, "sources", "page", "id")
        head, identifiers = [self.word(key) for key in keys], sorted(self.facts["results"])
        rows = []
        for identifier in identifiers:
            facts = self.facts["results"][identifier]
            quoted = {"copy": self.facts["words"], "text": facts["sentence"]}
            sentence = {"summary": self.word("form_sentence"), "text": [quoted]}
            own = [[{"page": facts["page"]}], [{"code": identifier}, sentence]]
            rows.append([*result_row(facts), self._sources(facts["sources"]), *own])
        file = link("results.json", "../results.json")
        return [
            filters(self, head, (keys.index("page"), keys.index("kind"), keys.index("grade"))),
            table(head, rows, classes=["results", "register", "stacked"], row_ids=identifiers),
            paragraph(nodes.strong("", self.word("download")), " · ", file),
        ]

    def _sources(self, sources: list[str]) -> Cell:
        """Each source linked to the list of sources; many are folded."""
        cell = source_links(sources, self.word("list_semicolon"))
        if len(sources) <= SOURCES_IN_SIGHT:
            return cell
        return [{"summary": self.word("sources_count").format(len(sources)), "text": cell}]


class RefusalRegister(FactsDirective):
    """Every method that a page refuses: the condition, what was found, what would open it."""

    def set_nodes(self) -> list[nodes.Node]:
        keys = ("method", "page", "condition", "found", "opens")
        head = [self.word(key) for key in keys]
        refusals = sorted(
            self.facts["refusals"].values(), key=lambda facts: (facts["title"], facts["page"])
        )
        rows = [
            [
                facts["title"],
                [{"page": facts["page"]}],
                *(facts[key] for key in ("condition", "found", "opens")),
            ]
            for facts in refusals
        ]
        return [
            filters(self, head, (keys.index("method"), keys.index("page"))),
            table(head, rows, classes=["refusals", "stacked"]),
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
            section += paragraph(nodes.literal("", facts["path"]), f" · {facts['description']}")
            section += self._row_name(facts)
            head = [self.word(key) for key in ("column", "title", "type", "meaning")]
            rows = [self._row(field) for field in facts["fields"]]
            section += table(head, rows, classes=["stacked"])
            made.append(section)
        return made

    def _row_name(self, facts: dict) -> nodes.paragraph:
        """What tells its rows apart, and how a paper names one of them."""
        parts: list[str | nodes.Node] = [self.word("key"), self.word("colon")]
        parts += [nodes.literal("", facts["key"]), " · ", self.word("row_name"), self.word("colon")]
        parts.append(nodes.literal("", facts["row_form"]))
        if facts["row_example"]:
            parts += [" · ", self.word("for_example"), " "]
            parts.append(nodes.literal("", facts["row_example"]))
        return paragraph(*parts)

    def _row(self, field: dict) -> list[Cell]:
        allowed = {"summary": self.word("allowed"), "text": field["allowed"]}
        meaning = [field["description"], *([allowed] if field["allowed"] else [])]
        return [[{"code": field["name"]}], field["title"], field["type"], meaning]


class SourceList(FactsDirective):
    """Every publication that a figure rests on, with its grade and where it is used."""

    def set_nodes(self) -> list[nodes.Node]:
        keys = ("title", "publisher", "published", "kind", "grade", "used_in", "id")
        rows = [self._row(facts) for facts in self.facts["sources"]]
        head = [self.word(key) for key in keys]
        return [
            filters(self, head, (keys.index("kind"), keys.index("grade"))),
            table(
                head,
                rows,
                classes=["sources", "stacked"],
                row_ids=[f"source-{facts['source_id']}" for facts in self.facts["sources"]],
            ),
        ]

    def _row(self, facts: dict) -> list[Cell]:
        linked = [{"text": facts["title"], "address": facts["url"]}]
        return [
            linked if facts["url"] else facts["title"],
            *(facts[key] for key in ("publisher", "published", "kind", "grade")),
            joined([{"page": page} for page in facts["used_in"]], self.word("list_semicolon")),
            [{"code": facts["source_id"]}],
        ]


def add_to(app: Sphinx) -> None:
    app.add_directive("result-register", ResultRegister)
    app.add_directive("refusal-register", RefusalRegister)
    app.add_directive("data-dictionary", DataDictionary)
    app.add_directive("source-list", SourceList)
