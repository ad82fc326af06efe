"""What the warm engine and the kept results save, against what a user would run instead.

Run from the project's root with `make bench`. Every figure is a ratio in one run, or a time beside
its bar; the programs take turns. What was measured is written to `benchmarks/results.json`, which
the page on how the book was made shows.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import psutil
from bench_build import BINDERY, JUPYTER_BOOK, fresh_copy, plain_book, seconds

from bindery.project import Project, find_project
from bindery.warmfork import WarmParent
from bindery.warmfork.client import ForkedManager

NOTEBOOK, RUNS = "urban_rural_convergence", 100
PLACES = ("330100", "330000", "100000", "330200", "330300", "330500", "330900")
COMMAND = [sys.executable, "-m", "bindery.cli"]
RESULTS = Path(__file__).with_name("results.json")


# what each measure is called in the book
NAMES = {
    "overhead": {
        "en": "a one-cell notebook, from the fork to the end of its process",
        "zh": "只有一个单元的笔记本，从分叉到进程结束",
    },
    "memory": {
        "en": "memory of the warm parent and two children",
        "zh": "父进程与两个子进程的内存",
    },
    "many-runs": {
        "en": f"{RUNS} runs with other parameters and drawing, two at a time, faster than "
        "papermill's own engine",
        "zh": f"改变参数并绘图运行{RUNS}次，每次两个并行，快于papermill自带引擎",
    },
    "cold": {
        "en": "one edition with page images, from nothing, faster than Jupyter Book executing the "
        "same notebooks",
        "zh": "从零生成一种语言及页面图形，快于由Jupyter Book执行同样的笔记本",
    },
    "unchanged": {"en": "a build where nothing changed", "zh": "没有任何改动的构建"},
    "unchanged-ratio": {
        "en": "a build where nothing changed, faster than Jupyter Book's own",
        "zh": "没有任何改动的构建，快于Jupyter Book自身",
    },
    "row-changed": {
        "en": "one row of data changed, both editions, as a part of Jupyter Book executing "
        "everything in one",
        "zh": "改动一行数据并生成两种语言，与由Jupyter Book以一种语言执行全部笔记本之比",
    },
    "both-editions": {
        "en": "both editions against one, from nothing",
        "zh": "从零生成两种语言与一种语言之比",
    },
    "command-help": {"en": "bindery --help", "zh": "bindery --help"},
    "command-status": {"en": "bindery status", "zh": "bindery status"},
    "command-check": {
        "en": "bindery check on unchanged data",
        "zh": "数据未变时的bindery check",
    },
}


def main() -> None:
    project = find_project()
    project.build.mkdir(exist_ok=True)
    machine = (
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} CPU, {psutil.virtual_memory().total / 2**30:.0f} GB"
    )
    measured: list[dict[str, object]] = []
    for trial in (overhead, memory, commands, many_runs, builds):
        for found in trial(project):
            measured.append(found | {"name": NAMES[found["id"]]})
            compared = found["value"] - found["bar"]
            met = "met" if (compared >= 0 if found["least"] else compared <= 0) else "missed"
            print(f"{found['id']}: {found['value']:.3g} {found['unit']}, {met}", flush=True)
        # after each trial: the later ones take long, and may be ended
        content = {"machine": machine, "rows": measured}
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        RESULTS.write_text(text, encoding="utf-8")


def row(id: str, value: float, unit: str, bar: float, least: bool = False) -> dict[str, object]:
    """`least`: the value must be at least the bar, not at most."""
    return {"id": id, "value": round(value, 4), "unit": unit, "bar": bar, "least": least}


def median(call: Callable[[], float], times: int = 5) -> float:
    return statistics.median(call() for _ in range(times))


def overhead(project: Project) -> list[dict[str, object]]:
    """A one-cell notebook, from the fork to the end of its process."""

    async def one(parent: WarmParent) -> float:
        began = time.perf_counter()
        manager = ForkedManager(lambda cwd, words: parent.fork(os.environ, project.root, words))
        manager.start_kernel(extra_arguments=["--HistoryManager.hist_file=:memory:"])
        client = manager.client()
        await client.wait_for_ready(30)
        asked = client.execute("1 + 1")
        while (await client.shell_channel.get_msg(30))["parent_header"]["msg_id"] != asked:
            pass
        await manager.shutdown_kernel()
        client.stop_channels()
        return time.perf_counter() - began

    with WarmParent(project.preload) as parent:
        asyncio.run(one(parent))
        return [row("overhead", median(lambda: asyncio.run(one(parent)), 9), "seconds", 0.08)]


def memory(project: Project) -> list[dict[str, object]]:
    """A parent and two of its children, in proportion to what they share."""
    with WarmParent(project.preload) as parent:
        children = [parent.fork(os.environ, project.root) for _ in range(2)]
        time.sleep(1)
        me = psutil.Process()
        family = [one for one in me.children(recursive=True) if one.is_running()]
        total = sum(one.memory_full_info().pss for one in family)
        for child in children:
            child.close()
    return [row("memory", total / 1e6, "megabytes", 600)]


def many_runs(project: Project) -> list[dict[str, object]]:
    """A notebook with other parameters each time, drawing included, two at a time."""
    grid = [
        {"place": PLACES[number % len(PLACES)], "horizon": 8 + number // len(PLACES)}
        for number in range(RUNS)
    ]
    with tempfile.TemporaryDirectory(dir=project.build) as folder:
        warm = timed(lambda: run_warm(project, Path(folder), grid))
        plain = timed(lambda: run_plain(project, Path(folder), grid))
    return [row("many-runs", plain / warm, "times", 4, least=True)]


def timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def run_one(root: Path, notebook: Path, target: Path, values: dict, **engine: object) -> None:
    import papermill

    os.chdir(root)
    papermill.execute_notebook(
        str(notebook), str(target), parameters=values, progress_bar=False, **engine
    )


def run_plain(project: Project, folder: Path, grid: list[dict]) -> None:
    notebook = project.notebooks / f"{NOTEBOOK}.ipynb"
    with ProcessPoolExecutor(2) as pool:
        tasks = [
            pool.submit(run_one, project.root, notebook, folder / f"plain-{n}.ipynb", values)
            for n, values in enumerate(grid)
        ]
        for task in tasks:
            task.result()


def run_warm(project: Project, folder: Path, grid: list[dict]) -> None:
    from papermill.engines import papermill_engines

    from bindery.warmfork import WarmForkEngine

    papermill_engines.register("warmfork", WarmForkEngine)
    notebook = project.notebooks / f"{NOTEBOOK}.ipynb"
    with WarmParent(project.preload) as parent, ThreadPoolExecutor(2) as pool:
        engine = {"engine_name": "warmfork", "parent": parent}
        tasks = [
            pool.submit(
                run_one, project.root, notebook, folder / f"warm-{n}.ipynb", values, **engine
            )
            for n, values in enumerate(grid)
        ]
        for task in tasks:
            task.result()


def builds(project: Project) -> list[dict[str, object]]:
    """Cold, unchanged and with one row changed, against Jupyter Book on the same notebooks."""
    times: dict[str, list[float]] = {}

    def note(name: str, command: list[str], folder: Path) -> None:
        times.setdefault(name, []).append(seconds(command, folder))

    # inside the project: notebooks look for it in the folders above
    with tempfile.TemporaryDirectory(dir=project.build) as place:
        plain = plain_book(project, Path(place) / "plain")
        cached = plain_book(project, Path(place) / "cached", execute="cache")
        seconds([*JUPYTER_BOOK, str(cached)], project.root)
        for _ in range(5):
            copy = fresh_copy(project, Path(place) / "copy")
            note("draft", [*BINDERY, "--draft", "en"], copy)
            copy = fresh_copy(project, Path(place) / "copy")
            note("drafts", [*BINDERY, "--draft", "en", "--draft", "zh"], copy)
            copy = fresh_copy(project, Path(place) / "copy")
            seconds(BINDERY, copy)
            note("unchanged", BINDERY, copy)
            change_row(copy)
            note("row", BINDERY, copy)
            note("plain", [*JUPYTER_BOOK, "--all", str(plain)], project.root)
            note("plain unchanged", [*JUPYTER_BOOK, str(cached)], project.root)
    found = {name: statistics.median(values) for name, values in times.items()}
    return [
        row("cold", found["plain"] / found["draft"], "times", 3, least=True),
        row("unchanged", found["unchanged"], "seconds", 0.5),
        row(
            "unchanged-ratio",
            found["plain unchanged"] / found["unchanged"],
            "times",
            2,
            least=True,
        ),
        row("row-changed", found["row"] / found["plain"], "times", 0.3),
        row("both-editions", found["drafts"] / found["draft"], "times", 1.6),
    ]


def change_row(copy: Path) -> None:
    """A row of one place, so that some pages rest on it and others do not."""
    file = copy / "data" / "investment.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(",completed_investment,1350,", ",completed_investment,1351,"))


def commands(project: Project) -> list[dict[str, object]]:
    """Commands that only look."""
    with tempfile.TemporaryDirectory(dir=project.build) as place:
        copy = fresh_copy(project, Path(place) / "copy")
        seconds(BINDERY, copy)
        seconds([*COMMAND, "check"], copy)
        return [
            row(
                f"command-{words[-1].strip('-')}",
                median(lambda w=words: seconds(w, copy)),
                "seconds",
                0.3,
            )
            for words in ([*COMMAND, "--help"], [*COMMAND, "status"], [*COMMAND, "check"])
        ]


if __name__ == "__main__":
    main()
