"""Chinese phrases in the English edition say so: a screen reader changes its voice for them."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

_HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
# from the first character to the last, over what is between them but Latin words and mark-up
_PHRASE = re.compile(rf"[《“（\d]*{_HAN}(?:[^A-Za-z<>&]*{_HAN})?[》”）。！？]*")


def text_html(translator: Any, text: str) -> str:
    """A text as HTML, its foreign phrases marked with their language."""
    return marked_html(translator.config.language, translator.encode(text))


def marked_html(language: str, html: str) -> str:
    """HTML of an edition, its foreign phrases marked; it holds no attribute."""
    if language != "en":
        return html
    return _PHRASE.sub(r'<span lang="zh-Hans">\g<0></span>', html)


def _visit_text(translator: Any, node: nodes.Text) -> None:
    start = len(translator.body)
    type(translator).visit_Text(translator, node)
    translator.body[start:] = [
        marked_html(translator.config.language, html) for html in translator.body[start:]
    ]


def add_to(app: Sphinx) -> None:
    app.add_node(nodes.Text, override=True, html=(_visit_text, None))
