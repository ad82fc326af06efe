"""How a part of a year says something about the ratio of the whole year."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indicators.intervals import Interval
from indicators.urban_rural_convergence.levels import PARTS, Level, Levels

# What is taken to stay the same when the relation of two ratios carries over to a third.
_CARRY: dict[str, Callable[[float, float, float], float]] = {
    "same_ratio": lambda start, before, after: start * after / before,
    "same_difference": lambda start, before, after: start + after - before,
    "same_gap_ratio": lambda start, before, after: 1 + (start - 1) * (after - 1) / (before - 1),
    "same_log_ratio": lambda start, before, after: start ** (math.log(after) / math.log(before)),
}
FORMS = tuple(_CARRY)


class Step(NamedTuple):
    """A part of a year and its counterpart: `before` is to `after` as the start is to the result.

    Where `growth` is given (that of urban over that of rural income), `before` is `after` over
    growth, and is not known otherwise.
    """

    year: int
    window: str
    after: Interval
    before: Interval | None
    growth: Interval | None
    used: tuple[Level, ...]


@dataclass(frozen=True)
class Path:
    """A starting ratio and the steps from it; what a route is made of."""

    base: int
    start: Interval
    steps: tuple[Step, ...]
    used: tuple[Level, ...]  # everything the path rests on, the start first

    def carry(self, form: str) -> Interval:
        """The ratio at the end of the path, if `form` stays the same at every step."""
        reached = self.start
        for step in self.steps:
            reached = _carry(form, reached, step)
        return reached


def _carry(form: str, start: Interval, step: Step) -> Interval:
    """Extremes at the corners, because every form is monotone in each ratio above 1."""
    other = step.before or step.growth
    given = (start, other, step.after)
    if min(start.low, step.after.low, step.before.low if step.before else 2) <= 1:
        raise ValueError(
            f"found a ratio of 1 or less for {step.year} ({step.window}); allowed: ratios above 1"
        )

    def at(first: float, second: float, after: float) -> float:
        before = second if step.before else after / second
        return _CARRY[form](first, before, after)

    ends = [at(*point) for point in itertools.product(*((one.low, one.high) for one in given))]
    return Interval(min(ends), max(ends), start.kind, at(*(one.estimate for one in given)))


def wedge_paths(
    levels: Levels, year: int, windows: Sequence[str] = PARTS, printed_only: bool = False
) -> list[Path]:
    """From the whole of an earlier year to the year by the part of both: one path a base year.

    Takes the longest part of the year that has such a base; none gives an empty list.
    """
    for window in windows:
        after = levels.ratio(f"{year}{window}")
        paths = []
        for base in levels.years() if after else []:
            start, before = levels.ratio(str(base)), levels.ratio(f"{base}{window}")
            if base < year and before:
                used = (*start[1], *before[1], *after[1])
                step = Step(year, window, after[0], before[0], None, used)
                paths.append(Path(base, start[0], (step,), used))
        if printed_only:
            paths = [path for path in paths if is_printed(path.used)]
        if paths:
            return paths
    return []


def chain_path(levels: Levels, year: int, windows: Sequence[str] = PARTS) -> Path | None:
    """From the last year before with printed incomes, year by year; None where a step is missing.

    `missing_steps` says which.
    """
    base = last_printed(levels, year)
    if base is None or missing_steps(levels, base, year, windows):
        return None
    start, pair = levels.ratio(str(base))
    steps = tuple(_step(levels, one, windows) for one in range(base + 1, year + 1))
    used = (*pair, *itertools.chain(*(step.used for step in steps)))
    return Path(base, start, steps, used)


def last_printed(levels: Levels, year: int) -> int | None:
    """The last year before `year` with both incomes printed."""
    years = [
        one
        for one in levels.years()
        if one < year and levels.pair(str(one)) and is_printed(levels.pair(str(one)))
    ]
    return max(years, default=None)


def missing_steps(
    levels: Levels, base: int, year: int, windows: Sequence[str] = PARTS
) -> tuple[int, ...]:
    """The years after `base` for which no part says how the ratio changed."""
    return tuple(one for one in range(base + 1, year + 1) if _step(levels, one, windows) is None)


def is_printed(used: Sequence[Level]) -> bool:
    """Whether every figure is printed by some source, none derived."""
    return all(level.evidence in ("printed", "copied") for level in used)


def _step(levels: Levels, year: int, windows: Sequence[str]) -> Step | None:
    """By the longest part whose ratio is known a year earlier too, or whose growth is printed."""
    for window in windows:
        after, before = (levels.ratio(f"{one}{window}") for one in (year, year - 1))
        if after and before:
            used = (*before[1], *after[1])
            return Step(year, window, after[0], before[0], None, used)
        growth = [level.growth for level in after[1]] if after else []
        if len(growth) == 2 and None not in growth:
            return Step(year, window, after[0], None, growth[0] / growth[1], after[1])
    return None
