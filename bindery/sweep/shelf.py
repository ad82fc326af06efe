"""The parcels that one machine of a cluster keeps, each in a folder named by its content.

Goes to the machine by value: only the standard library may be imported here.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence

# of the parcels of a machine, those that were used last
_PARCELS = 8
_PIECE = 1 << 20
# in the folder of a parcel: path -> checksum
_FILES = "files.json"


class Shelf:
    """One parcel on the shelf of a machine, which several workers may share.

    `folder` is the shelf; `parcel` names the parcel, `files` (path -> checksum) and `folders` are
    what it holds; `scratch` is this worker's own, for what is on its way.
    """

    def __init__(
        self,
        folder: str,
        parcel: str,
        files: Mapping[str, str],
        folders: Sequence[str],
        scratch: str,
    ):
        self.shelf, self.folder = folder, os.path.join(folder, parcel)
        self.files, self.folders = files, folders
        self._incoming = os.path.join(scratch, "incoming")
        os.makedirs(self._incoming, exist_ok=True)
        os.makedirs(folder, exist_ok=True)
        self._lock = f"{self.folder}.lock"
        # while it is held, nobody makes room of the parcel
        self._hold: int | None = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o644)
        fcntl.flock(self._hold, fcntl.LOCK_SH)
        os.utime(self._lock)

    def release(self) -> None:
        """Let others make room of the parcel."""
        if self._hold is not None:
            os.close(self._hold)
            self._hold = None

    def missing(self) -> list[str]:
        """The checksums of files that have to come; of other parcels too, what is here is taken."""
        if not self.faulty():
            return []
        missing = sorted(set(self.files.values()) - set(self._kept()))
        if not missing:
            self.assemble()
        return missing

    def faulty(self) -> list[str]:
        """The files of the parcel that the folder does not hold as they should be."""
        places = {name: os.path.join(self.folder, name) for name in self.files}
        return [name for name, path in places.items() if not holds(path, self.files[name])]

    def _kept(self) -> dict[str, str]:
        """Checksum -> where a file with it lies on this machine."""
        wanted = set(self.files.values())
        found: dict[str, str] = {}
        for folder in (entry.path for entry in os.scandir(self.shelf) if entry.is_dir()):
            for name, checksum in _listed(folder).items():
                path = os.path.join(folder, name)
                if checksum in wanted and checksum not in found and holds(path, checksum):
                    found[checksum] = path
        for checksum in wanted - set(found):
            path = os.path.join(self._incoming, checksum)
            if holds(path, checksum):
                found[checksum] = path
        return found

    def receive(self, piece: Sequence[tuple[str, int, bytes]]) -> None:
        """Missing files, or parts of them, in their order: checksum, beginning, bytes."""
        for checksum, start, content in piece:
            with open(os.path.join(self._incoming, checksum), "ab" if start else "wb") as stream:
                stream.write(content)

    def assemble(self) -> None:
        """Make the folder of the parcel, or mend it, from what was kept and what has come."""
        kept = self._kept()
        part = os.path.join(self._incoming, "parcel")
        try:
            for name in self.folders:
                os.makedirs(os.path.join(part, name), exist_ok=True)
            for name in self.faulty():
                target = os.path.join(part, name)
                shutil.copyfile(kept[self.files[name]], target)
                # a notebook that writes into the project's data does so by mistake
                os.chmod(target, 0o444)
            with open(os.path.join(part, _FILES), "w", encoding="utf-8") as stream:
                json.dump(self.files, stream)
            self._move_in(part)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        self._make_room()

    def _move_in(self, part: str) -> None:
        """The folder appears whole; one that is there gets what it lacked."""
        with contextlib.suppress(OSError):
            os.rename(part, self.folder)
            return
        for place, _, names in os.walk(part):
            folder = os.path.join(self.folder, os.path.relpath(place, part))
            os.makedirs(folder, exist_ok=True)
            for name in names:
                os.replace(os.path.join(place, name), os.path.join(folder, name))

    def _make_room(self) -> None:
        """Take away the parcels that were used longest ago and that no worker holds."""
        parcels = [entry.path for entry in os.scandir(self.shelf) if _listed(entry.path)]
        parcels.sort(key=lambda path: -os.stat(f"{path}.lock").st_mtime)
        for path in parcels[_PARCELS:]:
            with contextlib.suppress(OSError), open(f"{path}.lock", "rb") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)


def _listed(folder: str) -> dict[str, str]:
    """What a parcel says that it holds; nothing where there is none, or one without its list."""
    try:
        with open(os.path.join(folder, _FILES), encoding="utf-8") as stream:
            return dict(json.load(stream))
    except (OSError, ValueError):
        return {}


def holds(path: str, checksum: str) -> bool:
    """Whether a file is there and has this checksum."""
    total = hashlib.sha256()
    try:
        with open(path, "rb", buffering=0) as stream:
            while piece := stream.read(_PIECE):
                total.update(piece)
    except OSError:
        return False
    return total.hexdigest() == checksum
