"""What the choices and the tables hold for the gates of this chapter."""

from __future__ import annotations

from typing import Any

from indicators.service_coverage.choices import Choices


def gate_facts(choices: Choices) -> dict[str, dict[str, Any]]:
    """Facts for `gates.require`, by method, as far as the choices tell them.

    No table lists villages with their people, so `people_coverage` stays closed until one does.

    >>> gate_facts(Choices("330100", villages=1700))["covered_villages"]
    {'total': 1700}
    """
    return {
        "coverage_interval": {
            "universe": choices.universe,
            "total": choices.total,
            "sample": choices.sample,
        },
        "covered_villages": {"total": choices.total},
        "people_coverage": {"lists": 0},
    }
