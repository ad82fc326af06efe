"""Build the book: data check, notebooks, figures, editions, publication."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from bindery import catalogue
from bindery.cache.files import write_whole
from bindery.cache.inputs import Inputs
from bindery.collect import Book, write_figures, write_results
from bindery.datacheck import kept_report, require_schema
from bindery.editions import Editions
from bindery.executed import RUN_STATUS, write_run_status, write_runs
from bindery.faults import BinderyError
from bindery.kept import Kept, joined
from bindery.pageruns import PageRuns, Wanted
from bindery.pages import Page, read_pages
from bindery.project import LANGUAGES
from bindery.publication import read_publication
from bindery.publish import fresh_folder, publish, remove
from bindery.registry import read_registry
from bindery.render import extract_messages
from bindery.report import Reporter
from bindery.sweep.declared import read_declared, table_file
from bindery.sweep.inbook import BookSweeps, SweepMade
from bindery.tables import write_tables
from bindery.unchanged import Built, keep_book, prose_inputs
from bindery.variant import write_variants
from bindery.versions.history import copy_versions
from bindery.versions.shelf import read_versions
from bindery.versions.snapshot import snapshot_text
from bindery.warmfork import WarmParent
from bindery.words import read_labels


def build(kept: Kept, parent: WarmParent, reporter: Reporter, jobs: int) -> Built:
    """Make the whole book aside and publish it; on any fault the last good book stays.

    What was kept of earlier calls is not made again. `parent` is closed when the figures are drawn.
    """
    project = kept.project
    target = fresh_folder(project)
    with (
        ThreadPoolExecutor(1) as aside,
        Editions(kept, LANGUAGES, target / "html") as editions,
    ):
        # beside the notebooks: a processor is free while the last of them runs
        translated = aside.submit(_require_translations, kept)
        made = _run_book(kept, parent, Wanted(LANGUAGES), target / "work", reporter, jobs, editions)
        book = made.book
        with reporter.part("figures and results"):
            write_figures(book, target / "figures")
            write_tables(book, target)
            write_results(book, target / "results.json")
            write_whole(target / "snapshot.json", snapshot_text(book.history.built))
            write_runs(book, editions.executed, target / "runs")
        _warn_of_edits(book, reporter)
        editions.finish(reporter, [translated])
    _join_editions(book, target / "html")
    write_variants(kept, target / "html")
    shutil.rmtree(target / "work")
    publish(project, target)
    figures = sum(len(record.published("figure")) for record in book.records.values())
    run = sum(not record.kept for record in book.records.values())
    tables = made.tables
    built = Built(
        *(len(book.pages), figures, len(book.results), run),
        *(len(tables), sum(one.rows for one in tables), sum(one.run for one in tables)),
    )
    if made.inputs is not None:
        keep_book(kept, built, made.inputs)
    return built


def build_draft(
    kept: Kept, parent: WarmParent, langs: Sequence[str], reporter: Reporter, jobs: int
) -> Path:
    """Some editions in `_build/draft`, with the pictures of their pages alone, for a quick look.

    The published book stays as it is, and translations are not required.
    """
    project = kept.project
    target = project.build / "draft"
    remove(target)
    html, wanted = target / "html", Wanted(langs, ("svg",))
    with Editions(kept, langs, html) as editions:
        book = _run_book(kept, parent, wanted, target / "work", reporter, jobs, editions).book
        write_figures(book, html / "figures")
        editions.finish(reporter)
    write_run_status(book, html / RUN_STATUS)
    write_variants(kept, html)
    shutil.rmtree(target / "work")
    return html / langs[0] / "index.html"


@dataclass(frozen=True)
class _Made:
    """What was run and drawn; and what all of it rests on, if that is known."""

    book: Book
    inputs: Inputs | None
    tables: Sequence[SweepMade]


def _run_book(
    kept: Kept,
    parent: WarmParent,
    wanted: Wanted,
    folder: Path,
    reporter: Reporter,
    jobs: int,
    editions: Editions,
) -> _Made:
    """Check the data, run all pages and sweeps and draw their figures, side by side.

    The editions are begun as soon as there is all that pages say.
    """
    project = kept.project
    with parent, ThreadPoolExecutor(2) as aside:
        checking = aside.submit(_check, kept, parent, reporter)
        try:
            declared = read_declared(kept)
            pages = read_pages(project)
            registry, labels = read_registry(project), read_labels(project)
            read_publication(project)
            read_versions(project)
        except BinderyError:
            # faults of the data are told first: they may be the reason
            checking.result()
            raise
        # a label table may import much for its first word; a processor is free for it now
        aside.submit(_ask_words, labels, pages)
        sweeps = BookSweeps(kept, declared, parent, folder / "sweeps")
        runs = PageRuns(kept, parent, folder, wanted, reporter, checking, sweeps)
        book = Book(project, registry, labels, pages, runs.records, declared, wanted.names)

        def begin_editions() -> None:
            book.require_words()
            editions.begin(book)

        inputs = runs.make([page.plan for page in pages], jobs, begin_editions)
    checked = checking.result()
    known = inputs is not None and checked is not None
    return _Made(book, joined(inputs, checked) if known else None, sweeps.made)


def _ask_words(labels: Mapping[str, Any], pages: Sequence[Page]) -> None:
    """Ask for the words of all parameters."""
    for page in pages:
        for value in page.parameters.values.values():
            if isinstance(value, str):
                labels["values"].get(value)


def _warn_of_edits(book: Book, reporter: Reporter) -> None:
    if book.history.edited:
        version = book.history.built["version"]
        reporter.warn(
            f"version {version} is published, and what is built differs: `bindery diff {version}` "
            "tells what; raise the version in book/publication.yml"
        )


def _check(kept: Kept, parent: WarmParent, reporter: Reporter) -> Inputs | None:
    """Check the data; what the verdict rests on, where all of it is known."""
    began = time.monotonic()
    report, inputs = kept_report(kept, parent)
    require_schema(report)
    if not report.rules:
        reporter.say(f"  data: no faults, {time.monotonic() - began:.1f} s")
        return inputs
    for fault in report.rules:
        reporter.warn(str(fault))
    reporter.warn(
        f"{len(report.rules)} rows break a rule of the project; the book is built "
        "from them all the same. `bindery check` lists them and fails."
    )
    return None


def _require_translations(kept: Kept) -> str:
    project = kept.project

    def complete() -> str:
        template = extract_messages(project)
        for lang in LANGUAGES:
            if lang != catalogue.SOURCE_LANGUAGE:
                catalogue.require_complete(project, template, lang)
        return "translations complete"

    return kept.step("translations", lambda: prose_inputs(kept), complete)


def _join_editions(book: Book, html: Path) -> None:
    """What both editions share: the first page, the files of figures and tables, the notebooks."""
    first = resources.files("bindery") / "assets" / "index.html"
    (html / "index.html").write_bytes(first.read_bytes())
    for part in ("figures", "tables"):
        shutil.copytree(html.parent / part, html / part)
    shutil.copy2(html.parent / "results.json", html / "results.json")
    write_run_status(book, html / RUN_STATUS)
    copy_versions(book.project, html / "versions")
    for sweep in book.sweeps:
        (html / "sweeps").mkdir(exist_ok=True)
        shutil.copy2(table_file(book.project, sweep.name), html / "sweeps")
    (html / "notebooks").mkdir()
    for page in book.pages:
        file = html.parent / "runs" / page.name / f"{page.name}.ipynb"
        shutil.copy2(file, html / "notebooks" / file.name)
    (html / ".nojekyll").touch()
