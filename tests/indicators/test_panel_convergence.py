"""The chapter on panels: what it compares, what it leaves out, and that it computes it right."""

from __future__ import annotations

import itertools
import json
import re

import numpy as np
import pandas as pd
import pytest
import yaml
from panel_files import CLUBS, made_up_panel, write

from indicators import panel_convergence as panels
from indicators import tables
from indicators.convergence import beta_convergence, sigma_convergence
from indicators.evidence import EVIDENCE
from indicators.gates import require
from indicators.inequality import atkinson, gini, theil_l, theil_t
from indicators.labels import label

CHOICES = panels.Choices()


@pytest.fixture(scope="module")
def places() -> pd.DataFrame:
    return tables.load("places")


@pytest.fixture(scope="module")
def book(income_rows, places) -> pd.DataFrame:
    return panels.load_panel(None, income_rows, places)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return write(made_up_panel(), tmp_path_factory.mktemp("panel") / "made_up.csv")


@pytest.fixture(scope="module")
def own(file, income_rows, places) -> pd.DataFrame:
    return panels.load_panel(str(file), income_rows, places)


@pytest.fixture(scope="module")
def gaps(own) -> pd.DataFrame:
    """The panel with a unit that begins late, and another that misses a year between."""
    late = own["unit"].eq("High 1") & own["year"].eq(2000)
    between = own["unit"].eq("Low 2") & own["year"].isin([2010, 2011, 2012, 2014])
    return own[~late & ~between].reset_index(drop=True)


# --- the book's panel -----------------------------------------------------------------------------


def test_the_books_panel_holds_prefectures_alone(book, places):
    level = places.drop_duplicates("code").set_index("code")["level"]
    assert set(book["unit"].map(level)) == {"prefecture"}
    assert book["unit"].str[:2].eq("33").all()
    assert not book.duplicated(["unit", "year"]).any()


def test_every_figure_of_the_books_panel_is_printed(book, income_rows):
    printed = income_rows[
        income_rows["origin"].eq("printed") & income_rows["basis"].eq("integrated_survey")
        & income_rows["bound"].eq("eq") & income_rows["status"].eq("normal")
    ]  # fmt: skip
    known = set(zip(printed["place_code"], printed["period"], printed["value"], strict=True))
    cells = book.melt(["unit", "year"], ["urban", "rural", "all"]).dropna()
    assert set(zip(cells["unit"], cells["year"].astype(str), cells["value"], strict=True)) <= known
    assert set(book["evidence"]) <= {"printed", "copied"}
    tables.sources(book["source_id"])


def test_the_books_window_follows_from_its_rule(book):
    # Origin: data/README.md, coverage of annual income: five prefectures print both years.
    assert panels.page_window(book, CHOICES) == (2015, 2021)
    ends = panels.end_levels(book, CHOICES)
    assert list(ends["unit"]) == ["330100", "330200", "330300", "330500", "330900"]
    assert ends.iloc[0][["initial", "final"]].tolist() == [25719, 42692]
    # no longer span has as many
    for first, last in itertools.combinations(range(2013, 2026), 2):
        held = panels.end_levels(book, panels.Choices(window=(first, last)))
        assert len(held) < 5 or last - first <= 6


@pytest.mark.parametrize("income", ["urban", "rural", "all", "ratio"])
@pytest.mark.parametrize("window", [None, (2013, 2025), (2015, 2021), (2014, 2017)])
def test_no_choice_opens_log_t_on_the_books_panel(book, income, window):
    facts = panels.gate_facts(book, panels.Choices(income, window))
    assert not require("panel_log_t", **facts["panel_log_t"])
    assert not require("panel_line", **facts["panel_line"])
    assert not require("panel_theil_parts", **facts["panel_theil_parts"])


def test_the_spread_of_the_books_panel(book):
    # Origin: sd of the logarithms of the five printed rural incomes of both years, by hand.
    first = np.log([25719, 26469, 21235, 24410, 25903])
    last = np.log([42692, 42946, 35844, 41303, 42945])
    found = panels.spread_changes(book, CHOICES)
    row = panels.page_row(found, CHOICES)
    assert row["sd_first"] == pytest.approx(first.std(ddof=1), abs=1e-6)
    assert row["sd_last"] == pytest.approx(last.std(ddof=1), abs=1e-6)
    assert found["rural"].estimate == pytest.approx(last.std() / first.std())
    assert found["rural"].low < 1 < found["rural"].high
    assert list(found.table["measured"]) == ["urban_income", "rural_income", "ratio"]
    assert found.table["rank_p"].isna().all(), "five units are too few for the p-value of ranks"


# --- a panel of one's own -------------------------------------------------------------------------


def test_an_own_panel_is_marked_so_and_has_no_source(own):
    assert set(own["evidence"]) == {panels.OWN} == {"own_data"}
    assert panels.OWN not in EVIDENCE
    assert set(own["source_id"]) == {""}
    for table in (
        panels.spread_changes(own, CHOICES).table, panels.spread_lines(own, CHOICES),
        panels.growth_on_level(own, CHOICES).table, panels.growth_points(own, CHOICES),
        panels.log_t_by_trim(own, CHOICES).table, panels.club_table(own, CHOICES),
        panels.club_trials(own, CHOICES), panels.club_paths(own, CHOICES),
        panels.between_units(own, CHOICES).table, panels.theil_parts(own, CHOICES),
        panels.units_held(own, CHOICES), panels.held_points(own),
    ):  # fmt: skip
        assert set(table["evidence"]) == {panels.OWN}
        assert set(table["source_id"]) == {""}


@pytest.mark.parametrize("name", ["hangzhou", "330100", "2015", "points", "Q1"])
def test_a_name_that_the_book_uses_otherwise_stays_a_name(tmp_path, income_rows, places, name):
    renamed = made_up_panel().replace({"unit": {"High 1": name}})
    loaded = panels.load_panel(str(write(renamed, tmp_path / "x.csv")), income_rows, places)
    (cell,) = {unit for unit in loaded["unit"] if name in unit}
    assert {label("values", cell, lang) for lang in ("en", "zh")} == {name}
    members = panels.club_table(loaded, CHOICES)["members"].iloc[0]
    assert name in label("values", members, "en").split(", ")
    assert name in label("values", members, "zh").split("、")


def test_the_clubs_of_a_made_up_panel_are_found(own):
    found = panels.club_table(own, CHOICES)
    assert list(found["club"]) == ["1", "2"]
    for members, name in zip(found["members"], CLUBS, strict=True):
        assert {one[: len(name)] for one in label("values", members, "en").split(", ")} == {name}
    trials = panels.log_t_by_trim(own, CHOICES)
    assert list(trials.table["trim"]) == [0.3, *panels.TRIMS[:2], *panels.TRIMS[3:]]
    assert trials.table["rejected"].all(), "two clubs that move apart do not converge as one"
    tried = panels.club_trials(own, CHOICES)
    assert tried["moved_units"].eq(0).all()
    assert tried.iloc[0][["trim", "c_star"]].tolist() == [0.3, 0.0]
    assert len(tried) == 15


def test_one_club_alone_converges(own):
    high = own[own["unit"].str.startswith("High")]
    assert not panels.log_t_by_trim(high, CHOICES).table["rejected"].any()
    assert list(panels.club_table(high, CHOICES)["club"]) == ["1"]


def test_smoothing_is_that_of_statsmodels(own):
    from statsmodels.tsa.filters.hp_filter import hpfilter

    block, trends = panels.log_block(own, CHOICES), panels.smoothed_block(own, CHOICES)
    assert trends.loc["Low 3"].to_numpy() == pytest.approx(hpfilter(block.loc["Low 3"], 400)[1])
    bare = panels.smoothed_block(own, panels.Choices(smoothing=None))
    pd.testing.assert_frame_equal(bare, block)


def test_a_unit_with_a_gap_is_left_out_and_named(gaps):
    assert panels.page_window(gaps, CHOICES) == (2000, 2023)
    held = panels.units_held(gaps, CHOICES).set_index("unit")
    assert held.loc["High 1", ["at_both_ends", "complete"]].tolist() == [False, False]
    assert held.loc["Low 2", ["at_both_ends", "complete"]].tolist() == [True, False]
    assert label("values", held.loc["Low 2", "missing_years"], "en") == "2010–2012, 2014"
    assert label("values", held.loc["Low 2", "missing_years"], "zh") == "2010—2012、2014"
    assert held["complete"].sum() == len(panels.log_block(gaps, CHOICES)) == 10
    assert len(panels.end_levels(gaps, CHOICES)) == 11
    facts = panels.gate_facts(gaps, CHOICES)
    assert facts["panel_log_t"] == {"units": 10, "years": 24, "income": "rural_income"}
    assert facts["panel_line"] == {"units": 11}


def test_a_year_that_no_unit_holds_leaves_no_block(own):
    holed = own[own["year"].ne(2010)]
    facts = panels.gate_facts(holed, CHOICES)
    assert facts["panel_log_t"]["units"] == 0
    gate = require("panel_log_t", **facts["panel_log_t"])
    assert "every one of these years: 0" in gate.found["en"]
    lines = panels.spread_lines(holed, CHOICES)
    assert 2010 not in set(lines["year"])
    opened = panels.gate_facts(holed, panels.Choices(window=(2011, 2023)))
    assert require("panel_log_t", **opened["panel_log_t"])


def test_a_panel_without_two_years_of_the_income(own):
    with pytest.raises(ValueError, match=r"found rural income in 1 years; allowed: a panel of two"):
        panels.page_window(own[own["year"].eq(2000)], CHOICES)
    with pytest.raises(ValueError, match="found all income in 0 years"):
        panels.page_window(own.assign(all=np.nan), panels.Choices("all"))


def test_what_is_computed_is_what_the_functions_say(own):
    ends = panels.end_levels(own, CHOICES)
    beta = beta_convergence(ends["initial"], ends["final"], years=23)
    growth = panels.growth_on_level(own, CHOICES)
    assert growth["slope"].estimate == pytest.approx(beta.params["initial"])
    assert growth["speed"].low == pytest.approx(beta.speed.low)
    assert growth["half_life"].high == pytest.approx(beta.half_life.high)
    sigma = sigma_convergence(ends["initial"], ends["final"])
    row = panels.page_row(panels.spread_changes(own, CHOICES), CHOICES)
    assert row["p_value"] == pytest.approx(sigma.pitman_morgan.p_value, abs=1e-6)
    assert row["rank_p"] == pytest.approx(sigma.spearman.p_value, abs=1e-6)
    theil = panels.between_units(own, CHOICES)
    assert theil["theil_first"].estimate == pytest.approx(theil_t(ends["initial"]))
    measures = (theil_t, theil_l, gini, atkinson)
    assert theil.table["theil_last"].tolist() == pytest.approx(
        [measure(ends["final"]) for measure in measures], abs=1e-6
    )


def test_weights_by_people_of_the_first_year(own):
    weighted = panels.Choices(weights="people")
    ends = panels.end_levels(own, weighted)
    logs, people = np.log(ends["final"]), ends["population"]
    mean = (people * logs).sum() / people.sum()
    found = panels.spread_changes(own, weighted)
    row = panels.page_row(found, weighted)
    assert row["sd_last"] ** 2 == pytest.approx(
        (people * (logs - mean) ** 2).sum() / people.sum(), abs=1e-5
    )
    assert found["rural"].kind == "exact"
    assert found.table[["p_value", "rank_p"]].isna().all(axis=None)
    # a unit with the weight of two is two such units
    twin = ends[["initial", "final"]].assign(population=1.0)
    doubled = pd.concat([twin, twin.iloc[:1]])["initial"]
    weights = np.r_[2.0, np.ones(len(twin) - 1)]
    assert theil_t(twin["initial"], weights) == pytest.approx(theil_t(doubled))


def test_weights_without_people_show_nothing(own):
    bare = own.assign(population=np.where(own["unit"].eq("Low 1"), np.nan, own["population"]))
    weighted = panels.Choices(weights="people")
    assert panels.spread_changes(bare, weighted).results == {}
    facts = panels.gate_facts(bare, weighted)["panel_people"]
    assert facts == {"weighted": True, "missing": 1, "units": 12}
    assert not require("panel_people", **facts)


def test_town_and_country_within_the_units_add_up(own):
    parts = panels.theil_parts(own, CHOICES).set_index(["inequality_measure", "part"])
    for measure in ("theil_t", "theil_l"):
        between, within, total = (
            parts.loc[(measure, part), "theil_last"]
            for part in ("between_units", "within_units", "both_parts")
        )
        assert between + within == pytest.approx(total, abs=2e-6)
        assert min(between, within) > 0
    # between the units it is the inequality of their means: the incomes of all, by people
    last = own[own["year"].eq(2023)]
    assert parts.loc[("theil_l", "between_units"), "theil_last"] == pytest.approx(
        theil_l(last["all"], last["population"]), abs=1e-5
    )


# --- invariances ----------------------------------------------------------------------------------


def test_order_and_names_of_units_do_not_matter(own):
    names = dict(
        zip(sorted(set(own["unit"])), reversed([f"u{i:02}" for i in range(12)]), strict=True)
    )
    renamed = own.assign(unit=own["unit"].map(names)).sample(frac=1, random_state=1)
    for function in (panels.spread_changes, panels.growth_on_level, panels.log_t_by_trim):
        numbers = (
            function(panel, CHOICES).table.select_dtypes("number") for panel in (own, renamed)
        )
        pd.testing.assert_frame_equal(*numbers, atol=1e-6)
    assert list(panels.club_table(renamed, CHOICES)["n"]) == [6, 6]


def test_the_unit_of_money_matters_to_log_t_alone(own):
    money = own.assign(**{name: own[name] * 100 for name in ("urban", "rural", "all")})
    for function in (panels.spread_changes, panels.growth_on_level, panels.between_units):
        numbers = (function(panel, CHOICES).table.select_dtypes("number") for panel in (own, money))
        pd.testing.assert_frame_equal(*numbers, atol=2e-6)
    one, other = (panels.log_t_by_trim(panel, CHOICES)["coef"].estimate for panel in (own, money))
    assert one != pytest.approx(other, abs=1e-3)


# --- choices and the page -------------------------------------------------------------------------


def test_choices_report_all_faults_together():
    with pytest.raises(ValueError, match="income = 'urbn'") as caught:
        panels.Choices("urbn", [2020, 2010], 0, [0.2, "x"], float("inf"), -1, "men", 95)
    for text in (
        "window = [2020, 2010]; allowed: a first and a later last year",
        "trim = 0; allowed: above 0 and below 1", "trim = 'x'", "c_star = inf", "smoothing = -1",
        "weights = 'men'", "level = 95",
    ):  # fmt: skip
        assert text in str(caught.value)


@pytest.fixture(scope="module")
def cells(root) -> list[str]:
    path = root / "notebooks" / "panel_convergence.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "code"]


@pytest.fixture(scope="module")
def words(root) -> dict:
    registry = yaml.safe_load((root / "book" / "figures.yml").read_text(encoding="utf-8"))
    return registry["panel_convergence"]


PAGES = {
    "book": {},
    "book, another window": {"window": [2014, 2017]},
    "book, all residents": {"income": "all"},
    "book, by people": {"weights": "people"},
    "own": {"panel": "own"},
    "own, ratio": {"panel": "own", "income": "ratio"},
    "own, by people": {"panel": "own", "weights": "people", "income": "all"},
    "own, short": {"panel": "own", "window": [2008, 2019], "smoothing": None, "c_star": 0.2},
    "own, too short": {"panel": "own", "window": [2015, 2019]},
    "own, rural above": {"panel": "turned"},
}


@pytest.mark.parametrize("page", PAGES)
def test_every_text_shown_finds_its_numbers(cells, words, file, tmp_path, page):
    """The notebook runs for every page, and no text waits for a result that is not there."""
    shown, results, refused = [], {}, []
    stand_ins = {
        "figure": lambda id, chart, data, **options: shown.append(("figures", id)),
        "table": lambda id, frame: shown.append(("tables", id)),
        "note": lambda id: shown.append(("notes", id)),
        "result": lambda id, value, *measures, **options: results.update({id: value}),
        "refusal": lambda gate: refused.append(gate.method) if not gate else None,
    }
    names = dict(stand_ins)
    imports, parameters, *rest = cells
    exec(imports.replace("from bindery.notebook", "# from bindery.notebook"), names)
    exec(parameters, names)
    taken = {name for name in names if name not in stand_ins}
    turned = made_up_panel().rename(columns={"urban": "rural", "rural": "urban"})
    files = {"own": file, "turned": write(turned, tmp_path / "turned.csv"), None: None}
    given = {"panel": None, **PAGES[page]}
    names |= given | {"panel": files[given["panel"]] and str(files[given["panel"]])}
    for cell in rest:
        exec(cell, names)
    assert len(shown) == len(set(shown))
    for kind, id in shown:
        for text in words[kind][id].values():
            for lang in ("en", "zh") if set(text) == {"en", "zh"} else ():
                slots = {slot.split(".")[0] for slot in re.findall(r"\{([^{}]*)\}", text[lang])}
                assert slots <= {*results, *taken}, (page, kind, id, slots - {*results, *taken})
    figures = [id for kind, id in shown if kind == "figures"]
    assert ("notes", "own_panel") in shown or not given["panel"]
    assert figures[0] == "panel_held"
    assert len(figures) <= (4 if given["panel"] else 2)
    assert ("panel_log_t" in refused) is ("relative_paths" not in figures)
    if page == "own":
        assert figures == ["panel_held", "panel_spread", "panel_growth", "relative_paths"]
        assert refused == []
        assert results["club_count"] == 2
    if page == "book":
        assert refused == ["panel_line", "panel_log_t", "panel_theil_parts"]
        assert figures == ["panel_held", "panel_spread"]
    assert ("rural_above" in results) is (page == "own, rural above")
    assert (("notes", "few_years") in shown) is (page == "own, short")


def test_no_other_page_refuses_log_t(root):
    """The book's own tables are refused once."""
    told = [
        path.stem
        for path in (root / "notebooks").glob("*.ipynb")
        if "panel_log_t" in path.read_text(encoding="utf-8")
    ]
    assert told == ["panel_convergence"]
