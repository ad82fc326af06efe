"""The page maker's own pieces; what whole pages look like is tested on a built book."""

from __future__ import annotations

import re
import subprocess
import sys
from html import escape
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.core import publish_from_doctree
from docutils.utils import new_document

from bindery.sphinx.foreign import text_html
from bindery.sphinx.nodes import details, link, paragraph
from bindery.sphinx.published import source_list
from bindery.sphinx.reference import full_id
from bindery.sphinx.search import ChineseSearch
from bindery.sphinx.tables import TableBody, _visit_body, joined, table
from bindery.stage import copy_prose

SCRIPT = "<script>alert(1)</script> *bold* {ref}`x` & `code`"
SET_AS_TEXT = "&lt;script&gt;alert(1)&lt;/script&gt; *bold* {ref}`x` &amp; `code`"


def rendered(*made: nodes.Node) -> str:
    document = new_document("test")
    document += made
    return publish_from_doctree(document, writer_name="html5").decode()


class Builder:
    """As much of a builder as a link to a page asks for."""

    current_docname = "index"
    env = SimpleNamespace(titles={"harvest": nodes.title("", "Harvest & more")})

    def get_relative_uri(self, own: str, page: str) -> str:
        return f"{page}.html#from-{own}"


class Translator:
    """As much of an HTML writer as the body of a table asks for."""

    builder = Builder()
    config = SimpleNamespace(language="en")

    def __init__(self):
        self.body: list[str] = []

    def encode(self, text: str) -> str:
        return escape(text)


def written(made: nodes.table) -> BeautifulSoup:
    translator = Translator()
    with pytest.raises(nodes.SkipNode):
        _visit_body(translator, next(made.findall(TableBody)))
    return BeautifulSoup(f"<table>{''.join(translator.body)}</table>", "html.parser")


@pytest.mark.parametrize("made", [
    paragraph(SCRIPT),
    paragraph("see ", link(SCRIPT, "a.html")),
    source_list([{"text": SCRIPT, "grade": "grade A"}]),
])  # fmt: skip
def test_text_from_data_is_set_as_text(made):
    html = rendered(made)
    assert SET_AS_TEXT in html
    assert "<script>alert" not in html


@pytest.mark.parametrize("made", [
    table([SCRIPT], [["x"]]),
    table(["x"], [[SCRIPT]]),
    table(["x"], [[[{"code": SCRIPT}]]]),
    table(["x"], [[[{"text": SCRIPT, "address": "a.html"}]]]),
    table(["x"], [[[{"summary": SCRIPT, "text": "t"}]]]),
    table(["x"], [[[{"summary": "s", "text": SCRIPT}]]]),
    table([SCRIPT], [["x"]], classes=["cards"]),
    table(["x"], [["x"]], row_ids=[f'"{SCRIPT}']),
])  # fmt: skip
def test_cell_from_data_is_set_as_text(made):
    soup = written(made)
    assert soup.find("script") is None
    assert SCRIPT in soup.get_text() or soup.find(id=f'"{SCRIPT}')


def test_table_has_flush_numbers_and_rows_that_can_be_linked():
    rows = [["1900", "120"], ["1901", "150"]]
    soup = written(table(["Year", "Sheaves"], rows, [False, True], ["a", "b"]))
    assert [cell["class"] for cell in soup.select("td")] == [
        ["column-0"], ["column-1", "numeric"],
    ] * 2  # fmt: skip
    assert [row["id"] for row in soup.select("tbody tr")] == ["a", "b"]
    assert [head["scope"] for head in soup.select("th")] == ["col", "col"]


def test_table_without_rows_has_its_head():
    soup = written(table(["Year"], []))
    assert [head.get_text() for head in soup.select("th")] == ["Year"]


def test_pages_are_linked_by_their_titles_and_links_are_joined():
    cell = joined([{"page": "harvest"}, {"text": "a", "address": "https://a.org/?b&c"}], "; ")
    soup = written(table(["Used in"], [[cell]]))
    assert soup.td.get_text() == "Harvest & more; a"
    assert [(link["href"], link["class"][1]) for link in soup.select("a")] == [
        ("harvest.html#from-index", "internal"),
        ("https://a.org/?b&c", "external"),
    ]


def test_cells_of_cards_stand_after_their_heads_and_empty_ones_are_empty():
    soup = written(table(["Year", "Seen"], [["1900", []]], classes=["cards"]))
    first, second = soup.select("td")
    assert [part.get_text() for part in first.children] == ["Year", "1900"]
    assert list(second.children) == []


def test_search_finds_what_a_table_says_only_if_told_so():
    cell = [{"text": "red", "address": "x"}]
    assert table(["Colour"], [[cell]]).astext() == ""
    assert table(["Colour"], [[cell]], searchable=True).astext() == "Colour red"


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


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("the ratio (倍差) of", "the ratio (<倍差>) of"),
        ("《2024年公报》, 表1-2 各县", "<《2024年公报》, 表1-2 各县>"),
        ("江南 in Jiangnan <江北>", "<江南> in Jiangnan &lt;<江北>&gt;"),
        ("no phrase at all", "no phrase at all"),
    ],
)
def test_chinese_phrase_in_english_text_names_its_language(text, marked):
    made = text_html(Translator(), text)
    assert re.sub(r'<span lang="zh-Hans">(.*?)</span>', r"<\1>", made) == marked


def test_chinese_text_is_cut_into_neighbours_for_search():
    search = ChineseSearch({})
    assert search.split("收入倍差1.6，R2值") == ["收入", "入倍", "倍差", "1", "6", "R2", "值"]
    # as Sphinx stems English, for the Latin words of a Chinese page
    assert [search.stem(word) for word in ("倍差", "ratios")] == ["倍差", "ratio"]


def test_pages_are_made_without_a_run_as_well(sample, tmp_path):
    pages, html = tmp_path / "pages", tmp_path / "html"
    copy_prose(sample, pages)
    (pages / "conf.py").write_text("extensions = ['myst_nb', 'bindery.sphinx']\n")
    command = [sys.executable, "-m", "sphinx", "-b", "html", str(pages), str(html)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    names = {path.stem for path in pages.glob("*.md")}
    assert names
    assert names <= {path.stem for path in html.glob("*.html")}
