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
    """
    if unit == "share":
        number, digits = number * 100, 1 if digits is None else digits
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
    low, high, unit, digits = (record[key] for key in ("low", "high", "unit", "digits"))

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


def result_text(
    record: Mapping[str, Any], labels: Mapping[str, Any], lang: str, part: str = ""
) -> str:
    """A published result as text: `value`, `interval`, or both with the kind."""
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
    gap = " " if lang == "en" else ""
    # the value has said the unit
    ends = interval_text({**record, "unit": unit if unit in PERCENT else ""}, labels, lang)
    return f"{value}{brackets[0]}{kind}{gap}{ends}{brackets[1]}"
