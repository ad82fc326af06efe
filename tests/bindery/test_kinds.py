"""Intervals in columns of their own say of what kind they are."""

import pandas as pd
import pytest

from bindery.faults import BinderyError
from bindery.kinds import check_kinds

DATA = pd.DataFrame({"place": ["a", "b"], "share": [0.2, 0.3]})
# Row 2 holds one end only, which is an interval without an upper bound.
INTERVALS = DATA.assign(share_low=[0.1, 0.2], share_high=[0.3, None])


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (INTERVALS, "row 1 and 1 more"),
        (INTERVALS.assign(kind=["rounding_interval", ""]), "row 2"),
        (INTERVALS.assign(kind=[None, "rounding_interval"]), "row 1"),
        (DATA.assign(low=[None, 1], high=[None, 1], label_low="x"), "row 2"),
    ],
)
def test_an_interval_without_its_kind_is_refused(data, rows):
    with pytest.raises(BinderyError) as caught:
        check_kinds("table 'bars'", data)
    assert str(caught.value) == (
        f"table 'bars': found an interval without its kind, in {rows}; "
        "allowed: data with a column kind, which says of what kind the interval of a row is"
    )


@pytest.mark.parametrize(
    "data",
    [
        INTERVALS.assign(kind="rounding_interval"),
        DATA.assign(low=[None, 1], high=[None, 1], kind=[None, "exact"]),
        INTERVALS.iloc[:0],
        # no ends of an interval
        DATA.assign(slow=1, shigh=1, too_high=1, low=1),
    ],
)
def test_data_that_tell_all_kinds_are_accepted(data):
    assert check_kinds("table 'bars'", data) is None
