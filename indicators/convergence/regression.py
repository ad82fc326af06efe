"""Least squares of the change between two dates on the first value."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from indicators.inputs import (
    Vector,
    check_choice,
    check_level,
    check_number,
    check_together,
    check_values,
    shown,
    spreads,
)
from indicators.intervals import Interval

COVARIANCES = ("nonrobust", "HC0", "HC1", "HC2", "HC3")
LEVEL = 0.95
WIDEST = 1e12  # beyond, floating-point numbers no longer tell the columns apart
LEAST = 3  # a line through two points leaves no degree of freedom


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
        """The interval of a coefficient: Student's t on `df` degrees of freedom.

        Raises ValueError for an unknown name and for a level that is no probability.
        """
        check_together(lambda: self._check_name(name), lambda: check_level(level))
        return self._around(self.params[name], self.std_errors[name], level)

    def p_value(self, name: str) -> float:
        """The two-sided p-value of a coefficient against 0, by Student's t.

        Raises ValueError for an unknown name, and where an exact fit leaves no error.
        """
        self._check_name(name)
        if not self.std_errors[name] > 0:
            raise ValueError(
                f"found no scatter around the line, so {name} has no p-value; "
                "allowed: changes that do not lie exactly on a line"
            )
        return float(2 * stats.t.sf(abs(self.params[name] / self.std_errors[name]), self.df))

    def line(self, initial: float, level: float = LEVEL) -> Interval:
        """The expected change of a unit that starts at `initial`; only without controls.

        Raises ValueError for controls, a start that is no finite number, and as `interval`.
        """
        if len(self.params) > 2:
            raise ValueError(f"found controls {', '.join(self.params.index[2:])}; allowed: none")
        check_together(lambda: check_number("initial", initial), lambda: check_level(level))
        at = np.array([1.0, initial])
        return self._around(at @ self.params, math.sqrt(at @ self.covariance @ at), level)

    def _check_name(self, name: str) -> None:
        check_choice("name", name, list(self.params.index))

    def _around(self, estimate: float, error: float, level: float) -> Interval:
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

    `controls` by name (DataFrame, Series, mapping of lists, or an array), used as given; with
    `weights` (above 0), weighted least squares. statsmodels computes it, on columns brought to one
    size; its intervals under robust errors take the normal quantile unless told otherwise, those
    here always take Student's t. Raises ValueError as `beta_convergence`.

    >>> round(float(growth_regression([0, 1, 2, 3], [2, 2, 3, 3]).params["initial"]), 2)
    -0.6
    """
    from statsmodels.regression.linear_model import OLS, WLS  # slow to import, few pages need it

    values, _ = check_together(
        lambda: check_regression({"first": first, "second": second}, controls, weights),
        lambda: check_choice("cov_type", cov_type, COVARIANCES),
    )
    start, end, weight = values.pop("first"), values.pop("second"), values.pop("weights", None)
    design = _design(start, values)
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
    # columns of one size: what the fit says must not hang on units
    sizes = np.sqrt((design**2).sum())
    scaled = design / sizes
    model = OLS(change, scaled) if weight is None else WLS(change, scaled, weights=weight)
    fit = model.fit(cov_type=cov_type, use_t=True)
    return Regression(
        n=len(start),
        df=int(fit.df_resid),
        params=fit.params / sizes,
        std_errors=fit.bse / sizes,
        r_squared=float(fit.rsquared),
        adj_r_squared=float(fit.rsquared_adj),
        residual_sd=math.sqrt(fit.scale),
        f_statistic=_f_statistic(fit),
        covariance=fit.cov_params() / np.outer(sizes, sizes),
    )


def _f_statistic(fit: Any) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return float(fit.fvalue)
        except Warning:
            raise ValueError(
                "found slopes whose errors depend on one another exactly, so they have no F; "
                "allowed: more units, or cov_type='nonrobust'"
            ) from None


def check_regression(
    given: Mapping[str, ArrayLike], controls: Any, weights: Any = None, positive: bool = False
) -> dict[str, Vector]:
    """The two dates, the controls and the weights as arrays, or one ValueError with all faults.

    `positive` asks for levels above 0 at the two dates; weights always are above 0.

    >>> list(check_regression({"a": [1, 2, 3, 5], "b": [2, 2, 4, 5]}, {"z": [1, 0, 0, 1]}))
    ['a', 'b', 'z']
    """

    def values() -> dict[str, Vector]:
        try:
            columns = named_columns(controls)
        except ValueError:
            columns = {}  # told by itself
        spread = [*given, *columns]
        return check_values(
            dict(given) | columns | ({} if weights is None else {"weights": weights}),
            LEAST + len(columns),
            positive=[*(given if positive else ()), "weights"],
            spread=spread,
        )

    return check_together(values, lambda: named_columns(controls))[0]


def named_columns(controls: Any) -> dict[str, Any]:
    """Controls by name, in the order given; the columns of an array are control_1, control_2 ...

    Truth values become 1 and 0. Raises ValueError for names that the regression uses itself, and
    for what holds no columns.

    >>> list(named_columns(pd.DataFrame({"investment": [0.2, 0.3]})))
    ['investment']
    """
    if controls is None:
        return {}
    if isinstance(controls, np.ndarray) and controls.ndim in (1, 2):
        controls = pd.DataFrame(controls).rename(columns=lambda place: f"control_{place + 1}")
    if isinstance(controls, pd.Series):
        controls = {"control" if controls.name is None else controls.name: controls}
    if not isinstance(controls, pd.DataFrame | Mapping):
        raise ValueError(
            f"controls = {shown(controls)}; allowed: a DataFrame, a named Series, a mapping of "
            "lists or an array"
        )
    columns = {str(name): _as_dummy(controls[name]) for name in controls}
    if taken := {"constant", "initial", "first", "second", "final", "weights"} & set(columns):
        raise ValueError(f"found a control named {', '.join(sorted(taken))}; allowed: other names")
    return columns


def _as_dummy(values: Any) -> Any:
    whether = isinstance(values, np.ndarray | pd.Series) and values.dtype.kind == "b"
    return values.astype(float) if whether else values


def _design(start: Vector, controls: dict[str, Vector]) -> pd.DataFrame:
    design = pd.DataFrame({"constant": np.ones(len(start)), "initial": start} | controls)
    sizes = np.sqrt((design**2).sum())
    if sizes.max() > WIDEST * sizes.min():
        raise ValueError(
            f"found columns whose sizes differ by a factor of {sizes.max() / sizes.min():.0e}; "
            f"allowed: at most {WIDEST:.0e}, so take another unit"
        )
    scaled = design / sizes
    if np.linalg.matrix_rank(scaled) < design.shape[1]:
        raise ValueError(
            f"found controls {', '.join(controls)} that repeat one another or the initial level; "
            "allowed: no exact linear relation"
        )
    return design
