"""Of the targets that were set: which have an outcome in print, which were met, and when."""

from indicators.targets_progress.choices import ALL, TABLES, Choices
from indicators.targets_progress.counts import count_targets, passed_in_part
from indicators.targets_progress.facts import gate_facts
from indicators.targets_progress.growth import growth_case, growth_needed
from indicators.targets_progress.listing import (
    list_growth,
    list_outcomes,
    list_ratios,
    list_targets,
)
from indicators.targets_progress.ratios import early_ratio, ratio_check
from indicators.targets_progress.reach import reach_points, timeline_points
from indicators.targets_progress.statuses import (
    OPEN,
    STATUSES,
    WHEN_SET,
    judge_targets,
    judged,
    status_marks,
)

__all__ = [
    "ALL",
    "OPEN",
    "STATUSES",
    "TABLES",
    "WHEN_SET",
    "Choices",
    "count_targets",
    "early_ratio",
    "gate_facts",
    "growth_case",
    "growth_needed",
    "judge_targets",
    "judged",
    "list_growth",
    "list_outcomes",
    "list_ratios",
    "list_targets",
    "passed_in_part",
    "ratio_check",
    "reach_points",
    "status_marks",
    "timeline_points",
]
