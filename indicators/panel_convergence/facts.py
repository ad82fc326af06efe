"""What a panel holds for the gates of this chapter."""

from __future__ import annotations

from typing import Any

from pandas import DataFrame

from indicators.panel_convergence.choices import Choices, income_word
from indicators.panel_convergence.held import end_levels, log_block, page_window
from indicators.panel_convergence.theil import parts_held


def gate_facts(panel: DataFrame, choices: Choices) -> dict[str, dict[str, Any]]:
    """What the panel holds, by method: facts for `gates.require`.

    >>> from indicators import evidence, tables
    >>> from indicators.panel_convergence import Choices, load_panel
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> panel = load_panel(None, rows, tables.load("places"))
    >>> gate_facts(panel, Choices())["panel_line"]
    {'units': 5}
    """
    ends, (first, last) = end_levels(panel, choices), page_window(panel, choices)
    return {
        "panel_log_t": {
            "units": len(log_block(panel, choices)),
            "years": last - first + 1,
            "income": income_word(choices.income),
        },
        "panel_line": {"units": len(ends)},
        "panel_spread": {"units": len(ends)},
        "panel_people": {
            "weighted": choices.weighted,
            "missing": int(ends["population"].isna().sum()),
            "units": len(ends),
        },
        "panel_spread_test": {"weighted": choices.weighted},
        "panel_theil_parts": {"units": parts_held(panel, choices)["unit"].nunique()},
    }
