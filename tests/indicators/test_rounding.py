"""What a printed figure can have been rounded from, in exact decimals."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.rounding import rounding_bounds


def test_halves_that_round_to_zero():
    assert rounding_bounds("0.0", rounding="half_up")[2:] == (False, False)
    assert rounding_bounds("0.0", rounding="half_down")[2:] == (True, True)


@given(st.fractions(0, 10**6), st.integers(0, 4))
def test_every_value_lies_in_the_interval_of_its_printed_form(value, digits):
    whole, rest = divmod(value * 10**digits, 1)
    printed = whole + (rest >= Fraction(1, 2))
    text = f"{int(printed) / 10**digits:.{digits}f}"
    assume(Fraction(text) == Fraction(printed, 10**digits))
    low, high, low_closed, high_closed = rounding_bounds(text)
    assert Fraction(low) <= value <= Fraction(high)
    assert value > Fraction(low) or low_closed
    assert value < Fraction(high) or high_closed
