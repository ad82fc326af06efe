"""One notebook with other parameters: run aside, kept under a name made from the values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from bindery.cache.files import digest, write_whole
from bindery.collect import Book
from bindery.execute import EXECUTED, warm_parent
from bindery.executed import worded_notebook
from bindery.figures import draw_figures
from bindery.kept import kept_results
from bindery.numbers import result_text
from bindery.pages import Page
from bindery.parameters import Parameters, notebook_path, read_parameters
from bindery.project import LANGUAGES, Project
from bindery.publish import remove
from bindery.record import canonical_json
from bindery.registry import read_registry
from bindery.report import Reporter
from bindery.runs import kept_run, new_run
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
            found = kept_run(kept, page.plan, work) or new_run(kept, page.plan, work, parent)
            record = found[0]
            draw_figures(kept, parent, record, LANGUAGES)
        lang, labels = parameters.lang, read_labels(project)
        book = Book(project, registry, labels, [page], {name: record})
        book.require_words()
        nbformat.write(worded_notebook(book, page), work / EXECUTED)
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
