"""What a reader with a keyboard or a pointer gets from numbers and from pages of one notebook."""

from __future__ import annotations

from importlib import resources

import pytest
from jinja2 import Template

ASSETS = resources.files("bindery") / "assets"


def write(file, body, *names):
    """A page with some of the scripts and styles of every page."""
    parts = [f'<script src="{(ASSETS / "static" / f"{name}.js").as_uri()}"></script>'
             f'<link rel="stylesheet" href="{(ASSETS / "static" / f"{name}.css").as_uri()}">'
             for name in names]  # fmt: skip
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title>'
    file.write_text(head + "".join(parts) + body, encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def numbers(page, tmp_path):
    """Two numbers; the second stands at the right edge of a narrow screen."""
    told = "Kept · 75 sheaves, 95% sampling interval 70 to 80 sheaves · n = 12 <b>"
    link = f'<a class="result" href="#x" title="{told}">75</a>'
    body = f'<p>{link}</p><p style="text-align: right">{link}</p><p><a href="#y">y</a></p>'
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(write(tmp_path / "数.html", body, "result"))
    return page


def test_number_tells_on_focus_what_it_is_until_esc(numbers):
    tip = numbers.locator("[role=tooltip]")
    assert tip.is_hidden()
    numbers.keyboard.press("Tab")
    assert tip.inner_text().splitlines() == [
        "Kept", "75 sheaves, 95% sampling interval 70 to 80 sheaves", "n = 12 <b>",
    ]  # fmt: skip
    focused = numbers.locator("a:focus")
    assert focused.get_attribute("aria-describedby") == tip.get_attribute("id")
    assert focused.get_attribute("title") is None
    numbers.keyboard.press("Escape")
    assert tip.is_hidden()
    assert focused.get_attribute("aria-describedby") is None
    for _ in range(2):
        numbers.keyboard.press("Tab")
    assert tip.is_hidden()


def test_pointer_may_move_onto_what_is_told_and_leaving_hides_it(numbers):
    tip = numbers.locator("[role=tooltip]")
    numbers.locator("a.result").nth(1).hover()
    assert tip.is_visible()
    tip.hover()
    numbers.wait_for_timeout(400)
    assert tip.is_visible()
    # nothing is wider than the screen
    assert numbers.evaluate("document.documentElement.scrollWidth") == 390
    numbers.mouse.move(10, 700)
    tip.wait_for(state="hidden")


@pytest.fixture
def family(page, tmp_path):
    """A page with sections and a figure, and the chooser to a page that lacks one of them."""
    template = Template((ASSETS / "templates" / "family.html").read_text(encoding="utf-8"))
    anchors = ["answer", "paces", "limits", "-drawn"]
    pages = [
        {"page": "a_north", "address": "a_north.html", "called": "North <i>", "missing": []},
        {"page": "a_south", "address": "a_south.html", "called": "南", "missing": ["limits"]},
    ]
    own = {"title": "Others", "called": "Field: ", "own": "a_north"}
    chooser = template.render(family=own | {"anchors": anchors, "pages": pages})
    places = "".join(
        f'<section id="{name}" style="height: 1500px"><h2>{name}</h2></section>'
        for name in ("answer", "paces", "a_north-drawn", "limits")
    )
    (tmp_path / "a_south.html").write_text('<link rel="icon" href="data:,">', encoding="utf-8")
    address = write(tmp_path / "a_north.html", f"{chooser}<h1>N</h1>{places}", "family")
    page.goto(address)
    # in sight wherever one reads, as the head of a page is
    page.add_style_tag(content="nav { position: fixed !important; top: 0; }")
    return page


@pytest.mark.parametrize(("reading", "there"), [
    ("", ""), ("#paces", "#paces"), ("#a_north-drawn", "#a_south-drawn"), ("#limits", ""),
])  # fmt: skip
def test_chooser_leads_to_what_is_being_read_where_the_other_page_has_it(family, reading, there):
    family.evaluate("hash => { location.hash = hash; }", reading)
    assert family.inner_text("nav summary") == "Field: North <i>"
    family.click("nav summary")
    assert family.locator("nav a[aria-current=page]").inner_text() == "North <i>"
    family.click("nav a:not([aria-current])")
    assert family.url.endswith(f"/a_south.html{there}")


def test_chooser_follows_the_reader_who_scrolls_and_closes_with_esc(family):
    family.evaluate("document.getElementById('paces').scrollIntoView()")
    family.focus("nav summary")
    family.keyboard.press("Enter")
    assert family.locator("nav ul").is_visible()
    family.keyboard.press("Escape")
    assert family.locator("nav ul").is_hidden()
    assert family.evaluate("document.activeElement.tagName") == "SUMMARY"
    family.keyboard.press("Enter")
    family.click("nav a:not([aria-current])")
    assert family.url.endswith("/a_south.html#paces")
