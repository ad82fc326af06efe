"""A process ends with the one that started it."""

from __future__ import annotations

import os
import subprocess
import sys

import psutil
import pytest

BUSY = """
import os, sys
from bindery.lifetime import end_with_parent
end_with_parent(int(sys.argv[1]))
print(os.getpid(), flush=True)
while True: pass
"""
STARTER = """
import os, subprocess, sys
subprocess.run([sys.executable, "-c", sys.argv[1], str(os.getpid())])
"""


def start(*words, root):
    environment = os.environ | {"PYTHONPATH": str(root)}
    command = [sys.executable, "-c", *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(sys.platform != "linux", reason="this system cannot do so")
def test_busy_process_is_ended_with_its_parent(root):
    with start(STARTER, BUSY, root=root) as starter:
        busy = psutil.Process(int(starter.stdout.readline()))
        starter.kill()
        assert psutil.wait_procs([busy], timeout=10)[1] == []


def test_process_whose_parent_is_gone_already_ends_at_once(root):
    with start(BUSY, "1", root=root) as orphan:
        assert orphan.communicate(timeout=20)[0] == ""
        assert orphan.returncode == 1
