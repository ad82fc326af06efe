"""What the tables hold for the gates of this chapter."""

from __future__ import annotations

from typing import Any

from indicators.regional_convergence.choices import Choices


def gate_facts(choices: Choices) -> dict[str, dict[str, Any]]:
    """What the page asks for, by method: facts for `gates.require`.

    >>> gate_facts(Choices("population"))["logit_scale"]
    {'indicator': 'population', 'share': False, 'asked': True}
    """
    return {
        "logit_scale": {
            "indicator": choices.indicator,
            "share": "logit" in choices.defined,
            "asked": choices.scale in ("logit", "all"),
        },
        "spread_test": {"weights": choices.weights},
    }
