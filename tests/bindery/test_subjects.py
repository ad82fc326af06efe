"""What figures and tables are about, and the rows that lead back to them."""

from __future__ import annotations

import pytest

from bindery.facts import edition_facts
from bindery.faults import BinderyError

DIARY = {
    "columns": ["field", "year", "source_id"],
    "rows": [["south", 1900, "farm-diary"], ["south", 1901, "farm-diary;neighbour"]],
    "sources": ["farm-diary", "neighbour"],
}
LAST = ("result", "last", {})
SOUTH = {"field": "south"}


@pytest.fixture
def facts(recorded):
    """The facts of the English edition of a book that publishes these."""
    return lambda *entries, **given: edition_facts(recorded(LAST, *entries, **given), "en")


def test_row_leads_to_the_figure_and_back(facts):
    told = facts(("table", "diary", DIARY), ("figure", "sheaves_by_year", {}), given=SOUTH)
    diary = told["tables"]["harvest-diary"]
    assert diary["row_ids"] == ["harvest-diary-1900", "harvest-diary-1901"]
    assert diary["head"] == ["Field", "Year", "Source", "Shown in"]
    shown = {"text": "Sheaves by year", "address": "harvest.html#harvest-sheaves-by-year"}
    assert [row[-1] for row in diary["rows"]] == [[], [shown]]
    about = told["figures"]["harvest-sheaves-by-year"]["about"]
    assert about == [{"text": "1901", "address": "harvest.html#harvest-diary-1901"}]


def test_link_to_a_row_knows_what_its_source_says(facts, sample, edit):
    edit(sample.registry, "row_ids: year", "row_ids: year\n      row_phrase: phrase")
    edit(
        sample.root / "fields" / "labels.py",
        '"year": _both',
        '"phrase": _both("P", "句"),"year": _both',
    )
    diary = DIARY | {
        "columns": [*DIARY["columns"], "phrase"],
        "rows": [[*row, f"收了{row[1]}捆"] for row in DIARY["rows"]],
    }
    told = facts(("table", "diary", diary), ("figure", "sheaves_by_year", {}), given=SOUTH)
    (link,) = told["figures"]["harvest-sheaves-by-year"]["about"]
    assert (link["text"], link["phrase"]) == ("1901", "收了1901捆")


def test_nothing_is_added_where_nothing_is_about_the_rows(facts):
    told = facts(("table", "diary", DIARY), ("figure", "sheaves_by_year", {}))
    assert told["tables"]["harvest-diary"]["head"] == ["Field", "Year", "Source"]
    assert told["figures"]["harvest-sheaves-by-year"]["about"] == []


def test_several_sources_of_a_row_are_linked_each_with_its_grade(facts):
    cell = facts(("table", "diary", DIARY))["tables"]["harvest-diary"]["rows"][1][2]
    assert [link["address"] for link in cell] == [
        "sources.html#source-farm-diary",
        "sources.html#source-neighbour",
    ]
    assert [link["text"].rsplit(" · ", 1)[1] for link in cell] == ["grade A", "grade D"]


def test_a_row_that_no_table_has_is_an_error(facts, sample, edit):
    edit(sample.registry, 'about: ["1901"]', 'about: ["1091"]')
    with pytest.raises(BinderyError, match="is about '1091', which is no row of a published table"
                       "; did you mean '1901'"):  # fmt: skip
        facts(("table", "diary", DIARY), ("figure", "sheaves_by_year", {}), given=SOUTH)


@pytest.mark.parametrize("setting", ["row_ids: year", "filters: [field, year]"])
def test_a_column_that_the_table_lacks_is_an_error(facts, sample, edit, setting):
    edit(sample.registry, setting, setting.replace("year", "yaer"))
    with pytest.raises(BinderyError, match="'diary' has no column 'yaer', which "
                       r"book/figures\.yml names; did you mean 'year'"):  # fmt: skip
        facts(("table", "diary", DIARY))
