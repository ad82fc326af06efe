"""Charts of the chapter on counties and prefectures."""

from indicators.charts.regional_convergence.growth import growth_scatter
from indicators.charts.regional_convergence.prefectures import (
    nine_month_ratios,
    prefecture_tiles,
    ratio_slopes,
)
from indicators.charts.regional_convergence.spread import spread_ratios

__all__ = [
    "growth_scatter",
    "nine_month_ratios",
    "prefecture_tiles",
    "ratio_slopes",
    "spread_ratios",
]
