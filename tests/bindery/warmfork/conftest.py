"""Run notebooks with papermill's own engine and with the forking one."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from papermill.engines import papermill_engines
from traitlets.config import Config

from bindery.warmfork import WarmForkEngine, WarmParent

_SPEC = {"name": "python3", "language": "python", "display_name": "Python"}


@dataclass
class Run:
    """What became of one notebook."""

    notebook: Any
    error: Exception | None
    files: dict[str, str] = field(default_factory=dict)

    @property
    def engine(self) -> str:
        return self.notebook.metadata.papermill.engine

    def outputs(self, cell: int) -> list:
        # papermill marks a cell that failed with cells of its own
        marker = "papermill-error-cell-tag"
        cells = [c for c in self.notebook.cells if marker not in c.metadata.get("tags", [])]
        return cells[cell].outputs

    def text(self, cell: int) -> str:
        """What a cell shows, as plain text."""
        return "".join(
            output.get("text")
            or output.get("evalue")
            or output.get("data", {}).get("text/plain", "")
            for output in self.outputs(cell)
        )


@pytest.fixture(autouse=True)
def _as_papermill_users_see_it(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    papermill_engines.register("warmfork", WarmForkEngine)
    monkeypatch.setattr(logging.getLogger("papermill"), "level", logging.CRITICAL + 1)
    # the kernel of a test of IPython's own leaves descriptors alone
    test = os.environ.pop("PYTEST_CURRENT_TEST")
    # a plain kernel chooses its own
    monkeypatch.delenv("MPLBACKEND", raising=False)
    yield
    os.environ["PYTEST_CURRENT_TEST"] = test


@pytest.fixture(scope="package")
def parent() -> Iterator[WarmParent]:
    """A parent for all tests that do not end it."""
    plain = {k: v for k, v in os.environ.items() if k not in ("PYTEST_CURRENT_TEST", "MPLBACKEND")}
    with WarmParent(["pandas", "matplotlib.pyplot"], plain) as made:
        yield made


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Run]:
    """Run cells in a folder of their own; a cell is its source, or a source with its tags."""

    def run_cells(
        cells: list, engine: str | None = "warmfork", metadata: dict | None = None, **settings: Any
    ) -> Run:
        folder = Path(tempfile.mkdtemp(prefix="run-", dir=tmp_path))
        work = folder / "work"
        work.mkdir()
        notebook = nbformat.v4.new_notebook(cells=[_cell(cell) for cell in cells])
        notebook.metadata = {"kernelspec": _SPEC} if metadata is None else metadata
        nbformat.write(notebook, folder / "in.ipynb")
        if engine is None:
            # no port, and no warning about one in the outputs
            ipc = {"KernelManager": {"transport": "ipc", "ip": str(folder / "k")}}
            settings["config"] = Config(ipc)
        error = None
        try:
            papermill.execute_notebook(
                str(folder / "in.ipynb"),
                str(folder / "out.ipynb"),
                engine_name=engine,
                progress_bar=False,
                **{"cwd": str(work), **settings},
            )
        except Exception as raised:  # noqa: BLE001
            error = raised
        files = {f.name: f.read_text() for f in sorted(work.rglob("*")) if f.is_file()}
        return Run(nbformat.read(folder / "out.ipynb", 4), error, files)

    return run_cells


def _cell(cell: Any) -> Any:
    source, *tags = (cell,) if isinstance(cell, str) else cell
    if "markdown" in tags:
        return nbformat.v4.new_markdown_cell(source)
    if "raw" in tags:
        return nbformat.v4.new_raw_cell(source)
    return nbformat.v4.new_code_cell(source, metadata={"tags": tags})


@pytest.fixture(scope="session")
def cells_of() -> Callable[[str], list]:
    """The cells of a notebook in `notebooks/`: a line of === and tags stands before each."""

    def read(name: str) -> list:
        text = (Path(__file__).parent / "notebooks" / f"{name}.cells").read_text(encoding="utf-8")
        parts = re.split(r"^===(.*)\n", text, flags=re.MULTILINE)[1:]
        return [
            (source.removesuffix("\n"), *tags.split())
            for tags, source in zip(parts[::2], parts[1::2], strict=True)
        ]

    return read


@pytest.fixture
def run_script(tmp_path: Path, root: Path) -> Callable[..., subprocess.CompletedProcess]:
    """Run a program of its own, which finds this project."""

    def run_it(source: str, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-c", textwrap.dedent(source), *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        )

    return run_it
