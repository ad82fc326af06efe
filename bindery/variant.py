"""One notebook with other parameters: run aside, kept under a name made from the values."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from bindery.cache.files import digest, file_digest, write_whole
from bindery.collect import Book
from bindery.execute import EXECUTED, warm_parent
from bindery.executed import VARIANTS, illustrated_notebook, worded_notebook
from bindery.faults import BinderyError
from bindery.figures import draw_figures
from bindery.kept import Kept, kept_results
from bindery.numbers import result_text
from bindery.pages import Page
from bindery.parameters import Parameters, notebook_path, read_parameters
from bindery.project import LANGUAGES, Project
from bindery.publish import remove
from bindery.record import RECORD, canonical_json
from bindery.registry import read_registry
from bindery.report import Reporter
from bindery.runs import kept_run, new_run
from bindery.sweep.declared import read_declared
from bindery.sweep.standing import require_fresh
from bindery.words import read_labels, word


def run_variant(
    project: Project, notebook: str, given: Mapping[str, Any], reporter: Reporter
) -> Path:
    """Run a notebook, say its results, and give back the folder with all it made."""
    stem = notebook_path(project, notebook).stem
    parameters = read_parameters(project, stem, given)
    registry = read_registry(project)
    name = variant_name(parameters)
    target = project.build / "variants" / name
    work = project.build / "variants" / f".{name}.part"
    page = Page(name, parameters)
    remove(work)
    try:
        with (
            reporter.part(name),
            kept_results(project, reporter.warn) as kept,
            warm_parent(project) as parent,
        ):
            require_fresh(kept, read_declared(kept), page.plan.sweeps)
            found = kept_run(kept, page.plan, work) or new_run(kept, page.plan, work, parent)
            record = found[0]
            draw_figures(kept, parent, record, LANGUAGES)
        lang, labels = parameters.lang, read_labels(project)
        book = Book(project, registry, labels, [page], {name: record})
        book.require_words()
        executed = illustrated_notebook(record, page, worded_notebook(book, page))
        nbformat.write(executed, work / EXECUTED)
        write_whole(work / "parameters.json", canonical_json(dict(parameters.values)))
        remove(work / "drawings")
        remove(target)
        work.rename(target)
    finally:
        remove(work)
        work.with_name(f"{work.name}.trace.json").unlink(missing_ok=True)
    for local, facts in record.published("result").items():
        label = book.words(page, "results", local, lang)["label"]
        reporter.say(f"  {label}: {result_text(facts, labels, lang)}")
    for method, gate in record.published("refusal").items():
        reporter.say(f"  {method}: {word('not_shown', lang)}: {gate['found'][lang]}")
    for warning in record.warnings:
        reporter.warn(f"{stem} warned in its {warning}")
    reporter.say(f"time: {reporter.timing()}")
    reporter.say(f"executed notebook: {project.relative(target / EXECUTED)}")
    return target


def variant_name(parameters: Parameters) -> str:
    """A name that the same values always have, whatever order they were given in."""
    text = canonical_json(dict(parameters.values))
    return f"{parameters.notebook}-{digest(text)[:10]}"


def write_variants(kept: Kept, html: Path) -> None:
    """Tell the pages which variants are kept and still hold; their notebooks stand beside them.

    As a script: a page that is opened from disk can load no data.
    """
    told = []
    (html / "notebooks").mkdir(exist_ok=True)
    for folder in sorted((kept.project.build / "variants").glob("[!.]*")):
        parameters = _still_holds(kept, folder)
        if parameters is not None:
            shutil.copy2(folder / EXECUTED, html / "notebooks" / f"{folder.name}.ipynb")
            address = f"../notebooks/{folder.name}.ipynb"
            given = parameters.given
            told.append({"notebook": parameters.notebook, "given": given, "address": address})
    write_whole(html / VARIANTS, f"window.binderyVariants = {canonical_json(told).strip()};\n")


def _still_holds(kept: Kept, folder: Path) -> Parameters | None:
    """The parameters of a variant whose run rests on what there is now; else None."""
    try:
        values = json.loads((folder / "parameters.json").read_text(encoding="utf-8"))
        parameters = read_parameters(kept.project, folder.name.rpartition("-")[0], values)
    except (OSError, ValueError, BinderyError):
        # of a notebook or a value that is no more
        return None
    entry = kept.store.find(Page(folder.name, parameters).plan.recipe(kept.project))
    record = folder / RECORD
    # the run that holds may be a later one, of a page or a sweep, and have other results
    if entry is None or RECORD not in entry.files or not record.is_file():
        return None
    return parameters if entry.files[RECORD][0] == file_digest(str(record)) else None
