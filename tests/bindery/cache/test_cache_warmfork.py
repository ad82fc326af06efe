"""The trace in the process that it is made for: a kernel forked from the warm parent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from papermill.engines import papermill_engines

from bindery.cache.status import read_trace
from bindery.warmfork import WarmForkEngine, WarmParent, unfit_reason

from .conftest import CELLS, PACKAGE, Book

pytestmark = pytest.mark.skipif(bool(unfit_reason("python3")), reason=unfit_reason("python3"))


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    environment = os.environ | {"PYTHONPATH": PACKAGE}
    with WarmParent(["bindery.cache.trace", "matplotlib"], environment) as parent:
        yield parent


@pytest.fixture
def run(book: Book, parent: WarmParent, tmp_path: Path) -> Any:
    """Runs cells as a notebook; the executed one, what was read, why it may not be kept."""
    papermill_engines.register("warmfork", WarmForkEngine)

    def execute(*cells: str) -> tuple[Any, Any, list[str]]:
        folder, scratch = tmp_path / "run", tmp_path / "scratch"
        folder.mkdir()
        scratch.mkdir()
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        nbformat.write(made, book.notebook)
        settings = {
            "root": str(book.root),
            "file": str(tmp_path / "trace.json"),
            "own": [str(folder), str(scratch)],
            "code": str(book.cache / "code"),
        }
        places = dict.fromkeys(("TMPDIR", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR"), str(scratch))
        executed = papermill.execute_notebook(
            str(book.notebook),
            str(folder / "notebook.ipynb"),
            engine_name="warmfork",
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            parent=parent,
            environment=parent.environment | places,
            folder=str(book.root),
            before=("bindery.cache.trace:install", settings),
        )
        return executed, *read_trace(tmp_path / "trace.json")

    return execute


def test_a_notebook_is_watched_from_its_start_to_its_end(run: Any, tmp_path: Path) -> None:
    cells = list(CELLS)
    cells[0] += f"\nRUN = {str(tmp_path / 'run')!r}"
    executed, inputs, reasons = run(*cells, "total")
    assert reasons == []
    assert executed.cells[-1].outputs[0].data["text/plain"] == "60"
    files = {name for name in inputs["files"] if not name.startswith("/")}
    tools = {"tools/__init__.py", "tools/sums.py", "tools/parts.py"}
    assert files - tools == {"late.py", "data/income.csv", "data/extra.csv"}
    assert tools < files
    assert inputs["folders"]["data/parts"] == ["a.txt"]
    assert inputs["seen"]["data/flag"] is None
    assert inputs["modules"][""]["late"] == ["late.py"]
    # the code of the binder that watches is code of the run, where it is no installed package
    if "-packages" not in PACKAGE:
        assert f"{PACKAGE}/bindery/cache/trace.py" in inputs["files"]


@pytest.mark.parametrize("cell", ["!true", "%%bash\ntrue", "import os\nos.system('true')"])
def test_a_shell_is_a_process(run: Any, cell: str) -> None:
    _, _, reasons = run("x = 1", cell)
    assert any(reason.startswith("started a process (") for reason in reasons)


def test_magics_and_pictures_start_none(run: Any) -> None:
    _, _, reasons = run(
        "%matplotlib inline",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "%%time\nlen(range(3))",
        "import warnings; warnings.warn('x')\nprint('y')\n1",
    )
    assert [reason for reason in reasons if "process" in reason] == []


def test_settings_read_before_the_fork_are_inputs(run: Any) -> None:
    """The warm parent has imported matplotlib, which reads its settings once."""
    _, inputs, _ = run("x = 1")
    assert inputs["seen"]["matplotlibrc"] is None


def test_a_kernel_that_dies_tells_nothing(run: Any, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="died"):
        run("import os", "os._exit(0)")
    assert read_trace(tmp_path / "trace.json")[1]
