"""What a page chooses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pandas import DataFrame

from indicators.evidence import Reported
from indicators.investment import months_covered, reported
from indicators.rounding import ROUNDINGS

READINGS = ("annual", "to_date")
MONEY_UNITS = (1, 10, 50)


@dataclass(frozen=True)
class Choices:
    """The choices of one page.

    `reading` is `annual`, `to_date` or `both`; `money_unit` the unit to which the amount was
    rounded, in the unit of the table; `schedule` as in `scheduled_share`; `months_elapsed`
    replaces the months that the period covers. Raises ValueError for anything else.

    >>> round(Choices("330100", "qian_xiang_wan_yi", "2025M01-M11").elapsed, 4)
    0.9167
    """

    place: str
    programme: str
    period: str
    reading: str = "both"
    money_unit: int = 1
    schedule: str | Sequence[float] = "linear"
    months_elapsed: int | None = None
    rounding: str = "half_up"

    def __post_init__(self) -> None:
        for name, allowed in (("reading", (*READINGS, "both")), ("rounding", ROUNDINGS)):
            if getattr(self, name) not in allowed:
                found = getattr(self, name)
                raise ValueError(f"{name} = {found!r}; allowed: {', '.join(allowed)}")
        if not scheduled_share(self.months, self.schedule):
            raise ValueError(
                f"nothing of the plan is due after {self.months} months; allowed: "
                "a period and a schedule with a part of the plan due"
            )

    @property
    def key(self) -> tuple[str, str, str]:
        """The place, programme and period of the rate of the page."""
        return self.place, self.programme, self.period

    @property
    def year(self) -> int:
        return int(self.period[:4])

    @property
    def months(self) -> int:
        covered = months_covered(self.period)
        return covered if self.months_elapsed is None else self.months_elapsed

    @property
    def elapsed(self) -> float:
        """The share of the year's plan that is due by the end of the period."""
        return scheduled_share(self.months, self.schedule)

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that a table shows."""
        return READINGS if self.reading == "both" else (self.reading,)

    def months_of(self, place: str, programme: str, period: str) -> int:
        """The months elapsed of any rate; `months_elapsed` holds for that of the page alone."""
        own = (place, programme, period) == self.key
        return self.months if own else months_covered(period)

    def find_figure(
        self, rows: DataFrame, indicator: str, period: str, **limits: Any
    ) -> Reported | None:
        """The figure of the page's place and programme; `limits` as in `investment.reported`."""
        return reported(rows, self.place, self.programme, period, indicator, **limits)


def scheduled_share(months: int, schedule: str | Sequence[float] = "linear") -> float:
    """The share of a year's plan due after so many months, from 0 to 1.

    `linear` is months / 12. A schedule of one's own has twelve shares, January first, that are not
    negative and add up to 1. Raises ValueError otherwise.

    >>> scheduled_share(9), scheduled_share(2, [0.5, 0.5] + [0] * 10)
    (0.75, 1.0)
    """
    if not 0 <= months <= 12:
        raise ValueError(f"months = {months}; allowed: 0 to 12")
    if isinstance(schedule, str):
        if schedule != "linear":
            raise ValueError(f"schedule = {schedule!r}; allowed: linear, or twelve shares")
        return months / 12
    if len(schedule) != 12 or min(schedule) < 0 or not math.isclose(sum(schedule), 1, abs_tol=1e-6):
        raise ValueError(
            f"schedule of {len(schedule)} shares, smallest {min(schedule, default=0)}, sum "
            f"{sum(schedule)}; allowed: twelve shares, none negative, that add up to 1"
        )
    return 1.0 if months == 12 else min(math.fsum(schedule[:months]), 1.0)


def missing_figure(choices: Choices, what: str, period: str, gate: str) -> ValueError:
    """The error of a method that the page cannot have; it names the gate to ask first."""
    return ValueError(
        f"investment has no usable {what} ({period}) for {choices.programme} in {choices.place}; "
        f"the gate {gate} tells beforehand"
    )
