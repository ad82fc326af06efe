"""The page of a figure in a built book, and the gallery, as a reader's browser gets them."""

from __future__ import annotations

import csv
import json
import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from bindery.citation.built import find_cited
from bindery.citation.formats import FORMATS
from bindery.words import word

NORTH, SOUTH = "harvest-sheaves-by-year", "harvest-south-sheaves-by-year"


@pytest.fixture(scope="module")
def page(built):
    """A page of an edition of the built sample."""

    def read(lang, name):
        file = built[0].build / "html" / lang / f"{name}.html"
        return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")

    return read


def text(element):
    return re.sub(r"\s+", " ", element.get_text()).strip()


def terms(soup):
    """What the lists of the page say, by their terms."""
    return {
        text(term): term.find_next_sibling("dd") for term in soup.select("dl.figure-facts > dt")
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("identifier", [NORTH, SOUTH])
def test_every_citation_is_what_the_command_prints_and_can_be_copied(built, page, lang, identifier):
    cited = find_cited(built[0], identifier, lang)
    forms = page(lang, f"figures/{identifier}").select(".citation-form")
    shown = {form.pre["id"].removeprefix("citation-"): form.pre.get_text() for form in forms}
    assert shown == {name: write(cited) for name, write in FORMATS.items()}
    for form in forms:
        (button,) = form.select("button.copy-text")
        assert button.has_attr("hidden"), "without scripts nothing is copied"
        assert text(button) == word("copy", lang)
        # spoken commands find a button by what is written on it
        assert button["aria-label"].startswith(text(button))
        assert text(form.summary) in button["data-copied"]
        assert button["data-from"] == form.pre["id"]


def test_data_are_a_table_with_caption_and_heads(built, page):
    table = page("en", f"figures/{SOUTH}").select_one("#data table")
    assert text(table.caption).removesuffix("#") == "Data drawn: Sheaves by year"
    assert {head["scope"] for head in table.select("th")} == {"col"}
    file = built[0].build / "figures" / SOUTH / "data.csv"
    rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))[1:]
    shown = [[text(cell) for cell in row.select("td")] for row in table.select("tbody tr")]
    assert [row[1:] for row in shown] == [row[1:] for row in rows]
    # each row leads to its sources
    register = page("en", "sources")
    for row in table.select("tbody tr"):
        (link,) = row.select("a")
        assert link["href"] == f"../sources.html#source-{text(link)}"
        assert register.find(id=f"source-{text(link)}")


def test_only_an_address_that_is_likely_to_live_is_linked(page):
    first, second = page("en", f"figures/{SOUTH}").select("#data li")
    assert (first.a["href"], text(first.select_one(".grade"))) == (
        "https://example.org/diary",
        "grade A",
    )
    assert (second.a, text(second.select_one(".grade"))) == (None, "grade D")


def test_page_tells_who_drew_it_and_the_run_is_told_beside_it(built, page):
    soup = page("zh", f"figures/{SOUTH}")
    told = terms(soup)
    assert text(told["绘图函数"]) == "fields.harvest:bars"
    assert text(told["笔记本"]).startswith("harvest、第6个单元格")
    assert "sheaves_by_year" in text(soup.select_one("#code .highlight"))
    assert [link["href"] for link in told["笔记本"].select("a")] == [
        f"../harvest-south.html#{SOUTH}",
        "../../notebooks/harvest-south.ipynb",
    ]
    html = built[0].build / "html"
    script = (html / "runs.js").read_text(encoding="utf-8")
    (run,) = (
        one for one in json.loads(script.partition("=")[2].strip(" ;\n"))["pages"]
        if one["page"] == soup.select_one("[data-page]")["data-page"]
    )  # fmt: skip
    # the page itself stays the same from commit to commit
    assert re.fullmatch("[0-9a-f]{64}", run["key"])
    assert run["key"] not in str(soup)


def test_link_to_the_version_of_the_data_leads_to_its_checksum(built, page):
    soup = page("en", f"figures/{NORTH}")
    cited = find_cited(built[0], NORTH, "en")
    told = terms(soup)
    link = told["This figure with exactly these data"].a
    assert text(link) == cited.mark
    assert soup.find(id=urlsplit(link["href"]).fragment)
    assert text(told["Checksum of data.csv (SHA-256)"]) == cited.content


def test_gallery_is_in_the_order_of_reading_and_leads_to_every_figure(built, page):
    for lang in ("en", "zh"):
        parts = page(lang, "gallery").select(".figure-gallery-part")
        assert [part.h2.a["href"] for part in parts] == ["harvest.html", "harvest-south.html"]
        links = [link for part in parts for link in part.select("li a")]
        assert [link["href"] for link in links] == [
            f"figures/{name}.html" for name in (NORTH, SOUTH)
        ]
        for link in links:
            name = urlsplit(link["href"]).path.split("/")[1].removesuffix(".html")
            assert link.img["src"] == f"../figures/{name}/{lang}.preview.png"
            assert (link.img["loading"], bool(link.img["alt"])) == ("lazy", True)
            led_to = page(lang, link["href"].removesuffix(".html"))
            assert text(link) == text(led_to.article.h1)
