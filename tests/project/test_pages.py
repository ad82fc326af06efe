"""The pages of the book: what every chapter shows, in both editions."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdfium2 import PdfDocument

from indicators.evidence import EVIDENCE
from indicators.intervals import KINDS
from indicators.labels import LABELS

PAGES_OF_PROSE = {
    "index", "methods", "results", "data", "sources", "runs", "rerun", "gallery", "cite",
    "versions",
}  # fmt: skip
# What follows from the calendar alone has no source.
WITHOUT_SOURCE = {"investment_completion-elapsed-share"}
# One number, of the kind of the scenarios that gave it.
WITHOUT_WIDTH = {"urban_rural_claim-trial-error", "urban_rural_claim-trial-error-ratio"}
LIMITS = {"en": "Limits", "zh": "局限"}
SETTLES = {"en": "What would settle it: ", "zh": "要作出定论，尚需以下资料："}


class _Links(HTMLParser):
    """Addresses and anchors of a page."""

    def __init__(self):
        super().__init__()
        self.targets: list[tuple[str, str]] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.anchors |= {named[key] for key in ("id", "name") if named.get(key)}
        for key in ("href", "src"):
            if named.get(key):
                self.targets.append((tag, named[key]))


@pytest.fixture(scope="module")
def pages(html) -> dict[Path, _Links]:
    read = {}
    for name in names(html):
        path = html / name
        read[path] = _Links()
        read[path].feed(path.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def results(book) -> list[dict]:
    return json.loads((book / "_build" / "results.json").read_text(encoding="utf-8"))


def names(folder: Path) -> set[str]:
    """Pages of an edition; what the theme keeps under _static are no pages."""
    found = [path for path in folder.rglob("*.html") if "_static" not in path.parts]
    return {path.relative_to(folder).as_posix() for path in found}


def text_of(tag) -> str:
    return re.sub(r"\s+", " ", tag.get_text()).strip()


# The editions


def test_the_readme_cites_a_figure_as_the_book_does(root, html):
    quoted = re.search(r"^> (.+)$", (root / "README.md").read_text(encoding="utf-8"), re.M)[1]
    text = (html / "en" / "cite.html").read_text(encoding="utf-8")
    plain = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", text))
    # the page sets apostrophes as a printer would
    assert quoted in plain.replace("’", "'")


def test_both_editions_hold_the_same_pages(html, runs):
    assert names(html / "en") == names(html / "zh")
    figures = {f"figures/{path.name}" for path in (html / "figures").iterdir()}
    expected = PAGES_OF_PROSE | {run["page"] for run in runs} | figures
    found = {name.removesuffix(".html") for name in names(html / "en")}
    assert found == expected | {"search"}


def test_both_editions_publish_the_same_ids(runs, article):
    for run in runs:
        start = re.compile(f"^{run['page']}-")
        english, chinese = (
            [tag["id"] for tag in article(lang, run["page"]).find_all(id=start)]
            for lang in ("en", "zh")
        )
        assert english == chinese, run["page"]
        assert english, run["page"]


def test_every_internal_link_leads_somewhere(html, pages):
    broken = []
    for path, links in pages.items():
        for _, target in links.targets:
            if re.match(r"[a-z]+:", target) or target == "#":
                continue
            address, _, anchor = target.partition("#")
            address = address.split("?")[0]
            found = (path.parent / address).resolve() if address else path
            if not found.is_file():
                broken.append(f"{path.relative_to(html)}: {target}")
            elif anchor and found in pages and anchor not in pages[found].anchors:
                broken.append(f"{path.relative_to(html)}: {target} (no such anchor)")
    assert broken == []


def test_no_page_loads_anything_from_another_host(html, pages):
    loading = [
        f"{path.relative_to(html)}: {target}"
        for path, links in pages.items()
        for tag, target in links.targets
        if tag in ("script", "link", "img", "iframe", "source")
        and re.match(r"(https?:)?//", target)
    ]
    assert loading == []


def test_no_page_names_a_foreign_script_or_runs_one_twice(html):
    for name in names(html):
        text = (html / name).read_text(encoding="utf-8")
        assert not re.search(r"unpkg|jsdelivr|cdnjs|googleapis", text), name
        scripts = re.findall(r"<script\b[^>]*>.*?</script>", text, re.S)
        assert len(scripts) == len(set(scripts)), name


def test_each_edition_says_its_language_and_leads_to_the_other(html, pages):
    for lang, other, code in (("en", "zh", "en"), ("zh", "en", "zh-CN")):
        for name in names(html / lang):
            text = (html / lang / name).read_text(encoding="utf-8")
            assert f'<html lang="{code}"' in text
            up = "../" * (name.count("/") + 1)
            assert ("a", f"{up}{other}/{name}") in pages[html / lang / name].targets


def test_no_two_pages_of_an_edition_have_one_title(html, lang):
    titles = Counter()
    for name in names(html / lang):
        text = (html / lang / name).read_text(encoding="utf-8")
        titles[re.search(r"<title>(.*?)</title>", text, re.S)[1].strip()] += 1
    assert [title for title, times in titles.items() if times > 1] == []


def test_mathjax_comes_with_the_book_and_only_where_there_is_mathematics(html, lang):
    assert (html / lang / "_static" / "mathjax.js").stat().st_size > 1_000_000
    loading, using = set(), set()
    for path in (html / lang).glob("*.html"):
        text = path.read_text(encoding="utf-8")
        if "mathjax-later.js" in text:
            loading.add(path.stem)
        if re.search(r'class="math[ "]', text):
            using.add(path.stem)
    assert loading == using
    assert "methods" in using
    assert "investment_completion" not in using


def test_one_search_field_and_the_year_of_publication(html):
    text = (html / "en" / "index.html").read_text(encoding="utf-8")
    assert text.count('class="btn search-button-field') == 1
    assert "Copyright 2023" not in text
    assert "© 2026" in text


# Figures and tables


def test_machines_read_every_figure_page(html, lang):
    for path in (html / lang / "figures").glob("*.html"):
        head = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").head
        title = head.select_one("meta[name=citation_title]")["content"]
        data, image = json.loads(head.select_one("script[type*=json]").string)["@graph"]
        assert data["name"] == image["name"] == title
        assert data["identifier"][0] == path.stem
        assert data["isBasedOn"], path.stem


def test_gallery_shows_every_figure_and_weighs_little(html, lang):
    page = (html / lang / "gallery.html").read_text(encoding="utf-8")
    pictures = BeautifulSoup(page, "html.parser").select("ul.figure-gallery img")
    figures = {path.name for path in (html / "figures").iterdir()}
    assert {Path(picture["src"]).parent.name for picture in pictures} == figures
    sent = [page.encode(), *((html / lang / one["src"]).read_bytes() for one in pictures)]
    assert sum(len(gzip.compress(content)) for content in sent) < 1_500_000


def test_figures_are_numbered_captioned_and_described(articles, lang):
    word = {"en": "Figure ", "zh": "图"}[lang]
    for page, content in articles.items():
        figures = content.find_all("figure")
        assert figures, page
        for figure in figures:
            assert figure["id"].startswith(f"{page}-")
            assert re.fullmatch(rf"{word}\d+", text_of(figure.select_one(".caption-number")))
            assert len(text_of(figure.select_one(".caption-text"))) >= 20, figure["id"]
            # a text that names no number says what is drawn and not what it shows
            assert re.search(r"\d", figure.img["alt"]), figure["id"]
            assert len(figure.img["alt"]) >= 40, figure["id"]


def test_figures_are_numbered_through_the_book_and_alike_in_both_editions(runs, article):
    numbers = [
        {
            figure["id"]: int(re.search(r"\d+", figure.select_one(".caption-number").text)[0])
            for run in runs
            for figure in article(lang, run["page"]).find_all("figure")
        }
        for lang in ("en", "zh")
    ]
    assert numbers[0] == numbers[1]
    assert sorted(numbers[0].values()) == list(range(1, len(numbers[0]) + 1))


def test_every_figure_tells_its_limits_its_sources_with_grades_and_its_files(articles, lang, html):
    for content in articles.values():
        for figure in content.find_all("figure"):
            name, below = figure["id"], figure.find_next_sibling("div")
            assert "figure-notes" in below["class"]
            limits = below.find("strong").parent
            assert text_of(limits).startswith(LIMITS[lang] + " · "), name
            assert len(text_of(limits)) > 15, name
            sources = below.find_all("details")[-1].find_all("li")
            assert sources, name
            assert [item for item in sources if not item.select_one(".grade")] == [], name
            folder = f"../figures/{name}"
            linked = {link["href"] for link in below.select(".downloads a")}
            files = {address for address in linked if address.startswith(folder)}
            parts = ("data", "code", "cite", "download")
            assert linked - files == {f"figures/{name}.html#{part}" for part in parts}
            forms = {f"{folder}/{lang}.{form}" for form in ("svg", "pdf", "png")}
            assert files == forms | {f"{folder}/data.csv"}
            assert [file for file in files if not (html / lang / file).resolve().is_file()] == []


def test_the_data_of_every_figure_tell_source_and_evidence(book, runs):
    folders = sorted((book / "_build" / "figures").iterdir())
    with (book / "data" / "sources.csv").open(encoding="utf-8", newline="") as stream:
        known = {row["source_id"] for row in csv.DictReader(stream)}
    assert {folder.name.split("-")[0] for folder in folders} == {run["page"] for run in runs}
    for folder in folders:
        with (folder / "data.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert rows, folder.name
        assert {row["evidence"] for row in rows} <= set(EVIDENCE), folder.name
        for row in rows:
            # a schedule by the calendar and a mark of a break rest on no source
            sources = set(row["source_id"].split(";")) - (
                {""} if row["evidence"] == "derived" else set()
            )
            assert sources <= known, (folder.name, row)


def test_the_data_of_every_figure_tell_units_and_kinds_of_intervals(book):
    for folder in sorted((book / "_build" / "figures").iterdir()):
        fields = json.loads((folder / "figure.json").read_text(encoding="utf-8"))["fields"]
        with (folder / "data.csv").open(encoding="utf-8", newline="") as stream:
            head, *rows = csv.reader(stream)
        assert [field["name"] for field in fields] == head, folder.name
        columns = dict(zip(head, zip(*rows, strict=True), strict=True))
        for field, column in zip(fields, zip(*rows, strict=True), strict=True):
            told = folder.name, field["name"]
            if field["type"] in ("integer", "number"):
                assert {"unit", "unit_in"} & set(field), told
            if "unit_in" in field:
                assert set(columns[field["unit_in"]]) - {""} <= set(LABELS["units"]), told
            if re.search("(^|_)(low|high)$", field["name"]):
                kinds = {kind for end, kind in zip(column, columns["kind"], strict=True) if end}
                assert kinds <= {*KINDS}, told


def test_every_table_has_its_files_and_the_page_links_them(book, articles, html, lang):
    tables = json.loads((book / "_build" / "tables.json").read_text(encoding="utf-8"))
    for table in tables:
        folder = html / "tables" / table["id"]
        assert {path.name for path in folder.iterdir()} == set(table["files"])
        linked = articles[table["page"]].find_all("a", href=re.compile(f"/{table['id']}/"))
        assert {link["href"] for link in linked} >= {
            f"../tables/{table['id']}/{name}" for name in ("data.csv", f"{lang}.tex")
        }


def test_a_figure_is_drawn_for_a_journal_as_the_book_has_it(book, bindery, tmp_path):
    words = ["figure", "investment_completion-growth-split", "--width", "89mm", "--lang", "zh"]
    done = bindery(book, *words, "--output", str(tmp_path / "a.pdf"))
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    with PdfDocument(tmp_path / "a.pdf") as document:
        text = document[0].get_textpage()
        assert [text.search(word).get_next() for word in ("项目数增加", "1477")].count(None) == 0
        assert document[0].get_width() == pytest.approx(89 / 25.4 * 72, abs=0.01)


def test_no_figure_needs_more_than_the_small_font(book):
    # matplotlib reads the whole of a font for each PDF, and the wide one is large
    for path in sorted((book / "_build" / "figures").rglob("*.pdf")):
        fonts = re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([\w-]+)", path.read_bytes())
        assert set(fonts) == {b"NotoSansSCFigures-Regular"}, "see book/fonts/README.md"


def test_heads_of_tables_hold_no_raw_names(articles):
    for page, content in articles.items():
        heads = [text_of(cell) for cell in content.select("th.head")]
        assert heads, page
        assert [head for head in heads if "_" in head or not head] == [], page


# Results and what is said of them


def test_every_result_has_a_kind_a_source_and_a_line_in_the_register(results, article):
    assert len(results) > 300
    for result in results:
        name = result["id"]
        assert result["kind"] in KINDS, name
        assert result["sources"] or name in WITHOUT_SOURCE, name
        ends = [result["low"], result["high"]]
        if result["kind"] == "exact":
            assert ends[0] == ends[1], name
        elif None not in ends and name not in WITHOUT_WIDTH:
            assert ends[0] < ends[1], name
        if result["kind"] in ("sampling_ci", "model_ci", "prediction_interval"):
            assert 0 < result["level"] < 1, name
    for lang in ("en", "zh"):
        lines = {row["id"] for row in article(lang, "results").select("tr[id]")}
        assert {result["id"] for result in results} == lines


def test_every_result_that_measures_something_names_its_period(results):
    """Counts may be of what has no time, such as claims and places; a year is a time itself."""
    timeless = {
        result["id"]
        for result in results
        if result["unit"] not in ("", "count", "year", "years")
        and not result["period"]
        # without an end there is no number
        and (result["low"], result["high"]) != (None, None)
    }
    assert timeless == {"claims_audit-power-median"}


def test_both_editions_say_the_same_numbers(runs, article):
    """In the notes, which are filled from the run."""

    def numbers(lang: str, page: str) -> list[str]:
        notes = " ".join(text_of(note) for note in article(lang, page).select("p.note-text"))
        # with decimals: dates and units are written differently on purpose
        return re.findall(r"\d+\.\d+", notes.replace(",", ""))

    found = 0
    for run in runs:
        english, chinese = (sorted(numbers(lang, run["page"])) for lang in ("en", "zh"))
        assert english == chinese, run["page"]
        assert english, run["page"]
        found += len(english)
    assert found >= 8 * len(runs)


def test_every_chapter_begins_with_its_answer(articles):
    for page, content in articles.items():
        first = content.select_one("p.note-text, h2")
        assert first.name == "p", f"{page}: no note stands before the first section"
        assert len(text_of(first)) > 20, page


def test_every_chapter_ends_with_its_limits_and_what_would_settle_them(articles, lang):
    for page, content in articles.items():
        section = content.find_all("section")[-1]
        assert text_of(section.h2).rstrip("#") == LIMITS[lang], page
        last = text_of(section.find_all("p", recursive=False)[-1])
        assert last.startswith(SETTLES[lang]), page
        assert len(last) > 60, page
