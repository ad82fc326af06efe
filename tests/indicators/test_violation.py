"""How a fault of the data reads."""

from __future__ import annotations

import pytest

from indicators.violation import Violation

SAID = "found 3; allowed: below 2. count again (no more than one)"


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [
        (4, "value", f"data/income.csv, row 4, value: {SAID}"),
        (0, "value", f"data/income.csv, value: {SAID}"),
        (4, "", f"data/income.csv, row 4: {SAID}"),
        (0, "", f"data/income.csv: {SAID}"),
    ],
)
def test_a_fault_says_where_what_is_allowed_and_what_to_do(row, column, text):
    fault = Violation(
        "data/income.csv", row, column, "3", "below 2", "no more than one", "count again"
    )
    assert str(fault) == text
    assert not fault.exempt
