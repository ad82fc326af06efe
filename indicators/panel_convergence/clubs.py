"""Whether all units converge, and which groups of them do."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from pandas import DataFrame

from indicators.convergence import (
    ConvergenceClubs,
    club_sensitivity,
    convergence_clubs,
    log_t_test,
    transition_paths,
)
from indicators.findings import Findings, exact_interval, round_table
from indicators.labels import LABELS, both
from indicators.panel_convergence.choices import Choices
from indicators.panel_convergence.held import computed_mark, joined_sources, log_block

DIVERGENT = "divergent"
HURDLES = (0.0, 0.2, 0.5)  # values of c* that are tried


def smoothed_block(panel: DataFrame, choices: Choices) -> DataFrame:
    """Log incomes of the units with every year of the page, and their trends if smoothed.

    The trend is that of the Hodrick-Prescott filter, unit by unit.

    >>> import numpy as np
    >>> from indicators.panel_convergence import Choices
    >>> years, levels = np.arange(2000, 2024), {"a": 9.3, "b": 9.2, "c": 8.1, "d": 8.0}
    >>> cells = [(unit, year, np.exp(level + 0.05 * (year - 2000) + np.sin(7 * level + year) / 50))
    ...          for unit, level in levels.items() for year in years]
    >>> panel = DataFrame(cells, columns=["unit", "year", "rural"])
    >>> panel = panel.assign(evidence="own_data", source_id="")
    >>> smoothed_block(panel, Choices()).shape
    (4, 24)
    """
    block = log_block(panel, choices)
    if choices.smoothing is None:
        return block
    from statsmodels.tsa.filters.hp_filter import hpfilter  # slow to import, few pages need it

    trends = [hpfilter(row, choices.smoothing)[1] for row in block.to_numpy()]
    return DataFrame(np.reshape(trends, block.shape), index=block.index, columns=block.columns)


def log_t_by_trim(panel: DataFrame, choices: Choices) -> Findings:
    """The log-t test of all units of the block, at every trim of the page.

    Results coef and t, exact, at the page's own trim. Table: trim, discarded (years), n, coef,
    std_error, t, rejected (convergence, at 5% one-sided), evidence, source_id. Raises ValueError
    as `convergence.log_t_test`.

    >>> import numpy as np
    >>> from indicators.panel_convergence import Choices
    >>> years, levels = np.arange(2000, 2024), {"a": 9.3, "b": 9.2, "c": 8.1, "d": 8.0}
    >>> cells = [(unit, year, np.exp(level + 0.05 * (year - 2000) + np.sin(7 * level + year) / 50))
    ...          for unit, level in levels.items() for year in years]
    >>> panel = DataFrame(cells, columns=["unit", "year", "rural"])
    >>> panel = panel.assign(evidence="own_data", source_id="")
    >>> sorted(log_t_by_trim(panel, Choices()).results)[:2]
    ['coef', 't']
    """
    block = smoothed_block(panel, choices)
    found = {trim: log_t_test(block, trim) for trim in choices.all_trims}
    marks = _marks(panel, block)
    table = [
        {
            "trim": trim,
            "discarded": one.discarded,
            "n": one.units,
            "coef": one.coef,
            "std_error": one.std_error,
            "log_t": one.t,
            "rejected": one.rejected,
        }
        | marks
        for trim, one in found.items()
    ]
    own = found[choices.trim]
    results = {"coef": exact_interval(own.coef), "t": exact_interval(own.t)}
    return Findings(results, round_table(table), marks["source_id"])


def clubs_of(panel: DataFrame, choices: Choices) -> ConvergenceClubs:
    """The clubs at the page's own trim and c*.

    >>> import numpy as np
    >>> from indicators.panel_convergence import Choices
    >>> years, levels = np.arange(2000, 2024), {"a": 9.3, "b": 9.2, "c": 8.1, "d": 8.0}
    >>> cells = [(unit, year, np.exp(level + 0.05 * (year - 2000) + np.sin(7 * level + year) / 50))
    ...          for unit, level in levels.items() for year in years]
    >>> panel = DataFrame(cells, columns=["unit", "year", "rural"])
    >>> panel = panel.assign(evidence="own_data", source_id="")
    >>> [club.members for club in clubs_of(panel, Choices()).merged]
    []
    """
    return convergence_clubs(smoothed_block(panel, choices), choices.trim, choices.c_star)


def club_table(panel: DataFrame, choices: Choices) -> DataFrame:
    """The merged clubs from the highest down, and the units that belong to none.

    Columns: club (a number, or `divergent`), n, members (in words), coef, std_error, log_t (all
    nan for the divergent), joins (the clubs before merging), evidence, source_id.

    >>> import numpy as np
    >>> from indicators.panel_convergence import Choices
    >>> years, levels = np.arange(2000, 2024), {"a": 9.3, "b": 9.2, "c": 8.1, "d": 8.0}
    >>> cells = [(unit, year, np.exp(level + 0.05 * (year - 2000) + np.sin(7 * level + year) / 50))
    ...          for unit, level in levels.items() for year in years]
    >>> panel = DataFrame(cells, columns=["unit", "year", "rural"])
    >>> panel = panel.assign(evidence="own_data", source_id="")
    >>> len(club_table(panel, Choices()))
    1
    """
    found = clubs_of(panel, choices)
    rows = [
        {
            "club": str(number),
            "n": len(club.members),
            "members": _names(club.members),
            "coef": club.coef,
            "std_error": club.std_error,
            "log_t": club.t,
            "joins": ", ".join(map(str, club.joins)),
        }
        for number, club in enumerate(found.merged, 1)
    ]
    if found.divergent:
        members = {"n": len(found.divergent), "members": _names(found.divergent)}
        rows.append({"club": DIVERGENT, **members, "joins": ""})
    marks = _marks(panel, log_block(panel, choices))
    return round_table([row | marks for row in rows])


def club_trials(panel: DataFrame, choices: Choices) -> DataFrame:
    """The partition at every trim and c* that is tried, the page's own first.

    Columns: trim, c_star, discarded, clubs (after merging), divergent, sizes, moved_units (the
    fewest that would have to change places to make it the page's own partition), evidence,
    source_id.

    >>> import numpy as np
    >>> from indicators.panel_convergence import Choices
    >>> years, levels = np.arange(2000, 2024), {"a": 9.3, "b": 9.2, "c": 8.1, "d": 8.0}
    >>> cells = [(unit, year, np.exp(level + 0.05 * (year - 2000) + np.sin(7 * level + year) / 50))
    ...          for unit, level in levels.items() for year in years]
    >>> panel = DataFrame(cells, columns=["unit", "year", "rural"])
    >>> panel = panel.assign(evidence="own_data", source_id="")
    >>> len(club_trials(panel, Choices()))
    15
    """
    block = smoothed_block(panel, choices)
    hurdles = [choices.c_star, *(hurdle for hurdle in HURDLES if hurdle != choices.c_star)]
    trials = club_sensitivity(block, choices.all_trims, hurdles)
    trials = trials.drop(columns="initial").rename(columns={"moved": "moved_units"})
    return trials.assign(**_marks(panel, block))


def club_paths(panel: DataFrame, choices: Choices) -> DataFrame:
    """What the chart of the relative paths shows.

    Columns: club (as in `club_table`), unit, year, relative (its trend over the mean of all
    units), evidence, source_id.

    >>> import numpy as np
    >>> from indicators.panel_convergence import Choices
    >>> years, levels = np.arange(2000, 2024), {"a": 9.3, "b": 9.2, "c": 8.1, "d": 8.0}
    >>> cells = [(unit, year, np.exp(level + 0.05 * (year - 2000) + np.sin(7 * level + year) / 50))
    ...          for unit, level in levels.items() for year in years]
    >>> panel = DataFrame(cells, columns=["unit", "year", "rural"])
    >>> panel = panel.assign(evidence="own_data", source_id="")
    >>> club_paths(panel, Choices())["year"].nunique()
    24
    """
    paths = transition_paths(smoothed_block(panel, choices), choices.trim)
    found = clubs_of(panel, choices)
    club = dict.fromkeys(found.divergent, DIVERGENT)
    for number, members in enumerate(found.merged, 1):
        club |= dict.fromkeys(members.members, str(number))
    rows = paths.rename_axis(index="unit", columns="year").stack().rename("relative").reset_index()
    rows.insert(0, "club", rows["unit"].map(club))
    marks = panel[["unit", "year", "evidence", "source_id"]]
    drawn = rows.merge(marks, on=["unit", "year"], how="left")
    return drawn.assign(evidence=drawn["evidence"].map(lambda mark: computed_mark([mark]))).round(6)


def _names(units: Iterable[str]) -> str:
    words = [LABELS["values"].get(unit) or {"en": unit, "zh": unit} for unit in units]
    return both(", ".join(word["en"] for word in words), "、".join(word["zh"] for word in words))


def _marks(panel: DataFrame, block: DataFrame) -> dict[str, str]:
    used = panel[panel["unit"].isin(block.index) & panel["year"].isin(block.columns)]
    return {
        "evidence": computed_mark(used["evidence"]),
        "source_id": joined_sources(used["source_id"]),
    }
