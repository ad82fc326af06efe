"""Bad input: one ValueError that says what was found and what is allowed, whatever is wrong.

One table: a function, arguments that are right, and for each of its arguments values that are not.
A public function, or an argument of one, that has no row here fails the test.
"""

from __future__ import annotations

import importlib
import inspect
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from indicators import evidence, tables
from indicators.convergence import growth_regression
from indicators.intervals import Interval, rounding_interval
from indicators.investment_completion import Choices
from indicators.project_shares import share_tests
from indicators.targets import outcome_rows

MODULES = (
    "claims convergence crosswalk evidence findings forecast gates income inequality intervals "
    "investment project_shares proportions rounding targets thresholds two_groups"
).split()
# Methods of results that take an argument.
METHODS = {
    "intervals.Interval": Interval,
    "intervals.Interval.overlaps": Interval.overlaps,
    "intervals.Interval.transform": Interval.transform,
    "convergence.Regression.interval": growth_regression([0, 1, 2, 3], [2, 2, 3, 3]).interval,
    "convergence.Regression.line": growth_regression([0, 1, 2, 3], [2, 2, 3, 3]).line,
    "convergence.Regression.p_value": growth_regression([0, 1, 2, 3], [2, 2, 3, 3]).p_value,
}
# The words of libraries and of Python that no reader should have to read.
INTERNAL = re.compile(
    r"could not convert|unsupported operand|ufunc|ambiguous|invalid literal|object is not|has no "
    r"attribute|operands could not|truth value|required positional|unhashable|not in tuple|NoneType"
    r"|inhomogeneous|must be real number|cannot convert|expected str|<class|DivisionImpossible"
)

NAN, INF = math.nan, math.inf
NO_NUMBER = ("12", "x", None, True, NAN, INF, -INF, [1], {}, 1j, pd.NA)
NO_COUNT = (*NO_NUMBER, 1.5, -1)
NO_SIZE = (*NO_COUNT, 0)
NO_LEVEL = ("0.95", None, True, NAN, INF, 0, 1, 95, -0.1, [0.95])
NO_WORD = ("nonsense", "", None, 1, True, ["t"], NAN)
NO_FLAG = (None, 1, 0, "yes", NAN, [True])
NO_PRINTED = (1.64, 97, None, True, "", "abc", "1,350", "1350亿", "nan", "1e3", ["1.64"], "9" * 101)
NO_INTERVAL = (None, 1.5, "1.64", (1, 2), NAN, [])
NO_TABLE = (None, 1, "claims", [], {}, pd.DataFrame(), pd.Series([1.0]))
# Five units, each list of which one thing is wrong.
NO_LIST = (
    None, True, 5, "12345", b"12345", {}, {1, 2}, [], [[1, 2], [3, 4]], [[1], [2, 3]],
    [1, 2, "3", 4, 5], ["1", "2", "3", "4", "5"], [1, 2, True, 4, 6], [1, 2, NAN, 4, 5],
    [1, 2, None, 4, 5], [1, 2, INF, 4, 5], [1, 2, 1j, 4, 5], pd.Series([1, 2, pd.NA, 4, 5]),
    np.array(["2024-01-01"] * 5, "datetime64[D]"), pd.Series(list("abcde")), (x for x in (1, 2)),
    pd.DataFrame({"a": [1, 2, 3, 4, 5.0]}),
)  # fmt: skip
UNLIKE = ([1, 2, 3, 4], [1, 2, 3, 4, 5, 6])
CONSTANT = ([2, 2, 2, 2, 2], [0.1 + 0.2, 0.3, 0.3, 0.3, 0.3])
NO_LEVELS = (*NO_LIST, *UNLIKE, *CONSTANT, [1, 2, 0, 4, 5], [1, 2, -3, 4, 5], [1, 2])
NO_VALUES = (*NO_LIST, *UNLIKE, *CONSTANT, [1, 2])
NO_INCOMES = (*NO_LIST, *UNLIKE, [1, 2, -3, 4, 5], [0, 0, 0, 0, 0])
NO_PEOPLE = NO_INCOMES[1:]  # None is one each
NO_CONTROLS = (
    "z", 1, True, [1, 2, 3, 4, 5], np.zeros((2, 2, 2)), {"z": [1, 2, 3]}, {"z": "12345"},
    {"z": [1, 2, "3", 4, 5]}, {"z": [1, 2, NAN, 4, 4]}, {"z": [1, 1, 1, 1, 1]}, {"z": None},
    {"initial": [1, 3, 2, 5, 4]}, {"z": [1, 3, 2, 5, 4], "w": [2, 6, 4, 10, 8]},
    {"z": [0, 0, 0, 0, 1]}, pd.Series([1.0, 3, 2, 5, 4], list("abcde"), name="z").iloc[:4],
)  # fmt: skip

START, END = [1.0, 2, 4, 8, 16], [3.0, 4.5, 9, 13, 22]
YEARS = range(2000, 2012)
PANEL = pd.DataFrame(
    [[9 + 0.13 * unit + year**0.5 / (3 + unit % 3) for year in range(1, 13)] for unit in range(6)],
    index=list("abcdef"), columns=YEARS,
)  # fmt: skip
SERIES = pd.Series([3.0, 5.1, 6.8, 8.2, 9.6, 10.4, 11.5, 12.1], range(2010, 2018))


def renamed(labels, axis: str) -> pd.DataFrame:
    return PANEL.set_axis(labels, axis=axis)


NO_TRIM = ("0.3", None, True, NAN, INF, -0.1, 1, 1.5, [0.3], 0.95)
NO_PANEL = (
    None, 1, "panel", True, {}, [], [1, 2, 3], [[1, 2], [3]], [["a", "b"], ["c", "d"]],
    pd.DataFrame(), PANEL.iloc[:1], PANEL.iloc[:, :2], PANEL.iloc[:, ::-1], PANEL.astype(str),
    PANEL.mask(PANEL.eq(PANEL.iloc[2, 3])), PANEL.replace(PANEL.iloc[2, 3], INF),
    renamed(list("aabcde"), "index"), renamed([*YEARS[:-1], 2010], "columns"),
    renamed([*YEARS[:-1], 2013], "columns"), PANEL * 0 + 9, PANEL - PANEL.to_numpy().mean(),
    PANEL > 10,
)  # fmt: skip
NO_SERIES = (
    *NO_LIST, *CONSTANT, [1, 2], SERIES.iloc[::-1], SERIES.set_axis([*range(2010, 2017), 2016]),
    SERIES.set_axis([*range(2010, 2017), 2019]), SERIES.drop(2012),
    SERIES.set_axis(list("abcdefgh")),
)  # fmt: skip
SLOPE = Interval(-0.3, -0.1, "model_ci", -0.2, 0.95)
RATIO, SHARE = rounding_interval("1.75"), rounding_interval("0.70")
CLAIMS, CENSUS, CODES = (tables.load(name) for name in ("claims", "census", "crosswalk"))
TARGETS, SOURCES = tables.load("targets"), tables.load("sources")
OUTCOMES = {name: tables.load(name) for name in ("sources", "income", "services", "investment")}
PAGE = Choices("330100", "qian_xiang_wan_yi", "2025M01-M11")


def marked(name: str) -> pd.DataFrame:
    return evidence.mark_rows(tables.load(name), SOURCES)


OUTCOME_ROWS = outcome_rows(TARGETS, OUTCOMES)
BETA = {
    "initial": NO_LEVELS, "final": NO_LEVELS, "years": (*NO_NUMBER, 0, -25),
    "controls": NO_CONTROLS, "cov_type": NO_WORD,
}  # fmt: skip
# function: arguments that are right; values that are wrong for each argument
# fmt: off
TABLE: dict[str, tuple[dict[str, Any], dict[str, tuple]]] = {
    "intervals.Interval": (
        {"low": 1, "high": 2, "kind": "model_ci", "estimate": 1.5, "level": 0.95},
        {
            "low": ("x", None, NAN, True, 3), "high": ("x", None, NAN, True, 0), "kind": NO_WORD,
            "estimate": ("x", NAN, INF, True, 5), "level": ("0.95", NAN, 0, 1, 95, True),
            "low_closed": NO_FLAG, "high_closed": NO_FLAG,
        },
    ),
    "intervals.Interval.overlaps": ({"self": SLOPE, "other": SLOPE}, {"other": NO_INTERVAL}),
    "intervals.Interval.transform": (
        {"self": SLOPE, "increasing": math.exp},
        {"increasing": (None, 1, "log", math.log, str, lambda x: NAN, lambda x: -x)},
    ),
    "intervals.check_interval": ({"name": "share", "found": SHARE}, {"found": NO_INTERVAL}),
    "intervals.rounding_interval": (
        {"printed": "1.64", "digits": 2, "rounding": "half_up"},
        {"printed": NO_PRINTED, "digits": (1.5, "2", NAN, INF, True, [2], 0, 101, 10**9),
         "rounding": NO_WORD},
    ),
    "intervals.claim_interval": (
        {"printed": "1350", "bound": "eq", "unit": 10, "rounding": "half_up"},
        {"printed": NO_PRINTED, "bound": NO_WORD, "rounding": NO_WORD,
         "unit": ("x", "", NAN, INF, True, 0, -1, [1], "nan", "1e999", 7)},
    ),
    "rounding.read_printed": ({"printed": "1.60"}, {"printed": NO_PRINTED}),
    "rounding.read_unit": (
        {"unit": 10}, {"unit": ("x", "", NAN, INF, True, 0, -1, [1], None, "nan", "1e999")},
    ),
    "rounding.bounds_at_unit": (
        {"number": 1350, "unit": 50, "rounding": "half_up"},
        {"number": ("1350", 1350.0, None, True, NAN, [1], 1351), "rounding": NO_WORD,
         "unit": ("50", 50.0, None, True, NAN, 0, -50, [1], 7)},
    ),
    "rounding.rounding_bounds": (
        {"printed": "1.64", "digits": 2, "rounding": "half_up"},
        {"printed": NO_PRINTED, "digits": (1.5, "2", NAN, INF, True, [2], 0, 101),
         "rounding": NO_WORD},
    ),
    "proportions.proportion_interval": (
        {"count": 190, "total": 200, "method": "wilson", "level": 0.95, "kind": "model_ci"},
        {"count": (*NO_COUNT, 201), "total": (*NO_SIZE, 189), "method": NO_WORD, "level": NO_LEVEL,
         "kind": (*NO_WORD, "exact")},
    ),
    "proportions.sample_interval": (
        {"count": 190, "sample": 200, "population": 2000, "level": 0.95},
        {"count": (*NO_COUNT, 201), "sample": (*NO_SIZE, 189, 2001), "population": (*NO_SIZE, 199),
         "level": NO_LEVEL},
    ),
    "proportions.identified_share": (
        {"bound": "ge", "value": 0.95, "total": 2000},
        {"bound": NO_WORD, "value": ("x", None, True, NAN, INF, 95, -0.1, [0.95]),
         "total": ("12", NAN, INF, True, 1.5, 0, -1, [1])},
    ),
    "proportions.grim": (
        {"printed": "97.28", "total": 551, "items": 1, "percent": True, "rounding": "half_up"},
        {"printed": NO_PRINTED, "total": NO_SIZE, "items": NO_SIZE, "percent": NO_FLAG,
         "rounding": NO_WORD},
    ),
    "proportions.attainable_shares": (
        {"total": 551, "decimals": 2, "rounding": "half_up"},
        {"total": NO_SIZE, "decimals": (*NO_COUNT, 10), "rounding": NO_WORD},
    ),
    "proportions.share_test": (
        {"printed": "97.28", "total": 551, "rounding": "half_up"},
        {"printed": NO_PRINTED, "total": NO_SIZE, "rounding": NO_WORD},
    ),
    "proportions.share_comb": (
        {"printed": "97.28", "total": 551, "rounding": "half_up", "teeth": 4},
        {"printed": NO_PRINTED, "total": NO_SIZE, "rounding": NO_WORD, "teeth": NO_SIZE},
    ),
    "convergence.beta_convergence": (
        {"initial": START, "final": END, "years": 10, "controls": None, "cov_type": "HC3"},
        BETA | {"final": (*NO_LEVELS, [2.0, 4, 8, 16, 32])},
    ),
    "convergence.growth_regression": (
        {"first": START, "second": END, "controls": None, "cov_type": "HC3", "weights": None},
        {"first": NO_VALUES, "second": NO_VALUES, "controls": NO_CONTROLS, "cov_type": NO_WORD,
         "weights": ("12345", 5, True, [], [1, 2, 3, 4], [1, 2, 0, 4, 5], [1, -2, 3, 4, 5],
                     [1, 2, NAN, 4, 5], [1, 2, "3", 4, 5])},
    ),
    "convergence.Regression.interval": (
        {"name": "initial", "level": 0.95}, {"name": NO_WORD, "level": NO_LEVEL},
    ),
    "convergence.Regression.line": (
        {"initial": 1.5, "level": 0.95}, {"initial": NO_NUMBER, "level": NO_LEVEL},
    ),
    "convergence.Regression.p_value": ({"name": "initial"}, {"name": NO_WORD}),
    "convergence.speed_of": (
        {"slope": SLOPE, "years": 10}, {"slope": NO_INTERVAL, "years": (*NO_NUMBER, 0, -1)},
    ),
    "convergence.half_life_of": ({"speed": SLOPE}, {"speed": NO_INTERVAL}),
    "convergence.sigma_convergence": (
        {"initial": START, "final": END}, {"initial": NO_LEVELS, "final": NO_LEVELS},
    ),
    "convergence.spread_tests": (
        {"first": START, "second": END}, {"first": NO_VALUES, "second": NO_VALUES},
    ),
    "convergence.spread_ratio": (
        {"first": START, "second": END, "level": 0.95},
        {"first": NO_VALUES, "second": NO_VALUES, "level": NO_LEVEL},
    ),
    "convergence.ratio_bounds": (
        {"before": 1, "after": 1, "between": 0.9, "n": 20, "level": 0.95},
        {"before": ("1", None, NAN, INF, True, 0, -1, [], 0.5), "level": NO_LEVEL,
         "after": ("1", None, NAN, INF, True, 0, -1, [], 0.5),
         "between": ("x", None, NAN, INF, True, 1.5, -1.5, []), "n": (*NO_SIZE, 2)},
    ),
    "convergence.log_t_test": (
        {"panel": PANEL, "trim": 0.3}, {"panel": NO_PANEL, "trim": NO_TRIM},
    ),
    "convergence.transition_paths": (
        {"panel": PANEL, "trim": 0.3}, {"panel": NO_PANEL, "trim": NO_TRIM},
    ),
    "convergence.convergence_clubs": (
        {"panel": PANEL, "trim": 0.3, "c_star": 0.0, "merge": True},
        {"panel": NO_PANEL, "trim": NO_TRIM, "c_star": (*NO_NUMBER, -2), "merge": NO_FLAG},
    ),
    "convergence.club_sensitivity": (
        {"panel": PANEL, "trims": (0.3, 0.2), "c_stars": (0.0,)},
        {"panel": NO_PANEL, "trims": (None, 0.3, "0.3", [], [0.3, 0.3], [0.3, "0.2"], [0.3, NAN]),
         "c_stars": (None, 0.0, "0", [], [0.0, 0.0], [0.0, "1"], [0.0, NAN], [-2])},
    ),
    "forecast.drift_forecast": (
        {"series": SERIES, "horizon": 3, "level": 0.95},
        {"series": NO_SERIES, "horizon": NO_SIZE, "level": NO_LEVEL},
    ),
    "forecast.damped_trend_forecast": (
        {"series": SERIES, "horizon": 3, "level": 0.95, "parameters": [0.5, 0.2, 0.9, 1, 2.2]},
        {"series": NO_SERIES, "horizon": NO_SIZE, "level": NO_LEVEL,
         "parameters": ("12345", 5, True, [], [0.5], [0.5, 0.6, 0.9, 1, 2], [0.5, 0.2, 1.1, 1, 2],
                        [0.5, 0.2, NAN, 1, 2], [0.5, 0.2, "x", 1, 2], [0.5, 0.2, 0.9, INF, 2])},
    ),
    "forecast.rolling_forecasts": (
        {"series": SERIES, "method": "drift", "first": 3, "level": 0.95},
        {"series": NO_SERIES, "method": NO_WORD, "level": NO_LEVEL,
         "first": ("3", NAN, INF, True, 1.5, 2, 8)},
    ),
    "forecast.time_to_target": (
        {"x": [1, 2, 3, 4, 5], "y": END, "target": 30, "level": 0.95, "kind": "observation"},
        {"x": NO_VALUES, "y": NO_VALUES, "target": NO_NUMBER, "level": NO_LEVEL, "kind": NO_WORD},
    ),
    "inequality.gini": (
        {"values": END, "weights": START}, {"values": NO_INCOMES, "weights": NO_PEOPLE},
    ),
    "inequality.atkinson": (
        {"values": END, "epsilon": 0.5, "weights": START},
        {"values": NO_INCOMES, "epsilon": (*NO_NUMBER, -0.5), "weights": NO_PEOPLE},
    ),
    "inequality.theil_t": (
        {"values": END, "weights": START},
        {"values": NO_INCOMES, "weights": NO_PEOPLE},
    ),
    "inequality.theil_l": (
        {"values": END, "weights": START},
        {"values": (*NO_INCOMES, [1, 2, 0, 4, 5]),
         "weights": NO_PEOPLE},
    ),
    "inequality.theil_decomposition": (
        {"values": END, "groups": list("aabbb"), "populations": START, "measure": "t"},
        {"values": NO_INCOMES,
         "groups": (None, 5, True, [], list("aabb"), [*"aabb", None], "aabbb", {}, [[1], [2]]),
         "populations": NO_PEOPLE, "measure": NO_WORD},
    ),
    "inequality.check_measure": ({"measure": "t"}, {"measure": NO_WORD}),
    "two_groups.theil_between": (
        {"ratio": [1.75, 1.64], "share": [0.7, 0.8], "measure": "t"},
        {"ratio": ("2", None, True, NAN, INF, 0, -1, [], [1, 2, 3], [1, "2"], {}, [1, None]),
         "share": ("0.5", None, True, NAN, 1.1, -0.1, [], [0.1, 0.2, 0.3], [0.1, "x"], {}),
         "measure": NO_WORD},
    ),
    "two_groups.share_of_peak": (
        {"ratio": 1.75, "measure": "t"}, {"ratio": (*NO_NUMBER, 0, -1), "measure": NO_WORD},
    ),
    "two_groups.theil_between_interval": (
        {"ratio": RATIO, "share": SHARE, "measure": "t"},
        {"ratio": (*NO_INTERVAL, RATIO - 2, Interval(1, INF, "rounding_interval"), SLOPE + 2),
         "share": (*NO_INTERVAL, SHARE + 1, SHARE - 1), "measure": NO_WORD},
    ),
    "two_groups.theil_change": (
        {"ratios": [1.75, RATIO], "shares": [0.7, SHARE], "measure": "t"},
        {"ratios": (None, 1.75, "12", {}, [], [1], [1, 2, 3], [1, "2"], [1, NAN], [1, None], [1, 0],
                    [1, RATIO - 2], [SLOPE + 2, RATIO]),
         "shares": (None, 0.5, "12", {}, [], [1], [0, 1, 1], [1, "2"], [1, NAN], [0.5, 1.1]),
         "measure": NO_WORD},
    ),
    "thresholds.printed_unit": ({"decimals": 2}, {"decimals": ("2", 1.5, INF, True, [2], 1000)}),
    "thresholds.target_interval": (
        {"comparator": "about", "printed": "6", "decimals": 0},
        {"comparator": (*NO_WORD, "near"), "printed": NO_PRINTED,
         "decimals": ("2", 1.5, INF, True, [2], -1)},
    ),
    "thresholds.compare": (
        {"comparator": "ge", "level": SHARE, "outcome": SHARE},
        {"comparator": (*NO_WORD, "near"), "level": NO_INTERVAL, "outcome": NO_INTERVAL},
    ),
    "findings.round_table": (
        {"rows": [{"rate": 1.5}]}, {"rows": (None, 1, "x", {"a": 1}, [1], [None], NAN)},
    ),
    "findings.exact_interval": ({"number": 235}, {"number": NO_NUMBER}),
    "findings.interval_cells": ({"interval": SHARE}, {"interval": NO_INTERVAL}),
    "claims.claim": (
        {"claims": CLAIMS, "claim_id": "F10", "rounding": "half_up", "plain": False, "instead": ""},
        {"claims": NO_TABLE, "claim_id": ("X01", "", None, 10, True, ["F10"], NAN, "F12"),
         "rounding": NO_WORD, "plain": NO_FLAG,
         "instead": (1.64, None, True, "abc", "1,350", "nan", ["1.64"])},
    ),
    "claims.claim_intervals": (
        {"claims": CLAIMS, "rounding": "half_up"}, {"claims": NO_TABLE, "rounding": NO_WORD},
    ),
    "claims.has_interval": (
        {"row": {"value": "1", "bound": "eq"}}, {"row": (None, 1, "F10", [], {}, {"value": "1"})},
    ),
    "gates.require": (
        {"method": "trend_test", "n": 5}, {"method": NO_WORD, "n": NO_COUNT, "m": (1,)},
    ),
    "project_shares.share_tests": (
        {"rows": marked("investment"), "choices": PAGE},
        {"rows": NO_TABLE, "choices": (None, 1, "330100", {}, PAGE.key)},
    ),
    "project_shares.first_pair": (
        {"tests": share_tests(marked("investment"), PAGE), "choices": PAGE},
        {"tests": NO_TABLE, "choices": (None, 1, "330100", {}, PAGE.key)},
    ),
    "project_shares.share_combs": (
        {"tests": share_tests(marked("investment"), PAGE), "choices": PAGE},
        {"tests": NO_TABLE, "choices": (None, 1, "330100", {}, PAGE.key)},
    ),
    "crosswalk.join_groups": ({"crosswalk": CODES}, {"crosswalk": NO_TABLE}),
    "crosswalk.is_doubtful": ({"crosswalk": CODES}, {"crosswalk": NO_TABLE}),
    "crosswalk.paired_census": (
        {"census": CENSUS, "crosswalk": CODES, "indicator": "population", "comparable_only": True},
        {"census": (*NO_TABLE, CENSUS.iloc[:5]), "crosswalk": NO_TABLE, "indicator": NO_WORD,
         "comparable_only": NO_FLAG},
    ),
    "crosswalk.census_sums": (
        {"census": CENSUS, "places": tables.load("places")},
        {"census": NO_TABLE, "places": NO_TABLE},
    ),
    "evidence.mark_rows": (
        {"rows": OUTCOMES["income"], "sources": SOURCES}, {"rows": NO_TABLE, "sources": NO_TABLE},
    ),
    # a place or a period that is not there has no figure: None is the answer
    "evidence.reported": (
        {"rows": marked("income"), "wanted": {"period": "2024"}, "status": ("normal",),
         "printed_only": False},
        {"rows": NO_TABLE, "wanted": (None, 1, "2024", {"year": 2024}),
         "status": ("normal", None, 1), "printed_only": NO_FLAG},
    ),
    "evidence.weakest": ({"marks": ("printed",)}, {"marks": ((), ("x",), (None,), ("printed", 1))}),
    "evidence.provenance": ({"figures": ()}, {"figures": ((), (None,), ("x",))}),
    "investment.months_covered": (
        {"period": "2025M01-M11"},
        {"period": (None, 2025, True, "", "abc", "2025-11", "2025M13", "2025M00", "2025Q5",
                    "2020-2025")},
    ),
    "investment.reported": (
        {"rows": marked("investment"), "place": "330100", "programme": "qian_xiang_wan_yi",
         "period": "2025", "indicator": "projects", "vintage": None, "status": ("normal",),
         "printed_only": False},
        {"rows": NO_TABLE, "place": (), "programme": (), "period": (), "indicator": (),
         "vintage": (), "status": ("normal", None, 1), "printed_only": NO_FLAG},
    ),
    "investment.published_rates": (
        {"rows": marked("investment"), "indicator": "completion_rate"},
        {"rows": NO_TABLE, "indicator": ()},
    ),
    "investment.project_count": (
        {"rows": marked("investment"), "place": "330100", "programme": "qian_xiang_wan_yi",
         "period": "2025", "vintage": "", "names": ("projects",)},
        {"rows": NO_TABLE, "place": (), "programme": (), "period": (None, 2025, True),
         "vintage": (), "names": ("projects", None, 1)},
    ),
    "income.reported": (
        {"rows": marked("income"), "place": "330100", "period": "2022",
         "indicator": "rural_income", "basis": "integrated_survey", "scope": "whole_area",
         "status": ("normal",), "printed_only": False},
        {"rows": NO_TABLE, "place": (), "period": (), "indicator": (), "basis": (), "scope": (),
         "status": ("normal", None, 1), "printed_only": NO_FLAG},
    ),
    "income.ratio_points": (
        {"rows": marked("income"), "place": "330100", "basis": None, "rounding": "half_up",
         "taken": "levels"},
        {"rows": NO_TABLE, "place": (), "basis": (), "rounding": NO_WORD, "taken": NO_WORD},
    ),
    "targets.outcome_rows": (
        {"targets": TARGETS, "tables": OUTCOMES, "rounding": "half_up"},
        {"targets": NO_TABLE, "tables": (None, 1, {}, [], {"sources": SOURCES}),
         "rounding": NO_WORD},
    ),
    "targets.join_outcomes": (
        {"targets": TARGETS, "tables": OUTCOMES, "as_of": 2025, "rounding": "half_up",
         "include_suspect": False},
        {"targets": NO_TABLE, "tables": (None, 1, {}, [], {"sources": SOURCES}),
         "as_of": ("2025", 2025.5, NAN, INF, True, 20), "rounding": NO_WORD,
         "include_suspect": NO_FLAG},
    ),
    "targets.settling": (
        {"rows": OUTCOME_ROWS, "as_of": 2025, "include_suspect": False},
        {"rows": NO_TABLE, "as_of": ("2025", 2025.5, NAN, INF, True, 20),
         "include_suspect": NO_FLAG},
    ),
    "targets.choose_outcomes": (
        {"targets": TARGETS, "rows": OUTCOME_ROWS, "as_of": 2025, "include_suspect": False},
        {"targets": NO_TABLE, "rows": NO_TABLE, "as_of": ("2025", 2025.5, NAN, INF, True, 20),
         "include_suspect": NO_FLAG},
    ),
}
# fmt: on
CASES = [
    pytest.param(name, argument, value, id=f"{name}-{argument}-{place}")
    for name, (_, wrong) in TABLE.items()
    for argument, values in wrong.items()
    for place, value in enumerate(values)
]


def called(name: str) -> Callable:
    if name in METHODS:
        return METHODS[name]
    module, _, function = name.rpartition(".")
    return getattr(importlib.import_module(f"indicators.{module}"), function)


def answer(name: str, arguments: dict[str, Any]) -> Any:
    """What the function gives; iterators are run, and `*arguments` spread."""
    function, arguments = called(name), dict(arguments)
    spread = [
        arguments.pop(parameter.name)
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind is parameter.VAR_POSITIONAL
    ]
    found = function(*(spread[0] if spread else ()), **arguments)
    return list(found) if isinstance(found, Iterator) else found


def public() -> Iterator[str]:
    """Every public function of the modules, under the module from which it is imported."""
    for name in MODULES:
        module = importlib.import_module(f"indicators.{name}")
        own = [
            key
            for key, value in vars(module).items()
            if inspect.isfunction(value) and value.__module__ == module.__name__
        ]
        for key in getattr(module, "__all__", own):
            if not key.startswith("_") and inspect.isfunction(getattr(module, key)):
                yield f"{name}.{key}"


def test_every_public_function_and_every_argument_is_tried():
    missing = sorted(set(public()) - set(TABLE))
    assert missing == []
    for name, (right, wrong) in TABLE.items():
        takes = inspect.signature(called(name)).parameters.values()
        needed = {one.name for one in takes if one.kind is not one.VAR_KEYWORD} - {"self"}
        # the name of an argument is a word for the message only
        assert needed - {"name"} <= set(wrong), name
        assert set(right) - {"self"} <= needed | set(wrong), name


@pytest.mark.parametrize("name", TABLE)
def test_what_is_right_is_taken(name):
    if name != "evidence.provenance":
        answer(name, TABLE[name][0])


@pytest.mark.parametrize(("name", "argument", "value"), CASES)
def test_what_is_wrong_is_told_once_and_in_our_words(name, argument, value):
    with pytest.raises(ValueError, match="allowed") as caught:
        answer(name, TABLE[name][0] | {argument: value})
    assert not INTERNAL.search(str(caught.value)), caught.value
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "name",
    [name for name, (_, wrong) in TABLE.items() if sum(map(bool, wrong.values())) > 1],
)
def test_all_that_is_wrong_is_told_together(name):
    right, wrong = TABLE[name]
    worst = {argument: values[0] for argument, values in wrong.items() if values}
    with pytest.raises(ValueError, match="allowed") as caught:
        answer(name, right | worst)
    told = str(caught.value)
    assert not INTERNAL.search(told), told
    # what can only be judged beside another argument that is right
    unjudged = {
        "gates.require": {"n", "m"}, "claims.claim": {"claim_id"},
        "forecast.rolling_forecasts": {"series", "level", "first"},
    }.get(name, set())  # fmt: skip
    told = told.replace("dimensions", "panel")  # a panel is told by its shape
    assert [argument for argument in set(worst) - unjudged if argument not in told] == []
