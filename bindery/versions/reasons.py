"""Why something may have moved between two versions: rows of the data, parameters, code, packages.

A row is a possible reason for what a page published if the page's run read the row's table. Where
the row and what was published both name their sources, only rows of a source that is cited count;
the other rows that the page read are told apart. A row names its sources in the columns whose names
end in `source_id` or `source_ids`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bindery.datarows import table_of
from bindery.record import source_ids
from bindery.versions.snapshot import Snapshot

NEW, GONE, CHANGED = "new", "gone", "changed"
_OF_SOURCES = ("source_id", "source_ids")


@dataclass(frozen=True)
class RowChange:
    """A row of the data that is new, gone or changed: in `cells`, as (column, before, now)."""

    row: str
    state: str
    cells: tuple[tuple[str, str, str], ...]
    sources: frozenset[str]


@dataclass(frozen=True)
class Because:
    """What may be the reason of a change; rows are told by their ids.

    `rows` are of cited sources, `others` are further rows that the page read. Where it is not
    `known` what the page read, `rows` are all that changed. `page` says that the page itself is new
    or gone, in which case nothing else is asked.
    """

    rows: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    # (name, before, now)
    parameters: tuple[tuple[str, Any, Any], ...] = ()
    # names of files; of the binder's own files its name
    code: tuple[str, ...] = ()
    packages: bool = False
    page: str = ""
    known: bool = True

    @property
    def made_otherwise(self) -> bool:
        """Whether something other than rows of the data differs."""
        return bool(self.parameters or self.code or self.packages or self.page)


class Reasons:
    """What differs between two snapshots, as far as it can be the reason of something."""

    def __init__(self, old: Snapshot, new: Snapshot):
        self._old, self._new = old, new
        self.rows = {change.row: change for change in _row_changes(old, new)}

    def of_page(self, page: str) -> Because:
        """How a page is made otherwise, whatever its rows."""
        old, new = self._old["pages"].get(page), self._new["pages"].get(page)
        if old is None or new is None:
            return Because(page=NEW if new else GONE)
        values = old["parameters"], new["parameters"]
        return Because(
            parameters=tuple(
                (name, *(given.get(name) for given in values))
                for name in sorted({*values[0], *values[1]})
                if values[0].get(name) != values[1].get(name)
            ),
            code=tuple(self._code(old, new)),
            packages=self._old["lock"] != self._new["lock"],
            known=old["read"] is not None and new["read"] is not None,
        )

    def _code(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[str]:
        if (old["notebook"], old["cells"]) != (new["notebook"], new["cells"]):
            yield f"{new['notebook']}.ipynb"
        for name in sorted({*(old["read"] or ()), *(new["read"] or ())}):
            if self._old["files"].get(name) != self._new["files"].get(name):
                yield name

    def of(self, page: str, cited: Iterable[str]) -> Because:
        """Why something that a page publishes may have moved; `cited` are its sources."""
        made, cited = self.of_page(page), set(cited)
        if made.page:
            return made
        read = self._tables_read(page) if made.known else {table_of(row) for row in self.rows}
        rows, others = [], []
        for row, change in self.rows.items():
            if table_of(row) in read:
                apart = cited and change.sources and made.known and not cited & change.sources
                (others if apart else rows).append(row)
        return Because(
            tuple(rows), tuple(others), made.parameters, made.code, made.packages, known=made.known
        )

    def _tables_read(self, page: str) -> set[str]:
        read = {
            name for snapshot in (self._old, self._new) for name in snapshot["pages"][page]["read"]
        }
        tables = self._old["data"] | self._new["data"]
        return {name for name, table in tables.items() if table["file"] in read}


def _row_changes(old: Snapshot, new: Snapshot) -> Iterable[RowChange]:
    for row in sorted({*old["rows"], *new["rows"]}):
        before, now = _cells(old, row), _cells(new, row)
        cells = tuple(
            (column, before.get(column, ""), now.get(column, ""))
            for column in {**before, **now}
            if before.get(column, "") != now.get(column, "")
        )
        if cells:
            state = CHANGED if before and now else NEW if now else GONE
            yield RowChange(row, state, cells, _sources(before) | _sources(now))


def _cells(snapshot: Snapshot, row: str) -> dict[str, str]:
    if row not in snapshot["rows"]:
        return {}
    columns = snapshot["data"][table_of(row)]["columns"]
    return dict(zip(columns, snapshot["rows"][row], strict=True))


def _sources(cells: Mapping[str, str]) -> frozenset[str]:
    named = [cell for column, cell in cells.items() if column.endswith(_OF_SOURCES)]
    return frozenset(source_ids(named))
