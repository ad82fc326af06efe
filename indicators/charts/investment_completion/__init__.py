"""Charts of the chapter on investment completion."""

from indicators.charts.investment_completion.growth import growth_split
from indicators.charts.investment_completion.lists import moving_denominator
from indicators.charts.investment_completion.plan import implied_plan
from indicators.charts.investment_completion.schedule import rate_against_schedule
from indicators.charts.investment_completion.shares import attainability

__all__ = [
    "attainability",
    "growth_split",
    "implied_plan",
    "moving_denominator",
    "rate_against_schedule",
]
