"""What one voucher claim came to, against the range stated for a month."""

from __future__ import annotations

from dataclasses import replace

from pandas import DataFrame

from indicators.findings import Findings, interval_cells, round_table
from indicators.intervals import Interval
from indicators.service_coverage.choices import ARTICLE, CLAIMED, Choices, stated

# The claims of the article: subsidy paid, claims made, and the ends of the monthly voucher.
PAID, CLAIMS, MONTHLY_LOW, MONTHLY_HIGH = "S10", "S09", "S07", "S08"


def voucher_amount(
    claims: DataFrame, rounding: str = "half_up", paid: str = PAID, claimed: str = CLAIMS
) -> Interval:
    """Yuan paid for each voucher claim (人次): the subsidy over the number of claims.

    `claims` as from `tables.load`; `paid` and `claimed` as in `stated`. A rounding interval of the
    two printed figures, and no statement about a family or a month. Errors as for `stated`.

    >>> from indicators import tables
    >>> amount = voucher_amount(tables.load("claims"))
    >>> round(amount.low, 1), round(amount.estimate), round(amount.high, 1), amount.kind
    (193.5, 210, 228.8, 'rounding_interval')
    """
    return stated(claims, paid, rounding) / stated(claims, claimed, rounding)


def voucher_monthly(
    claims: DataFrame, low: str = MONTHLY_LOW, high: str = MONTHLY_HIGH, rounding: str = "half_up"
) -> Interval:
    """The range stated for one voucher and month, in yuan: an identified set.

    Raises ValueError where the lower end lies above the upper one, and as `stated`.

    >>> from indicators import tables
    >>> voucher_monthly(tables.load("claims"))
    Interval(low=600.0, high=1000.0, kind='identified_set', estimate=None, level=None, \
low_closed=True, high_closed=True)
    """
    return Interval(
        stated(claims, low, rounding).low, stated(claims, high, rounding).high, "identified_set"
    )


def voucher_readings(claims: DataFrame, choices: Choices) -> Findings:
    """What a voucher claim can be, given the amount per claim and the stated monthly range.

    Results `amount` (`voucher_amount`), `monthly` (`voucher_monthly`), `months` (monthly vouchers
    that the money pays for each claim) and `vouchers` (whole monthly vouchers that it pays in all).
    Table, a row for each reading of 人次: claim_reading, found_set, compared_set (identified
    sets), unit, verdict, evidence, source_id. `one_month` compares the amount with the monthly
    range, in yuan; `part_month` the months per claim with at most 1; `applications` the monthly
    vouchers paid with the number of claims. Verdict `consistent` where the two can agree, else
    `inconsistent`. A reading that fails is a reading of a word; the claims themselves stand.

    >>> from indicators import evidence, tables
    >>> from indicators.service_coverage import Choices
    >>> services = evidence.mark_rows(tables.load("services"), tables.load("sources"))
    >>> claims, page = tables.load("claims"), Choices("330100")
    >>> sorted(voucher_readings(claims, page).results)
    ['amount', 'monthly', 'months', 'vouchers']
    """
    _, paid, claimed, low, high = choices.inputs
    amount = voucher_amount(claims, choices.rounding, paid, claimed)
    monthly = voucher_monthly(claims, low, high, choices.rounding)
    subsidy, number = (
        _as_set(stated(claims, figure, choices.rounding)) for figure in (paid, claimed)
    )
    months, vouchers = _as_set(amount) / monthly, subsidy / monthly
    readings = [
        ("one_month", _as_set(amount), monthly, "yuan"),
        ("part_month", months, Interval(0, 1, "identified_set"), "months"),
        ("applications", vouchers, Interval(0, number.high, "identified_set"), "count"),
    ]
    table = [
        {
            "claim_reading": reading,
            "found_set": found,
            "compared_set": other,
            "unit": unit,
            "verdict": "consistent" if found.overlaps(other) else "inconsistent",
        }
        | CLAIMED
        for reading, found, other, unit in readings
    ]
    results = {"amount": amount, "monthly": monthly, "months": months, "vouchers": vouchers}
    return Findings(results, DataFrame(table), ARTICLE)


def voucher_verdict(readings: Findings) -> str:
    """`ambiguous_definition` where a claim cannot be one monthly voucher, else `consistent`.

    Never `inconsistent`: other readings of 人次 fit, and the text does not say which is meant.

    >>> from indicators import evidence, tables
    >>> from indicators.service_coverage import Choices
    >>> services = evidence.mark_rows(tables.load("services"), tables.load("sources"))
    >>> claims, page = tables.load("claims"), Choices("330100")
    >>> voucher_verdict(voucher_readings(claims, page))
    'ambiguous_definition'
    """
    first = readings.table.set_index("claim_reading")["verdict"]["one_month"]
    return "consistent" if first == "consistent" else "ambiguous_definition"


def _as_set(interval: Interval) -> Interval:
    """A rounding interval taken as what it is among others: a set of values that are possible."""
    return replace(interval, kind="identified_set", estimate=None)


def voucher_bars(readings: Findings) -> DataFrame:
    """The amount per claim and the stated monthly range, to be drawn one above the other.

    `readings` as from `voucher_readings`. Rows `per_claim` and `monthly`: item, low, estimate, high
    (yuan), kind, months_low, months_high (monthly vouchers that the amount comes to), evidence,
    source_id.

    >>> from indicators import evidence, tables
    >>> from indicators.service_coverage import Choices
    >>> services = evidence.mark_rows(tables.load("services"), tables.load("sources"))
    >>> claims, page = tables.load("claims"), Choices("330100")
    >>> len(voucher_bars(voucher_readings(claims, page)))
    2
    """
    months = readings["months"]
    table = [
        {"item": item}
        | interval_cells(readings[name])
        | {"months_low": months.low, "months_high": months.high}
        | CLAIMED
        for item, name in (("per_claim", "amount"), ("monthly", "monthly"))
    ]
    return round_table(table)
