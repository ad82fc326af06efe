"""Which income grew faster in each year."""

from __future__ import annotations

from pandas import DataFrame

from indicators.findings import round_table
from indicators.intervals import Interval
from indicators.urban_rural_convergence.choices import Choices
from indicators.urban_rural_convergence.pace import marks_of
from indicators.urban_rural_convergence.points import Points
from indicators.urban_rural_convergence.windows import printed_levels

RACE_COLUMNS = (
    "place_code", "year", "urban_growth", "rural_growth", "rural_lead", "low", "high", "kind",
    "evidence", "source_id",
)  # fmt: skip


def growth_race(points: Points, choices: Choices) -> DataFrame:
    """Growth of both incomes of the place over every step of one year, in current yuan.

    Both years must print both incomes on the same basis. Columns: place_code, year (the later
    one), urban_growth, rural_growth (shares), rural_lead (rural minus urban), low, high and kind of
    the lead by rounding, evidence, source_id. Empty if no two years follow one another.

    >>> from indicators import evidence, tables
    >>> from indicators.urban_rural_convergence import Choices, load_points
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> page = Choices("330100")
    >>> points = load_points(rows, page)
    >>> bool(growth_race(points, page)["rural_lead"].gt(0).all())
    True
    """
    own = {row.year: row for row in printed_levels(points.main(choices.place))}
    table = []
    for year, after in own.items():
        before = own.get(year - 1)
        if before is None:
            continue
        urban, rural = after.urban / before.urban, after.rural / before.rural
        # rural / urban growth is R0 / R1, and the incomes are known to the yuan
        ratios = before.low / after.high, before.high / after.low
        table.append(
            {
                "place_code": choices.place,
                "year": int(year),
                "urban_growth": urban - 1,
                "rural_growth": rural - 1,
                "rural_lead": rural - urban,
                "low": (ratios[0] - 1) * urban,
                "high": (ratios[1] - 1) * urban,
                "kind": after.kind,
            }
            | marks_of(before, after)
        )
    return round_table(table) if table else DataFrame(columns=list(RACE_COLUMNS))


def largest_lead(race: DataFrame) -> Interval:
    """The largest lead of rural growth in a `growth_race`, in percentage points, with its rounding.

    >>> race = DataFrame({"rural_lead": [0.02, 0.01], "low": [0.019, 0.01], "high": [0.021, 0.01]})
    >>> found = largest_lead(race)
    >>> round(found.low, 1), round(found.estimate, 1), round(found.high, 1)
    (1.9, 2.0, 2.1)
    """
    ends = 100 * race[["low", "high", "rural_lead"]].max()
    return Interval(ends["low"], ends["high"], "rounding_interval", ends["rural_lead"])
