"""Panels made up for the tests: their clubs are known, and they are nobody's incomes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pandas import DataFrame

# log of rural income in the first year, and units, of each club
CLUBS = {"High": (10.6, 6), "Low": (9.6, 6)}


def made_up_panel(years: int = 24, first: int = 2000, clubs: dict | None = None) -> DataFrame:
    """Rows as in a file: within a club the distances vanish, between the clubs they grow.

    Each unit starts at its own distance from the path of its club, which shrinks with
    1 / (log(t + 1) t); the clubs grow at paces of their own.
    """
    draw = np.random.default_rng(20251126)
    t = np.arange(1, years + 1)
    rows = []
    for name, (level, size) in (clubs or CLUBS).items():
        pace = 0.05 + 0.01 * (level - 10)
        for number in range(1, size + 1):
            away = draw.uniform(-0.5, 0.5) / (np.log(t + 1) * t)
            rural = np.exp(level + pace * t + away + draw.normal(0, 0.001, years))
            urban = rural * (1.5 + 0.2 / t + 0.01 * number)
            people, share = draw.uniform(50, 900), 0.4 + 0.005 * t
            rows += [
                {
                    "unit": f"{name} {number}",
                    "year": first + step,
                    "urban": round(urban[step], 2),
                    "rural": round(rural[step], 2),
                    "all": round(share[step] * urban[step] + (1 - share[step]) * rural[step], 2),
                    "population": round(people, 3),
                    "urban_population": round(people * share[step], 3),
                }
                for step in range(years)
            ]
    return DataFrame(rows)


def write(panel: DataFrame, file: Path) -> Path:
    panel.to_csv(file, index=False, lineterminator="\n")
    return file
