"""Theil's inequality between the units, and between town and country within them."""

from __future__ import annotations

import numpy as np
from pandas import DataFrame

from indicators.findings import Findings, exact_interval, round_table
from indicators.inequality import MEASURES, atkinson, gini, theil_decomposition, theil_l, theil_t
from indicators.panel_convergence.choices import Choices
from indicators.panel_convergence.held import computed_mark, end_levels, joined_sources, page_window

_BETWEEN = {"theil_t": theil_t, "theil_l": theil_l, "gini": gini, "atkinson": atkinson}
_NEEDED = ["urban", "rural", "population", "urban_population"]


def between_units(panel: DataFrame, choices: Choices) -> Findings:
    """Inequality between the units, in the first and the last year of the page.

    Theil's T and L, Gini's coefficient and Atkinson's measure for an aversion of 0.5. A unit counts
    as one, or by its people of the first year. Only means enter: by people, all are LOWER BOUNDS on
    the inequality among people, and by units they say nothing about people. Results `theil_first`
    and `theil_last` (T), exact. Table: inequality_measure, n, theil_first, theil_last, evidence,
    source_id.

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> sorted(between_units(panel, Choices()).results)[:2]
    ['theil_first', 'theil_last']
    """
    ends = end_levels(panel, choices)
    weights = ends["population"] if choices.weighted else None
    table = []
    for name, measure in _BETWEEN.items():
        table.append(
            {
                "inequality_measure": name,
                "n": len(ends),
                "theil_first": measure(ends["initial"], weights=weights),
                "theil_last": measure(ends["final"], weights=weights),
                "evidence": computed_mark(ends["evidence"]),
                "source_id": joined_sources(ends["source_id"]),
            }
        )
    results = {
        f"theil_{date}": exact_interval(table[0][f"theil_{date}"]) for date in ("first", "last")
    }
    return Findings(results, round_table(table), table[0]["source_id"])


def parts_held(panel: DataFrame, choices: Choices) -> DataFrame:
    """The rows of units that hold both incomes and both populations in the page's two years.

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> len(parts_held(panel, Choices()))
    0
    """
    years = page_window(panel, choices)
    rows = panel[panel["year"].isin(years)].dropna(subset=_NEEDED)
    return rows[rows.groupby("unit")["year"].transform("size").eq(len(years))]


def theil_parts(panel: DataFrame, choices: Choices) -> DataFrame:
    """Inequality among residents, between the units and between town and country within them.

    The units of `parts_held` count by their people of each year. Incomes differ within a town and
    within a village too, so that every part but that between the units, whose means are known, is
    a LOWER BOUND. Columns: inequality_measure, part (between_units, within_units, both_parts), n,
    theil_first, theil_last, change, evidence, source_id.

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> people = {"population": 100.0, "urban_population": 60.0}
    >>> theil_parts(panel.assign(**people), Choices())["part"].unique().tolist()
    ['between_units', 'within_units', 'both_parts']
    """
    rows = parts_held(panel, choices)
    years = page_window(panel, choices)
    marks = {
        "evidence": computed_mark(rows["evidence"]),
        "source_id": joined_sources(rows["source_id"]),
    }
    table = []
    for measure in MEASURES:
        found = [_decomposed(rows[rows["year"].eq(year)], measure) for year in years]
        for part, name in (
            ("between_units", "between"), ("within_units", "within"), ("both_parts", "total"),
        ):  # fmt: skip
            first, last = (getattr(one, name) for one in found)
            head = {
                "inequality_measure": f"theil_{measure}",
                "part": part,
                "n": rows["unit"].nunique(),
            }
            cells = {"theil_first": first, "theil_last": last, "change": last - first}
            table.append(head | cells | marks)
    return round_table(table)


def _decomposed(rows: DataFrame, measure: str):
    urban = rows["urban_population"].to_numpy()
    people = np.concatenate([urban, rows["population"].to_numpy() - urban])
    incomes = np.concatenate([rows["urban"], rows["rural"]])
    return theil_decomposition(incomes, [*rows["unit"], *rows["unit"]], people, measure)
