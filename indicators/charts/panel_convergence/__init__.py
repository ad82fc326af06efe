"""Charts of the chapter on panels."""

from indicators.charts.panel_convergence.clubs import relative_paths
from indicators.charts.panel_convergence.growth import panel_growth
from indicators.charts.panel_convergence.held import panel_held
from indicators.charts.panel_convergence.spread import panel_spread

__all__ = ["panel_growth", "panel_held", "panel_spread", "relative_paths"]
