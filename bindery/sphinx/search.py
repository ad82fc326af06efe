"""Search in the Chinese edition: Sphinx's own, in reasonable time."""

from __future__ import annotations

from typing import ClassVar

from sphinx.application import Sphinx
from sphinx.search.zh import SearchChinese


class _Terms(set):
    """Words that are only added and looked up; in Sphinx a list, which is read through for each."""

    extend = set.update


class QuickSearchChinese(SearchChinese):
    latin_terms: ClassVar[_Terms] = _Terms()


def add_to(app: Sphinx) -> None:
    app.add_search_language(QuickSearchChinese)
