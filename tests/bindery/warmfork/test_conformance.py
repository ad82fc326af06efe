"""A notebook shows with the forking engine what it shows with papermill's own.

The notebooks stand in `notebooks/`. Two runs are compared item by item, after neighbouring pieces
of one stream are joined, and addresses, process ids and the folders of the two runs masked. In a
cell tagged `unordered` the order of stdout, stderr and result is chance with either engine.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bindery.warmfork.client import ForkedClient

NOTEBOOKS = "basics display data errors awaiting shell magics descriptors processes".split()
NOTEBOOKS += "surroundings figures input ending".split()
_MASKED = [
    (r"0x[0-9a-f]{6,}|\b7[0-9a-f]{11}\b", "ADDRESS"),
    (r"ipykernel_\d+", "ipykernel_N"),
    (r"\(pid=\d+\)", "(pid)"),
    (r"\brun-\w{8}\b", "run"),
    (r"<dc:date>[^<]*", "<dc:date>"),
    (r"IPython\.core\.display\.display_html\w*", "display"),
]


def shown(run: Any, folder: Path) -> list:
    """What the notebook of a run holds, without what chance gives it."""
    notebook = [_shown_cell(cell) for cell in run.notebook.cells]
    metadata = {k: v for k, v in run.notebook.metadata.items() if k != "papermill"}
    text = json.dumps([*notebook, metadata, run.files], ensure_ascii=False, sort_keys=True)
    text = text.replace(str(folder), "FOLDER")
    for pattern, name in _MASKED:
        text = re.sub(pattern, name, text)
    return [*json.loads(text), type(run.error)]


def _shown_cell(cell: Any) -> dict:
    told = {"source": cell.source, "type": cell.cell_type}
    if cell.cell_type != "code":
        return told
    of_run = cell.metadata.get("papermill", {})
    state = {name: of_run.get(name) for name in ("exception", "status")}
    unordered = "unordered" in cell.metadata.get("tags", [])
    outputs = _joined(cell.outputs, unordered)
    return told | {"count": cell.execution_count, "outputs": outputs, "state": state}


def _joined(outputs: list, unordered: bool) -> list:
    joined: list = []
    for output in map(dict, outputs):
        of_same_stream = [
            other
            for other in (joined if unordered else joined[-1:])
            if output["output_type"] == "stream" and other.get("name") == output["name"]
        ]
        if of_same_stream:
            of_same_stream[0]["text"] += output["text"]
        else:
            joined.append(output)
    if unordered:
        joined.sort(key=lambda output: (output["output_type"], output.get("name", "")))
    return joined


@pytest.fixture
def compare(run, parent, tmp_path):
    """Run cells with both engines and hold what they show against each other."""

    def with_both(cells, own=None, **settings):
        expected = run(cells, None, **settings)
        got = run(cells, parent=parent, **settings, **(own or {}))
        assert got.engine == "warmfork"
        for ours, theirs in zip(shown(got, tmp_path), shown(expected, tmp_path), strict=True):
            assert ours == theirs
        return got

    return with_both


@pytest.mark.long
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_shows_the_same(name, compare, cells_of):
    compare(cells_of(name))


def test_a_small_notebook_shows_the_same(compare, cells_of):
    # the first cells of each, so that every run of the tests has seen both engines
    chosen = [*cells_of("basics")[:9], *cells_of("display")[:6], *cells_of("awaiting")[:4]]
    compare([*chosen, ("%cd nowhere\n1/0", "raises-exception"), "!echo hello"])


def test_cells_whose_times_nobody_wants_show_the_same(compare, monkeypatch):
    told = []
    message = ForkedClient._message

    def heard(client, frames):
        told.append(message(client, frames))
        return told[-1]

    monkeypatch.setattr(ForkedClient, "_message", heard)
    got = compare(["print('a'); 1", ("1/0", "raises-exception"), "2"], record_timing=False)
    assert not any("execution" in cell.metadata for cell in got.notebook.cells)
    states = [one["content"].get("execution_state") for one in told if one["msg_type"] == "status"]
    assert states.count("idle") >= 3
    assert "busy" not in states


@pytest.mark.long
def test_parameters_are_injected_and_a_notebook_needs_no_kernelspec(compare):
    cells = [("x = 1", "parameters"), "x, text"]
    settings = {"parameters": {"x": 2, "text": "é'\n"}, "kernel_name": "python3", "metadata": {}}
    assert compare(cells, **settings, language="python").text(2) == '(2, "é\'\\n")'


@pytest.mark.long
@pytest.mark.parametrize(
    "cells",
    [
        ["1", "exit", "import time; time.sleep(2)", "2"],
        ["print('first', flush=True)\nimport time; time.sleep(0.5)\nimport os; os._exit(3)", "2"],
        ["import time, os; print('x', flush=True); time.sleep(0.5); os.kill(os.getpid(), 9)"],
        ["import time, ctypes; print('x', flush=True); time.sleep(0.5); ctypes.string_at(0)"],
    ],
    ids=["exit", "os._exit", "kill", "segfault"],
)
def test_cells_that_end_their_process(cells, compare):
    compare(cells)


@pytest.mark.long
def test_timed_out_cell(compare):
    got = compare(["print('begun', flush=True)\nwhile True: pass", "2"], execution_timeout=1)
    assert "timed out" in str(got.error)


@pytest.mark.long
def test_timed_out_cell_that_is_interrupted(compare):
    cells = ["try:\n    while True: pass\nexcept KeyboardInterrupt:\n    print('stopped')", "2"]
    compare(cells, execution_timeout=1, interrupt_on_timeout=True)


@pytest.mark.long
def test_errors_can_be_allowed(compare):
    compare(["1/0", "2"], allow_errors=True)


@pytest.mark.long
def test_output_files_get_the_streams(run, parent):
    told = []
    for engine in (None, "warmfork"):
        out, err = io.StringIO(), io.StringIO()
        own = {"parent": parent} if engine else {}
        cells = ["print('out')\nimport sys\nprint('err', file=sys.stderr)"]
        run(cells, engine, stdout_file=out, stderr_file=err, log_output=True, **own)
        told.append((out.getvalue(), err.getvalue()))
    assert told == [("out\n", "err\n")] * 2


@pytest.mark.long
def test_ipython_is_configured_as_by_its_user(run, parent, tmp_path, monkeypatch):
    folder = tmp_path / "ipython"
    profile = folder / "profile_default"
    (profile / "startup").mkdir(parents=True)
    (profile / "startup" / "00.py").write_text("from_startup = 'here'\n")
    (profile / "ipython_config.py").write_text(
        "c.InteractiveShell.ast_node_interactivity = 'all'\n"
        "c.InlineBackend.rc = {'figure.figsize': (3, 1)}\n"
    )
    monkeypatch.setenv("IPYTHONDIR", str(folder))
    cells = [
        "from_startup\n2",
        "import matplotlib.pyplot as plt; plt.figure(); plt.rcParams['figure.figsize']",
        "get_ipython().profile_dir.location",
    ]
    expected, got = run(cells, None), run(cells, parent=parent)
    assert shown(got, tmp_path) == shown(expected, tmp_path)
    assert got.text(0) == "'here'2"


@pytest.mark.long
def test_what_is_written_to_descriptors_also_reaches_the_callers(tmp_path, run_script):
    script = """
        import sys, nbformat, papermill
        from papermill.engines import papermill_engines
        from bindery.warmfork import WarmForkEngine
        papermill_engines.register("warmfork", WarmForkEngine)
        source = "import os, time; print('to the page'); os.write(1, b'raw')"
        source += "; os.system('echo sh >&2'); time.sleep(0.5)"
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        nbformat.write(notebook, "in.ipynb")
        papermill.execute_notebook("in.ipynb", "out.ipynb", kernel_name="python3",
            progress_bar=False, engine_name=sys.argv[1] if sys.argv[1:] else None)
    """
    plain, forked = run_script(script), run_script(script, "warmfork")
    assert forked.stdout == plain.stdout == "raw"
    assert "sh\n" in forked.stderr
    assert "sh\n" in plain.stderr
