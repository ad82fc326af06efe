"""The year in which a target is reached, by every combination of choices."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from pandas import DataFrame

from indicators.findings import interval_cells
from indicators.income import SURVEY
from indicators.inputs import check_choice
from indicators.intervals import Interval
from indicators.specification_curve.distinct import number_results
from indicators.specification_curve.stock import Admitted, Stock, admitted_ratios
from indicators.urban_rural_convergence import FORMS, years_to_target
from indicators.urban_rural_convergence.pace import Rows, marks_of, ratio_interval


class ScenarioSpecification(NamedTuple):
    """One option of every choice of a scenario."""

    target: float
    form: str
    evidence_allowed: str
    grades: str
    taken: str
    first_year: int
    last_year: int


def year_reached(stock: Stock, specification: ScenarioSpecification) -> Interval:
    """The year in which the ratio reaches the target if the pace of the window went on.

    A scenario range over the rounding of the two ratios: the last year of the window plus
    `urban_rural_convergence.years_to_target`. Infinite where the ratio did not fall. Raises
    ValueError for options that the page does not combine, and for a year that they do not admit.

    >>> from indicators import evidence, tables
    >>> from indicators.specification_curve import Choices, load_stock
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> stock = load_stock(rows, Choices("330100", extra="none", grades="a_to_c", taken="levels"))
    >>> chosen = ("linear", "printed_only", "a_to_c", "levels")
    >>> reached = year_reached(stock, ScenarioSpecification(1.6, *chosen, 2014, 2022))
    >>> round(reached.low, 1), reached.kind
    (2026.4, 'scenario_range')
    """
    first, last = window = specification[-2:]
    # targets are ratios of the survey of today
    admitted = Admitted(SURVEY, *specification[2:5])
    own = admitted_ratios(stock, admitted, stock.choices.place, window)
    check_choice("form", specification.form, FORMS)
    start, end = ratio_interval(own[first]), ratio_interval(own[last])
    years = years_to_target(start, end, last - first, specification.target, (specification.form,))
    return years + last


def _ratios(stock: Stock, evidence: str, grades: str, taken: str) -> Rows:
    found = stock.ratios.get(Admitted(SURVEY, evidence, grades, taken), {})
    return found.get(stock.choices.place, {})


def scenario_specifications(stock: Stock) -> DataFrame:
    """Every scenario of the page, with the year in which it reaches its target.

    A scenario starts from the last ratio that its choices admit; its pace is that of a window which
    ends there. Columns: those of `ScenarioSpecification` (form as `linear_form`, ...); low,
    estimate, high and kind of the year; evidence; source_id; row_ids; result and data_set (numbers
    of the distinct ones). Empty without a target or a window.

    >>> from indicators import evidence, tables
    >>> from indicators.specification_curve import Choices, load_stock
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> stock = load_stock(rows, Choices("330100", extra="none", grades="a_to_c", taken="levels"))
    >>> found = scenario_specifications(stock)
    >>> sorted(set(found["first_year"])), set(found["last_year"]), len(found)
    ([2014, 2015, 2016, 2017], {2022}, 24)
    """
    table = [_row(stock, one) for one in _combinations(stock)]
    columns = [*ScenarioSpecification._fields, *_FOUND]
    return number_results(DataFrame(table, columns=columns), ["target"])


_FOUND = ("low", "estimate", "high", "kind", "evidence", "source_id", "row_ids")


def _combinations(stock: Stock) -> Iterator[ScenarioSpecification]:
    choices = stock.choices
    for admitted in product(choices.evidence, choices.grades, choices.taken):
        years = sorted(_ratios(stock, *admitted))
        starts = [year for year in years if years[-1] - year >= choices.least_years]
        for target, form, first in product(stock.targets, choices.forms, starts):
            yield ScenarioSpecification(target, form, *admitted, first, years[-1])


def _row(stock: Stock, specification: ScenarioSpecification) -> dict[str, Any]:
    own = _ratios(stock, *specification[2:5])
    used = [own[year] for year in specification[-2:]]
    cells = specification._asdict() | {"form": f"{specification.form}_form"}
    ids = {"row_ids": ";".join(row.row_ids for row in used)}
    return cells | interval_cells(year_reached(stock, specification)) | marks_of(*used) | ids
