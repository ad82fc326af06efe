"""Tables of the pages, each as one node.

Docutils makes three nodes of a cell, and each of the many passes of Sphinx visits them all: tables
made so took three quarters of the time of a book. Here a table keeps its cells as they are until
it is written.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any
from unicodedata import east_asian_width

from docutils import nodes
from sphinx.application import Sphinx

from bindery.sphinx.foreign import text_html
from bindery.sphinx.nodes import skip

# A part of a cell is a text, or one of: text and address (a link), page (a link by its title),
# code, summary and text (a cell to be unfolded), copy and text (with a button that copies it, whose
# words are under copy).
Cell = str | Sequence[str | Mapping[str, Any]]
SHORT = 26  # letters of a cell that leaves room for another beside it on a card


class TableBody(nodes.General, nodes.Element):
    """The head and the rows of a table."""


class Filters(nodes.General, nodes.Element):
    """Choosers above a table, for a reader with scripts: `columns` holds their heads by number."""


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    numeric: Sequence[bool] = (),
    row_ids: Sequence[str] = (),
    classes: Iterable[str] = (),
    searchable: bool = False,
    values: Sequence[Sequence[str]] = (),
) -> nodes.table:
    """A table; columns marked `numeric` are set flush right, and search finds it if told so.

    `values` hold the numbers by which a reader's program sorts rows, where cells show others.
    Rows of a table of the class `cards` are set one below the other, each cell after its head; of
    the class `stacked` on a narrow screen and on paper.
    """
    made = nodes.table(classes=["data-table", *classes])
    body = TableBody(
        head=list(head),
        rows=[list(row) for row in rows],
        numeric=list(numeric) or [False] * len(head),
        row_ids=list(row_ids),
        cards="cards" in made["classes"],
        stacked="stacked" in made["classes"],
        values=[list(row) for row in values],
    )
    if searchable:
        texts = (text for row in rows for cell in row for text in _texts(cell))
        body += nodes.Text(" ".join(dict.fromkeys([*head, *texts])))
    made += body
    return made


def joined(targets: Sequence[Mapping[str, str]], comma: str) -> list[str | Mapping[str, str]]:
    """The cell of several links."""
    parts: list[str | Mapping[str, str]] = []
    for target in targets:
        parts += [comma, target] if parts else [target]
    return parts


def source_links(names: Iterable[str], comma: str, root: str = "") -> list[str | Mapping[str, str]]:
    """The cell of several sources, each with the way from `root` to its line in their list."""
    places = ((name, f"{root}sources.html#source-{name}") for name in names)
    return joined([{"text": name, "address": place} for name, place in places], comma)


def _parts(cell: Cell) -> Sequence[str | Mapping[str, Any]]:
    return [cell] if isinstance(cell, str) else cell


def _texts(cell: Cell) -> Iterator[str]:
    for part in _parts(cell):
        if isinstance(part, str):
            yield part
        else:
            yield from _texts(part.get("text", ""))


def _width(text: str) -> int:
    """How many Latin letters wide a text is: a Chinese character takes the room of two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def copy_button(encode: Callable[[str], str], words: Mapping[str, str], element: str = "") -> str:
    """A button that copies the element of an id, or else the one before it; for scripts."""
    source = f' data-from="{element}"' if element else ""
    return (
        f'<button type="button" class="btn btn-sm copy-text" hidden{source}'
        f' data-copied="{encode(words["copied"])}" data-selected="{encode(words["copy_by_keys"])}">'
        f"{encode(words['copy'])}</button>"
    )


def _part_html(translator: Any, part: str | Mapping[str, str]) -> str:
    encode = translator.encode
    if isinstance(part, str):
        return text_html(translator, part)
    if "page" in part:
        title = text_html(translator, translator.builder.env.titles[part["page"]].astext())
        own = translator.builder.current_docname
        address = translator.builder.get_relative_uri(own, part["page"])
        return f'<a class="reference internal" href="{encode(address)}">{title}</a>'
    if "code" in part:
        return f'<code class="identifier">{encode(part["code"])}</code>'
    if "summary" in part:
        inner = "".join(_part_html(translator, one) for one in _parts(part["text"]))
        summary = text_html(translator, part["summary"])
        return f'<details class="more"><summary>{summary}</summary><p>{inner}</p></details>'
    text = text_html(translator, part["text"])
    if "copy" in part:
        return f"<span>{text}</span> {copy_button(encode, part['copy'])}"
    way = "external" if "://" in part["address"] else "internal"
    return f'<a class="reference {way}" href="{encode(part["address"])}">{text}</a>'


def heads_style(heads: Sequence[str]) -> str:
    """The heads for a style sheet, which sets them before cells: in each row they weighed much."""
    return "; ".join(
        f"--head-{column}: {json.dumps(f'{head} ', ensure_ascii=False)}"
        for column, head in enumerate(heads)
    )


def _visit_body(translator: Any, node: TableBody) -> None:
    encode = translator.encode
    # a table says most things several times
    words_html = functools.cache(functools.partial(text_html, translator))

    @functools.cache
    def classes(column: int, *others: str) -> str:
        flush = ["numeric"] if node["numeric"][column] else []
        return f'class="{" ".join([*others, f"column-{column}", *flush])}"'

    def cell_html(column: int, cell: Cell, value: str) -> str:
        text = "".join(
            words_html(part) if isinstance(part, str) else _part_html(translator, part)
            for part in _parts(cell)
        )
        if node["cards"] and text:
            head = f'<span class="cell-head">{words_html(node["head"][column])}</span>'
            text = f'{head}<div class="cell-text">{text}</div>'
            short = ["short"] if _width("".join(_texts(cell))) <= SHORT else []
            return f"<td {classes(column, *short)}>{text}</td>"
        sorted_by = f' data-value="{value}"' if value else ""
        absent = ["absent"] if node["stacked"] and text in ("", "—") else []
        return f"<td {classes(column, *absent)}{sorted_by}>{text}</td>"

    heads = "".join(
        f'<th {classes(column, "head")} scope="col">{words_html(text)}</th>'
        for column, text in enumerate(node["head"])
    )
    told = f' style="{encode(heads_style(node["head"]))}"' if node["stacked"] else ""
    translator.body.append(f"\n<thead><tr>{heads}</tr></thead>\n<tbody{told}>\n")
    for number, row in enumerate(node["rows"]):
        anchor = f' id="{encode(node["row_ids"][number])}"' if node["row_ids"] else ""
        values = node["values"][number] if node["values"] else ()
        cells = "".join(
            cell_html(column, cell, value)
            # a column of links may follow
            for column, (cell, value) in enumerate(zip_longest(row, values, fillvalue=""))
        )
        translator.body.append(f"<tr{anchor}>{cells}</tr>\n")
    translator.body.append("</tbody>\n")
    raise nodes.SkipNode


def _visit_filters(translator: Any, node: Filters) -> None:
    encode, words = translator.encode, node["words"]
    parts = ['<form class="row-filters" hidden>']
    for column, head in node["columns"].items():
        parts.append(
            f'<label>{encode(head)} <select data-column="{column}">'
            f'<option value="">{encode(words["all"])}</option></select></label>'
        )
    parts.append(
        f'<label>{encode(words["search_rows"])} <input type="search"></label>'
        f"<output><span></span> {encode(words['shown'])}</output></form>"
    )
    translator.body.append("\n".join(parts))
    raise nodes.SkipNode


def add_to(app: Sphinx) -> None:
    for kind, visit in ((TableBody, _visit_body), (Filters, _visit_filters)):
        app.add_node(kind, html=(visit, None), latex=(skip, None), text=(skip, None))
