"""The process of one notebook, from the fork to its end."""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import io
import multiprocessing.process
import os
import random
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from bindery.lifetime import end_with_parent
from bindery.loaded import last_loaded, loaded_since
from bindery.warmfork.channel import ERROR, send
from bindery.warmfork.kernel import ForkedKernel, ForkedKernelApp
from bindery.warmfork.memory import limit_memory

# how long what a cell left running may take over its end
_PATIENCE = 0.5
# kept, since to let go of it would touch it
_looked_into: list[dict[str, Any]] = []
# a tuple: asked of everything there is, a union takes three times as long
_FILES = io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom
_LAUNCHER = find_spec("ipykernel_launcher").origin


def run(
    request: Mapping[str, Any],
    connection: socket.socket,
    outputs: Sequence[int],
    imported: Mapping[str, str],
) -> int:
    """Serve one notebook; returns the exit status."""
    try:
        settle(request, outputs, imported)
        if request["before"]:
            name, argument = request["before"]
            module, _, function = name.partition(":")
            getattr(importlib.import_module(module), function)(argument)
        last = last_loaded()
        app = ForkedKernelApp.instance(connection)
        app.initialize(request["arguments"])
    except Exception:  # noqa: BLE001
        send(connection, ERROR, [traceback.format_exc().encode()])
        return 1
    app.kernel.serve(connection)
    finish(app.kernel, last)
    return 0


def part(parent: int) -> None:
    """Be a session of one's own, which does not outlive the parent."""
    os.setsid()
    end_with_parent(parent)


def settle(request: Mapping[str, Any], outputs: Sequence[int], imported: Mapping[str, str]) -> None:
    """Environment, folder, output and limits of this child alone."""
    os.environ.clear()
    # what a module has set when the parent imported it, it would set here
    os.environ.update({**imported, **request["environment"]})
    time.tzset()
    os.chdir(request["folder"])
    for number, descriptor in enumerate(outputs, 1):
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.argv = [_LAUNCHER, *request["arguments"]]
    _forget_parent()
    if request["memory"]:
        limit_memory(request["memory"])


def _forget_parent() -> None:
    """What modules have noted of the process that imported them."""
    tempfile.tempdir = None
    # folders that were looked into may have changed since; they are not forgotten one by one, as
    # what is touched after a fork is copied
    _looked_into.append(sys.path_importer_cache)
    sys.path_importer_cache = {}
    importlib.invalidate_caches()
    multiprocessing.process.ORIGINAL_DIR = os.getcwd()
    multiprocessing.current_process().authkey = os.urandom(32)
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


def finish(kernel: ForkedKernel, last: str) -> None:
    """Do what a Python that ends would do, for what has come after the fork.

    `last` is the module that was loaded last before the cells ran.
    """
    _end_processes()
    threading._shutdown()
    # the shell would let go of what it has shown, and collect; that is done below, once
    kernel.shell.displayhook.do_full_cache = False
    atexit._run_exitfuncs()
    # before their owners go: the collector may take a file apart in the wrong order
    _flush_files()
    _drop_objects(kernel, last)


def _end_processes() -> None:
    """Ask what the cells have left running to end, as at every shutdown of a kernel."""
    with contextlib.suppress(ChildProcessError):
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.killpg(0, signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE
        # until there is none any more; the parent ends what does not listen
        while time.monotonic() < deadline:
            if not os.waitpid(-1, os.WNOHANG)[0]:
                time.sleep(0.01)


def _flush_files() -> None:
    """Write files that are still open to their end, wherever the cells hold them."""
    for thing in gc.get_objects():
        if isinstance(thing, _FILES):
            with contextlib.suppress(OSError, ValueError):
                thing.flush()


def _drop_objects(kernel: ForkedKernel, last: str) -> None:
    """Let go of what the cells have made, so that finalizers run."""
    kernel.shell.user_ns.clear()
    shown = kernel.shell.displayhook
    shown._ = shown.__ = shown.___ = None
    for name in loaded_since({last}):
        del sys.modules[name]
    gc.collect()
