"""The log-t test of convergence of Phillips and Sul: does the spread of relative levels vanish?"""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from indicators.convergence.log_t_panel import CRITICAL_T, LogPanel, read_panel

# A spread that rounding makes of equal levels: relative differences of 1e-12, squared.
NOISE = 1e-24

Rows = NDArray[np.float64]
Positions = NDArray[np.intp]


@dataclass(frozen=True)
class LogT:
    """The regression of log(H_1 / H_t) - 2 log(log t) on log t.

    `coef` estimates twice the speed at which the spread vanishes: 2 or more is convergence in
    levels, 0 to 2 in growth rates. Convergence is rejected at `t` of -1.65 or less. `discarded`
    counts the first years that are left out, `years` are the labels of those in the regression.
    Where the line fits without a residual, `std_error` is 0 and `t` infinite.
    """

    coef: float
    std_error: float
    t: float
    discarded: int
    units: int
    years: tuple[Hashable, ...]

    @property
    def rejected(self) -> bool:
        """Whether convergence is rejected at 5 %, one-sided."""
        return self.t <= CRITICAL_T


def log_t_test(panel: pd.DataFrame | ArrayLike, trim: float = 1 / 3) -> LogT:
    """Tests that all units converge; the null hypothesis is convergence.

    `panel` holds log LEVELS, units in rows and consecutive years in columns: a DataFrame (index:
    names of units; columns: years, also written like 'Y2015') or a two-dimensional array. They
    should be trends, such as those of `statsmodels.tsa.filters.hp_filter.hpfilter(x, 400)`.

    h_it = x_it / mean_i x_it, H_t = mean_i (h_it - 1)^2, and the first round(trim * T) of T years
    are discarded. The standard error is that of least squares, with the long-run variance of the
    residuals in place of their variance: quadratic spectral kernel, and the bandwidth of Andrews
    (1991) for an AR(1). statsmodels has neither; as in the authors' own program the sums divide
    by n - 1, and the last residual enters the variance only.

    Raises one ValueError with what was found and is allowed: fewer than 2 units, fewer than 3
    years left, trim outside 0 to 1, values that are not finite, labels that occur twice, years
    that do not follow one another, a year in which all units are equal, and a mean near 0, as
    log ratios have it: h depends on it, so they have to be log levels.
    Source: Phillips and Sul (2007, 2009); Andrews (1991).

    >>> t = np.arange(1, 31)
    >>> off = 1 / (np.log(t + 1) * np.sqrt(t))
    >>> found = log_t_test([9 + off, 9 - off])
    >>> round(found.coef, 2), found.rejected, found.discarded
    (0.95, False, 10)
    """
    read = read_panel(panel, trim)
    return log_t_of(read, np.arange(len(read.units)))


def transition_paths(panel: pd.DataFrame | ArrayLike, trim: float = 1 / 3) -> pd.DataFrame:
    """h_it = x_it / mean_i x_it: each unit's log level relative to the mean of all units.

    `panel` and `trim` as in `log_t_test`; all years are given, for a panel that it can test. The
    table has the units and years of the panel. Raises ValueError as that does.
    Source: Phillips and Sul (2007).

    >>> transition_paths([[8, 9, 9, 9], [8, 7, 7, 7]]).iloc[0].tolist()
    [1.0, 1.125, 1.125, 1.125]
    """
    read = read_panel(panel, trim)
    paths = read.values / read.values.mean(axis=0)
    return pd.DataFrame(paths, index=list(read.units), columns=list(read.years))


def log_t_of(panel: LogPanel, group: Positions) -> LogT:
    """The test of some of the units, given by their positions."""
    rows = panel.values[group]
    mean = rows.mean(axis=0)
    spread = spread_of(((rows - mean) ** 2).mean(axis=0), mean)
    coef, std_error, t = (float(part[0]) for part in regress(spread[None], panel.discarded))
    if math.isnan(t):
        raise undefined(panel, group)
    return LogT(coef, std_error, t, panel.discarded, len(group), panel.years[panel.discarded :])


def spread_of(variance: Rows, mean: Rows) -> Rows:
    """H_t from the variance of the log levels and their mean; nan where the mean is 0."""
    return np.divide(variance, mean**2, out=np.full_like(variance, np.nan), where=mean != 0)


def undefined(panel: LogPanel, group: Positions) -> ValueError:
    """The error of a group whose spread is 0, or whose mean is 0, in a year that is used."""
    rows = panel.values[group]
    near = np.minimum(rows.std(axis=0), np.abs(rows.mean(axis=0)))
    wanted = np.r_[0, panel.discarded : rows.shape[1]]
    year = panel.years[wanted[np.argmin(near[wanted])]]
    names = ", ".join(str(panel.units[position]) for position in group[:3])
    more = f" and {len(group) - 3} more" if len(group) > 3 else ""
    found = f"units {names}{more} are equal in {year}, or their mean is 0"
    return ValueError(
        f"{found}; allowed: differences in the first year and in every year that is not discarded"
    )


def regress(spreads: Rows, discarded: int) -> tuple[Rows, Rows, Rows]:
    """Slope, standard error and t of many groups at once; a row of `spreads` holds one H_t.

    nan where the spread is 0, or not finite, in the first year or in one that is not discarded.
    """
    log_t = np.log(np.arange(discarded + 1, spreads.shape[1] + 1))
    wanted = np.c_[spreads[:, :1], spreads[:, discarded:]]
    defined = ((wanted > NOISE) & (wanted < np.inf)).all(axis=1)
    logs = np.log(np.where(defined[:, None], wanted, 1.0))
    y = logs[:, :1] - logs[:, 1:] - 2 * np.log(log_t)
    x = log_t - log_t.mean()
    coef = y @ x / (x @ x)
    residuals = y - y.mean(axis=1, keepdims=True) - coef[:, None] * x
    std_error = np.sqrt(long_run_variance(residuals) / (x @ x))
    t = np.divide(coef, std_error, out=np.copysign(np.inf, coef), where=std_error > 0)
    return tuple(np.where(defined, part, np.nan) for part in (coef, std_error, t))


def long_run_variance(residuals: Rows) -> Rows:
    """The long-run variance of each row, as `log_t_test` describes it."""
    n = residuals.shape[1]
    early, late = residuals[:, :-1], residuals[:, 1:]
    power = (early**2).sum(axis=1)
    rho = np.divide((early * late).sum(axis=1), power, out=np.zeros(len(power)), where=power > 0)
    with np.errstate(divide="ignore"):
        bandwidth = 1.3221 * (4 * rho**2 / (1 - rho) ** 4 * n) ** 0.2
        lags = np.arange(1, n - 1)
        weights = _quadratic_spectral(lags / bandwidth[:, None])
    products = [(early[:, :-lag] * early[:, lag:]).sum(axis=1) for lag in lags]
    around = (weights * np.array(products).T).sum(axis=1)
    return np.maximum(0, (residuals**2).sum(axis=1) + 2 * around) / (n - 1)


def _quadratic_spectral(x: Rows) -> Rows:
    """The kernel at lag over bandwidth; 1 at 0 and 0 at infinity."""
    z = np.clip(1.2 * np.pi * x, None, 1e9)
    # near 0 the difference below loses its digits
    small = z < 1e-3
    z = np.where(small, 1.0, z)
    kernel = 3 / z**2 * (np.sin(z) / z - np.cos(z))
    return np.where(small, 1 - (1.2 * np.pi * x) ** 2 / 10, kernel)
