"""Build the book: data check, notebooks, figures, editions, publication."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from bindery import catalogue
from bindery.collect import Book, write_figures, write_results, write_runs
from bindery.datacheck import check_data, require_schema
from bindery.execute import Task, run_task, worker_pool
from bindery.faults import BinderyError
from bindery.pages import Page, read_pages
from bindery.project import LANGUAGES, Project
from bindery.publication import read_publication
from bindery.publish import build_lock, fresh_folder, publish
from bindery.record import RunRecord
from bindery.registry import read_registry
from bindery.render import extract_messages, render
from bindery.report import Reporter
from bindery.stage import stage_edition
from bindery.words import read_labels


@dataclass(frozen=True)
class Built:
    """Where the book is and how many of each thing it holds."""

    index: Path
    pages: int
    figures: int
    results: int


def build(project: Project, reporter: Reporter, jobs: int) -> Built:
    """Make the whole book aside and publish it; on any fault the last good book stays."""
    with build_lock(project):
        target = fresh_folder(project)
        with reporter.part("data"):
            _check(project, reporter)
        pages = read_pages(project)
        registry, labels = read_registry(project), read_labels(project)
        read_publication(project)
        with ThreadPoolExecutor(1) as aside:
            # beside the notebooks: a processor is free while the last of them runs
            translated = aside.submit(_require_translations, project)
            records = _run_pages(project, pages, target / "work", reporter, jobs)
        book = Book(project, registry, labels, pages, records)
        with reporter.part("figures and results"):
            write_figures(book, target / "figures")
            write_results(book, target / "results.json")
            write_runs(book, target / "runs")
        _make_editions(book, target / "html", reporter, translated)
        shutil.rmtree(target / "work")
        publish(project, target)
    figures = sum(len(record.published("figure")) for record in records.values())
    return Built(project.build / "html" / "index.html", len(pages), figures, len(book.results))


def _check(project: Project, reporter: Reporter) -> None:
    report = check_data(project)
    require_schema(report)
    for fault in report.rules:
        reporter.warn(str(fault))
    if report.rules:
        reporter.warn(
            f"{len(report.rules)} rows break a rule of the project; the book is built "
            "from them all the same. `bindery check` lists them and fails."
        )


def _run_pages(
    project: Project, pages: list[Page], folder: Path, reporter: Reporter, jobs: int
) -> dict[str, RunRecord]:
    """Execute every page's notebook; independent ones finish even where one fails."""
    records: dict[str, RunRecord] = {}
    failures: list[str] = []
    with (
        reporter.part("notebooks", len(pages)),
        TemporaryDirectory(prefix="bindery-", ignore_cleanup_errors=True) as scratch,
        worker_pool(min(jobs, len(pages))) as pool,
    ):
        tasks: dict[Future, Page] = {}
        for page in pages:
            run = page.parameters.given, folder / page.name, scratch
            task = Task(page.name, page.notebook, *run)
            tasks[pool.submit(run_task, project, task)] = page
        with _terminated_on_interrupt(pool):
            for done in as_completed(tasks):
                page = tasks[done]
                try:
                    records[page.name] = done.result()
                    reporter.step(f"{page.name}: {records[page.name].seconds:.1f} s")
                    # to be mended, not published; a page would show it among the figures
                    failures += [
                        f"{page.name}: notebooks/{page.notebook}.ipynb warned in its {warning}"
                        for warning in records[page.name].warnings
                    ]
                except BinderyError as error:
                    failures.append(str(error))
                    reporter.step(f"{page.name}: failed")
                except BrokenProcessPool:
                    failures.append(f"{page.name}: the process that ran it was ended from outside")
    if failures:
        raise BinderyError("\n".join(["the notebooks cannot be published", *failures]))
    return records


@contextmanager
def _terminated_on_interrupt(pool: object) -> Iterator[None]:
    """On an interrupt end the workers at once; leaving the pool would wait for them."""
    try:
        yield
    except KeyboardInterrupt:
        for process in list(pool._processes.values()):  # no public way before Python 3.14
            process.terminate()
        raise


def _make_editions(book: Book, html: Path, reporter: Reporter, translated: Future) -> None:
    """Stage and render every edition, side by side; tell faults of the translation with theirs."""
    with reporter.part("pages", len(LANGUAGES) + 1), ThreadPoolExecutor(len(LANGUAGES)) as pool:
        jobs = [pool.submit(_edition, book, lang, html / lang) for lang in LANGUAGES]
        jobs.append(translated)
        failures = []
        for job in as_completed(jobs):
            try:
                reporter.step(job.result())
            except BinderyError as error:
                failures.append(str(error))
    if failures:
        raise BinderyError("\n".join(failures))
    _join_editions(book, html)


def _edition(book: Book, lang: str, target: Path) -> str:
    render(book.project, stage_edition(book, lang), target)
    return f"{lang} edition"


def _require_translations(project: Project) -> str:
    template = extract_messages(project)
    for lang in LANGUAGES:
        if lang != catalogue.SOURCE_LANGUAGE:
            catalogue.require_complete(project, template, lang)
    return "translations complete"


def _join_editions(book: Book, html: Path) -> None:
    """What both editions share: the first page, the figure files, the executed notebooks."""
    first = resources.files("bindery") / "assets" / "index.html"
    (html / "index.html").write_bytes(first.read_bytes())
    shutil.copytree(html.parent / "figures", html / "figures")
    shutil.copy2(html.parent / "results.json", html / "results.json")
    (html / "notebooks").mkdir()
    for page in book.pages:
        file = html.parent / "runs" / page.name / f"{page.name}.ipynb"
        shutil.copy2(file, html / "notebooks" / file.name)
    (html / ".nojekyll").touch()
