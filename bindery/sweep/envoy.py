"""What goes to a Dask worker, for nothing of a project is installed there.

Goes there by value: only the standard library, Dask and the shelf may be imported here.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.metadata
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from distributed import WorkerPlugin, get_worker

from bindery.sweep.shelf import Shelf

# what puts packages somewhere is none of what is computed with
_INSTALLERS = ("pip", "uv")
# before what -c looks through first, the current folder, which holds no code
_PROGRAM = "import sys; sys.path.insert(0, {!r}); from bindery.sweep.rowserver import main; main()"
# how long the process of rows may take over its end, and how much of its last words is read
_PATIENCE, _SAID = 10.0, 1 << 16


def installed_versions() -> dict[str, str]:
    """Name -> version of every package that came from a registry, as those of the lock do."""
    found: dict[str, str] = {}
    for package in importlib.metadata.distributions():
        name = (package.metadata["Name"] or "").lower().replace("_", "-").replace(".", "-")
        # a folder of somebody's: the project itself, which travels
        local = '"dir_info"' in (package.read_text("direct_url.json") or "")
        if name and name not in _INSTALLERS and not local:
            # the first on the path is the one that is imported
            found.setdefault(name, package.version)
    return found


def asker(name: str, method: str) -> Callable[..., Any]:
    """Calls a method of an envoy, beside the tasks of its worker."""

    async def ask(*words: Any, dask_worker: Any) -> Any:
        envoy = dask_worker.plugins[name]
        # the worker has to answer others meanwhile
        return await asyncio.to_thread(getattr(envoy, method), *words)

    return ask


def runner(name: str) -> Callable[[Sequence[Mapping[str, Any]]], Any]:
    """A task: runs rows on the worker that it comes to."""

    def run_rows(rows: Sequence[Mapping[str, Any]]) -> Any:
        return get_worker().plugins[name].run(rows)

    return run_rows


class Envoy(WorkerPlugin):
    """One sweep on one worker: the parcel that it runs from, and the process that runs its rows.

    `parcel`, `files` and `folders` are those of the shelf; `code` is where in the parcel this
    package lies; `versions` are the packages that must be installed.
    """

    def __init__(
        self,
        name: str,
        parcel: str,
        files: Mapping[str, str],
        folders: Sequence[str],
        code: str,
        versions: Mapping[str, str],
    ):
        self.name, self.parcel, self.code = name, parcel, code
        self.files, self.folders = dict(files), tuple(folders)
        self.versions = dict(versions)

    def setup(self, worker: Any) -> None:
        self.address = worker.address
        own = os.path.realpath(worker.local_directory)
        # the worker's own folder goes with it, the shelf stays for the next one
        self.rows = os.path.join(own, self.name)
        shelf = os.path.join(os.path.dirname(own), "bindery")
        self.shelf = Shelf(shelf, self.parcel, self.files, self.folders, self.rows)
        self.ready = False
        self._lock = threading.Lock()
        self._server: RowServer | None = None

    def teardown(self, worker: Any) -> None:
        with self._lock:
            if self._server is not None:
                self._server.close()
            self.shelf.release()
        shutil.rmtree(self.rows, ignore_errors=True)

    def state(self) -> dict[str, Any]:
        """What stands between this worker and its first row: packages that differ, files."""
        versions = installed_versions()
        names = sorted({*versions, *self.versions})
        pairs = {name: (versions.get(name), self.versions.get(name)) for name in names}
        differing = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        missing = [] if differing else self.shelf.missing()
        self.ready = not differing and not missing
        place = f"{socket.gethostname()}:{self.shelf.shelf}"
        return {"place": place, "differing": differing, "missing": missing}

    def receive(self, piece: Sequence[tuple[str, int, bytes]]) -> None:
        self.shelf.receive(piece)

    def assemble(self) -> None:
        self.shelf.assemble()

    def run(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """What came of rows; or which worker this is, where it lacks something as yet."""
        with self._lock:
            if not self.ready:
                self.state()
        if not self.ready:
            return {"worker": self.address}
        return {"folder": self.shelf.folder, "answers": [self._answer(row) for row in rows]}

    def _answer(self, row: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            if self._server is not None and self._server.ended():
                self._server.close()
                self._server = None
            if self._server is None:
                self._server = RowServer(self.shelf.folder, self.code, self.rows)
            server = self._server
        told = server.ask(row)
        scratch = told.pop("scratch")
        try:
            files = {name: _packed(os.path.join(scratch, "run", name)) for name in told["files"]}
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return {"told": zlib.compress(json.dumps(told).encode()), "files": files}


class RowServer:
    """The process that runs rows: a Dask worker has threads, and other code than the parcel's."""

    def __init__(self, folder: str, code: str, rows: str):
        self._said = tempfile.TemporaryFile()  # noqa: SIM115
        self._control, theirs = socket.socketpair()
        program = _PROGRAM.format(os.path.join(folder, code))
        with theirs:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-c", program),
                    *(str(theirs.fileno()), os.path.join(folder, "project"), rows),
                ],
                pass_fds=[theirs.fileno()],
                cwd=rows,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._said,
                start_new_session=True,
            )

    def ended(self) -> bool:
        return self._process.poll() is not None

    def ask(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """What came of a row; RuntimeError where this machine cannot run it."""
        ours, theirs = socket.socketpair()
        with ours:
            with theirs, contextlib.suppress(OSError):
                socket.send_fds(self._control, [b"r"], [theirs.fileno()])
            told = b""
            with contextlib.suppress(OSError), ours.makefile("rb") as stream:
                ours.sendall(json.dumps(row).encode() + b"\n")
                told = stream.readline()
        if not told.endswith(b"\n"):
            raise RuntimeError(f"the process that runs rows ended{self._last_words()}")
        said = json.loads(told)
        if "fault" in said:
            raise RuntimeError(said["fault"])
        return said

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        said = os.pread(self._said.fileno(), _SAID, 0).decode(errors="replace").strip()[-2000:]
        return f":\n{said}" if said else f" with status {self._process.poll()}"

    def close(self) -> None:
        self._control.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._said.close()


def _packed(path: str) -> bytes:
    with open(path, "rb") as stream:
        return zlib.compress(stream.read(), 1)
