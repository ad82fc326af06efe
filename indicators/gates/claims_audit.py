"""Conditions of the methods of the audit of claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.gates.condition import Condition


def _found(facts: Mapping[str, Any], lang: str) -> str:
    number = facts["compared"]
    if lang == "zh":
        return f"{number}个"
    return f"{number} claim{'s' if number != 1 else ''}"


CONDITIONS = {
    "claims_compared": Condition(
        facts=("compared",),
        test=lambda facts: facts["compared"] >= 1,
        condition={
            "en": "at least 1 claim with a comparison that some possible figure fails",
            "zh": "至少有1个数字的对照可证伪，即某些可能的数字通不过该对照",
        },
        found=_found,
        opens={
            "en": "a figure for the same quantity, or a limit to it, from another source",
            "zh": "其他来源公布的同一数量的数字，或其上限、下限",
        },
    ),
}
