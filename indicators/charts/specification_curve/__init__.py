"""Charts of the chapter on specifications."""

from indicators.charts.specification_curve.paces import pace_curve
from indicators.charts.specification_curve.scenarios import scenario_curve

__all__ = ["pace_curve", "scenario_curve"]
