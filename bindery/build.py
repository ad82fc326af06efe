"""Build the book: data check, notebooks, figures, editions, publication."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import replace
from importlib import resources
from pathlib import Path

from bindery import catalogue
from bindery.cache.inputs import Inputs
from bindery.cache.recipe import named_recipe
from bindery.collect import Book, write_figures, write_results
from bindery.datacheck import kept_report, require_schema
from bindery.execute import warm_parent
from bindery.executed import RUN_STATUS, write_run_status, write_runs
from bindery.faults import BinderyError
from bindery.kept import Kept, contents_digest, joined
from bindery.pages import read_pages
from bindery.plan import Plan
from bindery.project import LANGUAGES
from bindery.publication import read_publication
from bindery.publish import fresh_folder, publish, remove
from bindery.record import RunRecord
from bindery.registry import read_registry
from bindery.render import extract_messages, render
from bindery.report import Reporter
from bindery.runs import kept_run, new_run
from bindery.stage import stage_edition
from bindery.unchanged import Built, keep_book, prose_inputs
from bindery.warmfork import WarmParent
from bindery.words import read_labels


def build(kept: Kept, reporter: Reporter, jobs: int) -> Built:
    """Make the whole book aside and publish it; on any fault the last good book stays.

    What was kept of earlier calls is not made again.
    """
    project = kept.project
    target = fresh_folder(project)
    with warm_parent(project) as parent:
        with reporter.part("data"):
            checked = _check(kept, parent, reporter)
        pages = read_pages(project)
        registry, labels = read_registry(project), read_labels(project)
        read_publication(project)
        with ThreadPoolExecutor(1) as aside:
            # beside the notebooks: a processor is free while the last of them runs
            translated = aside.submit(_require_translations, kept)
            plans = [page.plan for page in pages]
            records, inputs = _run_pages(kept, plans, parent, target / "work", reporter, jobs)
    book = Book(project, registry, labels, pages, records)
    with reporter.part("figures and results"):
        write_figures(book, target / "figures")
        write_results(book, target / "results.json")
        write_runs(book, target / "runs")
    _render_editions(kept, book, LANGUAGES, target, reporter, [translated])
    _join_editions(book, target / "html")
    shutil.rmtree(target / "work")
    publish(project, target)
    figures = sum(len(record.published("figure")) for record in records.values())
    run = sum(not record.kept for record in records.values())
    built = Built(len(pages), figures, len(book.results), run)
    if inputs is not None and checked is not None:
        keep_book(kept, built, joined(inputs, checked))
    return built


def build_draft(kept: Kept, langs: Sequence[str], reporter: Reporter, jobs: int) -> Path:
    """Some editions in `_build/draft`, with page images and no other files, for a quick look.

    The published book stays as it is, and translations are not required.
    """
    project = kept.project
    target = project.build / "draft"
    remove(target)
    pages = read_pages(project)
    with warm_parent(project) as parent:
        with reporter.part("data"):
            _check(kept, parent, reporter)
        drawn = tuple(f"{lang}.svg" for lang in langs)
        plans = [replace(page.plan, drawn=drawn) for page in pages]
        records, _ = _run_pages(kept, plans, parent, target / "work", reporter, jobs)
    book = Book(project, read_registry(project), read_labels(project), pages, records)
    write_runs(book, target / "runs")
    _render_editions(kept, book, langs, target, reporter, [])
    shutil.rmtree(target / "work")
    return target / "html" / langs[0] / "index.html"


def _check(kept: Kept, parent: WarmParent, reporter: Reporter) -> Inputs | None:
    """Check the data; what the verdict rests on, where all of it is known."""
    report, inputs = kept_report(kept, parent)
    require_schema(report)
    for fault in report.rules:
        reporter.warn(str(fault))
    if report.rules:
        reporter.warn(
            f"{len(report.rules)} rows break a rule of the project; the book is built "
            "from them all the same. `bindery check` lists them and fails."
        )
        return None
    return inputs


def _run_pages(
    kept: Kept,
    plans: list[Plan],
    parent: WarmParent,
    folder: Path,
    reporter: Reporter,
    jobs: int,
) -> tuple[dict[str, RunRecord], Inputs | None]:
    """The run of every page, kept or new; independent ones finish even where one fails."""
    records: dict[str, RunRecord] = {}
    parts: list[Inputs | None] = []
    failures: list[str] = []

    def run(plan: Plan) -> tuple[RunRecord, Inputs | None]:
        place = folder / plan.page
        return kept_run(kept, plan, place) or new_run(kept, plan, place, parent)

    with (
        reporter.part("notebooks", len(plans)),
        ThreadPoolExecutor(min(jobs, len(plans))) as pool,
    ):
        tasks = {pool.submit(run, plan): plan for plan in plans}
        try:
            for done in as_completed(tasks):
                plan = tasks[done]
                try:
                    records[plan.page], part = done.result()
                    parts.append(part)
                    reporter.step(_step(records[plan.page]))
                    # to be mended, not published; a page would show it among the figures
                    failures += [
                        f"{plan.page}: notebooks/{plan.notebook}.ipynb warned in its {warning}"
                        for warning in records[plan.page].warnings
                    ]
                except BinderyError as error:
                    failures.append(str(error))
                    reporter.step(f"{plan.page}: failed")
        except KeyboardInterrupt:
            # begin nothing more and end what runs; leaving the pool waits for it
            pool.shutdown(wait=False, cancel_futures=True)
            parent.close()
            raise
    if failures:
        raise BinderyError("\n".join(["the notebooks cannot be published", *failures]))
    return records, None if None in parts else joined(*parts)


def _step(record: RunRecord) -> str:
    return f"{record.page}: {'kept' if record.kept else f'{record.seconds:.1f} s'}"


def _render_editions(
    kept: Kept,
    book: Book,
    langs: Sequence[str],
    target: Path,
    reporter: Reporter,
    beside: Sequence[Future],
) -> None:
    """Stage and render editions, side by side; tell faults of what runs beside with theirs."""
    with (
        reporter.part("pages", len(langs) + len(beside)),
        ThreadPoolExecutor(len(langs)) as pool,
    ):
        jobs = [pool.submit(_edition, kept, book, lang, target) for lang in langs]
        failures = []
        for job in as_completed([*jobs, *beside]):
            try:
                reporter.step(job.result())
            except BinderyError as error:
                failures.append(str(error))
    if failures:
        raise BinderyError("\n".join(failures))


def _edition(kept: Kept, book: Book, lang: str, target: Path) -> str:
    """Rendered whole, or taken whole where its stage was rendered before, by the same code."""
    stage = stage_edition(book, lang, target / "runs")
    recipe = named_recipe(f"{lang} edition", contents_digest(stage))
    html = target / "html" / lang
    if (entry := kept.store.find(recipe)) is not None and kept.store.restore(entry, html):
        return f"{lang} edition: kept"
    render(book.project, stage, html)
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
    """What both editions share: the first page, the figure files, the executed notebooks."""
    first = resources.files("bindery") / "assets" / "index.html"
    (html / "index.html").write_bytes(first.read_bytes())
    shutil.copytree(html.parent / "figures", html / "figures")
    shutil.copy2(html.parent / "results.json", html / "results.json")
    write_run_status(book, html / RUN_STATUS)
    (html / "notebooks").mkdir()
    for page in book.pages:
        file = html.parent / "runs" / page.name / f"{page.name}.ipynb"
        shutil.copy2(file, html / "notebooks" / file.name)
    (html / ".nojekyll").touch()
