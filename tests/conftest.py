"""What all tests share."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
# Made by tools in the work tree, and ignored by git.
_MADE = {".git", ".venv", ".hypothesis", "_build", "build", "dist", "__pycache__"}

# A figure must never look for a screen.
os.environ.setdefault("MPLBACKEND", "agg")
# What a shell starts in the background ignores interrupts, and so would what the tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)
# The work tree stays as it is, and every run tries the same examples.
os.environ.setdefault(
    "HYPOTHESIS_STORAGE_DIRECTORY", str(Path(tempfile.gettempdir()) / "hypothesis")
)
settings.register_profile("project", database=None, deadline=None, derandomize=True)
settings.load_profile("project")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def tracked(root: Path) -> list[Path]:
    """The files that git keeps, relative to the folder of the project."""
    return _listed(root, "--cached")


@pytest.fixture(scope="session")
def present(root: Path) -> list[Path]:
    """The files that git keeps or would take in: a fresh clone, were all of them committed."""
    return _listed(root, "--cached", "--others", "--exclude-standard")


def _listed(root: Path, *options: str) -> list[Path]:
    """What `git ls-files` lists; in a download without a repository, what no tool has made."""
    command = ["git", "ls-files", "-z", *options]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout
    names = {name for name in listed.split("\0") if name and (root / name).is_file()}
    if names:
        return sorted(map(Path, names))
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [
            name
            for name in folders
            if name not in _MADE and not name.endswith(("_cache", ".egg-info"))
        ]
        found += [Path(folder, name).relative_to(root) for name in files]
    return sorted(found)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable], tuple]:
    """Makes a folder once for all tests, also where several workers of pytest-xdist need it.

    `make` is called with a folder that does not exist yet and gives back what JSON can hold. Tests
    only look at what it left; one that changes it copies it first.
    """
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def get(name: str, make: Callable[[Path], object]) -> tuple[Path, object]:
        folder, made = base / name, base / f"{name}.json"
        with FileLock(base / f"{name}.lock"):
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                made.write_text(json.dumps(make(folder)), encoding="utf-8")
        return folder, json.loads(made.read_text(encoding="utf-8"))

    return get


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that calls another machine fails, also on a machine that has a network."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: object) -> None:
        inet = self.family in (socket.AF_INET, socket.AF_INET6)
        if inet and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}; tests use no network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
