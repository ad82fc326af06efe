"""One notebook with other parameters: run aside, kept under a name made from the values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bindery.collect import Book
from bindery.execute import EXECUTED, Task, run_task
from bindery.numbers import result_text
from bindery.pages import Page
from bindery.parameters import Parameters, notebook_path, read_parameters
from bindery.project import LANGUAGES, Project
from bindery.publish import remove
from bindery.record import canonical_json, write_atomically
from bindery.registry import read_registry
from bindery.report import Reporter
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
    remove(work)
    try:
        with reporter.part(name):
            record = run_task(project, Task(name, stem, parameters.given, work))
        write_atomically(work / "parameters.json", canonical_json(dict(parameters.values)))
        remove(target)
        work.rename(target)
    finally:
        remove(work)
    lang = parameters.values.get("lang", LANGUAGES[0])
    labels = read_labels(project)
    page = Page(name, parameters)
    book = Book(project, registry, labels, [page], {name: record})
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
    return f"{parameters.notebook}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"
