"""Figures, tables, results, notes and refusals, where the notebook published them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes
from sphinx.application import Sphinx

from bindery.faults import nearest
from bindery.sphinx.figurepages import figure_page, picture
from bindery.sphinx.nodes import FactsDirective, Picture, details, link, paragraph
from bindery.sphinx.reference import result_link
from bindery.sphinx.tables import Cell, Filters, joined, table

# the heads of what `result_row` gives
RESULT_COLUMNS = ("result", "value", "interval", "kind", "n", "period", "grade")


class PublishedFigure(FactsDirective):
    """A numbered figure with caption, alt text, limits, data and downloads."""

    required_arguments = 1

    def set_nodes(self) -> list[nodes.Node]:
        identifier, facts = self.published("figures", self.arguments[0])
        figure = nodes.figure(ids=[identifier], names=[identifier], classes=["published"])
        figure += _picture(self, identifier, facts)
        figure += nodes.caption("", f"{facts['title']}{self.word('full_stop')}{facts['caption']}")
        self.set_source_info(figure)
        self.state.document.note_explicit_target(figure, figure)
        below = nodes.container(classes=["figure-notes"])
        below += paragraph(nodes.strong("", self.word("limits")), f" · {facts['limits']}")
        below += self.about(facts)
        below += self._links(identifier, facts)
        below += details(self.word("data_drawn"), table(**facts["table"]))
        below += details(self.word("sources"), source_list(facts["sources"]))
        return [figure, below]

    def _links(self, identifier: str, facts: dict) -> nodes.paragraph:
        """What else there is of the figure; and its grade, if that asks for care."""
        up = "../" * (self.env.docname.count("/") + 1)
        page = f"{figure_page(identifier)}.html"
        parts: list[str | nodes.Node] = []
        for part, key in (("data", "data"), ("code", "code"), ("cite", "cite_it")):
            parts += [link(self.word(key), f"{page}#{part}"), " · "]
        parts.append(link(self.word("download"), f"{page}#download"))
        for name in (
            f"{self.facts['lang']}.svg",
            f"{self.facts['lang']}.pdf",
            f"{self.facts['lang']}.png",
            "data.csv",
        ):
            if name in facts["files"]:
                form = name.rsplit(".", 1)[1].upper()
                parts += [" · ", link(form, f"{up}figures/{identifier}/{name}")]
        parts += [" · ", nodes.literal("", identifier)]
        if facts["doubt"]:
            parts += [" ", nodes.inline("", facts["doubt"], classes=["grade"])]
        return paragraph(*parts, classes=["downloads"])


class FigurePreview(FactsDirective):
    """A figure of another page, small and without a number, that leads there."""

    required_arguments = 1

    def set_nodes(self) -> list[nodes.Node]:
        identifier = self.arguments[0]
        if identifier not in self.facts["figures"]:
            hint = nearest(identifier, sorted(self.facts["figures"]))
            raise self.error(f"{identifier}: no published figure; {hint}")
        facts = self.facts["figures"][identifier]
        shown = link("", f"{facts['page']}.html#{identifier}", classes=["figure-preview"])
        shown += _picture(self, identifier, facts)
        return [paragraph(shown, classes=["preview"])]


def _picture(directive: FactsDirective, identifier: str, facts: dict) -> Picture:
    up = "../" * directive.env.docname.count("/")
    return Picture(uri=f"{up}{picture(directive.env, identifier)}", alt=facts["alt"])


def source_list(sources: list[dict[str, str]]) -> nodes.bullet_list:
    made = nodes.bullet_list()
    for source in sources:
        item = nodes.list_item()
        grade = nodes.inline("", source["grade"], classes=["grade"])
        item += paragraph(source["text"], " ", grade)
        made += item
    return made


class PublishedTable(FactsDirective):
    """A numbered table with its caption."""

    required_arguments = 1

    def set_nodes(self) -> list[nodes.Node]:
        identifier, facts = self.published("tables", self.arguments[0])
        made = table(
            facts["head"],
            [[self._cell(cell) for cell in row] for row in facts["rows"]],
            facts["numeric"],
            facts["row_ids"],
            ["cards"] if facts["cards"] else [],
            searchable=True,
            values=facts["values"],
        )
        caption = f"{facts['title']}{self.word('full_stop')}{facts['caption']}"
        made.insert(0, nodes.title("", caption))
        made["ids"], made["names"] = [identifier], [identifier]
        self.set_source_info(made)
        self.state.document.note_explicit_target(made, made)
        shown: list[nodes.Node] = [made]
        if facts["filters"]:
            shown.insert(0, filters(self, facts["head"], facts["filters"]))
        below = nodes.container(classes=["figure-notes"])
        below += self.about(facts)
        below += self._links(identifier)
        if facts["sources"]:
            below += details(self.word("sources"), source_list(facts["sources"]))
        return [*shown, below]

    def _links(self, identifier: str) -> nodes.paragraph:
        folder = f"{'../' * (self.env.docname.count('/') + 1)}tables/{identifier}"
        parts: list[str | nodes.Node] = [nodes.strong("", self.word("download"))]
        for form, name in (("CSV", "data.csv"), ("LaTeX", f"{self.facts['lang']}.tex")):
            parts += [" · ", link(form, f"{folder}/{name}")]
        parts += [" · ", nodes.literal("", identifier)]
        return paragraph(*parts, classes=["downloads"])

    def _cell(self, cell: str | list[dict[str, str]]) -> Cell:
        return cell if isinstance(cell, str) else joined(cell, self.word("list_semicolon"))


def filters(directive: FactsDirective, head: Sequence[str], columns: Iterable[int]) -> Filters:
    """Choosers for the rows of the table that follows, by these columns and by any text."""
    words = {key: directive.word(key) for key in ("all", "search_rows", "shown")}
    return Filters(columns={column: head[column] for column in columns}, words=words)


class PublishedResults(FactsDirective):
    """The results that a cell published, as one small table, folded: prose says them first."""

    has_content = True

    def set_nodes(self) -> list[nodes.Node]:
        head = [self.word(key) for key in RESULT_COLUMNS]
        rows, identifiers = [], []
        for local in self.content:
            identifier, facts = self.published("results", local)
            identifiers.append(identifier)
            rows.append(result_row(facts))
        shown = table(head, rows, classes=["results", "stacked"], row_ids=identifiers)
        return [details(self.word("results").format(len(rows)), shown)]


def result_row(facts: dict) -> list[Cell]:
    shown = ("label", "point", "interval", "kind", "n", "period", "grade")
    return [facts[key] or "—" for key in shown]


class PublishedNote(FactsDirective):
    """A text of the registry with its numbers, each linked as in prose."""

    required_arguments = 1

    def set_nodes(self) -> list[nodes.Node]:
        _, pieces = self.published("notes", self.arguments[0])
        parts = [
            piece
            if isinstance(piece, str)
            else result_link(self.env, piece["result"], piece["part"])
            for piece in pieces
        ]
        return [paragraph(*parts, classes=["note-text"])]


class PublishedRefusal(FactsDirective):
    """The box that says why a method is not used here, and what data would open it."""

    required_arguments = 1

    def set_nodes(self) -> list[nodes.Node]:
        _, facts = self.published("refusals", self.arguments[0])
        box = nodes.admonition(classes=["refusal"])
        title = f"{facts['title']}{self.word('colon')}{self.word('not_shown')}"
        box += nodes.title("", title)
        for key in ("condition", "found", "opens"):
            box += paragraph(nodes.strong("", self.word(key)), f" · {facts[key]}")
        return [box]


def add_to(app: Sphinx) -> None:
    for kind in (
        PublishedFigure,
        PublishedTable,
        PublishedResults,
        PublishedNote,
        PublishedRefusal,
    ):
        name = "published-" + kind.__name__.removeprefix("Published").lower()
        app.add_directive(name, kind)
    app.add_directive("figure-preview", FigurePreview)
