"""Panels of log levels with a known truth, for the tests of log-t and of clubs.

The factor model of Phillips and Sul (2007): x_it = d_it m_t with a common trend m_t and loadings
d_it = d_i + s_i e_it / (log(t + 1) t^a), which settle at d_i if a >= 0. Units with one d_i form a
club.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def exact_panel(alpha: float, years: int, off=(0.3, -0.1, -0.2), level: float = 10.0):
    """H_t = constant / (log^2 t * t^(2 alpha)) from the second year on: the slope is 2 alpha."""
    t = np.arange(2, years + 1)
    shrinking = np.r_[1.0, 1 / (np.log(t) * t**alpha)]
    growing = level * 1.02 ** np.arange(years)
    return growing * (1 + np.outer(off, shrinking))


def factor_panel(limits, alpha: float, years: int, seed: int, noise: float = 0.3) -> pd.DataFrame:
    """One unit for each of the `limits` of its loading, named u0, u1, ...; years from 1990."""
    random = np.random.default_rng(seed)
    t, units = np.arange(1, years + 1), len(limits)
    start = random.normal(0, 1, (units, 1)) + random.normal(0, noise, (units, years))
    size = random.uniform(0.02, 0.1, (units, 1))
    trend = 8 + np.cumsum(random.normal(0.02, 0.01, years))
    loadings = np.reshape(limits, (-1, 1)) + size * start / (np.log(t + 1) * t**alpha)
    names = [f"u{number}" for number in range(units)]
    return pd.DataFrame(loadings * trend, index=names, columns=range(1990, 1990 + years))


def random_panel(seed: int) -> pd.DataFrame:
    """Of 5 to 14 units and 10 to 40 years; clubs, drifting units and no structure take turns."""
    random = np.random.default_rng(seed)
    units, years = int(random.integers(5, 15)), int(random.integers(10, 41))
    clubs = 1 - 0.08 * random.integers(0, int(random.integers(1, 5)), units)
    limits = [clubs, clubs, np.linspace(1.4, 0.6, units)][seed % 3]
    panel = factor_panel(limits, float(random.choice([0, 0.1, 0.3, 0.6, 1])), years, seed)
    drift = np.outer(
        random.uniform(-0.02, 0.02, units) * random.integers(0, 2, units), range(years)
    )
    return panel + (drift if seed % 2 else 0)
