"""The rules on incomes of one place: each one loud about a planted fault, and fair to the rest."""

from __future__ import annotations

import pytest

from indicators import tables
from indicators.rules import RULES

RATIO, BETWEEN, WEIGHT, *_ = RULES
# Lines of data/income.csv for Hangzhou: a test below holds them.
ALL_2021, ALL_2022, RATIO_2022, RURAL_2022, URBAN_2022 = 260, 261, 272, 304, 336


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
    found = {fault.row: fault for fault in stock.faults()}
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
    assert sorted(fault.row for fault in stock.faults(RATIO)) == [269, 270, 271, 303, 335]


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
    assert (stock.faults() == []) == agrees


@pytest.mark.parametrize(("printed", "agrees"), [("2.0", True), ("2.1", True), ("1.9", False)])
def test_a_half_may_have_been_rounded_up_or_down(printed, agrees, stock):
    """Taizhou 2022, with incomes known exactly: 69700/34000 = 2.05."""
    urban = stock.line("income", "331000", "2022", "urban_income")
    rural = stock.line("income", "331000", "2022", "rural_income")
    ratio = stock.line("income", "331000", "2022", "ratio_stated")
    stock.edit("income", rural, value="34000", value_low="34000", value_high="34000")
    stock.edit("income", urban, value="69700", value_low="69700", value_high="69700")
    stock.edit("income", ratio, value=printed, decimals="1")
    assert (stock.faults(RATIO) == []) == agrees


def test_a_row_marked_suspect_is_listed_and_no_fault(stock):
    stock.edit("income", RURAL_2022, value="46538", status="suspect", note="planted")
    assert stock.faults() == []
    listed = [v for v in tables.violations() if v.row == RURAL_2022]
    assert [(v.rule, v.exempt) for v in listed] == [(RATIO, True), (BETWEEN, True), (WEIGHT, True)]
    assert listed[0].found == "46538, status suspect, breaks the rule"


def test_a_suspect_row_hides_no_fault_of_its_partners(stock):
    """Huzhou 2021 has two urban incomes; the suspect one stands beside the sound one."""
    sound = stock.line("income", "330500", "2021", "67983")
    stock.edit("income", sound, value="70000")
    ratio = stock.line("income", "330500", "2021", "ratio_stated")
    rural = stock.line("income", "330500", "2021", "rural_income")
    assert sorted(fault.row for fault in stock.faults(RATIO)) == sorted([ratio, rural, sound])


def test_ratios_of_another_scope_or_basis_are_left_alone(stock):
    stock.edit("income", RURAL_2022, value="46538")
    stock.edit("income", RATIO_2022, scope="urban_districts")
    assert stock.faults(RATIO) == []


@pytest.mark.parametrize(
    ("whole", "side"), [("40000", RURAL_2022), ("80000", URBAN_2022)], ids=["below", "above"]
)
def test_all_residents_outside_rural_and_urban(whole, side, stock):
    stock.edit("income", ALL_2022, value=whole)
    found = stock.faults(BETWEEN)
    assert sorted(fault.row for fault in found) == sorted([ALL_2022, side])
    assert {fault.allowed for fault in found} == {
        f"rural 45183 (row 304) <= all {whole} (row 261) <= urban 77043 (row 336)"
    }


def test_a_jump_of_the_urban_weight_names_the_years(stock):
    stock.edit("income", ALL_2022, value="72000")
    fault = stock.only_fault(WEIGHT)
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
    assert [fault.row for fault in stock.faults()] == [ALL_2022]
    stock.edit("income", ALL_2021, value="68800")
    assert [fault.row for fault in stock.faults()] == [ALL_2021, ALL_2022]


def test_bases_are_never_compared(stock):
    """Zhejiang 2013 on the old basis would be far from 2014 on the new one."""
    row = "330000,2013,all_income,37000,yuan,eq,0,net_income_pre2013,whole_area,printed,,,normal,1"
    stock.insert("income", 144, f"{row},ce-2014-02-24,,planted")
    assert stock.faults() == []


@pytest.mark.parametrize("value", ["0", "-45183", "9" * 40, "0." + "3" * 40])
@pytest.mark.parametrize("line", [ALL_2022, RURAL_2022])
def test_odd_figures_are_faults_and_no_crash(line, value, stock):
    stock.edit("income", line, value=value)
    assert line in {fault.row for fault in stock.faults()}


def test_an_income_of_nothing_has_no_ratio(stock):
    stock.edit("income", RURAL_2022, value="0")
    assert [(fault.row, fault.allowed) for fault in stock.faults(RATIO)] == [
        (RURAL_2022, "a figure above 0")
    ]
