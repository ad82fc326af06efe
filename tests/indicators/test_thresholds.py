"""Whether a printed figure meets a target."""

from __future__ import annotations

import math

import pytest

from indicators.intervals import Interval, claim_interval
from indicators.thresholds import COMPARATORS, VERDICTS, compare, printed_unit, target_interval

# target, comparator, printed outcome and its bound: the verdict follows from the end points
CASES = [
    ("1.9", "lt", "1.89", "eq", "meets"),  # at most 1.895
    ("1.9", "lt", "1.90", "eq", "undecided"),  # 1.895 to 1.905
    ("1.9", "lt", "1.91", "eq", "fails"),
    ("1.7", "le", "1.70", "eq", "undecided"),
    ("75", "eq", "75.0", "eq", "undecided"),  # 74.95 to 75.05: the printed digits do not tell
    ("75", "eq", "76.4", "eq", "meets"),
    ("75", "eq", "74.9", "eq", "fails"),  # below 74.95
    ("85000", "eq", "80000", "gt", "undecided"),
    ("85000", "eq", "90000", "gt", "meets"),
    ("80000", "gt", "80000", "gt", "meets"),  # beyond the level that has to be passed
    ("80000", "gt", "80000", "ge", "undecided"),
    ("80000", "ge", "80000", "ge", "meets"),
    ("80000", "ge", "80000", "lt", "fails"),
    ("80000", "ge", "80000", "le", "undecided"),
    ("80000", "gt", "80000", "le", "fails"),
    ("80", "eq", "70", "gt", "undecided"),
    ("6", "about", "5.8", "eq", "undecided"),  # within the rounding of "about 6"
    ("6", "about", "6.6", "eq", "meets"),
    ("6", "about", "5.4", "eq", "fails"),
]


@pytest.mark.parametrize(("target", "comparator", "printed", "bound", "verdict"), CASES)
def test_verdicts(target, comparator, printed, bound, verdict):
    level = target_interval(comparator, target, 0 if comparator == "about" else None)
    assert compare(comparator, level, claim_interval(printed, bound)) == verdict


def test_the_rounding_rule_matters_at_the_level():
    level = target_interval("lt", "1.9")
    # cut off, 1.90 stands for 1.90 to 1.91, none of it below 1.9
    assert compare("lt", level, claim_interval("1.90", "eq", rounding="truncate")) == "fails"


@pytest.mark.parametrize("comparator", COMPARATORS)
def test_a_wider_outcome_never_decides_more(comparator):
    level = target_interval(comparator, "2", 0)
    for middle in (0.0, 1.4, 2.0, 2.5, 4.0):
        verdicts = [
            compare(
                comparator,
                level,
                Interval(middle - width, middle + width, "rounding_interval", middle),
            )
            for width in (0.01, 0.5, 3.0)
        ]
        assert set(verdicts) <= set(VERDICTS)
        narrow = None
        for verdict in reversed(verdicts):  # from the widest on, a verdict once given stays
            assert narrow in (None, "undecided", verdict)
            narrow = verdict


def test_more_and_less_mirror():
    outcome = claim_interval("1.90", "eq")
    for more, less in (("ge", "le"), ("gt", "lt")):
        for target in ("1.8", "1.9", "2.0"):
            level = target_interval(more, target)
            assert compare(more, level, outcome) == compare(less, -level, -outcome)


def test_an_unknown_comparator_is_refused():
    with pytest.raises(
        ValueError, match=r"comparator = 'near'.*; allowed: ge, gt, eq, about, le, lt"
    ):
        compare("near", target_interval("ge", "1"), claim_interval("1", "eq"))


def test_units_of_printing():
    assert [str(printed_unit(decimals)) for decimals in (2, 0)] == ["0.01", "1"]
    assert printed_unit(math.nan) is None
