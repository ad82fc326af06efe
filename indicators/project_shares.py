"""Printed rates tested as shares of projects: whole numbers over the length of the list."""

from __future__ import annotations

import math

import pandas as pd
from pandas import DataFrame

from indicators.evidence import provenance
from indicators.inputs import check_table, check_together, shown
from indicators.investment import project_count, published_rates
from indicators.investment_completion import Choices
from indicators.proportions import ShareTest, share_comb, share_test

_DECIMALS = 6


def share_tests(rows: DataFrame, choices: Choices) -> DataFrame:
    """Can a printed rate be a share of projects? Every rate that has a number of projects.

    Beside completion rates stand start rates of new projects, which are shares of projects by
    their definition: the positive control. Columns: role (tested: the place and period of the
    page; negative_control: not attainable elsewhere; positive_control; other), place_code,
    programme, period, indicator, printed (text, %), total, verdict (attainable, not_attainable,
    not_testable above 100 %), counts (text: count/total), attainable_values (text: how many of
    all printable rates are attainable), power (share of the printable rates that the test would
    have caught; these three are blank where nothing is tested), evidence, source_id. Sorted by
    role in that order, then by power, strongest first. `rows` as from `mark_rows`. Raises
    ValueError for no such table, and for what are no Choices.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> page = Choices("330100", "qian_xiang_wan_yi", "2025M01-M11")
    >>> share_tests(rows, page).loc[0, ["printed", "verdict", "counts"]].tolist()
    ['97.28', 'attainable', '536/551']
    """
    check_together(
        lambda: check_table("rows", rows, ("indicator", "evidence", "printed")),
        lambda: _check_choices(choices),
    )
    table = []
    counts = {
        "completion_rate": ("projects", "projects_planned"),
        "new_start_rate": ("new_projects",),
    }
    for indicator, names in counts.items():
        for place, programme, period, rate in published_rates(rows, indicator):
            total = project_count(rows, place, programme, period, rate.vintage, names)
            if total is None:
                continue
            test = share_test(rate.printed, int(total.value), choices.rounding)
            role = "other" if test.verdict != "not_attainable" else "negative_control"
            role = role if indicator == "completion_rate" else "positive_control"
            here = (place, period) == (choices.place, choices.period)
            tested = here and indicator == "completion_rate"
            table.append(
                {
                    "role": "tested" if tested else role,
                    "place_code": place,
                    "programme": programme,
                    "period": period,
                    "indicator": indicator,
                    "printed": test.printed,
                    "total": test.total,
                    "verdict": test.verdict,
                    "counts": ", ".join(f"{count}/{test.total}" for count in test.counts),
                    "attainable_values": ""
                    if test.verdict == "not_testable"
                    else f"{test.attainable_values}/{test.possible_values}",
                    "power": math.nan if test.verdict == "not_testable" else test.power,
                }
                | provenance(rate, total)
            )
    order = ["tested", "negative_control", "positive_control", "other"]
    # the sort is stable: ties stay in the order of place, programme and period
    table.sort(
        key=lambda row: (order.index(row["role"]), 1 if math.isnan(row["power"]) else -row["power"])
    )
    return DataFrame(table).round(_DECIMALS)


def _check_choices(choices: Choices) -> None:
    if not isinstance(choices, Choices):
        raise ValueError(f"choices = {shown(choices)}; allowed: Choices of investment_completion")


def _informative(tests: DataFrame, choices: Choices) -> DataFrame:
    check_together(
        lambda: check_table("tests", tests, ("role", "verdict", "power", "printed", "total")),
        lambda: _check_choices(choices),
    )
    kept = tests[
        tests["verdict"].ne("not_testable")
        & tests["role"].ne("other")
        & (tests["power"].gt(0) | tests["role"].eq("tested"))
    ]
    if kept.empty:
        raise ValueError(
            "found no rate of at most 100 % with a number of projects; allowed: one or more"
        )
    return kept


def first_pair(tests: DataFrame, choices: Choices) -> ShareTest:
    """The test of the first pair that `share_combs` draws: the page's own, if it can be tested.

    `tests` as from `share_tests`. Raises ValueError if nothing is left.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> page = Choices("330100", "qian_xiang_wan_yi", "2025M01-M11")
    >>> first_pair(share_tests(rows, page), page).counts
    (536,)
    """
    pair = _informative(tests, choices).iloc[0]
    return share_test(pair["printed"], int(pair["total"]), choices.rounding)


def share_combs(tests: DataFrame, choices: Choices) -> DataFrame:
    """The shares k / n near each printed rate that `share_tests` can say something about.

    Left out are rates above 100 %, pairs of the role `other`, and, but for the page's own, pairs
    for which every printable rate is attainable. Columns: panel (numbered from 1 in the order of
    `tests`), those of `tests` from role to verdict, then count, share, attainable, low, high, kind
    (as in `proportions.share_comb`), evidence, source_id. Raises ValueError if nothing is left.

    >>> from indicators import evidence, tables
    >>> rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    >>> page = Choices("330100", "qian_xiang_wan_yi", "2025M01-M11")
    >>> combs = share_combs(share_tests(rows, page), page)
    >>> combs.loc[combs["attainable"], "count"].tolist()
    [536, 7]
    """
    informative = _informative(tests, choices)
    columns = list(tests.columns[: tests.columns.get_loc("verdict") + 1])
    parts = []
    for panel, test in enumerate(informative.to_dict("records"), start=1):
        comb = share_comb(test["printed"], test["total"], choices.rounding)
        head = DataFrame([{"panel": panel} | {name: test[name] for name in columns}] * len(comb))
        parts.append(
            pd.concat([head, comb], axis=1).assign(
                evidence=test["evidence"], source_id=test["source_id"]
            )
        )
    return pd.concat(parts, ignore_index=True).round(_DECIMALS)
