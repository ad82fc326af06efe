"""Commands that run a notebook with other parameters."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from bindery.commands.guard import guarded
from bindery.commands.options import quiet_option
from bindery.faults import BinderyError


@click.command()
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
@quiet_option
@guarded
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


@click.command()
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
@quiet_option
@guarded
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
