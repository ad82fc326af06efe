"""What figures and tables are about: rows of published tables, linked in both directions.

A table whose registry entry names a column under `row_ids` has an anchor for each row. A figure
or table that lists such rows under `about` links to them, and each of the rows links back. With
`row_phrase` the links know what the source of a row says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bindery.collect import Book
from bindery.faults import BinderyError, nearest
from bindery.identifiers import published_id, row_anchor
from bindery.pages import Page

Link = dict[str, str]


@dataclass(frozen=True)
class Subjects:
    """The links between the rows of a book's tables and the figures and tables about them."""

    book: Book

    @cached_property
    def _rows(self) -> dict[str, dict[str, list[Link]]]:
        """Links to rows, by the id of the row and the name of the page."""
        rows: dict[str, dict[str, list[Link]]] = {}
        for page in self.book.pages:
            for made in self.book.records[page.name].published("table").values():
                phrases = self._phrases(page, made)
                for place, (row, anchor) in enumerate(zip(*self._anchors(page, made), strict=True)):
                    link = {"text": row, "address": f"{page.name}.html#{anchor}"}
                    phrase = {"phrase": phrases[place]} if phrases else {}
                    rows.setdefault(row, {}).setdefault(page.name, []).append(link | phrase)
        return rows

    @cached_property
    def _about(self) -> dict[str, list[tuple[Page, str, str]]]:
        """The figures and tables about a row, by the address of the row."""
        found: dict[str, list[tuple[Page, str, str]]] = {}
        for page in self.book.pages:
            for kind in ("figure", "table"):
                for local in self.book.records[page.name].published(kind):
                    for target in self.subjects(page, f"{kind}s", local):
                        found.setdefault(target["address"], []).append((page, f"{kind}s", local))
        return found

    def subjects(self, page: Page, kind: str, local: str) -> list[Link]:
        """Links from a figure or table to the rows that it is about; those of its page first."""
        entry = self.book.registry.entry(page.notebook, kind, local)
        if not entry.get("about_where", {}).items() <= page.parameters.values.items():
            return []
        links = []
        for row in entry.get("about", []):
            if row not in self._rows:
                raise BinderyError(
                    f"book/figures.yml: {page.notebook} > {kind} > {local} is about {row!r}, which "
                    f"is no row of a published table; {nearest(row, list(self._rows))}"
                )
            by_page = self._rows[row]
            links += by_page.get(page.name) or [one for ones in by_page.values() for one in ones]
        return links

    def rows(
        self, page: Page, table: Mapping[str, Any], lang: str
    ) -> tuple[list[str], list[list[Link]]]:
        """For each row of a table, its anchor and the links to what is about it."""
        _, anchors = self._anchors(page, table)
        about = [self._about.get(f"{page.name}.html#{anchor}", []) for anchor in anchors]
        return anchors, [[self._link(*what, lang) for what in found] for found in about]

    def _link(self, page: Page, kind: str, local: str, lang: str) -> Link:
        title = self.book.words(page, kind, local, lang)["title"]
        return {"text": title, "address": f"{page.name}.html#{published_id(page.name, local)}"}

    def _anchors(self, page: Page, table: Mapping[str, Any]) -> tuple[list[str], list[str]]:
        """The ids of the rows of a table, and their anchors; empty where it has no `row_ids`."""
        column = self.book.registry.entry(page.notebook, "tables", table["id"]).get("row_ids")
        if column is None:
            return [], []
        place = column_place(page, table, column)
        rows = [str(row[place]) for row in table["rows"]]
        identifier = published_id(page.name, table["id"])
        return rows, [row_anchor(identifier, row) for row in rows]

    def _phrases(self, page: Page, table: Mapping[str, Any]) -> list[str]:
        """What the sources of the rows of a table say; empty where it has no `row_phrase`."""
        column = self.book.registry.entry(page.notebook, "tables", table["id"]).get("row_phrase")
        if column is None:
            return []
        place = column_place(page, table, column)
        return [row[place] for row in table["rows"]]


def column_place(page: Page, table: Mapping[str, Any], column: str) -> int:
    """Where a column stands in a published table."""
    if column not in table["columns"]:
        raise BinderyError(
            f"{page.name}: the table {table['id']!r} has no column {column!r}, which "
            f"book/figures.yml names; {nearest(column, table['columns'])}"
        )
    return table["columns"].index(column)
