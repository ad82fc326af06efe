"""What travels to another machine: a project and this package, as files named by their content.

Hidden files stay here, for settings of tools and secrets are among them; so does what is made:
`_build`, bytecode, virtual environments. Everything else may be read by a run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bindery.cache.files import canonical, digest, file_digest
from bindery.cache.inputs import Inputs
from bindery.cache.places import installed
from bindery.faults import BinderyError, Fault
from bindery.project import Project

# where they lie in the folder of a parcel; this package only if it is no part of the project
PROJECT, CODE = "project", "code"
_BINDER = Path(__file__).resolve().parents[1]
# the most that is sent at once
_PIECE = 8 << 20
_TEXTS = (".json", ".jsonl", ".ipynb")


@dataclass(frozen=True)
class Parcel:
    """The files that travel: path in the parcel -> checksum, and -> where the file lies here."""

    root: str
    files: Mapping[str, str]
    folders: tuple[str, ...]
    sources: Mapping[str, str]

    @property
    def code(self) -> str:
        """Where this package lies in it."""
        return CODE if f"{CODE}/{_BINDER.name}" in self.folders else PROJECT

    @property
    def digest(self) -> str:
        """The name of the parcel's folder: the same content has the same."""
        return digest(canonical([self.files, self.folders]))[:32]

    def holds(self, path: Path) -> bool:
        """Whether a file of the project still is what travelled, or is absent as it was then."""
        name = f"{PROJECT}/{path.relative_to(self.root).as_posix()}"
        return self.files.get(name) == (file_digest(str(path)) if path.is_file() else None)

    def leaves_behind(self, path: str) -> bool:
        """Whether a path leads to a file here, and nowhere on another machine."""
        if not os.path.isfile(os.path.join(self.root, path)):
            return False
        return f"{PROJECT}/{os.path.normpath(path)}" not in self.files

    def pieces(self, wanted: Collection[str]) -> Iterator[list[tuple[str, int, bytes]]]:
        """The files with these checksums, cut so that a piece fits into memory: checksum, where
        the bytes begin in the file, bytes. Raises BinderyError where a file has changed since.
        """
        sources = {checksum: self.sources[name] for name, checksum in self.files.items()}
        piece, size = [], 0
        for checksum in sorted(wanted):
            for start, content in self._contents(checksum, sources[checksum]):
                piece.append((checksum, start, content))
                size += len(content)
                if size >= _PIECE:
                    yield piece
                    piece, size = [], 0
        if piece:
            yield piece

    def size(self, wanted: Collection[str]) -> int:
        """Bytes of the files with these checksums."""
        sources = {checksum: self.sources[name] for name, checksum in self.files.items()}
        return sum(os.stat(sources[checksum]).st_size for checksum in wanted)

    def _contents(self, checksum: str, path: str) -> Iterator[tuple[int, bytes]]:
        if file_digest(path) != checksum:
            raise BinderyError(
                f"{path} changed while the sweep was starting, so nobody knows which of the two "
                "would run; call again"
            )
        with open(path, "rb") as stream:
            start, content = 0, stream.read(_PIECE)
            # a file without bytes travels too
            while content or not start:
                yield start, content
                if len(content) < _PIECE:
                    return
                start += len(content)
                content = stream.read(_PIECE)


def pack(project: Project) -> Parcel:
    """Look at everything that a run of this project may read; nothing is copied."""
    root = str(project.root)
    found = dict(_below(project.root, PROJECT, {str(project.build)}))
    if not str(_BINDER).startswith(f"{root}/"):
        found |= dict(_below(_BINDER, f"{CODE}/{_BINDER.name}", set()))
    sources = {name: path for name, path in found.items() if path}
    if unreadable := [path for path in sources.values() if not os.access(path, os.R_OK)]:
        faults = [
            Fault(path, "a file that cannot be read", "readable files") for path in unreadable
        ]
        raise BinderyError("the project cannot travel to a cluster", faults)
    files = {name: file_digest(path) for name, path in sources.items()}
    folders = tuple(sorted(name for name, path in found.items() if not path))
    return Parcel(root, files, folders, sources)


def _below(
    folder: Path, name: str, left_out: set[str], above: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Path in the parcel and path here, of a folder the empty one; links are followed."""
    yield name, ""
    real = os.path.realpath(folder)
    above = (*above, real)
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith((".", "__pycache__")) or entry.path in left_out:
            continue
        if entry.is_dir():
            made = os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))
            # a link to a folder above would never end
            if not made and os.path.realpath(entry.path) not in above:
                yield from _below(Path(entry.path), f"{name}/{entry.name}", left_out, above)
        elif entry.is_file():
            yield f"{name}/{entry.name}", entry.path


@dataclass(frozen=True)
class Translation:
    """What a worker says of its paths, said of the same things here.

    `there` is the parcel's folder on the worker, `root` the project's here.

    >>> Translation("/w/parcel", "/home/x/farm").text("/w/parcel/project/data/a.csv is empty")
    '/home/x/farm/data/a.csv is empty'
    """

    there: str
    root: str

    def text(self, text: str) -> str:
        for old, new in self._places():
            text = text.replace(old, new)
        return text

    def content(self, name: str, content: bytes) -> bytes:
        """A file that a run has made: the texts in it, if it is of JSON."""
        if name.endswith(_TEXTS):
            for old, new in self._places():
                content = content.replace(_in_json(old), _in_json(new))
        return content

    def inputs(self, inputs: Inputs) -> dict[str, dict[str, Any]]:
        """Paths inside the project need no translation; others name this package, if anything.

        Where it is installed here, its version is in the key, and its files are no inputs.
        """
        code = f"{self.there}/{CODE}"
        here, covered = str(_BINDER.parent), _is_installed()
        told: dict[str, dict[str, Any]] = {}
        for kind, values in inputs.items():
            told[kind] = {
                f"{here}{path[len(code) :]}" if _inside(path, code) else path: value
                for path, value in values.items()
                if not (covered and _inside(path, code))
            }
        return told

    def _places(self) -> list[tuple[str, str]]:
        return [
            (f"{self.there}/{PROJECT}", self.root),
            (f"{self.there}/{CODE}", str(_BINDER.parent)),
        ]


@cache
def _is_installed() -> bool:
    """Whether this package lies where packages are installed, and not in somebody's work tree."""
    return f"{_BINDER}/".startswith(installed())


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _in_json(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False)[1:-1].encode()
