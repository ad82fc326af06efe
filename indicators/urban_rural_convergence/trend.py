"""What the tables hold for trend tests and for inference on the time to a target."""

from __future__ import annotations

from typing import Any

import numpy as np
from pandas import DataFrame

from indicators.gates.urban_rural_convergence import TARGET_POINTS
from indicators.urban_rural_convergence.choices import Choices
from indicators.urban_rural_convergence.series import SOLID_GRADES, main_points

# Upper 5 % points of the Durbin-Watson statistic with one regressor (Savin and White 1977), by n.
_DURBIN_WATSON = {10: 1.320, 11: 1.324, 12: 1.331, 13: 1.340, 14: 1.350, 15: 1.361}


def counted_ratios(points: DataFrame, choices: Choices) -> list[Any]:
    """The printed ratios that count towards a gate: grade A to C, neither claimed nor derived."""
    return [
        row for row in main_points(points, choices.place).values()
        if row.standing in ("pair", "printed") and row.bound == "eq" and row.grade in SOLID_GRADES
    ]  # fmt: skip


def target_facts(points: DataFrame, choices: Choices) -> dict[str, object]:
    """The facts of the gate `time_to_target_inference`: n, curved and correlated.

    With enough printed points, a straight line is fitted by least squares: `curved` if a squared
    term is significant at 5 %, `correlated` if Durbin and Watson's statistic is below its upper
    5 % point. With fewer, both are None.
    """
    own = counted_ratios(points, choices)
    facts: dict[str, object] = {"n": len(own), "curved": None, "correlated": None}
    if len(own) < TARGET_POINTS:
        return facts
    x, y = (np.array([getattr(row, name) for row in own], float) for name in ("year", "estimate"))
    x -= x.mean()
    statistic = _durbin_watson(x, y)
    upper = _DURBIN_WATSON[min(len(own), max(_DURBIN_WATSON))]
    return facts | {"curved": _curved(x, y), "correlated": bool(statistic < upper)}


def _curved(x: np.ndarray, y: np.ndarray) -> bool:
    """Whether a squared term is significant at 5 %."""
    from scipy.special import stdtrit  # here, because loading it costs more than most pages

    design = np.column_stack([np.ones_like(x), x, x**2])
    coefficients, *_ = np.linalg.lstsq(design, y, rcond=None)
    free = len(y) - 3
    variance = ((y - design @ coefficients) ** 2).sum() / free
    error = np.sqrt(variance * np.linalg.inv(design.T @ design)[2, 2])
    return bool(abs(coefficients[2]) > stdtrit(free, 0.975) * error)


def _durbin_watson(x: np.ndarray, y: np.ndarray) -> float:
    """Durbin and Watson's statistic of the residuals of a straight line."""
    residuals = y - np.polyval(np.polyfit(x, y, 1), x)
    return float((np.diff(residuals) ** 2).sum() / (residuals**2).sum())
