"""The differences between two versions in words, for the command and for the pages of the book."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bindery.numbers import PERCENT
from bindery.versions.compare import KINDS, MOVED, Change, Differences
from bindery.versions.reasons import CHANGED, Because, RowChange
from bindery.words import word

_ARROW = " → "
# so many rows, pages and names are shown, and so many files; a program is told all
_MOST_ROWS, _MOST_FILES = 8, 3


def told_lines(found: Differences, lang: str = "en") -> list[str]:
    """All differences, a line each: what changed for one reason stands below it."""
    if not found:
        return [word("version_equal", lang)]
    lines = [counts_text(found, lang)]
    for because, changes in found.by_reason().items():
        lines += ["", reason_text(because, lang)]
        lines += [f"    {text}" for text in row_texts(because.rows, found.rows, lang)]
        lines += [f"  {_called(change, lang)}: {change_text(change, lang)}" for change in changes]
    beside = beside_texts(found, lang)
    return [*lines, *([""] if beside else []), *beside]


def _called(change: Change, lang: str) -> str:
    return change.id if change.kind == "result" else f"{word(change.kind, lang)} {change.id}"


def counts_text(found: Differences, lang: str) -> str:
    """How many results, figures, tables and rows of the data are not as they were."""
    counted = {kind: found.counts(kind) for kind in KINDS}
    rows = Counter(change.state for change in found.rows.values())
    parts = [
        f"{word(f'counted_{kind}', lang)}{word('colon', lang)}"
        + _list((_count(number, state, lang) for state, number in counts.items()), lang)
        for kind, counts in {**counted, "row": rows}.items()
        if counts
    ]
    text = word("list_semicolon", lang).join(parts)
    if not text:
        return word("version_same" if found else "version_equal", lang)
    return text[0].upper() + text[1:]


def _count(number: int, state: str, lang: str) -> str:
    return word("count_of", lang).format(f"{number:,}", word(f"state_{state}", lang))


def _list(texts: Iterable[str], lang: str) -> str:
    return word("list_comma", lang).join(texts)


def reason_text(because: Because, lang: str) -> str:
    """What may be the reason of a change, without its rows."""
    if because.page:
        return word(f"because_{because.page}", lang)
    parts = []
    if because.rows or not because.known:
        key = "because_rows" if because.known else "because_unknown"
        parts.append(word(key, lang).format(f"{len(because.rows):,}"))
    elif because.others or because.made_otherwise:
        parts.append(word("because_no_rows", lang))
    else:
        parts.append(word("because_nothing", lang))
    if because.others:
        parts.append(word("because_others", lang).format(f"{len(because.others):,}"))
    return word("list_semicolon", lang).join([*parts, *_made_texts(because, lang)])


def _made_texts(because: Because, lang: str) -> list[str]:
    """How a page is made otherwise."""
    told = []
    if because.parameters:
        values = (
            f"{name} {_plain(before)}{_ARROW}{_plain(now)}"
            for name, before, now in because.parameters
        )
        told.append(word("because_parameters", lang).format(_list(values, lang)))
    if because.code:
        told.append(word("because_code", lang).format(_shortened(because.code, _MOST_FILES, lang)))
    return told + ([word("because_packages", lang)] if because.packages else [])


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _shortened(names: Sequence[str], most: int, lang: str) -> str:
    more = [word("more", lang).format(len(names) - most)] if len(names) > most else []
    return _list([*names[:most], *more], lang)


def row_texts(rows: Sequence[str], changes: Mapping[str, RowChange], lang: str) -> list[str]:
    """Rows of the data, each with what changed in it; of very many the first."""
    colon = word("colon", lang)
    told = [f"{row}{colon}{_row_text(changes[row], lang)}" for row in rows[:_MOST_ROWS]]
    more = len(rows) - _MOST_ROWS
    return [*told, word("more", lang).format(f"{more:,}")] if more > 0 else told


def _row_text(change: RowChange, lang: str) -> str:
    if change.state != CHANGED:
        return word(f"row_{change.state}", lang)
    cells = (
        f"{column} {before or '—'}{_ARROW}{now or '—'}" for column, before, now in change.cells
    )
    return _list(cells, lang)


def change_text(change: Change, lang: str) -> str:
    """How one thing changed; of a result its text before and now."""
    state = word(f"state_{change.state}", lang)
    if change.state != MOVED:
        return state
    before, now = (part["words"][lang]["text"] for part in (change.old, change.new))
    differs = difference_text(change, lang)
    brackets = " ({})" if lang == "en" else "（{}）"
    return f"{before}{_ARROW}{now}{brackets.format(differs) if differs else ''}"


def difference_text(change: Change, lang: str) -> str:
    """How far a result moved, in its unit and in percent, and whether the intervals overlap."""
    told = []
    if change.difference is not None:
        told.append(_moved_by(change, lang))
        if change.relative is not None and change.new["unit"] not in (*PERCENT, "year"):
            told.append(f"{_signed(100 * change.relative, 1, lang)}%")
    if change.overlap is not None:
        told.append(word("intervals_overlap" if change.overlap else "intervals_apart", lang))
    return word("list_semicolon", lang).join(told)


def _moved_by(change: Change, lang: str) -> str:
    unit, digits = change.new["unit"], change.new["digits"]
    difference = change.difference * (100 if unit == "share" else 1)
    text = _signed(difference, digits if digits is not None else 1 if unit == "share" else 2, lang)
    return word("percentage_points", lang).format(text) if unit in PERCENT else text


def _signed(number: float, digits: int, lang: str) -> str:
    """A difference with its sign, and decimals enough to be seen.

    >>> _signed(-1234.5, 1, "en"), _signed(0.00034, 2, "en"), _signed(2.0, 2, "zh")
    ('−1,234.5', '+0.0003', '+2')
    """
    if number == 0:
        return "0"
    digits = max(digits, -math.floor(math.log10(abs(number))))
    if float(number).is_integer():
        digits = 0
    text = f"{number:+,.{digits}f}" if lang == "en" else f"{number:+.{digits}f}"
    return text.replace("-", "\N{MINUS SIGN}")


def beside_texts(found: Differences, lang: str) -> list[str]:
    """What differs beside everything that was published: rows, ways of making, names."""
    told = []
    reasons = {row for change in found.changes for row in change.because.rows}
    if idle := [row for row in found.rows if row not in reasons]:
        told.append(word("version_idle_rows", lang).format(f"{len(idle):,}"))
        told += [f"    {text}" for text in row_texts(idle, found.rows, lang)]
    told += _made_lines(found, lang)
    if found.reworded:
        told.append(
            word("version_reworded", lang).format(_shortened(found.reworded, _MOST_ROWS, lang))
        )
    return told


def _made_lines(found: Differences, lang: str) -> Iterator[str]:
    """Pages that are made otherwise and publish the same, those made otherwise alike together."""
    told = {(change.new or change.old)["page"] for change in found.changes}
    alike: dict[str, list[str]] = {}
    for page, because in found.pages.items():
        if page not in told:
            made = word("list_semicolon", lang).join(_made_texts(because, lang))
            alike.setdefault(made or reason_text(because, lang), []).append(page)
    for made, pages in alike.items():
        yield word("version_made", lang).format(made, _shortened(pages, _MOST_ROWS, lang))
