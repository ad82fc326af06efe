"""What a run publishes: one folder, written while the notebook runs.

`record.jsonl` has a line for each figure, table, result, note and refusal, in the order in which
the notebook published them; `figures/<local id>/` holds the drawn files.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RECORD = "record.jsonl"
ENTRIES = ("figure", "table", "result", "note", "refusal")


def write_atomically(path: Path, content: bytes | str) -> None:
    """Write a whole file or nothing: a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content.encode() if isinstance(content, str) else content)
    os.replace(part, path)


def canonical_json(value: Any) -> str:
    """JSON with sorted keys, so that the same facts are the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Recorder:
    """The notebook's side: adds lines and files to the folder of a run."""

    def __init__(self, folder: Path):
        self.folder = folder

    def add(self, entry: str, local: str, facts: Mapping[str, Any]) -> None:
        line = json.dumps(
            {"entry": entry, "id": local, **facts}, ensure_ascii=False, allow_nan=False
        )
        with (self.folder / RECORD).open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")

    def add_file(self, local: str, name: str, content: bytes) -> str:
        write_atomically(self.folder / "figures" / local / name, content)
        return checksum(content)


@dataclass(frozen=True)
class RunRecord:
    """The reader's side: everything one finished run published."""

    page: str
    notebook: str
    folder: Path
    seconds: float
    warnings: tuple[str, ...] = ()
    engine: str = ""
    # whether the result of an earlier run was taken
    kept: bool = False
    entries: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    def published(self, entry: str) -> Mapping[str, Mapping[str, Any]]:
        """What the run published as `entry` (one of ENTRIES), by local id."""
        return self.entries.get(entry, {})


def read_record(
    page: str,
    notebook: str,
    folder: Path,
    seconds: float,
    warnings: tuple[str, ...] = (),
    engine: str = "",
    kept: bool = False,
) -> RunRecord:
    entries: dict[str, dict[str, Any]] = {}
    for line in _lines(folder / RECORD):
        entries.setdefault(line["entry"], {})[line["id"]] = line
    return RunRecord(page, notebook, folder, seconds, warnings, engine, kept, entries)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if path.is_file():
        # not splitlines: JSON leaves line separators of Unicode inside a text as they are
        for text in path.read_text(encoding="utf-8").split("\n")[:-1]:
            yield json.loads(text)


def source_ids(values: Iterable[str]) -> list[str]:
    """The single ids in a column of ids, several of which may be joined by a semicolon.

    >>> source_ids(["a;b", "", "b"])
    ['a', 'b']
    """
    parts = (part.strip() for value in values for part in str(value).split(";"))
    return sorted({part for part in parts if part})
