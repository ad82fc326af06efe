"""What is published at all: fields of service by place and year, with the best grade."""

from __future__ import annotations

from pandas import DataFrame

from indicators.evidence import EVIDENCE
from indicators.service_coverage.choices import Choices
from indicators.service_coverage.fields import FIELDS

PROVINCE, COUNTRY, ELSEWHERE = "330000", "100000", "other_places"


def published_evidence(services: DataFrame, choices: Choices) -> DataFrame:
    """A row for each place, field and year with a figure: how many indicators, and how well told.

    `services` as from `mark_rows`. Places: that of the page, the province, the country, and all
    others together (`other_places`); context (`general`) is left out. A period of several years
    counts for its last. Columns: place_code, field, year, indicators (distinct ones), evidence
    (the strongest mark), grade (the best with that mark, A before D), source_id. By place, field
    and year.

    >>> from indicators import evidence, tables
    >>> from indicators.service_coverage import Choices
    >>> services = evidence.mark_rows(tables.load("services"), tables.load("sources"))
    >>> claims, page = tables.load("claims"), Choices("330100")
    >>> len(published_evidence(services, page)) > 1
    True
    """
    rows = services[services["domain"].isin(FIELDS)]
    groups = list(dict.fromkeys([choices.place, PROVINCE, COUNTRY]))
    marked = rows.assign(
        place_code=rows["place_code"].where(rows["place_code"].isin(groups), ELSEWHERE),
        year=rows["period"].str[-4:].where(rows["period"].str.len().eq(9), rows["period"].str[:4]),
        strength=rows["evidence"].map(EVIDENCE.index),
    )
    cells = marked.sort_values(["strength", "grade"], kind="stable").groupby(
        ["place_code", "domain", "year"], sort=False
    )
    found = cells.agg(
        indicators=("indicator", "nunique"),
        grade=("grade", "first"),
        strength=("strength", "first"),
        source_id=("source_id", lambda ids: ";".join(sorted(set(ids)))),
    ).reset_index()
    found["evidence"] = found.pop("strength").map(EVIDENCE.__getitem__)
    found["year"] = found["year"].astype(int)
    rank = found["place_code"].map([*groups, ELSEWHERE].index)
    order = found.assign(_place=rank, _field=found["domain"].map(FIELDS.index))
    order = order.sort_values(["_place", "_field", "year"], ignore_index=True)
    columns = ["place_code", "domain", "year", "indicators", "grade", "evidence", "source_id"]
    return order[columns].rename(columns={"domain": "field"})


def field_years(published: DataFrame, choices: Choices) -> tuple[int, int]:
    """How many fields and years of the place have a figure, and how many there are to have.

    `published` as from `published_evidence`. Years: from the first to the last of the place.

    >>> from indicators import evidence, tables
    >>> from indicators.service_coverage import Choices
    >>> services = evidence.mark_rows(tables.load("services"), tables.load("sources"))
    >>> claims, page = tables.load("claims"), Choices("330100")
    >>> field_years(published_evidence(services, page), page)
    (63, 220)
    """
    own = published[published["place_code"].eq(choices.place)]
    if own.empty:
        return 0, 0
    years = own["year"].max() - own["year"].min() + 1
    return len(own), len(FIELDS) * int(years)
