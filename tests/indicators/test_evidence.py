"""Evidence: how a row is marked, and which of several figures is used."""

from __future__ import annotations

import pandas as pd
import pytest

from indicators import evidence, tables


def test_evidence_of_the_rows(rows):
    marks = rows.set_index(["place_code", "programme", "period", "indicator", "origin", "status"])[
        "evidence"
    ]
    programme = "qian_xiang_wan_yi"
    plan = (programme, "2023M01-M11", "completed_investment")
    rate = ("330100", programme, "2025M01-M11", "completion_rate", "printed", "normal")
    assert marks[rate] == "claimed"
    assert marks["330000", *plan, "derived", "normal"] == "derived"
    assert marks["330000", *plan, "printed", "suspect"] == "suspect"
    assert set(rows["evidence"]) == set(evidence.EVIDENCE)


def test_marking_leaves_the_table_alone():
    table = tables.load("investment")
    before = table.copy()
    evidence.mark_rows(table, tables.load("sources"))
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("name", ["income", "services"])
def test_every_table_of_figures_can_be_marked(name):
    table = tables.load(name)
    marked = evidence.mark_rows(table, tables.load("sources"))
    assert list(marked.index) == list(table.index)
    assert set(marked["evidence"]) <= set(evidence.EVIDENCE)
    assert set(marked["grade"]) <= set("ABCD")


def test_a_bound_is_no_figure():
    income = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    wanted = {"place_code": "330000", "period": "2025", "indicator": "urban_income"}
    assert (income[list(wanted)] == list(wanted.values())).all(axis=1).any()
    assert evidence.reported(income, wanted) is None


def test_the_weakest_of_several_marks():
    assert evidence.weakest("printed") == "printed"
    assert evidence.weakest("copied", "suspect", "printed") == "suspect"
