"""The sample is published, corrected and published again: what the command and the pages say."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from bs4 import BeautifulSoup

from bindery.project import find_project

ADDRESS = "https://example.org/sheaves"


@pytest.fixture(scope="module")
def story(built, bindery, edit, tmp_path_factory):
    """The project, what commands said, and the pages after one version and after two."""
    folder = tmp_path_factory.mktemp("story")
    shutil.copytree(built[0].root, folder / "farm")
    project, facts = find_project(folder / "farm"), folder / "farm" / "book" / "publication.yml"
    said = {"first": bindery(project, "snapshot")}
    # one row is corrected; the others stand in another order
    file = project.data / "fields.csv"
    head, *rows = file.read_text(encoding="utf-8").replace("150", "151").splitlines()
    file.write_text("\n".join([head, *rows[2:], *rows[:2], ""]), encoding="utf-8")
    edit(facts, '"1.0"', f'"1.1"\ndate: "1902-05-06"\naddress: "{ADDRESS}"')
    said["build"] = bindery(project, "build", "--quiet")
    said["row"] = bindery(project, "diff", "1.0")
    said["unpublished"] = bindery(project, "cite", "harvest-last")
    said["second"] = bindery(project, "snapshot")
    said["published"] = bindery(project, "cite", "harvest-last", "--format", "bibtex")
    said["equal"] = bindery(project, "diff", "1.1")
    said["unknown"] = bindery(project, "diff", "1.2")
    shutil.copytree(project.build / "html", folder / "one")
    said["kept"] = bindery(project, "build", "--quiet")
    shutil.copytree(project.build / "html", folder / "kept")
    # without a new version, the code counts otherwise
    edit(project.root / "fields" / "harvest.py", "reset_index", "assign(sheaves=1).reset_index")
    said["same version"] = bindery(project, "build", "--quiet")
    said["refused"] = bindery(project, "snapshot")
    said["code"] = bindery(project, "diff", "1.1", "--json")
    said["edited"] = bindery(project, "cite", "harvest-last")
    return said, folder / "one", project.build / "html", folder / "kept"


@pytest.fixture(scope="module")
def article():
    def read(html, lang, name):
        text = (html / lang / f"{name}.html").read_text(encoding="utf-8")
        return BeautifulSoup(text, "html.parser").select_one("article.bd-article")

    return read


def text(element):
    return re.sub(r"\s+", " ", element.get_text()).strip()


def cells(table):
    return [[text(cell) for cell in row.select("td")] for row in table.select("tbody tr")]


class TestCommand:
    def test_version_is_kept_and_what_to_do_is_told(self, story):
        done = story[0]["first"]
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("book/versions/1.0.json: kept; commit it, and build once")

    def test_row_moves_exactly_what_rests_on_it(self, story):
        done = story[0]["row"]
        assert (done.returncode, done.stderr) == (1, "")
        assert done.stdout.splitlines() == [
            "1.0 → 1.1",
            "Results: 2 moved; figures: 1 changed; tables: 1 changed; rows of the data: 1 changed",
            "",
            "Changed rows of the data: 1",
            "    fields:north|1901: sheaves 150 → 151",
            "  harvest-kept: 75 to 150 sheaves (scenario range) → 75.50 to 151.00 sheaves "
            "(scenario range) (the intervals overlap)",
            "  harvest-last: 150 sheaves → 151 sheaves (+1; +0.7%)",
            "  Figure harvest-sheaves-by-year: changed",
            "  Table harvest-all-years: changed",
        ]

    def test_published_version_that_is_built_otherwise_is_warned_of_and_refused(self, story):
        said = story[0]
        assert said["same version"].returncode == 0
        assert said["same version"].stderr.startswith(
            "warning: version 1.1 is published, and what is built differs: `bindery diff 1.1`"
        )
        assert said["refused"].returncode == 1
        assert "\n  None of its rows changed; code: fields/harvest.py\n" in said["refused"].stderr

    def test_code_is_told_where_no_row_changed(self, story):
        done = story[0]["code"]
        assert done.returncode == 1
        (south,) = [
            one for one in json.loads(done.stdout)["changes"] if one["id"] == "harvest-south-last"
        ]
        assert (south["difference"], south["because"]["code"]) == (-89, ["fields/harvest.py"])
        assert (south["because"]["rows"], south["because"]["known"]) == ([], True)

    def test_nothing_differs_or_it_cannot_be_told(self, story):
        equal, unknown = story[0]["equal"], story[0]["unknown"]
        assert (equal.returncode, equal.stdout) == (0, "1.1 → 1.1\nNothing differs.\n")
        assert unknown.returncode == 2
        assert "did you mean '1.1'?" in unknown.stderr


class TestPermalink:
    def test_a_citation_leads_into_the_version_that_holds_what_it_cites(self, story):
        said = story[0]
        permalink = f"{ADDRESS}/en/versions/1.1.html#harvest-last"
        assert f"  url = {{{permalink}}}," in said["published"].stdout.splitlines()
        # the version is not published yet, or published otherwise
        for name in ("unpublished", "edited"):
            assert said[name].stdout.endswith(f" {ADDRESS}/en/results.html#harvest-last\n")

    def test_the_page_of_a_figure_links_its_line_in_the_version(self, story, article):
        name = "figures/harvest-sheaves-by-year"
        anchor = "versions/1.1.html#harvest-sheaves-by-year"
        for lang, words in (
            ("en", "This figure in version 1.1 of the book"),
            ("zh", "本书1.1版中的本图"),
        ):
            links = article(story[3], lang, name).select_one("#links dl")
            told = dict(zip(map(text, links.select("dt")), links.select("dd"), strict=True))
            assert told[words].a["href"] == f"{ADDRESS}/{lang}/{anchor}"
            page = article(story[3], lang, "versions/1.1")
            assert page.select_one("[id='harvest-sheaves-by-year']").name == "tr"
            # before the version was published, and after what it holds was edited
            for html in story[1:3]:
                assert anchor not in str(article(html, lang, name))

    def test_a_line_of_a_version_leads_to_what_stands_now(self, story, article):
        page = article(story[3], "en", "versions/1.0")
        links = {link["href"] for link in page.select("td:first-child a")}
        assert {"../results.html#harvest-last", "../harvest.html#harvest-all-years"} <= links


class TestPages:
    def test_without_a_version_the_page_says_so(self, built, article):
        html = built[0].build / "html"
        assert not (html / "versions").exists()
        for lang, words in (
            ("en", "This is version 1.0 (not yet published). No version has been superseded."),
            ("zh", "当前版本：1.0（尚未发布）。尚无被取代的版本。"),
        ):
            assert words in text(article(html, lang, "versions"))
            assert article(html, lang, "versions").select("table") == []

    def test_one_version_is_held_against_what_is_built(self, story, article):
        page = article(story[1], "en", "versions")
        (heading,) = page.select("h2")
        assert text(heading).startswith("Version 1.1 since version 1.0 (not yet published)")
        assert "fields:north|1901: sheaves 150 → 151" in text(page)

    def test_edits_of_a_published_version_stand_first(self, story, article):
        page = article(story[2], "zh", "versions")
        assert [text(heading).rstrip("#") for heading in page.select("h2")] == [
            "1.1版发布后的改动", "1.1版较1.0版的变动",
        ]  # fmt: skip
        assert "所依据的数据行均未变动；代码：fields/harvest.py" in text(page)

    def test_each_version_leads_to_its_page_and_its_file(self, story, article):
        html = story[2]
        kept, *changes = article(html, "zh", "versions").select("table")
        assert cells(kept) == [["1.1版", "1902-05-06", "1.1.json"], ["1.0版", "—", "1.0.json"]]
        links = [link["href"] for table in (kept, *changes) for link in table.select("a")]
        assert len(links) > 10
        for link in links:
            assert (html / "zh" / link.partition("#")[0]).is_file()

    def test_superseded_version_stands_as_it_stood(self, story, article):
        html = story[2]
        for lang, value, since in (
            ("en", "150 sheaves", "moved: 1 sheaves"),
            ("zh", "150捆", "数值变动：1捆"),
        ):
            page = article(html, lang, "versions/1.0")
            row = page.find(id="harvest-last")
            assert (text(row.select("td")[1]), text(row.select("td")[6])) == (value, since)
            (now,) = row.select("td")[6].select("a")
            target, _, anchor = now["href"].partition("#")
            assert (html / lang / "versions" / target).resolve() == html / lang / "results.html"
            assert article(html, lang, "results").find(id=anchor)
            assert page.find(id="harvest-sheaves-by-year")

    def test_version_page_leads_to_the_other_edition(self, story):
        page = (story[2] / "en" / "versions" / "1.0.html").read_text(encoding="utf-8")
        (switch,) = BeautifulSoup(page, "html.parser").select("a.edition-switch")
        assert switch["href"] == "../../zh/versions/1.0.html"

    def test_snapshot_is_downloaded_as_it_is_kept(self, story):
        file = story[2].parent.parent / "book" / "versions" / "1.0.json"
        assert (story[2] / "versions" / "1.0.json").read_bytes() == file.read_bytes()
