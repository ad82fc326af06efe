"""Rules on single figures: bounds, limits, decimals, and the formulas of derived ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from pandas import DataFrame, isna

BOUNDS = {"gt", "ge", "more", "lt", "le"}
FIGURE_TABLES = ("income", "investment", "services")
Tables = Mapping[str, DataFrame]


def check_bounds(tables: Tables) -> Iterator[tuple]:
    """Derived quotients whose formula takes a figure that is only a bound."""
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


def check_derived(tables: Tables) -> Iterator[tuple]:
    """Derived figures: each tells its formula, and has no decimals as none were printed."""
    for name in FIGURE_TABLES:
        for row in tables[name][tables[name]["origin"].eq("derived")].itertuples():
            if not re.match(r"derived:.*\d", row.note):
                remedy = "write the arithmetic into note, with the figures it starts from"
                allowed = "a formula such as 'derived: 32658/1.097'"
                yield name, row.Index, "note", repr(row.note), allowed, remedy, False
            if not isna(row.decimals):
                remedy = "leave decimals blank: nobody printed this figure"
                yield name, row.Index, "decimals", str(row.decimals), "blank", remedy, False


def check_limits(tables: Tables) -> Iterator[tuple]:
    """Figures with limits: both are given, and the figure lies between them."""
    for name in ("income", "claims"):
        for row in tables[name].itertuples():
            low, high = row.value_low, row.value_high
            value = low if name == "claims" else row.value
            if not (isna(low) and isna(high)) and not low <= value <= high:
                found = f"{low}, {row.value}, {high}"
                remedy = "correct the figures; give both limits or none"
                column = "value_low, value, value_high"
                yield name, row.Index, column, found, "in rising order", remedy, False


def check_decimals(tables: Tables) -> Iterator[tuple]:
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
