"""The workers of a Dask cluster during one sweep: what they lack, and the rows they have."""

from __future__ import annotations

import queue
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import suppress
from itertools import islice
from typing import Any

from bindery.faults import BinderyError
from bindery.plan import Plan
from bindery.sweep.answer import Answer, read_answer
from bindery.sweep.delivery import Delivery
from bindery.sweep.parcel import Parcel, Translation

# rows travel together until they take about so many seconds
_BATCH_SECONDS, _BATCH_ROWS = 1.0, 50
# how often a task is tried where it fails for reasons that no row has
_TRIES = 3
# how often, in seconds, it is seen who is there, and who comes where nobody is
_LOOK, _SHORT = 1.0, 0.1
# how long a scheduler may be too busy to say so
_ANSWER = 30.0


class Crew:
    """The workers that a scheduler has, whichever these are at the moment.

    So many plans are under way as keep all threads of all workers busy, not more: of a sweep of any
    length only these are held here.
    """

    def __init__(
        self,
        client: Any,
        parcel: Parcel,
        lock: str,
        tell: Callable[[str], Any],
        results_only: bool,
        patience: float,
    ):
        self.client, self.parcel, self.tell, self.patience = client, parcel, tell, patience
        self.results_only = results_only
        self.address = client.scheduler.address
        self.name = f"bindery-{uuid.uuid4().hex[:12]}"
        self.delivery = Delivery(client, parcel, self.name, lock, tell)
        # address of a worker -> how many rows it runs at once
        self._threads: dict[str, int] = {}
        self._looked = self._manned = time.monotonic()
        # key of a task -> its future, and its plans
        self._under_way: dict[str, tuple[Any, list[Plan]]] = {}
        self._finished: queue.SimpleQueue[str] = queue.SimpleQueue()
        # seconds that a row takes, of late
        self._pace = _BATCH_SECONDS
        # whether there is a scheduler no more
        self._gone = False

    def gather(self) -> None:
        """Wait for a worker; see that all are as this machine is, and have the project."""
        if self.client.dashboard_link:
            self.tell(f"dashboard: {self.client.dashboard_link}")
        self._look()
        if not self._threads:
            self.tell(_manning({}))
        while not self._threads:
            time.sleep(_SHORT)
            self._look()
        self.delivery.start()

    def disband(self) -> None:
        """Leave nothing running on the workers; what is under way is given up."""
        # the scheduler may end at this moment
        with suppress(OSError):
            if not self._gone:
                self.client.cancel([future for future, _ in self._under_way.values()], force=True)
                self.delivery.end()

    def answers(self, plans: Iterable[Plan]) -> Iterator[tuple[Plan, Answer]]:
        """Every plan with its answer, in the order in which they finish."""
        plans = iter(plans)
        more = True
        while more or self._under_way:
            while more and len(self._under_way) < 2 * sum(self._threads.values()):
                batch = list(islice(plans, self._batch()))
                more = bool(batch)
                if batch:
                    self._give(batch)
            yield from self._take()

    def _batch(self) -> int:
        return max(1, min(_BATCH_ROWS, int(_BATCH_SECONDS / self._pace)))

    def _give(self, plans: list[Plan]) -> None:
        from bindery.sweep.envoy import runner

        rows = [
            {
                "page": plan.page,
                "notebook": plan.notebook,
                "given": dict(plan.given),
                "environment": plan.environment,
                "results_only": self.results_only,
            }
            for plan in plans
        ]
        key = f"{plans[0].notebook}-{uuid.uuid4().hex}"
        future = self.client.submit(
            runner(self.name), rows, key=key, pure=False, retries=_TRIES - 1
        )
        self._under_way[key] = future, plans
        future.add_done_callback(lambda _: self._finished.put(key))

    def _take(self) -> Iterator[tuple[Plan, Answer]]:
        """The answers of the next task that has finished, if one does so within a while."""
        try:
            key = self._finished.get(timeout=_LOOK)
        except queue.Empty:
            self._look()
            return
        if time.monotonic() - self._looked > _LOOK:
            self._look()
        future, plans = self._under_way.pop(key)
        said = self._result(future, plans)
        if said is None:
            # each by itself: it may be one of them that ends its worker
            for plan in plans:
                self._give([plan])
        elif "worker" in said:
            self.delivery.send([said["worker"]])
            self._give(plans)
        elif "killed" in said:
            yield plans[0], Answer(error=f"{plans[0].page}: {said['killed']}")
        else:
            translation = Translation(said["folder"], self.parcel.root)
            for plan, told in zip(plans, said["answers"], strict=True):
                answer = read_answer(told, translation)
                self._pace += 0.1 * (answer.seconds - self._pace)
                yield plan, answer

    def _result(self, future: Any, plans: list[Plan]) -> dict[str, Any] | None:
        """What a task says; None where its workers were killed and the plans are to be parted."""
        from distributed import KilledWorker

        while True:
            try:
                return future.result(timeout=_LOOK)
            except KilledWorker as error:
                if len(plans) > 1:
                    return None
                return {
                    "killed": f"{error.allowed_failures + 1} workers, one after the other, were "
                    "killed while they had this row; the system does so when memory runs out"
                }
            except CancelledError:
                raise self._lost() from None
            except TimeoutError as error:
                # a result that is on its way, or is made again since its worker is gone
                if future.status == "error":
                    raise self._unable(error) from None
                self._look()
            except Exception as error:  # noqa: BLE001
                # whatever went wrong there
                raise self._unable(error) from None

    def _look(self) -> None:
        """See which workers there are; raise where the scheduler is gone, or nobody comes."""
        try:
            if self.client.status != "running":
                raise self._lost()
            threads = dict(self.client.nthreads(callback_timeout=_ANSWER))
        except TimeoutError:
            raise self._lost(f"has not answered for {_ANSWER:.0f} seconds") from None
        except OSError:
            raise self._lost() from None
        self._looked = time.monotonic()
        if sorted(threads) != sorted(self._threads):
            self.tell(_manning(threads))
        self._threads = threads
        if threads:
            self._manned = self._looked
        elif self._looked - self._manned > self.patience:
            raise BinderyError(
                f"{self.address}: the Dask scheduler has had no worker for {self.patience:g} "
                f"seconds; start workers with `dask worker {self.address}`"
            )

    def _lost(self, what: str = "is gone") -> BinderyError:
        self._gone = True
        return BinderyError(
            f"{self.address}: the Dask scheduler {what}; start it and its workers again"
        )

    def _unable(self, error: Exception) -> BinderyError:
        told = f"{type(error).__name__}: {error}"
        return BinderyError(f"{self.address}: its workers cannot run rows, mend that: {told}")


def _manning(threads: Mapping[str, int]) -> str:
    if not threads:
        return "no worker is there; waiting for one"
    rows = sum(threads.values())
    return (
        f"{len(threads)} worker{'' if len(threads) == 1 else 's'}, "
        f"{rows} row{'' if rows == 1 else 's'} at once"
    )
