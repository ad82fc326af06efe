"""What a page chooses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pandas import DataFrame

from indicators.claims import claim
from indicators.findings import exact_interval
from indicators.intervals import Interval
from indicators.proportions import METHODS
from indicators.rounding import ROUNDINGS

UNIVERSES = ("census", "srs", "superpopulation")
# The claims of the article that are a share of villages, and the indicator of `services` for each.
COVERAGE_CLAIMS = {
    "S12": "elderly_meal_village_coverage",
    "F11": "villages_8050_share",
}
# The article speaks of this place, whatever the place of the page is.
ARTICLE, ARTICLE_PLACE = "hangzhou-common-prosperity-2025", "330100"
CLAIMED = {"evidence": "claimed", "source_id": ARTICLE}
# rural meal points; voucher subsidy, voucher claims, lower and upper end of the monthly voucher
INPUTS = ("S11", "S10", "S09", "S07", "S08")
_CLAIM_ID = re.compile(r"[KFUS][0-9]{2}")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class Choices:
    """The choices of one page.

    `claim` is a key of COVERAGE_CLAIMS; `universe` says what the counted villages are: all of them
    (`census`), a simple random sample (`srs`), or draws from a process (`superpopulation`).
    `villages` is their number, None where it is not known, or the sampled villages and all
    villages. `method` is one of `proportions.METHODS`. `inputs` are the rural meal points, the
    voucher subsidy, the voucher claims and the two ends of the monthly voucher, each the id of a
    claim or another figure in its place: see `stated`. `threshold` is the coverage asked about, a
    fraction. Raises one ValueError for anything else.

    >>> Choices("330100").indicator
    'elderly_meal_village_coverage'
    """

    place: str
    claim: str = "S12"
    universe: str = "census"
    villages: int | Sequence[int] | None = None
    method: str = "wilson"
    inputs: Sequence[str] = INPUTS
    threshold: float = 0.95
    level: float = 0.95
    rounding: str = "half_up"

    def __post_init__(self) -> None:
        faults = []
        for name, allowed in (
            ("claim", tuple(COVERAGE_CLAIMS)),
            ("universe", UNIVERSES),
            ("method", METHODS),
            ("rounding", ROUNDINGS),
        ):
            if getattr(self, name) not in allowed:
                found = getattr(self, name)
                faults.append(f"{name} = {found!r}; allowed: {', '.join(allowed)}")
        counts = _counts(self.villages)
        if len(counts) > 2 or any(number < 1 for number in counts) or counts != sorted(counts):
            faults.append(
                f"villages = {self.villages}; allowed: a number from 1 up, two of them, first the "
                "sampled and then all villages, or None"
            )
        if len(self.inputs) != len(INPUTS):
            faults.append(f"inputs = {self.inputs}; allowed: {len(INPUTS)}, as {', '.join(INPUTS)}")
        for name in ("threshold", "level"):
            if not 0 < getattr(self, name) < 1:
                faults.append(f"{name} = {getattr(self, name)}; allowed: between 0 and 1")
        if faults:
            raise ValueError(". ".join(faults))

    @property
    def total(self) -> int | None:
        """The number of villages, if it is known."""
        return _counts(self.villages)[-1] if _counts(self.villages) else None

    @property
    def sample(self) -> int | None:
        """The number of sampled villages, if there is one."""
        counts = _counts(self.villages)
        return counts[0] if len(counts) == 2 else None

    @property
    def points(self) -> str:
        return self.inputs[0]

    @property
    def indicator(self) -> str:
        """The indicator of `services` that the claim is about."""
        return COVERAGE_CLAIMS[self.claim]


def _counts(villages: int | Sequence[int] | None) -> list[int]:
    if villages is None:
        return []
    return list(villages) if isinstance(villages, Sequence) else [villages]


def stated(claims: DataFrame, figure: str, rounding: str = "half_up") -> Interval:
    """What a claim allows, in plain units; or the number itself, exact, if `figure` is one.

    `figure` is text: the id of a claim, or a number in yuan, people or things. The number stands
    for an exact figure that somebody has from the publisher. Raises ValueError for other text.

    >>> from indicators import tables
    >>> stated(tables.load("claims"), "S10").low, stated(tables.load("claims"), "12580400").kind
    (12575000.0, 'exact')
    """
    if _CLAIM_ID.fullmatch(figure):
        return claim(claims, figure, rounding, plain=True)
    if not _NUMBER.fullmatch(figure):
        raise ValueError(f"figure = {figure!r}; allowed: the id of a claim, as S10, or a number")
    return exact_interval(float(figure))


def stated_times(claims: DataFrame, *figures: str) -> list[str]:
    """The times that claims are about, in the order of the table; none for undated ones.

    `figures` as in `stated`; a number has no time.

    >>> from indicators import tables
    >>> stated_times(tables.load("claims"), "S07", "S10", "12580400")
    ['2025', '2025M11']
    """
    times = claims.loc[claims["claim_id"].isin(figures), "as_of"]
    return times[times.ne("undated")].drop_duplicates().tolist()
