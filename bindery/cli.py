"""The command `bindery`."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any

import click

from bindery.faults import BinderyError

INTERRUPTED = 130
# of `diff`, whose 1 says that something differs
_TROUBLE = 2


def _guarded(command: Callable, status: int = 1) -> Callable:
    """Every failure is a readable message and a status that is not 0."""

    @wraps(command)
    def run(*words: Any, **options: Any) -> None:
        try:
            command(*words, **options)
        except BinderyError as error:
            click.echo(f"bindery: {error}", err=True)
            sys.exit(status)
        except KeyboardInterrupt as error:
            said = str(error) or "interrupted; nothing was published"
            click.echo(f"bindery: {said}", err=True)
            # threads may still wait for processes that have just been ended
            sys.stderr.flush()
            os._exit(INTERRUPTED)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"bindery: {place}{error.strerror}; nothing was published", err=True)
            sys.exit(status)

    return run


def _warn(text: str) -> None:
    click.echo(f"warning: {text}", err=True)


_lang_option = click.option(
    "--lang", metavar="LANG", default="en", show_default=True, help="The edition: en, zh."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Bind parameterised notebooks into a published, bilingual book."""


@main.command()
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default=True,
    help="Notebooks run side by side.",
)
@click.option("--quiet", is_flag=True, help="Say only warnings and errors.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object in each line.")
@click.option(
    "--draft",
    "drafts",
    metavar="LANG",
    multiple=True,
    help="Only this edition, without exports, into _build/draft: for a quick look.",
)
@_guarded
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


@main.command()
@click.argument("notebook")
@click.option(
    "--parameter",
    "-p",
    "words",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter; may be given several times.",
)
@click.option(
    "--file",
    "-f",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A YAML file of parameters; -p goes before it.",
)
@click.option("--quiet", is_flag=True, help="Say only warnings and errors.")
@_guarded
def run(notebook: str, words: tuple[str, ...], file: Path | None, quiet: bool) -> None:
    """Run one NOTEBOOK with other parameters; the book is not changed."""
    from bindery.project import find_project
    from bindery.report import Reporter
    from bindery.variant import run_variant

    given = _given(words, file)
    run_variant(find_project(), notebook, given, Reporter(quiet))


def _given(words: tuple[str, ...], file: Path | None) -> dict[str, Any]:
    from bindery.yamlfile import read_yaml

    given = read_yaml(file) if file else {}
    if not isinstance(given, dict):
        raise BinderyError(f"{file}: found no mapping; allowed: lines `name: value`")
    for word in words:
        name, mark, value = word.partition("=")
        if not mark:
            raise click.UsageError(f"-p {word!r}: write name=value")
        given[name.strip()] = value
    return given


@main.command()
@click.argument("notebook")
@click.option(
    "--grid",
    "rows",
    required=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML: lists of values or ranges by parameter, combined; or CSV: a row in each line.",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1),
    show_default="number of processors",
    help="Rows run side by side on this machine.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    default="",
    help="Run on the workers of this Dask scheduler: tcp://HOST:PORT or tls://HOST:PORT.",
)
@click.option(
    "--notebooks", is_flag=True, help="Also the executed notebook and the figures of each row."
)
@click.option("--fail-fast", is_flag=True, help="Stop at the first row that fails.")
@click.option(
    "--out",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where results go; _build/sweeps/NOTEBOOK-FILE if not given.",
)
@click.option("--quiet", is_flag=True, help="Say only warnings and errors.")
@_guarded
def sweep(jobs: int | None, quiet: bool, **asked: Any) -> None:
    """Run one NOTEBOOK with every row of a grid, into one table.

    Called again, it goes on where it was stopped.
    """
    if asked["scheduler"] and jobs:
        raise click.UsageError("--jobs is for this machine; the workers say how many rows they run")
    from bindery.project import find_project
    from bindery.report import Reporter
    from bindery.sweep.command import Sweep, run_sweep

    run_sweep(find_project(), Sweep(jobs=jobs or os.cpu_count() or 1, **asked), Reporter(quiet))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
@_guarded
def status(as_json: bool) -> None:
    """Say which pages and sweeps would run, and why."""
    from bindery.kept import Kept
    from bindery.project import find_project
    from bindery.sweep.standing import SweepRow, book_rows

    found = book_rows(Kept(find_project(), _warn))
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


@main.command()
@click.argument("identifier", metavar="[ID]", default="")
@click.option(
    "--format",
    "-f",
    "form",
    metavar="FORMAT",
    default="text",
    show_default=True,
    help="text, bibtex, ris, csl-json, latex, gbt7714 or sentence.",
)
@_lang_option
@click.option(
    "--accessed",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day on which it was read, for styles that ask for it.",
)
@_guarded
def cite(identifier: str, form: str, lang: str, accessed: datetime | None) -> None:
    """Cite a figure, a table, a result, a data table (data/NAME), or, without ID, the book."""
    from bindery.citation.built import find_cited
    from bindery.citation.formats import FORMATS
    from bindery.project import LANGUAGES, find_project

    if form not in FORMATS:
        raise click.UsageError(f"--format {form}: there is no such format; {', '.join(FORMATS)}")
    if lang not in LANGUAGES:
        raise click.UsageError(f"--lang {lang}: there is no such edition; {', '.join(LANGUAGES)}")
    day = accessed.date() if accessed else None
    click.echo(FORMATS[form](find_cited(find_project(), identifier, lang, day)))


@main.command()
@click.argument("identifier", metavar="ID")
@click.option(
    "--width",
    metavar="LENGTH",
    default="",
    help="As 89mm, 8.9cm, 3.5in or 252pt; if not given, as the book has it.",
)
@click.option("--height", metavar="LENGTH", default="", help="If not given, what the figure needs.")
@click.option(
    "--format",
    "-f",
    "form",
    metavar="FORMAT",
    default="pdf",
    show_default=True,
    help="pdf, svg or png.",
)
@_lang_option
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where it is written; ID-LANG.FORMAT if not given.",
)
@_guarded
def figure(identifier: str, output: Path | None, **asked: str) -> None:
    """Draw a figure of the built book for a journal: its width, one language, no rerun.

    Letters keep their size.
    """
    from bindery.project import find_project
    from bindery.redraw import Wish, redraw

    click.echo(redraw(find_project(), identifier, Wish(**asked), output, _warn))


@main.command()
@_guarded
def snapshot() -> None:
    """Keep the built book as a published version, in book/versions.

    The version is that of book/publication.yml. A version that is kept never changes: where other
    things are built now, its number must be raised.
    """
    from bindery.project import find_project
    from bindery.publish import build_lock
    from bindery.versions.shelf import keep_version

    project = find_project()
    with build_lock(project):
        file, is_new = keep_version(project)
    name = project.relative(file)
    if is_new:
        click.echo(f"{name}: kept; commit it, and build once more for its page in the book")
    else:
        click.echo(f"{name}: this version is kept already, and nothing differs")


@main.command()
@click.argument("old")
@click.argument("new", default="built")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with every row.")
@partial(_guarded, status=_TROUBLE)
def diff(old: str, new: str, as_json: bool) -> None:
    """Say which published numbers moved from OLD to NEW, by how much, because of which rows.

    Each is a version in book/versions, the path of a snapshot or of a _build folder, or `built`:
    the book as it is built now. Exits with 0 where nothing differs, with 1 where something does,
    with 2 where that cannot be told.
    """
    from bindery.project import find_project
    from bindery.versions.compare import compare
    from bindery.versions.shelf import find_version
    from bindery.versions.told import told_lines

    project = find_project()
    found = compare(*(find_version(project, name) for name in (old, new)))
    if as_json:
        import json

        click.echo(json.dumps(found.plain(), ensure_ascii=False, indent=1))
    else:
        click.echo(f"{found.old['version']} → {found.new['version']}")
        click.echo("\n".join(told_lines(found)))
    sys.exit(1 if found else 0)


@main.command()
@_guarded
def clean() -> None:
    """Take away all kept results; the published book stays."""
    from bindery.cache.room import clear
    from bindery.project import find_project

    freed = clear(str(find_project().build / "cache"))
    click.echo(f"{freed / 1e6:.0f} MB freed; the book in _build/html stays")


@main.command()
@_guarded
def check() -> None:
    """Check data, parameters, registry and pages; list every fault."""
    from bindery.errand import kept_answer
    from bindery.execute import warm_parent
    from bindery.kept import kept_results
    from bindery.project import find_project

    project = find_project()
    with kept_results(project, _warn) as kept, warm_parent(project) as parent:
        (faults, said), _ = kept_answer(kept, parent, "check", "bindery.check:plain_check")
    for line in said:
        click.echo(line)
    if faults:
        raise BinderyError(f"{faults} fault{'s' if faults > 1 else ''}")
    click.echo("no faults")


@main.command()
@_guarded
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


if __name__ == "__main__":
    main()
