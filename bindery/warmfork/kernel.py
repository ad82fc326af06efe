"""The forked side: IPython's own kernel, speaking over a socket that was there before the fork."""

from __future__ import annotations

import contextlib
import contextvars
import functools
import re
import signal
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar

import zmq
from ipykernel import ipkernel
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core import shellapp
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait
from traitlets import Bool, DottedObjectName, Instance, Type
from traitlets.config import Config
from traitlets.config.loader import DeferredConfigString

from bindery.loaded import loaded_since
from bindery.warmfork.channel import Receiver
from bindery.warmfork.memory import end_where_memory_ends, loosened, tight
from bindery.warmfork.output import OutputThread, PromptStream, ReplyStream

# as the notebook client asks for: the trait of a class, and its value
_SETTING = re.compile(r"--([A-Z]\w*)\.(\w+)=(.*)")
# the modules that were there before the fork
_before: set[str] = set()


def note_modules() -> None:
    """List the modules there are, before the fork: to list one after it copies its name."""
    _before.update(sys.modules)


class _WithoutModules:
    """The module sys, in all but its modules."""

    modules: ClassVar[dict[str, ModuleType]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(sys, name, value)


@contextlib.contextmanager
def _modules_untouched(looker: ModuleType) -> Iterator[None]:
    """Another module looks through all modules here: what it looks at is copied after a fork."""
    looker.sys = _WithoutModules()
    try:
        yield
    finally:
        looker.sys = sys


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """An interrupt is heard, in this thread, as in a Python that a person talks to."""
    ignored = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, ignored)


class NoDebugger:
    """Nothing can reach a debugger here, so none is made."""

    def __init__(self, *_: Any):
        pass


class ForkedKernel(IPythonKernel):
    """IPython's kernel; requests come one by one, so that no queue has to be emptied."""

    shell_stream = Instance(ReplyStream)
    debugger_class = Type(NoDebugger)
    # cells that await are told apart from subshells by this thread; there are no subshells
    shell_channel_thread = AnyTrait(SimpleNamespace(parent_thread=threading.main_thread()))
    _supports_kernel_subshells = False
    # what is shown and the reply come in the order in which they are written; nothing to wait for
    _execute_sleep = 0.0
    # whether the client hears that a request has begun, of which it only notes the time
    tells_begin = Bool(True).tag(config=True)

    def __init__(self, **traits: Any):
        # for its debugger, a kernel lists the files of all modules
        with _modules_untouched(ipkernel):
            super().__init__(**traits)
        # asked first when a traceback is made; it is not part of one
        self.shell._get_exc_info = loosened(self.shell._get_exc_info)
        # the cell that is run; kernel and shell each transform it, one right after the other
        self._cell, self._transformed = "", ""
        self._transform = self.shell.transform_cell
        self.shell.transform_cell = self._transform_once
        # so do they ask whether it awaits, for which it is compiled
        self.shell.should_run_async = functools.lru_cache(1)(self.shell.should_run_async)

    def _transform_once(self, cell: str) -> str:
        if cell != self._cell:
            return self._transform(cell)
        made, self._transformed = self._transformed, ""
        if not made:
            made = self._transformed = self._transform(cell)
        return made

    async def do_execute(self, code: str, *given: Any, **named: Any) -> dict[str, Any]:
        self._cell, self._transformed = code, ""
        self.shell.should_run_async.cache_clear()
        with tight(), _interruptible():
            return await super().do_execute(code, *given, **named)

    def pre_handler_hook(self) -> None:
        """Only cells are interrupted: a kernel is asked to end by an interrupt, as soon as its last
        reply is read, and that may be before it has done with the request.
        """

    def post_handler_hook(self) -> None:
        """As before the request."""

    def _publish_status(self, status: str, *given: Any, **named: Any) -> None:
        if status != "busy" or self.tells_begin:
            super()._publish_status(status, *given, **named)

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Nothing waits: a client that goes on after an error means to go on."""

    def serve(self, connection: socket.socket) -> None:
        """Answer requests until the client closes the stream, or a cell ends the kernel."""
        receiver = Receiver(connection)
        loop = self.io_loop.asyncio_loop
        # one context for all requests: what a cell sets there, the next one finds
        context = contextvars.copy_context()
        running = set()

        def receive() -> None:
            if not receiver.receive():
                loop.remove_reader(connection)
                loop.stop()
            for _, frames in receiver.messages():
                request = self.shell_main(None, [zmq.Frame(frame) for frame in frames])
                task = loop.create_task(request, context=context)
                running.add(task)
                task.add_done_callback(running.discard)

        loop.add_reader(connection, receive)
        loop.run_forever()


class ForkedKernelApp(IPKernelApp):
    """IPython's kernel application without ports: profile, configuration and shell stay its own."""

    kernel_class = Type(ForkedKernel)
    outstream_class = DottedObjectName(f"{PromptStream.__module__}.{PromptStream.__name__}")

    def __init__(self, connection: socket.socket, **traits: Any):
        super().__init__(**traits)
        self.connection = connection

    def parse_command_line(self, argv: Sequence[str] | None = None) -> None:
        """Settings by name need no parser of all options, which takes long to make."""
        words = sys.argv[1:] if argv is None else list(argv)
        found = [_SETTING.fullmatch(word) for word in words]
        if not all(found):
            super().parse_command_line(words)
            return
        self.argv, self.extra_args, self.cli_config = words, [], Config()
        for owner, trait, value in (setting.groups() for setting in found):
            self.cli_config[owner][trait] = DeferredConfigString(value)
        self.update_config(self.cli_config)

    def init_connection_file(self) -> None:
        """There is none, nor a port to write into it."""

    def write_connection_file(self, **_: Any) -> None:
        """There is nothing to write."""

    def log_connection_info(self) -> None:
        self._ports = {}

    def init_poller(self) -> None:
        """The end of the stream tells that the client is gone."""

    def init_heartbeat(self) -> None:
        """The client asks the parent, which knows whether a child lives."""

    def init_sockets(self) -> None:
        self.session.key = b""
        self.configure_tornado_logger()
        end_where_memory_ends(self.log)
        self.iopub_thread = OutputThread(self.connection, self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_code(self) -> None:
        with _modules_untouched(shellapp):
            super().init_code()
        # what `%reset --aggressive` leaves
        _before.update(loaded_since(_before))
        self.shell._sys_modules_keys = _before

    def init_kernel(self) -> None:
        self.kernel = self.kernel_class.instance(
            parent=self,
            session=self.session,
            shell_stream=ReplyStream(self.iopub_thread),
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.kernel.io_loop = IOLoop.current()
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count
