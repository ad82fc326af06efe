"""Minimum conditions of methods. A refusal is an object that a page can show.

The conditions cannot be lowered by a parameter. A method that is refused leaves a box that says
what was asked for, what the tables hold, and which figure would open it. Each topic has its rows
in a module of its own; together they are one table.
"""

from __future__ import annotations

from typing import Any

from indicators.gates import investment_completion
from indicators.gates.condition import Condition, Gate
from indicators.labels import LANGUAGES

CONDITIONS: dict[str, Condition] = {**investment_completion.CONDITIONS}


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
