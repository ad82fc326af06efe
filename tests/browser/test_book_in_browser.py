"""Every page of the book in a browser, in both editions; the trials take about two minutes."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.faults import (
    THEMES,
    inaccessible,
    missing_pictures,
    overflow,
    unreached,
    watched,
    wrong_language,
)

pytestmark = pytest.mark.long
# bytes that a reader's line carries, compressed as web servers do
HEAVIEST, FRONT = 1_500_000, 1_000_000
# the trials of an edition are shared among processes
SHARES = 4


@cache
def _transferred(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), compresslevel=6))


@pytest.fixture(params=["en", "zh"])
def lang(request) -> str:
    return request.param


@pytest.fixture
def pages(book, lang):
    """The pages of an edition, as addresses within the book."""
    found = [path.relative_to(book) for path in sorted((book / lang).rglob("*.html"))]
    return [path.as_posix() for path in found if "_static" not in path.parts]


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_is_without_a_fault(book, pages, serve, open_page, axe, share):
    base, found, page = serve(book), [], open_page("about:blank")
    for name in pages[share::SHARES]:
        # colours take nearly all the time of axe. The pages of figures, which are most, look the
        # same in both editions but for the words: each edition has them in a theme of its own
        themes = THEMES
        if "/figures/" in name:
            themes = ("light",) if name.startswith("en/") else ("dark",)
        with watched(page, base) as faults:
            page.goto(f"{base}/{name}")
            faults += missing_pictures(page) + wrong_language(page) + overflow(page)
            faults += inaccessible(page, axe, themes)
        found += [f"{name}: {fault}" for fault in faults]
    assert found == []


def test_every_page_opens_from_disk_and_is_light_to_carry(book, pages, open_page):
    own, found, page = book.as_uri(), [], open_page("about:blank", width=390)
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    for name in pages:
        asked.clear()
        with watched(page, own) as faults:
            page.goto(f"{own}/{name}")
            faults += missing_pictures(page)
        files = {Path(unquote(urlsplit(url).path)) for url in asked if url.startswith(own)}
        weight = sum(map(_transferred, files))
        if weight > (FRONT if name.endswith("/index.html") else HEAVIEST):
            faults.append(f"{weight} bytes to carry")
        found += [f"{name}: {fault}" for fault in faults]
    assert found == []


@pytest.mark.parametrize(
    ("lang", "sought", "first"),
    [
        ("zh", "收入", "urban_rural_convergence_hangzhou"),
        ("zh", "倍差", "urban_rural_convergence_hangzhou"),
        ("zh", "养老", "service_coverage"),
        ("en", "income ratio", "urban_rural_convergence_hangzhou"),
        ("en", "half-life", "regional_convergence"),
    ],
    indirect=["lang"],
)
def test_search_finds_the_right_page_first(book, lang, sought, first, open_page):
    page = open_page(f"{(book / lang / 'search.html').as_uri()}?q={sought}")
    found = page.locator("#search-results ul.search a").first
    expect(found).to_have_attribute("href", f"{first}.html")
    found.click()
    expect(page.locator("article .highlighted").first).to_be_attached()


@pytest.mark.parametrize("name", ["index", "investment_completion", "rerun", "runs"])
@pytest.mark.parametrize("width", [1440, 390])
def test_keyboard_reaches_everything(book, open_page, name, width):
    page = open_page((book / "zh" / f"{name}.html").as_uri(), width=width)
    assert unreached(page) == []
