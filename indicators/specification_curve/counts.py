"""What the specifications say together: counts of distinct results, never shares or averages."""

from __future__ import annotations

import math

from pandas import DataFrame, concat

from indicators.evidence import weakest
from indicators.findings import Findings, exact_interval, interval_cells
from indicators.intervals import Interval
from indicators.specification_curve.choices import EVIDENCE
from indicators.specification_curve.distinct import distinct_results
from indicators.specification_curve.statements import ANSWERS
from indicators.urban_rural_convergence import MEASURES

ALL = "all_options"


def count_specifications(*tables: DataFrame) -> Findings:
    """How many rows, distinct results and distinct data sets some tables of specifications have.

    Results: `rows`, `results`, `data_sets`. Table: the distinct results, below one another.

    >>> table = DataFrame({"statement": "gap_widened", "measure": "yuan_gap", "result": [1, 2]})
    >>> table = table.assign(evidence_allowed="printed_only", grades="a_to_c", taken="levels")
    >>> table = table.assign(answer=["yes", "no"], row_ids=["a;b", "b;a"])
    >>> table = table.assign(evidence=["printed", "copied"], source_id=["s", "t"])
    >>> counts = count_specifications(table)
    >>> [counts[name].estimate for name in ("rows", "results", "data_sets")]
    [2.0, 2.0, 1.0]
    """
    found = concat([distinct_results(table) for table in tables], ignore_index=True)
    counts = {
        "rows": sum(map(len, tables)),
        "results": len(found),
        "data_sets": len(set(map(frozenset, found["row_ids"].str.split(";")))),
    }
    exact = {name: exact_interval(count) for name, count in counts.items()}
    return Findings(exact, found, ";".join(sorted(set(found["source_id"]))))


def statement_answers(table: DataFrame) -> Findings:
    """The answers to one statement over distinct results.

    `table` as from `pace_specifications`. Results: `results`, and of these `yes`, `no` and
    `undecided`; for each measure `<measure>_results` and, of these, `<measure>_yes`. Table: the
    distinct results.

    >>> table = DataFrame({"statement": "gap_widened", "measure": "yuan_gap", "result": [1, 2]})
    >>> table = table.assign(evidence_allowed="printed_only", grades="a_to_c", taken="levels")
    >>> table = table.assign(answer=["yes", "no"], row_ids=["a;b", "b;a"])
    >>> table = table.assign(evidence=["printed", "copied"], source_id=["s", "t"])
    >>> said = statement_answers(table)
    >>> said["yes"].estimate, said["yuan_gap_results"].estimate, said["ratio_yes"].estimate
    (1.0, 2.0, 0.0)
    """
    found = distinct_results(table)
    counts = {"results": len(found)}
    counts |= {said: found["answer"].eq(said).sum() for said in ANSWERS}
    for measure in MEASURES:
        own = found[found["measure"].eq(measure)]
        counts |= {f"{measure}_results": len(own), f"{measure}_yes": own["answer"].eq("yes").sum()}
    exact = {name: exact_interval(count) for name, count in counts.items()}
    return Findings(exact, found, ";".join(sorted(set(found["source_id"]))))


def spanned_years(*tables: DataFrame) -> list[int]:
    """The first and the last year of all windows; nothing of tables without a row.

    `tables` as from `pace_specifications` or `scenario_specifications`.

    >>> table = DataFrame({"first_year": [2015, 2014], "last_year": [2022, 2021]})
    >>> spanned_years(table, table.iloc[:0]), spanned_years(table.iloc[:0])
    ([2014, 2022], [])
    """
    years = [
        int(year)
        for table in tables
        if len(table)
        for year in (table["first_year"].min(), table["last_year"].max())
    ]
    return [min(years), max(years)] if years else []


def answer_counts(*tables: DataFrame) -> DataFrame:
    """The answers over distinct results, by statement, measure and evidence.

    `tables` as from `pace_specifications`. Columns: statement, measure, evidence_allowed (the
    strictest that gives a result; `all_options` for all of them), results, yes, no, undecided,
    evidence (the weakest), source_id. Only combinations with a result.

    >>> table = DataFrame({"statement": "gap_widened", "measure": "yuan_gap", "result": [1, 2]})
    >>> table = table.assign(evidence_allowed="printed_only", grades="a_to_c", taken="levels")
    >>> table = table.assign(answer=["yes", "no"], row_ids=["a;b", "b;a"])
    >>> table = table.assign(evidence=["printed", "copied"], source_id=["s", "t"])
    >>> answer_counts(table)[["evidence_allowed", "results", "yes", "no"]].values.tolist()
    [['all_options', 2, 1, 1], ['printed_only', 2, 1, 1]]
    """
    counted = []
    for results in map(distinct_results, tables):
        for (name, measure), rows in results.groupby(["statement", "measure"], sort=False):
            for evidence in (ALL, *EVIDENCE):
                chosen = rows if evidence == ALL else rows[rows["evidence_allowed"].eq(evidence)]
                if len(chosen):
                    keys = {"statement": name, "measure": measure, "evidence_allowed": evidence}
                    found = {said: chosen["answer"].eq(said).sum() for said in ANSWERS}
                    counted.append(keys | {"results": len(chosen)} | found | joined_marks(chosen))
    return DataFrame(counted)


def target_ranges(scenarios: DataFrame) -> DataFrame:
    """The earliest and the latest year in which each target is reached, over distinct results.

    `scenarios` as from `scenario_specifications`. Columns: target, evidence_allowed (as in
    `answer_counts`), results, low, high (the first whole year whose ratio lies at or below the
    target, infinite where that may be never) and kind of the range over all of them, evidence,
    source_id.

    >>> table = DataFrame({"target": 1.6, "low": [2024.6, 2026.2], "high": [2025.0, 2028.3]})
    >>> table = table.assign(result=[1, 2], kind="scenario_range", evidence="printed")
    >>> table = table.assign(evidence_allowed="printed_only", grades="a_to_c", taken="levels")
    >>> table = table.assign(source_id="s")
    >>> target_ranges(table)[["evidence_allowed", "results", "low", "high"]].values.tolist()
    [['all_options', 2, 2025.0, 2029.0], ['printed_only', 2, 2025.0, 2029.0]]
    """
    ranges, results = [], distinct_results(scenarios)
    for target, rows in results.groupby("target", sort=False):
        for evidence in (ALL, *EVIDENCE):
            chosen = rows if evidence == ALL else rows[rows["evidence_allowed"].eq(evidence)]
            if len(chosen):
                keys = {"target": target, "evidence_allowed": evidence, "results": len(chosen)}
                reached = interval_cells(_whole_years(chosen))
                del reached["estimate"]
                ranges.append(keys | reached | joined_marks(chosen))
    return DataFrame(ranges)


def first_target(scenarios: DataFrame) -> Findings:
    """The highest target, and the years in which the scenarios reach it.

    `scenarios` as from `scenario_specifications`, at least one. Results: `target` and `reached`, a
    scenario range over all distinct results, as in `target_ranges`. Table: these results.

    >>> table = DataFrame({"target": 1.6, "low": [2024.6, 2026.2], "high": [2025.0, 2028.3]})
    >>> table = table.assign(result=[1, 2], kind="scenario_range", evidence="printed")
    >>> table = table.assign(evidence_allowed="printed_only", grades="a_to_c", taken="levels")
    >>> table = table.assign(source_id="s")
    >>> first_target(table)["reached"].high
    2029.0
    """
    found = distinct_results(scenarios)
    found = found[found["target"].eq(found["target"].max())].reset_index(drop=True)
    results = {"target": exact_interval(found["target"].iloc[0]), "reached": _whole_years(found)}
    return Findings(results, found, ";".join(sorted(set(found["source_id"]))))


def _whole_years(scenarios: DataFrame) -> Interval:
    """From the earliest to the latest first whole year at or below a target."""
    low, high = scenarios["low"].min(), scenarios["high"].max()
    ends = [math.ceil(round(year, 9)) if math.isfinite(year) else year for year in (low, high)]
    return Interval(*ends, scenarios["kind"].iloc[0])


def joined_marks(rows: DataFrame) -> dict[str, str]:
    """The weakest evidence of some rows, and the ids of all their sources joined by `;`.

    >>> joined_marks(DataFrame({"evidence": ["printed", "claimed"], "source_id": ["b;a", "b"]}))
    {'evidence': 'claimed', 'source_id': 'a;b'}
    """
    ids = {part for cell in rows["source_id"].unique() for part in cell.split(";")}
    return {"evidence": weakest(*rows["evidence"].unique()), "source_id": ";".join(sorted(ids))}
