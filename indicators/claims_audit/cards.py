"""The audit as tables to be read: cards of the claims, the sentences, the counts."""

from __future__ import annotations

from typing import Any

from pandas import DataFrame

from indicators.claims_audit.audit import ALL, Audit
from indicators.claims_audit.comparison import VERDICTS
from indicators.claims_audit.texts import number_words
from indicators.findings import round_table
from indicators.labels import LANGUAGES, both, label

BARE_UNITS = ("count", "date", "label", "share")  # the figure says it all
_WORDS = {
    "of": {"en": "{share}% of {possible}", "zh": "{possible}个中的{share}%"},
    "unit": {"en": "{printed} ({unit})", "zh": "{printed}（{unit}）"},
}


def claim_cards(audit: Audit) -> DataFrame:
    """The claims in the order of the article, their columns in the order of reading.

    Columns: claim_id, verdict, sentence, section, phrase, subject, as_printed (figure and unit),
    interval, as_of, check, arithmetic, reason, rests_on, grade, remark (provisional_evidence or
    ""), caught (power, in words; "" without), evidence, source_id. Blank cells say nothing.

    >>> from indicators.claims_audit import Stock, audit_claims
    >>> audit = audit_claims(Stock.load())
    >>> len(claim_cards(audit)) > 50
    True
    """
    rows = audit.claims
    table = rows.assign(
        as_printed=[_stated(row) for row in rows.to_dict("records")],
        remark=rows["provisional"].map({True: "provisional_evidence", False: ""}),
        caught=[_caught(row) for row in rows.to_dict("records")],
    )
    return table[
        ["claim_id", "verdict", "sentence", "section", "phrase", "subject", "as_printed",
         "interval", "as_of", "check", "arithmetic", "reason", "rests_on", "grade", "remark",
         "caught", "evidence", "source_id"]
    ]  # fmt: skip


def _stated(row: dict[str, Any]) -> str:
    if row["unit"] in BARE_UNITS:
        return row["as_printed"]
    texts = [
        _WORDS["unit"][lang].format(
            printed=row["as_printed"], unit=label("values", row["unit"], lang)
        )
        for lang in LANGUAGES
    ]
    return both(*texts)


def _caught(row: dict[str, Any]) -> str:
    if row["check_power"] != row["check_power"]:
        return ""
    texts = [
        _WORDS["of"][lang].format(
            share=number_words(100 * row["check_power"], 1, lang),
            possible=number_words(row["possible"], 0, lang),
        )
        for lang in LANGUAGES
    ]
    return both(*texts)


def sentence_rows(sentences: DataFrame, audit: Audit, section: str = ALL) -> DataFrame:
    """The sentences, those without figures included: sentence, paragraph, text_kind, section,
    subject, claims (ids joined by `;`, "" for none).

    `sentences` as loaded. For a section its sentences alone.

    >>> from indicators import tables
    >>> from indicators.claims_audit import Stock, audit_claims
    >>> audit = audit_claims(Stock.load())
    >>> len(sentence_rows(tables.load("sentences"), audit)) > 1
    True
    """
    rows = sentences if section == ALL else sentences[sentences["section"].eq(section)]
    ids = audit.claims.groupby("sentence")["claim_id"].agg(";".join)
    subjects = [both(*pair) for pair in zip(rows["subject_en"], rows["subject_zh"], strict=True)]
    return (
        rows[["sentence", "paragraph", "kind", "section"]]
        .rename(columns={"kind": "text_kind"})
        .assign(subject=subjects, claims=rows["sentence"].map(ids).fillna(""))
        .reset_index(drop=True)
    )


def verdict_counts(audit: Audit) -> DataFrame:
    """A row for each verdict of the closed list, those that nobody got included.

    Columns: verdict, number_of_claims, external and from_article (what they rest on), provisional,
    power_median (NaN: none).

    >>> from indicators.claims_audit import Stock, audit_claims
    >>> audit = audit_claims(Stock.load())
    >>> list(verdict_counts(audit).columns[:2])
    ['verdict', 'number_of_claims']
    """
    groups = dict(list(audit.claims.groupby("verdict")))
    table = []
    for verdict in VERDICTS:
        rows = groups.get(verdict, audit.claims.iloc[:0])
        table.append(
            {
                "verdict": verdict,
                "number_of_claims": len(rows),
                "external": int(rows["rests_on"].eq("external").sum()),
                "from_article": int(rows["rests_on"].eq("from_article").sum()),
                "provisional": int(rows["provisional"].sum()),
                "power_median": rows["check_power"].median(),
            }
        )
    return round_table(table)
