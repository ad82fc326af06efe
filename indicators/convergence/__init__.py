"""Convergence: do those who were behind catch up, does the spread shrink, and which units converge?

The first two questions differ. A regression of growth on the first level can slope downwards while
the spread grows (Galton's fallacy: Friedman 1992; Quah 1993), so both are asked. They need two
dates; the third needs a panel of years (log-t and clubs: Phillips and Sul 2007, 2009).
"""

from indicators.convergence.clubs import (
    Club,
    ConvergenceClubs,
    MergedClub,
    convergence_clubs,
)
from indicators.convergence.clubs_sensitivity import club_sensitivity
from indicators.convergence.growth import (
    BetaConvergence,
    beta_convergence,
    half_life_of,
    speed_of,
)
from indicators.convergence.log_t import LogT, log_t_test, transition_paths
from indicators.convergence.log_t_panel import CRITICAL_T
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
    "CRITICAL_T",
    "BetaConvergence",
    "Club",
    "ConvergenceClubs",
    "LogT",
    "MergedClub",
    "Regression",
    "SigmaConvergence",
    "SpreadTest",
    "beta_convergence",
    "club_sensitivity",
    "convergence_clubs",
    "growth_regression",
    "half_life_of",
    "log_t_test",
    "ratio_bounds",
    "sigma_convergence",
    "speed_of",
    "spread_ratio",
    "spread_tests",
    "transition_paths",
]
