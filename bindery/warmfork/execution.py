"""How papermill runs a notebook in a forked process."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from nbclient.exceptions import DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args
from traitlets import Bool

from bindery.warmfork.client import ForkedManager
from bindery.warmfork.fitness import Kernel, forked_kernel
from bindery.warmfork.forked import Child, ForkRefusedError, ParentEndedError
from bindery.warmfork.parent import WarmParent

_lock = threading.Lock()
_shared: list[WarmParent] = []


class ForkingNotebookClient(PapermillNotebookClient):
    """papermill's client; that the process is gone it hears from the process."""

    # whether the notebook is to hold what its cells show
    shown = Bool(True)

    def output(self, outs: list, msg: Mapping[str, Any], *place: Any) -> Any:
        """What is shown is checked against the format of notebooks, which takes long."""
        if not self.shown and msg["msg_type"] in ("display_data", "execute_result"):
            return None
        return super().output(outs, msg, *place)

    async def _async_poll_kernel_alive(self) -> None:
        """No need to ask every second."""


class ForkingEngine(NBClientEngine):
    """What `WarmForkEngine` stands for."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        parent: WarmParent | None = None,
        environment: Mapping[str, str] | None = None,
        folder: str | None = None,
        memory: int = 0,
        before: tuple[str, Any] | None = None,
        shown: bool = True,
        **given: Any,
    ) -> Any:
        """As papermill's engine. `parent`, by default one of this process, forks the kernel, which
        gets `environment`, `folder`, `memory` and `before` as in `WarmParent.fork`; papermill's own
        engine, where it has to do, heeds the first two. Without `shown` the notebook gets errors
        and streams, but nothing that its cells display.
        """
        outer = dict(os.environ if environment is None else environment)
        settings = merge_kwargs(
            remove_args(["timeout", "startup_timeout", "input_path"], **given),
            timeout=execution_timeout or given.get("timeout"),
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            log=logger,
        )
        kernel = forked_kernel(kernel_name)
        refused = kernel if isinstance(kernel, str) else ""
        if not refused:
            values = kernel.environment(outer)

            def fork(cwd: str | None, arguments: Sequence[str]) -> Child:
                where = folder or cwd or os.getcwd()
                asked = (values, where, arguments, memory, before, start_timeout)
                return parent.fork(*asked) if parent else _fork_shared(kernel, *asked)

            try:
                nb_man.nb.metadata.papermill["engine"] = "warmfork"
                return _run(nb_man, ForkedManager(fork), settings | {"shown": shown})
            except ForkRefusedError as error:
                refused = str(error)
        nb_man.nb.metadata.papermill["engine"] = f"nbclient: {refused}"
        own = {"env": outer} if environment is not None else {}
        own |= {"cwd": folder} if folder else {}
        return PapermillNotebookClient(nb_man, **settings).execute(**own)


def _run(nb_man: Any, manager: ForkedManager, settings: Mapping[str, Any]) -> Any:
    """Raises what a person can act on where the process ends before the notebook does."""
    # `config` speaks of sockets, which are not here
    client = ForkingNotebookClient(nb_man, km=manager, **remove_args(["config"], **settings))
    if not client.record_timing:
        client.extra_arguments.append("--ForkedKernel.tells_begin=False")
    try:
        return client.execute(cleanup_kc=True)
    except DeadKernelError:
        reason = manager.error()
        if isinstance(reason, ParentEndedError):
            raise reason from None
        raise DeadKernelError(f"Kernel died: {reason}") from None


def _fork_shared(kernel: Kernel, environment: Mapping[str, str], *asked: Any) -> Child:
    """Fork from a parent of this process that suits the environment."""
    with _lock:
        for parent in _shared:
            if parent.options == kernel.options and parent.suits(environment):
                return parent.fork(environment, *asked)
        # another environment is asked for; who waits for a child of another parent waits on
        for parent in [parent for parent in _shared if not parent.busy]:
            parent.close()
            _shared.remove(parent)
        if not _shared:
            atexit.register(_close_shared)
        _shared.append(WarmParent(environment=environment, echo=True, options=kernel.options))
        return _shared[-1].fork(environment, *asked)


def _close_shared() -> None:
    while _shared:
        _shared.pop().close()
