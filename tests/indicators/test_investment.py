"""The figures of the investment table: which one is used, and its evidence."""

from __future__ import annotations

import pandas as pd
import pytest

from indicators import evidence, investment, tables

HANGZHOU = ("330100", "qian_xiang_wan_yi", "2025M01-M11")


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return evidence.mark_rows(tables.load("investment"), tables.load("sources"))


@pytest.mark.parametrize(
    ("period", "months"),
    [("2025M01-M11", 11), ("2024", 12), ("2023Q1", 3), ("2024M01-M09", 9), ("2020Q1-Q3", 9),
     ("2023H1", 6), ("2023M02-M11", 11), ("2025M11", 11)],
)  # fmt: skip
def test_months_that_a_period_covers(period, months):
    assert investment.months_covered(period) == months


@pytest.mark.parametrize("period", ["2020-2022", "2025-11", "", "M11"])
def test_a_period_of_several_years_has_no_months(period):
    with pytest.raises(ValueError, match="allowed: a year or a part of one year"):
        investment.months_covered(period)


def test_a_figure_is_exact_and_of_its_list(rows):
    def plan(**conditions):
        return investment.reported(
            rows, "330100", "qian_xiang_wan_yi", "2024", "planned_investment", **conditions
        )

    assert plan() is None, "829 is of a replaced list, 800 is a lower bound"
    assert plan(status=("superseded",)).printed == "829"
    assert plan(status=("superseded",), vintage="list-2024-12") is None


def test_normal_comes_before_suspect_and_printed_before_derived(rows):
    amount = ("330000", "qian_xiang_wan_yi", "2023M01-M11", "completed_investment")
    assert investment.reported(rows, *amount).evidence == "derived"
    both = investment.reported(rows, *amount, status=("normal", "suspect"))
    assert both.evidence == "derived"
    printed = investment.reported(
        rows, *amount, status=("normal", "suspect"), printed_only=True
    )  # fmt: skip
    assert (printed.printed, printed.digits, printed.evidence) == ("121500", -2, "suspect")
