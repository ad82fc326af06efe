"""The chapter on specifications: choices in, distinct results and counts of answers out.

Expected numbers are arithmetic on printed figures. Levels in yuan: Hangzhou 44,632 and 23,555 in
2014, 74,700 and 42,692 in 2021, 77,043 and 45,183 in 2022; China 28,844 and 10,489 in 2014, 47,412
and 18,931 in 2021, 49,283 and 20,133 in 2022, 54,188 and 23,119 in 2024. Ratios as they are stated:
Hangzhou 1.71 in 2022, and 1.64 in 2024 by the article alone; China 2.75 in 2014; Zhejiang 2.07 in
2015.
"""

from __future__ import annotations

import itertools
import json
import math
import re

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import specification_curve as curve
from indicators import urban_rural_convergence as convergence
from indicators.gates import require
from indicators.income import SURVEY
from indicators.intervals import Interval
from indicators.specification_curve import (
    Admitted,
    Choices,
    PaceSpecification,
    ScenarioSpecification,
)
from indicators.specification_curve.effects import changed_pairs
from indicators.urban_rural_convergence.windows import pair_years

HANGZHOU, ZHEJIANG, CHINA = "330100", "330000", "100000"
COMPARING = ("faster_than_china", "faster_than_zhejiang")
SMALL = {"measures": "log_ratio", "bases": SURVEY, "forms": "linear"}


def specifications(rows, name: str = "faster_than_china", place: str = HANGZHOU, **options):
    return curve.pace_specifications(curve.load_stock(rows, Choices(place, **options)), name)


@pytest.fixture(scope="module")
def stock(income_rows) -> curve.Stock:
    return curve.load_stock(income_rows, Choices(HANGZHOU))


@pytest.fixture(scope="module")
def paces(stock) -> dict[str, pd.DataFrame]:
    return {name: curve.pace_specifications(stock, name) for name in curve.STATEMENTS}


@pytest.fixture(scope="module")
def scenarios(stock) -> pd.DataFrame:
    return curve.scenario_specifications(stock)


def only(table: pd.DataFrame, **chosen):
    """The one row with these options."""
    found = table[
        pd.concat([table[name].eq(value) for name, value in chosen.items()], axis=1).all(axis=1)
    ]
    assert len(found) == 1, found
    return found.iloc[0]


# Choices


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measures": "gini"}, "measures = 'gini'.*; allowed: all, ratio, log_ratio"),
        ({"measures": ()}, r"measures = \(\); allowed: all, or some of ratio"),
        ({"extra": "all"}, "extra = 'all'.*; allowed: both, derived, claimed, none"),
        ({"bases": ("net",)}, "bases = 'net'.*; allowed: integrated_survey, net_income_pre2013"),
        ({"grades": "d"}, "grades = 'd'.*; allowed: all, a_to_c, with_d"),
        ({"taken": "printed"}, "taken = 'printed'.*; allowed: all, levels, stated"),
        ({"forms": ["cubic"]}, "forms = 'cubic'.*; allowed: linear, log, gap_decay"),
        ({"least_years": 2}, "least_years = 2; allowed: a whole number from 3 up"),
        ({"least_years": math.nan}, "least_years = nan; allowed: a whole number from 3 up"),
        ({"targets": [1.0]}, "allowed: ratios above 1"),
        ({"rounding": "up"}, "rounding = 'up'"),
    ],
)  # fmt: skip
def test_choices_are_checked(options, message):
    with pytest.raises(ValueError, match=message):
        Choices(HANGZHOU, **options)


def test_all_faults_of_choices_are_told_together():
    with pytest.raises(ValueError, match=r"measures = 'gini'.*grades = 'd'.*least_years = 1"):
        Choices(HANGZHOU, measures="gini", grades="d", least_years=1)


def test_a_place_is_never_set_beside_itself(income_rows):
    for place, name in ((CHINA, "faster_than_china"), (ZHEJIANG, "faster_than_zhejiang")):
        stock = curve.load_stock(income_rows, Choices(place, **SMALL))
        assert curve.pace_specifications(stock, name).empty
        others = set(COMPARING) - {name}
        assert not any(curve.pace_specifications(stock, other).empty for other in others)


# Statements


@pytest.mark.parametrize("name", curve.BY_CONSTRUCTION)
def test_a_statement_true_by_construction_is_refused_by_name(stock, name):
    with pytest.raises(
        ValueError, match=f"statement = '{name}' is true by construction: .*allowed"
    ):
        curve.pace_specifications(stock, name)


def test_what_is_refused_could_not_fail(income_rows):
    """Every printed ratio of the survey of today lies below the printed one before."""
    for place in (HANGZHOU, ZHEJIANG, CHINA):
        choices = convergence.Choices(place)
        points = convergence.load_points(income_rows, choices)
        table = points.table
        own = table[table["place_code"].eq(place) & table["main"]].set_index("year")
        for before, after in itertools.pairwise(pair_years(points.main(place))):
            assert own["low"][before] > own["high"][after], (place, after)


def test_an_unknown_statement_names_the_known_ones():
    with pytest.raises(ValueError, match=r"'faster'.*allowed: faster_than_china, faster_than_zhej"):
        curve.statement("faster")


@pytest.mark.parametrize(
    ("name", "low", "high", "said"),
    [
        ("faster_than_china", -0.3, -0.1, "yes"), ("faster_than_china", 0.1, 0.3, "no"),
        ("faster_than_zhejiang", -0.1, 0.1, "undecided"),
        ("faster_than_china", 0, 0.1, "undecided"),
        ("gap_widened", 10, 20, "yes"), ("gap_widened", -20, -10, "no"),
        ("gap_widened", -10, 0, "undecided"),
    ],
)  # fmt: skip
def test_answers(name, low, high, said):
    assert curve.answer(name, Interval(low, high, "rounding_interval")) == said


@given(
    st.sampled_from(sorted(curve.STATEMENTS)),
    *[st.floats(-10, 10, allow_nan=False) for _ in range(2)],
    st.floats(0, 10),
)
def test_more_rounding_leaves_an_answer_or_makes_it_undecided(name, one, other, more):
    low, high = sorted((one, other))
    narrow = curve.answer(name, Interval(low, high, "rounding_interval"))
    wide = curve.answer(name, Interval(low - more, high + more, "rounding_interval"))
    assert wide in (narrow, "undecided")


# Paces


def test_the_default_of_the_chapter_is_one_specification(income_rows, stock, paces):
    """Hangzhou minus China in the logarithm, over the longest printed window."""
    choices = convergence.Choices(HANGZHOU)
    pace = convergence.relative_pace(convergence.load_points(income_rows, choices), choices)
    chapter = pace[f"log_ratio_over_{CHINA}"]
    wanted = PaceSpecification(
        CHINA, "log_ratio", SURVEY, "printed_only", "with_d", "levels", 2014, 2022
    )
    assert curve.pace_of(stock, wanted) == chapter
    row = only(paces["faster_than_china"], **wanted._asdict())
    assert (row.low, row.estimate, row.high) == (chapter.low, chapter.estimate, chapter.high)
    assert row.kind == chapter.kind == "rounding_interval"
    for measure in convergence.MEASURES:
        for other, name in ((CHINA, COMPARING[0]), (ZHEJIANG, COMPARING[1])):
            options = wanted._replace(compared_with=other, measure=measure)._asdict()
            found = only(paces[name], **options)
            assert found.estimate == pace[f"{measure}_over_{other}"].estimate


def test_every_window_of_the_chapter_is_a_specification(income_rows, paces):
    choices = convergence.Choices(HANGZHOU)
    windows = convergence.pace_windows(convergence.load_points(income_rows, choices), choices)
    table = paces["faster_than_china"]
    same = {"basis": SURVEY, "grades": "with_d", "taken": "levels"}
    for row in windows.itertuples():
        allowed = "with_claim" if row.evidence == "claimed" else "printed_only"
        options = {"first_year": row.first_year, "last_year": row.last_year}
        found = only(table, measure=row.measure, evidence_allowed=allowed, **options, **same)
        assert found.estimate == pytest.approx(row.estimate, abs=1e-6)


def test_windows_of_printed_years_by_hand(paces):
    table = paces["faster_than_china"]
    own = table[
        table["measure"].eq("ratio") & table["basis"].eq(SURVEY) & table["grades"].eq("a_to_c")
        & table["taken"].eq("levels") & table["evidence_allowed"].eq("printed_only")
    ]  # fmt: skip
    years = (2014, 2015, 2016, 2017, 2021, 2022)
    expected = [pair for pair in itertools.combinations(years, 2) if pair[1] - pair[0] >= 3]
    assert list(zip(own["first_year"], own["last_year"], strict=True)) == expected


def test_the_claim_and_the_stated_ratio_by_hand(paces):
    china = {2014: 28844 / 10489, 2021: 47412 / 18931, 2022: 49283 / 20133, 2024: 54188 / 23119}
    own = {2014: 44632 / 23555, 2021: 74700 / 42692}
    table = paces["faster_than_china"]
    same = {"measure": "log_ratio", "basis": SURVEY, "grades": "a_to_c"}
    claim = only(
        table, **same, taken="levels", evidence_allowed="with_claim", first_year=2021,
        last_year=2024,
    )  # fmt: skip
    expected = math.log(1.64 / own[2021]) - math.log(china[2024] / china[2021])
    assert claim.estimate == pytest.approx(100 * expected / 3)
    assert claim.evidence == "claimed"
    stated = only(
        table, **same, taken="stated", evidence_allowed="printed_only", first_year=2014,
        last_year=2022,
    )  # fmt: skip
    # 2.75 and 1.71 as stated; China states none for 2022, nor Hangzhou for 2014
    expected = math.log(1.71 / own[2014]) - math.log(china[2022] / 2.75)
    assert stated.estimate == pytest.approx(100 * expected / 8)


def test_the_claim_never_takes_the_place_of_printed_incomes(stock):
    """The article states 1.75 for 2021; both incomes of that year are printed."""
    for admitted, places in stock.ratios.items():
        if admitted.basis == SURVEY:
            assert places[HANGZHOU][2021].made_from == "levels"
            assert (2024 in places[HANGZHOU]) == (admitted.evidence_allowed == "with_claim")


def test_a_grade_is_left_out_before_a_ratio_is_taken(stock):
    def ratio(grades: str, taken: str) -> float:
        admitted = Admitted(SURVEY, "printed_only", grades, taken)
        return stock.ratios[admitted][ZHEJIANG][2015].estimate

    # both incomes of 2015 rest on grade D, the stated 2.07 on grade C
    assert ratio("with_d", "levels") == pytest.approx(43714 / 21125)
    assert ratio("a_to_c", "levels") == ratio("a_to_c", "stated") == 2.07


def test_nothing_rests_on_the_claim_and_on_derived_figures_at_once(stock, income_rows):
    marks = income_rows.set_index("row_id")["evidence"]
    for name in COMPARING:
        for row in curve.pace_specifications(stock, name).itertuples():
            used = {marks[part] for part in row.row_ids.split(";")}
            assert not {"claimed", "derived"} <= used
            beside = {"with_derived": {"derived"}, "with_claim": {"claimed"}}
            assert used & {"claimed", "derived"} <= beside.get(row.evidence_allowed, set())


def test_bases_are_never_joined(paces):
    for table in paces.values():
        for row in table.itertuples():
            assert all(f"|{row.basis}|" in part for part in row.row_ids.split(";"))


def test_a_gap_in_yuan_has_no_stated_form(paces):
    table = pd.concat(paces.values())
    gaps = table[table["measure"].eq("yuan_gap")]
    assert set(gaps["taken"]) == {"levels"}
    assert not gaps["row_ids"].str.contains("ratio_stated").any()


def test_a_year_that_is_not_admitted_is_no_specification(stock):
    wanted = PaceSpecification(
        CHINA, "ratio", SURVEY, "printed_only", "a_to_c", "levels", 2021, 2024
    )
    years = "2014, 2015, 2016, 2017, 2021, 2022"
    for options, message in (
        ({}, f"window of 330100 = 2021 to 2024; allowed: two of the years {years}, the earlier"),
        ({"first_year": 2022, "last_year": 2021}, "window of 330100 = 2022 to 2021; allowed"),
        ({"grades": "d"}, "choices = integrated_survey/printed_only/d/levels; allowed: integrated"),
        (
            {"compared_with": "330200", "last_year": 2022},
            "place = '330200'.*; allowed: 330100, 100000, 330000",
        ),
        ({"measure": "gini", "last_year": 2022}, "measure = 'gini'.*; allowed: ratio, log_ratio"),
    ):
        with pytest.raises(ValueError, match=message):
            curve.pace_of(stock, wanted._replace(**options))
    scenario = ScenarioSpecification(1.6, "linear", *wanted[3:6], 2014, 2022)
    for options, message in (
        ({"last_year": 2024}, "window of 330100 = 2014 to 2024; allowed"),
        ({"form": "cubic"}, "form = 'cubic'.*; allowed: linear, log, gap_decay"),
    ):
        with pytest.raises(ValueError, match=message):
            curve.year_reached(stock, scenario._replace(**options))


# What is one result


def test_a_result_is_one_number_from_one_set_of_figures(paces):
    for table in paces.values():
        for _, rows in table.groupby("result"):
            assert rows["row_ids"].nunique() == rows["measure"].nunique() == 1
            assert rows["estimate"].max() - rows["estimate"].min() < 1e-9
        results = curve.distinct_results(table)
        assert len(results) == table["result"].nunique()
        assert results["specifications"].sum() == len(table)
        keys = results[["measure", "compared_with", "estimate", "low", "row_ids"]]
        assert not keys.duplicated().any()


def test_a_result_stands_under_the_strictest_choices_that_give_it(paces):
    results = curve.distinct_results(paces["faster_than_china"])
    printed = results[results["evidence"].isin(["printed", "copied"])]
    assert set(printed["evidence_allowed"]) == {"printed_only"}
    assert set(results.loc[results["evidence"].eq("claimed"), "evidence_allowed"]) == {"with_claim"}


def counts(rows, **options) -> tuple:
    tables = [specifications(rows, name, **options) for name in COMPARING]
    found = curve.count_specifications(*tables)
    said = [
        curve.statement_answers(table)[answer].estimate
        for table in tables for answer in curve.ANSWERS
    ]  # fmt: skip
    return found["results"].estimate, found["data_sets"].estimate, *said


ORDERS = st.fixed_dictionaries(
    {
        "measures": st.permutations(convergence.MEASURES[1:3]),
        "bases": st.permutations(convergence.BASES),
        "grades": st.permutations(curve.GRADES),
        "taken": st.permutations(("levels", "stated")),
    }
)


@pytest.fixture(scope="module")
def counted(income_rows) -> tuple:
    return counts(income_rows, measures=convergence.MEASURES[1:3])


@settings(max_examples=4)
@given(ORDERS)
def test_the_order_of_the_choices_changes_no_count(income_rows, counted, orders):
    assert counts(income_rows, **orders) == counted


def test_an_option_named_twice_adds_rows_and_no_result(income_rows, counted):
    twice = {
        "measures": ("log_ratio", "gap_share", "log_ratio"),
        "grades": ("a_to_c", "with_d") * 2,
    }
    assert counts(income_rows, **twice) == counted
    once = len(specifications(income_rows, **SMALL))
    assert len(specifications(income_rows, **SMALL, taken=("levels", "stated", "levels"))) > once


def test_rounding_is_no_choice(income_rows):
    plain = specifications(income_rows, **SMALL)
    for rounding in ("half_down", "half_up_or_down", "truncate"):
        other = specifications(income_rows, **SMALL, rounding=rounding)
        assert len(other) == len(plain)
        assert other["data_set"].equals(plain["data_set"])
        assert other["estimate"].equals(plain["estimate"])


def test_longer_windows_and_less_evidence_take_rows_away(income_rows):
    every = specifications(income_rows, **SMALL)
    longer = specifications(income_rows, **SMALL, least_years=5)
    assert longer["row_ids"].isin(every["row_ids"]).all()
    assert (longer["last_year"] - longer["first_year"]).min() == 5
    printed = specifications(income_rows, **SMALL, extra="none")
    assert set(printed["evidence_allowed"]) == {"printed_only"}
    assert set(printed["row_ids"]) < set(every["row_ids"])


# Counts and effects


def test_counts_add_up(paces):
    table = curve.answer_counts(*paces.values())
    assert table["results"].eq(table[list(curve.ANSWERS)].sum(axis=1)).all()
    parts = table[table["evidence_allowed"].ne("all_options")]
    whole = table[table["evidence_allowed"].eq("all_options")]
    keys = ["statement", "measure"]
    summed = parts.groupby(keys)[["results", *curve.ANSWERS]].sum()
    assert summed.sort_index().equals(
        whole.set_index(keys)[["results", *curve.ANSWERS]].sort_index()
    )
    for name, own in paces.items():
        said = curve.statement_answers(own)
        assert said["results"].estimate == whole.loc[whole["statement"].eq(name), "results"].sum()
        assert {interval.kind for interval in said.results.values()} == {"exact"}


def test_pairs_differ_in_one_choice_alone():
    # a: two measures of one window; b: the same result twice; c: another window
    table = pd.DataFrame(
        [("ratio", 1, 1), ("log", 1, 2), ("ratio", 1, 1), ("log", 2, 3), ("ratio", 2, 4)],
        columns=["measure", "window", "result"],
    )
    results = table["result"]

    def pairs(choice: str, other: str) -> list[set[int]]:
        return [{results[i], results[j]} for i, j in changed_pairs(table, choice, [other])]

    assert pairs("measure", "window") == [{1, 2}, {3, 4}]
    assert sorted(map(sorted, pairs("window", "measure"))) == [[1, 4], [2, 3]]


def test_effects_of_the_choices(paces):
    effects = curve.answer_effects(*paces.values())
    assert (effects["flips"] + effects["to_undecided"]).le(effects["pairs_compared"]).all()
    assert effects["pairs_compared"].gt(0).all()
    # within a window evidence changes nothing, and no window lies in two bases
    assert not set(effects["choice"]) & {"evidence_allowed", "basis"}
    flips = curve.choice_flips(effects)
    by_hand = effects[effects["choice"].eq("measure") & effects["statement"].isin(COMPARING)]
    assert flips["measure"].estimate == by_hand["flips"].sum()
    assert flips["compared_with_pairs"].estimate > 0
    alone = curve.choice_flips(curve.answer_effects(paces["faster_than_china"]))
    assert alone["compared_with_pairs"].estimate == 0


# Scenarios


def test_the_scenarios_of_the_chapter_are_specifications(income_rows, scenarios):
    choices = convergence.Choices(HANGZHOU)
    points = convergence.load_points(income_rows, choices)
    chapter = convergence.target_scenarios(points, choices)
    for row in chapter.itertuples():
        first, last = (int(year) for year in row.window.split("-"))
        allowed = "with_claim" if last == 2024 else "printed_only"
        found = only(
            scenarios, target=row.target, form=row.form, evidence_allowed=allowed,
            grades="with_d", taken="levels", first_year=first, last_year=last,
        )  # fmt: skip
        assert found.estimate == pytest.approx(last + row.estimate, abs=1e-6)
        assert found.kind == row.kind == "scenario_range"


def test_a_scenario_starts_from_the_last_ratio_that_is_admitted(scenarios):
    last = scenarios.groupby("evidence_allowed")["last_year"].agg(set)
    assert last.to_dict() == {"printed_only": {2022}, "with_derived": {2022}, "with_claim": {2024}}


def test_ranges_hold_every_scenario(scenarios):
    ranges = curve.target_ranges(scenarios)
    whole = ranges[ranges["evidence_allowed"].eq("all_options")].set_index("target")
    for row in scenarios.itertuples():
        # the first whole year at or after the one in which the path crosses the target
        low, high = whole.loc[row.target, ["low", "high"]]
        assert low - 1 < row.low <= row.high <= high
    first = curve.first_target(scenarios)
    assert first["target"].estimate == 1.6
    assert (first["reached"].low, first["reached"].high) == tuple(whole.loc[1.6, ["low", "high"]])
    assert first["reached"].kind == "scenario_range"
    assert first["reached"].estimate is None


def test_chosen_targets_and_forms(income_rows):
    choices = Choices(HANGZHOU, targets=[1.65], forms="log")
    found = curve.scenario_specifications(curve.load_stock(income_rows, choices))
    assert set(found["target"]) == {1.65}
    assert set(found["form"]) == {"log_form"}
    # 1.64 lies below the target already
    claimed = found[found["last_year"].eq(2024)]
    assert claimed["high"].eq(2024).all()


# Curves and gates


def test_curves_are_sorted_and_complete(paces, scenarios):
    compared = [paces[name] for name in COMPARING]
    drawn = curve.pace_curve(*compared)
    results = curve.count_specifications(*compared)
    assert len(drawn) == results["results"].estimate
    assert drawn["data_set"].nunique() == results["data_sets"].estimate
    for _, rows in drawn.groupby("measure"):
        assert rows["estimate"].is_monotonic_increasing
        assert rows["curve_rank"].tolist() == list(range(1, len(rows) + 1))
    assert drawn["closed"].eq("faster").equals(drawn["high"].lt(0))
    assert set(drawn["kind"]) == {"rounding_interval"}
    years = curve.scenario_curve(scenarios)
    assert set(years["kind"]) == {"scenario_range"}
    assert years.groupby("target")["estimate"].apply(lambda e: e.is_monotonic_increasing).all()


@pytest.mark.parametrize(
    ("place", "opened"),
    [(HANGZHOU, (True, True)), (ZHEJIANG, (True, True)), (CHINA, (True, True)),
     ("330900", (True, True)), ("331100", (False, False))],
)  # fmt: skip
def test_gates(income_rows, place, opened):
    stock = curve.load_stock(income_rows, Choices(place))
    compared = [curve.pace_specifications(stock, name) for name in COMPARING]
    facts = curve.gate_facts(compared, curve.scenario_specifications(stock))
    gates = tuple(bool(require(name, **facts[name])) for name in ("pace_curve", "scenario_curve"))
    assert gates == opened


# Pages


PAGES = {
    "the page of the book": {},
    "one measure": {"measures": "gap_share", "grades": "with_d"},
    "printed alone": {"extra": "none", "grades": "a_to_c", "bases": SURVEY},
    "the old survey": {"bases": "net_income_pre2013"},
    "China": {"place": CHINA, "least_years": 6},
    "Zhejiang": {"place": "Zhejiang", "forms": "log", "targets": [1.7]},
    "two years": {"place": "Zhoushan"},
    "one income alone": {"place": "Chun'an"},
    "windows too long": {"least_years": 20},
}


@pytest.mark.parametrize("page", PAGES)
def test_every_text_shown_finds_its_numbers(root, page):
    """The notebook runs for every page, and no text waits for a result that is not there."""
    shown, results, refused = [], {}, []
    names = {
        "figure": lambda id, chart, data, **options: shown.append(("figures", id)),
        "table": lambda id, frame: shown.append(("tables", id)),
        "note": lambda id: shown.append(("notes", id)),
        "result": lambda id, value, *measures, **options: results.update({id: value}),
        "refusal": lambda gate: refused.append(gate.method) if not gate else None,
    }
    file = root / "notebooks" / "specification_curve.ipynb"
    content = json.loads(file.read_text(encoding="utf-8"))["cells"]
    cells = ["".join(cell["source"]) for cell in content if cell["cell_type"] == "code"]
    registry = yaml.safe_load((root / "book" / "figures.yml").read_text(encoding="utf-8"))
    words = registry["specification_curve"]
    imports, parameters, *rest = cells
    exec(imports.replace("from bindery.notebook", "# from bindery.notebook"), names)
    before = set(names)
    exec(parameters, names)
    taken = set(names) - before
    names |= PAGES[page]
    for cell in rest:
        exec(cell, names)
    for kind, local in shown:
        texts = json.dumps(words[kind][local], ensure_ascii=False)
        slots = {slot.partition(".")[0] for slot in re.findall(r"\{([a-z_.0-9]+)\}", texts)}
        assert slots - set(results) <= taken, f"{kind} {local}"
    drawn = {local for kind, local in shown if kind == "figures"}
    assert drawn | set(refused) == {"pace_curve", "scenario_curve"}
    assert not drawn & set(refused)
