"""Snapshots that were never built: a test states what differs from the sample as it is built."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bindery.project import Project
from bindery.versions.snapshot import _checksum, snapshot_text

NORTH = "fields:north|1901"


@pytest.fixture(scope="session")
def published(built) -> dict[str, Any]:
    """The snapshot of the sample as the command built it."""
    return json.loads((built[0].build / "snapshot.json").read_text(encoding="utf-8"))


@pytest.fixture
def altered(published) -> Callable[..., dict[str, Any]]:
    """The same after `change` was called with it, whole again."""

    def make(change: Callable[[dict], object] = lambda _: None, **parts: Any) -> dict[str, Any]:
        snapshot = copy.deepcopy(published) | parts
        change(snapshot)
        return snapshot | {"sha256": _checksum(snapshot)}

    return make


@pytest.fixture
def lay(sample: Project) -> Callable[..., Path]:
    """Lays a snapshot among the published versions, or as the built book."""

    def write(snapshot: dict[str, Any], built: bool = False) -> Path:
        folder = sample.build if built else sample.prose / "versions"
        folder.mkdir(exist_ok=True)
        file = folder / ("snapshot.json" if built else f"{snapshot['version']}.json")
        file.write_text(snapshot_text(snapshot), encoding="utf-8")
        return file

    return write
