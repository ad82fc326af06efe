"""The warm parent: imports once, then forks a child for every request.

It has one thread, no kernel and no ZMQ context, so that a fork copies nothing that is in use. It
ends when the caller's end of the control socket closes, and takes its children with it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import linecache
import os
import selectors
import signal
import socket
import sys
import time
from typing import Any

# what every kernel needs, also what it would import only when its shell is made or a cell fails
KERNEL_MODULES = (
    *("bindery.warmfork.child", "ipykernel.zmqshell", "ipykernel.debugger"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.magics"),
    *("IPython.extensions.storemagic", "IPython.core.ultratb", "IPython.core.logger"),
    *("IPython.core.oinspect", "IPython.utils.wildcard", "tornado.platform.asyncio"),
    *("faulthandler", "pdb", "sqlite3", "stack_data", "psutil"),
)
# how long a thread may take over its end, in seconds
_PATIENCE = 1.0


def main() -> None:
    """Serve forks over the socket whose descriptor is the first argument."""
    control = socket.socket(fileno=int(sys.argv[1]))
    # where this package was found; a notebook finds it only if its own path leads there
    del sys.path[0]
    # newer Pythons hold this program's text there, by the name that all code without a file has
    linecache.clearcache()
    given = dict(os.environ)
    # what is imported stays: looking through it again and again takes a quarter of the time
    gc.disable()
    threads = preload([*KERNEL_MODULES, *json.loads(sys.argv[2])])
    warm_up()
    # nor need the collector of a child look through it, and copy its pages
    gc.freeze()
    gc.enable()
    imported = {name: value for name, value in os.environ.items() if given.get(name) != value}
    Zygote(control, threads, imported).serve()


def preload(modules: list[str]) -> str:
    """Import what can be imported; gives back the module that left a thread running, if one did.

    A module that is not there, or fails, is the notebook's matter: it will hear of it there.
    """
    left = ""
    for module in modules:
        with contextlib.suppress(Exception):
            importlib.import_module(module)
        if not left and thread_count() > 1:
            left = module
    # one that is about to end, such as a timer that was cancelled, is none that was left
    deadline = time.monotonic() + _PATIENCE
    while thread_count() > 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    return left


def warm_up() -> None:
    """Compile the patterns by which every cell is read, and list the modules: children need not."""
    from IPython.core.inputtransformer2 import TransformerManager

    from bindery.warmfork.kernel import note_modules

    TransformerManager().transform_cell("%magic\nname = !command\nname?\n")
    note_modules()


def thread_count() -> int:
    """Of all threads, not only of those that Python knows."""
    return len(os.listdir("/proc/self/task"))


class Zygote:
    """Forks on request and tells how each child ended."""

    def __init__(self, control: socket.socket, threads: str, imported: dict[str, str]):
        self.control = control
        # the variables that modules have set
        self.imported = imported
        # the module that left a thread running, if one did
        self.threads = threads
        self.pid = os.getpid()
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)
        # descriptor of a child -> its process id, and the pipe on which its end is told
        self.children: dict[int, tuple[int, int]] = {}

    def serve(self) -> None:
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is not self.control:
                    self.reap(key.fd)
                elif not self.answer():
                    self.end()

    def answer(self) -> bool:
        """Fork for the next request; False when the caller is gone."""
        message, descriptors, *_ = socket.recv_fds(self.control, 1, 5, socket.MSG_CMSG_CLOEXEC)
        if not message:
            return False
        asked, connection, status, *outputs = descriptors
        refused = self.refusal()
        if not refused:
            try:
                pid = os.fork()
            except OSError as error:
                refused = f"the system gives no process: {error}"
            else:
                if not pid:
                    self.become_child(asked, connection, status, outputs)
        for descriptor in (asked, connection, *outputs):
            os.close(descriptor)
        if refused:
            tell(status, refused=refused)
            os.close(status)
        else:
            tell(status, pid=pid)
            descriptor = os.pidfd_open(pid)
            self.children[descriptor] = (pid, status)
            self.selector.register(descriptor, selectors.EVENT_READ)
        return True

    def refusal(self) -> str:
        """Why a fork is not safe: it would copy what a thread holds, without the thread."""
        if thread_count() == 1:
            return ""
        return f"a thread runs in the warm parent{self.threads and f', left by {self.threads}'}"

    def become_child(self, asked: int, connection: int, status: int, outputs: list[int]) -> None:
        """Be the process of one notebook; never returns."""
        code = 1
        try:
            from bindery.warmfork.child import part, run

            part(self.pid)
            self.selector.close()
            self.control.close()
            os.close(status)
            for descriptor, (_, other) in self.children.items():
                os.close(descriptor)
                os.close(other)
            with open(asked, "rb") as text:
                text.seek(0)
                request = json.load(text)
            code = run(request, socket.socket(fileno=connection), outputs, self.imported)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            os._exit(code)

    def reap(self, descriptor: int) -> None:
        pid, status = self.children.pop(descriptor)
        self.selector.unregister(descriptor)
        os.close(descriptor)
        # while it is not waited for, no other group can have its number
        end_group(pid)
        _, code = os.waitpid(pid, 0)
        tell(status, code=os.waitstatus_to_exitcode(code))
        os.close(status)

    def end(self) -> None:
        for pid, _ in self.children.values():
            end_group(pid)
        for pid, _ in self.children.values():
            os.waitpid(pid, 0)
        os._exit(0)


def tell(status: int, **what: Any) -> None:
    # nobody may be listening any more
    with contextlib.suppress(BrokenPipeError):
        os.write(status, json.dumps(what).encode() + b"\n")


def end_group(pid: int) -> None:
    """End a child and what it has started and left running."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
