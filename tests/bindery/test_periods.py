"""The time that a result is about: what is taken, how it is told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from bindery.faults import BinderyError
from bindery.periods import period_key, period_text


class Estimated:
    low, high, kind, estimate = 1900, 1900, "exact", 1900.0


@pytest.mark.parametrize(
    ("period", "key"),
    [
        (None, ""), (1901, "1901"), (np.int64(1901), "1901"), (1901.0, "1901"), ("1901", "1901"),
        ("1900-1901", "1900-1901"), ("1901H1", "1901H1"), ("1901Q1-Q3", "1901Q1-Q3"),
        ("1901M01-M11", "1901M01-M11"), (Estimated(), "1900"), (pd.Series([1901, 1900, 1901]),
        "1900-1901"), (["1901H1", "1901H1"], "1901H1"), (["1901H1", "1899"], "1899-1901"),
        (["1901H1", "1901H2"], "1901"), ([], ""),
    ],
)  # fmt: skip
def test_period_is_taken(period, key):
    assert period_key("last", period) == key


@pytest.mark.parametrize(
    "period", ["1901-1900", "1901-1901", "901", "1901Q5", "1901M13", "1901.5", 1901.5, True, ""]
)
def test_what_is_no_period_is_told_what_is(period):
    with pytest.raises(BinderyError) as caught:
        period_key("last", period)
    assert str(caught.value) == (
        f"result 'last': found the period {period!r}; allowed: a year as 2023, or a text as "
        "'2015-2023', '2023H1', '2023Q1-Q3' or '2023M01-M11', the first before the last"
    )


@pytest.mark.parametrize(
    ("period", "en", "zh"),
    [
        ("1901", "1901", "1901年"), ("1900-1901", "1900 to 1901", "1900至1901年"), ("", "", ""),
        ("1901Q1", "the first quarter", "第一季度"), ("1901H1", "1901H1", "1901H1"),
    ],
)  # fmt: skip
def test_period_is_told_in_the_words_of_the_project_or_in_own_ones(period, en, zh):
    labels = {"values": {"1901Q1": {"en": "the first quarter", "zh": "第一季度"}}}
    assert (period_text(period, labels, "en"), period_text(period, labels, "zh")) == (en, zh)
