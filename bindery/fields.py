"""What the columns of a published CSV file hold: titles and units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bindery.project import LANGUAGES
from bindery.words import label, word


def field(
    labels: Mapping[str, Any],
    name: str,
    cells: Iterable[Any],
    look: Mapping[str, Any],
    column: str = "",
    part: str = "",
) -> dict[str, Any]:
    """A column in the manner of a Table Schema: name, type, titles, unit.

    `look` is what the registry says of it; of the intervals of `column` it holds one `part`.
    """
    told = {"type": _type(cells)} | {key: look[key] for key in ("unit", "unit_in") if key in look}
    for lang in LANGUAGES:
        suffix = "" if lang == "en" else f"_{lang}"
        end = f"{word('colon', lang)}{word(part, lang)}" if part else ""
        told[f"title{suffix}"] = label(labels, "columns", column or name, lang) + end
        if unit := look.get("unit"):
            told[f"unit_title{suffix}"] = _unit_title(labels, unit, lang)
    return {"name": name, **told}


def _type(cells: Iterable[Any]) -> str:
    """What kind of values a column holds: codes and years that are texts stay texts.

    >>> _type([None, 1, 2]), _type([1, 2.5]), _type([True, None]), _type(["330100", 1]), _type([])
    ('integer', 'number', 'boolean', 'string', 'string')
    """
    kinds = {type(cell) for cell in cells if cell is not None}
    for name, held in (("boolean", {bool}), ("integer", {int}), ("number", {int, float})):
        if kinds and kinds <= held:
            return name
    return "string"


def _unit_title(labels: Mapping[str, Any], unit: str, lang: str) -> str:
    # in a file it is no percentage, as it is on a page
    return word("fraction", lang) if unit == "share" else label(labels, "units", unit, lang)
