"""Commands for the book as a whole."""

from __future__ import annotations

import gc
import os

import click

from bindery.commands.guard import guarded, warn
from bindery.commands.options import quiet_option
from bindery.faults import BinderyError


@click.command()
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default=True,
    help="Notebooks run side by side.",
)
@quiet_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object in each line.")
@click.option(
    "--draft",
    "drafts",
    metavar="LANG",
    multiple=True,
    help="Only this edition, without exports, into _build/draft: for a quick look.",
)
@guarded
def build(jobs: int, quiet: bool, as_json: bool, drafts: tuple[str, ...]) -> None:
    """Run the notebooks of all pages where something changed, and publish _build/html."""
    from bindery.kept import kept_results
    from bindery.project import LANGUAGES, find_project
    from bindery.publish import build_lock
    from bindery.report import JsonReporter, Reporter
    from bindery.unchanged import unchanged_book

    for lang in drafts:
        if lang not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            raise click.UsageError(f"--draft {lang}: there is no such edition; {known}")
    reporter = JsonReporter() if as_json else Reporter(quiet)
    project = find_project()
    with build_lock(project), kept_results(project, reporter.warn) as kept:
        if not drafts and (built := unchanged_book(kept)) is not None:
            reporter.say("nothing has changed")
        else:
            from bindery.execute import warm_parent

            # so many objects are made, and stay, that the collector would look through them often
            gc.set_threshold(100_000, 50, 1000)
            with warm_parent(project) as parent:
                # it imports while this process does
                parent.start()
                from bindery.build import build as build_book
                from bindery.build import build_draft

                if drafts:
                    page = build_draft(kept, parent, drafts, reporter, jobs)
                    reporter.say(f"time: {reporter.timing()}")
                    reporter.say(f"the draft: {project.relative(page)}")
                    return
                built = build_book(kept, parent, reporter, jobs)
            reporter.say(f"time: {reporter.timing()}")
    reporter.say(
        f"{built.pages} notebook pages ({built.run} run, {built.pages - built.run} kept), "
        f"{built.figures} figures, {built.results} results"
    )
    if built.sweeps:
        sweeps = f"{built.sweeps} sweep{'s' if built.sweeps > 1 else ''}"
        kept = built.rows - built.rows_run
        reporter.say(f"{sweeps} of {built.rows} rows ({built.rows_run} run, {kept} kept)")
    reporter.say("the book: _build/html/index.html")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
@guarded
def status(as_json: bool) -> None:
    """Say which pages and sweeps would run, and why."""
    from bindery.kept import Kept
    from bindery.project import find_project
    from bindery.sweep.standing import SweepRow, book_rows

    found = book_rows(Kept(find_project(), warn))
    if as_json:
        import json

        click.echo(json.dumps([vars(row) for row in found], ensure_ascii=False, indent=1))
        return
    for row in found:
        expected = "" if row.seconds is None or row.state == "fresh" else f" ({row.seconds:.1f} s)"
        name = f"sweep {row.sweep}" if isinstance(row, SweepRow) else row.page
        click.echo(f"{name}: {row.state}{expected}{': ' if row.reason else ''}{row.reason}")
    stale = [row for row in found if row.state == "stale"]
    seconds = sum(row.seconds or 0 for row in stale)
    click.echo(f"{len(found) - len(stale)} fresh, {len(stale)} stale, about {seconds:.0f} s to run")


@click.command()
@guarded
def check() -> None:
    """Check data, parameters, registry and pages; list every fault."""
    from bindery.errand import kept_answer
    from bindery.execute import warm_parent
    from bindery.kept import kept_results
    from bindery.project import find_project

    project = find_project()
    with kept_results(project, warn) as kept, warm_parent(project) as parent:
        (faults, said), _ = kept_answer(kept, parent, "check", "bindery.check:plain_check")
    for line in said:
        click.echo(line)
    if faults:
        raise BinderyError(f"{faults} fault{'s' if faults > 1 else ''}")
    click.echo("no faults")


@click.command()
@guarded
def catalogue() -> None:
    """Bring the translation catalogue up to date with the prose."""
    from bindery.catalogue import SOURCE_LANGUAGE, catalogue_path, update
    from bindery.project import LANGUAGES, find_project
    from bindery.render import extract_messages

    project = find_project()
    template = extract_messages(project)
    for lang in LANGUAGES:
        if lang != SOURCE_LANGUAGE:
            missing = update(project, template, lang)
            file = project.relative(catalogue_path(project, lang))
            click.echo(f"{file}: {len(template)} messages, {missing} to translate")


@click.command()
@guarded
def clean() -> None:
    """Take away all kept results; the published book stays."""
    from bindery.cache.room import clear
    from bindery.project import find_project

    freed = clear(str(find_project().build / "cache"))
    click.echo(f"{freed / 1e6:.0f} MB freed; the book in _build/html stays")
