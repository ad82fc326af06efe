"""How much a partition into convergence clubs hangs on the trim and on c*."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import linear_sum_assignment

from indicators.convergence.clubs import ConvergenceClubs, convergence_clubs
from indicators.convergence.log_t_panel import read_panel
from indicators.inputs import check_together, read_numbers, shown

DIVERGENT = 0


def club_sensitivity(
    panel: pd.DataFrame | ArrayLike,
    trims: Sequence[float] = (1 / 3, 0.2, 0.25, 0.3, 0.4),
    c_stars: Sequence[float] = (0.0,),
) -> pd.DataFrame:
    """The partition at every trim and c*; the first of both is what the others are compared with.

    `panel` as in `log_t_test`. One row for each pair, in the order given: trim, c_star, discarded
    (years), initial (clubs before merging), clubs (after it), divergent (units), sizes (of the
    clubs, from the highest down, as text), and moved: the fewest units that would have to go into
    another club, or into or out of the divergent ones, to make the partition the first row's.
    0 says that the partitions are equal.

    Raises one ValueError as `convergence_clubs`, and for a list that is empty or holds a number
    twice.

    >>> t = np.arange(1, 31)
    >>> off = np.outer([0.3, -0.2, 0.1, -0.3], 1 / (np.log(t + 1) * np.sqrt(t)))
    >>> wave = np.outer([1, -1, 2, 1], np.sin(t)) / 1000
    >>> levels = np.array([[10.0], [10.0], [7.0], [7.0]]) + off + wave
    >>> club_sensitivity(levels, trims=[0.3, 0.2])[["trim", "clubs", "sizes", "moved"]]
       trim  clubs sizes  moved
    0   0.3      2  2, 2      0
    1   0.2      2  2, 2      0
    """
    check_together(
        *(
            lambda name=name, given=given: _check_numbers(name, given)
            for name, given in {"trims": trims, "c_stars": c_stars}.items()
        ),
        lambda: read_panel(panel, 1 / 3),
    )
    found = {pair: convergence_clubs(panel, *pair) for pair in product(trims, c_stars)}
    first = next(iter(found.values()))
    return pd.DataFrame(
        {
            "trim": trim,
            "c_star": c_star,
            "discarded": clubs.discarded,
            "initial": len(clubs.clubs),
            "clubs": len(clubs.merged),
            "divergent": len(clubs.divergent),
            "sizes": ", ".join(str(len(club.members)) for club in clubs.merged),
            "moved": _moved(first, clubs),
        }
        for (trim, c_star), clubs in found.items()
    )


def _check_numbers(name: str, given: Sequence[float]) -> None:
    allowed = "at least one number, each once"
    numbers = read_numbers(name, given, allowed)
    if numbers.ndim != 1 or not numbers.size or len(np.unique(numbers)) < numbers.size:
        raise ValueError(f"{name} holds {shown(given)}; allowed: {allowed}")


def _moved(first: ConvergenceClubs, other: ConvergenceClubs) -> int:
    """Units outside the best one-to-one match of the clubs; divergent match divergent only."""
    before, after = _numbers(first), _numbers(other)
    shared = np.zeros((len(first.merged) + 1, len(other.merged) + 1), int)
    for unit, number in before.items():
        shared[number, after[unit]] += 1
    clubs = shared[1:, 1:]
    matched = clubs[linear_sum_assignment(clubs, maximize=True)].sum()
    return int(len(before) - matched - shared[DIVERGENT, DIVERGENT])


def _numbers(clubs: ConvergenceClubs) -> dict[Hashable, int]:
    numbers = dict.fromkeys(clubs.divergent, DIVERGENT)
    for number, club in enumerate(clubs.merged, 1):
        numbers |= dict.fromkeys(club.members, number)
    return numbers
