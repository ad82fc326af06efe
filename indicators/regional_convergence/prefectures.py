"""The prefectures of the province: ranks at two censuses, and urban-rural income ratios."""

from __future__ import annotations

import pandas as pd
from pandas import DataFrame

from indicators import income
from indicators.crosswalk import YEARS
from indicators.evidence import provenance
from indicators.intervals import Interval
from indicators.regional_convergence.choices import SHARES, Choices

PROVINCE = "330000"
RATIO_YEARS = (2015, 2021)
NINE_MONTHS = "2020Q1-Q3"


def prefecture_codes(places: DataFrame) -> list[str]:
    """The prefectures of the province."""
    rows = places[places["level"].eq("prefecture") & places["parent_code"].eq(PROVINCE)]
    return sorted(set(rows["code"]))


def prefecture_ranks(census: DataFrame, places: DataFrame, choices: Choices) -> DataFrame:
    """Rank of each prefecture at the two censuses, the largest value first, and its tile.

    Columns: place_code, tile_row, tile_col, initial, final (shares as fractions), rank_initial,
    rank_final (ties share the better rank), moved (places gained; negative: lost), evidence,
    source_id. Sorted by rank_final.

    >>> from indicators import tables
    >>> from indicators.regional_convergence import Choices
    >>> census, places = tables.load("census"), tables.load("places")
    >>> prefecture_ranks(census, places, Choices())["place_code"].nunique()
    11
    """
    codes = prefecture_codes(places)
    wide = census[census["place_code"].isin(codes)].pivot(
        index="place_code", columns=["indicator", "census_year"], values="value"
    )
    tiles = places[places["code"].isin(codes)].drop_duplicates("code").set_index("code")
    table = tiles.loc[codes, ["tile_row", "tile_col"]].rename_axis("place_code")
    for year, name in zip(YEARS, ("initial", "final"), strict=True):
        if choices.indicator == "urban_share":
            table[name] = wide["urban_population", year] / wide["population", year]
        else:
            scale = 100 if choices.indicator in SHARES else 1
            table[name] = wide[choices.indicator, year] / scale
        table[f"rank_{name}"] = table[name].rank(ascending=False, method="min").astype(int)
    table["moved"] = table["rank_initial"] - table["rank_final"]
    table["evidence"] = "derived" if choices.indicator == "urban_share" else "copied"
    table["source_id"] = ";".join(sorted(set(census["source_id"])))
    columns = ["tile_row", "tile_col", "initial", "final", "rank_initial", "rank_final", "moved"]
    ordered = table.sort_values(["rank_final", "rank_initial"])[[*columns, "evidence", "source_id"]]
    return ordered.reset_index().round(6)


def ratio_slopes(rows: DataFrame, places: DataFrame) -> DataFrame:
    """Annual income ratios of 2015 and 2021, for prefectures where both years are printed.

    `rows` as from `mark_rows`. Printed means urban and rural income or the ratio itself, rounded
    figures included, derived ones not; the province stands beside them. Columns: place_code, year,
    low, estimate, high, made_from, bound, evidence, source_id. Two rows a place.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> places = tables.load("places")
    >>> ratio_slopes(rows, places)["year"].unique().tolist()
    [2015, 2021]
    """
    found = []
    for code in [PROVINCE, *prefecture_codes(places)]:
        points = income.ratio_points(rows, code, income.SURVEY)
        points = points[
            points["year"].isin(RATIO_YEARS)
            & points["scope"].eq(income.WHOLE_AREA)
            & points["made_from"].ne("derived")
        ]
        if len(points) == len(RATIO_YEARS):
            found.append(points)
    columns = [
        "place_code", "year", "low", "estimate", "high", "kind", "made_from", "bound", "evidence",
        "source_id",
    ]  # fmt: skip
    return pd.concat(found, ignore_index=True)[columns].round(6)


def nine_month_ratios(rows: DataFrame, places: DataFrame) -> DataFrame:
    """Income ratios of the first nine months of 2020, for every prefecture and the province.

    NEVER to be set beside annual ratios: the wedge between a part of a year and the year differs
    by place, sign included. `rows` as from `mark_rows`. Columns: place_code, period, urban, rural
    (yuan), ratio, low, high, kind (what rounding allows), evidence, source_id. Sorted by ratio.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> places = tables.load("places")
    >>> len(nine_month_ratios(rows, places))
    12
    """
    table = []
    for code in [PROVINCE, *prefecture_codes(places)]:
        figures = [
            income.reported(rows, code, NINE_MONTHS, f"{part}_income", printed_only=True)
            for part in ("urban", "rural")
        ]
        if all(figures):
            urban, rural = figures
            ratio = urban.interval("half_up") / rural.interval("half_up")
            cells = {
                "place_code": code,
                "period": NINE_MONTHS,
                "urban": urban.value,
                "rural": rural.value,
                "ratio": ratio.estimate,
                "low": ratio.low,
                "high": ratio.high,
                "kind": ratio.kind,
            }
            table.append(cells | provenance(*figures))
    return DataFrame(table).sort_values("ratio", ignore_index=True).round(6)


def ratio_interval(table: DataFrame, place: str, year: int | None = None) -> Interval:
    """All values that the ratio of a place allows by rounding.

    `table` as from `ratio_slopes`, with a year, or from `nine_month_ratios`, without one. Raises
    ValueError if it does not hold exactly one such row.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("income"), tables.load("sources"))
    >>> places = tables.load("places")
    >>> ratio_interval(nine_month_ratios(rows, places), "330100").kind
    'rounding_interval'
    """
    rows = table[table["place_code"].eq(place)]
    rows = rows if year is None else rows[rows["year"].eq(year)]
    if len(rows) != 1:
        raise ValueError(f"{len(rows)} rows of {place}; allowed: one")
    row = rows.iloc[0]
    point = row["ratio"] if "ratio" in table else row["estimate"]
    return Interval(row["low"], row["high"], row["kind"], point)
