"""What the larger statistics take, as plain calls: on a panel of the published size, and on many
specifications of the book's own paces.

Run from the project's root with `make bench`. Each figure is the median of several calls.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

import numpy as np

from indicators import evidence, tables
from indicators import specification_curve as curve
from indicators.convergence import convergence_clubs, log_t_test

CALLS = 7
# As many units and years as the 152 countries of Phillips and Sul (2009).
UNITS, YEARS = 152, 34
PLACE, SPECIFICATIONS = "330100", 500


def factor_panel() -> np.ndarray:
    """Log levels of seven clubs whose loadings settle slowly around their limits."""
    random, t = np.random.default_rng(1), np.arange(1, YEARS + 1)
    limits = 1.2 - 0.06 * random.integers(0, 7, (UNITS, 1))
    off = random.normal(0, 0.05, (UNITS, 1)) + random.normal(0, 0.01, (UNITS, YEARS))
    return (limits + off / (np.log(t + 1) * t**0.2)) * (8 + 0.02 * t)


def specifications() -> Callable[[], object]:
    """Loads the ratios of a place once, and asks for the pace by each of many specifications."""
    rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    stock = curve.load_stock(rows, curve.Choices(PLACE))
    table = curve.pace_specifications(stock, "faster_than_china").head(SPECIFICATIONS)
    fields = table[list(curve.PaceSpecification._fields)].itertuples(index=False)
    wanted = [curve.PaceSpecification(*cells) for cells in fields]
    assert len(wanted) == SPECIFICATIONS

    def call() -> list[object]:
        loaded = curve.load_stock(rows, curve.Choices(PLACE))
        return [curve.pace_of(loaded, one) for one in wanted]

    return call


def seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def main() -> None:
    panel = factor_panel()
    # what is measured, how it is called, and the bar in seconds
    trials = {
        f"log_t_test on {UNITS} x {YEARS}": (lambda: log_t_test(panel), 0.005),
        f"convergence_clubs on {UNITS} x {YEARS}": (lambda: convergence_clubs(panel), 1),
        f"{SPECIFICATIONS} specifications": (specifications(), 10),
    }
    for name, (call, bar) in trials.items():
        call()
        times = [seconds(call) for _ in range(CALLS)]
        median, spread = statistics.median(times), f"{min(times):.2g} to {max(times):.2g}"
        met = "met" if median <= bar else "missed"
        print(f"{name}: median {median:.2g} s ({spread}); in {bar:g} s: {met}")
    print(f"with {os.cpu_count()} cores here, of which one is used")


if __name__ == "__main__":
    main()
