"""The service fields of the tables, and the breaks in their series."""

from __future__ import annotations

# The seven fields of 七优享, then the other fields of the table; `general` is context, no service.
FIELDS = (
    "childcare",
    "education",
    "work",
    "health",
    "elderly",
    "housing",
    "social_assistance",
    "culture",
    "rural",
    "youth",
)

_CENSUS, _BASIS, _NAME = "census_revision", "basis_changes", "name_changes"
_REVISED = ("resident_60plus", "resident_60plus_share", "resident_65plus", "resident_65plus_share")

# (place, indicator): the years after which the series breaks, and why. No line crosses a break.
# Source: the breaks that data/README.md lists, and the notes of the rows.
BREAKS: dict[tuple[str, str], tuple[tuple[int, str], ...]] = {
    **{("330100", indicator): ((2019, _CENSUS),) for indicator in _REVISED},
    # registered people in 2004 and 2020, basis unknown in the other years
    ("330100", "life_expectancy"): ((2004, _BASIS), (2019, _BASIS), (2020, _BASIS)),
    # 410 registered in 2017, 1204 on another basis in 2020
    ("330100", "centenarians"): ((2017, _BASIS),),
    # the reports before name an unemployment rate, without saying which
    ("330100", "registered_unemployment_rate"): ((2010, _NAME),),
    # the sources do not say why 26.44 became 34.72
    ("330000", "urban_housing_area_per_capita"): ((2006, _BASIS),),
}
