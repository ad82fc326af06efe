"""What Jupyter Book would compute again and again while it renders, computed once.

Nothing of a page differs by it. Called in the process that renders, before Jupyter Book is.
"""

from __future__ import annotations

import copy
import functools
import gc
from typing import Any


def compute_once() -> None:
    """For the rest of this process, which renders one edition."""
    # docutils makes so many objects that the collector, as it is set, takes a fifth of the time
    gc.set_threshold(100_000, 50, 1000)
    _settings_once()
    _doctrees_once()


def _settings_once() -> None:
    """Each translated message is a document of its own, whose settings are put together anew."""
    from docutils import frontend

    made = functools.cache(frontend.get_default_settings)
    frontend.get_default_settings = lambda *components: copy.deepcopy(made(*components))


def _doctrees_once() -> None:
    """For each numbered reference the whole page that it leads to is read from its file.

    At that stage pages are read and no longer changed.
    """
    from sphinx.domains.std import StandardDomain
    from sphinx.environment import BuildEnvironment

    read = functools.cache(BuildEnvironment.get_doctree)
    resolve = StandardDomain._resolve_numref_xref

    def resolved(self: StandardDomain, env: BuildEnvironment, *about: Any) -> Any:
        env.get_doctree = functools.partial(read, env)
        try:
            return resolve(self, env, *about)
        finally:
            del env.get_doctree

    StandardDomain._resolve_numref_xref = resolved
