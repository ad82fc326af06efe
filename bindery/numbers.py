"""Numbers and intervals as text, in each language, and as plain JSON values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from bindery.words import label, word

EXACT = "exact"
PERCENT = ("share", "percent")


def measure(value: Any) -> dict[str, Any]:
    """A number or an interval as plain values: value, low, high, kind, level, open ends.

    An interval is any object with `low`, `high` and `kind`; a bare number is exact. An end that
    is not finite becomes None, and so does a missing number.
    """
    if hasattr(value, "low") and hasattr(value, "kind"):
        return {
            "value": _plain(value.estimate),
            "low": _plain(value.low),
            "high": _plain(value.high),
            "kind": str(value.kind),
            "level": _plain(value.level),
            "low_closed": bool(value.low_closed),
            "high_closed": bool(value.high_closed),
        }
    number = _plain(value)
    return {
        "value": number,
        "low": number,
        "high": number,
        "kind": EXACT,
        "level": None,
        "low_closed": True,
        "high_closed": True,
    }


def _plain(number: Any) -> int | float | None:
    """A Python number that JSON can hold.

    >>> _plain(float("nan")) is None, _plain(3), _plain(2.5)
    (True, 3, 2.5)
    """
    if number is None or str(number) == "<NA>":
        return None
    number = number.item() if hasattr(number, "item") else number
    if isinstance(number, bool | int):
        return int(number)
    number = float(number)
    return number if math.isfinite(number) else None


def number_text(number: float, unit: str, digits: int | None, lang: str) -> str:
    """A number without its unit; shares are shown in percent.

    Counts have no decimals by default, shares one, other measures two.

    >>> number_text(1074.94, "km", 1, "en"), number_text(1074.94, "km", 1, "zh")
    ('1,074.9', '1074.9')
    >>> number_text(0.97277, "share", None, "en")
    '97.3'
    >>> number_text(2014, "year", None, "en")
    '2014'
    """
    if unit == "share":
        number, digits = number * 100, 1 if digits is None else digits
    if unit == "year":
        return str(int(number))
    if digits is None:
        digits = 0 if float(number).is_integer() else 2
    text = f"{number:,.{digits}f}" if lang == "en" else f"{number:.{digits}f}"
    # what rounds to nothing has no sign
    return text.replace("-", "\N{MINUS SIGN}" if text.strip("-0.") else "")


def with_unit(text: str, unit: str, labels: Mapping[str, Any], lang: str) -> str:
    """A number with its unit, as each language writes it."""
    if unit in PERCENT:
        return f"{text}%"
    words = label(labels, "units", unit, lang) if unit else ""
    if not words:
        return text
    if lang == "zh":
        return f"{text}{words}" if not words[0].isascii() else f"{text} {words}"
    # a unit that begins with a figure ("10k persons") would read as one number with the value
    return f"{text} × {words}" if words[0].isdigit() else f"{text} {words}"


def interval_text(record: Mapping[str, Any], labels: Mapping[str, Any], lang: str) -> str:
    """The interval with its unit, without its kind; an unbounded end is said in words."""
    low, high, unit = (record[key] for key in ("low", "high", "unit"))
    digits = _end_digits(record)

    def shown(number: float) -> str:
        return with_unit(number_text(number, unit, digits, lang), unit, labels, lang)

    if low is None and high is None:
        return word("missing" if record["kind"] == EXACT else "unbounded", lang)
    if high is None:
        return word("at_least" if record["low_closed"] else "more_than", lang).format(shown(low))
    if low is None:
        return word("at_most" if record["high_closed"] else "less_than", lang).format(shown(high))
    first = number_text(low, unit, digits, lang)
    return word("from_to", lang).format(f"{first}%" if unit in PERCENT else first, shown(high))


def _shown_ends(record: Mapping[str, Any]) -> tuple[float, float, int] | None:
    """Both ends as they are shown, shares in percent, and the decimals of the value."""
    low, high, unit, digits = (record[key] for key in ("low", "high", "unit", "digits"))
    if low is None or high is None:
        return None
    ends = [100 * end if unit == "share" else end for end in (low, high)]
    if digits is None:
        whole = unit != "share" and all(float(end).is_integer() for end in ends)
        digits = 0 if whole else 1 if unit == "share" else 2
    return ends[0], ends[1], digits


def _end_digits(record: Mapping[str, Any]) -> int | None:
    """The decimals of the ends: up to three more than those of the value where these would mislead.

    At two decimals 1.895 to 1.905 would read "1.90 to 1.91". A text may be off by less than a
    tenth of the width, no more.
    """
    shown = _shown_ends(record)
    if shown is None or shown[0] == shown[1]:
        return record["digits"]
    low, high, digits = shown
    for finer in range(digits, digits + 3):
        if max(abs(round(end, finer) - end) for end in (low, high)) <= 0.099 * (high - low):
            return finer
    return digits + 3


def _is_told_by_value(record: Mapping[str, Any]) -> bool:
    """Whether every number of the interval rounds to the value as it is shown."""
    shown = _shown_ends(record)
    if shown is None:
        return False
    low, high, digits = shown
    value = round(record["value"] * (100 if record["unit"] == "share" else 1), digits)
    return max(abs(value - low), abs(high - value)) < 0.499 * 10**-digits


def result_text(
    record: Mapping[str, Any], labels: Mapping[str, Any], lang: str, part: str = ""
) -> str:
    """A published result as text: `value`, `interval`, or both with the kind.

    An interval of numbers that all round to the shown value is left out; the register has it.
    """
    if record["value"] is None and record["kind"] == EXACT:
        return word("missing", lang)
    interval = interval_text(record, labels, lang)
    if part == "interval":
        return interval
    kind = label(labels, "kinds", record["kind"], lang)
    brackets = (" (", ")") if lang == "en" else ("（", "）")
    if record["value"] is None:
        return interval if part == "value" else f"{interval}{brackets[0]}{kind}{brackets[1]}"
    unit = record["unit"]
    value = with_unit(
        number_text(record["value"], unit, record["digits"], lang), unit, labels, lang
    )
    if part == "value" or record["kind"] == EXACT:
        return value
    if _is_told_by_value(record):
        return value
    gap = " " if lang == "en" else ""
    # the value has said the unit
    ends = interval_text({**record, "unit": unit if unit in PERCENT else ""}, labels, lang)
    return f"{value}{brackets[0]}{kind}{gap}{ends}{brackets[1]}"
