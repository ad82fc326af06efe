"""Cells of tables: what a record holds, and the text a reader sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bindery.numbers import PERCENT, interval_text, measure, number_text
from bindery.words import label, word


def cell_value(value: Any) -> Any:
    """A cell as a plain value: text, number, yes or no, None, or an interval as a mapping."""
    if hasattr(value, "low") and hasattr(value, "kind"):
        return measure(value)
    if isinstance(value, str | bool) or value is None:
        return value
    if hasattr(value, "item"):
        value = value.item()
        if isinstance(value, bool):
            return value
    if isinstance(value, int | float):
        return measure(value)["value"]
    # pandas' missing values are neither numbers nor text
    return None if str(value) in ("<NA>", "NaT") or value != value else str(value)


def table_texts(
    facts: Mapping[str, Any], columns: Mapping[str, Any], labels: Mapping[str, Any], lang: str
) -> tuple[list[str], list[list[str]]]:
    """The head and the rows of a table as a reader sees them in `lang`."""
    head = []
    for column in facts["columns"]:
        unit = columns.get(column, {}).get("unit", "")
        text = label(labels, "columns", column, lang)
        units = "%" if unit in PERCENT else label(labels, "units", unit, lang) if unit else ""
        brackets = " ({})" if lang == "en" else "（{}）"
        head.append(text + (brackets.format(units) if units else ""))
    rows = [
        [
            cell_text(cell, columns.get(column, {}), labels, lang)
            for cell, column in zip(row, facts["columns"], strict=True)
        ]
        for row in facts["rows"]
    ]
    return head, rows


def numeric_columns(rows: Sequence[Sequence[Any]]) -> list[bool]:
    """Which columns hold numbers or intervals, and so are set flush right."""
    return [
        any(cell is not None for cell in column)
        and all(cell is None or isinstance(cell, int | float | dict) for cell in column)
        for column in zip(*rows, strict=True)
    ]


def cell_text(cell: Any, column: Mapping[str, Any], labels: Mapping[str, Any], lang: str) -> str:
    if cell is None:
        return "—"
    if isinstance(cell, bool):
        return word("yes" if cell else "no", lang)
    unit, digits = column.get("unit", ""), column.get("digits")
    # the unit stands in the head, so that cells hold bare numbers
    bare = "share" if unit == "share" else ""
    if isinstance(cell, Mapping):
        return interval_text({**cell, "unit": bare, "digits": digits}, labels, lang)
    if isinstance(cell, int | float):
        if unit or digits is not None:
            text = number_text(cell, bare, digits, lang)
            # a p-value of 0.0004 is not zero
            return f"<{text[:-1]}1" if cell > 0 and not text.strip("0.") else text
        # it may be a year or a code: no separators unless told so, and every digit that it has
        comma = "," if column.get("grouped") and lang == "en" else ""
        text = f"{cell:{comma}.15g}" if isinstance(cell, float) else f"{cell:{comma}}"
        return text.replace("-", "\N{MINUS SIGN}")
    words = labels["values"].get(cell, {})
    return words.get(lang, cell)
