"""The whole book, both editions, against Jupyter Book executing the same notebooks itself.

Run from the project's root with `make bench`. Each figure is the median of several runs, and the
two programs take turns, so that a busy moment of the machine falls on both.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

from bindery.parameters import notebook_names
from bindery.project import Project, find_project
from bindery.stage import copy_prose, write_flat_contents

RUNS = 3


def plain_book(project: Project, folder: Path) -> Path:
    """The same pages for Jupyter Book alone: one edition, notebooks executed at every build."""
    copy_prose(project, folder)
    for name in notebook_names(project):
        shutil.copy2(project.notebooks / f"{name}.ipynb", folder)
    write_flat_contents(project, folder)
    own = yaml.safe_load((project.root / "_config.yml").read_text(encoding="utf-8"))
    config = {
        "title": "The same pages",
        "execute": {"execute_notebooks": "force", "timeout": 600},
        "bibtex_bibfiles": own["bibtex_bibfiles"],
        "parse": own["parse"],
        # the pages use its roles; without facts of a run it sets nothing
        "sphinx": {"extra_extensions": ["bindery.sphinx"]},
    }
    (folder / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return folder


def seconds(command: list[str], folder: Path) -> float:
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    project = find_project()
    bindery = [sys.executable, "-m", "bindery.cli", "build", "--quiet"]
    book = [
        sys.executable,
        "-c",
        "from jupyter_book.cli.main import main; main()",
        "build",
        "--all",
    ]
    times: dict[str, list[float]] = {"bindery, two editions": [], "Jupyter Book, one edition": []}
    # inside the project: notebooks look for it in the folders above
    with tempfile.TemporaryDirectory(dir=project.build) as folder:
        plain = plain_book(project, Path(folder) / "book")
        for _ in range(RUNS):
            times["bindery, two editions"].append(seconds(bindery, project.root))
            times["Jupyter Book, one edition"].append(seconds([*book, str(plain)], project.root))
    medians = {name: statistics.median(values) for name, values in times.items()}
    base = medians["Jupyter Book, one edition"]
    for name, median in medians.items():
        spread = f"{min(times[name]):.1f} to {max(times[name]):.1f}"
        print(f"{name}: median {median:.1f} s ({spread}), {median / base:.2f} of Jupyter Book")


if __name__ == "__main__":
    main()
