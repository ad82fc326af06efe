"""The whole book, both editions: from nothing, and against Jupyter Book executing the same pages.

Run from the project's root with `make bench`. Each figure is the median of several runs, and the
programs take turns, so that a busy moment of the machine falls on all.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import yaml
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from bindery.pages import read_pages
from bindery.project import Project, find_project
from bindery.stage import copy_prose, write_flat_contents

# where a shell forbids Python to keep compiled code, each kernel of the other programs compiles all
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

RUNS = 3
# The book is to be built from nothing in so many seconds on two cores.
BAR = 60
NOTHING, AGAIN, PLAIN = (
    "bindery, two editions, from nothing",
    "bindery, two editions, again",
    "Jupyter Book, one edition",
)
BINDERY = [sys.executable, "-m", "bindery.cli", "build", "--quiet"]
JUPYTER_BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build"]


def plain_book(project: Project, folder: Path, execute: str = "force") -> Path:
    """The same pages for Jupyter Book alone: one edition, notebooks executed as it is told to."""
    # a notebook that reads a sweep asks for the table that a build has made
    seconds(BINDERY, project.root)
    copy_prose(project, folder)
    for page in read_pages(project):
        notebook = load_notebook_node(str(project.notebooks / f"{page.notebook}.ipynb"))
        given = dict(page.parameters.given)
        nbformat.write(parameterize_notebook(notebook, given), folder / f"{page.name}.ipynb")
    write_flat_contents(project, folder)
    own = yaml.safe_load((project.root / "_config.yml").read_text(encoding="utf-8"))
    config = {
        "title": "The same pages",
        "execute": {"execute_notebooks": execute, "timeout": 600},
        "bibtex_bibfiles": own["bibtex_bibfiles"],
        "parse": own["parse"],
        # the pages use its roles; without facts of a run it sets nothing
        "sphinx": {
            "extra_extensions": ["bindery.sphinx"],
            # a notebook that fails would only be a warning, and be done soon
            "config": {"nb_execution_raise_on_error": True},
        },
    }
    (folder / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return folder


def fresh_copy(project: Project, folder: Path) -> Path:
    """The project as a clone holds it, without anything that a build has left."""
    shutil.rmtree(folder, ignore_errors=True)
    left = shutil.ignore_patterns(".*", "_build", "__pycache__")
    return Path(shutil.copytree(project.root, folder, ignore=left))


def seconds(command: list[str], folder: Path) -> float:
    began = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return took


def main() -> None:
    project = find_project()
    project.build.mkdir(exist_ok=True)
    times: dict[str, list[float]] = {NOTHING: [], AGAIN: [], PLAIN: []}
    # inside the project: notebooks look for it in the folders above
    with tempfile.TemporaryDirectory(dir=project.build) as folder:
        plain = plain_book(project, Path(folder) / "plain")
        for _ in range(RUNS):
            copy = fresh_copy(project, Path(folder) / "copy")
            times[NOTHING].append(seconds(BINDERY, copy))
            times[AGAIN].append(seconds(BINDERY, copy))
            times[PLAIN].append(seconds([*JUPYTER_BOOK, "--all", str(plain)], project.root))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        spread = f"{min(times[name]):.1f} to {max(times[name]):.1f}"
        share = f"{median / medians[PLAIN]:.2f} of Jupyter Book"
        print(f"{name}: median {median:.1f} s ({spread}), {share}")
    met = "met" if medians[NOTHING] <= BAR else "missed"
    print(f"from nothing in {BAR} s on two cores: {met}, with {os.cpu_count()} cores here")


if __name__ == "__main__":
    main()
