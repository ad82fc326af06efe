"""Rates worked out where numerator and denominator are both printed, against the printed rate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd
from pandas import DataFrame

from indicators.evidence import provenance, reported, weakest
from indicators.intervals import Interval, rounding_interval
from indicators.service_coverage.choices import Choices

# the rate, its numerator, its denominator, and how many of its unit one is
RATES = (
    ("resident_60plus_share", "resident_60plus", "population", 100),
    ("resident_65plus_share", "resident_65plus", "population", 100),
    ("primary_pupil_teacher_ratio", "primary_students", "primary_teachers", 1),
    ("junior_pupil_teacher_ratio", "junior_students", "junior_teachers", 1),
)
_SCALE = {"percent": 100, "per_1000_persons": 1000}
COLUMNS = (
    "indicator", "unit", "period", "numerator", "denominator", "derived_rate", "printed_rate",
    "verdict", "evidence", "source_id",
)  # fmt: skip


def derived_rates(services: DataFrame, choices: Choices) -> DataFrame:
    """Every rate of the place whose numerator and denominator are printed for one period.

    `services` as from `mark_rows`. Only normal printed figures enter, of one place and one period.
    A row that carries its own numerator and denominator is taken too; the last digit of each that
    is not 0 is then the one in doubt. Columns: indicator (the rate), unit ("" for people per
    person), period, numerator, denominator (values), derived_rate (a rounding interval),
    printed_rate (text, "" if none), verdict (`agrees` where the derived interval meets that of the
    printed rate, else `differs`, or `not_printed`), evidence (`derived`, or `suspect`), source_id.
    By rate and period.

    >>> from indicators import evidence, tables
    >>> from indicators.service_coverage import Choices
    >>> services = evidence.mark_rows(tables.load("services"), tables.load("sources"))
    >>> claims, page = tables.load("claims"), Choices("330100")
    >>> derived_rates(services, page)["verdict"].unique().tolist()
    ['not_printed', 'agrees']
    """
    own = services[services["place_code"].eq(choices.place) & services["status"].eq("normal")]
    table = [*_pairs(own, choices.rounding), *_parts(own, choices.rounding)]
    found = DataFrame(table, columns=list(COLUMNS))
    return found.sort_values(["indicator", "period"], ignore_index=True)


def _pairs(own: DataFrame, rounding: str) -> Iterator[dict[str, object]]:
    for name, over, under, scale in RATES:
        for period in sorted(set(own.loc[own["indicator"].eq(over), "period"])):
            figures = [
                reported(own, {"indicator": part, "period": period}, printed_only=True)
                for part in (over, under, name)
            ]
            numerator, denominator, rate = figures
            if numerator is None or denominator is None:
                continue
            quotient = scale * (numerator.interval(rounding) / denominator.interval(rounding))
            printed = rate.interval(rounding) if rate else None
            yield {
                "indicator": name,
                "unit": "percent" if scale == 100 else "",
                "period": period,
                "numerator": numerator.value,
                "denominator": denominator.value,
                "derived_rate": quotient,
                "printed_rate": rate.printed if rate else "",
                "verdict": _verdict(quotient, printed),
                "evidence": "derived",
                "source_id": provenance(*(f for f in figures if f))["source_id"],
            }


def _parts(own: DataFrame, rounding: str) -> Iterator[dict[str, object]]:
    for row in own[own["numerator"].notna() & own["unit"].isin(_SCALE)].itertuples():
        over, under = (_last_digit(part, rounding) for part in (row.numerator, row.denominator))
        quotient = _SCALE[row.unit] * (over / under)
        printed = None
        if row.origin == "printed":
            digits = None if pd.isna(row.decimals) else int(row.decimals)
            printed = rounding_interval(row.printed, digits, rounding)
        yield {
            "indicator": row.indicator,
            "unit": row.unit,
            "period": row.period,
            "numerator": row.numerator,
            "denominator": row.denominator,
            "derived_rate": quotient,
            "printed_rate": row.printed if printed else "",
            "verdict": _verdict(quotient, printed),
            "evidence": weakest("derived", row.evidence),
            "source_id": row.source_id,
        }


def _last_digit(value: float, rounding: str) -> Interval:
    """The rounding interval of a number whose decimals are not known, at its last digit not 0."""
    number = Decimal(str(value)).normalize()
    return rounding_interval(f"{number:f}", -number.as_tuple().exponent, rounding)


def _verdict(quotient: Interval, printed: Interval | None) -> str:
    if printed is None:
        return "not_printed"
    return "agrees" if quotient.overlaps(printed) else "differs"
