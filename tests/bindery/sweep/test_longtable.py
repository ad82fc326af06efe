"""The table of a sweep of the book: what stands in it, and what comes back."""

from __future__ import annotations

import math

import pytest

from bindery.faults import BinderyError
from bindery.plan import Plan
from bindery.sweep.declared import DeclaredSweep
from bindery.sweep.longtable import long_table, read_long_table
from bindery.sweep.outcome import Outcome


def result(value, low, high, kind="exact"):
    return {"value": value, "low": low, "high": high, "kind": kind, "unit": "sheaves", "n": 3,
            "sources": ["b", "a"]}  # fmt: skip


def sweep(*values, first=None, results=()):
    rows = [Plan(f"row {n}", "harvest", given, given) for n, given in enumerate(values, 1)]
    return DeclaredSweep("s", rows, first or list(range(1, len(rows) + 1)), results)


def outcome(row, results, refusals=()):
    return Outcome(row, {}, "done", "k", 1.0, results, refusals)


FIELDS = sweep(
    {"field": 'north, \n"北"', "code": "0120", "years": [1900, 1901], "least": None, "lang": "en"},
    {"field": "south", "code": "0120", "years": None, "least": 0.1, "lang": "en"},
)


@pytest.fixture
def back(tmp_path):
    def read(text):
        (tmp_path / "表 s.csv").write_text(text, encoding="utf-8")
        return read_long_table(tmp_path / "表 s.csv")

    return read


def test_numbers_come_back_exactly_and_parameters_as_the_command_line_takes_them(back):
    ends = (1 / 3, 1e-17, 0.1 + 0.2)
    rows = back(
        long_table(
            FIELDS,
            {
                1: outcome(1, {"x": result(*ends)}),
                2: outcome(2, {"y": result(None, None, 2, "scenario_range")}, ["forecast"]),
            },
        )
    )
    assert "lang" not in rows
    assert rows["code"].eq("0120").all()
    assert rows["field"][0] == 'north, \n"北"'
    assert (rows["years"][0], rows["years"][3], rows["least"][3]) == ("[1900, 1901]", "", "0.1")
    assert tuple(rows.loc[0, ["value", "low", "high"]]) == ends
    # every row has a line for every result, and what a row does not publish is told
    assert rows[["row", "result", "status"]].values.tolist() == [
        [1, "x", "published"], [1, "y", "absent"], [2, "x", "absent"], [2, "y", "published"],
        [2, "forecast", "refused"],
    ]  # fmt: skip
    assert math.isnan(rows["low"][3])
    assert (rows["n"][3], rows["source_id"][3]) == (3, "b;a")


def test_the_order_in_which_rows_end_does_not_matter():
    ends = {1: outcome(1, {"x": result(1, 1, 1)}), 2: outcome(2, {"x": result(2, 2, 2)})}
    assert long_table(FIELDS, ends) == long_table(FIELDS, dict(reversed(ends.items())))


def test_equal_rows_stand_as_often_as_asked(back):
    twice = sweep({"field": "a"}, {"field": "a"}, first=[1, 1])
    rows = back(long_table(twice, {1: outcome(1, {"x": result(1, 1, 1)})}))
    assert rows[["row", "value"]].values.tolist() == [[1, 1], [2, 1]]


def test_only_results_that_are_asked_for_and_an_unknown_one_is_an_error(back):
    found = {1: outcome(1, {"x": result(1, 1, 1), "yield": result(2, 2, 2)})}
    one = sweep({"field": "a"}, results=["yield"])
    assert back(long_table(one, found))["result"].tolist() == ["yield"]
    with pytest.raises(BinderyError) as caught:
        long_table(sweep({"field": "a"}, results=["yeild"]), found)
    assert str(caught.value) == (
        "the sweep s: no row publishes 'yeild'; did you mean 'yield'? known: x, yield"
    )
