"""Convergence between two dates: do those who were behind catch up, and does the spread shrink?

The two questions differ. A regression of growth on the first level can slope downwards while the
spread grows (Galton's fallacy: Friedman 1992; Quah 1993), so both are asked.
"""

from indicators.convergence.growth import (
    BetaConvergence,
    beta_convergence,
    half_life_of,
    speed_of,
)
from indicators.convergence.regression import Regression, growth_regression
from indicators.convergence.spread import (
    SigmaConvergence,
    SpreadTest,
    ratio_bounds,
    sigma_convergence,
    spread_ratio,
    spread_tests,
)

__all__ = [
    "BetaConvergence",
    "Regression",
    "SigmaConvergence",
    "SpreadTest",
    "beta_convergence",
    "growth_regression",
    "half_life_of",
    "ratio_bounds",
    "sigma_convergence",
    "speed_of",
    "spread_ratio",
    "spread_tests",
]
