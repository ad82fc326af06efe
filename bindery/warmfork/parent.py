"""The caller's side of the warm parent."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from bindery.warmfork.forked import Child, ParentEndedError

# values that Python or a library reads once, at its start: another value needs another parent
_READ_AT_START = (
    *("PYTHON", "LD_", "LANG", "LC_", "GLIBC_", "MALLOC_", "HOME", "XDG_"),
    *("MPL", "OMP_", "OPENBLAS_", "MKL_", "BLIS_", "NUMEXPR_", "NUMBA_", "KMP_"),
)
_PINNED = {
    # set before the first import of numpy: each forked child would start as many threads
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    # what an IPython kernel sets before a notebook can import matplotlib
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}
# -c would have Python look for modules in the current folder first
_PROGRAM = "import sys; sys.path[0] = {!r}; from bindery.warmfork.zygote import main; main()"
# how long the parent may take over its end before it is ended
_PATIENCE = 5.0


class WarmParent:
    """A process that has imported `modules` and forks children; may be shared by threads.

    `environment` is what Python and libraries read at their start; children get their own. With
    `echo`, what a child writes to its descriptors 1 and 2 goes to the caller's too, as that of a
    kernel of papermill's own engine does. `options` are Python's own. The parent is started when
    the first child is asked for, and again should others have ended it.
    """

    def __init__(
        self,
        modules: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        *,
        echo: bool = False,
        options: Sequence[str] = (),
    ):
        self.environment = _PINNED | dict(os.environ if environment is None else environment)
        self.modules, self.echo, self.options = tuple(modules), echo, tuple(options)
        self._lock = threading.Lock()
        self._children: weakref.WeakSet[Child] = weakref.WeakSet()
        self._process: subprocess.Popen | None = None
        self._control: socket.socket | None = None
        # what the parent says on its standard error, should it fail
        self._said: IO[bytes] | None = None
        self._owner = os.getpid()
        self._closed = False

    def suits(self, environment: Mapping[str, str]) -> bool:
        """Whether a child with this environment would differ in nothing that is read at a start."""

        def early(values: Mapping[str, str]) -> dict[str, str]:
            return {name: values[name] for name in values if name.startswith(_READ_AT_START)}

        return early(_PINNED | dict(environment)) == early(self.environment)

    @property
    def busy(self) -> bool:
        """Whether a child still runs."""
        return any(child.exit_code() is None for child in list(self._children))

    def start(self) -> None:
        """Start importing; the caller need not wait."""
        with self._lock:
            self._running_control()

    def fork(
        self,
        environment: Mapping[str, str],
        folder: str | Path,
        arguments: Sequence[str] = (),
        memory: int = 0,
        before: tuple[str, Any] | None = None,
        seconds: float = 60,
    ) -> Child:
        """A child in `folder`; `memory` in bytes, 0 for no limit.

        `before` is "module:function" and its argument (JSON), called in the child before the kernel
        starts. Raises ForkRefusedError where a fork is not safe, ParentEndedError where the parent
        ends before it has forked, and TimeoutError where it has not forked after so many seconds.
        """
        request = {
            "environment": dict(environment),
            "folder": str(folder),
            "arguments": list(arguments),
            "memory": memory,
            "before": before,
        }
        try:
            return self._forked(request, seconds)
        except ParentEndedError:
            # others may have ended it; a new one that ends too does so by itself
            return self._forked(request, seconds)

    def _forked(self, request: Mapping[str, Any], seconds: float) -> Child:
        child, theirs, told = Child.unborn()
        try:
            with contextlib.ExitStack() as handed:
                handed.callback(os.close, told)
                handed.enter_context(theirs)
                asked = handed.enter_context(tempfile.TemporaryFile())
                asked.write(json.dumps(request).encode())
                asked.flush()
                nowhere = handed.enter_context(open(os.devnull, "wb")).fileno()
                outputs = [n if self.echo and _is_open(n) else nowhere for n in (1, 2)]
                with self._lock:
                    control = self._running_control()
                    # one that has ended just now is found out by waiting for the child
                    with contextlib.suppress(OSError):
                        given = [asked.fileno(), theirs.fileno(), told, *outputs]
                        socket.send_fds(control, [b"f"], given)
            child.wait_for_birth(seconds)
        except ParentEndedError as error:
            child.close()
            raise ParentEndedError(f"{error}{self._last_words()}") from None
        except BaseException:
            child.close()
            raise
        self._children.add(child)
        return child

    def _running_control(self) -> socket.socket:
        if self._closed:
            raise ParentEndedError("the warm parent was closed")
        if self._owner != os.getpid():
            self._forget()
        if self._process is not None and self._process.poll() is None:
            return self._control
        self._close()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        program = _PROGRAM.format(str(Path(__file__).parents[2]))
        self._said = tempfile.TemporaryFile()  # noqa: SIM115
        with theirs:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, *self.options, "-c", program),
                    *(str(theirs.fileno()), json.dumps(self.modules)),
                ],
                pass_fds=[theirs.fileno()],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._said,
                start_new_session=True,
            )
        self._control = ours
        return ours

    def _forget(self) -> None:
        """In a process that was forked from the caller, the parent is still the caller's."""
        self._owner = os.getpid()
        self._children.clear()
        self._process = self._control = self._said = None

    def _last_words(self) -> str:
        with self._lock:
            # it is gone, or about to be
            if self._process is None or self._said is None:
                return ""
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
            self._said.seek(0)
            said = self._said.read().decode(errors="replace").strip()[-2000:]
            return f":\n{said}" if said else ""

    def close(self) -> None:
        """End the parent and all of its children, for good."""
        with self._lock:
            self._closed = True
            self._close()

    def _close(self) -> None:
        for opened in (self._control, self._said):
            if opened is not None:
                opened.close()
        self._control = self._said = None
        if self._process is not None:
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def __enter__(self) -> WarmParent:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True
