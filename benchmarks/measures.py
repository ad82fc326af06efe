"""What is measured, and the table of it that the page on how the book was made shows."""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

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
        "en": "a hundred runs with other parameters and drawing, two at a time, faster than "
        "papermill's own engine",
        "zh": "改变参数并绘图运行一百次，每次两个并行，快于papermill自带引擎",
    },
    "many-results": {
        "en": "the same, results only",
        "zh": "同上，只取结果，不绘图",
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
    "exports": {
        "en": "all files of a figure in one language, processor time",
        "zh": "一幅图一种语言的全部导出文件，处理器时间",
    },
    "exports-again": {
        "en": "drawings made where nothing changed",
        "zh": "没有任何改动时重新绘制的图",
    },
    "sweep-row": {
        "en": "a row of a sweep, results only, in one of two processes",
        "zh": "批量运行的一行，只取结果（两个进程之一）",
    },
    "sweep-flat": {
        "en": "time per row of a sweep of five thousand rows, against the first hundred",
        "zh": "五千行批量运行的每行用时，与前一百行之比",
    },
    "sweep-repeated": {
        "en": "rows that are run twice where a sweep of five thousand rows is killed half-way",
        "zh": "五千行批量运行中途被强行终止后重复运行的行数",
    },
    "sweep-memory": {
        "en": "memory that the sweep's own process gains from the first hundred rows to the last",
        "zh": "批量运行主进程从前一百行到最后一行增加的内存",
    },
    "sweep-cluster": {
        "en": "a hundred rows on a Dask scheduler with two workers, against two on this machine",
        "zh": "一百行在带两个工作进程的Dask调度器上的用时，与本机两个并行之比",
    },
    "page-usable": {
        "en": "from a click until a page can be used, the page in the middle, served on this "
        "machine",
        "zh": "从点击到网页可用，居中的一页，由本机提供",
    },
    "page-usable-slowest": {
        "en": "the same, the slowest page",
        "zh": "同上，最慢的一页",
    },
    "command-help": {"en": "bindery --help", "zh": "bindery --help"},
    "command-status": {"en": "bindery status", "zh": "bindery status"},
    "command-check": {
        "en": "bindery check on unchanged data",
        "zh": "数据未变时的bindery check",
    },
}


def row(id: str, value: float, unit: str, bar: float, least: bool = False) -> dict[str, object]:
    """`least`: the value must be at least the bar, not at most."""
    return {"id": id, "value": round(value, 4), "unit": unit, "bar": bar, "least": least}


def median(call: Callable[[], float], times: int = 5) -> float:
    return statistics.median(call() for _ in range(times))


def note(rows: Iterable[dict[str, object]]) -> None:
    """Say what was found, and write it into the table; other measures stay as they are."""
    content = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    known = {old["id"]: old for old in content.get("rows", [])}
    for found in rows:
        compared = found["value"] - found["bar"]
        met = "met" if (compared >= 0 if found["least"] else compared <= 0) else "missed"
        print(f"{found['id']}: {found['value']:.3g} {found['unit']}, {met}", flush=True)
        known[found["id"]] = found
    machine = (
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} CPU, {psutil.virtual_memory().total / 2**30:.0f} GB"
    )
    rows = [known[id] | {"name": name} for id, name in NAMES.items() if id in known]
    text = json.dumps({"machine": machine, "rows": rows}, ensure_ascii=False, indent=1) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
