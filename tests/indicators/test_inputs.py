"""Checks of input: what they hand back, what they tell, and that they tell everything at once."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from indicators.inputs import (
    LARGEST,
    check_choice,
    check_level,
    check_number,
    check_table,
    check_together,
    check_values,
    check_whole,
    check_words,
    is_number,
    is_whole,
    read_numbers,
    shown,
)


def test_numbers_of_all_types_are_numbers():
    for number in (2, 2.0, np.int64(2), np.float32(2), Decimal("2.0"), Fraction(4, 2)):
        assert is_number(number)
        assert is_whole(number)
        assert check_number("x", number) == check_whole("x", number, 0) == 2
    for other in ("2", True, None, 2j, [2], np.bool_(True), pd.NA, Decimal("NaN"), Decimal("sNaN")):
        assert not is_number(other)
        assert not is_whole(other)


def test_all_faults_come_together_and_each_once():
    same = lambda: check_level(95)  # noqa: E731
    with pytest.raises(ValueError, match="level = 95") as caught:
        check_together(same, lambda: check_whole("n", -1, 0), same)
    assert str(caught.value) == (
        "level = 95; allowed: above 0 and below 1, as 0.95. "
        "n = -1; allowed: a whole number from 0 up"
    )
    assert check_together(lambda: 1, lambda: "a") == [1, "a"]


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("wilsn", r"method = 'wilsn' \(nearest: wilson\); allowed: wilson, jeffreys"),
        ("zzz", "method = 'zzz'; allowed"),
        (None, "method = None; allowed"),
        (["wilson"], r"method = \['wilson'\]; allowed"),
    ],
)
def test_the_nearest_word_is_named(word, told):
    with pytest.raises(ValueError, match=told):
        check_choice("method", word, ("wilson", "jeffreys"))


def test_what_was_found_is_shown_short():
    assert shown(np.float64(0.5)) == "0.5"
    assert shown(pd.DataFrame({"a": [1, 2]})) == "DataFrame of shape (2, 1)"
    long = shown(list(range(1000)))
    assert len(long) < 80
    assert long.endswith("… (list)")


@pytest.mark.parametrize(
    "values",
    [
        [1, 2.5, 3], (1, 2.5, 3), np.array([1, 2.5, 3]), pd.Series([1, 2.5, 3]),
        pd.Series([1, 2.5, 3], dtype="Float64"), [Decimal(1), Fraction(5, 2), np.int8(3)],
        np.ma.masked_array([1, 2.5, 3], [False] * 3), pd.Index([1, 2.5, 3]),
    ],
)  # fmt: skip
def test_lists_of_all_kinds_are_read(values):
    assert read_numbers("x", values).tolist() == [1, 2.5, 3]


def test_what_is_missing_is_nan_and_nothing_else_is():
    masked = np.ma.masked_array([1.0, 2.0], [False, True])
    for values in ([1, None], [1, pd.NA], pd.Series([1, pd.NA], dtype="Int64"), masked):
        assert np.isnan(read_numbers("x", values)).tolist() == [False, True]
    with pytest.raises(ValueError, match="x has 2 of 3 values that are no numbers, the first 'a'"):
        read_numbers("x", [1, "a", True])


def test_numbers_that_no_square_could_hold_are_refused():
    with pytest.raises(ValueError, match=r"x has 1 of 2 values that are too large.* up to 1e\+60"):
        read_numbers("x", [1, 2 * LARGEST])
    with pytest.raises(ValueError, match=r"x = .*; allowed: a finite number, of a size up to"):
        check_number("x", 10**400)
    with pytest.raises(ValueError, match="x has no value above 1e-80 in size; allowed: one of"):
        check_values({"x": [1e-80, 0]}, 2, positive=False)


def test_vectors_are_told_apart_by_name():
    given = {"level": [1, 2, 0], "weights": [1, 1, 1], "control": [-1, 0, 1]}
    with pytest.raises(ValueError, match=r"level has .* above 0$"):
        check_values(given, 2, positive=["level", "weights"], spread=["level", "control"])
    with pytest.raises(ValueError, match=r"weights is 1\.0 everywhere"):
        check_values(given | {"level": [1, 2, 3]}, 2, positive=["level"])
    with pytest.raises(ValueError, match=r"one length\. b has 1 of 3 values, the first nan"):
        check_values({"a": [1, 2], "b": [1, 2, float("nan")]}, 2, positive=False)


def test_a_unit_has_one_place():
    twice = pd.Series([1.0, 2, 3], ["a", "b", "a"])
    with pytest.raises(ValueError, match="x names the unit 'a' twice; allowed: each unit once"):
        check_values({"x": twice}, 2, positive=False)


def test_tables_and_lists_of_words():
    with pytest.raises(ValueError, match="claims has no column value; allowed: as from tables"):
        check_table("claims", pd.DataFrame({"claim_id": ["F10"]}), ("claim_id", "value"))
    with pytest.raises(ValueError, match="status = 'normal'; allowed: a list of words"):
        check_words("status", "normal")
