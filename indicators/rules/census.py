"""Rules on the two censuses: parts add up to wholes, and the crosswalk holds every unit once."""

from __future__ import annotations

from collections.abc import Iterator

from pandas import isna

from indicators.crosswalk import WITHOUT_CODE, census_sums
from indicators.rules.figures import Tables

# A share printed to 0.01 and the mean of shares printed so lie within two halves of that.
SHARE_STEP = 0.01
COMPARE = "compare these rows with the census books, and correct the one that was misread"


def check_census_sums(tables: Tables) -> Iterator[tuple]:
    """Urban and rural people make the population, counties the prefecture, those the province.

    People of a unit without a code (WITHOUT_CODE) are missing from a sum by exactly their number;
    no more of them can be urban or rural.
    """
    census, places = tables["census"], tables["places"]
    lines = {
        (row.place_code, row.census_year, row.indicator): (row.Index, row.value)
        for row in census.itertuples()
    }
    for (place, year, indicator), (line, total) in lines.items():
        if indicator == "population":
            parts = [lines.get((place, year, f"{part}_population")) for part in ("urban", "rural")]
            whole = sum(part[1] for part in parts if part)
            if parts[0] and whole != total:
                allowed = f"{whole:.0f}, the urban and the rural population together"
                yield "census", line, "value", f"{total:.0f}", allowed, COMPARE, False
    for row in census_sums(census, places).itertuples():
        exact = row.indicator == "population"
        right = row.missing == row.without_code if exact else 0 <= row.missing <= row.without_code
        if not right:
            allowed = f"{row.summed}, the sum of its {row.parts} parts"
            if row.without_code:
                allowed += f", and {'' if exact else 'up to '}{row.without_code} without a code"
            line, _ = lines[row.place_code, row.census_year, row.indicator]
            yield "census", line, "value", str(row.total), allowed, COMPARE, False


def check_census_shares(tables: Tables) -> Iterator[tuple]:
    """The share of old people in a prefecture or the province is the mean of its parts' shares."""
    parents = tables["places"].drop_duplicates("code").set_index("code")["parent_code"]
    for year, rows in tables["census"].groupby("census_year"):
        wide = rows.pivot(index="place_code", columns="indicator", values="value")
        lines = rows[rows["indicator"].eq("aged_65_plus_share")].reset_index(names="line")
        lines = lines.set_index("place_code")["line"]
        for whole, parts in wide.groupby(parents.reindex(wide.index)):
            if whole not in wide.index or isna(wide.loc[whole, "aged_65_plus_share"]):
                continue
            old = (parts["aged_65_plus_share"] * parts["population"]).sum()
            people = wide.loc[whole, "population"]
            # anyone without a code may be young or old
            without = WITHOUT_CODE.get((whole, year), 0)
            low, high = old / people - SHARE_STEP, (old + 100 * without) / people + SHARE_STEP
            found = wide.loc[whole, "aged_65_plus_share"]
            if not low <= found <= high:
                allowed = f"{low:.2f} to {high:.2f}, the mean of its {len(parts)} parts by people"
                yield "census", lines[whole], "value", f"{found:g}", allowed, COMPARE, False


def check_relations(tables: Tables) -> Iterator[tuple]:
    """Each row of the crosswalk joins units of the two censuses as its relation says."""
    rows, census = tables["crosswalk"], tables["census"]
    names = {
        (row.census_year, row.place_code): row.place_zh
        for row in census.drop_duplicates(["census_year", "place_code"]).itertuples()
    }
    uses = {name: rows[name].value_counts() for name in ("code_2010", "code_2020")}
    for row in rows.itertuples():
        for year, code, name in (
            (2010, row.code_2010, row.name_2010), (2020, row.code_2020, row.name_2020),
        ):  # fmt: skip
            known = names.get((year, code))
            if known != name:
                found, column = f"{code} {name}", f"code_{year}, name_{year}"
                allowed = f"a unit of the census of {year}" if known is None else f"{code} {known}"
                remedy = "write code and name as the census table of that year has them"
                yield "crosswalk", row.Index, column, found, allowed, remedy, False
        before, after = uses["code_2010"][row.code_2010], uses["code_2020"][row.code_2020]
        if wrong := _wrong_relation(row, before, after):
            remedy = "correct relation and comparable, or add the missing pair"
            yield "crosswalk", row.Index, "relation", *wrong, remedy, False


def _wrong_relation(row, before: int, after: int) -> tuple[str, str] | None:
    """What is found and allowed, where a relation does not fit the codes; `before` and `after` are
    the rows of its unit of 2010 and of that of 2020."""
    alone, same = before == after == 1, row.code_2010 == row.code_2020
    fits, allowed = {
        "same": (alone and same, "one pair with one code"),
        "recoded": (alone and not same, "one pair with two codes"),
        "split": (before > 1, "a unit of 2010 with several of 2020"),
        "merged": (before == 1 and after > 1, "several units of 2010 with one of 2020"),
        "boundary_change": (True, ""),
    }[row.relation]
    found = f"{row.relation}; rows with {row.code_2010} in 2010: {before}"
    found += f", with {row.code_2020} in 2020: {after}"
    if not fits:
        return found, allowed
    if bool(row.comparable) != (row.relation in ("same", "recoded")):
        return f"{row.relation}, comparable {row.comparable}", "same and recoded alone comparable"
    return None
