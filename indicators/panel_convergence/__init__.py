"""Do the units of a panel draw together? The book's own table, or a panel that a reader brings.

Levels of income go in, units by years. What compares the first with the last year uses the units
that hold both; what needs every year uses those that miss none. Nothing is filled in, and the
units that are left out are named.
"""

from indicators.gates.panel_convergence import FEW_YEARS
from indicators.panel_convergence.choices import TRIMS, WEIGHTS, Choices
from indicators.panel_convergence.clubs import (
    club_paths,
    club_table,
    club_trials,
    clubs_of,
    log_t_by_trim,
    smoothed_block,
)
from indicators.panel_convergence.facts import gate_facts
from indicators.panel_convergence.growth import growth_on_level, growth_points
from indicators.panel_convergence.held import (
    OWN,
    book_panel,
    end_levels,
    held_points,
    load_panel,
    log_block,
    page_window,
    units_held,
)
from indicators.panel_convergence.spread import (
    RANKED_UNITS,
    page_row,
    spread_changes,
    spread_lines,
)
from indicators.panel_convergence.theil import between_units, parts_held, theil_parts

__all__ = [
    "FEW_YEARS",
    "OWN",
    "RANKED_UNITS",
    "TRIMS",
    "WEIGHTS",
    "Choices",
    "between_units",
    "book_panel",
    "club_paths",
    "club_table",
    "club_trials",
    "clubs_of",
    "end_levels",
    "gate_facts",
    "growth_on_level",
    "growth_points",
    "held_points",
    "load_panel",
    "log_block",
    "log_t_by_trim",
    "page_row",
    "page_window",
    "parts_held",
    "smoothed_block",
    "spread_changes",
    "spread_lines",
    "theil_parts",
    "units_held",
]
