"""Rules that a table schema cannot say, computed from all tables together.

Each rule is a generator over (table, line, column, found, allowed, remedy, exempt); the index of
a table is the line of each row in its file. Several rules read an income figure as the set of
values that its printed form leaves open (Fellegi and Holt 1976 call such rules edits).
"""

from __future__ import annotations

from indicators.rules.bookkeeping import (
    check_agreement,
    check_crosswalk,
    check_order,
    check_outcomes,
    check_references,
)
from indicators.rules.census import check_census_shares, check_census_sums, check_relations
from indicators.rules.figures import (
    Tables,
    check_bounds,
    check_decimals,
    check_derived,
    check_limits,
)
from indicators.rules.income import check_between, check_ratios, check_urban_weights
from indicators.violation import Violation

__all__ = ["RULES", "find_violations"]

RULES = {
    "a stated ratio agrees with the incomes of its place, period, basis and scope": check_ratios,
    "all-resident income lies between rural and urban income": check_between,
    "the implied urban weight, (all - rural)/(urban - rural), moves slowly": check_urban_weights,
    "a row that is only a bound enters no ratio": check_bounds,
    "a derived row gives its formula and no decimals": check_derived,
    "n_sources counts existing, different sources, and never the article": check_agreement,
    "every id in a list exists": check_references,
    "the outcome of a target exists": check_outcomes,
    "a figure lies within its limits": check_limits,
    "a figure shows the decimals it is said to have": check_decimals,
    "rows stand in the order of the primary key": check_order,
    "the census flag agrees with the crosswalk": check_crosswalk,
    "a pair of the crosswalk joins units of both censuses as its relation says": check_relations,
    "people of the parts add up to the whole, units without a code apart": check_census_sums,
    "the share of old people in the whole is the mean of its parts": check_census_shares,
}


def find_violations(tables: Tables, folder: str = "data") -> list[Violation]:
    """Faults of all rules, by rule and row, each once; exempt rows last.

    `tables` maps the name of every table to its rows as `indicators.tables.load` gives them, but
    with the line of each row as index; `folder` is how their files are called in the faults. A
    row is compared only where its place, period and basis have the figures to compare it with.

    >>> from indicators import tables
    >>> all(fault.exempt for fault in tables.violations())
    True
    """
    found = [
        Violation(f"{folder}/{name}.csv", line, column, wrong, allowed, rule, remedy, exempt)
        for rule, check in RULES.items()
        for name, line, column, wrong, allowed, remedy, exempt in check(tables)
    ]
    return sorted(dict.fromkeys(found), key=lambda fault: fault.exempt)
