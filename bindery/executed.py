"""The executed notebook of each page: what ran, in the words that the project has now."""

from __future__ import annotations

import copy
import platform
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from bindery.cache.files import digest, write_whole
from bindery.collect import Book
from bindery.commit import current_commit
from bindery.execute import EXECUTED, INJECTED
from bindery.pages import Page
from bindery.record import RunRecord, canonical_json, drawing_file
from bindery.shown import shown

# beside the editions: what differs from build to build must not change a page
RUN_STATUS, VARIANTS = "runs.js", "variants.js"


def worded_notebooks(book: Book) -> dict[str, NotebookNode]:
    """The executed notebook of each page."""
    return {page.name: worded_notebook(book, page) for page in book.pages}


def write_runs(book: Book, executed: Mapping[str, NotebookNode], folder: Path) -> None:
    """`runs/<page>/`: the executed notebook, what it ran from, and what its figures are drawn from.

    Times and commit belong here.
    """
    commit = current_commit(book.project)
    for page in book.pages:
        record = book.records[page.name]
        target = folder / page.name
        target.mkdir(parents=True)
        illustrated = illustrated_notebook(record, page, executed[page.name])
        nbformat.write(illustrated, target / f"{page.name}.ipynb")
        drawings = {}
        for local in record.published("figure"):
            content = drawing_file(record.folder, local).read_bytes()
            write_whole(drawing_file(target, local), content)
            drawings[local] = digest(content)
        write_whole(
            target / "run.json",
            canonical_json(
                {
                    "page": page.name,
                    "notebook": page.notebook,
                    "commit": commit,
                    "parameters": dict(page.parameters.values),
                    "seconds": round(record.seconds, 2),
                    "engine": record.engine,
                    "key": _run_key(book, page),
                    "drawings": drawings,
                }
            ),
        )


def write_run_status(book: Book, file: Path) -> None:
    """How each page was made, as a script: a page that is opened from disk can load no data."""
    lock = book.project.root / book.project.lock
    status = {
        "pages": [
            {
                "page": page.name,
                "notebook": page.notebook,
                "seconds": round(record.seconds, 2),
                "kept": record.kept,
                "engine": record.engine,
                "key": _run_key(book, page),
            }
            for page in book.pages
            for record in [book.records[page.name]]
        ],
        "environment": {
            "commit": current_commit(book.project),
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
            "lock": digest(lock.read_bytes()) if lock.is_file() else "",
        },
    }
    write_whole(file, f"window.binderyRuns = {canonical_json(status).strip()};\n")


def _run_key(book: Book, page: Page) -> str:
    """Of code, parameters, lock, packages and Python: what the run was made from."""
    return page.plan.recipe(book.project).key


def worded_notebook(book: Book, page: Page) -> NotebookNode:
    """Code and what it computed come from the run, markdown from the notebook's file.

    What was published is shown in the registry's present words. So neither prose nor a caption
    needs a new run.
    """
    ran = nbformat.read(book.records[page.name].folder / EXECUTED, as_version=4)
    path = book.project.notebooks / f"{page.notebook}.ipynb"
    ran.cells = list(_cells(ran, nbformat.read(path, as_version=4)))
    for cell in ran.cells:
        for output in cell.get("outputs", []):
            if mark := output.get("metadata", {}).get("bindery"):
                output.data = NotebookNode(_bundle(book, page, mark))
    return ran


def _cells(ran: NotebookNode, written: NotebookNode) -> Iterator[NotebookNode]:
    """The cells of the file in their order, code cells as they ran, and the injected one."""
    code = iter([cell for cell in ran.cells if cell.cell_type == "code"])
    for cell in written.cells:
        if cell.cell_type != "code":
            yield cell
            continue
        executed = next(code)
        if INJECTED in executed.metadata.get("tags", []):
            yield executed
            executed = next(code)
        yield executed


def _bundle(book: Book, page: Page, mark: Mapping[str, str]) -> Mapping[str, str]:
    """What one published thing shows, in the language of the run."""
    kind, local, lang = mark["kind"], mark["id"], page.parameters.lang

    def fill(text: Mapping[str, str]) -> str:
        return book.text(page, text, lang)

    facts = book.records[page.name].published(kind)[local]
    words = {} if kind == "refusal" else book.registry.entry(page.notebook, f"{kind}s", local)
    return shown(kind, local, facts, words, fill, book.labels, lang)


def illustrated_notebook(record: RunRecord, page: Page, executed: NotebookNode) -> NotebookNode:
    """An executed notebook with the pictures of its figures, which are drawn after it ran."""
    made = copy.deepcopy(executed)
    for cell in made.cells:
        for output in cell.get("outputs", []):
            mark = output.get("metadata", {}).get("bindery", {})
            if mark.get("kind") == "figure":
                name = f"{page.parameters.lang}.svg"
                picture = record.folder / "figures" / mark["id"] / name
                output.data["image/svg+xml"] = picture.read_text(encoding="utf-8")
    return made
