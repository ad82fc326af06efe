"""Commands for those who write papers: references and figures."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from bindery.commands.guard import guarded, warn
from bindery.commands.options import lang_option


@click.command()
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
@lang_option
@click.option(
    "--accessed",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day on which it was read, for styles that ask for it.",
)
@guarded
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


@click.command()
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
@lang_option
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where it is written; ID-LANG.FORMAT if not given.",
)
@guarded
def figure(identifier: str, output: Path | None, **asked: str) -> None:
    """Draw a figure of the built book for a journal: its width, one language, no rerun.

    Letters keep their size.
    """
    from bindery.project import find_project
    from bindery.redraw import Wish, redraw

    click.echo(redraw(find_project(), identifier, Wish(**asked), output, warn))
