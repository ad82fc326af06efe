"""Gates: conditions that nothing lowers, and refusals that a page can show."""

from __future__ import annotations

import dataclasses

import pytest

from indicators.gates import CONDITIONS, Gate, require
from indicators.gates.investment_completion import USABLE

PLAN = {"amount": "claimed", "rate": "claimed", "money_unit": 1, "fits": True, "plan": ""}
# method: facts that pass, and changes each of which is refused
CASES = {
    "implied_plan": (
        PLAN,
        [{"amount": "derived"}, {"amount": "suspect"}, {"amount": ""}, {"rate": ""},
         {"rate": "derived"}, {"fits": False}],
    ),
    "full_year_rate": (
        {"months": 11, "year_amount": "copied", "plan": True},
        [{"months": 12}, {"year_amount": ""}, {"year_amount": "suspect"}, {"plan": False}],
    ),
    "growth_split": (
        {"missing": (), "changed": True},
        [{"missing": (("projects", 2024),), "changed": True}, {"changed": False}],
    ),
    "moving_denominator": ({"years": 1}, [{"years": 0}]),
    "share_of_projects": (
        {"rate": "97.28", "total": 551}, [{"rate": "125.6"}, {"rate": ""}, {"total": None}],
    ),
    "claims_compared": ({"compared": 1}, [{"compared": 0}]),
    "chain_ladder": ({"past_years": 4}, [{"past_years": 3}, {"past_years": 0}]),
    "convergence_page": (
        {"pairs": 2, "span": 5}, [{"pairs": 1, "span": 0}, {"pairs": 6, "span": 4}, {"span": 0}],
    ),
    "relative_pace": (
        {"missing": ()}, [{"missing": (("330000", 2016),)}, {"missing": (("100000", 2003),)}],
    ),
    "pace_by_window": ({"windows": 6}, [{"windows": 5}, {"windows": 0}]),
    "growth_race": ({"steps": 3}, [{"steps": 2}, {"steps": 0}]),
    "trend_test": ({"n": 5}, [{"n": 4}, {"n": 0}]),
    "time_to_target_inference": (
        {"n": 10, "curved": False, "correlated": False},
        [{"n": 9}, {"curved": True}, {"correlated": True}, {"curved": None, "correlated": None}],
    ),
    "drift_forecast": (
        {"n": 6, "run": (2017, 2022)}, [{"n": 5, "run": (2018, 2022)}, {"n": 0, "run": ()}],
    ),
    "damped_trend_forecast": (
        {"n": 16, "fitted": True}, [{"n": 15, "fitted": None}, {"fitted": False}, {"n": 15}],
    ),
    "claimed_ratio": ({"year": 2024, "claimed": True}, [{"claimed": False}]),
    "wedge_route": ({"year": 2024, "bases": 1}, [{"bases": 0}]),
    "chain_route": (
        {"base": 2022, "missing": ()}, [{"missing": (2022, 2023)}, {"base": 0}],
    ),
    "implied_weight": ({"years": 1}, [{"years": 0}]),
    "theil_parts": ({"years": 3}, [{"years": 2}, {"years": 0}]),
    "logit_scale": (
        {"indicator": "population", "share": False, "asked": False},
        [{"asked": True}],
    ),
    "coverage_interval": (
        {"universe": "srs", "total": 2000, "sample": 200},
        [{"universe": "census"}, {"total": None}, {"sample": None}, {"sample": 2001},
         {"universe": "superpopulation", "total": None}],
    ),
    "covered_villages": ({"total": 1700}, [{"total": None}]),
    "people_coverage": ({"lists": 1}, [{"lists": 0}]),
    "service_series": ({"indicators": 1}, [{"indicators": 0}]),
    "derived_rates": ({"rates": 1}, [{"rates": 0}]),
    "pace_curve": (
        {"results": 10, "data_sets": 4}, [{"results": 9}, {"data_sets": 3}, {"results": 0}],
    ),
    "scenario_curve": ({"results": 10, "data_sets": 2}, [{"results": 9}, {"data_sets": 1}]),
    "spread_test": ({"weights": "unweighted"}, [{"weights": "population"}]),
    "panel_log_t": (
        {"units": 5, "years": 10, "income": "rural_income"},
        [{"units": 4}, {"years": 9}, {"income": "ratio"}, {"units": 0, "years": 7}],
    ),
    "panel_line": ({"units": 10}, [{"units": 9}, {"units": 0}]),
    "panel_spread": ({"units": 5}, [{"units": 4}, {"units": 0}]),
    "panel_people": (
        {"weighted": True, "missing": 0, "units": 8}, [{"missing": 1}, {"missing": 8}],
    ),
    "panel_spread_test": ({"weighted": False}, [{"weighted": True}]),
    "panel_theil_parts": ({"units": 2}, [{"units": 1}, {"units": 0}]),
    "reach_drawn": ({"figures": 1}, [{"figures": 0}]),
    "timeline_drawn": ({"points": 1}, [{"points": 0}]),
    "ratio_reached_early": (
        {"targets": 1, "stated": 1, "computed": 1, "both": True}, [{"stated": 0, "both": False}],
    ),
    "growth_needed": (
        {"undecided": 1, "exact": 1}, [{"undecided": 0, "exact": 0}, {"exact": 0}],
    ),
}  # fmt: skip


def test_every_method_is_tried():
    assert set(CASES) == set(CONDITIONS)


@pytest.mark.parametrize("method", CASES)
def test_a_gate_opens_only_where_all_conditions_hold(method):
    facts, refused = CASES[method]
    gate = require(method, **facts)
    assert gate.passed
    assert bool(gate)
    for change in refused:
        closed = require(method, **facts | change)
        assert not closed, change
        assert closed.method == method


@pytest.mark.parametrize("method", CASES)
def test_a_gate_speaks_both_languages(method):
    facts, refused = CASES[method]
    for change in [{}, *refused]:
        gate = require(method, **facts | change)
        for texts in (gate.condition, gate.found, gate.opens):
            assert set(texts) == {"en", "zh"}
            assert texts["en"].isascii()
            assert any("一" <= character <= "鿿" for character in texts["zh"])
            assert not any("_" in text for text in texts.values())


@pytest.mark.parametrize("amount", USABLE)
def test_claims_and_copies_may_be_used_with_their_mark(amount):
    assert require("implied_plan", **PLAN | {"amount": amount})


def test_what_a_refusal_says_it_found():
    plan = require("implied_plan", **PLAN | {"money_unit": 10, "fits": False})
    assert plan.found["en"] == (
        "completed amount: claim of the article; rate: claim of the article; "
        "the amount is no multiple of 10"
    )
    missing = (("completed_investment", 2023), ("projects", 2023))
    growth = require("growth_split", missing=missing, changed=False)
    assert growth.found["en"] == "not in the tables: 2023 completed investment, 2023 projects"
    assert growth.found["zh"] == "表中没有：2023年完成投资、2023年项目数"
    share = require("share_of_projects", rate="125.6", total=None)
    assert share.found["en"] == "rate: 125.6%; number of projects: not in the tables"
    assert require("chain_ladder", past_years=0).found["zh"] == "以往年度0个"


def test_the_chain_ladder_needs_four_years():
    # Origin: METHODS of the book: fewer than four past years of the same window are refused.
    assert "at least 4 earlier years" in require("chain_ladder", past_years=4).condition["en"]


def test_an_unknown_method_names_the_known_ones():
    with pytest.raises(ValueError, match=r"method = 'drift'.*; allowed: ") as caught:
        require("drift", n=4)
    assert all(method in str(caught.value) for method in CONDITIONS)


@pytest.mark.parametrize("facts", [{}, {"years": 3}, {"past_years": 3, "level": 0.9}])
def test_facts_are_exactly_those_asked_for(facts):
    with pytest.raises(ValueError, match=r"chain_ladder: found the facts .*; allowed: past_years"):
        require("chain_ladder", **facts)


def test_a_gate_cannot_be_opened_afterwards():
    with pytest.raises(dataclasses.FrozenInstanceError):
        require("chain_ladder", past_years=0).passed = True
    assert [field.name for field in dataclasses.fields(Gate)] == [
        "method", "passed", "condition", "found", "opens",
    ]  # fmt: skip
