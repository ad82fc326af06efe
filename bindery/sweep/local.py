"""Rows of a sweep on this machine: several at once, each forked from one warm parent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from bindery.execute import warm_parent
from bindery.kept import Kept
from bindery.plan import Plan
from bindery.sweep.outcome import FAILED, Outcome, run_row
from bindery.sweep.rowfolder import WORK, settle_folder


def run_here(
    kept: Kept, rows: Iterable[tuple[int, Plan]], jobs: int, out: Path, notebooks: bool
) -> Iterator[Outcome]:
    """The outcome of each row as it finishes; rows are taken as processes get free.

    With `notebooks`, the folder of a row has its place in `out` before its outcome is told. To
    close this ends what runs.
    """
    work = out / WORK

    def run(row: int, plan: Plan) -> Outcome:
        folder = work / str(row)
        outcome = run_row(kept, plan, row, parent, folder, notebooks)
        if notebooks and outcome.status != FAILED:
            settle_folder(folder, out, row)
        return outcome

    with warm_parent(kept.project) as parent, ThreadPoolExecutor(jobs) as pool:
        running: set[Future[Outcome]] = set()
        try:
            for row, plan in rows:
                running.add(pool.submit(run, row, plan))
                # one waits for each that runs, so that no process waits for this one
                if len(running) >= 2 * jobs:
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    yield from (one.result() for one in done)
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        except BaseException:
            # begin nothing more and end what runs; leaving the pool waits for it
            pool.shutdown(wait=False, cancel_futures=True)
            parent.close()
            raise
