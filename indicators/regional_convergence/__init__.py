"""Do the counties of a province grow alike? Two censuses, four indicators, three scales.

The census and the crosswalk go in; the units of the two dates are joined by
`indicators.crosswalk`. Prefectures are seen apart: ranks at both censuses, and their
urban-rural income ratios where these are printed.
"""

from indicators.regional_convergence.choices import SCALES, SETS, Choices, on_scale
from indicators.regional_convergence.facts import gate_facts
from indicators.regional_convergence.growth import growth_points, growth_regressions
from indicators.regional_convergence.pairs import (
    county_pairs,
    crosswalk_changes,
    pair_sets,
)
from indicators.regional_convergence.prefectures import (
    RATIO_YEARS,
    nine_month_ratios,
    prefecture_ranks,
    ratio_interval,
    ratio_slopes,
)
from indicators.regional_convergence.readings import count_directions, scale_readings
from indicators.regional_convergence.spread import all_spread_tests, directions, spread_changes

__all__ = [
    "RATIO_YEARS",
    "SCALES",
    "SETS",
    "Choices",
    "all_spread_tests",
    "count_directions",
    "county_pairs",
    "crosswalk_changes",
    "directions",
    "gate_facts",
    "growth_points",
    "growth_regressions",
    "nine_month_ratios",
    "on_scale",
    "pair_sets",
    "prefecture_ranks",
    "ratio_interval",
    "ratio_slopes",
    "scale_readings",
    "spread_changes",
]
