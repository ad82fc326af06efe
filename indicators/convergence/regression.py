"""Least squares of the change between two dates on the first value."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from indicators.convergence.inputs import Vector, check_labels, check_values, spreads
from indicators.intervals import Interval

COVARIANCES = ("nonrobust", "HC0", "HC1", "HC2", "HC3")
LEVEL = 0.95


@dataclass(frozen=True)
class Regression:
    """Least squares of the change on the first value: n, coefficients and how well they fit.

    `params` and `std_errors` are Series by name: constant, initial, then the controls;
    `residual_sd` has the degrees of freedom `df`; `f_statistic` is that of all slopes together,
    under the covariance asked for. `covariance` belongs to `params`.
    """

    n: int
    df: int
    params: pd.Series
    std_errors: pd.Series
    r_squared: float
    adj_r_squared: float
    residual_sd: float
    f_statistic: float
    covariance: pd.DataFrame = field(repr=False)

    def interval(self, name: str, level: float = LEVEL) -> Interval:
        """The interval of a coefficient: Student's t on `df` degrees of freedom."""
        return self._around(self.params[name], self.std_errors[name], level)

    def p_value(self, name: str) -> float:
        """The two-sided p-value of a coefficient against 0, by Student's t."""
        return float(2 * stats.t.sf(abs(self.params[name] / self.std_errors[name]), self.df))

    def line(self, initial: float, level: float = LEVEL) -> Interval:
        """The expected change of a unit that starts at `initial`; only without controls."""
        if len(self.params) > 2:
            raise ValueError(f"found controls {', '.join(self.params.index[2:])}; allowed: none")
        at = np.array([1.0, initial])
        return self._around(at @ self.params, math.sqrt(at @ self.covariance @ at), level)

    def _around(self, estimate: float, error: float, level: float) -> Interval:
        check_level(level)
        reach = stats.t.ppf((1 + level) / 2, self.df) * error
        return Interval(estimate - reach, estimate + reach, "model_ci", estimate, level)


def growth_regression(
    first: ArrayLike,
    second: ArrayLike,
    controls: pd.DataFrame | pd.Series | Mapping[str, ArrayLike] | None = None,
    cov_type: str = "HC3",
    weights: ArrayLike | None = None,
) -> Regression:
    """second - first = constant + b first + controls, on the scale that the values have.

    With `weights` (above 0), weighted least squares. Raises ValueError as `beta_convergence`.

    >>> round(float(growth_regression([0, 1, 2, 3], [2, 2, 3, 3]).params["initial"]), 2)
    -0.6
    """
    from statsmodels.regression.linear_model import OLS, WLS  # slow to import, few pages need it

    if cov_type not in COVARIANCES:
        raise ValueError(f"cov_type = {cov_type!r}; allowed: {', '.join(COVARIANCES)}")
    columns = named_columns(controls)
    values = check_values({"first": first, "second": second}, len(columns) + 3, positive=False)
    start, end = values.values()
    design = _design(start, columns)
    check_labels({"first": first, "second": second} | columns)
    weight = None if weights is None else _weights(weights, len(start))
    change = end - start
    if not spreads(change, float(np.abs(end).max())):
        raise ValueError(
            f"found the same change of {change[0]:.6g} in every unit; allowed: changes that differ"
        )
    root = np.ones(len(start)) if weight is None else np.sqrt(weight)
    leverage = (np.linalg.qr(root[:, None] * design)[0] ** 2).sum(axis=1)
    if cov_type in ("HC2", "HC3") and leverage.max() > 1 - 1e-9:
        raise ValueError(
            f"found a unit that its own control fits exactly, so {cov_type} errors do not exist; "
            "allowed: controls that more than one unit shares, or cov_type='nonrobust'"
        )
    model = OLS(change, design) if weight is None else WLS(change, design, weights=weight)
    fit = model.fit(cov_type=cov_type, use_t=True)
    return Regression(
        n=len(start),
        df=int(fit.df_resid),
        params=fit.params,
        std_errors=fit.bse,
        r_squared=float(fit.rsquared),
        adj_r_squared=float(fit.rsquared_adj),
        residual_sd=math.sqrt(fit.scale),
        f_statistic=float(fit.fvalue),
        covariance=fit.cov_params(),
    )


def check_level(level: float) -> None:
    """Raises ValueError for a level that is no probability between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"level = {level}; allowed: above 0 and below 1")


def named_columns(controls: Any) -> dict[str, Any]:
    """Controls by name, in the order given."""
    if controls is None:
        return {}
    if isinstance(controls, pd.Series):
        return {str(controls.name if controls.name is not None else "control"): controls}
    if isinstance(controls, pd.DataFrame | Mapping):
        return {str(name): controls[name] for name in controls}
    raise ValueError(
        f"controls = {type(controls).__name__}; allowed: a DataFrame, a named Series or a mapping"
    )


def _design(start: Vector, columns: dict[str, Any]) -> pd.DataFrame:
    if taken := {"constant", "initial"} & set(columns):
        raise ValueError(f"found a control named {', '.join(sorted(taken))}; allowed: other names")
    controls = {}
    if columns:
        controls = check_values(columns, len(columns) + 3, positive=False)
        if (length := len(next(iter(controls.values())))) != len(start):
            raise ValueError(f"found {length} values in controls; allowed: {len(start)}")
    design = pd.DataFrame({"constant": np.ones(len(start)), "initial": start} | controls)
    scaled = design / np.sqrt((design**2).sum())
    if np.linalg.matrix_rank(scaled) < design.shape[1]:
        raise ValueError(
            f"found controls {', '.join(columns)} that repeat one another or the initial level; "
            "allowed: no exact linear relation"
        )
    return design


def _weights(weights: ArrayLike, length: int) -> Vector:
    weight = np.asarray(weights, float)
    if weight.shape != (length,) or not (np.isfinite(weight) & (weight > 0)).all():
        raise ValueError(
            f"found weights of shape {weight.shape}, smallest {weight.min(initial=np.inf)}; "
            f"allowed: {length} finite numbers above 0"
        )
    return weight
