"""The rules across tables: silent on the stock, and each one loud about a planted fault."""

from __future__ import annotations

import pytest

from indicators import tables
from indicators.rules import RULES

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
    *_,
) = RULES
ARTICLE = "hangzhou-common-prosperity-2025"


# --- the stock -----------------------------------------------------------------------------------


def test_the_stock_breaks_no_rule():
    assert [fault for fault in tables.violations() if not fault.exempt] == []


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
    fault = stock.only_fault(BOUND)
    assert (fault.file, fault.row, fault.column) == ("data/income.csv", 172, "value, note")
    assert fault.found.startswith("1.78 from 'derived: ")
    assert fault.found.endswith(f"where a bound stands in row {rows}")


@pytest.mark.parametrize("formula", ["derived: 1.83 - 0.05", "derived: 80000 - 45000; n/a"])
def test_arithmetic_other_than_division_is_no_ratio(formula, stock):
    row = f"{ZHEJIANG_2025},1.77,1.79,normal,1,content-prod-lab-zhejiang,,{formula}"
    stock.insert("income", 172, row)
    assert stock.faults() == []


def test_a_bound_in_another_table(stock):
    """800 of row 148 is “800亿元以上”."""
    line = stock.line("investment", "330100", "2024", "planned_investment", "800")
    row = "330100,2024,qian_xiang_wan_yi,completion_rate,103.6,percent,about,,,derived,normal,1,,"
    stock.insert("investment", line - 1, f"{row}hz-policy-letter-2024-16,derived: 829/800")
    assert "where a bound stands in row " + str(line + 1) in stock.faults(BOUND)[0].found


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
    fault = stock.only_fault(DERIVED)
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
    fault = stock.only_fault(AGREEMENT)
    assert (fault.file, fault.row, fault.column) == ("data/income.csv", 3, column)
    assert fault.found.startswith(found)
    assert fault.allowed == allowed


@pytest.mark.parametrize("table", ["income", "investment", "services"])
def test_a_claim_takes_no_source_along(table, stock):
    line = [n for n, row in enumerate(stock.rows(table), 1) if ARTICLE in row][0]  # noqa: RUF015
    stock.edit(table, line, n_sources="2", agreeing_source_ids="cri-2016-01-19")
    fault = stock.only_fault(AGREEMENT)
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
    fault = stock.only_fault(LISTS)
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
    fault = stock.only_fault(OUTCOME)
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
    fault = stock.only_fault(LIMITS)
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
    fault = stock.only_fault(DECIMALS)
    assert (fault.row, fault.column) == (line, "value, decimals")
    assert (fault.found, fault.allowed) == (found, allowed)


# --- order, censuses -----------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["sources", "places", "income", "targets", "census", "crosswalk"])
def test_a_row_out_of_order(table, stock):
    header, first, second, *rest = stock.rows(table)
    stock.write(table, [header, second, first, *rest])
    fault = stock.only_fault(ORDER)
    assert (fault.file, fault.row) == (f"data/{table}.csv", 3)
    assert fault.allowed.startswith("a key after that of row 2: ")
    assert first[0] in fault.found


def test_claims_follow_the_sentences(stock):
    header, *rows = stock.rows("claims")
    stock.write("claims", [header, *sorted(rows)])  # by claim_id
    fault = stock.faults()[0]
    assert fault.file == "data/claims.csv"
    assert fault.rule == ORDER


def test_sentences_are_counted_not_spelled(stock):
    assert [row[0] for row in stock.rows("sentences")][9:11] == ["9", "10"]
    assert stock.faults() == []


def test_a_derived_row_stands_before_a_printed_one(stock):
    rows = stock.rows("income")
    derived, printed = rows[30], rows[31]
    assert [row[9] for row in (derived, printed)] == ["derived", "printed"]
    rows[30:32] = [printed, derived]
    stock.write("income", rows)
    assert stock.only_fault(ORDER).row == 32


def test_the_census_flag_against_the_crosswalk(stock):
    line = stock.line("census", "330106", "2010", "population")
    stock.edit("census", line, boundary_comparable="false")
    fault = stock.only_fault(CENSUS)
    assert (fault.row, fault.column) == (line, "boundary_comparable")
    assert (fault.found, fault.allowed) == (
        "false for 330106",
        "as comparable in crosswalk.csv, row 6",
    )


def test_a_county_that_the_crosswalk_leaves_out(stock):
    rows = stock.rows("crosswalk")
    del rows[5]  # 330106
    stock.write("crosswalk", rows)
    found = stock.faults()
    assert {fault.rule for fault in found} == {CENSUS}
    assert {fault.allowed for fault in found} == {"as comparable in crosswalk.csv, row missing"}
    # 2010 has one indicator more, the registered population.
    assert len(found) == sum(row[0] == "330106" for row in stock.rows("census"))


def test_faults_of_several_rules_are_told_together(stock):
    stock.edit("income", 2, note="")
    stock.edit("targets", 3, decimals="0")
    stock.edit("places", 3, parent_code="900000")
    assert [fault.rule for fault in stock.faults()] == [DERIVED, LISTS, DECIMALS]
