"""Modules by the order in which they were loaded.

To look at a name copies the page of memory that holds it, in a process that was forked: only the
newest names are looked at.
"""

from __future__ import annotations

import sys
from collections.abc import Container
from itertools import takewhile


def last_loaded() -> str:
    """The name of the module that was loaded last.

    >>> isinstance(last_loaded(), str)
    True
    """
    return next(reversed(sys.modules))


def loaded_since(known: Container[str]) -> list[str]:
    """The names of modules that were loaded after the newest of those that are known.

    >>> loaded_since({last_loaded()})
    []
    """
    return list(takewhile(lambda name: name not in known, reversed(sys.modules)))
