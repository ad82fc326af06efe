"""Which specifications are one result: the same number from the same figures."""

from __future__ import annotations

import pandas as pd
from pandas import DataFrame, Series

from indicators.income import TAKEN
from indicators.specification_curve.choices import EVIDENCE, GRADES

_DIGITS = 9  # what differs only by the order of additions is one number
# From the strictest to the laxest option: a result is shown under the strictest that gives it.
_STRICTNESS = {"evidence_allowed": tuple(EVIDENCE), "grades": GRADES, "taken": TAKEN}


def number_results(table: DataFrame, quantity: list[str]) -> DataFrame:
    """The rows with columns result and data_set: numbers that equal rows share, from 1 up.

    `quantity` are the columns that say what the number is of. A data set is the set of the figures
    that were really used, `row_ids`.

    >>> table = DataFrame({"measure": "ratio", "low": [1, 1, 2], "row_ids": ["a;b", "b;a", "a;b"]})
    >>> table = table.assign(estimate=table["low"], high=table["low"])
    >>> number_results(table, ["measure"])[["result", "data_set"]].values.tolist()
    [[1, 1], [1, 1], [2, 1]]
    """
    sets = Series([frozenset(ids.split(";")) for ids in table["row_ids"]], dtype=object)
    numbers = [table[name].round(_DIGITS) for name in ("low", "estimate", "high")]
    columns = [*(table[name] for name in quantity), *numbers, sets]
    keys = zip(*(column.tolist() for column in columns), strict=True)
    return table.assign(result=_codes(list(keys)), data_set=_codes(sets.tolist()))


def _codes(keys: list) -> list[int]:
    return (pd.factorize(Series(keys, dtype=object))[0] + 1).tolist()


def distinct_results(table: DataFrame) -> DataFrame:
    """One row for each result, under the strictest choices that give it.

    `table` as from `number_results`, with the columns evidence_allowed, grades and taken. One more
    column: specifications (how many rows of the table are this result).

    >>> table = DataFrame({"result": [1, 1], "grades": ["with_d", "a_to_c"], "taken": "levels"})
    >>> distinct_results(table.assign(evidence_allowed="printed_only")).values.tolist()[0]
    [1, 'a_to_c', 'levels', 'printed_only', 2]
    """
    ranks = {
        f"_{name}": table[name].map({option: rank for rank, option in enumerate(order)})
        for name, order in _STRICTNESS.items()
    }
    ordered = table.assign(
        specifications=table.groupby("result")["result"].transform("size"), **ranks
    ).sort_values(list(ranks), kind="stable")
    first = ordered.drop_duplicates("result").drop(columns=list(ranks))
    return first.sort_values("result", kind="stable").reset_index(drop=True)
