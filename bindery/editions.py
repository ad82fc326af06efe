"""The editions of a book, each rendered by a Jupyter Book of its own, side by side.

A page needs the words and numbers of all runs, but no picture: so editions are rendered while
figures are still drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from threading import Lock
from typing import Any

from nbformat import NotebookNode

from bindery.cache.recipe import named_recipe
from bindery.catalogue import SOURCE_LANGUAGE
from bindery.collect import Book
from bindery.executed import worded_notebooks
from bindery.faults import BinderyError
from bindery.kept import Kept, contents_digest
from bindery.render import Press, render
from bindery.report import Reporter
from bindery.stage import stage_edition


class Editions:
    """The editions of one build, each to be a folder of `html`.

    From the beginning each has its press, which imports while the first notebooks wait for their
    parent.
    """

    def __init__(self, kept: Kept, langs: Sequence[str], html: Path):
        self._kept, self._html = kept, html
        self._presses = {lang: Press(kept.project) for lang in langs}
        self._pool = ThreadPoolExecutor(len(langs))
        self._jobs: list[Future] = []
        self._one_at_a_time = Lock()
        # what the pages of notebooks are made from
        self.executed: Mapping[str, NotebookNode] = {}

    def begin(self, book: Book) -> None:
        """Begin to render; all notebooks have run."""
        self.executed = worded_notebooks(book)
        # a translated edition takes longer
        for lang in sorted(self._presses, key=SOURCE_LANGUAGE.__eq__):
            self._jobs.append(self._pool.submit(self._edition, book, lang))

    def finish(self, reporter: Reporter, beside: Sequence[Future] = ()) -> None:
        """Wait for all, and tell faults of what runs beside with theirs."""
        failures = []
        with reporter.part("pages", len(self._jobs) + len(beside)):
            for job in as_completed([*self._jobs, *beside]):
                try:
                    reporter.step(job.result())
                except BinderyError as error:
                    failures.append(str(error))
        if failures:
            raise BinderyError("\n".join(failures))

    def _edition(self, book: Book, lang: str) -> str:
        """Rendered whole, or taken whole where its stage was rendered before, by the same code."""
        # two would only take turns, and both begin to be rendered late
        with self._one_at_a_time:
            stage = stage_edition(book, lang, self.executed)
        recipe = named_recipe(f"{lang} edition", contents_digest(stage))
        store, html = self._kept.store, self._html / lang
        if (entry := store.find(recipe)) is not None and store.restore(entry, html):
            return f"{lang} edition: kept"
        render(self._presses[lang], stage, html)
        store.keep(recipe, {}, html, None)
        return f"{lang} edition"

    def __enter__(self) -> Editions:
        return self

    def __exit__(self, *_: Any) -> None:
        for press in self._presses.values():
            press.close()
        self._pool.shutdown(cancel_futures=True)
