"""The pairs of county units that a page compares, and the sets in which they are tested."""

from __future__ import annotations

from pandas import DataFrame, Series

from indicators.crosswalk import is_doubtful, paired_census
from indicators.regional_convergence.choices import SETS, SHARES, Choices


def county_pairs(
    census: DataFrame, crosswalk: DataFrame, choices: Choices, indicator: str = ""
) -> DataFrame:
    """The pairs of the page, with its indicator or another one, as from `paired_census`.

    One column is added: at_bound, for a share that is 0 or 1 at either date, where the logit has
    no value.

    >>> from indicators import tables
    >>> from indicators.regional_convergence import Choices, county_pairs
    >>> census, crosswalk = tables.load("census"), tables.load("crosswalk")
    >>> len(county_pairs(census, crosswalk, Choices()))
    79
    """
    name = indicator or choices.indicator
    pairs = paired_census(census, crosswalk, name, choices.exclude_boundary_changes)
    if choices.exclude_doubtful:
        pairs = pairs[~pairs["doubtful"]].reset_index(drop=True)
    at_bound = Series(False, pairs.index)
    if name in SHARES:
        at_bound = pairs["initial"].isin([0, 1]) | pairs["final"].isin([0, 1])
    return pairs.assign(at_bound=at_bound)


def pair_sets(pairs: DataFrame, scale: str) -> dict[str, DataFrame]:
    """The sets in which a result on this scale is shown, by the names of SETS.

    `all_pairs` holds all; `without_doubtful` leaves out the doubtful pairs; `inside_bounds` and
    `inside_without_doubtful` leave out shares of 0 or 1, so that all scales are seen on the same
    units. The logit has these two alone. A set that would repeat another one is left out. The
    first set is the main one, and the second, if any, is the same without the doubtful pairs.

    >>> from indicators import tables
    >>> from indicators.regional_convergence import Choices, county_pairs
    >>> census, crosswalk = tables.load("census"), tables.load("crosswalk")
    >>> pairs = county_pairs(census, crosswalk, Choices())
    >>> list(pair_sets(pairs, "points"))
    ['all_pairs', 'without_doubtful', 'inside_bounds', 'inside_without_doubtful']
    """
    inside, sound = ~pairs["at_bound"], ~pairs["doubtful"]
    sets = dict(zip(SETS, (pairs, pairs[sound], pairs[inside], pairs[inside & sound]), strict=True))
    if inside.all():
        sets = {name: sets[name] for name in SETS[:2]}
    elif scale == "logit":
        sets = {name: sets[name] for name in SETS[2:]}
    if sound.all():
        sets = {name: part for name, part in sets.items() if "doubtful" not in name}
    return sets


def crosswalk_changes(crosswalk: DataFrame) -> DataFrame:
    """The pairs that are not simply the same: recoded, split, merged, changed, or doubtful.

    Columns: place_2010, place_2020 (codes, shown as names), code_2010, code_2020 (numbers),
    relation, comparable, doubtful.

    >>> from indicators import tables
    >>> from indicators.regional_convergence import Choices, county_pairs
    >>> census, crosswalk = tables.load("census"), tables.load("crosswalk")
    >>> len(crosswalk_changes(crosswalk))
    19
    """
    doubtful = is_doubtful(crosswalk)
    rows = crosswalk[crosswalk["relation"].ne("same") | doubtful]
    table = {
        "place_2010": rows["code_2010"],
        "place_2020": rows["code_2020"],
        "code_2010": rows["code_2010"].astype(int),
        "code_2020": rows["code_2020"].astype(int),
        "relation": rows["relation"],
        "comparable": rows["comparable"],
        "doubtful": doubtful[rows.index],
    }
    return DataFrame(table).reset_index(drop=True)
