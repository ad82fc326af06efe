"""Charts of the chapter that sets the places side by side."""

from indicators.charts.place_comparison.answers import strictness_answers
from indicators.charts.place_comparison.paces import relative_paces

__all__ = ["relative_paces", "strictness_answers"]
