"""Census units of 2010 and 2020 side by side, joined by the crosswalk and never by the plain code.

Codes change without territory (four of the comparable pairs), and territory changes without a code.
Where it was split or merged, units are added up until both dates cover the same ground.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from numpy.typing import NDArray
from pandas import DataFrame, Series

from indicators.inputs import check_choice, check_flag, check_table, check_together

YEARS = (2010, 2020)
INDICATORS = ("urban_share", "aged_65_plus_share", "population", "mean_schooling_years")
# In the census of 2020 and in the sum of its prefecture, but without a code: 温州经济技术开发区.
WITHOUT_CODE: Mapping[tuple[str, int], int] = {("330300", 2020): 249343}
_CENSUS = ("place_code", "census_year", "indicator", "value", "unit", "source_id")
_CROSSWALK = ("code_2010", "code_2020", "relation", "comparable", "note")


def join_groups(crosswalk: DataFrame) -> Series:
    """For each row of the crosswalk, the number of the group of rows that share a unit.

    Rows of one group must be added up before the two dates are compared; most groups have one row.
    Raises ValueError for no such table.

    >>> from indicators import tables
    >>> groups = join_groups(tables.load("crosswalk"))
    >>> len(groups), groups.nunique()
    (92, 88)
    """
    check_table("crosswalk", crosswalk, _CROSSWALK)
    groups = Series(range(len(crosswalk)), crosswalk.index, name="group")
    while True:
        merged = groups
        for column in ("code_2010", "code_2020"):
            merged = merged.groupby(crosswalk[column]).transform("min")
        if merged.equals(groups):
            return groups
        groups = merged.rename("group")


def paired_census(
    census: DataFrame, crosswalk: DataFrame, indicator: str, comparable_only: bool = True
) -> DataFrame:
    """One indicator of every pair of census units, 2010 and 2020.

    `indicator` is one of INDICATORS; shares are fractions. With `comparable_only` the pairs that
    the crosswalk calls comparable, else all of its ground, units that were split or merged added
    up (shares and years weighted by population, which for schooling is an approximation).
    Columns: place_code (of 2020; of the first unit in a group), codes_2010, codes_2020 (joined
    by `;`), relation, comparable, doubtful (the crosswalk names the pair doubtful), initial, final,
    population_2010, population_2020, evidence (suspect for a doubtful pair, derived for what is
    computed, else copied: a tabulation of the census books), source_id. Sorted by place_code.

    Raises one ValueError with all that is wrong: no such tables, an unknown indicator, and a
    `comparable_only` that is neither True nor False; and for a unit that the census does not have.

    >>> from indicators import tables
    >>> census, crosswalk = tables.load("census"), tables.load("crosswalk")
    >>> pairs = paired_census(census, crosswalk, "population")
    >>> len(pairs), int((pairs["codes_2010"] != pairs["codes_2020"]).sum())
    (79, 4)
    """
    check_together(
        lambda: check_table("census", census, _CENSUS),
        lambda: check_table("crosswalk", crosswalk, _CROSSWALK),
        lambda: check_choice("indicator", indicator, INDICATORS),
        lambda: check_flag("comparable_only", comparable_only),
    )
    rows = crosswalk[crosswalk["comparable"]] if comparable_only else crosswalk
    groups = join_groups(rows)
    table = DataFrame(
        {
            "place_code": rows.groupby(groups)["code_2020"].first(),
            "codes_2010": _joined(rows["code_2010"], groups),
            "codes_2020": _joined(rows["code_2020"], groups),
            "relation": _joined(rows["relation"], groups),
            "comparable": rows.groupby(groups)["comparable"].all(),
            "doubtful": is_doubtful(rows).groupby(groups).any(),
        }
    )
    for year, column in zip(YEARS, ("initial", "final"), strict=True):
        units = _wide(census, year)
        codes = DataFrame({"group": groups, "code": rows[f"code_{year}"]}).drop_duplicates()
        if missing := sorted(set(codes["code"]) - set(units.index)):
            told = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
            raise ValueError(
                f"the census of {year} has no unit {told}; allowed: all units of the crosswalk"
            )
        here, of_group = units.loc[codes["code"]], codes["group"].to_numpy()
        table[column] = _measure(here, of_group, indicator)
        table[f"population_{year}"] = here["population"].groupby(of_group).sum()
    computed = indicator == "urban_share" or table["codes_2010"].str.contains(";")
    computed |= table["codes_2020"].str.contains(";")
    table["evidence"] = "copied"
    table.loc[computed, "evidence"] = "derived"
    table.loc[table["doubtful"], "evidence"] = "suspect"
    table["source_id"] = ";".join(sorted(set(census["source_id"])))
    order = ["initial", "final", *(f"population_{year}" for year in YEARS)]
    head = ["place_code", "codes_2010", "codes_2020", "relation", "comparable", "doubtful"]
    table = table[[*head, *order, "evidence", "source_id"]]
    return table.sort_values("place_code", ignore_index=True)


def is_doubtful(crosswalk: DataFrame) -> Series:
    """Which pairs the crosswalk calls doubtful: to be tested without.

    Raises ValueError for no such table.

    >>> from indicators import tables
    >>> crosswalk = tables.load("crosswalk")
    >>> list(crosswalk.loc[is_doubtful(crosswalk), "name_2020"])
    ['镇海区', '浦江县']
    """
    check_table("crosswalk", crosswalk, _CROSSWALK)
    return crosswalk["note"].str.startswith("doubtful pair")


def census_sums(census: DataFrame, places: DataFrame) -> DataFrame:
    """What prefectures and the province print beside the sum of their parts, in persons.

    Columns: place_code, census_year, indicator (population, urban_population, rural_population),
    parts (how many), total (printed), summed, missing (total - summed), without_code (persons of
    units known to have no code, for which `missing` may stand), source_id. A blank rural
    population counts as none, for those units are wholly urban. Raises ValueError for no such
    tables.

    >>> from indicators import tables
    >>> sums = census_sums(tables.load("census"), tables.load("places"))
    >>> list(sums.loc[sums["missing"].ne(0), "missing"])
    [249343, 1123, 248220]
    """
    check_together(
        lambda: check_table("census", census, _CENSUS),
        lambda: check_table("places", places, ("code", "parent_code")),
    )
    parents = places.drop_duplicates("code").set_index("code")["parent_code"]
    counted = census[census["unit"].eq("persons") & census["indicator"].ne("registered_population")]
    parts = counted.assign(parent=counted["place_code"].map(parents))
    keys = ["parent", "census_year", "indicator"]
    summed = parts.groupby(keys)["value"].agg(["sum", "count"]).reset_index()
    columns = {"parent": "place_code", "sum": "summed", "count": "parts"}
    table = counted.merge(summed.rename(columns=columns))
    without = [
        WITHOUT_CODE.get(key, 0)
        for key in zip(table["place_code"], table["census_year"], strict=True)
    ]
    table = table.assign(
        total=table["value"].astype("int64"),
        summed=table["summed"].astype("int64"),
        missing=(table["value"] - table["summed"]).astype("int64"),
        without_code=without,
    )
    names = ["place_code", "census_year", "indicator", "parts", "total", "summed", "missing"]
    return table[[*names, "without_code", "source_id"]]


def _joined(words: Series, groups: Series) -> Series:
    """The words of each group, each once."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for group, word in zip(groups, words, strict=True):
        found[group][word] = None
    return Series({group: ";".join(own) for group, own in found.items()}, dtype=words.dtype)


def _wide(census: DataFrame, year: int) -> DataFrame:
    rows = census[census["census_year"].eq(year)]
    return rows.pivot(index="place_code", columns="indicator", values="value")


def _measure(units: DataFrame, groups: NDArray, indicator: str) -> Series:
    """The indicator of units that are added up by group."""
    people = units["population"].groupby(groups).sum()
    if indicator == "population":
        return people
    if indicator == "urban_share":
        return units["urban_population"].groupby(groups).sum() / people
    weighted = (units[indicator] * units["population"]).groupby(groups).sum()
    printed = units[indicator].groupby(groups)
    # a unit on its own keeps what was printed, to the last digit
    mean = printed.first().where(printed.size().eq(1), weighted / people)
    return mean / 100 if indicator == "aged_65_plus_share" else mean
