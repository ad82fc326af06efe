"""From the records of all runs to the published files: figures, tables, results, runs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bindery.cache.files import digest, file_digest, write_whole
from bindery.execute import EXECUTED
from bindery.faults import BinderyError
from bindery.fields import field
from bindery.identifiers import published_id
from bindery.lookup import read_rows
from bindery.pages import Page
from bindery.project import LANGUAGES, Project
from bindery.publication import read_publication
from bindery.record import ENTRIES, FIGURE_DATA, RunRecord, canonical_json
from bindery.registry import SLOT, Registry, bilingual_parts, fill_slots, slot_values
from bindery.sweep.declared import DeclaredSweep
from bindery.words import word

if TYPE_CHECKING:
    from bindery.versions.history import History

FIGURE_SHEET = "figure.json"


@dataclass(frozen=True)
class Book:
    """Everything that the pages of both editions are made from."""

    project: Project
    registry: Registry
    labels: Mapping[str, Any]
    pages: Sequence[Page]
    records: Mapping[str, RunRecord]
    sweeps: Sequence[DeclaredSweep] = ()
    # the files that are drawn of each figure; they may be drawn still
    drawn: Sequence[str] = ()

    @cached_property
    def sources(self) -> dict[str, dict[str, str]]:
        """The rows of the table of sources by their id."""
        return {row["source_id"]: row for row in read_rows(self.project, self.project.sources)}

    @cached_property
    def publication(self) -> dict[str, Any]:
        return read_publication(self.project)

    @cached_property
    def history(self) -> History:
        """The published versions, and the snapshot of this book."""
        # which in turn is made from books
        from bindery.versions.history import read_history
        from bindery.versions.snapshot import book_snapshot

        return read_history(self.project, book_snapshot(self))

    @cached_property
    def results(self) -> dict[str, dict[str, Any]]:
        """Every published number: id, value, low, high, unit, kind, n, page, sources."""
        results = {}
        for page in self.pages:
            for local, facts in self.records[page.name].published("result").items():
                identifier = published_id(page.name, local)
                measured = {key: part for key, part in facts.items() if key not in ("entry", "id")}
                results[identifier] = {
                    "id": identifier,
                    "page": page.name,
                    "local": local,
                    **measured,
                }
        return results

    @cached_property
    def result_entries(self) -> dict[str, dict[str, Any]]:
        """Every published number with its words and the grade of its weakest source."""
        pages = {page.name: page for page in self.pages}
        return {
            identifier: {
                **result,
                "grade": self.grade(result["sources"]),
                "words": _all_words(self, pages[result["page"]], "results", result["local"]),
            }
            for identifier, result in self.results.items()
        }

    @cached_property
    def shown_results(self) -> dict[str, dict[str, Any]]:
        """For each language, what pages show of every published number."""
        from bindery.registers import result_facts

        return {lang: result_facts(self, lang) for lang in LANGUAGES}

    @cached_property
    def figure_sheets(self) -> dict[str, dict[str, Any]]:
        """What is told of each figure: facts that follow from the content alone."""
        style = digest(self.project.style.read_bytes() if self.project.style else b"")
        return {
            published_id(page.name, local): sheet(self, page, "figures", local, facts)
            | {
                "fields": _drawn_fields(self, page, local, facts),
                "style_sha256": style,
                # what is drawn of it may not be there yet
                "files": {FIGURE_DATA: file_digest(str(record.figure_data(local)))},
                **{key: facts[key] for key in ("chart", "chart_sha256")},
            }
            for page in self.pages
            for record in [self.records[page.name]]
            for local, facts in record.published("figure").items()
        }

    @cached_property
    def drawing_cells(self) -> dict[str, dict[str, Any]]:
        """The code that published each figure; of none whose cell captured what it showed."""
        cells = {}
        for page in self.pages:
            ran = (self.records[page.name].folder / EXECUTED).read_text(encoding="utf-8")
            for cell in json.loads(ran)["cells"]:
                for output in cell.get("outputs", ()):
                    mark = output.get("metadata", {}).get("bindery", {})
                    if mark.get("kind") == "figure":
                        code = "".join(cell["source"])
                        told = {"number": cell["execution_count"], "code": code}
                        cells.setdefault(published_id(page.name, mark["id"]), told)
        return cells

    def text(self, page: Page, text: Mapping[str, str], lang: str) -> str:
        """A text of the registry with the results of its page in its slots."""

        def find_result(name: str) -> Mapping[str, Any] | None:
            return self.results.get(published_id(page.name, name))

        value = slot_values(page.parameters, find_result, self.labels, lang)
        filled, unfilled = fill_slots(text[lang], value, word("missing", lang))
        if unfilled:
            raise BinderyError(
                f"{page.name}: the text {text[lang][:60]!r} needs {', '.join(unfilled)}, which the "
                "run did not publish; publish it, or do not show this text with these parameters"
            )
        return filled

    def words(self, page: Page, kind: str, local: str, lang: str) -> dict[str, str]:
        """All texts of a registry entry in one language, filled."""
        entry = self.registry.entry(page.notebook, kind, local)
        return {part: self.text(page, text, lang) for part, text in bilingual_parts(entry).items()}

    def require_words(self) -> None:
        """An error that names everything that was published without words in the registry."""
        published = [
            (page.notebook, f"{kind}s", local)
            for page in self.pages
            # the words of a refusal come with it
            for kind in ENTRIES
            if kind != "refusal"
            for local in self.records[page.name].published(kind)
        ]
        faults: dict[str, None] = {}
        for entry in published:
            try:
                self.registry.entry(*entry)
            except BinderyError as error:
                faults[str(error)] = None
        if faults:
            raise BinderyError("\n".join(faults))

    def grade(self, sources: Sequence[str]) -> str:
        """The weakest grade among sources; an unknown source is an error."""
        unknown = [source for source in sources if source not in self.sources]
        if unknown:
            raise BinderyError(
                f"{', '.join(unknown)}: not in data/{self.project.sources}.csv; "
                "add the publication there before a number rests on it"
            )
        return max((self.sources[source]["grade"] for source in sources), default="")


def write_figures(book: Book, folder: Path) -> None:
    """`figures/<id>/`: files and sheet of each figure; equal input is equal bytes."""
    for identifier, told in book.figure_sheets.items():
        target = folder / identifier
        target.mkdir(parents=True)
        found = book.records[told["page"]].figure_files(told["local"])
        for path in found:
            shutil.copy2(path, target)
        files = {path.name: file_digest(str(path)) for path in found}
        write_whole(target / FIGURE_SHEET, canonical_json(told | {"files": files}))


def _drawn_fields(
    book: Book, page: Page, local: str, facts: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """What each column of the data of a figure holds."""
    names = facts["columns"]
    looks = book.registry.entry(page.notebook, "figures", local).get("columns", {})
    named = {*looks, *(look["unit_in"] for look in looks.values() if "unit_in" in look)}
    if unknown := sorted(named - {*names}):
        raise BinderyError(
            f"book/figures.yml: {page.notebook} > figures > {local} > columns: found "
            f"{', '.join(unknown)}; allowed: a column of its data: {', '.join(names)}"
        )
    return [
        field(book.labels, name, [row[place] for row in facts["rows"]], looks.get(name, {}))
        for place, name in enumerate(names)
    ]


def write_results(book: Book, file: Path) -> None:
    """The list of all published numbers."""
    write_whole(file, canonical_json(list(book.result_entries.values())))


def cells_digest(table: Mapping[str, Any]) -> str:
    """The checksum of what a table holds, whatever it is called and however it is shown."""
    return digest(canonical_json({key: table[key] for key in ("columns", "rows")}))


def sheet(
    book: Book, page: Page, kind: str, local: str, facts: Mapping[str, Any]
) -> dict[str, Any]:
    """What is told of a figure as of a table."""
    return {
        "id": published_id(page.name, local),
        "page": page.name,
        "notebook": page.notebook,
        "local": local,
        "parameters": dict(page.parameters.values),
        "words": _all_words(book, page, kind, local),
        "results": _named_results(book, page, kind, local),
        "grade": book.grade(facts["sources"]),
        "sources": facts["sources"],
        "columns": facts["columns"],
    }


def _named_results(book: Book, page: Page, kind: str, local: str) -> list[str]:
    """The ids of the results that the words of a figure or table name, in their order."""
    entry = book.registry.entry(page.notebook, kind, local)
    slots = [
        slot.partition(".")[0]
        for text in bilingual_parts(entry).values()
        for lang in LANGUAGES
        for slot in SLOT.findall(text[lang])
    ]
    return [
        published_id(page.name, name)
        for name in dict.fromkeys(slots)
        if name not in page.parameters.values
    ]


def _all_words(book: Book, page: Page, kind: str, local: str) -> dict[str, dict[str, str]]:
    return {lang: book.words(page, kind, local, lang) for lang in LANGUAGES}
