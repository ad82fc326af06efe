"""What is done of a sweep: a line for each run as it finishes, and one table at the end.

`results.jsonl` grows by whole lines, so a process may end anywhere; what a call that was killed
left of a line is taken away by the next one. `inputs/` says what the runs have read: a line that
rests on something else by now is taken away as well, and its row runs again.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bindery.cache.files import canonical, digest, write_whole
from bindery.cache.inputs import Digests, Inputs, changed
from bindery.sweep.grid import OWN_COLUMNS, Grid
from bindery.sweep.outcome import FAILED, Outcome

LINES, TABLE, INPUTS = "results.jsonl", "results.csv", "inputs"
# of a result, in the table
_COLUMNS = ("value", "low", "high", "kind")
_FIRST, *_LAST = OWN_COLUMNS
# of an outcome, in a line
_NAMES = (
    *("row", "key", "status", "parameters", "results"),
    *("refusals", "warnings", "seconds", "error"),
)
_NOWHERE = -1
# what it takes to read anything but a line
_NO_LINE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


class Ledger:
    """The results of one sweep in a folder; one process at a time writes them."""

    def __init__(self, folder: Path, grid: Grid):
        self.folder = folder
        self.grid = grid
        self.done = self.failed = self.warned = 0
        self.first_failure = self.first_warning = ""
        # of each row that is run, where its line begins
        self._places = array("q", [_NOWHERE]) * (len(grid) + 1)
        self._known: set[str] = set()
        self._path = folder / LINES

    def resume(
        self,
        keys: Mapping[str, int],
        digests: Digests,
        whole: Callable[[Mapping[str, Any]], bool],
    ) -> None:
        """Take over the lines of an earlier call that still hold, and take away all others.

        `keys` are those that runs have now, with their rows; `whole` says whether all else that
        belongs to a line is there.
        """
        part = self._path.with_name(f".{LINES}.part")
        with part.open("wb") as stream:
            for line in self._lines():
                row = keys.get(line["key"])
                if row is None or self.holds(row):
                    continue
                line["row"] = row
                if self._rests_on(line["inputs"], digests) and whole(line):
                    self._write(stream, line)
        os.replace(part, self._path)
        for file in (self.folder / INPUTS).glob("*"):
            if file.stem not in self._known:
                file.unlink()

    def holds(self, row: int) -> bool:
        """Whether the run of a row is written down."""
        return self._places[row] != _NOWHERE

    def add(self, outcome: Outcome) -> None:
        line = {name: getattr(outcome, name) for name in _NAMES}
        line["inputs"] = self._note_inputs(outcome.inputs)
        with self._path.open("ab") as stream:
            self._write(stream, line)

    def _write(self, stream: Any, line: Mapping[str, Any]) -> None:
        self._places[line["row"]] = stream.tell()
        plain = {name: line[name] for name in (*_NAMES, "inputs")}
        proven = plain | {"proof": _proof(plain)}
        stream.write(json.dumps(proven, ensure_ascii=False, allow_nan=False).encode() + b"\n")
        self._count(plain)

    def _count(self, line: Mapping[str, Any]) -> None:
        self.done += 1
        if line["status"] == FAILED:
            self.failed += 1
            self.first_failure = self.first_failure or f"row {line['row']}: {line['error']}"
        if line["warnings"]:
            self.warned += 1
            self.first_warning = self.first_warning or f"row {line['row']}: {line['warnings'][0]}"

    def _lines(self) -> Iterator[dict[str, Any]]:
        """The lines of an earlier call that are whole."""
        with contextlib.suppress(FileNotFoundError), self._path.open("rb") as stream:
            for text in stream:
                with contextlib.suppress(*_NO_LINE):
                    line = json.loads(text)
                    if line.pop("proof") == _proof(line):
                        yield line

    def _note_inputs(self, inputs: Inputs | None) -> str:
        """Write down what a run has read, once for all that have read the same."""
        if inputs is None:
            return ""
        content = canonical(inputs).encode()
        checksum = digest(content)
        if checksum not in self._known:
            write_whole(str(self._inputs(checksum)), content)
            self._known.add(checksum)
        return checksum

    def _inputs(self, checksum: str) -> Path:
        return self.folder / INPUTS / f"{checksum}.json"

    def _rests_on(self, checksum: str, digests: Digests) -> bool:
        """Whether all that a run has read is as it was."""
        if checksum and checksum not in self._known:
            with contextlib.suppress(OSError, ValueError):
                content = self._inputs(checksum).read_bytes()
                if digest(content) == checksum and not changed(json.loads(content), digests):
                    self._known.add(checksum)
        return checksum in self._known

    def changed(self, digests: Digests) -> list[str]:
        """In words, what changed since the runs have read it."""
        found: dict[str, None] = {}
        for checksum in self._known:
            inputs = json.loads(self._inputs(checksum).read_bytes())
            found |= dict.fromkeys(changed(inputs, digests))
        return list(found)

    def read(self, row: int) -> dict[str, Any]:
        """The line of a row that is run, or of the row that has the same values."""
        with self._path.open("rb") as stream:
            stream.seek(self._places[self.grid.first[row - 1]])
            return json.loads(stream.readline())

    def write_table(self) -> tuple[Path, Sequence[int]]:
        """All rows in the order of the grid in one table, written whole; with those that failed."""
        path = self.folder / TABLE
        part = path.with_name(f".{TABLE}.part")
        rows = range(1, len(self.grid) + 1)
        # in the order of the notebook, which a row may leave early
        results = dict.fromkeys(local for row in rows for local in self.read(row)["results"])
        with part.open("w", encoding="utf-8", newline="") as stream:
            table = csv.writer(stream, lineterminator="\n")
            measured = [f"{local}.{column}" for local in results for column in _COLUMNS]
            table.writerow([_FIRST, *self.grid.names, *measured, *_LAST])
            failed = array("l")
            for row in rows:
                line = self.read(row)
                if line["status"] == FAILED:
                    failed.append(row)
                table.writerow(_cells(row, line, self.grid.names, results))
        os.replace(part, path)
        return path, failed


def _proof(line: Mapping[str, Any]) -> str:
    """A line that a disk or an editor has changed is not believed."""
    return digest(canonical(line))[:16]


def _cells(
    row: int, line: Mapping[str, Any], names: tuple[str, ...], results: Mapping[str, None]
) -> list[Any]:
    found = line["results"]
    measured = [found.get(local, {}).get(column) for local in results for column in _COLUMNS]
    return [
        row,
        *(_cell(line["parameters"][name]) for name in names),
        *measured,
        "; ".join(line["refusals"]),
        "; ".join(line["warnings"]),
        line["status"],
        _first_lines(line["error"]),
        round(line["seconds"], 3),
        line["key"],
    ]


def _cell(value: Any) -> Any:
    """A parameter as the command line takes it."""
    plain = isinstance(value, str) or value is None
    return value if plain else json.dumps(value, ensure_ascii=False)


def _first_lines(error: str) -> str:
    """Without the excerpt of the traceback, which the line has."""
    return " ".join(text.strip() for text in error.split("\n") if not text.startswith("    "))
