"""Convergence clubs of Phillips and Sul: groups of units whose relative levels converge."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from indicators.convergence.log_t import (
    Positions,
    Rows,
    log_t_of,
    regress,
    spread_of,
    undefined,
)
from indicators.convergence.log_t_panel import CRITICAL_T, LogPanel, read_panel
from indicators.inputs import check_flag, check_together

# c* is raised by so much at a time, and not beyond the cap (Sichera and Pizzuto 2019).
STEP = 0.1
CAP = 3.0


@dataclass(frozen=True)
class Club:
    """Units that converge: labels of the panel, highest last year first, and their log-t test."""

    members: tuple[Hashable, ...]
    coef: float
    std_error: float
    t: float


@dataclass(frozen=True)
class MergedClub(Club):
    """A club after merging; `joins` holds the numbers, from 1, of the clubs that it unites."""

    joins: tuple[int, ...]


@dataclass(frozen=True)
class ConvergenceClubs:
    """A partition of the units: `clubs` from the highest down, and `divergent` units.

    `merged` unites neighbours among the clubs that converge together; it is empty if merging was
    not asked for. `discarded` counts the first years that are left out.
    """

    clubs: tuple[Club, ...]
    divergent: tuple[Hashable, ...]
    merged: tuple[MergedClub, ...]
    discarded: int


def convergence_clubs(
    panel: pd.DataFrame | ArrayLike,
    trim: float = 1 / 3,
    c_star: float = 0.0,
    merge: bool = True,
) -> ConvergenceClubs:
    """Sorts the units into clubs; `panel` and `trim` as in `log_t_test`.

    1. Units are ordered by the last year, highest first; equal ones keep their order.
    2. Unless all converge together (t above -1.65), the core is looked for: the first two
       neighbours that converge, and then, of the groups that grow from them downwards as long as
       they converge, the one with the largest t.
    3. Every other unit that has t above `c_star` together with the core joins. If the club then
       fails, c* is raised by 0.1 at a time until it holds, and beyond 3 the core alone is the
       club.
    4. The same is done with the remaining units. Those among whom no two neighbours converge,
       and a single one left over, are divergent.
    5. Clubs are merged in one pass from the top: the next one joins as long as all of them
       together converge.

    The result hangs on `trim` and `c_star`: show `club_sensitivity` beside it. The R package of
    Sichera and Pizzuto (2019) raises c* in the same steps with cstar_method = "incremental", and
    not by default; its core has the largest |t|, which differs where all t lie near 0.

    Raises one ValueError as `log_t_test`, for a c* that is not finite or below -1.65, a `merge`
    that is neither True nor False, and where
    two units that have to be compared are equal in the first year or in one not discarded.
    Source: Phillips and Sul (2007, section 4; 2009, for merging).

    >>> t = np.arange(1, 31)
    >>> off = np.outer([0.3, -0.2, 0.1, -0.3], 1 / (np.log(t + 1) * np.sqrt(t)))
    >>> wave = np.outer([1, -1, 2, 1], np.sin(t)) / 1000
    >>> levels = np.array([[10.0], [10.0], [7.0], [7.0]]) + off + wave
    >>> found = convergence_clubs(pd.DataFrame(levels, index=list("abcd")))
    >>> [club.members for club in found.clubs], found.divergent
    ([('a', 'b'), ('c', 'd')], ())
    """
    read, merge = check_together(
        lambda: read_panel(panel, trim, c_star), lambda: check_flag("merge", merge)
    )
    groups, divergent = _partition(read, c_star)
    clubs = tuple(Club(**_tested(read, group)) for group in groups)
    merged = _merge(read, groups) if merge else ()
    return ConvergenceClubs(clubs, _labels(read, divergent), tuple(merged), read.discarded)


def _labels(panel: LogPanel, group: Positions) -> tuple[Hashable, ...]:
    return tuple(panel.units[position] for position in group)


def _tested(panel: LogPanel, group: Positions) -> dict:
    found = log_t_of(panel, group)
    members = _labels(panel, group[np.argsort(-panel.values[group, -1], kind="stable")])
    return {"members": members, "coef": found.coef, "std_error": found.std_error, "t": found.t}


def _partition(panel: LogPanel, c_star: float) -> tuple[list[Positions], Positions]:
    """The clubs and the divergent units."""
    left = np.argsort(-panel.values[:, -1], kind="stable")
    clubs = []
    while len(left) > 1:
        if not log_t_of(panel, left).rejected:
            return [*clubs, left], left[:0]
        core = _core(panel, left)
        if not len(core):
            break
        club = _sieve(panel, core, left[~np.isin(left, core)], c_star)
        clubs.append(club)
        left = left[~np.isin(left, club)]
    return clubs, left


def _core(panel: LogPanel, order: Positions) -> Positions:
    """The core of units in this order; empty if no two neighbours converge."""
    rows = panel.values[order]
    pairs = _t_values(panel, ((rows[:-1] - rows[1:]) / 2) ** 2, (rows[:-1] + rows[1:]) / 2)
    start = _first(~(pairs <= CRITICAL_T))
    if start == len(pairs):
        return order[:0]
    if np.isnan(pairs[start]):
        raise undefined(panel, order[start : start + 2])
    rows = rows[start:]
    count = np.arange(1, len(rows) + 1)[:, None]
    mean = np.cumsum(rows, axis=0) / count
    # each unit adds to the sum of squares by its distance from the mean of those before
    added = (rows[1:] - mean[:-1]) ** 2 * (count[:-1] / count[1:])
    grown = _t_values(panel, np.cumsum(added, axis=0) / count[1:], mean[1:])
    held = _first(~(grown > CRITICAL_T))
    if held < len(grown) and np.isnan(grown[held]):
        raise undefined(panel, order[start : start + held + 2])
    return order[start : start + int(np.argmax(grown[: max(held, 1)])) + 2]


def _sieve(panel: LogPanel, core: Positions, others: Positions, c_star: float) -> Positions:
    """The core and the units that pass c*, raised until they converge together."""
    rows, n = panel.values[core], len(core)
    mean = rows.mean(axis=0)
    away = panel.values[others] - mean
    total = ((rows - mean) ** 2).sum(axis=0) + away**2 * (n / (n + 1))
    t = _t_values(panel, total / (n + 1), mean + away / (n + 1))
    if np.isnan(t).any():
        raise undefined(panel, np.append(core, others[np.isnan(t)][0]))
    while True:
        club = np.concatenate([core, others[t > c_star]])
        if not log_t_of(panel, club).rejected:
            return club
        if c_star > CAP:
            return core
        c_star += STEP


def _t_values(panel: LogPanel, variance: Rows, mean: Rows) -> Rows:
    """t of many groups from the variance and the mean of each in every year."""
    return regress(spread_of(variance, mean), panel.discarded)[2]


def _first(true: NDArray[np.bool_]) -> int:
    """The first position that is true, or the length if none is."""
    return int(np.argmax(true)) if true.any() else len(true)


def _merge(panel: LogPanel, groups: list[Positions]) -> list[MergedClub]:
    """Neighbours united as long as they converge, in one pass from the top."""
    united: list[tuple[Positions, tuple[int, ...]]] = []
    for number, group in enumerate(groups, 1):
        if united:
            both = np.concatenate([united[-1][0], group])
            if not log_t_of(panel, both).rejected:
                united[-1] = (both, (*united[-1][1], number))
                continue
        united.append((group, (number,)))
    return [MergedClub(**_tested(panel, group), joins=joins) for group, joins in united]
