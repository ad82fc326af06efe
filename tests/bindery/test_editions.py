"""Editions are rendered while figures are still drawn."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil
import pytest

# of a chart: it goes on as soon as the last edition is laid out, and only then
WAIT = """    import time
    end, laid = time.monotonic() + 60, FILE.parent.parent / "_build" / "stage" / "en"
    while not (laid / "_toc.yml").exists():
        assert time.monotonic() < end, "no edition was laid out"
        time.sleep(0.05)
"""
CHART = "    import matplotlib.pyplot as plt\n"


@pytest.fixture
def slow_chart(sample, edit):
    """The project, whose charts wait for its editions, and do something then."""

    def make(then=""):
        edit(sample.root / "fields" / "harvest.py", CHART, f"{WAIT}{then}{CHART}")
        return sample

    return make


def test_pages_wait_for_no_drawing(slow_chart, bindery):
    done = bindery(slow_chart(), "build")
    assert (done.returncode, done.stderr) == (0, "")


def test_figure_that_cannot_be_drawn_ends_what_is_rendered(slow_chart, environment):
    project = slow_chart("    raise ValueError('no bars')\n")
    building = psutil.Popen(
        [sys.executable, "-m", "bindery.cli", "build"],
        cwd=project.root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    started = set()
    while building.poll() is None:
        started |= set(building.children(recursive=True))
        time.sleep(0.05)
    _, said = building.communicate()
    assert "the figure sheaves_by_year cannot be drawn in en: ValueError: no bars\n" in said
    assert "\nbindery: 2 of 2 pages cannot be published, for the faults told above: " in said
    assert "Jupyter Book" not in said
    assert psutil.wait_procs(started, timeout=10)[1] == []
