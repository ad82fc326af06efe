"""Search that finds what a page is about, in both editions."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search import IndexBuilder, SearchLanguage, WordStore
from sphinx.search.en import SearchEnglish

# what a page says most often counts as much as its headings
_PROMINENT = 40
_SEEN_OFTEN = 5
_RUN = re.compile(r"[\u3400-\u9fff]+|[0-9A-Za-z_]+")
_SPLIT_QUERY = """
function splitQuery(query) {
  return (query.match(/[\\u3400-\\u9fff]+|[0-9A-Za-z_]+/g) || []).flatMap((run) =>
    run < "\\u3400" || run.length < 2
      ? [run]
      : [...run].slice(1).map((second, place) => run[place] + second)
  );
}
"""


class ChineseSearch(SearchLanguage):
    """Every two neighbouring characters are a word, in the index and in what a reader seeks.

    Sphinx cuts text by a dictionary; a term of the trade that is not in it is found nowhere.
    """

    lang = "zh"
    language_name = "Chinese"
    stopwords: ClassVar[set[str]] = SearchEnglish.stopwords
    js_stemmer_code = SearchEnglish.js_stemmer_code
    js_splitter_code = _SPLIT_QUERY

    def init(self, options: dict[str, str]) -> None:
        self._english = SearchEnglish(options)

    def split(self, text: str) -> list[str]:
        words: list[str] = []
        for run in _RUN.findall(text):
            chinese = run >= "\u3400" and len(run) > 1
            words += map("".join, pairwise(run)) if chinese else [run]
        return words

    def stem(self, word: str) -> str:
        return word if word >= "\u3400" else self._english.stem(word)


_collect = IndexBuilder._word_collector


def _with_prominent_words(self: IndexBuilder, doctree: nodes.document) -> WordStore:
    store = _collect(self, doctree)
    often = Counter(filter(self.lang.word_filter, map(str.lower, store.words)))
    store.title_words += [
        word for word, count in often.most_common(_PROMINENT) if count >= _SEEN_OFTEN
    ]
    return store


def add_to(app: Sphinx) -> None:
    app.add_search_language(ChineseSearch)
    IndexBuilder._word_collector = _with_prominent_words
