"""A sentence for a paper: what was found, how sure it is, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindery.citation.facts import FIGURE, RESULT, TABLE, Cited
from bindery.faults import BinderyError
from bindery.numbers import EXACT, interval_text, result_text
from bindery.periods import period_text
from bindery.words import label, word

_KINDS = (FIGURE, TABLE, RESULT)


def sentence_text(cited: Cited) -> str:
    """A number with its interval, kind, n, period and weakest grade.

    A figure or table states the numbers that its words name, or else its caption. Raises
    BinderyError for what states nothing: a book, a data table.
    """
    if cited.kind not in _KINDS:
        raise BinderyError(
            f"{cited.identifier or 'the book'}: found no sentence that it states; allowed: "
            f"{', '.join(_KINDS)}; name one of these, or ask for another format"
        )
    comma = ", " if cited.lang == "en" else "，"
    source = [
        *cited.authors,
        str(cited.publication["year"]),
        cited.identifier,
        cited.version,
        cited.mark,
    ]
    told = [*_details(cited), comma.join(filter(None, source))]
    semicolon, stop = word("list_semicolon", cited.lang), word("full_stop", cited.lang).strip()
    return f"{stated(cited)}{_in_brackets(semicolon.join(told), cited.lang)}{stop}"


def stated(cited: Cited) -> str:
    """The sentence without its source, and without its full stop."""
    facts, lang = cited.published, cited.lang
    colon = word("colon", lang)
    if cited.kind == RESULT:
        return f"{cited.title.rstrip('.。')}{colon}{measured_text(facts, facts['labels'], lang)}"
    numbers = [
        f"{result['words'][lang]['label']}{colon}{measured_text(result, facts['labels'], lang)}"
        + _in_brackets(count_text(result), lang)
        for result in facts["results"]
    ]
    text = word("list_semicolon", lang).join(numbers) or facts["words"][lang]["caption"]
    return f"“{cited.title}”{colon}{text.rstrip('.。')}"


def _in_brackets(text: str, lang: str) -> str:
    if not text:
        return ""
    return f" ({text})" if lang == "en" else f"（{text}）"


def count_text(result: Mapping[str, Any]) -> str:
    return "" if result["n"] is None else f"n = {result['n']:,}"


def measured_text(result: Mapping[str, Any], labels: Mapping[str, Any], lang: str) -> str:
    """The value, and the interval with its kind wherever there is one."""
    value = result_text(result, labels, lang, "value")
    if result["kind"] == EXACT or (result["low"] is not None and result["low"] == result["high"]):
        return value
    gap, comma = (" ", ", ") if lang == "en" else ("", "，")
    kind = label(labels, "kinds", result["kind"], lang)
    if result["level"] is not None:
        kind = f"{100 * result['level']:g}%{gap}{kind}"
    interval = f"{kind}{gap}{interval_text(result, labels, lang)}"
    return interval if result["value"] is None else f"{value}{comma}{interval}"


def _details(cited: Cited) -> list[str]:
    """How many observations, of which years, and how well the weakest source stands."""
    facts, lang = cited.published, cited.lang
    rows = "" if cited.kind == RESULT else word("rows", lang).format(f"{facts['rows']:,}")
    count = count_text(facts) if cited.kind == RESULT else rows
    # rows tell their years as ISO 8601 writes them
    period = period_text((facts.get("period") or "").replace("/", "-"), facts["labels"], lang)
    grade = word("weakest_grade", lang).format(facts["grade"]) if facts["grade"] else ""
    return [*filter(None, [count, period, grade])]
