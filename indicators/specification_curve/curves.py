"""The distinct results in the order in which the curves draw them."""

from __future__ import annotations

from pandas import DataFrame, concat

from indicators.findings import DECIMALS
from indicators.specification_curve.distinct import distinct_results
from indicators.specification_curve.statements import STATEMENTS
from indicators.urban_rural_convergence.choices import PACE_UNITS

_CHOSEN = ["evidence_allowed", "grades", "taken", "first_year", "last_year"]
_FOUND = [
    "low", "estimate", "high", "kind", "specifications", "data_set", "evidence", "source_id",
]  # fmt: skip


def pace_curve(*tables: DataFrame) -> DataFrame:
    """The paces beside other places, one row for each distinct result, by measure and estimate.

    `tables` as from `pace_specifications`, of statements that compare. Columns: measure, unit,
    curve_rank (from the lowest estimate, by measure), compared_with, basis, evidence_allowed,
    grades, taken, first_year, last_year, low, estimate, high, kind, closed (faster, slower,
    no_difference), specifications (how many combinations give the result), data_set, evidence,
    source_id.

    >>> from indicators import evidence, tables
    >>> from indicators.specification_curve import Choices, load_stock
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> stock = load_stock(rows, Choices("330100", extra="none", grades="a_to_c", taken="levels"))
    >>> from indicators.specification_curve.paces import pace_specifications
    >>> found = pace_curve(pace_specifications(stock, "faster_than_china"))
    >>> found[["measure", "curve_rank", "closed"]].values.tolist()[0]
    ['ratio', 1, 'faster']
    """
    parts = []
    for found in map(distinct_results, tables):
        words = {name: {"yes": said.holds, "no": said.fails} for name, said in STATEMENTS.items()}
        closed = [
            words[row.statement].get(row.answer, "no_difference") for row in found.itertuples()
        ]
        parts.append(found.assign(closed=closed))
    found = concat(parts, ignore_index=True)
    found["data_set"] = found.groupby(["compared_with", "data_set"], sort=False).ngroup() + 1
    columns = ["compared_with", "basis", *_CHOSEN, *_FOUND]
    columns.insert(columns.index("kind") + 1, "closed")
    found["unit"] = found["measure"].map(PACE_UNITS)
    return _ranked(found, "measure")[["measure", "unit", "curve_rank", *columns]]


def scenario_curve(scenarios: DataFrame) -> DataFrame:
    """The years in which targets are reached, one row for each distinct result, by target and year.

    `scenarios` as from `scenario_specifications`. Columns: target, curve_rank (from the earliest
    year, by target), form, evidence_allowed, grades, taken, first_year, last_year, low, estimate,
    high (years, infinite where the ratio did not fall), kind, specifications, data_set, evidence,
    source_id.

    >>> from indicators import evidence, tables
    >>> from indicators.specification_curve import Choices, load_stock
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> stock = load_stock(rows, Choices("330100", extra="none", grades="a_to_c", taken="levels"))
    >>> from indicators.specification_curve.scenarios import scenario_specifications
    >>> found = scenario_curve(scenario_specifications(stock))
    >>> found[["target", "form", "first_year"]].values.tolist()[0]
    [1.6, 'linear_form', 2017]
    """
    found = _ranked(distinct_results(scenarios), "target")
    return found[["target", "curve_rank", "form", *_CHOSEN, *_FOUND]]


def _ranked(found: DataFrame, panel: str) -> DataFrame:
    """The rows in the order of their estimates within each panel; panels as they come."""
    order = {name: number for number, name in enumerate(dict.fromkeys(found[panel]))}
    found = found.assign(_panel=found[panel].map(order))
    found = found.sort_values(["_panel", "estimate", "result"], kind="stable", ignore_index=True)
    ranks = found.groupby("_panel").cumcount() + 1
    return found.assign(curve_rank=ranks).drop(columns="_panel").round(DECIMALS)
