"""Every claim with its check and its verdict, and the comparisons that count."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pandas import DataFrame, Series

from indicators.claims import claim, has_interval
from indicators.claims_audit.checks import CHECKS
from indicators.claims_audit.comparison import Comparison, Judgement, judge
from indicators.claims_audit.stock import Stock
from indicators.claims_audit.texts import interval_words
from indicators.evidence import EVIDENCE
from indicators.findings import interval_cells, round_table
from indicators.intervals import Interval
from indicators.labels import LANGUAGES, both, label

ALL = "all"
SECTIONS = ("caption", "foundation", "urban_rural", "services")


@dataclass(frozen=True)
class Audit:
    """The audited claims and the comparisons that count, both as tables.

    `claims`, a row for each claim in the order of the article: claim_id, sentence, section, unit,
    as_of, as_printed, checkable (bool), phrase, subject; low, estimate, high and kind of what it
    allows (NaN and "" without an interval), interval (the same in words); check, arithmetic,
    verdict, reason, rests_on (external, from_article or nothing), grade (the best that decides;
    else the best of what stands beside), provisional, check_power (NaN: none), possible, evidence,
    source_id. Columns with words of their own hold both languages (`labels.both`).

    `compared`, for each claim with a comparison that counts a row `claim` and a row for each
    comparison: claim_id, subject, section, part (claim or beside), relation, verdict,
    multiple_low, multiple_high (the ends, with the printed figure as 1; NaN for an open end), kind,
    evidence, source_id.
    """

    claims: DataFrame
    compared: DataFrame


def audit_claims(stock: Stock, section: str = ALL, power_over: str = "same_digits") -> Audit:
    """Audit the claims of a section of the article, or of all of them.

    `power_over` as in `comparison.possible_figures`. Raises ValueError for another section, and
    where a figure that a check rests on is missing from the tables.

    >>> from indicators.claims_audit import Stock, audit_claims
    >>> audit_claims(Stock.load()).claims["verdict"].nunique()
    5
    """
    if section not in (ALL, *SECTIONS):
        raise ValueError(f"section = {section!r}; allowed: {', '.join((ALL, *SECTIONS))}")
    rows = stock.claims
    rows = rows if section == ALL else rows[rows["section"].eq(section)]
    claims, compared = [], []
    for _, row in rows.iterrows():
        comparisons = CHECKS.get(row["claim_id"], lambda _: [])(stock)
        judgement = _judge(row, comparisons, power_over)
        claims.append(_claim_row(stock, row, comparisons, judgement))
        compared += _compared_rows(stock, row, judgement)
    columns = ("claim_id", "subject", "section", "part", "relation", "verdict", "multiple_low",
               "multiple_high", "kind",
               "evidence", "source_id")  # fmt: skip
    return Audit(round_table(claims), round_table(compared).reindex(columns=columns))


def _judge(row: Series, comparisons: list[Comparison], power_over: str) -> Judgement:
    if row["checkable"] == "label":
        return Judgement("label")
    return judge(row["value"], comparisons, power_over)


def _claim_row(
    stock: Stock, row: Series, comparisons: list[Comparison], judgement: Judgement
) -> dict[str, Any]:
    """A row of `Audit.claims`."""
    shown = judgement.counting or comparisons
    beside = min((one.grade for one in comparisons if one.grade), default="")
    ids = {part for one in shown for part in f"{one.source_id};{one.mentioned}".split(";") if part}
    arithmetic = [
        " ".join(label("values", one.text, "en") for one in comparisons),
        "".join(label("values", one.text, "zh") for one in comparisons),
    ]
    names = ("claim_id", "sentence", "section", "unit", "as_of")
    return {
        **{name: row[name] for name in names},
        "as_printed": row["printed"],
        "checkable": row["checkable"] == "yes",
        "phrase": row["phrase_zh"],
        "subject": both(row["subject_en"], row["subject_zh"]),
        **_interval_cells(stock, row),
        "check": both(row["check"], row["check_zh"]),
        "arithmetic": both(*arithmetic) if comparisons else "",
        "verdict": judgement.verdict,
        "reason": _reason(judgement, comparisons),
        "rests_on": judgement.rests_on,
        "grade": judgement.grade or (beside if judgement.rests_on == "nothing" else ""),
        "provisional": judgement.provisional,
        "check_power": judgement.power,
        "possible": judgement.possible,
        "evidence": _strongest(judgement.deciding or comparisons),
        "source_id": ";".join(sorted(ids)) or stock.article,
    }


def _strongest(comparisons: Sequence[Comparison]) -> str:
    """The evidence of the comparison of the best grade; the article's own where there is none."""
    order = sorted(
        (one.grade or "E", EVIDENCE.index(one.evidence), one.evidence) for one in comparisons
    )
    return order[0][-1] if order else "claimed"


def _interval_cells(stock: Stock, row: Series) -> dict[str, Any]:
    if not has_interval(row):
        return {"low": np.nan, "estimate": np.nan, "high": np.nan, "kind": "", "interval": ""}
    interval = claim(stock.claims, row["claim_id"], stock.rounding)
    decimals = len(row["value"].partition(".")[2]) + (interval.kind == "rounding_interval")
    texts = [
        interval_words(interval, decimals, lang, row["bound"] == "range")
        + (" ({})" if lang == "en" else "（{}）").format(label("kinds", interval.kind, lang))
        for lang in LANGUAGES
    ]
    cells = interval_cells(interval)
    finite = {name: cells[name] if _finite(cells[name]) else np.nan for name in ("low", "high")}
    return cells | finite | {"interval": both(*texts)}


def _finite(number: float | None) -> bool:
    return number is not None and math.isfinite(number)


def _reason(judgement: Judgement, comparisons: list[Comparison]) -> str:
    if judgement.verdict != "not_testable":
        return {
            "label": "names_something",
            "consistent": "shares_values",
            "inconsistent": "shares_no_value",
            "ambiguous_definition": "reading_fails",
            "stale": "printed_earlier",
        }[judgement.verdict]
    if not comparisons:
        return "nothing_beside"
    return "none_can_fail" if any(one.decides for one in comparisons) else "only_context"


def _compared_rows(stock: Stock, row: Series, judgement: Judgement) -> list[dict[str, Any]]:
    """Rows of `Audit.compared`."""
    if not judgement.counting:
        return []
    head = {
        "claim_id": row["claim_id"],
        "subject": both(row["subject_en"], row["subject_zh"]),
        "section": row["section"],
        "verdict": judgement.verdict,
    }
    ours = judgement.counting[0].compared(row["value"])
    scale = ours.low if ours.estimate is None else ours.estimate
    sides = [("claim", "claim", ours, "claimed", stock.article)] + [
        ("beside", one.relation, one.found, one.evidence, one.source_id)
        for one in judgement.counting
    ]
    return [
        head
        | {"part": part, "relation": relation}
        | _scaled(interval, scale)
        | {"kind": interval.kind, "evidence": evidence, "source_id": source}
        for part, relation, interval, evidence, source in sides
    ]


def _scaled(interval: Interval, scale: float) -> dict[str, float]:
    ends = {"low": interval.low, "high": interval.high}
    if interval.kind == "identified_set" and interval.low == 0:
        ends["low"] = math.inf  # a limit above alone
    return {
        f"multiple_{name}": end / scale if _finite(end) else np.nan for name, end in ends.items()
    }
