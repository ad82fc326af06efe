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
    panel_convergence,
    regional_convergence,
    service_coverage,
    specification_curve,
    targets_progress,
    urban_rural_convergence,
)
from indicators.gates.condition import Condition, Gate
from indicators.gates.facts import fact_fault
from indicators.inputs import check_choice, shown
from indicators.labels import LANGUAGES

CONDITIONS: dict[str, Condition] = {
    **claims_audit.CONDITIONS,
    **claimed_ratio.CONDITIONS,
    **investment_completion.CONDITIONS,
    **panel_convergence.CONDITIONS,
    **regional_convergence.CONDITIONS,
    **service_coverage.CONDITIONS,
    **specification_curve.CONDITIONS,
    **targets_progress.CONDITIONS,
    **urban_rural_convergence.CONDITIONS,
}


def require(method: str, **facts: Any) -> Gate:
    """Check the minimum condition of a method against facts of the tables.

    Raises one ValueError that says what was found and what is allowed: for a method without a
    condition (the nearest is named), for facts that are missing or not asked for, and for facts
    that are not what their name says, such as nan, a negative count, or text for a number.

    >>> gate = require("chain_ladder", past_years=0)
    >>> bool(gate), gate.found["en"]
    (False, '0 earlier years')
    """
    rule = CONDITIONS[check_choice("method", method, tuple(CONDITIONS))]
    if set(facts) != set(rule.facts):
        raise ValueError(
            f"{method}: found the facts {', '.join(sorted(facts)) or 'none'}; "
            f"allowed: {', '.join(rule.facts)}"
        )
    if faults := [fault for name in rule.facts if (fault := fact_fault(name, facts[name]))]:
        raise ValueError(f"{method}: {'. '.join(faults)}")
    try:
        found = {lang: rule.found(facts, lang) for lang in LANGUAGES}
        passed = bool(rule.test(facts))
    except (KeyError, ValueError):
        told = ", ".join(f"{name} = {shown(fact)}" for name, fact in facts.items())
        raise ValueError(
            f"{method}: found {told}; allowed: words that the tables and choices use"
        ) from None
    return Gate(method, passed, rule.condition, found, rule.opens)
