"""The command `bindery`."""

from __future__ import annotations

import click

from bindery.commands.book import build, catalogue, check, clean, status
from bindery.commands.papers import cite, figure
from bindery.commands.runs import run, sweep
from bindery.commands.versions import diff, snapshot

COMMANDS = (build, catalogue, check, cite, clean, diff, figure, run, snapshot, status, sweep)


@click.group(commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Bind parameterised notebooks into a published, bilingual book."""


if __name__ == "__main__":
    main()
