"""Findings: intervals by name, and cells that end where no printed figure reaches."""

from __future__ import annotations

import pytest

from indicators.findings import Findings, exact_interval, interval_cells, round_table
from indicators.intervals import rounding_interval


def test_findings_are_looked_up_by_name():
    table = round_table([{"rate": 1 / 3}])
    found = Findings({"rate": exact_interval(2)}, table, "a;b")
    assert found["rate"].estimate == 2
    assert table["rate"].tolist() == [0.333333]
    with pytest.raises(KeyError, match="pace"):
        found["pace"]


def test_cells_keep_the_kind():
    cells = interval_cells(rounding_interval("1.64"))
    assert cells == {
        "low": 1.635, "estimate": 1.64, "high": 1.645, "kind": "rounding_interval",
    }  # fmt: skip
