"""The page maker's own pieces; what whole pages look like is tested on a built book."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.core import publish_from_doctree
from docutils.utils import new_document

from bindery.sphinx.nodes import details, link, paragraph, table
from bindery.sphinx.published import source_list
from bindery.sphinx.reference import full_id

SCRIPT = "<script>alert(1)</script> *bold* {ref}`x` & `code`"


def rendered(*made: nodes.Node) -> str:
    document = new_document("test")
    document += made
    return publish_from_doctree(document, writer_name="html5").decode()


@pytest.mark.parametrize("made", [
    paragraph(SCRIPT),
    paragraph("see ", link(SCRIPT, "a.html")),
    table([SCRIPT], [["x"]]),
    table(["x"], [[SCRIPT]]),
    source_list([{"text": SCRIPT, "grade": "grade A"}]),
])  # fmt: skip
def test_text_from_data_is_set_as_text(made):
    html = rendered(made)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; *bold* {ref}`x` &amp; `code`" in html
    assert "<script>alert" not in html


def test_table_has_flush_numbers_and_rows_that_can_be_linked():
    made = table(["Year", "Sheaves"], [["1900", "120"], ["1901", "150"]], [False, True], ["a", "b"])
    classes = [entry["classes"] for entry in made.findall(nodes.entry)]
    assert classes == [["column-0"], ["column-1", "numeric"]] * 3
    assert [row["ids"] for row in made.findall(nodes.row)] == [[], ["a"], ["b"]]


def test_table_without_rows_has_its_head():
    made = table(["Year"], [])
    assert [entry.astext() for entry in made.findall(nodes.entry)] == ["Year"]


def test_details_hold_their_summary_and_content():
    made = details("More", paragraph("text"))
    assert (made["summary"], made.astext()) == ("More", "text")


@pytest.mark.parametrize(
    ("page", "name", "identifier"),
    [
        ("harvest", "last", "harvest-last"),
        ("harvest", "sheaves_by_year", "harvest-sheaves-by-year"),
        ("harvest-south", "last", "harvest-south-last"),
        ("index", "harvest-south-last", "harvest-south-last"),
    ],
)
def test_name_without_a_page_means_this_page_s_own(page, name, identifier):
    assert full_id(page, name) == identifier
