"""Shares of counts: what whole numbers can give, what a sample tells, what a bound identifies."""

from indicators.proportions.granularity import (
    ShareTest,
    attainable_shares,
    grim,
    share_comb,
    share_test,
)
from indicators.proportions.identified import identified_share
from indicators.proportions.sampling import METHODS, proportion_interval, sample_interval

__all__ = [
    "METHODS",
    "ShareTest",
    "attainable_shares",
    "grim",
    "identified_share",
    "proportion_interval",
    "sample_interval",
    "share_comb",
    "share_test",
]
