"""All figures of the book at a glance, in the order of reading."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bindery.drawing import PREVIEW
from bindery.sphinx.figurepages import figure_page, figures_by_page, picture
from bindery.sphinx.nodes import FactsDirective, skip


class Gallery(nodes.General, nodes.Element):
    """Written when all pages are read: only then their order and titles are known."""


class FigureGallery(FactsDirective):
    """Each page that draws figures, with a small picture of each that leads to its page."""

    def set_nodes(self) -> list[nodes.Node]:
        return [Gallery()]


def _visit_gallery(translator: Any, node: Gallery) -> None:
    encode, builder = translator.encode, translator.builder
    env, own = builder.env, builder.current_docname

    def address(page: str) -> str:
        return encode(builder.get_relative_uri(own, page))

    up = "../" * own.count("/")

    def thumbnail(identifier: str) -> str:
        """The preview; a draft has none, and shows the picture itself."""
        preview = f"{env.bindery_facts['lang']}.{PREVIEW}"
        if preview in env.bindery_facts["figures"][identifier]["files"]:
            return encode(f"{up}../figures/{identifier}/{preview}")
        return encode(f"{up}{picture(env, identifier)}")

    for page, identifiers in figures_by_page(env).items():
        title = encode(env.titles[page].astext())
        translator.body.append(
            f'<section class="figure-gallery-part"><h2><a href="{address(page)}">{title}</a></h2>\n'
            '<ul class="figure-gallery">'
        )
        for identifier in identifiers:
            facts = env.bindery_facts["figures"][identifier]
            translator.body.append(
                f'<li><a href="{address(figure_page(identifier))}">'
                f'<img loading="lazy" src="{thumbnail(identifier)}" '
                f'alt="{encode(facts["alt"])}">'
                f"<span>{encode(facts['title'])}</span></a></li>\n"
            )
        translator.body.append("</ul></section>\n")
    raise nodes.SkipNode


def add_to(app: Sphinx) -> None:
    app.add_node(Gallery, html=(_visit_gallery, None), latex=(skip, None), text=(skip, None))
    app.add_directive("figure-gallery", FigureGallery)
