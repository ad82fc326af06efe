"""Printed rates as shares of projects: the pair of the page, and its controls."""

from __future__ import annotations

import pandas as pd
import pytest

from indicators import evidence, project_shares, tables
from indicators.investment_completion import Choices

HANGZHOU = ("330100", "qian_xiang_wan_yi", "2025M01-M11")


def choices(**others) -> Choices:
    return Choices(*HANGZHOU, **others)


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return evidence.mark_rows(tables.load("investment"), tables.load("sources"))


def test_share_tests(rows):
    tests = project_shares.share_tests(rows, choices())
    found = {
        (row.printed, row.total): (row.role, row.verdict, row.counts) for row in tests.itertuples()
    }
    assert found == {
        ("97.28", 551): ("tested", "attainable", "536/551"),
        ("125.6", 235): ("tested", "not_testable", ""),
        ("101", 1786): ("tested", "not_testable", ""),
        ("99.12", 896): ("negative_control", "not_attainable", ""),
        ("22.7", 98): ("negative_control", "not_attainable", ""),
        ("33.3", 21): ("positive_control", "attainable", "7/21"),
        ("98.9", 1299): ("other", "attainable", "1285/1299"),
        ("130.7", 183): ("other", "not_testable", ""),
        ("124", 1282): ("other", "not_testable", ""),
        ("108", 833): ("other", "not_testable", ""),
        ("121.4", 1244): ("other", "not_testable", ""),
    }
    first = tests.iloc[0]
    assert first["attainable_values"] == "552/10001"
    assert first["power"] == pytest.approx(1 - 552 / 10001, abs=1e-6)


def test_truncation_would_break_the_coincidence(rows):
    # 536 / 551 = 97.2777 % is 97.27 when cut off
    tests = project_shares.share_tests(rows, choices(rounding="truncate"))
    assert tests.iloc[0]["verdict"] == "not_attainable"


def test_combs_show_the_page_first_and_then_the_controls(rows):
    tests = project_shares.share_tests(rows, choices())
    combs = project_shares.share_combs(tests, choices())
    panels = combs.drop_duplicates("panel")
    assert panels["printed"].tolist() == ["97.28", "99.12", "22.7", "33.3"]
    assert combs.loc[combs["attainable"], "count"].tolist() == [536, 7]
    assert project_shares.first_pair(tests, choices()).counts == (536,)


def test_no_pair_to_test(rows):
    above = project_shares.share_tests(rows, choices()).query("verdict == 'not_testable'")
    with pytest.raises(ValueError, match="found no rate of at most 100 %"):
        project_shares.share_combs(above, choices())
