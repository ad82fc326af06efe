"""Charts of the chapter on urban-rural convergence."""

from indicators.charts.urban_rural_convergence.gap import yuan_gap
from indicators.charts.urban_rural_convergence.race import growth_race
from indicators.charts.urban_rural_convergence.ratios import ratio_by_basis, ratio_indexed
from indicators.charts.urban_rural_convergence.scenarios import scenarios
from indicators.charts.urban_rural_convergence.theil import theil_between
from indicators.charts.urban_rural_convergence.weights import urban_weights
from indicators.charts.urban_rural_convergence.windows import pace_by_window

__all__ = [
    "growth_race",
    "pace_by_window",
    "ratio_by_basis",
    "ratio_indexed",
    "scenarios",
    "theil_between",
    "urban_weights",
    "yuan_gap",
]
