"""What each thread is doing just now, as far as the trace must know."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator


class _State(threading.local):
    quiet = 0
    unrecorded = 0


_state = _State()


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """What is opened or listed inside is the trace's or the import system's own."""
    _state.quiet += 1
    try:
        yield
    finally:
        _state.quiet -= 1


@contextlib.contextmanager
def unquiet() -> Iterator[None]:
    """What is opened or looked at inside is the run's all the same."""
    before, _state.quiet = _state.quiet, 0
    try:
        yield
    finally:
        _state.quiet = before


def is_quiet() -> bool:
    return _state.quiet > 0


@contextlib.contextmanager
def unrecorded() -> Iterator[None]:
    """What is read inside is no input of the run: words that are shown, not computed with.

    Modules that are first imported inside are inputs all the same.
    """
    _state.unrecorded += 1
    try:
        yield
    finally:
        _state.unrecorded -= 1


def is_unrecorded() -> bool:
    return _state.unrecorded > 0
