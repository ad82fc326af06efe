"""What a printed rate of investment completion says, and what it cannot say.

The rate is completed investment over a plan; which plan, the sources often do not say. The rows of
the table `investment` go in, marked with their evidence; each function looks the figures it needs
up with `reported`, which never takes a bound, a suspect figure or a figure of a replaced list.
"""

from indicators.findings import Findings
from indicators.investment_completion.choices import MONEY_UNITS, READINGS, Choices, scheduled_share
from indicators.investment_completion.facts import gate_facts
from indicators.investment_completion.growth import growth_split
from indicators.investment_completion.lists import moving_denominator
from indicators.investment_completion.plans import (
    completed_investment,
    completion_rate,
    implied_plans,
    plan_variants,
)
from indicators.investment_completion.readings import reading_test
from indicators.investment_completion.schedule import rates_against_schedule, year_outcome

__all__ = [
    "MONEY_UNITS",
    "READINGS",
    "Choices",
    "Findings",
    "completed_investment",
    "completion_rate",
    "gate_facts",
    "growth_split",
    "implied_plans",
    "moving_denominator",
    "plan_variants",
    "rates_against_schedule",
    "reading_test",
    "scheduled_share",
    "year_outcome",
]
