"""What a page chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.income import SURVEY, TAKEN
from indicators.rounding import ROUNDINGS

# All four, because they disagree: the ratio, its logarithm, the ratio minus 1, and the yuan gap.
MEASURES = ("ratio", "log_ratio", "gap_share", "yuan_gap")
# of a pace, a year
PACE_UNITS = {
    "ratio": "ratio", "log_ratio": "log_points", "gap_share": "log_points", "yuan_gap": "yuan",
}  # fmt: skip
# The ratio falls by a constant amount, by a constant share, or its excess over 1 does.
FORMS = ("linear", "log", "gap_decay")
EXTRA = ("both", "derived", "claimed", "none")
BASES = (SURVEY, "net_income_pre2013")
CHINA, ZHEJIANG = "100000", "330000"

DRAWN_POINTS = 3  # fewer say no more in a figure than in a sentence


@dataclass(frozen=True)
class Choices:
    """The choices of one page.

    `window` is the first and the last year compared, by default the longest printed window; `extra`
    says which points beside the printed ones are used: `derived` (drawn only), `claimed` (a window
    may end in them), `both` or `none`; `measure` and `form` may be `all`; `targets` are ratios,
    by default the next two tenths below the last printed one; `horizon` is in years; `taken` says
    whether printed incomes (`levels`) or a `stated` ratio come first where both are printed.
    Raises ValueError for anything else.

    >>> Choices("330000").benchmarks, Choices("330100", measure="ratio").measures
    (('100000',), ('ratio',))
    """

    place: str
    basis: str = SURVEY
    window: Sequence[int] | None = None
    extra: str = "both"
    measure: str = "all"
    form: str = "all"
    targets: Sequence[float] | None = None
    horizon: int = 12
    rounding: str = "half_up"
    taken: str = "levels"

    def __post_init__(self) -> None:
        for name, allowed in (
            ("basis", BASES),
            ("extra", EXTRA),
            ("measure", (*MEASURES, "all")),
            ("form", (*FORMS, "all")),
            ("rounding", ROUNDINGS),
            ("taken", TAKEN),
        ):
            if getattr(self, name) not in allowed:
                found = getattr(self, name)
                raise ValueError(f"{name} = {found!r}; allowed: {', '.join(allowed)}")
        if self.window is not None and not (
            len(self.window) == 2 and self.window[0] < self.window[1]
        ):
            raise ValueError(f"window = {self.window}; allowed: two years, the earlier one first")
        if self.targets is not None and not (
            self.targets and all(target > 1 for target in self.targets)
        ):
            raise ValueError(f"targets = {self.targets}; allowed: ratios above 1, at least one")
        if self.horizon < 1:
            raise ValueError(f"horizon = {self.horizon}; allowed: 1 year or more")

    @property
    def benchmarks(self) -> tuple[str, ...]:
        """The places that the page is compared with, itself left out."""
        return tuple(code for code in (CHINA, ZHEJIANG) if code != self.place)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that are drawn."""
        return MEASURES if self.measure == "all" else (self.measure,)

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that the scenarios take."""
        return FORMS if self.form == "all" else (self.form,)

    def shows(self, evidence: str) -> bool:
        """Whether points of this evidence are used beside the printed ones."""
        return evidence not in ("derived", "claimed") or self.extra in ("both", evidence)
