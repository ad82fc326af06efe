"""The claims of the article, one by one: what could test each, and what the test says.

Verdicts are computed by declared rules from intervals and evidence, never typed. A verdict says
how a printed figure stands to what else is printed; it says nothing about what is true.
"""

from indicators.claims_audit.audit import (
    ALL,
    SECTIONS,
    Audit,
    audit_claims,
)
from indicators.claims_audit.cards import claim_cards, sentence_rows, verdict_counts
from indicators.claims_audit.comparison import (
    POWER_OVER,
    RELATIONS,
    VERDICTS,
    Comparison,
    Judgement,
    judge,
    possible_figures,
)
from indicators.claims_audit.leads import Lead, leads
from indicators.claims_audit.stock import Stock

__all__ = [
    "ALL",
    "POWER_OVER",
    "RELATIONS",
    "SECTIONS",
    "VERDICTS",
    "Audit",
    "Comparison",
    "Judgement",
    "Lead",
    "Stock",
    "audit_claims",
    "claim_cards",
    "judge",
    "leads",
    "possible_figures",
    "sentence_rows",
    "verdict_counts",
]
