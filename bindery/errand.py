"""A function run in a watched process, so that it is known what its answer rests on.

What a project's own code computes in this process would be taken from Python's bytecode, which may
be older than the code; and a process that only looks whether anything changed need not import it.
"""

from __future__ import annotations

import math
import os
import pickle
import select
import tempfile
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from bindery.cache.inputs import Inputs
from bindery.cache.recipe import named_recipe
from bindery.cache.status import read_trace
from bindery.execute import fixed_environment, watched
from bindery.faults import BinderyError
from bindery.kept import Kept
from bindery.project import Project, find_project
from bindery.warmfork import WarmParent
from bindery.warmfork.forked import Child, ParentEndedError


def kept_answer(
    kept: Kept, parent: WarmParent, name: str, function: str
) -> tuple[Any, Inputs | None]:
    """As `answer`, but kept under a name where nothing that it rests on changed."""
    recipe = named_recipe(name, "")
    if (entry := kept.store.find(recipe)) is not None:
        return entry.facts, entry.inputs
    value, inputs = answer(kept.project, parent, function)
    if inputs is not None:
        kept.store.keep(recipe, inputs, None, value)
    return value, inputs


def answer(
    project: Project,
    parent: WarmParent,
    function: str,
    *arguments: Any,
    own: Sequence[str] = (),
    seconds: float = math.inf,
) -> tuple[Any, Inputs | None]:
    """What `module:function` answers for the project, and what that rests on, if all is known.

    Arguments and answer are plain values; folders of `own` are the caller's, to read and write.
    Raises the BinderyError or OSError that the function raises, and one after so many seconds.
    """
    with tempfile.TemporaryDirectory(prefix="b-", ignore_cleanup_errors=True) as scratch:
        said, trace = Path(scratch, "said"), Path(scratch, "trace")
        settings = {
            "function": function,
            "arguments": arguments,
            "said": str(said),
            "watch": watched(project, trace, [scratch, *own]),
        }

        def run_once() -> object:
            child = parent.fork(
                fixed_environment(project, os.environ) | {"TMPDIR": scratch},
                project.root,
                memory=project.memory_limit << 20,
                before=("bindery.errand:run", settings),
            )
            try:
                return _ending(child, seconds)
            finally:
                child.close()

        ending = run_once()
        if isinstance(ending, ParentEndedError):
            # a notebook, or the system, has ended it; a new one is started
            ending = run_once()
        if not said.is_file():
            raise BinderyError(f"{function} ended early: {ending}")
        value, fault = pickle.loads(said.read_bytes())
        if fault is not None:
            raise fault
        inputs, reasons = read_trace(trace)
        return value, None if reasons else inputs


def _ending(child: Child, seconds: float) -> object:
    """How a child ended; it is ended where it does not do so in time."""
    news = select.poll()
    news.register(child, select.POLLIN)
    deadline, late = time.monotonic() + seconds, False
    while child.exit_code() is None:
        if time.monotonic() >= deadline:
            child.kill()
            deadline, late = math.inf, True
        # a wait without end is told by None
        left = deadline - time.monotonic()
        news.poll(None if left == math.inf else max(left, 0) * 1000 + 1)
    return f"it took longer than {seconds:g} s" if late else child.ending()


def run(settings: dict[str, Any]) -> None:
    """In the process of the errand: answer, and end."""
    from bindery.cache import trace

    trace.install(settings["watch"])
    module, _, name = settings["function"].partition(":")
    try:
        function = getattr(import_module(module), name)
        said = function(find_project(Path.cwd()), *settings["arguments"]), None
    except (BinderyError, OSError) as error:
        said = None, error
    trace.finish()
    Path(settings["said"]).write_bytes(pickle.dumps(said))
    os._exit(0)
