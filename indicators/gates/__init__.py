"""Minimum conditions of methods. A refusal is an object that a page can show.

The conditions cannot be lowered by a parameter. A method that is refused leaves a box that says
what was asked for, what the tables hold, and which figure would open it. Each topic has its rows
in a module of its own; together they are one table.
"""

from __future__ import annotations

from typing import Any

from indicators.gates import (
    claimed_ratio,
    claims_audit,
    investment_completion,
    regional_convergence,
    service_coverage,
    targets_progress,
    urban_rural_convergence,
)
from indicators.gates.condition import Condition, Gate
from indicators.labels import LANGUAGES

CONDITIONS: dict[str, Condition] = {
    **claims_audit.CONDITIONS,
    **claimed_ratio.CONDITIONS,
    **investment_completion.CONDITIONS,
    **regional_convergence.CONDITIONS,
    **service_coverage.CONDITIONS,
    **targets_progress.CONDITIONS,
    **urban_rural_convergence.CONDITIONS,
}


def require(method: str, **facts: Any) -> Gate:
    """Check the minimum condition of a method against facts of the tables.

    Raises KeyError for a method without a condition, TypeError for facts that are missing or not
    asked for.

    >>> gate = require("chain_ladder", past_years=0)
    >>> bool(gate), gate.found["en"]
    (False, '0 earlier years')
    """
    if method not in CONDITIONS:
        raise KeyError(f"method {method!r} has no condition; known: {', '.join(CONDITIONS)}")
    rule = CONDITIONS[method]
    if set(facts) != set(rule.facts):
        raise TypeError(
            f"{method}: found the facts {', '.join(sorted(facts)) or 'none'}; "
            f"needed: {', '.join(rule.facts)}"
        )
    found = {lang: rule.found(facts, lang) for lang in LANGUAGES}
    return Gate(method, bool(rule.test(facts)), rule.condition, found, rule.opens)
