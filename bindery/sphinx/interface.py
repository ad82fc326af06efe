"""What surrounds an article: the theme's words in Chinese, and names for what had none."""

from __future__ import annotations

import json
from gettext import NullTranslations
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode, depart_HideCellInput, visit_HideCellInput
from sphinx.application import Sphinx

# the words of Sphinx and of its themes that their own catalogues lack
_CHINESE = {
    "Color mode": "颜色模式",
    "Dark": "深色",
    "Light": "浅色",
    "Link to this code": "本段代码的链接",
    "Link to this definition": "本条定义的链接",
    "Link to this equation": "本公式的链接",
    "Link to this heading": "本节的链接",
    "Link to this image": "本图的链接",
    "Link to this table": "本表的链接",
    "Link to this term": "本术语的链接",
    "Link to this toctree": "本目录的链接",
    "System Settings": "跟随系统",
}
# the binder's own words that its scripts use
_FOR_SCRIPTS = ("close", "colon", "enlarge", "enlarged")


class _Chinese(NullTranslations):
    def gettext(self, message: str) -> str:
        return _CHINESE.get(message, message)


def _add_words(app: Sphinx) -> None:
    if app.config.language != "en":
        app.translator.add_fallback(_Chinese())
    if facts := app.env.bindery_facts:
        words = {key: facts["words"][key] for key in _FOR_SCRIPTS}
        app.add_js_file(None, body=f"const binderyWords = {json.dumps(words, ensure_ascii=False)};")


def _page_words(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """The binder's own words, for the templates."""
    if facts := app.env.bindery_facts:
        context["words"] = facts["words"]


def _visit_folded_code(translator: Any, node: HideCodeCellNode) -> None:
    """Named by its own words; the name that MyST-NB gives hides them, in English only."""
    start = len(translator.body)
    visit_HideCellInput(translator, node)
    translator.body[start:] = [
        html.replace(' aria-label="Toggle hidden content"', "") for html in translator.body[start:]
    ]


def _visit_citation(translator: Any, node: nodes.citation) -> None:
    """An item of its list: the role that docutils gives is no longer one of ARIA."""
    start = len(translator.body)
    type(translator).visit_citation(translator, node)
    translator.body[start:] = [
        html.replace('role="doc-biblioentry"', 'role="listitem"')
        for html in translator.body[start:]
    ]


def add_to(app: Sphinx) -> None:
    # after the facts are loaded
    app.connect("builder-inited", _add_words, priority=600)
    app.connect("html-page-context", _page_words)
    app.add_node(HideCodeCellNode, override=True, html=(_visit_folded_code, depart_HideCellInput))
    app.add_node(nodes.citation, override=True, html=(_visit_citation, None))
