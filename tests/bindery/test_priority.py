"""A process that stands behind others is one that they do not wait for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

GROUP = Path("/proc/self/autogroup")
BEHIND = """
import os, sys
from bindery import priority
if len(sys.argv) > 1:
    priority._GROUP = priority.Path(sys.argv[1])
priority.stand_behind(7)
print(os.nice(0))
if priority._GROUP.exists():
    print(priority._GROUP.read_text())
"""


def said_behind(root, *words):
    command = [sys.executable, "-c", BEHIND, *words]
    return subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=True, start_new_session=True
    ).stdout.split()


@pytest.mark.skipif(not GROUP.exists(), reason="this system shares among processes alone")
def test_process_and_its_session_stand_behind(root):
    ours = GROUP.read_text()
    own, _, _, group = said_behind(root)
    assert (int(own), group) == (os.nice(0) + 7, "7")
    assert GROUP.read_text() == ours


def test_where_sessions_are_not_told_apart_the_process_stands_behind(root, tmp_path):
    assert said_behind(root, str(tmp_path / "no" / "file")) == [str(os.nice(0) + 7)]
