"""Rules on how rows are kept: ids in lists, agreeing sources, outcomes, order and the crosswalk."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from indicators.rules.figures import FIGURE_TABLES, Tables


def _articles(tables: Tables) -> set[str]:
    """The text under analysis: its figures are claims, never evidence."""
    return set(tables["sources"].loc[tables["sources"]["kind"].eq("article"), "source_id"])


def check_agreement(tables: Tables) -> Iterator[tuple]:
    """Sources that a row lists as agreeing with its own, and their count."""
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


def check_references(tables: Tables) -> Iterator[tuple]:
    """Ids beyond the reach of a foreign key: those in lists, and codes of other places."""
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


def check_outcomes(tables: Tables) -> Iterator[tuple]:
    """Where a target says its outcome stands: rows there that are no claims."""
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


def check_order(tables: Tables) -> Iterator[tuple]:
    """Rows by primary key, claims by sentence first; before its last part derived before printed.

    Numbers in a key are compared as numbers.
    """
    for name, table in tables.items():
        keys = [row_id.partition(":")[2].split("|") for row_id in table["row_id"]]
        if name == "claims":
            keys = [[f"{line}", *key] for line, key in zip(table["sentence"], keys, strict=True)]
        keys = [[part.zfill(4) if part.isdecimal() else part for part in key] for key in keys]
        origins = table["origin"] if "origin" in table else [""] * len(keys)
        order = [(*key[:-1], origin, key[-1]) for key, origin in zip(keys, origins, strict=True)]
        for (before, line), (after, next_line) in pairwise(zip(order, table.index, strict=True)):
            if after < before:
                found = " ".join(after)
                allowed = f"a key after that of row {line}: {' '.join(before)}"
                remedy = "move the row to its place in the order of the primary key"
                yield name, next_line, "", found, allowed, remedy, False


def check_crosswalk(tables: Tables) -> Iterator[tuple]:
    """Whether a county unit is comparable, as the census and the crosswalk say."""
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
