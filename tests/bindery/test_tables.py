"""Published tables as files: for programs, and as a reader sees them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil

import pytest
from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMacroNode, LatexWalker

from bindery.project import LANGUAGES
from bindery.tables import write_tables

ODD = r"R&D: 50% of x_1 #2 {y} $5 ~a^b \macro 麦捆"
KEPT = {
    "value": 75.5, "low": 75.0, "high": 76.25, "kind": "scenario_range", "level": None,
    "low_closed": True, "high_closed": False, "unit": "", "digits": None,
}  # fmt: skip


@pytest.fixture
def written(recorded, tmp_path):
    """Writes the table `all_years` with these rows; gives its folder and its entry."""

    def write(rows, columns=("field", "sheaves"), sources=("farm-diary",)):
        facts = {"columns": list(columns), "rows": rows, "sources": list(sources)}
        book = recorded(("table", "all_years", facts))
        write_tables(book, tmp_path / "made")
        shutil.rmtree(book.records["harvest"].folder)
        (entry,) = json.loads((tmp_path / "made" / "tables.json").read_text(encoding="utf-8"))
        return tmp_path / "made" / "tables" / "harvest-all-years", entry

    return write


def latex_rows(text):
    """The cells of every row, as a parser of LaTeX reads them."""
    nodes, _, _ = LatexWalker(text, tolerant_parsing=False).get_latex_nodes()
    (table,) = [node for node in nodes if node.isNodeType(LatexEnvironmentNode)]
    (tabular,) = [
        node for node in table.nodelist
        if node.isNodeType(LatexEnvironmentNode) and node.environmentname == "tabular"
    ]  # fmt: skip
    rows, plain = [[""]], LatexNodes2Text(keep_comments=False, math_mode="text")
    # the first group holds the columns
    for node in tabular.nodelist[1:]:
        name = node.macroname if node.isNodeType(LatexMacroNode) else ""
        if name == "\\":
            rows.append([""])
        elif getattr(node, "specials_chars", "") == "&":
            rows[-1].append("")
        elif name not in ("toprule", "midrule", "bottomrule"):
            rows[-1][-1] += plain.nodelist_to_text([node])
    # the parser takes the sign of LaTeX for a letter that looks like it
    return [[cell.strip().replace("ˆ", "^") for cell in row] for row in rows[:-1]]


def test_table_has_words_heads_and_a_checksum_of_its_cells(written):
    _, table = written([[1900, 120], [1901, 150]], ("year", "sheaves"))
    assert (table["id"], table["page"], table["grade"]) == ("harvest-all-years", "harvest", "A")
    assert (table["rows"], table["period"]) == (2, "1900/1901")
    assert table["results"] == []
    assert table["words"]["en"] == {"title": "All years", "caption": "North field, every year."}
    assert table["head"] == {"en": ["Year", "Sheaves (sheaves)"], "zh": ["年", "捆数（捆）"]}


def test_csv_read_back_is_what_was_recorded(written):
    rows = [["north", 1350], [f"{ODD}\n", None], ['say "a, b"', 0.1]]
    folder, table = written(rows)
    content = (folder / "data.csv").read_bytes()
    head, *read = csv.reader(io.StringIO(content.decode(), newline=""))
    assert head == ["field", "sheaves"]
    assert [[text, float(number) if number else None] for text, number in read] == rows
    assert table["files"]["data.csv"] == hashlib.sha256(content).hexdigest()
    assert set(table["files"]) == {path.name for path in folder.iterdir()}


def test_interval_is_told_in_columns_of_its_own(written):
    folder, table = written([["north", KEPT], ["south", 150], ["west", None]])
    assert (folder / "data.csv").read_text(encoding="utf-8").splitlines() == [
        "field,sheaves,sheaves_low,sheaves_high,sheaves_kind,sheaves_low_closed,sheaves_high_closed",
        "north,75.5,75.0,76.25,scenario_range,true,false",
        "south,150,150,150,,true,true",
        "west,,,,,,",
    ]
    low = table["fields"][2]
    assert (low["name"], low["unit"], low["title_zh"]) == ("sheaves_low", "sheaves", "捆数：下限")
    assert "unit" not in table["fields"][4]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_latex_read_by_a_parser_is_what_a_reader_sees(written, lang):
    folder, _ = written([[ODD, 1350], ["[north", KEPT], ["south", None]])
    head = {"en": ["Field", "Sheaves (sheaves)"], "zh": ["田", "捆数（捆）"]}
    number = {"en": ["1,350", "76 (scenario range less than 76)"], "zh": ["1350", ""]}
    rows = latex_rows((folder / f"{lang}.tex").read_text(encoding="utf-8"))
    assert rows[0] == head[lang]
    assert rows[1] == [ODD, number[lang][0]]
    assert [row[0] for row in rows[2:]] == ["[north", {"en": "South field", "zh": "南田"}[lang]]
    assert rows[3][1] == "—"


def test_same_table_is_the_same_bytes_and_another_cell_is_not(written, contents):
    folder, table = written([["north", 150]])
    first = contents(folder)
    again, other = written([["north", 151]])
    assert again == folder
    assert {name for name, mark in contents(folder).items() if mark != first[name]} == set(first)
    assert other["sha256"] != table["sha256"]


def test_table_without_rows(written):
    folder, table = written([])
    assert (folder / "data.csv").read_text(encoding="utf-8") == "field,sheaves\n"
    assert latex_rows((folder / "en.tex").read_text(encoding="utf-8")) == [
        ["Field", "Sheaves (sheaves)"]
    ]
    assert table["rows"] == 0
