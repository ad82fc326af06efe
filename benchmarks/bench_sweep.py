"""Sweeps: against papermill's own engine, over five thousand rows, killed half-way, on a cluster.

Run from the project's root with `make bench`. Rows differ in their parameters, so that none is
kept from another; what is kept is that of a copy of the project, which begins with nothing.
"""

from __future__ import annotations

import csv
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice, product
from pathlib import Path

import psutil
from bench_build import fresh_copy, seconds
from measures import COMMAND, median, note, row

from bindery.project import Project, find_project

NOTEBOOK, ROWS, BLOCKS, MANY = "urban_rural_convergence", 100, 5, 5000
PLACES = ("330100", "330000", "100000", "330200", "330300", "330500", "330900")
NAMES = ("place", "horizon", "rounding", "extra", "form")
# as many rows as are taken for the first and the last ones of many
PART = 100


def main() -> None:
    project = find_project()
    project.build.mkdir(exist_ok=True)
    for trial in (hundred, cluster, many):
        note(trial(project))


def parameter_rows() -> Iterator[tuple[object, ...]]:
    """Rows that all differ; the first hundred in place and horizon alone."""
    roundings = ("half_up", "half_down", "half_up_or_down", "truncate")
    extras, forms = ("both", "derived", "claimed", "none"), ("all", "linear", "log", "gap_decay")
    for form, extra, rounding in product(forms, extras, roundings):
        for horizon, place in product(range(8, 23), PLACES):
            yield place, horizon, rounding, extra, form


def write_rows(file: Path, number: int) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([NAMES, *islice(parameter_rows(), number)])
    return file


@contextmanager
def place_for_copies(project: Project) -> Iterator[Path]:
    # inside the project: notebooks look for it in the folders above
    with tempfile.TemporaryDirectory(dir=project.build) as folder:
        yield Path(folder)


def sweep_command(file: Path, *options: str) -> list[str]:
    return [*COMMAND, "sweep", NOTEBOOK, "--grid", str(file), "--quiet", *options]


def hundred(project: Project) -> list[dict[str, object]]:
    """Two at a time; papermill's own engine in parts, so that the programs take turns."""
    plain, warm, results = [], [], []
    with place_for_copies(project) as place:
        file = write_rows(place / "rows.csv", ROWS)
        rows = list(islice(parameter_rows(), ROWS))
        for block in range(BLOCKS):
            plain.append(time_plain(project, place, rows[block::BLOCKS]))
            for times, options in ((results, ()), (warm, ("--notebooks",))):
                copy = fresh_copy(project, place / "copy")
                times.append(seconds(sweep_command(file, "--jobs", "2", *options), copy))
    whole = statistics.median(plain) * BLOCKS
    return [
        row("many-runs", whole / statistics.median(warm), "times", 4, least=True),
        row("many-results", whole / statistics.median(results), "times", 10, least=True),
    ]


def time_plain(project: Project, place: Path, rows: Sequence[tuple[object, ...]]) -> float:
    notebook = project.notebooks / f"{NOTEBOOK}.ipynb"
    began = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        tasks = [
            pool.submit(
                run_plain, project.root, notebook, place / f"plain-{n}.ipynb",
                dict(zip(NAMES, values, strict=True)),
            )
            for n, values in enumerate(rows)
        ]  # fmt: skip
        for task in tasks:
            task.result()
    return time.perf_counter() - began


def run_plain(root: Path, notebook: Path, target: Path, values: dict) -> None:
    import papermill

    os.chdir(root)
    papermill.execute_notebook(str(notebook), str(target), parameters=values, progress_bar=False)


def cluster(project: Project) -> list[dict[str, object]]:
    """On a scheduler with two workers of this machine, against two rows at a time without one."""
    dask = [sys.executable, "-m", "dask"]
    with place_for_copies(project) as place:
        file = write_rows(place / "rows.csv", ROWS)
        told = place / "scheduler.json"
        processes = [
            subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for command in (
                [*dask, "scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1",
                 "--scheduler-file", str(told)],
                *([*dask, "worker", "--scheduler-file", str(told), "--nthreads", "1",
                   "--no-dashboard", "--local-directory", str(place / f"worker-{n}")]
                  for n in range(2)),
            )
        ]  # fmt: skip
        try:
            while not told.is_file() or not told.read_text(encoding="utf-8"):
                time.sleep(0.1)
            address = json.loads(told.read_text(encoding="utf-8"))["address"]

            def ratio() -> float:
                copy = fresh_copy(project, place / "copy")
                there = seconds(sweep_command(file, "--scheduler", address), copy)
                copy = fresh_copy(project, place / "copy")
                return there / seconds(sweep_command(file, "--jobs", "2"), copy)

            return [row("sweep-cluster", median(ratio, 3), "times", 1.3)]
        finally:
            for process in processes:
                process.terminate()
                process.wait(30)


def many(project: Project) -> list[dict[str, object]]:
    """Killed when half of the rows are written down, and called again."""
    with place_for_copies(project) as place:
        file = write_rows(place / "rows.csv", MANY)
        copy = fresh_copy(project, place / "copy")
        lines = copy / "_build" / "sweeps" / f"{NOTEBOOK}-rows" / "results.jsonl"
        first = Watched(sweep_command(file, "--jobs", "2"), copy, lines)
        first.until(MANY // 2)
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        written = count(lines)
        second = Watched(sweep_command(file, "--jobs", "2"), copy, lines)
        second.until(MANY)
        if second.process.wait():
            sys.exit("the sweep of many rows failed")
        last = second.times[-1][0] - second.moment(MANY - PART)
        early = first.moment(2 * PART) - first.moment(PART)
        growth = max(
            one.memory(one.times[-1][1]) - one.memory(one.times[0][1] + PART)
            for one in (first, second)
        )
        # what ran when it was killed, and lines that did not last
        again = 2 + max(0, written - second.times[0][1])
    return [
        # of one process: two run side by side
        row("sweep-row", 2 * last / PART, "seconds", 0.25),
        row("sweep-flat", last / early, "times", 1.1),
        row("sweep-repeated", again, "rows", MANY / 100),
        row("sweep-memory", growth / 1e6, "megabytes", 50),
    ]


def count(lines: Path) -> int:
    return lines.read_bytes().count(b"\n") if lines.is_file() else 0


class Watched:
    """A sweep that runs, and what it has done by when; and how much memory its process has."""

    def __init__(self, command: list[str], folder: Path, lines: Path):
        self.process = psutil.Popen(command, cwd=folder)
        self.lines = lines
        # moment, rows written down, bytes of memory
        self.times: list[tuple[float, int, int]] = []

    def until(self, rows: int) -> None:
        while self.process.poll() is None:
            done = count(self.lines)
            if done:
                held = self.process.memory_info().rss
                self.times.append((time.perf_counter(), done, held))
            if done >= rows:
                return
            time.sleep(1)

    def moment(self, rows: int) -> float:
        """When so many rows were written down, between the looks before and after."""
        before = max(one for one in self.times if one[1] <= rows)
        after = min(one for one in self.times if one[1] >= rows)
        if after[1] == before[1]:
            return after[0]
        share = (rows - before[1]) / (after[1] - before[1])
        return before[0] + share * (after[0] - before[0])

    def memory(self, rows: int) -> int:
        return max(held for _, done, held in self.times if done <= rows)


if __name__ == "__main__":
    main()
