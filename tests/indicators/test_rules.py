"""The rules across tables: silent on the stock, and each one loud about a planted fault."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from indicators import tables
from indicators.rules import RULES, Violation

(
    RATIO,
    BETWEEN,
    WEIGHT,
    BOUND,
    DERIVED,
    AGREEMENT,
    LISTS,
    OUTCOME,
    LIMITS,
    DECIMALS,
    ORDER,
    CENSUS,
) = RULES
ARTICLE = "hangzhou-common-prosperity-2025"
# Lines of data/income.csv for Hangzhou: a test below holds them.
ALL_2021, ALL_2022, RATIO_2022, RURAL_2022, URBAN_2022 = 260, 261, 272, 304, 336


class Stock:
    """A copy of the tables with single cells changed, as a person would do in an editor."""

    def __init__(self, folder: Path):
        self.folder = folder

    def rows(self, table: str) -> list[list[str]]:
        text = (self.folder / f"{table}.csv").read_text(encoding="utf-8")
        return list(csv.reader(io.StringIO(text, newline="")))

    def write(self, table: str, rows: list[list[str]]) -> None:
        with (self.folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def edit(self, table: str, line: int, **cells: str) -> None:
        rows = self.rows(table)
        for column, cell in cells.items():
            position = rows[0].index(column)
            assert rows[line - 1][position] != cell, "the edit changes nothing"
            rows[line - 1][position] = cell
        self.write(table, rows)

    def insert(self, table: str, line: int, row: str) -> None:
        rows = self.rows(table)
        rows.insert(line - 1, next(csv.reader([row])))
        self.write(table, rows)

    def line(self, table: str, *cells: str) -> int:
        """The line of the one row that holds all these cells."""
        (line,) = [n for n, row in enumerate(self.rows(table), 1) if set(cells) <= set(row)]
        return line


@pytest.fixture
def stock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stock:
    copy = tmp_path / "data"
    shutil.copytree(tables.DATA, copy)
    monkeypatch.setattr(tables, "DATA", copy)
    return Stock(copy)


def faults(rule: str | None = None) -> list[Violation]:
    return [v for v in tables.violations() if not v.exempt and rule in (None, v.rule)]


def only_fault(rule: str) -> Violation:
    (fault,) = faults()
    assert fault.rule == rule
    assert fault.remedy
    return fault


# --- the stock -----------------------------------------------------------------------------------


def test_the_stock_breaks_no_rule():
    assert faults() == []


def test_rows_whose_status_is_not_normal_are_listed():
    """The conflicts that data/README.md names, and the superseded rural income of 2019."""
    listed = [(v.file, v.row, v.rule, " breaks " in v.found) for v in tables.violations()]
    assert listed == [
        ("data/income.csv", 367, RATIO, True),  # Ningbo 2025: 86088/56016 = 1.537, stated 1.60
        ("data/income.csv", 352, RATIO, True),  # Ningbo 2012: 37902/18575 = 2.0405, stated 2.05
        ("data/income.csv", 445, RATIO, True),  # Huzhou 2021: 67893 for 67983
        ("data/income.csv", 299, BETWEEN, False),
        ("data/income.csv", 367, BETWEEN, False),
        ("data/income.csv", 367, WEIGHT, False),
    ]
    first = tables.violations()[0]
    assert first.exempt
    assert first.found == "56016, status suspect, breaks the rule"
    assert first.remedy == "none: exempt by its status"
    assert str(first).startswith("data/income.csv, row 367, value: found 56016, status suspect")


def test_violations_of_an_unchanged_stock_are_equal():
    assert tables.violations() == tables.violations()


# --- incomes -------------------------------------------------------------------------------------


def test_the_lines_named_above(stock):
    for line, cells in {
        ALL_2021: ("330100", "2021", "all_income", "67709"),
        ALL_2022: ("330100", "2022", "all_income", "70281"),
        RATIO_2022: ("330100", "2022", "ratio_stated", "1.71"),
        RURAL_2022: ("330100", "2022", "rural_income", "45183"),
        URBAN_2022: ("330100", "2022", "urban_income", "77043"),
    }.items():
        assert stock.line("income", *cells) == line


def test_three_percent_on_a_rural_income_break_its_ratio(stock):
    stock.edit("income", RURAL_2022, value=str(round(45183 * 1.03)))  # 46538
    found = {fault.row: fault for fault in faults()}
    assert set(found) == {RATIO_2022, RURAL_2022, URBAN_2022}
    rural = found[RURAL_2022]
    assert (rural.file, rural.column, rural.found) == ("data/income.csv", "value", "46538")
    # 77042.5/1.715 = 44922.7 and 77043.5/1.705 = 45186.8
    assert rural.allowed == (
        "44922.7 to 45186.8, so that ratio 1.71 (row 272) = urban 77043 (row 336) / rural 46538"
        " (row 304) within rounding"
    )
    assert rural.rule == RATIO
    assert "give the doubtful row status suspect" in rural.remedy
    # 77042.5/46538.5 = 1.655457 and 77043.5/46537.5 = 1.655514
    assert found[RATIO_2022].allowed.startswith("1.65546 to 1.65551, so that")
    assert {fault.rule for fault in found.values()} == {RATIO}


def test_a_row_is_named_once_however_many_ratios_are_stated(stock):
    stock.edit("income", stock.line("income", "330100", "2021", "42692"), value="44000")
    assert sorted(fault.row for fault in faults(RATIO)) == [269, 270, 271, 303, 335]


@pytest.mark.parametrize(
    ("printed", "decimals", "agrees"),
    [
        # 77043/45183 = 1.70513
        ("1.71", "2", True),
        ("1.710", "3", False),
        ("1.705", "3", True),
        ("1.7", "1", True),
        ("1.70", "2", False),
        ("2", "0", True),
    ],
)
def test_the_decimals_as_printed_decide(printed, decimals, agrees, stock):
    if printed != "1.71":
        stock.edit("income", RATIO_2022, value=printed)
    if decimals != "2":
        stock.edit("income", RATIO_2022, decimals=decimals)
    assert (faults() == []) == agrees


@pytest.mark.parametrize(("printed", "agrees"), [("2.0", True), ("2.1", True), ("1.9", False)])
def test_a_half_may_have_been_rounded_up_or_down(printed, agrees, stock):
    """Taizhou 2022, with incomes known exactly: 69700/34000 = 2.05."""
    urban = stock.line("income", "331000", "2022", "urban_income")
    rural = stock.line("income", "331000", "2022", "rural_income")
    ratio = stock.line("income", "331000", "2022", "ratio_stated")
    stock.edit("income", rural, value="34000", value_low="34000", value_high="34000")
    stock.edit("income", urban, value="69700", value_low="69700", value_high="69700")
    stock.edit("income", ratio, value=printed, decimals="1")
    assert (faults(RATIO) == []) == agrees


def test_a_row_marked_suspect_is_listed_and_no_fault(stock):
    stock.edit("income", RURAL_2022, value="46538", status="suspect", note="planted")
    assert faults() == []
    listed = [v for v in tables.violations() if v.row == RURAL_2022]
    assert [(v.rule, v.exempt) for v in listed] == [(RATIO, True), (BETWEEN, True), (WEIGHT, True)]
    assert listed[0].found == "46538, status suspect, breaks the rule"


def test_a_suspect_row_hides_no_fault_of_its_partners(stock):
    """Huzhou 2021 has two urban incomes; the suspect one stands beside the sound one."""
    sound = stock.line("income", "330500", "2021", "67983")
    stock.edit("income", sound, value="70000")
    ratio = stock.line("income", "330500", "2021", "ratio_stated")
    rural = stock.line("income", "330500", "2021", "rural_income")
    assert sorted(fault.row for fault in faults(RATIO)) == sorted([ratio, rural, sound])


def test_ratios_of_another_scope_or_basis_are_left_alone(stock):
    stock.edit("income", RURAL_2022, value="46538")
    stock.edit("income", RATIO_2022, scope="urban_districts")
    assert faults(RATIO) == []


@pytest.mark.parametrize(
    ("whole", "side"), [("40000", RURAL_2022), ("80000", URBAN_2022)], ids=["below", "above"]
)
def test_all_residents_outside_rural_and_urban(whole, side, stock):
    stock.edit("income", ALL_2022, value=whole)
    found = faults(BETWEEN)
    assert sorted(fault.row for fault in found) == sorted([ALL_2022, side])
    assert {fault.allowed for fault in found} == {
        f"rural 45183 (row 304) <= all {whole} (row 261) <= urban 77043 (row 336)"
    }


def test_a_jump_of_the_urban_weight_names_the_years(stock):
    stock.edit("income", ALL_2022, value="72000")
    fault = only_fault(WEIGHT)
    assert (fault.row, fault.found) == (ALL_2022, "72000")
    # (72000 - 45183)/(77043 - 45183) = 0.8417; (67709 - 42692)/(74700 - 42692) = 0.7816
    assert fault.allowed == (
        "an urban weight that moves less than 0.015 a year; it is 0.8417 from all 72000 (row 261),"
        " urban 77043 (row 336), rural 45183 (row 304) in 2022, and 0.7816 from all 67709 (row"
        " 260), urban 74700 (row 335), rural 42692 (row 303) in 2021: 0.0601 a year"
    )


def test_a_gap_of_years_allows_as_many_steps(stock):
    """2017 to 2021: (68800 - 42692)/32008 = 0.8157 is 0.0162 a year above 0.7510."""
    stock.edit("income", ALL_2021, value="68500")  # 0.8063, 0.0138 a year
    assert [fault.row for fault in faults()] == [ALL_2022]
    stock.edit("income", ALL_2021, value="68800")
    assert [fault.row for fault in faults()] == [ALL_2021, ALL_2022]


def test_bases_are_never_compared(stock):
    """Zhejiang 2013 on the old basis would be far from 2014 on the new one."""
    row = "330000,2013,all_income,37000,yuan,eq,0,net_income_pre2013,whole_area,printed,,,normal,1"
    stock.insert("income", 144, f"{row},ce-2014-02-24,,planted")
    assert faults() == []


# --- bounds and derived rows ---------------------------------------------------------------------

ZHEJIANG_2025 = "330000,2025,ratio_stated,1.78,ratio,about,,integrated_survey,whole_area,derived"


@pytest.mark.parametrize(
    ("formula", "rows"),
    [
        ("derived: 80000/45000", "214, 255"),
        ('"derived: 80,000 / 45,000"', "214, 255"),
        ("derived: 80000/43950 (2025)", "255"),
        ("derived: urban / rural of 2025", "214, 255"),
    ],
)
def test_a_ratio_of_lower_bounds(formula, rows, stock):
    row = f"{ZHEJIANG_2025},1.77,1.79,normal,1,content-prod-lab-zhejiang,,{formula}"
    stock.insert("income", 172, row)
    fault = only_fault(BOUND)
    assert (fault.file, fault.row, fault.column) == ("data/income.csv", 172, "value, note")
    assert fault.found.startswith("1.78 from 'derived: ")
    assert fault.found.endswith(f"where a bound stands in row {rows}")


@pytest.mark.parametrize("formula", ["derived: 1.83 - 0.05", "derived: 80000 - 45000; n/a"])
def test_arithmetic_other_than_division_is_no_ratio(formula, stock):
    row = f"{ZHEJIANG_2025},1.77,1.79,normal,1,content-prod-lab-zhejiang,,{formula}"
    stock.insert("income", 172, row)
    assert faults() == []


def test_a_bound_in_another_table(stock):
    """800 of row 148 is “800亿元以上”."""
    line = stock.line("investment", "330100", "2024", "planned_investment", "800")
    row = "330100,2024,qian_xiang_wan_yi,completion_rate,103.6,percent,about,,,derived,normal,1,,"
    stock.insert("investment", line - 1, f"{row}hz-policy-letter-2024-16,derived: 829/800")
    assert "where a bound stands in row " + str(line + 1) in faults(BOUND)[0].found


@pytest.mark.parametrize(
    ("cells", "column", "found", "allowed"),
    [
        ({"note": ""}, "note", "''", "a formula such as 'derived: 32658/1.097'"),
        ({"note": "own arithmetic"}, "note", "'own arithmetic'", "a formula such as"),
        ({"note": "derived: see above"}, "note", "'derived: see above'", "a formula such as"),
        ({"decimals": "0"}, "decimals", "0", "blank"),
    ],
)
def test_a_derived_row_without_its_formula(cells, column, found, allowed, stock):
    stock.edit("income", 2, **cells)
    fault = only_fault(DERIVED)
    assert (fault.row, fault.column, fault.found) == (2, column, found)
    assert allowed in fault.allowed


# --- sources and other lists ---------------------------------------------------------------------

# Line 3 of income.csv: one source, cri-2016-01-19.
AGREEMENT_FAULTS = [
    ({"n_sources": "2"}, "n_sources", "2, with 0 in agreeing_source_ids", "1"),
    ({"agreeing_source_ids": "zjol-2015-01-23"}, "n_sources", "1, with 1 in", "2"),
    (
        {"n_sources": "2", "agreeing_source_ids": "nobody"},
        "agreeing_source_ids", "nobody", "ids of sources.csv",
    ),
    (
        {"n_sources": "2", "agreeing_source_ids": "cri-2016-01-19"},
        "agreeing_source_ids", "cri-2016-01-19", "sources but its own",
    ),
    (
        {"n_sources": "3", "agreeing_source_ids": "zjol-2015-01-23;zjol-2015-01-23"},
        "agreeing_source_ids", "zjol-2015-01-23", "each id once",
    ),
    (
        {"n_sources": "2", "agreeing_source_ids": ARTICLE},
        "agreeing_source_ids", ARTICLE, "evidence, which no article is",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "column", "found", "allowed"), AGREEMENT_FAULTS)
def test_sources_that_do_not_agree(cells, column, found, allowed, stock):
    stock.edit("income", 3, **cells)
    fault = only_fault(AGREEMENT)
    assert (fault.file, fault.row, fault.column) == ("data/income.csv", 3, column)
    assert fault.found.startswith(found)
    assert fault.allowed == allowed


@pytest.mark.parametrize("table", ["income", "investment", "services"])
def test_a_claim_takes_no_source_along(table, stock):
    line = [n for n, row in enumerate(stock.rows(table), 1) if ARTICLE in row][0]  # noqa: RUF015
    stock.edit(table, line, n_sources="2", agreeing_source_ids="cri-2016-01-19")
    fault = only_fault(AGREEMENT)
    assert (fault.column, fault.found, fault.allowed) == ("source_id", ARTICLE, "no agreement")


@pytest.mark.parametrize(
    ("table", "line", "cells", "found", "allowed"),
    [
        ("claims", 2, {"evidence_source_ids": "zjol-2023-01-20;nobody"}, "nobody", "sources.csv"),
        ("places", 12, {"successor_code": "330102;999999"}, "999999", "places.csv"),
        ("places", 3, {"parent_code": "900000"}, "900000", "places.csv"),
    ],
)
def test_lists_with_unknown_ids(table, line, cells, found, allowed, stock):
    stock.edit(table, line, **cells)
    fault = only_fault(LISTS)
    assert (fault.file, fault.row, fault.column) == (f"data/{table}.csv", line, *cells)
    assert (fault.found, fault.allowed) == (found, f"keys of {allowed}")


@pytest.mark.parametrize(
    ("cells", "found", "allowed"),
    [
        ({"outcome_indicator": ""}, "income, blank", "both or none"),
        ({"outcome_table": ""}, "blank, all_income", "both or none"),
        (
            {"outcome_indicator": "all_incomes"},
            "income, all_incomes",
            "an indicator with rows for 330100, the article's left out",
        ),
        (
            {"outcome_table": "investment", "outcome_indicator": "completion_rate"},
            "investment, completion_rate",
            "an indicator with rows",
        ),
        # Only the article has a figure of this.
        (
            {"outcome_table": "services", "outcome_indicator": "rural_elderly_meal_sites"},
            "services, rural_elderly_meal_sites",
            "the article's left out",
        ),
    ],
)
def test_targets_without_an_outcome(cells, found, allowed, stock):
    line = stock.line("targets", "330100", "2025", "all_income", "85000")
    stock.edit("targets", line, **cells)
    fault = only_fault(OUTCOME)
    assert (fault.row, fault.column) == (line, "outcome_table, outcome_indicator")
    assert fault.found == found
    assert allowed in fault.allowed


# --- figures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "cells", "found"),
    [
        ("income", {"value_low": "29771"}, "29771.0, 29770.0, 29784.0"),
        ("income", {"value_high": "29769"}, "29757.0, 29770.0, 29769.0"),
        ("income", {"value_high": ""}, "29757.0, 29770.0, nan"),
        ("claims", {"value_low": "4"}, "4.0, , 3.0"),
    ],
)
def test_limits_out_of_order(table, cells, found, stock):
    line = stock.line("claims", "S06") if table == "claims" else 143
    stock.edit(table, line, **cells)
    fault = only_fault(LIMITS)
    assert (fault.row, fault.found, fault.allowed) == (line, found, "in rising order")
    assert fault.remedy == "correct the figures; give both limits or none"


@pytest.mark.parametrize(
    ("table", "line", "cells", "found", "allowed"),
    [
        ("income", 24, {"value": "3.3"}, "3.3 with decimals 2", "1 for this figure"),
        ("income", 24, {"value": "3.310"}, "3.310 with decimals 2", "3 for this figure"),
        ("income", 298, {"value": "33100"}, "33100 with decimals -3", "a round figure"),
        ("targets", 3, {"decimals": "0"}, "4.5 with decimals 0", "1 for this figure"),
        ("services", 508, {"decimals": "1"}, "0.03 with decimals 1", "2 for this figure"),
        ("services", 508, {"note": ""}, "0.03 with decimals 4", "2 for this figure"),
    ],
)
def test_figures_that_do_not_show_their_decimals(table, line, cells, found, allowed, stock):
    stock.edit(table, line, **cells)
    fault = only_fault(DECIMALS)
    assert (fault.row, fault.column) == (line, "value, decimals")
    assert (fault.found, fault.allowed) == (found, allowed)


# --- order, censuses -----------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["sources", "places", "income", "targets", "census", "crosswalk"])
def test_a_row_out_of_order(table, stock):
    header, first, second, *rest = stock.rows(table)
    stock.write(table, [header, second, first, *rest])
    fault = only_fault(ORDER)
    assert (fault.file, fault.row) == (f"data/{table}.csv", 3)
    assert fault.allowed.startswith("a key after that of row 2: ")
    assert first[0] in fault.found


def test_claims_are_not_kept_by_key(stock):
    header, *rows = stock.rows("claims")
    stock.write("claims", [header, *reversed(rows)])
    assert faults() == []


def test_a_derived_row_stands_before_a_printed_one(stock):
    rows = stock.rows("income")
    derived, printed = rows[30], rows[31]
    assert [row[9] for row in (derived, printed)] == ["derived", "printed"]
    rows[30:32] = [printed, derived]
    stock.write("income", rows)
    assert only_fault(ORDER).row == 32


def test_the_census_flag_against_the_crosswalk(stock):
    line = stock.line("census", "330106", "2010", "population")
    stock.edit("census", line, boundary_comparable="false")
    fault = only_fault(CENSUS)
    assert (fault.row, fault.column) == (line, "boundary_comparable")
    assert (fault.found, fault.allowed) == (
        "false for 330106",
        "as comparable in crosswalk.csv, row 6",
    )


def test_a_county_that_the_crosswalk_leaves_out(stock):
    rows = stock.rows("crosswalk")
    del rows[5]  # 330106
    stock.write("crosswalk", rows)
    found = faults()
    assert {fault.rule for fault in found} == {CENSUS}
    assert {fault.allowed for fault in found} == {"as comparable in crosswalk.csv, row missing"}
    # 2010 has one indicator more, the registered population.
    assert len(found) == sum(row[0] == "330106" for row in stock.rows("census"))


def test_faults_of_several_rules_are_told_together(stock):
    stock.edit("income", 2, note="")
    stock.edit("targets", 3, decimals="0")
    stock.edit("places", 3, parent_code="900000")
    assert [fault.rule for fault in faults()] == [DERIVED, LISTS, DECIMALS]


@pytest.mark.parametrize("value", ["0", "-45183", "9" * 40, "0." + "3" * 40])
@pytest.mark.parametrize("line", [ALL_2022, RURAL_2022])
def test_odd_figures_are_faults_and_no_crash(line, value, stock):
    stock.edit("income", line, value=value)
    assert line in {fault.row for fault in faults()}


def test_an_income_of_nothing_has_no_ratio(stock):
    stock.edit("income", RURAL_2022, value="0")
    assert [(fault.row, fault.allowed) for fault in faults(RATIO)] == [
        (RURAL_2022, "a figure above 0")
    ]
