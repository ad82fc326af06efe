"""Work that others are not to wait for."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

# Linux may share a processor among sessions first, and among the processes of each only then
_GROUP = Path("/proc/self/autogroup")


def stand_behind(steps: int) -> None:
    """Let other processes go first, by so many steps of the scheduler (1 to 19), for good.

    A process that leads a session of its own takes what it starts along. Where the system cannot
    do so, this is without effect.
    """
    os.nice(steps)
    with contextlib.suppress(OSError):
        _GROUP.write_text(str(steps))
