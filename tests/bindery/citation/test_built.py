"""What is cited is found in the built book, or an error says what to do."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from click.testing import CliRunner

from bindery.citation.built import find_cited
from bindery.citation.facts import BOOK, DATA, FIGURE, RESULT, TABLE, result_content
from bindery.citation.formats import FORMATS
from bindery.cli import main
from bindery.faults import BinderyError

FIGURE_ID = "harvest-sheaves-by-year"
IDS = ["", FIGURE_ID, "harvest-all-years", "harvest-last", "harvest-kept", "data/fields"]


def fault(project, identifier):
    with pytest.raises(BinderyError) as caught:
        find_cited(project, identifier, "en")
    return str(caught.value)


class TestFound:
    def test_figure_with_its_rows_and_years(self, published):
        found = find_cited(published, FIGURE_ID, "zh", date(2026, 11, 6))
        data = (published.build / "figures" / FIGURE_ID / "data.csv").read_bytes()
        assert (found.kind, found.title) == (FIGURE, "各年捆数")
        assert found.content == hashlib.sha256(data).hexdigest()
        assert (found.published["rows"], found.published["period"]) == (2, "1900/1901")
        assert found.accessed == date(2026, 11, 6)

    def test_figure_with_the_results_that_its_words_name(self, published):
        (named,) = find_cited(published, FIGURE_ID, "en").published["results"]
        assert (named["id"], named["value"]) == ("harvest-last", 150)

    def test_figure_whose_results_are_of_another_build(self, published, edit):
        edit(
            published.build / "figures" / FIGURE_ID / "figure.json", "harvest-last", "harvest-lost"
        )
        assert "_build/results.json: found no result harvest-lost; " in fault(published, FIGURE_ID)

    def test_table(self, published):
        found = find_cited(published, "harvest-all-years", "en")
        assert (found.kind, found.title, found.content) == (TABLE, "All years", "e" * 64)
        assert found.published["latex"] == "% the table in en\n"

    def test_result_with_the_words_for_its_number(self, published):
        found = find_cited(published, "harvest-last", "zh")
        assert (found.kind, found.title) == (RESULT, "最近收成")
        results = json.loads((published.build / "results.json").read_text(encoding="utf-8"))
        assert found.content == result_content(results[0])
        assert found.published["labels"]["units"]["sheaves"]["zh"] == "捆"

    @pytest.mark.parametrize(("lang", "title"), [("en", "Fields"), ("zh", "田地")])
    def test_data_table_also_where_nothing_is_built(self, sample, lang, title):
        found = find_cited(sample, "data/fields", lang)
        content = hashlib.sha256((sample.data / "fields.csv").read_bytes()).hexdigest()
        assert (found.kind, found.title, found.content) == (DATA, title, content)

    def test_book_also_where_nothing_is_built(self, sample):
        found = find_cited(sample, "", "zh")
        assert (found.kind, found.title, found.content) == (BOOK, "麦捆", "")


class TestNotFound:
    def test_unknown_id_is_told_the_nearest(self, published):
        assert fault(published, "harvest-lst") == (
            "harvest-lst: nothing of this id is published; did you mean 'harvest-last'? known: "
            "harvest-sheaves-by-year, harvest-all-years, harvest-last, harvest-kept, data/sources, "
            "data/plots, data/fields"
        )

    def test_path_is_no_id(self, published):
        (published.build / "elsewhere").mkdir()
        assert "nothing of this id is published" in fault(published, "../elsewhere")

    def test_unknown_data_table_is_told_the_nearest(self, sample):
        assert fault(sample, "data/feilds") == (
            "data/feilds: there is no such data table; did you mean 'data/fields'? known: "
            "data/sources, data/plots, data/fields"
        )

    def test_before_the_first_build_it_says_how_to_build(self, sample):
        assert fault(sample, FIGURE_ID) == (
            "_build/figures: there is no such folder, because no book is built yet; "
            "run: bindery build"
        )

    def test_data_table_without_its_file(self, sample):
        (sample.data / "fields.csv").unlink()
        assert fault(sample, "data/fields") == (
            "data/fields.csv: there is no such file, but datapackage.json names it"
        )

    def test_data_package_that_is_none(self, sample):
        package = sample.data / "datapackage.json"
        package.write_text("{}", encoding="utf-8")
        told = "data/datapackage.json: found no data package; run: bindery check"
        assert fault(sample, "data/fields") == told
        package.unlink()
        assert fault(sample, "data/fields") == "data/datapackage.json: there is no such file"


class TestDamaged:
    @pytest.mark.parametrize(
        ("name", "identifier", "content", "found"),
        [
            (f"figures/{FIGURE_ID}/figure.json", FIGURE_ID, "{", "no JSON"),
            (f"figures/{FIGURE_ID}/figure.json", FIGURE_ID, None, "no such file"),
            (f"figures/{FIGURE_ID}/data.csv", FIGURE_ID, "", "no CSV file"),
            (f"figures/{FIGURE_ID}/data.csv", FIGURE_ID, None, "no CSV file"),
            ("tables.json", "harvest-last", "[", "no JSON"),
            ("results.json", "harvest-last", None, "no such file"),
            ("results.json", "harvest-last", '[{"id": "harvest-last"}]', "entries without words"),
        ],
    )
    def test_file_is_named_with_the_remedy(self, published, name, identifier, content, found):
        file = published.build / name
        file.unlink()
        if content is not None:
            file.write_text(content, encoding="utf-8")
        assert fault(published, identifier) == (
            f"_build/{name}: found {found}; allowed: the file as the build writes it; "
            "run: bindery build"
        )


class TestCommand:
    @pytest.fixture
    def typed(self, published):
        def run(*words):
            return CliRunner().invoke(main, ["cite", *words])

        return run

    def test_without_an_id_it_cites_the_book_as_text(self, typed):
        done = typed()
        assert (done.exit_code, done.stdout) == (0, "The farm. (1902). Sheaves (Version 1.0).\n")

    @pytest.mark.parametrize("lang", ["en", "zh"])
    @pytest.mark.parametrize("form", [form for form in FORMATS if form != "sentence"])
    def test_every_thing_is_cited_in_every_form(self, typed, form, lang):
        told = [
            typed(*filter(None, [identifier]), "--format", form, "--lang", lang)
            for identifier in IDS
        ]
        assert [done.exit_code for done in told] == [0] * len(IDS)
        assert len({done.stdout for done in told}) == len(IDS)

    def test_format_may_be_shortened_and_the_day_stated(self, typed):
        done = typed(FIGURE_ID, "-f", "gbt7714", "--lang", "zh", "--accessed", "2026-11-06")
        assert done.stdout == (
            "农场. 各年捆数: harvest-sheaves-by-year, sha256:8ccf36292675[M]//农场. 麦捆. 1.0版. "
            "1902[2026-11-06].\n"
        )

    @pytest.mark.parametrize(
        ("words", "status", "told"),
        [
            (["--format", "apa"], 2, "--format apa: there is no such format; text, bibtex, ris, "),
            (["--lang", "fr"], 2, "--lang fr: there is no such edition; en, zh"),
            (["--accessed", "soon"], 2, "'soon' does not match the format '%Y-%m-%d'"),
            (["--format", "sentence"], 1, "bindery: the book: found no sentence"),
            (["harvest-lst"], 1, "bindery: harvest-lst: nothing of this id is published"),
        ],
    )
    def test_mistake_is_a_message_and_a_status(self, typed, words, status, told):
        done = typed(*words)
        assert done.exit_code == status
        assert told in done.stderr
        assert done.stdout == ""

    def test_help_names_every_format(self, typed):
        words = " ".join(typed("--help").output.split())
        assert all(form in words for form in FORMATS)
