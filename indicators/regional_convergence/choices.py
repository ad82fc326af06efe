"""What a page chooses, and the scales on which growth is measured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.crosswalk import INDICATORS, YEARS
from indicators.inputs import check_level

SCALES = ("points", "log", "logit")
WEIGHTS = ("unweighted", "population")
SHARES = ("urban_share", "aged_65_plus_share")
SETS = ("all_pairs", "without_doubtful", "inside_bounds", "inside_without_doubtful")
SPAN = YEARS[1] - YEARS[0]


@dataclass(frozen=True)
class Choices:
    """The choices of one page.

    `indicator` as in `crosswalk.INDICATORS`; `scale` is one of SCALES or `all`; `weights` is
    `unweighted` (a county counts as one policy) or `population` (of 2010; a county counts by its
    people). Raises ValueError for anything else.

    >>> Choices("population").scales
    ('points', 'log')
    """

    indicator: str = "urban_share"
    scale: str = "all"
    weights: str = "unweighted"
    exclude_boundary_changes: bool = True
    exclude_doubtful: bool = False
    level: float = 0.95

    def __post_init__(self) -> None:
        for name, allowed in (
            ("indicator", INDICATORS), ("scale", (*SCALES, "all")), ("weights", WEIGHTS),
        ):  # fmt: skip
            if getattr(self, name) not in allowed:
                found = getattr(self, name)
                raise ValueError(f"{name} = {found!r}; allowed: {', '.join(allowed)}")
        check_level(self.level)

    @property
    def defined(self) -> tuple[str, ...]:
        """The scales that the indicator has: a logit needs a share."""
        return defined_scales(self.indicator)

    @property
    def scales(self) -> tuple[str, ...]:
        """The scales that the page shows."""
        return tuple(scale for scale in self.defined if self.scale in (scale, "all"))

    @property
    def weighted(self) -> bool:
        return self.weights == "population"


def defined_scales(indicator: str) -> tuple[str, ...]:
    """The scales of an indicator: points and log, and the logit for shares.

    >>> defined_scales("urban_share")
    ('points', 'log', 'logit')
    """
    return SCALES if indicator in SHARES else SCALES[:2]


def on_scale(values: ArrayLike, scale: str) -> NDArray[np.float64]:
    """Values as they are (`points`), their logarithm, or the logit of shares.

    Raises ValueError for values outside the domain of the scale.

    >>> [round(float(x), 3) for x in on_scale([0.5, 0.9], "logit")]
    [0.0, 2.197]
    """
    values = np.asarray(values, float)
    if scale == "points":
        return values
    above = values > 0
    if scale == "log" and above.all():
        return np.log(values)
    if scale == "logit" and (above & (values < 1)).all():
        return np.log(values) - np.log1p(-values)
    if scale not in SCALES:
        raise ValueError(f"scale = {scale!r}; allowed: {', '.join(SCALES)}")
    allowed = "values above 0" if scale == "log" else "shares above 0 and below 1"
    raise ValueError(f"found values from {values.min()} to {values.max()}; allowed: {allowed}")
