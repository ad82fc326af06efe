"""Reads a table of words written as text."""

from __future__ import annotations

Words = dict[str, str]


def pairs(text: str) -> dict[str, Words]:
    """Words by key; a line of the text is `key | English | Chinese`. A key has one line.

    >>> pairs("rate | Rate | 比率")
    {'rate': {'en': 'Rate', 'zh': '比率'}}
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    keys = [row[0] for row in rows]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise ValueError(f"found twice: {', '.join(twice)}; allowed: one line for each key")
    return {key: {"en": en, "zh": zh} for key, en, zh in rows}
