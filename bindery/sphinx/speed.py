"""What Jupyter Book would compute again and again while it renders, computed once.

Nothing of a page differs by it, but that a source that a translated sentence cites is told to be
cited there once less. Called in the process that renders, before Jupyter Book is.
"""

from __future__ import annotations

import copy
import functools
import gc
from collections.abc import Hashable
from typing import Any


def compute_once() -> None:
    """For the rest of this process, which renders one edition."""
    # docutils makes so many objects that the collector, as it is set, takes a fifth of the time
    gc.set_threshold(100_000, 50, 1000)
    _settings_once()
    _plugins_once()
    _messages_once()
    _code_once()
    _doctrees_once()
    _nothing_for_later()


def _settings_once() -> None:
    """Each translated message is a document of its own, whose settings are put together anew."""
    from docutils import frontend

    made = functools.cache(frontend.get_default_settings)
    frontend.get_default_settings = lambda *components: copy.deepcopy(made(*components))


def _plugins_once() -> None:
    """For the style of each source, what is installed is looked through."""
    from pybtex import plugin

    plugin._load_entry_point = functools.cache(plugin._load_entry_point)


def _code_once() -> None:
    """Pages of one notebook show the same cells, and a figure's page that which drew it."""
    from sphinx.highlighting import PygmentsBridge

    highlight = PygmentsBridge.highlight_block
    made: dict[Hashable, str] = {}

    def highlighted(self: PygmentsBridge, source: str, lang: str, *given: Any, **named: Any) -> str:
        # the place is for warnings, which are told of the first
        look = repr((given, {name: named[name] for name in named if name != "location"}))
        told = self, source, lang, look
        if told not in made:
            made[told] = highlight(self, source, lang, *given, **named)
        return made[told]

    PygmentsBridge.highlight_block = highlighted


def _messages_once() -> None:
    """Each translated message is read twice, as a document that its nodes then belong to.

    With all its settings it would be written to the file of the page, and read from there again.
    """
    from sphinx.transforms import i18n

    publish, apply = i18n.publish_msgstr, i18n.Locale.apply
    read: dict[Hashable, Any] = {}

    def published(app: Any, *message: Any) -> Any:
        told = message[:3]
        found = read.pop(told, None)
        # what a title has taken over is its own
        if found is None or any(child.parent is not found for child in found.children):
            found = read[told] = publish(app, *message)
        return found

    def applied(self: i18n.Locale, **given: Any) -> None:
        read.clear()
        apply(self, **given)
        for node in self.document.findall():
            node.document = self.document

    i18n.publish_msgstr, i18n.Locale.apply = published, applied


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


def _nothing_for_later() -> None:
    """All that is known of the book would be written down, for the next call to begin with."""
    from sphinx.environment import BuildEnvironment

    BuildEnvironment.__getstate__ = lambda _: {}
