"""A page for each figure, `figures/<id>.html`: all that an author needs who cites it.

These pages are written after all others and read from no source, so that they cost little. Search
finds the page that draws the figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from docutils import nodes
from docutils.utils import new_document
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bindery.citation.formats import FORMATS
from bindery.executed import RUN_STATUS
from bindery.record import source_ids
from bindery.sphinx.foreign import marked_html
from bindery.sphinx.tables import Cell, source_links, table

_TEMPLATE = "figure-page.html"
# the part of the theme that lists the pages of the book
_PAGE_LIST = "sbt-sidebar-nav.html"


def figures_by_page(env: BuildEnvironment) -> dict[str, list[str]]:
    """The ids of the figures of each page that has some, in the order of reading.

    A page that the contents leave out is not in the book, and neither are its figures.
    """
    # Jupyter Book alone knows no run, and so no figure
    facts, pages = env.bindery_facts or {"figure_order": []}, {}
    for identifier in facts["figure_order"]:
        pages.setdefault(facts["figures"][identifier]["page"], []).append(identifier)
    order = _reading_order(env, env.config.root_doc)
    return {page: pages[page] for page in order if page in pages}


def figure_page(identifier: str) -> str:
    """The name of the page of a figure."""
    return f"figures/{identifier}"


def picture(env: BuildEnvironment, identifier: str) -> str:
    """Where the picture of a figure is, seen from the first page of the edition."""
    return f"../figures/{identifier}/{env.bindery_facts['lang']}.svg"


def _reading_order(env: BuildEnvironment, page: str) -> Iterator[str]:
    yield page
    for child in env.toctree_includes.get(page, ()):
        yield from _reading_order(env, child)


def _collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    facts = app.env.bindery_facts

    def marked(text: str) -> str:
        """A text as HTML: what is foreign in it says so."""
        return marked_html(app.config.language, escape(text))

    order = [one for figures in figures_by_page(app.env).values() for one in figures]
    # what is shown as HTML must be escaped; the template escapes all else
    targets = [
        {"link": f"{identifier}.html", "title": marked(facts["figures"][identifier]["title"])}
        for identifier in order
    ]
    around = [None, *targets, None]
    for identifier, before, after in zip(order, around, around[2:], strict=False):
        figure = facts["figures"][identifier]
        context = {
            "title": escape(figure["title"]),
            "pagetitle": escape(figure["title"]),
            "prev": before,
            "next": after,
            "identifier": identifier,
            "marked": marked,
            "figure": figure,
            "page_title": app.env.titles[figure["page"]].astext(),
            "edition": facts["lang"],
            "words": facts["words"],
            "forms": list(FORMATS),
            "run_status": RUN_STATUS,
            **_fragments(app, figure, facts),
        }
        yield figure_page(identifier), context, _TEMPLATE


def _fragments(app: Sphinx, figure: dict[str, Any], facts: dict[str, Any]) -> dict[str, str]:
    """The parts of the page that are set as those of other pages are."""
    words = facts["words"]
    caption = f"{words['data_drawn']}{words['colon']}{figure['title']}"
    parameters = table(
        [words[key] for key in ("parameter", "value", "meaning")],
        [
            [[row["title"], " ", {"code": row["name"]}], row["value"], row["meaning"]]
            for row in facts["parameters"][figure["page"]]["rows"]
        ],
        classes=["parameters"],
    )
    data = figure["table"] | {"rows": _sources_linked(figure, words["list_semicolon"])}
    shown = {
        "data_table": _captioned(table(**data), caption, "drawn-data"),
        "parameter_table": _captioned(parameters, words["parameters_run"], "parameters"),
    }
    made = {name: _html(app, node) for name, node in shown.items()}
    if figure["cell"]:
        highlighter = app.builder.highlighter
        made["code"] = highlighter.highlight_block(figure["cell"]["code"], "python")
    return made


def _html(app: Sphinx, node: nodes.Element) -> str:
    """A node as HTML; what is whole needs none of the passes that a page goes through."""
    translator = app.builder.create_translator(
        new_document("", app.builder.docsettings), app.builder
    )
    node.walkabout(translator)
    return "".join(translator.body)


def _sources_linked(figure: dict[str, Any], comma: str) -> list[list[Cell]]:
    """The rows of what is drawn, where each source leads to its line in the list of sources."""
    rows, column = [], figure["source_column"]
    for row in figure["table"]["rows"]:
        links = source_links(source_ids([row[column]]), comma, "../")
        rows.append([*row[:column], links, *row[column + 1 :]])
    return rows


def _captioned(made: nodes.table, caption: str, anchor: str) -> nodes.table:
    made.insert(0, nodes.title("", caption))
    made["ids"] = [anchor]
    return made


def _hold_sidebar(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Keep the theme from making the list of pages only to see whether it is empty."""
    if templatename == _TEMPLATE:
        context["sidebars"] = [part for part in context["sidebars"] if part != _PAGE_LIST]


def add_to(app: Sphinx) -> None:
    made: dict[str, str] = {}

    def set_sidebar(
        app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
    ) -> None:
        """The list of pages is the same beside every figure, and takes long to make."""
        if templatename != _TEMPLATE:
            return
        make = context["generate_toctree_html"]

        def page_list(**asked: Any) -> str:
            key = repr(asked)
            if key not in made:
                made[key] = str(make(**asked))
            return made[key]

        context["generate_toctree_html"] = page_list
        context["sidebars"].append(_PAGE_LIST)

    app.connect("html-collect-pages", _collect_pages)
    # before and after the theme
    app.connect("html-page-context", _hold_sidebar, priority=100)
    app.connect("html-page-context", set_sidebar, priority=900)
