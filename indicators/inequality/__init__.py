"""Inequality of incomes: Theil's two measures with their parts, Gini's and Atkinson's.

All are means over people, so copies of a population, or incomes in another unit, leave them as they
are. Where only the means of groups are known, each is a lower bound on the inequality among people.
"""

from indicators.inequality.shares import gini
from indicators.inequality.theil import (
    MEASURES,
    TheilDecomposition,
    check_measure,
    theil_decomposition,
    theil_l,
    theil_t,
)
from indicators.inequality.welfare import atkinson

__all__ = [
    "MEASURES",
    "TheilDecomposition",
    "atkinson",
    "check_measure",
    "gini",
    "theil_decomposition",
    "theil_l",
    "theil_t",
]
