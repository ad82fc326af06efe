"""What came of a row on another machine, read in the words of this one."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bindery.cache.inputs import Inputs
from bindery.sweep.parcel import Translation


@dataclass(frozen=True)
class Answer:
    """A row that has run, with the files that it published, or why it failed.

    `inputs` is what the run rests on, None where not all of it is known.
    """

    error: str = ""
    seconds: float = 0
    engine: str = ""
    warnings: tuple[str, ...] = ()
    inputs: Inputs | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


def read_answer(said: Mapping[str, Any], translation: Translation) -> Answer:
    """An answer as a worker packed it."""
    told = json.loads(zlib.decompress(said["told"]))
    return Answer(
        translation.text(told["error"]),
        told["seconds"],
        told["engine"],
        tuple(map(translation.text, told["warnings"])),
        None if told["inputs"] is None else translation.inputs(told["inputs"]),
        {
            name: translation.content(name, zlib.decompress(content))
            for name, content in said["files"].items()
        },
    )
