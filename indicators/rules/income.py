"""Rules on income figures of one place and basis: ratios, order and implied weights."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from pandas import isna

from indicators.rounding import rounding_bounds
from indicators.rules.figures import BOUNDS, Tables

WEIGHT_STEP = Decimal("0.015")
COMPARE = (
    "compare these rows with their sources: correct a typing mistake; where the sources"
    " contradict each other, keep both and give the doubtful row status suspect and a note"
)


class _Figure(NamedTuple):
    line: int
    period: str
    scope: str
    origin: str
    status: str
    text: str
    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        return f"{self.text} (row {self.line})"


def _limits(row) -> tuple[Decimal, Decimal] | None:
    """The values a figure may stand for, rounded half up or half down; None if it does not say."""
    if row.bound not in BOUNDS and not (isna(row.value_low) or isna(row.value_high)):
        return Decimal(str(row.value_low)), Decimal(str(row.value_high))
    if row.bound != "eq":
        return None
    digits = None if isna(row.decimals) else int(row.decimals)
    try:
        return rounding_bounds(row.printed, digits, "half_up_or_down")[:2]
    except ValueError:  # it contradicts its decimals: check_decimals tells
        return None
    except ArithmeticError:  # more digits than Decimal works with: rounding is beside the point
        return Decimal(row.printed), Decimal(row.printed)


def _trios(tables: Tables, first: str) -> Iterator[tuple[tuple, tuple[_Figure, _Figure, _Figure]]]:
    """(place, basis) with the figure `first`, urban and rural income of one period and scope."""
    groups: dict[tuple, dict[str, list[_Figure]]] = {}
    for row in tables["income"].itertuples():
        if limits := _limits(row):
            group = groups.setdefault((row.place_code, row.basis, row.period), {})
            facts = (row.Index, row.period, row.scope, row.origin, row.status, row.printed)
            group.setdefault(row.indicator, []).append(_Figure(*facts, *limits))
    for (place, basis, _), group in groups.items():
        parts = (group.get(name, []) for name in (first, "urban_income", "rural_income"))
        for trio in product(*parts):
            # Rural households belong to no urban district: only the first two share a scope.
            if trio[0].scope == trio[1].scope:
                yield (place, basis), trio


def _judge(trio: tuple[_Figure, ...], wrong: dict[_Figure, str], what: str) -> Iterator[tuple]:
    """Faults of a trio; where the status of a row is not normal, that row, as exempt."""
    doubtful = [row for row in trio if row.status != "normal"]
    for row in doubtful:
        outcome = f"{row.text}, status {row.status}, {'breaks' if wrong else 'obeys'} the rule"
        yield "income", row.line, "value", outcome, what, "none: exempt by its status", True
    for row, allowed in {} if doubtful else wrong.items():
        yield "income", row.line, "value", row.text, allowed, COMPARE, False


def check_ratios(tables: Tables) -> Iterator[tuple]:
    """Every stated ratio beside all urban and rural incomes it may have been made of."""
    told: set[int] = set()  # one entry a row, also where several ratios are stated
    for _, trio in _trios(tables, "ratio_stated"):
        ratio, urban, rural = trio
        if min(row.low for row in trio) <= 0:
            wrong = {row: "a figure above 0" for row in trio if row.low <= 0}
            yield from _judge(trio, wrong, "figures above 0")
            continue
        ranges = {
            ratio: (urban.low / rural.high, urban.high / rural.low),
            urban: (ratio.low * rural.low, ratio.high * rural.high),
            rural: (urban.low / ratio.high, urban.high / ratio.low),
        }
        what = f"ratio {ratio} = urban {urban} / rural {rural} within rounding"
        wrong = {row: f"{a:.6g} to {b:.6g}, so that {what}" for row, (a, b) in ranges.items()}
        if ranges[ratio][0] <= ratio.high and ratio.low <= ranges[ratio][1]:
            wrong = {}
        for fault in _judge(trio, wrong, what):
            if fault[1] not in told:
                yield fault
            told |= set() if fault[-1] else {fault[1]}


def check_between(tables: Tables) -> Iterator[tuple]:
    """Every income of all residents beside the urban and rural incomes of its period."""
    for _, trio in _trios(tables, "all_income"):
        whole, urban, rural = trio
        what = f"rural {rural} <= all {whole} <= urban {urban}"
        wrong = {row: what for row in (whole, rural) if whole.high < rural.low}
        wrong |= {row: what for row in (whole, urban) if whole.low > urban.high}
        yield from _judge(trio, wrong, what)


def check_urban_weights(tables: Tables) -> Iterator[tuple]:
    """The weight of a year beside that of the last year before it that has one.

    Printed figures only: a level derived from a rounded growth rate is too wide to tell.
    """
    series: dict[tuple, list[tuple[int, Decimal, Decimal, tuple[_Figure, ...]]]] = {}
    for key, trio in _trios(tables, "all_income"):
        whole, urban, rural = trio
        printed = all(row.origin == "printed" for row in trio)
        if printed and whole.period.isdigit() and urban.low > rural.high:
            # The weight rises with the whole and falls with each part.
            low = (whole.low - rural.high) / (urban.high - rural.high)
            high = (whole.high - rural.low) / (urban.low - rural.low)
            series.setdefault(key, []).append((int(whole.period), low, high, trio))
    for weights in series.values():
        sound = [item for item in weights if all(row.status == "normal" for row in item[3])]
        for year, low, high, trio in weights:
            last = max((item[0] for item in sound if item[0] < year), default=None)
            # Where sources of the last year differ, each may be right.
            steps = [
                (max(low - item[2], item[1] - high) / (year - last), item)
                for item in sound
                if item[0] == last
            ]
            if steps:
                step, (_, last_low, _, last_trio) = min(steps)
                now, then = (f"{w:.4f} from all {t[0]}, urban {t[1]}, rural {t[2]}"
                             for w, t in ((low, trio), (last_low, last_trio)))  # fmt: skip
                what = f"an urban weight that moves less than {WEIGHT_STEP} a year; it is {now}"
                what += f" in {year}, and {then} in {last}: {abs(step):.4f} a year"
                yield from _judge(trio, {trio[0]: what} if step >= WEIGHT_STEP else {}, what)
