"""Options that several commands have."""

from __future__ import annotations

import click

quiet_option = click.option("--quiet", is_flag=True, help="Say only warnings and errors.")
lang_option = click.option(
    "--lang", metavar="LANG", default="en", show_default=True, help="The edition: en, zh."
)
