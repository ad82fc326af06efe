"""Which choice matters: what each one changes on its own, all others held."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import pandas as pd
from pandas import DataFrame

from indicators.findings import Findings, exact_interval
from indicators.specification_curve.counts import joined_marks
from indicators.specification_curve.paces import PaceSpecification
from indicators.specification_curve.scenarios import ScenarioSpecification
from indicators.specification_curve.statements import STATEMENTS

FASTER = "faster_than_either"
_COMPARING = tuple(name for name, said in STATEMENTS.items() if said.compared_with)

_EFFECTS = [
    "statement", "choice", "pairs_compared", "flips", "to_undecided", "evidence", "source_id",
]  # fmt: skip


def answer_effects(*tables: DataFrame) -> DataFrame:
    """How often a change of one choice alone changes the answer to a statement.

    `tables` as from `pace_specifications`. Counted are pairs of distinct results that differ in one
    choice alone, each pair once. Columns: statement, choice, pairs_compared, flips (yes to no or
    back), to_undecided (one of the two is undecided), evidence (the weakest), source_id. A choice
    that makes no pair is no row: evidence and basis only say which windows there are.
    `faster_than_either` has the pairs that differ in the place compared with.

    >>> chosen = {"basis": "b", "evidence_allowed": "printed_only", "grades": "g", "taken": "t"}
    >>> table = DataFrame({"measure": ["ratio", "log_ratio"], "answer": ["no", "yes"]})
    >>> table = table.assign(compared_with="100000", first_year=2014, last_year=2022, **chosen)
    >>> table = table.assign(statement="faster_than_china", result=[1, 2], evidence="printed")
    >>> table = table.assign(source_id="s")
    >>> answer_effects(table)[["choice", "pairs_compared", "flips"]].values.tolist()
    [['measure', 1, 1]]
    """
    effects = []
    for table in tables:
        names = [name for name in PaceSpecification._fields if name != "compared_with"]
        for choice in names:
            others = [name for name in names if name != choice]
            effects += _answers(table, table["statement"].iloc[:1].tolist(), choice, others)
    compared = [table for table in tables if table["compared_with"].ne("").any()]
    if len(compared) > 1:
        pooled = pd.concat(compared, ignore_index=True)
        pooled["result"] = pooled.groupby(["statement", "result"]).ngroup()
        others = [name for name in PaceSpecification._fields if name != "compared_with"]
        effects += _answers(pooled, [FASTER], "compared_with", others)
    return DataFrame(effects, columns=_EFFECTS)


def _answers(
    table: DataFrame, name: list[str], choice: str, others: Sequence[str]
) -> list[dict[str, object]]:
    said = table["answer"].tolist()
    pairs = [{said[one], said[other]} for one, other in changed_pairs(table, choice, others)]
    if not pairs:
        return []
    counts = {
        "pairs_compared": len(pairs),
        "flips": sum(pair == {"yes", "no"} for pair in pairs),
        "to_undecided": sum(len(pair) == 2 and "undecided" in pair for pair in pairs),
    }
    return [{"statement": name[0], "choice": choice} | counts | joined_marks(table)]


def choice_flips(effects: DataFrame) -> Findings:
    """How often a choice alone turns an answer round, over both statements that compare places.

    `effects` as from `answer_effects`. Results: `measure`, `window` (its first or its last year),
    `grades`, `taken` and `compared_with`, each a count of flips, and `<choice>_pairs`, the pairs
    compared; 0 where a choice makes none. Table: the rows counted.

    >>> chosen = {"basis": "b", "evidence_allowed": "printed_only", "grades": "g", "taken": "t"}
    >>> table = DataFrame({"measure": ["ratio", "log_ratio"], "answer": ["no", "yes"]})
    >>> table = table.assign(compared_with="100000", first_year=2014, last_year=2022, **chosen)
    >>> table = table.assign(statement="faster_than_china", result=[1, 2], evidence="printed")
    >>> table = table.assign(source_id="s")
    >>> flips = choice_flips(answer_effects(table))
    >>> flips["measure"].estimate, flips["window_pairs"].estimate
    (1.0, 0.0)
    """
    compared = effects[effects["statement"].isin([*_COMPARING, FASTER])]
    results = {}
    for name in ("measure", "window", "grades", "taken", "compared_with"):
        choices = ("first_year", "last_year") if name == "window" else (name,)
        rows = compared[compared["choice"].isin(choices)]
        results[name] = exact_interval(rows["flips"].sum())
        results[f"{name}_pairs"] = exact_interval(rows["pairs_compared"].sum())
    return Findings(results, compared, ";".join(sorted(set(compared["source_id"]))))


def year_effects(scenarios: DataFrame) -> DataFrame:
    """By how many years a change of one choice alone moves the year of a target at most.

    `scenarios` as from `scenario_specifications`. Columns: choice, pairs_compared (as in
    `answer_effects`), largest_change (years, between the points; infinite where only one of the two
    is ever reached), evidence, source_id. The last year of a window goes with the evidence, and is
    no choice of its own.

    >>> table = DataFrame({"form": ["linear_form", "log_form"], "estimate": [2025.5, 2026.0]})
    >>> chosen = {"evidence_allowed": "printed_only", "grades": "a_to_c", "taken": "levels"}
    >>> table = table.assign(target=1.6, first_year=2014, result=[1, 2], **chosen)
    >>> table = table.assign(evidence="printed", source_id="s")
    >>> year_effects(table)[["choice", "pairs_compared", "largest_change"]].values.tolist()
    [['form', 1, 0.5]]
    """
    names = [name for name in ScenarioSpecification._fields if name != "last_year"]
    # a scenario that never arrives has no point
    years, effects = scenarios["estimate"].fillna(math.inf).tolist(), []
    for choice in names:
        others = [name for name in names if name != choice]
        pairs = list(changed_pairs(scenarios, choice, others))
        if pairs:
            # both may be infinite, and are then the same
            moved = [
                abs(years[one] - years[other]) if years[one] != years[other] else 0.0
                for one, other in pairs
            ]
            keys = {"choice": choice, "pairs_compared": len(pairs), "largest_change": max(moved)}
            effects.append(keys | joined_marks(scenarios))
    return DataFrame(effects)


def changed_pairs(
    table: DataFrame, choice: str, others: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Places of rows that differ in one choice alone and are two results, each such pair once.

    >>> table = DataFrame({"form": ["a", "b", "b"], "first_year": [1, 1, 2], "result": [1, 2, 3]})
    >>> list(changed_pairs(table, "form", ["first_year"]))
    [(0, 1)]
    """
    groups = defaultdict(list)
    for place, key in enumerate(zip(*(table[name].tolist() for name in others), strict=True)):
        groups[key].append(place)
    options, results, seen = table[choice].tolist(), table["result"].tolist(), set()
    for places in groups.values():
        for one, other in combinations(places, 2):
            pair = frozenset((results[one], results[other]))
            if options[one] != options[other] and len(pair) == 2 and pair not in seen:
                seen.add(pair)
                yield one, other
