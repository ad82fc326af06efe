"""Which printed shares a whole number of items can give."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pandas import DataFrame

from indicators.inputs import check_choice, check_flag, check_together, check_whole
from indicators.intervals import Interval
from indicators.rounding import ROUNDINGS, rounding_bounds


def grim(
    printed: str,
    total: int,
    items: int = 1,
    percent: bool = True,
    rounding: str = "half_up_or_down",
) -> tuple[int, ...]:
    """The counts k for which k / (total x items) rounds to the printed figure; empty if none.

    The granularity test of Brown and Heathers (2017). `printed` is text, such as "97.28"; `total`
    is the number of cases, `items` the number of items averaged in each case. With `percent` the
    figure is a share of `total x items` in percent, so k runs from 0 to all of them; without it
    the figure is a mean of whole numbers. `rounding` as in `intervals.rounding_interval`.

    Exact fractions are compared, no floats. An empty answer says that the figure is not a share of
    that many items. It says nothing about a ratio of other quantities, such as money.

    Raises one ValueError with all that is wrong: a total or a number of items that is no whole
    number from 1 up, `percent` that is neither True nor False, and as `rounding_bounds`.

    >>> grim("97.28", 551)
    (536,)
    >>> grim("99.12", 896), grim("33.3", 21), grim("5.19", 28, percent=False)
    ((), (7,), ())
    """
    (low, high, low_closed, high_closed), total, items, percent = check_together(
        lambda: rounding_bounds(printed, rounding=rounding),
        lambda: check_whole("total", total, 1),
        lambda: check_whole("items", items, 1),
        lambda: check_flag("percent", percent),
    )
    size = total * items
    scale = Fraction(size, 100) if percent else Fraction(size)
    first, last = Fraction(low) * scale, Fraction(high) * scale
    least, most = math.ceil(first), math.floor(last)
    if least == first and not low_closed:
        least += 1
    if most == last and not high_closed:
        most -= 1
    if percent:
        least, most = max(least, 0), min(most, size)
    return tuple(range(least, most + 1))


def attainable_shares(
    total: int, decimals: int, rounding: str = "half_up_or_down"
) -> tuple[str, ...]:
    """All percentages with so many decimals that a count out of `total` can print, in order.

    Their number over 100 x 10**decimals + 1, the number of percentages that can be printed at all,
    tells how much `grim` can find out: near 1 it passes everything. `rounding` as in `grim`; under
    `half_up_or_down` a share that ends in an exact half prints two ways.

    Raises one ValueError with all that is wrong: a total that is no whole number from 1 up,
    decimals that are none from 0 to 9, an unknown rule.

    >>> len(attainable_shares(551, 2)), 100 * 10**2 + 1
    (552, 10001)
    >>> attainable_shares(3, 0)
    ('0', '33', '67', '100')
    """
    size, decimals, rounding = check_together(
        lambda: check_whole("total", total, 1),
        lambda: check_whole("decimals", decimals, 0, 9),
        lambda: check_choice("rounding", rounding, ROUNDINGS),
    )
    scale = 100 * 10**decimals
    printed: set[int] = set()
    for count in range(size + 1):
        whole, rest = divmod(count * scale, size)
        half = 2 * rest == size
        if rounding == "truncate" or 2 * rest < size or (half and rounding == "half_down"):
            printed.add(whole)
        elif half and rounding == "half_up_or_down":
            printed |= {whole, whole + 1}
        else:
            printed.add(whole + 1)
    return tuple(f"{Decimal(number).scaleb(-decimals):.{decimals}f}" for number in sorted(printed))


@dataclass(frozen=True)
class ShareTest:
    """Whether a printed percentage can be a share of `total` items, and what that tells.

    `verdict`: `attainable`, `not_attainable`, or `not_testable` above 100 %. `counts` are those
    that give the figure. `attainable_values` of `possible_values` percentages with these decimals
    can be printed for this total; `power` is the share that the test would have caught.
    """

    printed: str
    total: int
    verdict: str
    counts: tuple[int, ...]
    attainable_values: int
    possible_values: int

    @property
    def digits(self) -> int:
        return len(self.printed.strip().partition(".")[2])

    @property
    def rate(self) -> float:
        """The printed percentage as a fraction."""
        return float(self.printed) / 100

    @property
    def attained(self) -> Interval | None:
        """The count that gives the figure, or the span of several; None if there is none."""
        if not self.counts:
            return None
        low, high = self.counts[0], self.counts[-1]
        if low == high:
            return Interval(low, high, "exact", low)
        return Interval(low, high, "identified_set")

    @property
    def attainable_share(self) -> float:
        return self.attainable_values / self.possible_values

    @property
    def power(self) -> float:
        return 1 - self.attainable_share


def share_test(printed: str, total: int, rounding: str = "half_up_or_down") -> ShareTest:
    """`grim` for one percentage, with the verdict and the power of the test beside it.

    Arguments and errors as for `grim`; at most 9 decimals.

    >>> test = share_test("97.28", 551)
    >>> test.verdict, test.counts, test.attainable_values, round(test.power, 3)
    ('attainable', (536,), 552, 0.945)
    >>> share_test("125.6", 235).verdict
    'not_testable'
    """
    counts = grim(printed, total, rounding=rounding)
    decimals = len(printed.strip().partition(".")[2])
    verdict = "attainable" if counts else "not_attainable"
    if Decimal(printed.strip()) > 100:
        verdict = "not_testable"
    return ShareTest(
        printed,
        int(total),
        verdict,
        counts,
        len(attainable_shares(total, decimals, rounding)),
        100 * 10**decimals + 1,
    )


def share_comb(
    printed: str, total: int, rounding: str = "half_up_or_down", teeth: int = 4
) -> DataFrame:
    """The shares k / total nearest to a printed percentage: at least `teeth` on either side.

    Columns: count, share (fraction), attainable (whether it rounds to `printed`), low, high
    and kind (the rounding interval of `printed`, fractions). Sorted by count. Errors as for `grim`,
    and for `teeth` that is no whole number from 1 up.

    >>> share_comb("33.3", 21, teeth=1)["count"].tolist()
    [6, 7, 8]
    """
    attained, teeth = check_together(
        lambda: grim(printed, total, rounding=rounding), lambda: check_whole("teeth", teeth, 1)
    )
    total = int(total)
    low, high, _, _ = rounding_bounds(printed, rounding=rounding)
    first, last = (math.floor(Fraction(low) * total / 100), math.ceil(Fraction(high) * total / 100))
    first, last = max(first - teeth + 1, 0), min(last + teeth - 1, total)
    return DataFrame(
        {
            "count": range(first, last + 1),
            "share": [count / total for count in range(first, last + 1)],
            "attainable": [count in attained for count in range(first, last + 1)],
            "low": float(low) / 100,
            "high": float(high) / 100,
            "kind": "rounding_interval",
        }
    )
