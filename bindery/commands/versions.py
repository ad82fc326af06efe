"""Commands for published versions."""

from __future__ import annotations

import sys
from functools import partial

import click

from bindery.commands.guard import guarded

# of `diff`, whose 1 says that something differs
_TROUBLE = 2


@click.command()
@guarded
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


@click.command()
@click.argument("old")
@click.argument("new", default="built")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with every row.")
@partial(guarded, status=_TROUBLE)
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
