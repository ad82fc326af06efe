"""The rules on the two censuses: each one loud about a planted fault, silent on the stock."""

from __future__ import annotations

import pytest

from indicators import tables
from indicators.rules import RULES
from indicators.rules.census import check_census_shares, check_census_sums, check_relations

RELATION, SUMS, SHARES = (
    next(name for name, rule in RULES.items() if rule is check)
    for check in (check_relations, check_census_sums, check_census_shares)
)


def test_the_stock_is_sound():
    assert [v for v in tables.violations() if v.rule in (RELATION, SUMS, SHARES)] == []


# Sums


def test_a_misread_county_is_told_with_its_prefecture(stock):
    # 桐庐: 406450 persons in 2010; one of them too many
    line = stock.line("census", "330122", "2010", "population")
    printed = stock.rows("census")[line - 1][4]
    stock.edit("census", line, value=str(int(printed) + 1))
    found = {fault.row: fault for fault in stock.faults(SUMS)}
    prefecture = stock.line("census", "330100", "2010", "population")
    assert set(found) == {line, prefecture}
    assert found[line].allowed == f"{printed}, the urban and the rural population together"
    assert (found[prefecture].file, found[prefecture].found) == ("data/census.csv", "8700373")
    assert found[prefecture].allowed == "8700374, the sum of its 13 parts"
    assert found[prefecture].remedy.startswith("compare these rows with the census books")


def test_a_misread_prefecture_is_told_twice(stock):
    line = stock.line("census", "330500", "2020", "population")
    stock.edit("census", line, value="3367580")
    rows = sorted(fault.row for fault in stock.faults(SUMS))
    province = stock.line("census", "330000", "2020", "population")
    assert rows == sorted({line, province}) or rows == sorted([line, line, province])


@pytest.mark.parametrize("change", [-1, 1])
def test_the_exception_of_wenzhou_holds_to_the_person(change, stock):
    line = stock.line("census", "330324", "2020", "population")
    printed = int(stock.rows("census")[line - 1][4])
    stock.edit("census", line, value=str(printed + change))
    told = [fault for fault in stock.faults(SUMS) if fault.row != line]
    assert [fault.row for fault in told] == [stock.line("census", "330300", "2020", "population")]
    assert told[0].allowed.endswith("the sum of its 12 parts, and 249343 without a code")


def test_more_townspeople_than_the_unit_without_a_code_can_hold(stock):
    line = stock.line("census", "330324", "2020", "urban_population")
    rural = stock.line("census", "330324", "2020", "rural_population")
    cells = stock.rows("census")
    moved = int(cells[rural - 1][4]) // 2
    stock.edit("census", line, value=str(int(cells[line - 1][4]) - moved))
    stock.edit("census", rural, value=str(int(cells[rural - 1][4]) + moved))
    told = {fault.row: fault.allowed for fault in stock.faults(SUMS)}
    whole = stock.line("census", "330300", "2020", "urban_population")
    assert whole in told
    assert "and up to 249343 without a code" in told[whole]


def test_a_blank_rural_population_means_wholly_urban(stock):
    line = stock.line("census", "330102", "2010", "urban_population")
    stock.edit("census", line, value="344593")
    found = {fault.row for fault in stock.faults(SUMS)}
    assert stock.line("census", "330102", "2010", "population") in found


# Shares of old people


def test_a_share_beyond_the_mean_of_its_parts(stock):
    line = stock.line("census", "331100", "2020", "aged_65_plus_share")
    printed = stock.rows("census")[line - 1][4]
    stock.edit("census", line, value=f"{float(printed) + 0.5:.2f}")
    fault = next(fault for fault in stock.faults(SHARES) if fault.row == line)
    assert (fault.file, fault.column) == ("data/census.csv", "value")
    assert fault.allowed.endswith("the mean of its 9 parts by people")
    low, high = (float(end) for end in fault.allowed.split(",")[0].split(" to "))
    assert low <= float(printed) <= high


# The crosswalk


@pytest.mark.parametrize(
    ("cells", "column", "found", "allowed"),
    [
        ({"relation": "recoded"}, "relation", "recoded; rows with", "one pair with two codes"),
        ({"relation": "split"}, "relation", "split; rows with 330106", "with several of 2020"),
        ({"relation": "merged"}, "relation", "merged; rows with", "several units of 2010 with one"),
        ({"relation": "boundary_change"}, "relation", "boundary_change, comparable True",
         "same and recoded alone comparable"),
        ({"name_2010": "西湖"}, "code_2010, name_2010", "330106 西湖", "330106 西湖区"),
    ],
)  # fmt: skip
def test_a_relation_that_does_not_fit(cells, column, found, allowed, stock):
    line = stock.line("crosswalk", "330106")
    stock.edit("crosswalk", line, **cells)
    fault = stock.only_fault(RELATION)
    assert (fault.file, fault.row, fault.column) == ("data/crosswalk.csv", line, column)
    assert fault.found.startswith(found)
    assert allowed in fault.allowed


def test_a_code_that_the_census_of_that_year_does_not_have(stock):
    # 富阳 had the code 330111 only later
    line = stock.line("crosswalk", "330183", "330111")
    stock.edit("crosswalk", line, code_2010="330111")
    told = stock.faults(RELATION)
    assert [fault.row for fault in told] == [line, line]
    assert told[0].allowed == "a unit of the census of 2010"
    assert told[1].found == "recoded; rows with 330111 in 2010: 1, with 330111 in 2020: 1"
