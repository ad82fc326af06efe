"""The pages of a built book, as a reader's browser gets them."""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from bindery.citation.built import find_cited
from bindery.citation.sentence import sentence_text

LANGUAGES = {"en": "en", "zh": "zh-CN"}
PAGES = ("index", "harvest", "harvest-south", "gallery", "results", "data", "sources")
FIGURE_PAGES = tuple(f"figures/{page}-sheaves-by-year" for page in ("harvest", "harvest-south"))
PUBLISHED = {
    f"{page}-{local}" for page in ("harvest", "harvest-south")
    for local in ("last", "kept", "sheaves-by-year", "all-years")
}  # fmt: skip


def parsed(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def html(built):
    return built[0].build / "html"


@pytest.fixture(scope="module")
def pages(html):
    """Every page of the book by its path; the theme's own snippets are none."""
    return {
        path: parsed(path) for path in sorted(html.rglob("*.html")) if "_static" not in path.parts
    }


@pytest.fixture(scope="module")
def page(html, pages):
    """A page of an edition."""
    return lambda lang, name: pages[html / lang / f"{name}.html"]


@pytest.fixture(scope="module")
def article(page):
    """What a page says, without what the theme puts around it."""
    return lambda lang, name: page(lang, name).select_one("article.bd-article")


def text(element):
    return re.sub(r"\s+", " ", element.get_text()).strip()


def cells(table):
    return [[text(cell) for cell in row.select("td")] for row in table.select("tbody tr")]


def links(soup):
    for element in soup.find_all(href=True) + soup.find_all(src=True):
        yield element, element.get("href") or element.get("src")


class TestEditions:
    def test_both_have_the_same_pages(self, html):
        english, chinese = (
            {path.relative_to(html / lang).as_posix() for path in (html / lang).rglob("*.html")}
            for lang in LANGUAGES
        )
        assert english == chinese >= {f"{name}.html" for name in (*PAGES, *FIGURE_PAGES)}

    def test_both_have_the_same_published_ids(self, page):
        for lang in LANGUAGES:
            found = {
                element["id"] for name in ("harvest", "harvest-south")
                for element in page(lang, name).find_all(id=True)
            }  # fmt: skip
            assert found >= PUBLISHED

    def test_first_page_leads_to_both(self, pages, html):
        soup = pages[html / "index.html"]
        assert [link["href"] for link in soup.select("a")] == ["en/index.html", "zh/index.html"]

    def test_every_page_names_its_language(self, html, page):
        for lang, code in LANGUAGES.items():
            named = {
                path.stem: page(lang, path.stem).html["lang"]
                for path in (html / lang).glob("*.html")
            }
            assert set(named.values()) == {code}

    def test_every_page_leads_to_itself_in_the_other_language(self, page):
        for lang, other, title in (("en", "zh", "中文版"), ("zh", "en", "English edition")):
            for name in (*PAGES, *FIGURE_PAGES):
                up = "../" * (name.count("/") + 1)
                (link,) = page(lang, name).select("a.edition-switch")
                assert (link["href"], link["hreflang"]) == (f"{up}{other}/{name}.html", other)
                assert text(link) == title
                alternates = page(lang, name).select("head link[rel=alternate]")
                assert {one["hreflang"]: one["href"] for one in alternates} == {
                    language: f"{up}{language}/{name}.html" for language in LANGUAGES
                }

    def test_titles_and_contents_are_in_the_language(self, page):
        assert text(page("en", "harvest").title) == "Harvest of North field — Sheaves"
        assert text(page("zh", "harvest").title) == "北田的收成 — 麦捆"
        assert "Pages" in text(page("en", "index").select_one("nav.bd-links"))
        assert "页面" in text(page("zh", "index").select_one("nav.bd-links"))

    def test_pages_of_one_notebook_have_titles_of_their_own(self, page):
        for lang, titles in (
            ("en", ["Harvest of North field", "Harvest of South field"]),
            ("zh", ["北田的收成", "南田的收成"]),
        ):
            contents = page(lang, "index").select("nav.bd-links a[href^=harvest]")
            assert [text(link) for link in contents] == titles

    def test_chinese_pages_hold_no_english_sentence(self, article):
        for name in PAGES:
            soup = BeautifulSoup(str(article("zh", name)), "html.parser")
            # code, the data itself, and what the sample's own tables say in English only
            for element in soup.select("script, pre, code, option, .dataframe, td, li, .refusal"):
                element.decompose()
            assert re.findall(r"[A-Za-z]{2,} [A-Za-z]{2,}", soup.get_text(" ")) == [], name

    def test_search_of_the_chinese_edition_knows_chinese_words(self, html):
        index = (html / "zh" / "searchindex.js").read_text(encoding="utf-8")
        known = json.loads(index[index.index("{") : index.rindex("}") + 1])
        assert "收成" in {*known["terms"], *known["titleterms"]}


class TestLinks:
    def test_every_link_within_the_book_leads_somewhere(self, pages, html):
        broken, checked = set(), 0
        for path, soup in pages.items():
            for _, address in links(soup):
                parts = urlsplit(address)
                if parts.scheme or parts.netloc:
                    continue
                checked += 1
                target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
                anchors = pages.get(target)
                if (
                    not target.is_file()
                    or not target.is_relative_to(html.resolve())
                    or (parts.fragment and anchors and not anchors.find(id=unquote(parts.fragment)))
                ):
                    broken.add((path.name, address))
        assert checked > 500
        assert broken == set()

    def test_no_page_calls_another_host(self, pages):
        names = ("href", "src", "srcset", "action", "data", "poster")
        foreign = {
            (element.name, element[name]) for soup in pages.values() for name in names
            for element in soup.find_all(attrs={name: re.compile(r"^\s*(https?:)?//")})
        }  # fmt: skip
        # a link that a reader may follow: the address of a source, from the data
        assert foreign == {("a", "https://example.org/diary")}

    def test_no_style_sheet_calls_another_host(self, html):
        sheets = list(html.rglob("*.css"))
        assert len(sheets) > 5
        pattern = re.compile(r"(url\(|@import)\s*[\"']?\s*(https?:)?//")
        assert [
            sheet for sheet in sheets if pattern.search(sheet.read_text(encoding="utf-8"))
        ] == []

    def test_mathjax_is_local_and_only_where_there_is_a_formula(self, html, page):
        for lang in LANGUAGES:
            loading = {
                name: script["src"].split("?")[0] for name in PAGES
                for script in page(lang, name).select("script[src*=mathjax i]")
            }  # fmt: skip
            assert loading == {"data": "_static/mathjax-later.js"}
            assert (html / lang / "_static" / "mathjax.js").stat().st_size > 1_000_000

    def test_every_page_has_one_search_field(self, page):
        for lang in LANGUAGES:
            found = {name: len(page(lang, name).select("input[name=q]")) for name in PAGES}
            assert found == dict.fromkeys(PAGES, 1)

    def test_copyright_names_the_year_of_the_publication_and_no_other(self, page):
        for lang in LANGUAGES:
            for name in PAGES:
                assert [text(line) for line in page(lang, name).select("p.copyright")] == ["© 1902"]
                assert "2023" not in page(lang, name).get_text()


class TestFigures:
    @pytest.mark.parametrize(("lang", "name", "caption", "alt"), [
        ("en", "harvest", "Figure 1 Sheaves by year. The last year gave 150 sheaves.",
         "Bars; the last year 150 sheaves."),
        ("en", "harvest-south", "Figure 2 Sheaves by year. The last year gave 90 sheaves.",
         "Bars; the last year 90 sheaves."),
        ("zh", "harvest", "图1 各年捆数。最后一年为150捆。", "柱形图，最后一年150捆。"),
        ("zh", "harvest-south", "图2 各年捆数。最后一年为90捆。", "柱形图，最后一年90捆。"),
    ])  # fmt: skip
    def test_figure_is_numbered_captioned_and_described(self, article, lang, name, caption, alt):
        (figure,) = article(lang, name).select("figure")
        assert figure["id"] == f"{name}-sheaves-by-year"
        assert text(figure.figcaption).removesuffix("#") == caption
        assert figure.img["alt"] == alt

    def test_picture_is_the_edition_s_own(self, html, article):
        for lang in LANGUAGES:
            source = article(lang, "harvest").select_one("figure img")["src"]
            drawn = html / "figures" / "harvest-sheaves-by-year" / f"{lang}.svg"
            assert (html / lang / source).read_bytes() == drawn.read_bytes()

    def test_below_stand_limits_downloads_data_and_sources(self, article):
        below = article("zh", "harvest").select_one(".figure-notes")
        assert [link["href"] for link in below.select(".downloads a")] == [
            *(f"{FIGURE_PAGES[0]}.html#{part}" for part in ("data", "code", "cite", "download")),
            *(
                f"../figures/harvest-sheaves-by-year/{name}"
                for name in ("zh.svg", "zh.pdf", "zh.png", "data.csv")
            ),
        ]
        assert "局限 · 仅一块田。" in text(below)
        assert cells(below.table) == [
            ["北田", "1900", "120", "farm-diary"],
            ["北田", "1901", "150", "farm-diary"],
        ]
        assert [text(line.select_one(".grade")) for line in below.select("li")] == ["A级"]

    def test_grade_stands_beside_a_figure_only_where_it_asks_for_care(self, article):
        for name, told in (("harvest", []), ("harvest-south", ["weakest source grade D"])):
            assert [text(one) for one in article("en", name).select(".downloads .grade")] == told

    @pytest.mark.parametrize(
        ("lang", "name", "caption", "first"),
        [
            ("en", "harvest", "Table 1 All years. North field, every year.", "North field"),
            ("zh", "harvest-south", "表3 各年。南田，各年。", "南田"),
        ],
    )
    def test_table_is_numbered_and_captioned(self, article, lang, name, caption, first):
        table = article(lang, name).find("table", id=f"{name}-all-years")
        assert text(table.caption).removesuffix("#") == caption
        assert cells(table)[0][0] == first

    def test_rows_are_cards_with_their_heads_anchors_and_links(self, article):
        table = article("zh", "harvest-south").find("table", id="harvest-south-diary")
        assert "cards" in table["class"]
        rows = table.select("tbody tr")
        anchors = ["harvest-south-diary-1900", "harvest-south-diary-1901"]
        assert [row["id"] for row in rows] == anchors
        heads = [[text(head) for head in row.select(".cell-head")] for row in rows]
        # an empty cell has no head, and is not shown
        assert heads == [["田", "年", "来源"], ["田", "年", "来源", "相关图表"]]
        source = rows[1].select("td")[2].a
        assert source["href"] == "sources.html#source-neighbour"
        assert "D级" in text(source)

    def test_figure_and_row_lead_to_each_other(self, article):
        south = article("en", "harvest-south")
        row = south.find(id="harvest-south-diary-1901")
        (about,) = south.select(".figure-notes p:-soup-contains('About') a")
        assert about["href"] == "harvest-south.html#harvest-south-diary-1901"
        back = row.select("td")[-1].a
        assert back["href"] == "harvest-south.html#harvest-south-sheaves-by-year"
        assert text(back) == "Sheaves by year"

    def test_figure_is_about_rows_only_for_the_parameters_it_names(self, article):
        north = article("en", "harvest")
        assert not north.select(".figure-notes p:-soup-contains('About')")
        assert "Shown in" not in text(north.find("table", id="harvest-diary"))


class TestNumbersInProse:
    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            ("en", "The last harvest gave 150 sheaves, see Figure 1 and Table 3."),
            ("en", "Kept are 75 to 150 sheaves, from 150 sheaves."),
            ("zh", "最近一次收了150捆，见图1与表3。"),
            ("zh", "从150捆中留存75至150捆。"),
        ],
    )
    def test_results_figures_and_tables_of_other_pages_are_resolved(self, article, lang, said):
        assert said in [text(paragraph) for paragraph in article(lang, "index").select("p")]

    @pytest.mark.parametrize(("lang", "name", "said"), [
        ("en", "harvest",
         "The last year gave 150 sheaves, drawn in Figure 1 and listed in Table 1."),
        ("en", "harvest-south",
         "The last year gave 90 sheaves, drawn in Figure 2 and listed in Table 3."),
        ("zh", "harvest-south", "最后一年收了90捆，见图2，并列于表3。"),
    ])  # fmt: skip
    def test_page_s_own_names_mean_this_page(self, article, lang, name, said):
        assert said in [text(paragraph) for paragraph in article(lang, name).select("p")]

    def test_number_leads_to_the_register_and_says_what_it_is(self, article):
        links = article("en", "index").select("a.result")
        assert [link["href"] for link in links] == [
            "results.html#harvest-last",
            "results.html#harvest-kept",
            "results.html#harvest-last",
        ]
        assert links[1]["title"] == (
            "Kept · scenario range 75 to 150 sheaves · weakest source grade A"
        )

    def test_formula_is_set_as_a_formula(self, article):
        assert [text(formula) for formula in article("zh", "data").select("span.math")] == [
            "\\(a = b\\)"
        ]


class TestNotebookPages:
    def test_results_of_a_cell_are_one_table(self, article):
        table = article("en", "harvest").select_one("table.results")
        assert [row["id"] for row in table.select("tbody tr")] == ["harvest-last", "harvest-kept"]
        assert cells(table) == [
            ["Last harvest, North field", "150 sheaves", "—", "exact", "2", "—", "A"],
            ["Kept", "—", "75 to 150 sheaves", "scenario range", "—", "—", "A"],
        ]

    def test_result_of_a_doubtful_source_is_graded_so(self, article):
        table = article("en", "harvest-south").select_one("table.results")
        assert [row[-1] for row in cells(table)] == ["D", "D"]

    def test_parameters_are_shown_with_the_command_to_rerun(self, article):
        table = article("en", "harvest-south").select_one("table.parameters")
        assert cells(table) == [
            ["Field field", "South field", "North field", "a name or a code of the table plots",
             "Which field."],
            ["Share kept share", "0.5", "0.5", "0 to 1", "Share of the harvest that is kept."],
        ]  # fmt: skip
        shown = table.find_parent("details")
        assert "bindery run harvest -p field=south" in text(shown)
        assert shown.select_one("a")["href"] == "../notebooks/harvest-south.ipynb"

    def test_numbers_of_a_note_lead_to_the_register(self, article):
        (note,) = article("zh", "harvest-south").select(".note-text")
        assert text(note) == "最近收成90捆，留存45至90捆。"
        assert [link["href"] for link in note.select("a.result[title]")] == [
            "results.html#harvest-south-last", "results.html#harvest-south-kept",
        ]  # fmt: skip

    def test_form_and_its_scripts_are_on_notebook_pages_only(self, page):
        for name, forms in (("harvest", 1), ("index", 0), ("results", 0)):
            soup = page("zh", name)
            scripts = soup.select("script[src*='_static/rerun']")
            assert (len(soup.select("form.rerun[hidden]")), len(scripts)) == (forms, 3 * forms)

    def test_form_has_a_label_and_a_place_for_faults_at_every_field(self, article):
        form = article("en", "harvest-south").select_one("form.rerun")
        fields = form.select("[data-parameter]")
        assert [field["data-parameter"] for field in fields] == ["field", "share", "lang"]
        for field in fields:
            assert form.find("label", attrs={"for": field["id"]})
            assert all(form.find(id=name) for name in field["aria-describedby"].split())
        assert fields[0]["value"] == "South field"
        told = json.loads(form.script.get_text())
        assert [one["address"] for one in told["family"]] == ["harvest.html", ""]

    def test_pages_of_one_notebook_lead_to_each_other(self, page):
        (nav,) = page("zh", "harvest").select("nav.family")
        assert text(nav.summary) == "田：北田"
        own, other = nav.select("a")
        assert (own["aria-current"], other["href"]) == ("page", "harvest-south.html")
        assert {"-sheaves-by-year", "-all-years"} <= set(nav["data-anchors"].split())
        assert other["data-missing"] == ""
        assert not page("zh", "index").select("nav.family")

    def test_parameters_are_shown_once(self, article):
        for name in ("harvest", "harvest-south"):
            assert len(article("zh", name).select("table.parameters")) == 1

    def test_results_are_folded_and_counted(self, article):
        for lang, told in (("en", "Results computed here: 2"), ("zh", "本节计算结果：2项")):
            table = article(lang, "harvest").select_one("table.results")
            assert text(table.find_parent("details").summary) == told

    def test_code_is_present_and_folded(self, article):
        folded = article("en", "harvest").select("details.hide pre")
        assert "years = harvests(field)" in " ".join(text(code) for code in folded)
        assert len(folded) == len(article("en", "harvest").select(".cell_input"))

    def test_code_is_unfolded_by_words_of_the_edition(self, article):
        words = {lang: text(article(lang, "harvest").select_one("details.hide .admonition-title"))
                 for lang in LANGUAGES}  # fmt: skip
        assert words == {"en": "Show the code", "zh": "展开代码"}

    def test_other_outputs_of_a_cell_stay(self, article):
        assert "1901" in text(article("en", "harvest").select_one("table.dataframe"))

    def test_refusal_says_condition_finding_and_remedy(self, article):
        (box,) = article("en", "harvest").select(".refusal")
        assert [text(line) for line in box.select("p")] == [
            "Forecast: Not shown, because a condition is not met",
            "Condition · ten years", "Found · 2 years", "What would open it · more years",
        ]  # fmt: skip

    def test_register_of_refusals_names_method_page_and_condition(self, article):
        (table,) = article("en", "data").select("table.refusals")
        assert [text(head) for head in table.select("th")] == [
            "Method", "Page", "Condition", "Found", "What would open it",
        ]  # fmt: skip
        rows = [[text(cell) for cell in row.select("td")] for row in table.select("tbody tr")]
        assert [(row[0], *row[2:]) for row in rows] == [
            ("Forecast", "ten years", "2 years", "more years")
        ] * 2
        assert [row.select_one("a")["href"] for row in table.select("tbody tr")] == [
            "harvest.html", "harvest-south.html",
        ]  # fmt: skip

    def test_note_is_filled(self, article):
        assert [text(note) for note in article("zh", "harvest").select(".note-text")] == [
            "最近收成150捆，留存75至150捆。"
        ]


class TestRegisters:
    def test_every_result_stands_in_the_register(self, article):
        for lang in LANGUAGES:
            table = article(lang, "results").select_one("table.results")
            rows = {row["id"]: row.select("td")[-2].a for row in table.select("tbody tr")}
            assert {identifier: link["href"] for identifier, link in rows.items()} == {
                "harvest-last": "harvest.html", "harvest-kept": "harvest.html",
                "harvest-south-last": "harvest-south.html",
                "harvest-south-kept": "harvest-south.html",
            }  # fmt: skip
            (title,) = {text(link) for link in rows.values() if link["href"] == "harvest.html"}
            assert title == {"en": "Harvest of North field", "zh": "北田的收成"}[lang]

    def test_register_has_sources_and_the_sentence_that_the_command_gives(self, built, article):
        for lang in LANGUAGES:
            row = article(lang, "results").find(id="harvest-south-last")
            assert [link["href"] for link in row.select("a[href*=source]")] == [
                "sources.html#source-farm-diary", "sources.html#source-neighbour",
            ]  # fmt: skip
            sentence = row.find("button", class_="copy-text").find_previous_sibling("span")
            cited = find_cited(built[0], "harvest-south-last", lang)
            assert sentence.get_text() == sentence_text(cited)

    def test_registers_can_be_filtered(self, article):
        for name, heads in (
            ("results", ["Page", "Kind", "Grade", "Text in the row"]),
            ("sources", ["Kind", "Grade", "Text in the row"]),
        ):
            (form,) = article("en", name).select("form.row-filters")
            assert form.has_attr("hidden"), "without scripts there is nothing to choose with"
            labels = [label.find(string=True).strip() for label in form.select("label")]
            assert labels == heads

    def test_every_figure_has_its_citation(self, built, article):
        tables = article("en", "results").select("table.data-table")
        drawn = built[0].build / "figures" / "harvest-south-sheaves-by-year" / "data.csv"
        assert cells(tables[1])[1] == [
            "Sheaves by year",
            "The farm. (1902). Sheaves by year [Figure harvest-south-sheaves-by-year]. In Sheaves "
            f"(Version 1.0). Data sha256:{hashlib.sha256(drawn.read_bytes()).hexdigest()[:12]}.",
        ]

    def test_data_dictionary_describes_every_table_in_the_language(self, article):
        sections = article("zh", "data").select("section[id^=table-]")
        assert [section["id"] for section in sections] == [
            "table-sources",
            "table-plots",
            "table-fields",
        ]
        assert text(sections[2].h2).removesuffix("#") == "田地"
        assert "fields.csv · 各田各年的捆数。 主键：field、year" in text(sections[2])
        assert cells(sections[2].table)[2][:3] == ["sheaves", "捆数", "数值"]

    def test_sources_tell_grade_and_use(self, article):
        rows = cells(article("en", "sources").select_one("table.sources"))
        assert [(row[-1], row[4], row[5]) for row in rows] == [
            ("farm-diary", "A", "Harvest of North field; Harvest of South field"),
            ("neighbour", "D", "Harvest of South field"),
        ]


class TestEscaping:
    title = "Farm diary <script>alert(1)</script> *bold* {ref}`x`"

    def test_text_from_data_is_text_on_every_page(self, html, article):
        for lang in LANGUAGES:
            assert text(article(lang, "sources").select_one("table.sources a")) == self.title
            assert self.title in text(article(lang, "harvest").select_one(".figure-notes li"))

    def test_markup_from_data_is_never_markup(self, html, pages):
        files = [path for path in pages if "alert(1)" in path.read_text(encoding="utf-8")]
        figures = {name.removeprefix("figures/") for name in FIGURE_PAGES}
        assert {path.stem for path in files} == {"harvest", "harvest-south", "sources", *figures}
        for path in files:
            raw = path.read_text(encoding="utf-8")
            # in the graph of a figure it cannot end the script
            set_as_text = ("&lt;script&gt;alert(1)&lt;/script&gt;", r"\u003cscript>alert(1)\u003c")
            assert raw.count("alert(1)") == sum(map(raw.count, set_as_text))
