"""The options of every choice that specifications combine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indicators import urban_rural_convergence as convergence
from indicators.income import TAKEN
from indicators.inputs import check_choice, check_together, check_whole
from indicators.urban_rural_convergence import BASES, EXTRA, FORMS, MEASURES

# Each choice runs from its strictest option to the laxest.
# Printed figures alone; or also what other printed figures imply; or also what only the article
# gives. Not the last two at once: a pace from a derived to a claimed ratio would rest on nothing
# that is printed. The values are the chapter's own words for what is used beside printed figures.
EVIDENCE = {"printed_only": "none", "with_derived": "derived", "with_claim": "claimed"}
# Offices, the press and copies of their figures; or secondary and machine-written sources too,
# which a reader may trust more than this book does.
GRADES = ("a_to_c", "with_d")
LEAST_YEARS = 3  # a shorter window is mostly noise, so that none is defensible


@dataclass(frozen=True)
class Choices:
    """What the specifications of one page combine.

    `measures`, `bases`, `grades`, `taken` and `forms` are `all`, one option, or several; `extra`
    says what may stand beside printed figures: `none`, `derived`, `claimed`, or `both` of these in
    turn. `least_years` is the length of the shortest window, 3 or more; `targets` are ratios above
    1, by default those of the place's own page. `rounding` is no choice of a specification, since
    it only widens intervals. Raises one ValueError for all that is not allowed.

    >>> Choices("330100", extra="claimed").evidence, Choices("330100", measures="ratio").measures
    (('printed_only', 'with_claim'), ('ratio',))
    """

    place: str
    measures: str | Sequence[str] = "all"
    extra: str = "both"
    bases: str | Sequence[str] = "all"
    grades: str | Sequence[str] = "all"
    forms: str | Sequence[str] = "all"
    least_years: int = LEAST_YEARS
    targets: Sequence[float] | None = None
    rounding: str = "half_up"
    taken: str | Sequence[str] = "all"

    def __post_init__(self) -> None:
        options = {
            "measures": MEASURES, "bases": BASES, "grades": GRADES, "taken": TAKEN, "forms": FORMS,
        }  # fmt: skip
        *chosen, _, _, _ = check_together(
            *(lambda n=name: _options(n, getattr(self, n), options[n]) for name in options),
            lambda: check_choice("extra", self.extra, EXTRA),
            lambda: check_whole("least_years", self.least_years, LEAST_YEARS),
            self.chapter,
        )
        for name, found in zip(options, chosen, strict=True):
            object.__setattr__(self, name, found)

    @property
    def evidence(self) -> tuple[str, ...]:
        """What the specifications may rest on, the strictest first."""
        used = set(EVIDENCE.values()) if self.extra == "both" else {"none", self.extra}
        return tuple(name for name, extra in EVIDENCE.items() if extra in used)

    @property
    def compared_with(self) -> tuple[str, ...]:
        """The places that the place is set beside, itself left out."""
        return self.chapter().benchmarks

    def chapter(self, **options: str) -> convergence.Choices:
        """These choices as the chapter on the place takes them, with one option of each."""
        return convergence.Choices(
            self.place, targets=self.targets, rounding=self.rounding, **options
        )


def _options(name: str, found: str | Iterable[str], allowed: tuple[str, ...]) -> tuple[str, ...]:
    """The options of one choice; one that is named twice stays twice."""
    if isinstance(found, str):
        return allowed if found == "all" else (check_choice(name, found, ("all", *allowed)),)
    options = tuple(found)
    if not options:
        raise ValueError(f"{name} = {found!r}; allowed: all, or some of {', '.join(allowed)}")
    return tuple(check_together(*(lambda o=one: check_choice(name, o, allowed) for one in options)))
