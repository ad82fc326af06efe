"""What a run publishes: one folder, written while the notebook runs.

`record.jsonl` has a line for each figure, table, result, note and refusal, in the order in which
the notebook published them. `drawings/<local id>.pickle` says what is to be drawn;
`figures/<local id>/` holds the figure's data, and in time its drawn files.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from bindery.cache.files import write_whole
from bindery.cache.inputs import Inputs
from bindery.faults import BinderyError

RECORD = "record.jsonl"
FIGURE_DATA = "data.csv"
ENTRIES = ("figure", "table", "result", "note", "refusal")


def canonical_json(value: Any) -> str:
    """JSON with sorted keys, so that the same facts are the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


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

    def add_drawing(self, local: str, chart: str, data: Any, options: Mapping[str, Any]) -> None:
        """What `chart`, a name module:function, is to draw; another process will draw it."""
        try:
            content = pickle.dumps((chart, data, dict(options)))
        # what cannot be set down may say so by any error
        except Exception as error:  # noqa: BLE001
            raise BinderyError(
                f"figure {local!r}: its data or options cannot be set down ({error}); "
                "allowed: tables, numbers, texts, and objects whose class stands in a module"
            ) from None
        write_whole(drawing_file(self.folder, local), content)
        text = data.to_csv(index=False, lineterminator="\n")
        write_whole(self.folder / "figures" / local / FIGURE_DATA, text)


def drawing_file(folder: Path, local: str) -> Path:
    """Where a run says what a figure of it shows."""
    return folder / "drawings" / f"{local}.pickle"


def is_drawing(path: PurePath) -> bool:
    """Whether a path in the folder of a run is such a file."""
    return path.parts[:-1] == ("drawings",) and path.suffix == ".pickle"


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
    # what the run read, where all of it is known
    inputs: Inputs | None = None

    def published(self, entry: str) -> Mapping[str, Mapping[str, Any]]:
        """What the run published as `entry` (one of ENTRIES), by local id."""
        return self.entries.get(entry, {})

    def figure_data(self, local: str) -> Path:
        """The data of a figure."""
        return self.folder / "figures" / local / FIGURE_DATA

    def figure_files(self, local: str) -> Sequence[Path]:
        """The data of a figure, and what has been drawn of it."""
        return sorted((self.folder / "figures" / local).iterdir())


def read_record(
    page: str,
    notebook: str,
    folder: Path,
    seconds: float,
    warnings: tuple[str, ...] = (),
    engine: str = "",
    kept: bool = False,
) -> RunRecord:
    path = folder / RECORD
    entries = parse_record(path.read_text(encoding="utf-8") if path.is_file() else "")
    return RunRecord(page, notebook, folder, seconds, warnings, engine, kept, entries)


def parse_record(content: str) -> dict[str, dict[str, Any]]:
    """What a run published: kind of entry -> local id -> facts."""
    entries: dict[str, dict[str, Any]] = {}
    # not splitlines: JSON leaves line separators of Unicode inside a text as they are
    for text in content.split("\n")[:-1]:
        line = json.loads(text)
        entries.setdefault(line["entry"], {})[line["id"]] = line
    return entries


def source_ids(values: Iterable[str]) -> list[str]:
    """The single ids in a column of ids, several of which may be joined by a semicolon.

    >>> source_ids(["a;b", "", "b"])
    ['a', 'b']
    """
    parts = (part.strip() for value in values for part in str(value).split(";"))
    return sorted({part for part in parts if part})
