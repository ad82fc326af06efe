"""How fast urban and rural incomes come together: ratios, paces, gaps and scenarios of a place.

The rows of the table `income` go in, marked with their evidence; `load_points` makes the annual
ratios of the place and of what it is compared with, and every other function takes these. Bases
are never joined. The ratio that the article claims enters no estimate: a window that ends in it is
shown apart, as what would follow if the claim held.
"""

from indicators.urban_rural_convergence.choices import (
    BASES,
    CHINA,
    DRAWN_POINTS,
    EXTRA,
    FORMS,
    MEASURES,
    ZHEJIANG,
    Choices,
)
from indicators.urban_rural_convergence.claim import claim_routes
from indicators.urban_rural_convergence.facts import convergence_places, gate_facts
from indicators.urban_rural_convergence.gap import (
    gap_direction,
    gap_series,
    gap_threshold,
    widening_threshold,
    yuan_gaps,
)
from indicators.urban_rural_convergence.outlook import Outlook, outlook, target_years
from indicators.urban_rural_convergence.pace import ratio_pace, window_pace
from indicators.urban_rural_convergence.points import load_points
from indicators.urban_rural_convergence.race import growth_race, largest_lead
from indicators.urban_rural_convergence.ratios import (
    indexed_series,
    newest_ratio,
    newest_year,
    ratio_series,
)
from indicators.urban_rural_convergence.relative import (
    closing,
    difference,
    differences,
    pace_table,
    pace_windows,
    relative_pace,
    window_difference,
)
from indicators.urban_rural_convergence.scenarios import (
    half_life,
    page_targets,
    scenario_paths,
    scenarios,
    target_scenarios,
    years_to_target,
)
from indicators.urban_rural_convergence.theil import (
    printed_years,
    theil_levels,
    theil_parts,
    weight_facts,
)
from indicators.urban_rural_convergence.triangulation import (
    CLAIM_YEAR,
    carry_trials,
    chain_route,
    claimed_ratio,
    drawn_routes,
    largest_error,
    passing_figures,
    route_facts,
    route_inputs,
    routes_reaching,
    shared_sources,
    wedge_route,
)
from indicators.urban_rural_convergence.weights import implied_weight, urban_weights
from indicators.urban_rural_convergence.windows import claim_window, leans_on_claim, page_window

__all__ = [
    "BASES",
    "CHINA",
    "CLAIM_YEAR",
    "DRAWN_POINTS",
    "EXTRA",
    "FORMS",
    "MEASURES",
    "ZHEJIANG",
    "Choices",
    "Outlook",
    "carry_trials",
    "chain_route",
    "claim_routes",
    "claim_window",
    "claimed_ratio",
    "closing",
    "convergence_places",
    "difference",
    "differences",
    "drawn_routes",
    "gap_direction",
    "gap_series",
    "gap_threshold",
    "gate_facts",
    "growth_race",
    "half_life",
    "implied_weight",
    "indexed_series",
    "largest_error",
    "largest_lead",
    "leans_on_claim",
    "load_points",
    "newest_ratio",
    "newest_year",
    "outlook",
    "pace_table",
    "pace_windows",
    "page_targets",
    "page_window",
    "passing_figures",
    "printed_years",
    "ratio_pace",
    "ratio_series",
    "relative_pace",
    "route_facts",
    "route_inputs",
    "routes_reaching",
    "scenario_paths",
    "scenarios",
    "shared_sources",
    "target_scenarios",
    "target_years",
    "theil_levels",
    "theil_parts",
    "urban_weights",
    "wedge_route",
    "weight_facts",
    "widening_threshold",
    "window_difference",
    "window_pace",
    "years_to_target",
    "yuan_gaps",
]
