"""Rules that a table schema cannot say, computed from all tables together.

Each rule is a generator over (table, line, column, found, allowed, remedy, exempt); the index of
a table is the line of each row in its file. Several rules read an income figure as the set of
values that its printed form leaves open (Fellegi and Holt 1976 call such rules edits).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product
from typing import NamedTuple

from pandas import DataFrame, isna

from indicators.intervals import rounding_bounds

BOUNDS = {"gt", "ge", "more", "lt", "le"}
FIGURE_TABLES = ("income", "investment", "services")
WEIGHT_STEP = Decimal("0.015")
COMPARE = (
    "compare these rows with their sources: correct a typing mistake; where the sources"
    " contradict each other, keep both and give the doubtful row status suspect and a note"
)
Tables = Mapping[str, DataFrame]


@dataclass(frozen=True)
class Violation:
    """One fault: where, what was found, what is allowed, by which rule, what to do.

    `file` is relative to the project, `row` the line an editor shows (the header is 1; 0 where no
    line applies), `column` one name or several. `exempt` marks a row that the rule leaves out for
    its status: no fault.
    """

    file: str
    row: int
    column: str
    found: str
    allowed: str
    rule: str
    remedy: str
    exempt: bool = False

    def __str__(self) -> str:
        place = self.file + (f", row {self.row}" if self.row else "")
        place += f", {self.column}" if self.column else ""
        return f"{place}: found {self.found}; allowed: {self.allowed}. {self.remedy} ({self.rule})"


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
    except ValueError:  # it contradicts its decimals: _check_decimals tells
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


def _check_ratios(tables: Tables) -> Iterator[tuple]:
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


def _check_between(tables: Tables) -> Iterator[tuple]:
    for _, trio in _trios(tables, "all_income"):
        whole, urban, rural = trio
        what = f"rural {rural} <= all {whole} <= urban {urban}"
        wrong = {row: what for row in (whole, rural) if whole.high < rural.low}
        wrong |= {row: what for row in (whole, urban) if whole.low > urban.high}
        yield from _judge(trio, wrong, what)


def _check_urban_weights(tables: Tables) -> Iterator[tuple]:
    """Printed figures only: a level derived from a rounded growth rate is too wide to tell."""
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


def _check_bounds(tables: Tables) -> Iterator[tuple]:
    for name in FIGURE_TABLES:
        table = tables[name]
        bounds = table[table["bound"].isin(BOUNDS)]
        for row in table[table["origin"].eq("derived")].itertuples():
            formula = row.note.partition(";")[0].replace(",", "")
            if not re.search("[/÷]", formula):
                continue
            operands = {Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", formula)}
            near = bounds[bounds["place_code"].eq(row.place_code)]
            used = near["printed"].map(Decimal).isin(operands)
            if row.indicator == "ratio_stated":
                # The formula may speak of the incomes without repeating their figures.
                same = near["period"].eq(row.period) & near["basis"].eq(row.basis)
                words = [part for part in ("urban", "rural") if part in formula.lower()]
                used |= same & near["indicator"].isin([f"{part}_income" for part in words])
            if used.any():
                found = f"{row.printed} from {formula!r}, where a bound stands in row "
                found += ", ".join(map(str, near.index[used]))
                remedy = "take the row out: what a bound is divided into or by stays unknown"
                yield name, row.Index, "value, note", found, "a ratio of figures", remedy, False


def _check_derived(tables: Tables) -> Iterator[tuple]:
    for name in FIGURE_TABLES:
        for row in tables[name][tables[name]["origin"].eq("derived")].itertuples():
            if not re.match(r"derived:.*\d", row.note):
                remedy = "write the arithmetic into note, with the figures it starts from"
                allowed = "a formula such as 'derived: 32658/1.097'"
                yield name, row.Index, "note", repr(row.note), allowed, remedy, False
            if not isna(row.decimals):
                remedy = "leave decimals blank: nobody printed this figure"
                yield name, row.Index, "decimals", str(row.decimals), "blank", remedy, False


def _articles(tables: Tables) -> set[str]:
    """The text under analysis: its figures are claims, never evidence."""
    return set(tables["sources"].loc[tables["sources"]["kind"].eq("article"), "source_id"])


def _check_agreement(tables: Tables) -> Iterator[tuple]:
    known, articles = set(tables["sources"]["source_id"]), _articles(tables)
    for name in FIGURE_TABLES:
        for row in tables[name].itertuples():
            others = row.agreeing_source_ids.split(";") if row.agreeing_source_ids else []
            if row.n_sources != 1 + len(others):
                found = f"{row.n_sources}, with {len(others)} in agreeing_source_ids"
                remedy = "count the source of the row and the others it lists"
                allowed = str(1 + len(others))
                yield name, row.Index, "n_sources", found, allowed, remedy, False
            for column, wrong, allowed in (
                ("agreeing_source_ids", set(others) - known, "ids of sources.csv"),
                ("agreeing_source_ids", set(others) & {row.source_id}, "sources but its own"),
                ("agreeing_source_ids", {i for i in others if others.count(i) > 1}, "each id once"),
                ("agreeing_source_ids", set(others) & articles, "evidence, which no article is"),
                ("source_id", {row.source_id} & articles if others else set(), "no agreement"),
            ):
                if wrong:
                    found, remedy = ";".join(sorted(wrong)), "correct the list and n_sources"
                    yield name, row.Index, column, found, allowed, remedy, False


def _check_references(tables: Tables) -> Iterator[tuple]:
    sources, codes = set(tables["sources"]["source_id"]), set(tables["places"]["code"])
    for name, column, known, where in (
        ("claims", "evidence_source_ids", sources, "sources.csv"),
        ("places", "successor_code", codes, "places.csv"),
        ("places", "parent_code", codes, "places.csv"),
    ):
        for line, cell in tables[name][column].items():
            if missing := [part for part in cell.split(";") if cell and part not in known]:
                remedy = f"add the row to {where}, or correct the id"
                yield name, line, column, ";".join(missing), f"keys of {where}", remedy, False


def _check_outcomes(tables: Tables) -> Iterator[tuple]:
    articles = _articles(tables)
    column = "outcome_table, outcome_indicator"
    for row in tables["targets"].itertuples():
        found = f"{row.outcome_table or 'blank'}, {row.outcome_indicator or 'blank'}"
        if bool(row.outcome_table) != bool(row.outcome_indicator):
            yield "targets", row.Index, column, found, "both or none", "fill in the other", False
        elif row.outcome_table:
            table = tables[row.outcome_table]
            names = table["indicator"]
            if row.outcome_table == "investment":
                names = table["programme"] + "." + names
            rows = table["place_code"].eq(row.place_code) & names.eq(row.outcome_indicator)
            if not (rows & ~table["source_id"].isin(articles)).any():
                allowed = f"an indicator with rows for {row.place_code}, the article's left out"
                remedy = "leave both blank until such a row exists"
                yield "targets", row.Index, column, found, allowed, remedy, False


def _check_limits(tables: Tables) -> Iterator[tuple]:
    for name in ("income", "claims"):
        for row in tables[name].itertuples():
            low, high = row.value_low, row.value_high
            value = low if name == "claims" else row.value
            if not (isna(low) and isna(high)) and not low <= value <= high:
                found = f"{low}, {row.value}, {high}"
                remedy = "correct the figures; give both limits or none"
                column = "value_low, value, value_high"
                yield name, row.Index, column, found, "in rising order", remedy, False


def _check_decimals(tables: Tables) -> Iterator[tuple]:
    """A figure turned into the unit of the row may show fewer digits: its note says as printed."""
    for name in (*FIGURE_TABLES, "targets"):
        for row in tables[name].dropna(subset="decimals").itertuples():
            digits, shown = int(row.decimals), len(row.printed.partition(".")[2])
            fewer = shown < digits and re.search(r"\bprinted\b.*\d", row.note)
            whole = digits >= 0 or int(Decimal(row.printed)) % 10**-digits == 0
            if not whole or (shown != max(digits, 0) and not fewer):
                found = f"{row.printed} with decimals {digits}"
                remedy = "keep the zeros as printed, or correct decimals"
                allowed = f"{shown} for this figure" if whole else "a round figure"
                yield name, row.Index, "value, decimals", found, allowed, remedy, False


def _check_order(tables: Tables) -> Iterator[tuple]:
    for name, table in tables.items():
        if name == "claims":  # kept by part of the article
            continue
        keys = [row_id.partition(":")[2].split("|") for row_id in table["row_id"]]
        origins = table["origin"] if "origin" in table else [""] * len(keys)
        order = [(*key[:-1], origin, key[-1]) for key, origin in zip(keys, origins, strict=True)]
        for (before, line), (after, next_line) in pairwise(zip(order, table.index, strict=True)):
            if after < before:
                found = " ".join(after)
                allowed = f"a key after that of row {line}: {' '.join(before)}"
                remedy = "move the row to its place in the order of the primary key"
                yield name, next_line, "", found, allowed, remedy, False


def _check_crosswalk(tables: Tables) -> Iterator[tuple]:
    places = tables["places"]
    counties = set(places.loc[places["level"].eq("county"), "code"])
    pairs: dict[tuple, dict[int, bool]] = {}
    for row in tables["crosswalk"].itertuples():
        for key in ((2010, row.code_2010), (2020, row.code_2020)):
            pairs.setdefault(key, {})[row.Index] = row.comparable
    for row in tables["census"].itertuples():
        known = pairs.get((row.census_year, row.place_code), {})
        if row.place_code in counties and set(known.values()) != {row.boundary_comparable}:
            found = f"{row.boundary_comparable} for {row.place_code}".lower()
            allowed = (
                f"as comparable in crosswalk.csv, row {', '.join(map(str, known)) or 'missing'}"
            )
            remedy = "make the two tables agree; a county unit needs a row in crosswalk.csv"
            yield "census", row.Index, "boundary_comparable", found, allowed, remedy, False


RULES = {
    "a stated ratio agrees with the incomes of its place, period, basis and scope": _check_ratios,
    "all-resident income lies between rural and urban income": _check_between,
    "the implied urban weight, (all - rural)/(urban - rural), moves slowly": _check_urban_weights,
    "a row that is only a bound enters no ratio": _check_bounds,
    "a derived row gives its formula and no decimals": _check_derived,
    "n_sources counts existing, different sources, and never the article": _check_agreement,
    "every id in a list exists": _check_references,
    "the outcome of a target exists": _check_outcomes,
    "a figure lies within its limits": _check_limits,
    "a figure shows the decimals it is said to have": _check_decimals,
    "rows stand in the order of the primary key": _check_order,
    "the census flag agrees with the crosswalk": _check_crosswalk,
}


def find_violations(tables: Tables, folder: str = "data") -> list[Violation]:
    """Faults of all rules, by rule and row, each once; exempt rows last.

    `tables` maps the name of every table to its rows as `indicators.tables.load` gives them, but
    with the line of each row as index; `folder` is how their files are called in the faults. A
    row is compared only where its place, period and basis have the figures to compare it with.
    """
    found = [
        Violation(f"{folder}/{name}.csv", line, column, wrong, allowed, rule, remedy, exempt)
        for rule, check in RULES.items()
        for name, line, column, wrong, allowed, remedy, exempt in check(tables)
    ]
    return sorted(dict.fromkeys(found), key=lambda fault: fault.exempt)
