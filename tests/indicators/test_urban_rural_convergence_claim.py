"""The claimed ratio of 2024 by two routes that do not use it.

Expected numbers are arithmetic on rows of the table of incomes. Hangzhou: 67,596 and 39,202 yuan
in the first three quarters of 2024 (printed growth 3.3 and 5.4 %), 54,754 and 29,439 in those of
2020, 68,658 and 38,705 in 2020 (derived, 68,627 to 68,690 and 38,688 to 38,723), 77,043 and 45,183
in 2022, 45,489 and 25,754 in the first half of 2023, a ratio of 1.79 to 1.81 in that of 2022.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from indicators import urban_rural_convergence as convergence
from indicators.gates import require
from indicators.intervals import Interval
from indicators.urban_rural_convergence.levels import find_levels
from indicators.urban_rural_convergence.routes import FORMS, chain_path, wedge_paths

HANGZHOU, ZHEJIANG, CHINA, LISHUI = "330100", "330000", "100000", "331100"
PART_2024, PART_2020, YEAR_2020 = 67596 / 39202, 54754 / 29439, 68658 / 38705
YEAR_2022, HALF_2022, HALF_2023 = 77043 / 45183, 1.80, 45489 / 25754
GROWTH = 1.033 / 1.054


@pytest.fixture(scope="module")
def wedge(income_rows):
    return convergence.wedge_route(income_rows, HANGZHOU)


@pytest.fixture(scope="module")
def chain(income_rows):
    return convergence.chain_route(income_rows, HANGZHOU)


@pytest.fixture(scope="module")
def trials(income_rows):
    return convergence.carry_trials(income_rows)


def estimates(route) -> dict[str, float]:
    return dict(zip(route.table["assumption"], route.table["estimate"], strict=True))


# The routes by hand


def test_the_wedge_by_hand(wedge):
    assert estimates(wedge) == pytest.approx(
        {
            "same_ratio": PART_2024 * YEAR_2020 / PART_2020,
            "same_difference": PART_2024 + YEAR_2020 - PART_2020,
            "same_gap_ratio": 1 + (PART_2024 - 1) * (YEAR_2020 - 1) / (PART_2020 - 1),
            "same_log_ratio": math.exp(
                math.log(PART_2024) * math.log(YEAR_2020) / math.log(PART_2020)
            ),
        },
        abs=1e-6,
    )
    assert set(wedge.table["base_year"]) == {"2020"}
    assert set(wedge.table["part_of_year"]) == {"2024Q1-Q3"}


def test_the_chain_by_hand(chain):
    before_2024 = PART_2024 / GROWTH
    by_difference = YEAR_2022 + HALF_2023 - HALF_2022 + PART_2024 - before_2024
    found = estimates(chain)
    assert found["same_ratio"] == pytest.approx(
        YEAR_2022 * HALF_2023 / HALF_2022 * GROWTH, abs=1e-6
    )
    assert found["same_difference"] == pytest.approx(by_difference, abs=1e-6)
    gap = (HALF_2023 - 1) / (HALF_2022 - 1) * (PART_2024 - 1) / (before_2024 - 1)
    assert found["same_gap_ratio"] == pytest.approx(1 + (YEAR_2022 - 1) * gap, abs=1e-6)
    assert set(chain.table["part_of_year"]) == {"2023H1;2024Q1-Q3"}


def test_the_rounding_of_a_bar_by_hand(wedge, chain):
    bar = wedge.table.set_index("assumption").loc["same_ratio"]
    low = 67595.5 / 39202.5 * (68627 / 38723) / (54754.5 / 29438.5)
    high = 67596.5 / 39201.5 * (68690 / 38688) / (54753.5 / 29439.5)
    assert (bar["low"], bar["high"]) == pytest.approx((low, high), abs=1e-6)
    assert bar["kind"] == "rounding_interval"
    bar = chain.table.set_index("assumption").loc["same_ratio"]
    low = 77042.5 / 45183.5 * (45488.5 / 25754.5) / 1.81 * (1.0325 / 1.0545)
    assert bar["low"] == pytest.approx(low, abs=1e-6)


def test_a_route_is_a_scenario_range_over_its_bars(wedge, chain):
    for route in (wedge, chain):
        whole = route["range"]
        assert (whole.kind, whole.estimate) == ("scenario_range", None)
        assert whole.low == pytest.approx(route.table["low"].min(), abs=1e-6)
        assert whole.high == pytest.approx(route.table["high"].max(), abs=1e-6)
    assert (round(wedge["range"].low, 3), round(wedge["range"].high, 3)) == (1.637, 1.655)
    assert (round(chain["range"].low, 3), round(chain["range"].high, 3)) == (1.625, 1.655)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("route", ["wedge", "chain"])
def test_corners_hold_all_that_lies_within(income_rows, form, route):
    levels = find_levels(income_rows, HANGZHOU)
    path = wedge_paths(levels, 2024)[0] if route == "wedge" else chain_path(levels, 2024)
    reached = path.carry(form)
    random = np.random.default_rng(1)
    for _ in range(100):
        start, steps = draw(path.start, random), []
        for step in path.steps:
            after = draw(step.after, random)
            before = draw(step.before, random) if step.before else after / draw(step.growth, random)
            steps.append((before, after))
        assert reached.low <= carried(form, start, steps) <= reached.high


def draw(interval: Interval, random) -> float:
    return random.uniform(interval.low, interval.high)


def carried(form: str, start: float, steps: list[tuple[float, float]]) -> float:
    """The forms once more, in other words: what they keep is a function of the ratio."""
    kept = {
        "same_ratio": (math.log, math.exp),
        "same_difference": (float, float),
        "same_gap_ratio": (lambda r: math.log(r - 1), lambda x: 1 + math.exp(x)),
        "same_log_ratio": (lambda r: math.log(math.log(r)), lambda x: math.exp(math.exp(x))),
    }
    there, back = kept[form]
    return back(there(start) + sum(there(after) - there(before) for before, after in steps))


# The claim enters nothing


def test_the_claim_enters_no_route(income_rows, wedge, chain):
    without = income_rows[income_rows["evidence"] != "claimed"]
    other = income_rows.copy()
    other.loc[other["evidence"] == "claimed", ["printed", "value"]] = ["9.99", 9.99]
    for rows in (without, other):
        assert convergence.wedge_route(rows, HANGZHOU).table.equals(wedge.table)
        assert convergence.chain_route(rows, HANGZHOU).table.equals(chain.table)
    assert not any("hangzhou-common-prosperity-2025" in r.source_id for r in (wedge, chain))
    assert not convergence.route_facts(without, HANGZHOU)["claimed_ratio"]["claimed"]


def test_only_the_place_itself_enters_a_route(income_rows, wedge, chain):
    own = income_rows[income_rows["place_code"] == HANGZHOU]
    assert convergence.wedge_route(own, HANGZHOU).table.equals(wedge.table)
    assert convergence.chain_route(own, HANGZHOU).table.equals(chain.table)


def test_evidence_and_grades_are_shown(income_rows, wedge, chain):
    assert set(wedge.table["evidence"]) == set(chain.table["evidence"]) == {"derived"}
    assert set(wedge.table["grade"]) == {"A;B;D"}
    assert set(chain.table["grade"]) == {"A;C;D"}
    assert convergence.shared_sources(wedge, chain) == ["bkwk-hz-2024-q3"]
    inputs = convergence.route_inputs(income_rows, HANGZHOU)
    assert list(inputs["route"]) == ["wedge"] * 6 + ["chain"] * 7
    assert set(inputs["kind"]) == {"rounding_interval"}
    secondary = inputs[inputs["grade"] == "D"]
    assert list(secondary["printed_figure"]) == ["67596", "39202", "3.3", "5.4"]
    assert set(secondary["source_id"]) == {"bkwk-hz-2024-q3"}
    ids = ";".join(inputs["source_id"]).split(";")
    assert set(ids) == set(f"{wedge.source_id};{chain.source_id}".split(";"))


def test_what_is_drawn_ends_in_the_claim(income_rows, wedge, chain):
    claim = convergence.claimed_ratio(income_rows, HANGZHOU)
    drawn = convergence.drawn_routes(claim, "half_up", wedge, chain)
    assert drawn["assumption"].tolist() == [*FORMS, "whole_route", *FORMS, "whole_route", "claim"]
    last = drawn.iloc[-1]
    assert (last["low"], last["high"], last["kind"]) == (1.635, 1.645, "rounding_interval")
    assert (last["evidence"], last["grade"]) == ("claimed", "D")
    kinds = drawn.set_index("assumption")["kind"]
    assert set(kinds["whole_route"]) == {"scenario_range"}
    assert drawn["source_id"].ne("").all()


def test_what_a_route_leaves(wedge, chain):
    assert convergence.passing_figures(wedge["range"]) == ["1.64", "1.65", "1.66"]
    assert convergence.passing_figures(chain["range"]) == ["1.62", "1.63", "1.64", "1.65"]
    assert (wedge["passing"].estimate, chain["passing"].estimate) == (3, 4)
    claim = Interval(1.635, 1.645, "rounding_interval", 1.64, high_closed=False)
    assert convergence.routes_reaching(claim, wedge, chain) == 2
    far = Interval(1.695, 1.705, "rounding_interval", 1.70)
    assert convergence.routes_reaching(far, wedge, chain) == 0


def test_another_rule_of_rounding_moves_the_ends(income_rows, wedge):
    either = convergence.wedge_route(income_rows, HANGZHOU, rounding="half_up_or_down")
    assert either.table["low"].tolist() == pytest.approx(wedge.table["low"].tolist())
    cut = convergence.chain_route(income_rows, HANGZHOU, rounding="truncate")
    chain = convergence.chain_route(income_rows, HANGZHOU)
    assert cut["range"].low != chain["range"].low


# Where the tables do not carry a route


@pytest.mark.parametrize(
    ("place", "claimed", "wedge", "chain"),
    [
        (HANGZHOU, True, True, True), (CHINA, False, True, True), (LISHUI, False, True, False),
        (ZHEJIANG, False, False, False), ("330200", False, False, False),
        ("330108", False, False, False),
    ],
)  # fmt: skip
def test_gates(income_rows, place, claimed, wedge, chain):
    facts = convergence.route_facts(income_rows, place)
    opened = {method: bool(require(method, **found)) for method, found in facts.items()}
    assert opened == {"claimed_ratio": claimed, "wedge_route": wedge, "chain_route": chain}


def test_every_gate_tells_whether_its_route_raises(income_rows):
    for place in sorted(set(income_rows["place_code"])):
        facts = convergence.route_facts(income_rows, place)
        for method, route in [
            ("wedge_route", convergence.wedge_route), ("chain_route", convergence.chain_route),
        ]:  # fmt: skip
            if require(method, **facts[method]):
                assert len(route(income_rows, place).table)
            else:
                with pytest.raises(ValueError, match=f"the gate {method} tells beforehand"):
                    route(income_rows, place)


def test_what_a_closed_gate_found(income_rows):
    lishui = require("chain_route", **convergence.route_facts(income_rows, LISHUI)["chain_route"])
    assert lishui.found["en"] == (
        "last year with both incomes printed: 2021; no part of the year for: 2022, 2023"
    )
    nothing = require("chain_route", base=0, missing=())
    assert nothing.found["en"] == "no year with both incomes printed"


def test_without_the_noted_growth_the_chain_breaks(income_rows):
    rows = income_rows.copy()
    rows["note"] = rows["note"].str.replace("stated growth 4.0/3.3/5.4%", "no growth rates")
    assert convergence.route_facts(rows, HANGZHOU)["chain_route"]["missing"] == (2024,)


def test_growth_is_read_from_the_note_of_its_row(income_rows):
    figures = find_levels(income_rows, HANGZHOU).figures
    for indicator, growth in [
        ("all_income", 1.040), ("urban_income", 1.033), ("rural_income", 1.054),
    ]:  # fmt: skip
        level = figures["2024Q1-Q3", indicator]
        assert level.growth.estimate == pytest.approx(growth)
        assert level.growth.high - level.growth.low == pytest.approx(0.001)
    assert figures["2022", "urban_income"].growth is None
    # "growth 5.3%" alone does not say whose
    assert find_levels(income_rows, "330114").figures["2023", "all_income"].growth is None


def test_levels_leave_out_claims_bounds_and_what_is_not_normal(income_rows):
    figures = find_levels(income_rows, HANGZHOU).figures
    assert ("2024", "ratio_stated") not in figures
    assert ("2025", "all_income") not in figures
    assert figures["2019", "rural_income"].printed == "36255"
    assert figures["2020", "urban_income"].interval.low == 68627
    assert figures["2022H1", "ratio_stated"].interval.high == 1.81
    suspect = find_levels(income_rows, "330200").figures
    assert ("2025", "rural_income") not in suspect


def test_a_ratio_below_1_is_refused(income_rows):
    rows = income_rows.copy()
    wanted = rows["place_code"].eq(HANGZHOU) & rows["period"].eq("2024Q1-Q3")
    rows.loc[wanted & rows["indicator"].eq("urban_income"), "printed"] = "30000"
    with pytest.raises(ValueError, match=r"a ratio of 1 or less for 2024 \(Q1-Q3\); allowed"):
        convergence.wedge_route(rows, HANGZHOU)


# Trials where the answer is known


def test_a_trial_by_hand(trials):
    # China, first halves 19,770 / 7,142 in 2018 and 25,003 / 9,787 in 2022; years 39,251 / 14,617
    # and 49,283 / 20,133
    trial = trials.set_index(["place_code", "base_year", "year"]).loc[(CHINA, "2018", "2022")]
    carried_on = (25003 / 9787) * (39251 / 14617) / (19770 / 7142)
    actual = 49283 / 20133
    assert trial["actual_ratio"] == pytest.approx(actual, abs=1e-6)
    assert trial["low"] <= carried_on <= trial["high"]
    assert trial["error_high"] == pytest.approx(trial["high"] / actual - 1, abs=1e-5)
    assert not trial["held"]


def test_trials_are_counted(income_rows, trials):
    assert len(trials) == 10
    assert trials["held"].sum() == 2
    assert convergence.largest_error(trials) == pytest.approx(trials["error_high"].max())
    spans = trials["year"].astype(int) - trials["base_year"].astype(int)
    assert spans.between(1, 4).all()
    longer = convergence.carry_trials(income_rows, longest=10)
    assert len(longer) == 19
    assert set(trials["place_code"]) == {CHINA, ZHEJIANG}


def test_trials_use_printed_figures_alone(trials):
    assert set(trials["evidence"]) <= {"printed", "copied"}
    assert (trials["held"] == trials["actual_ratio"].between(trials["low"], trials["high"])).all()
    assert set(trials["kind"]) == {"scenario_range"}


def test_a_step_of_one_year_is_a_step_of_the_chain(income_rows):
    levels = find_levels(income_rows, CHINA)
    chain = chain_path(levels, 2024, ("H1",))
    (wedge,) = [path for path in wedge_paths(levels, 2024, ("H1",)) if path.base == 2023]
    for form, end in itertools.product(FORMS, ("low", "estimate", "high")):
        ends = [getattr(path.carry(form), end) for path in (chain, wedge)]
        assert ends[0] == pytest.approx(ends[1])
