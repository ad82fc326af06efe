"""How every command fails and warns."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from bindery.faults import BinderyError

INTERRUPTED = 130


def guarded(command: Callable, status: int = 1) -> Callable:
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


def warn(text: str) -> None:
    click.echo(f"warning: {text}", err=True)
