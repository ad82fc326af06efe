"""The annual ratios that specifications share, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from pandas import DataFrame

from indicators import urban_rural_convergence as convergence
from indicators.inputs import check_choice
from indicators.specification_curve.choices import EVIDENCE, Choices
from indicators.urban_rural_convergence.pace import Rows
from indicators.urban_rural_convergence.points import (
    SOLID_GRADES,
    Points,
    join_points,
    place_ratios,
)


class Admitted(NamedTuple):
    """The choices that decide which ratio of a year a specification takes, if any."""

    basis: str
    evidence_allowed: str
    grades: str
    taken: str


@dataclass(frozen=True)
class Stock:
    """The ratios of a place and of those it is set beside, for all choices that change them.

    `ratios` holds them by these choices, then by place and year; `targets` are the ratios aimed at.
    """

    choices: Choices
    ratios: Mapping[Admitted, Mapping[str, Rows]]
    targets: tuple[float, ...]


def load_stock(rows: DataFrame, choices: Choices) -> Stock:
    """The ratios of all specifications of a page.

    `rows` of the table `income`, as from `mark_rows`. Under the grades A to C a figure of grade D
    is left out before a ratio is taken; that of the article is left to the choice of evidence. The
    targets are those of the place's own page, none where it has no window.

    >>> from indicators import evidence, tables
    >>> income = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> stock = load_stock(income, Choices("330100"))
    >>> stock.targets
    (1.6, 1.5)
    >>> claimed = Admitted("integrated_survey", "with_claim", "a_to_c", "levels")
    >>> list(stock.ratios[claimed]["330100"])
    [2014, 2015, 2016, 2017, 2021, 2022, 2024]
    """
    solid = rows["grade"].isin(SOLID_GRADES) | rows["evidence"].eq("claimed")
    kept = {"a_to_c": rows[solid], "with_d": rows}
    ratios = {}
    for grades, taken in product(dict.fromkeys(choices.grades), dict.fromkeys(choices.taken)):
        shared = place_ratios(kept[grades], choices.chapter(taken=taken))
        for basis in dict.fromkeys(choices.bases):
            found = _by_place(join_points(shared, choices.chapter(basis=basis)), choices)
            for evidence in choices.evidence:
                admitted = Admitted(basis, evidence, grades, taken)
                ratios[admitted] = _shown(found, choices.chapter(extra=EVIDENCE[evidence]))
    return Stock(choices, ratios, _targets(rows, choices))


def _by_place(points: Points, choices: Choices) -> dict[str, Rows]:
    return {place: points.main(place) for place in (choices.place, *choices.compared_with)}


def _shown(found: dict[str, Rows], chapter: convergence.Choices) -> dict[str, Rows]:
    return {
        place: {year: row for year, row in own.items() if chapter.shows(row.evidence)}
        for place, own in found.items()
    }


def admitted_ratios(stock: Stock, admitted: Admitted, place: str, years: tuple[int, int]) -> Rows:
    """The ratios of a place by year that one combination of choices admits.

    Raises ValueError for choices that the page does not combine, another place, and `years` that
    are no window of admitted ones.
    """
    if admitted not in stock.ratios:
        known = ", ".join(sorted({"/".join(one) for one in stock.ratios}))
        raise ValueError(f"choices = {'/'.join(map(str, admitted))}; allowed: {known}")
    found = stock.ratios[admitted]
    own = found[check_choice("place", place, tuple(found))]
    if not (set(years) <= set(own) and years[0] < years[1]):
        raise ValueError(
            f"window of {place} = {years[0]} to {years[1]}; allowed: two of the years "
            f"{', '.join(map(str, sorted(own)))}, the earlier one first"
        )
    return own


def _targets(rows: DataFrame, choices: Choices) -> tuple[float, ...]:
    page = choices.chapter()
    points = convergence.load_points(rows, page)
    if page.targets is None and convergence.page_window(points, page) is None:
        return ()
    return convergence.page_targets(points, page)
