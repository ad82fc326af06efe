"""What a citation says of one thing, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bindery.cache.files import digest
from bindery.identifiers import REGISTER, version_page
from bindery.record import canonical_json
from bindery.words import word

BOOK, FIGURE, TABLE, RESULT, DATA = "book", "figure", "table", "result", "data"
# of copies and secondary texts the address seldom lives: they are named, not linked
LINKED_GRADES = ("A", "B")
# what a reader calls each part of a book
_CALLED = {FIGURE: "figure", TABLE: "table", RESULT: "result", DATA: "data_table"}
# a short checksum as long as people quote one; the files tell the whole of it
_SHORT = 12
_PERIOD_COLUMNS = ("period", "year")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True)
class Cited:
    """A book, or one part of it: a figure, a table, a result, a data table.

    `content` is the checksum of what it consists of: of the drawn data of a figure, of the rows of
    a table, of a result as it is published, of the file of a data table. `published` is what the
    book tells of it beside: the sheet of a figure, the entry of a table or of a result. `kept` says
    whether the version, as it is published, holds it as it is cited.
    """

    kind: str
    identifier: str
    lang: str
    title: str
    publication: Mapping[str, Any]
    content: str = ""
    published: Mapping[str, Any] = field(default_factory=dict)
    accessed: date | None = None
    kept: bool = False

    @property
    def authors(self) -> list[str]:
        return [author[self.lang] for author in self.publication["authors"]]

    @property
    def book(self) -> str:
        return self.publication["title"][self.lang]

    @property
    def version(self) -> str:
        """The version of the book, as it stands within a sentence."""
        return word("version", self.lang).format(self.publication["version"])

    @property
    def edition(self) -> str:
        """The version of the book, as it stands by itself."""
        return self.version[0].upper() + self.version[1:]

    @property
    def called(self) -> str:
        """What kind of thing it is, and its id: `Figure harvest-sheaves-by-year`."""
        gap = " " if self.lang == "en" else ""
        return f"{word(_CALLED[self.kind], self.lang)}{gap}{self.identifier}"

    @property
    def mark(self) -> str:
        """What identifies the content: years later it proves which data stood there."""
        return f"sha256:{self.content[:_SHORT]}" if self.content else ""

    @property
    def key(self) -> str:
        """A key for bibliographies, the same in every version and language.

        A part has that of its id, a book that of its English title up to a colon.
        """
        title = self.publication["title"]["en"].partition(":")[0].replace("'", "")
        name = self.identifier or title.lower()
        return re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-") or "book"

    @property
    def doi(self) -> str:
        """The DOI of the book, bare, where it has one."""
        return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", self.publication.get("doi", ""))

    @property
    def address(self) -> str:
        """Where its present version can be read, where the book has an address."""
        root = self._root
        if not root or self.kind in (BOOK, DATA):
            return root
        page = {
            FIGURE: f"figures/{self.identifier}.html",
            TABLE: f"{self.published.get('page', '')}.html#{self.identifier}",
            RESULT: f"{REGISTER}.html#{self.identifier}",
        }[self.kind]
        return f"{root}/{self.lang}/{page}"

    @property
    def version_place(self) -> str:
        """Its line on the page of the version, in its edition; empty where that has none."""
        page = version_page(self.publication["version"])
        return f"{page}.html#{self.identifier}" if self.kept else ""

    @property
    def permalink(self) -> str:
        """Where a reader finds what is cited: in the version that holds it, if one does."""
        place = self.version_place
        return f"{self._root}/{self.lang}/{place}" if self._root and place else self.address

    @property
    def _root(self) -> str:
        return self.publication.get("address", "").rstrip("/")

    @property
    def link(self) -> str:
        """The DOI as an address, or else the permalink; empty where there is neither."""
        return f"https://doi.org/{self.doi}" if self.doi else self.permalink


def result_content(result: Mapping[str, Any]) -> str:
    """The checksum of a result as it is published; other words for it leave it as it is."""
    measured = {name: value for name, value in result.items() if name != "words"}
    return digest(canonical_json(measured).encode())


def period_of(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The years that rows are about, as ISO 8601 writes it; empty where no column tells.

    >>> period_of(["field", "year"], [["north", 1901], ["north", 1900.0], ["south", None]])
    '1900/1901'
    >>> period_of(["period"], [["1900M01-M11"]])
    '1900'
    """
    places = [place for place, column in enumerate(columns) if column in _PERIOD_COLUMNS]
    years = {year for row in rows for place in places for year in _YEAR.findall(str(row[place]))}
    return "/".join(sorted({min(years), max(years)})) if years else ""
