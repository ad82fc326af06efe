"""Build the book: data check, notebooks, figures, editions, publication."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from importlib import resources
from pathlib import Path
from threading import Lock

from nbformat import NotebookNode

from bindery import catalogue
from bindery.cache.files import write_whole
from bindery.cache.inputs import Inputs
from bindery.cache.recipe import named_recipe
from bindery.collect import Book, write_figures, write_results
from bindery.datacheck import kept_report, require_schema
from bindery.executed import RUN_STATUS, worded_notebooks, write_run_status, write_runs
from bindery.faults import BinderyError
from bindery.kept import Kept, contents_digest, joined
from bindery.pages import read_pages
from bindery.project import LANGUAGES, Project
from bindery.publication import read_publication
from bindery.publish import fresh_folder, publish, remove
from bindery.registry import read_registry
from bindery.render import Press, extract_messages, render
from bindery.report import Reporter
from bindery.runs import Wanted, run_pages
from bindery.stage import stage_edition
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

    What was kept of earlier calls is not made again. `parent` is closed when the notebooks have
    run.
    """
    project = kept.project
    target = fresh_folder(project)
    with _presses(project, LANGUAGES) as presses, ThreadPoolExecutor(1) as aside:
        # beside the notebooks: a processor is free while the last of them runs
        translated = aside.submit(_require_translations, kept)
        wanted = Wanted(LANGUAGES)
        book, inputs, tables = _run_book(kept, parent, wanted, target / "work", reporter, jobs)
        with reporter.part("figures and results"):
            write_figures(book, target / "figures")
            write_tables(book, target)
            write_results(book, target / "results.json")
            write_whole(target / "snapshot.json", snapshot_text(book.history.built))
            executed = worded_notebooks(book)
            write_runs(book, executed, target / "runs")
        _warn_of_edits(book, reporter)
        _render_editions(kept, book, executed, presses, target, reporter, [translated])
    _join_editions(book, target / "html")
    write_variants(kept, target / "html")
    shutil.rmtree(target / "work")
    publish(project, target)
    figures = sum(len(record.published("figure")) for record in book.records.values())
    run = sum(not record.kept for record in book.records.values())
    built = Built(
        *(len(book.pages), figures, len(book.results), run),
        *(len(tables), sum(made.rows for made in tables), sum(made.run for made in tables)),
    )
    if inputs is not None:
        keep_book(kept, built, inputs)
    return built


def build_draft(
    kept: Kept, parent: WarmParent, langs: Sequence[str], reporter: Reporter, jobs: int
) -> Path:
    """Some editions in `_build/draft`, with page images and no other files, for a quick look.

    The published book stays as it is, and translations are not required.
    """
    project = kept.project
    target = project.build / "draft"
    remove(target)
    wanted = Wanted(langs, ("svg",))
    with _presses(project, langs) as presses:
        book, *_ = _run_book(kept, parent, wanted, target / "work", reporter, jobs)
        executed = worded_notebooks(book)
        _render_editions(kept, book, executed, presses, target, reporter, [])
    write_run_status(book, target / "html" / RUN_STATUS)
    write_variants(kept, target / "html")
    shutil.rmtree(target / "work")
    return target / "html" / langs[0] / "index.html"


@contextmanager
def _presses(project: Project, langs: Sequence[str]) -> Iterator[dict[str, Press]]:
    """One for each edition; they import while the first notebooks wait for their parent."""
    with ExitStack() as stack:
        yield {lang: stack.enter_context(Press(project)) for lang in langs}


def _run_book(
    kept: Kept, parent: WarmParent, wanted: Wanted, folder: Path, reporter: Reporter, jobs: int
) -> tuple[Book, Inputs | None, Sequence[SweepMade]]:
    """Check the data and run all pages and sweeps, side by side; and what all of it rests on, if
    that is known.
    """
    project = kept.project
    with parent, ThreadPoolExecutor(1) as aside:
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
        # a label table may import much when it is first asked; a processor is free for it now
        aside.submit(labels["values"].get, "")
        plans = [page.plan for page in pages]
        sweeps = BookSweeps(kept, declared, parent, folder / "sweeps")
        records, inputs = run_pages(
            kept, plans, parent, folder, wanted, reporter, jobs, checking, sweeps
        )
    book = Book(project, registry, labels, pages, records, declared)
    book.require_words()
    checked = checking.result()
    known = inputs is not None and checked is not None
    return book, joined(inputs, checked) if known else None, sweeps.made


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


def _render_editions(
    kept: Kept,
    book: Book,
    executed: Mapping[str, NotebookNode],
    presses: Mapping[str, Press],
    target: Path,
    reporter: Reporter,
    beside: Sequence[Future],
) -> None:
    """Stage and render editions, side by side; tell faults of what runs beside with theirs."""
    with (
        reporter.part("pages", len(presses) + len(beside)),
        ThreadPoolExecutor(len(presses)) as pool,
    ):
        one_at_a_time = Lock()

        def edition(lang: str) -> str:
            # two would only take turns, and both begin to be rendered late
            with one_at_a_time:
                stage = stage_edition(book, lang, executed)
            return _edition(kept, presses[lang], stage, target)

        # a translated edition takes longer
        jobs = [pool.submit(edition, lang) for lang in sorted(presses, key=_is_source)]
        failures = []
        for job in as_completed([*jobs, *beside]):
            try:
                reporter.step(job.result())
            except BinderyError as error:
                failures.append(str(error))
    if failures:
        raise BinderyError("\n".join(failures))


def _is_source(lang: str) -> bool:
    return lang == catalogue.SOURCE_LANGUAGE


def _edition(kept: Kept, press: Press, stage: Path, target: Path) -> str:
    """Rendered whole, or taken whole where its stage was rendered before, by the same code."""
    lang = stage.name
    recipe = named_recipe(f"{lang} edition", contents_digest(stage))
    html = target / "html" / lang
    if (entry := kept.store.find(recipe)) is not None and kept.store.restore(entry, html):
        return f"{lang} edition: kept"
    render(press, stage, html)
    kept.store.keep(recipe, {}, html, None)
    return f"{lang} edition"


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
