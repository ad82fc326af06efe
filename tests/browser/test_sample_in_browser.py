"""What the pages of any book do in a browser, tried on the small one of bindery's tests."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.faults import (
    inaccessible,
    missing_pictures,
    overflow,
    unreached,
    watched,
    wrong_language,
)

CHAPTER = "harvest.html"
FIGURE = "figure.published"


@pytest.fixture
def address(sample, serve):
    """The address of a page of an edition, served."""
    return lambda lang, page: f"{serve(sample)}/{lang}/{page}"


@pytest.fixture
def from_disk(sample):
    return lambda lang, page: (sample / lang / page).as_uri()


@pytest.mark.parametrize(("way", "lang"), [("address", "en"), ("from_disk", "zh")])
def test_chapter_opens_without_a_fault(request, open_page, lang, way, axe):
    address = request.getfixturevalue(way)(lang, CHAPTER)
    page = open_page("about:blank")
    with watched(page, address.split(lang)[0]) as found:
        page.goto(address)
        found += missing_pictures(page) + wrong_language(page) + inaccessible(page, axe)
        found += overflow(page)
    assert found == []


@pytest.mark.parametrize(("way", "lang"), [("address", "zh"), ("from_disk", "en")])
def test_formulas_are_set(request, open_page, lang, way):
    page = open_page(request.getfixturevalue(way)(lang, "data.html"))
    formulas = page.locator(".math")
    expect(formulas.first).to_be_attached()
    expect(page.locator(".math > mjx-container")).to_have_count(formulas.count())


class TestEditions:
    @pytest.mark.parametrize(("locale", "expected"), [("zh-TW", "zh"), ("fi", "en")])
    def test_first_page_follows_the_browser(self, sample, serve, open_page, locale, expected):
        page = open_page(f"{serve(sample)}/index.html", locale=locale)
        page.wait_for_url(f"**/{expected}/index.html")

    def test_switch_leads_to_the_same_place_and_is_remembered(self, sample, serve, open_page):
        base = serve(sample)
        page = open_page(f"{base}/en/{CHAPTER}#harvest-sheaves-by-year", locale="en")
        page.get_by_text("中文版").click()
        page.wait_for_url(f"{base}/zh/{CHAPTER}#harvest-sheaves-by-year")
        page.goto(f"{base}/index.html")
        page.wait_for_url(f"{base}/zh/index.html")


class TestSearch:
    @pytest.mark.parametrize(
        ("way", "lang", "sought", "title"),
        [
            ("address", "en", "field harvest", "Harvest of North field"),
            ("from_disk", "zh", "收成", "北田的收成"),
        ],
    )
    def test_finds_chapters_first_and_highlights(
        self, request, open_page, way, lang, sought, title
    ):
        address = request.getfixturevalue(way)(lang, "index.html")
        page = open_page(address)
        with watched(page, address.split(lang)[0]) as found:
            page.keyboard.press("Control+k")
            page.keyboard.type(sought)
            page.keyboard.press("Enter")
            first = page.locator("#search-results ul.search a").first
            expect(first).to_have_text(title)
            first.click()
            expect(page.locator("article .highlighted").first).to_be_visible()
        assert found == []

    def test_term_that_no_dictionary_knows_is_found(self, open_page, from_disk):
        page = open_page(from_disk("zh", "search.html") + "?q=田的")
        expect(page.locator("#search-results ul.search a").first).to_have_text("北田的收成")

    def test_nothing_found_is_said_in_the_language(self, open_page, from_disk):
        page = open_page(from_disk("zh", "search.html") + "?q=火车")
        expect(page.locator("#search-results .search-summary")).to_contain_text("没有匹配到文档")


class TestZoom:
    def test_keyboard_opens_closes_and_is_back_where_it_was(self, open_page, address):
        page = open_page(address("en", CHAPTER))
        opener = page.get_by_role("button", name="Enlarge: Figure 1")
        opener.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Figure 1")
        expect(dialog.get_by_role("img")).to_have_attribute("alt", re.compile("sheaves"))
        expect(dialog.get_by_role("button", name="Close")).to_be_focused()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(opener).to_be_focused()

    def test_click_on_the_figure_makes_it_larger(self, open_page, address):
        page = open_page(address("zh", CHAPTER), width=768)
        figure = page.locator(f"{FIGURE} img")
        before = figure.bounding_box()["width"]
        figure.click()
        enlarged = page.locator("dialog.zoom img")
        expect(enlarged).to_be_visible()
        assert enlarged.bounding_box()["width"] > before
        page.get_by_role("button", name="关闭").click()
        expect(page.locator("dialog.zoom")).to_be_hidden()

    def test_phone_shows_it_wider_than_the_screen(self, open_page, address):
        page = open_page(address("en", CHAPTER), width=390)
        page.get_by_role("button", name="Enlarge").click()
        assert page.locator("dialog.zoom img").bounding_box()["width"] > 390
        assert overflow(page) == []


def test_copy_button_copies_the_command(open_page, address):
    page = open_page(address("en", CHAPTER), permissions=["clipboard-read", "clipboard-write"])
    panel = page.locator("details.more").filter(has_text="Parameters of this page")
    panel.locator("summary").click()
    panel.locator(".highlight").hover()
    panel.locator("button.copybtn").click()
    expect(panel.locator("button.copybtn")).to_have_attribute("data-tooltip", "Copied!")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == panel.locator(".highlight pre").inner_text().strip()


def test_rows_are_chosen_by_value_and_by_text(open_page, address):
    page = open_page(address("en", "results.html"))
    rows, shown = page.locator("table.results tbody tr"), page.locator("form.row-filters output")
    every = rows.count()
    expect(shown).to_have_text(f"{every} / {every} rows shown")
    page.get_by_role("combobox", name="Page").select_option("Harvest of South field")
    assert 0 < rows.filter(visible=True).count() < every
    page.get_by_label("Text in the row").fill("no row says this")
    expect(shown).to_have_text(f"0 / {every} rows shown")


def test_dark_is_chosen_by_the_machine_or_by_the_reader(open_page, address):
    page = open_page(address("en", CHAPTER), color_scheme="dark")
    theme = page.locator("html")
    expect(theme).to_have_attribute("data-theme", "dark")
    # ink on white paper, as it was drawn
    figure = page.locator(f"{FIGURE} img")
    expect(figure).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(figure).to_have_css("filter", "none")
    button = page.get_by_role("button", name="Color mode")
    button.click()
    chosen = theme.get_attribute("data-theme")
    page.reload()
    expect(theme).to_have_attribute("data-theme", chosen)


def test_colours_are_known_before_the_scripts_of_the_theme_run(open_page, address):
    page = open_page("about:blank", color_scheme="dark")
    page.route("**/pydata-sphinx-theme.js*", lambda route: route.abort())
    page.goto(address("en", CHAPTER))
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_page_prints_whole_and_without_what_is_folded(open_page, address, tmp_path):
    page = open_page(address("en", CHAPTER), color_scheme="dark")
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as document:
        text = "\n".join(sheet.get_textpage().get_text_range() for sheet in document)
        # vectors: a figure is no picture of dots
        kinds = {thing.type for sheet in document for thing in sheet.get_objects(max_depth=5)}
    assert "Harvest of North field" in text
    assert "Two years are two years." in text
    for left_out in (
        "import",
        "Show the code",
        "Enlarge",
        "Search",
        "中文版",
        "Parameters of this",
    ):
        assert left_out not in text
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
    # on screen the page is as dark as before
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_register_prints_with_every_column(open_page, address, tmp_path):
    page = open_page(address("en", "results.html"))
    identifiers = page.locator("code.identifier").all_inner_texts()
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as document:
        text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    # they may break after a hyphen, which the text of a sheet tells as another sign
    found = re.sub(r"[^a-z]", "", text)
    assert [name for name in identifiers if re.sub(r"[^a-z]", "", name) not in found] == []


@pytest.mark.parametrize(
    ("name", "head"),
    [("results.html", "取值"), ("data.html", "标题"), ("sources.html", "发布机构")],
)
def test_register_fits_a_phone_and_names_each_cell(open_page, address, name, head):
    page = open_page(address("zh", name), width=390)
    told = page.evaluate("""() => {
      const table = document.querySelector("table.stacked");
      const cell = table.querySelector("td.column-1"), around = table.parentElement;
      return [around.scrollWidth - around.clientWidth, getComputedStyle(cell, "::before").content];
    }""")
    assert told == [0, f'"{head} "']


@pytest.mark.parametrize(
    ("name", "width"), [(CHAPTER, 1440), ("results.html", 390), ("search.html", 390)]
)
def test_keyboard_reaches_everything_and_shows_where_it_is(open_page, address, name, width):
    page = open_page(address("zh", name), width=width)
    assert unreached(page) == []
