"""The command `bindery`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from bindery.faults import BinderyError

INTERRUPTED = 130


def _guarded(command: Callable) -> Callable:
    """Every failure is a readable message and a status that is not 0."""

    @wraps(command)
    def run(*words: Any, **options: Any) -> None:
        try:
            command(*words, **options)
        except BinderyError as error:
            click.echo(f"bindery: {error}", err=True)
            sys.exit(1)
        except KeyboardInterrupt:
            click.echo("bindery: interrupted; nothing was published", err=True)
            # threads may still wait for processes that have just been ended
            sys.stderr.flush()
            os._exit(INTERRUPTED)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"bindery: {place}{error.strerror}; nothing was published", err=True)
            sys.exit(1)

    return run


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
@_guarded
def build(jobs: int, quiet: bool) -> None:
    """Run every page's notebook and publish the book in _build/html."""
    from bindery.build import build as build_book
    from bindery.project import find_project
    from bindery.report import Reporter

    reporter = Reporter(quiet)
    project = find_project()
    built = build_book(project, reporter, jobs)
    reporter.say(f"time: {reporter.timing()}")
    reporter.say(f"{built.pages} notebook pages, {built.figures} figures, {built.results} results")
    reporter.say(f"the book: {project.relative(built.index)}")


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
@_guarded
def check() -> None:
    """Check data, parameters, registry and pages; list every fault."""
    from bindery.check import check_project
    from bindery.project import find_project

    faults = check_project(find_project(), click.echo)
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
