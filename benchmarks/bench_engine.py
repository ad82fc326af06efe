"""What the warm engine and the kept results save, against what a user would run instead.

Run from the project's root with `make bench`. Every figure is a ratio in one run, or a time beside
its bar; the programs take turns. What was measured is written to `benchmarks/results.json`, which
the page on how the book was made shows.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path

import psutil
from bench_build import BINDERY, JUPYTER_BOOK, fresh_copy, plain_book, seconds
from measures import COMMAND, median, note, row

from bindery.project import Project, find_project
from bindery.warmfork import WarmParent
from bindery.warmfork.client import ForkedManager


def main() -> None:
    project = find_project()
    project.build.mkdir(exist_ok=True)
    # after each trial: the later ones take long, and may be ended
    for trial in (overhead, memory, commands, builds):
        note(trial(project))


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


def builds(project: Project) -> list[dict[str, object]]:
    """Cold, unchanged and with one row changed, against Jupyter Book on the same notebooks."""
    times: dict[str, list[float]] = {}

    def time_call(name: str, command: list[str], folder: Path) -> None:
        times.setdefault(name, []).append(seconds(command, folder))

    # inside the project: notebooks look for it in the folders above
    with tempfile.TemporaryDirectory(dir=project.build) as place:
        plain = plain_book(project, Path(place) / "plain")
        cached = plain_book(project, Path(place) / "cached", execute="cache")
        seconds([*JUPYTER_BOOK, str(cached)], project.root)
        for _ in range(5):
            copy = fresh_copy(project, Path(place) / "copy")
            time_call("draft", [*BINDERY, "--draft", "en"], copy)
            copy = fresh_copy(project, Path(place) / "copy")
            time_call("drafts", [*BINDERY, "--draft", "en", "--draft", "zh"], copy)
            copy = fresh_copy(project, Path(place) / "copy")
            seconds(BINDERY, copy)
            time_call("unchanged", BINDERY, copy)
            change_row(copy)
            time_call("row", BINDERY, copy)
            time_call("plain", [*JUPYTER_BOOK, "--all", str(plain)], project.root)
            time_call("plain unchanged", [*JUPYTER_BOOK, str(cached)], project.root)
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
