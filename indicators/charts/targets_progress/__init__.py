"""Charts of the chapter on targets."""

from indicators.charts.targets_progress.reach import distance_to_target
from indicators.charts.targets_progress.statuses import target_statuses
from indicators.charts.targets_progress.timeline import figures_since_set

__all__ = ["distance_to_target", "figures_since_set", "target_statuses"]
