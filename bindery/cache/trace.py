"""Watch one run: what it read, looked for and listed, and whether it may be kept at all.

Called in the process of the run, before the kernel starts. What cannot be seen from inside Python:
files that a library opens in C (`note_read` is for these), and what the variables of the
environment say (those that a run gets are in its key).
"""

from __future__ import annotations

import atexit
import os
import stat
import sys
from collections.abc import Callable, Mapping
from typing import Any

from bindery.cache.events import handlers
from bindery.cache.files import canonical, write_whole
from bindery.cache.imports import Imports
from bindery.cache.inputs import listing, look, names_in
from bindery.cache.looks import watch_looks, watch_relative_opens, watch_spawning
from bindery.cache.places import Places, absolute
from bindery.cache.proof import Proof, holds, prove
from bindery.cache.quiet import is_quiet, is_unrecorded, quiet, unquiet, unrecorded

__all__ = ["finish", "install", "note_read", "unrecorded"]

_trace: Trace | None = None


def install(settings: Mapping[str, Any]) -> None:
    """Watch this process from now on.

    `settings`: `root`, the project; `file`, where to write what was seen; `own`, folders that
    belong to the run (its scratch, what it publishes); `code`, a folder for compiled code.
    """
    global _trace
    if _trace is not None:
        raise RuntimeError("this process is watched already; a process is for one run")
    places = Places(settings["root"], settings["own"])
    with quiet():
        imports = Imports(places.local, settings["code"])
        if warm := sys.modules.get("bindery.cache.warm"):
            imports.adopt(warm.imports)
        _trace = Trace(places, imports, settings["file"])
        _trace.start()


def finish() -> None:
    """Write what was seen; nothing more is recorded. Also done when the process ends by itself."""
    if _trace is not None:
        _trace.finish()


def note_read(path: str | os.PathLike[str]) -> None:
    """For a file that a library opens in C, where Python does not see it."""
    if _trace is not None and _trace.active:
        with quiet():
            _trace.saw_read(absolute(path))


class Trace:
    """What one process has read so far. Paths are whole until they are told."""

    def __init__(self, places: Places, imports: Imports, file: str):
        self.places, self.imports, self.file = places, imports, file
        self.active = False
        self.files: dict[str, Proof | None] = {}
        self.folders: dict[str, list[str] | None] = {}
        self.seen: dict[str, str | None] = {}
        # why the result of the run may not be kept
        self.reasons: dict[str, None] = {}
        self._process = os.getpid()

    def start(self) -> None:
        self.imports.install()
        self.imports.note_loaded()
        watch_looks(self.saw_look, self.places.covered)
        watch_relative_opens(self.saw_open)
        watch_spawning(self.saw_process)
        self.active = True
        sys.addaudithook(_hook(self))
        if matplotlib := sys.modules.get("matplotlib"):
            # imported before the fork; one that is imported now would look for its settings here
            with unquiet():
                self.saw_read(absolute(matplotlib.matplotlib_fname()))
        # what is registered first is done last
        atexit.register(self.finish)

    def handle(self, handler: Callable[[tuple], None], event: str, arguments: tuple) -> None:
        if not self.active or is_quiet():
            return
        with quiet():
            try:
                handler(arguments)
            except Exception as error:  # noqa: BLE001
                # an error here would be the notebook's; what was not seen must not be kept
                self.never(f"{event} could not be followed ({error!r})")

    def never(self, what: str) -> None:
        self.reasons[f"{what}, so it is never kept"] = None

    def saw_open(self, path: str, flags: int) -> None:
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        if writes:
            self.saw_write(path)
        if not writes or flags & os.O_RDWR:
            self.saw_read(path)

    def saw_read(self, path: str) -> None:
        """Before the file is opened: its bytes now, compared again when the run ends."""
        if path in self.files or not self._recorded(path):
            return
        try:
            mode = os.stat(path).st_mode
        except OSError:
            self.files[path] = None
            return
        if stat.S_ISREG(mode):
            self.files[path] = prove(path)
        elif stat.S_ISDIR(mode):
            self.seen.setdefault(path, look(path))
        else:
            self.never(f"read {self.places.name(path)}, which is no file")

    def saw_code(self, path: str) -> None:
        if self.places.local(path):
            self.files.setdefault(path, prove(path))

    def saw_look(self, path: str) -> None:
        known = path in self.seen or path in self.files
        # the project's own folder is there, or there is no run
        if known or not self.active or self.places.holds_project(path):
            return
        if self._recorded(path):
            self.seen[path] = look(path)

    def saw_listing(self, path: str) -> None:
        if path not in self.folders and self._recorded(path):
            self.folders[path] = names_in(path)

    def saw_write(self, path: str) -> None:
        if self.places.write_matters(path):
            self.never(f"wrote {self.places.name(path)}")

    def saw_process(self, program: object) -> None:
        named = isinstance(program, (str, bytes, os.PathLike))
        words = os.fsdecode(program).split() if named else []
        if self.active:
            self.never(f"started a process ({os.path.basename(words[0]) if words else 'a fork'})")

    def _recorded(self, path: str) -> bool:
        return not is_unrecorded() and self.places.read_matters(path)

    def finish(self) -> None:
        # a process that the run forked ends too; what it would write is not the run's
        if not self.active or os.getpid() != self._process:
            return
        with quiet():
            self.active = False
            self.imports.note_loaded()
            for path in self._changed():
                name = self.places.name(path)
                self.reasons[f"{name} changed during the run, so it was not kept"] = None
            self.files |= self.imports.sources
            write_whole(self.file, canonical(self._told()).encode())

    def _changed(self) -> list[str]:
        files = [*self.files.items(), *self.imports.sources.items()]
        return [
            *(path for path, proof in files if not holds(path, proof)),
            *(path for path, names in self.folders.items() if names_in(path) != names),
            *(path for path, told in self.seen.items() if look(path) != told),
            *self.imports.found_otherwise(),
        ]

    def _told(self) -> dict[str, Any]:
        name = self.places.name
        return {
            "reasons": list(self.reasons),
            "inputs": {
                "files": {name(p): proof and proof.digest for p, proof in self.files.items()},
                "folders": {name(p): listing(names) for p, names in self.folders.items()},
                "seen": {name(p): t for p, t in self.seen.items() if p not in self.files},
                "modules": {name(p): found for p, found in self.imports.asked.items()},
            },
        }


def _hook(trace: Trace) -> Callable[[str, tuple], None]:
    """A plain function, for it is called at every event: a drawing has tens of thousands."""
    handler_of = handlers(trace).get

    def hook(event: str, arguments: tuple) -> None:
        if (handler := handler_of(event)) is not None:
            trace.handle(handler, event, arguments)

    return hook
