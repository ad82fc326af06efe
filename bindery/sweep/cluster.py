"""Rows of a sweep on a Dask cluster, which may be this machine, a batch system or Kubernetes.

What a worker needs is the packages of the lock; project and this package travel there by content.
A worker may come, go or be killed at any moment: its rows run elsewhere. When the scheduler ends,
the sweep ends with an error, and what was done until then is kept.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bindery.cache.inputs import Inputs
from bindery.cache.recipe import Recipe
from bindery.faults import BinderyError, Fault
from bindery.kept import Kept
from bindery.plan import Plan
from bindery.project import Project
from bindery.publish import remove
from bindery.record import RunRecord, read_record
from bindery.sweep.answer import Answer
from bindery.sweep.crew import Crew
from bindery.sweep.parcel import Parcel, pack

# how long a scheduler may take to answer, and how long a sweep waits while there is no worker
_ANSWER, PATIENCE = 15.0, 120.0
_ADDRESS = re.compile(r"(tcp|tls)://(\[[^\]\s]+\]|[^/:\s]+):[0-9]{1,5}")


@dataclass(frozen=True)
class Ran:
    """A plan that was run elsewhere: what it published, or why it failed.

    `recipe` is what was run. The folder of the record lasts until the next one is asked for.
    `inputs` is what the run rests on, None where it may not be kept.
    """

    plan: Plan
    recipe: Recipe
    record: RunRecord | None
    inputs: Inputs | None
    seconds: float
    error: str = ""


def run_on_cluster(
    kept: Kept,
    plans: Iterable[Plan],
    address: str,
    tell: Callable[[str], Any],
    results_only: bool = False,
    patience: float = PATIENCE,
) -> Iterator[Ran]:
    """Run plans on the workers of a Dask scheduler, in the order in which they finish.

    `address` is tcp://HOST:PORT, or tls://HOST:PORT with the certificates of Dask's own settings.
    `tell` hears where the dashboard is, which workers there are and what was sent to them. Plans
    are taken as workers ask for them. With `results_only` the record comes back alone, without the
    executed notebook. Raises BinderyError where the scheduler does not answer or ends, where there
    is no worker for `patience` seconds, where what is installed there differs from what is
    installed here, and where a parameter names a file that does not travel.
    """
    parcel = pack(kept.project)
    with (
        _connected(address) as client,
        tempfile.TemporaryDirectory(prefix="b-", ignore_cleanup_errors=True) as scratch,
    ):
        crew = Crew(client, parcel, kept.project.lock, tell, results_only, patience)
        try:
            crew.gather()
            travelling = _travelling(parcel, plans)
            for number, (plan, answer) in enumerate(crew.answers(travelling)):
                folder = Path(scratch, str(number))
                yield _ran(kept.project, parcel, plan, answer, folder)
                remove(folder)
        finally:
            crew.disband()


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """A client of the scheduler; what Dask would say to the terminal, the errors say better."""
    if not _ADDRESS.fullmatch(address):
        raise BinderyError(
            f"--scheduler {address!r}: allowed: tcp://HOST:PORT or tls://HOST:PORT, "
            "as `dask scheduler` prints it"
        )
    from distributed import Client

    # each has a level of its own
    names = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    levels = {logger: logger.level for logger in map(logging.getLogger, names)}
    for logger in levels:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with _reached(address, Client) as client:
            yield client
    finally:
        for logger, level in levels.items():
            logger.setLevel(level)


@contextmanager
def _reached(address: str, connect: Callable[..., Any]) -> Iterator[Any]:
    try:
        client = connect(address, timeout=_ANSWER, set_as_default=False, name="bindery")
    except (OSError, TypeError, ValueError) as error:
        remedy = (
            "tls:// needs the certificates of this cluster in Dask's settings "
            "(distributed.comm.tls.ca-file, and .client.cert and .client.key)"
            if address.startswith("tls:")
            else "start one with `dask scheduler`, which prints its address; one that was started "
            "with certificates has an address that begins with tls://"
        )
        raise BinderyError(f"{address}: no Dask scheduler answers ({error}); {remedy}") from None
    try:
        yield client
    finally:
        client.close(timeout=_ANSWER)


def _travelling(parcel: Parcel, plans: Iterable[Plan]) -> Iterator[Plan]:
    for plan in plans:
        faults = [
            Fault(
                plan.page,
                f"{name} = {value!r}, a file that is on this machine alone",
                "a file in the project's folder, by a path from there, and no hidden one",
            )
            for name, value in plan.given.items()
            if isinstance(value, str) and parcel.leaves_behind(value)
        ]
        if faults:
            raise BinderyError("a row cannot run on a cluster", faults)
        yield plan


def _ran(project: Project, parcel: Parcel, plan: Plan, answer: Answer, folder: Path) -> Ran:
    """Lay out what came back as if it had run here."""
    recipe = plan.recipe(project)
    # the recipe is made from these as they are by now
    made_from = project.notebooks / f"{plan.notebook}.ipynb", project.root / project.lock
    known = answer.inputs is not None and all(map(parcel.holds, made_from))
    inputs = answer.inputs if known else None
    if answer.error:
        return Ran(plan, recipe, None, inputs, answer.seconds, answer.error)
    for name, content in answer.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    record = read_record(
        plan.page, plan.notebook, folder, answer.seconds, answer.warnings, answer.engine
    )
    return Ran(plan, recipe, record, inputs, answer.seconds)
