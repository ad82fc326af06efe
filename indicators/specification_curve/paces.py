"""The pace of a place by every combination of choices: one plain call of the chapter for each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from pandas import DataFrame

from indicators.findings import interval_cells
from indicators.inputs import check_choice
from indicators.intervals import Interval
from indicators.specification_curve.distinct import number_results
from indicators.specification_curve.statements import answer, statement
from indicators.specification_curve.stock import Admitted, Stock, admitted_ratios
from indicators.urban_rural_convergence import MEASURES, window_difference, window_pace
from indicators.urban_rural_convergence.pace import Rows, marks_of
from indicators.urban_rural_convergence.windows import long_windows


class PaceSpecification(NamedTuple):
    """One option of every choice; `compared_with` is empty where the place stands alone."""

    compared_with: str
    measure: str
    basis: str
    evidence_allowed: str
    grades: str
    taken: str
    first_year: int
    last_year: int


def pace_of(stock: Stock, specification: PaceSpecification) -> Interval | None:
    """The pace a year of the place, minus that of the other where there is one.

    Units as in `urban_rural_convergence.window_pace`; None where the incomes that the measure needs
    are not printed. Raises ValueError for options that the page does not combine, and for a year
    that they do not admit.

    >>> from indicators import evidence, tables
    >>> from indicators.specification_curve import Choices, load_stock
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> stock = load_stock(rows, Choices("330100", extra="none", grades="a_to_c", taken="levels"))
    >>> chosen = ("integrated_survey", "printed_only", "a_to_c", "levels")
    >>> pace = pace_of(stock, PaceSpecification("100000", "log_ratio", *chosen, 2014, 2022))
    >>> round(pace.estimate, 3), pace.kind
    (0.136, 'rounding_interval')
    """
    parts, window = _parts(stock, specification), specification[-2:]
    take = window_difference if specification.compared_with else window_pace
    return take(*parts, window, check_choice("measure", specification.measure, MEASURES))


def _parts(stock: Stock, specification: PaceSpecification) -> list[Rows]:
    """The admitted ratios of the place, and of the one it is set beside."""
    admitted, years = Admitted(*specification[2:6]), specification[-2:]
    places = [stock.choices.place, *filter(None, [specification.compared_with])]
    return [admitted_ratios(stock, admitted, place, years) for place in places]


def pace_specifications(stock: Stock, name: str) -> DataFrame:
    """Every specification that answers a statement, with its number and its answer.

    Columns: those of `PaceSpecification`; low, estimate, high and kind of the pace; statement;
    answer (yes, no, undecided); evidence; source_id; row_ids (of the figures really used); result
    and data_set (numbers of the distinct ones). An impossible combination is no row: a window that
    one of the places does not print, or a gap in yuan without incomes. Raises ValueError for a
    statement that is true by construction, and for an unknown one.

    >>> from indicators import evidence, tables
    >>> from indicators.specification_curve import Choices, load_stock
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> stock = load_stock(rows, Choices("330100", extra="none", grades="a_to_c", taken="levels"))
    >>> found = pace_specifications(stock, "gap_widened")
    >>> found[["first_year", "last_year", "answer"]].values.tolist()[0]
    [2014, 2017, 'yes']
    """
    known: dict[tuple, dict[str, Any] | None] = {}
    table = []
    for one in _combinations(stock, statement(name).compared_with):
        used = [part[year] for part in _parts(stock, one) for year in one[-2:]]
        figures = (one.measure, *(row.row_ids for row in used))
        # the same figures give the same number, so that it is computed once
        if figures not in known:
            known[figures] = _found(pace_of(stock, one), used, name)
        if known[figures]:
            table.append(one._asdict() | known[figures])
    columns = [*PaceSpecification._fields, *_CELLS]
    return number_results(DataFrame(table, columns=columns), ["compared_with", "measure"])


_CELLS = (
    "low", "estimate", "high", "kind", "statement", "answer", "evidence", "source_id", "row_ids",
)  # fmt: skip


def _combinations(stock: Stock, other: str) -> Iterator[PaceSpecification]:
    choices = stock.choices
    if other and other not in choices.compared_with:
        return
    measures = choices.measures if other else ("yuan_gap",)
    for admitted in product(choices.bases, choices.evidence, choices.grades, choices.taken):
        found = stock.ratios[Admitted(*admitted)]
        years = set.intersection(*(set(found[place]) for place in (choices.place, other) if place))
        windows = long_windows(sorted(years), sorted(years), choices.least_years)
        for window, measure in product(windows, measures):
            # a gap is one of incomes, so that it has no stated form
            if measure != "yuan_gap" or admitted[-1] == "levels":
                yield PaceSpecification(other, measure, *admitted, *window)


def _found(pace: Interval | None, used: list[Any], name: str) -> dict[str, Any] | None:
    """The cells of a specification that its figures decide."""
    if pace is None:
        return None
    said = {"statement": name, "answer": answer(name, pace)}
    ids = {"row_ids": ";".join(row.row_ids for row in used)}
    return interval_cells(pace) | said | marks_of(*used) | ids
