"""The family of pages: which places have one, and what each of them shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from indicators import tables
from indicators import urban_rural_convergence as convergence
from indicators.evidence import EVIDENCE
from indicators.gates import require
from indicators.income import SURVEY, WHOLE_AREA

STEM = "urban_rural_convergence"
ROOT = Path(__file__).parents[2]
(SWEEP,) = [
    sweep for sweep in yaml.safe_load((ROOT / "notebooks" / "sweeps.yml").read_text("utf-8"))
    if sweep["notebook"] == STEM
]  # fmt: skip
PAGES = {f"{STEM}_{place.lower()}": {"place": place} for place in SWEEP["grid"]["place"]}
# What a reader may ask for beside the pages of the book.
VARIANTS = {
    "two years of the claim": {"place": "Hangzhou", "window": [2021, 2024]},
    "one step": {"place": "Hangzhou", "window": [2021, 2022], "measure": "log_ratio"},
    "printed alone": {"place": "Hangzhou", "extra": "none", "form": "log", "targets": [1.65]},
    "a derived year": {"place": "Hangzhou", "window": [2014, 2020]},
    "the old survey": {"place": "Hangzhou", "basis": "net_income_pre2013"},
    "the old survey of Zhejiang": {"place": "Zhejiang", "basis": "net_income_pre2013"},
    "a year that Zhejiang does not print": {"place": "Huzhou", "window": [2016, 2022]},
    "no page of its own": {"place": "Lishui"},
    "a stated ratio": {"place": "Quzhou"},
    "one income alone": {"place": "Chun'an"},
    "a source of grade D": {"place": "Shaoxing", "window": [2015, 2025]},
}


def test_the_family_is_complete(income_rows):
    """A page for each place that the gate lets in, and for no other."""
    listed = [tables.place(parameters["place"]) for parameters in PAGES.values()]
    assert sorted(listed) == convergence.convergence_places(income_rows)
    assert len(set(listed)) == len(listed)


def test_the_family_by_hand(income_rows):
    """The rule of the gate, worked out again from the table itself."""
    found = income_rows[
        income_rows["basis"].eq(SURVEY) & income_rows["scope"].eq(WHOLE_AREA)
        & income_rows["bound"].eq("eq") & income_rows["status"].eq("normal")
        & income_rows["origin"].eq("printed") & income_rows["grade"].isin(["A", "B", "C"])
        & income_rows["period"].str.fullmatch(r"\d{4}")
    ]  # fmt: skip
    places = []
    for place, rows in found.groupby("place_code"):
        years = [
            set(rows.loc[rows["indicator"].eq(name), "period"].astype(int))
            for name in ("urban_income", "rural_income")
        ]
        both = set.intersection(*years)
        if len(both) >= 2 and max(both) - min(both) >= 5:
            places.append(place)
    assert places == convergence.convergence_places(income_rows)


def test_a_page_for_each_row_stands_in_the_contents():
    runs = yaml.safe_load((ROOT / "notebooks" / "runs.yml").read_text(encoding="utf-8"))
    assert {"page": f"{STEM}_{{place}}", "sweep": SWEEP["sweep"]} in runs
    contents = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    assert set(re.findall(rf"file: ({STEM}\w+)", contents)) == set(PAGES)
    for page, parameters in PAGES.items():
        english = tables.place_name(tables.place(parameters["place"]), "en")
        assert page == f"{STEM}_{english.lower()}"


def test_the_rule_keeps_weak_sources_out(income_rows):
    # Jinhua 2024 and Shaoxing 2025 rest on sources of grade D; without them 2013-2015, 2015-2019
    places = convergence.convergence_places(income_rows)
    assert "330700" not in places
    assert "330600" not in places
    better = income_rows.assign(grade=income_rows["grade"].replace("D", "C"))
    assert {"330700", "330600"} <= set(convergence.convergence_places(better))


# Every page and some variants of it


@pytest.fixture(scope="module")
def registry() -> dict:
    text = (ROOT / "book" / "figures.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)[STEM]


@pytest.fixture(scope="module")
def cells() -> list[dict]:
    file = ROOT / "notebooks" / f"{STEM}.ipynb"
    return json.loads(file.read_text(encoding="utf-8"))["cells"]


def run_page(cells: list[dict], given: dict) -> dict:
    """What the notebook publishes with these parameters, by kind and local id."""
    published: dict = {kind: {} for kind in ("figures", "tables", "notes", "results", "refusals")}

    def add(kind: str, local: str, value: object) -> None:
        assert local not in published[kind], f"{kind} {local} twice"
        published[kind][local] = value

    names = {
        "figure": lambda id, chart, data, **options: add("figures", id, data),
        "table": lambda id, frame: add("tables", id, frame),
        "note": lambda id: add("notes", id, None),
        "result": lambda id, value, unit, n=None, sources=(), digits=None, period=None: add(
            "results", id, (value, sources)
        ),
        "refusal": lambda gate: None if gate else add("refusals", gate.method, gate),
    }
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    imports, parameters, *rest = code
    exec(imports.replace("from bindery.notebook", "# from bindery.notebook"), names)
    exec(parameters, names)
    names |= given
    for cell in rest:
        exec(cell, names)
    return published


@pytest.fixture(scope="module")
def pages(cells) -> dict[str, dict]:
    return {name: run_page(cells, given) for name, given in (PAGES | VARIANTS).items()}


@pytest.mark.parametrize("name", PAGES | VARIANTS)
def test_every_text_shown_finds_its_numbers(pages, registry, cells, name):
    found, results = pages[name], set(pages[name]["results"])
    schema = json.loads((ROOT / "notebooks" / f"{STEM}.schema.json").read_text(encoding="utf-8"))
    for kind in ("figures", "tables", "notes", "results"):
        for local in found[kind]:
            texts = json.dumps(registry[kind][local], ensure_ascii=False)
            slots = {slot.partition(".")[0] for slot in re.findall(r"\{([a-z_.]+)\}", texts)}
            assert slots - results <= set(schema["properties"]), f"{kind} {local}"


@pytest.mark.parametrize("name", PAGES | VARIANTS)
def test_what_is_shown_carries_its_evidence(pages, name):
    for local, data in pages[name]["figures"].items():
        assert len(data), f"{local} draws nothing"
        assert set(data["evidence"]) <= set(EVIDENCE), local
        tables.sources(data["source_id"])
    for local, data in pages[name]["tables"].items():
        assert len(data), local
        assert {"evidence", "source_id"} <= set(data.columns), local
    for local, (_, sources) in pages[name]["results"].items():
        assert len(sources), local


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_family_answers_its_question(pages, name):
    found = pages[name]
    assert "convergence_page" not in found["refusals"]
    assert {"answer", "ratio_said", "relative_said", "gap_said", "scenarios_said"} <= set(
        found["notes"]
    )
    place = tables.place(PAGES[name]["place"])
    assert ("answer_china" in found["notes"]) == (place != convergence.CHINA)
    assert ("answer_zhejiang" in found["notes"]) == (place != convergence.ZHEJIANG)
    assert ("threshold_claim" in found["notes"]) == (place == "330100")


def test_which_boxes_each_page_shows(pages):
    mine = {"convergence_page", "relative_pace", "pace_by_window", "growth_race", "trend_test",
            "time_to_target_inference", "drift_forecast", "damped_trend_forecast"}  # fmt: skip
    boxes = {name.removeprefix(f"{STEM}_"): set(pages[name]["refusals"]) & mine for name in PAGES}
    # Zhejiang prints 2020 to 2025 and China 2014 to 2024; nobody else six years without a gap
    long = {"time_to_target_inference", "damped_trend_forecast"}
    inference = long | {"drift_forecast"}
    assert boxes == {
        "hangzhou": inference,
        "zhejiang": long,
        "china": long,
        "ningbo": inference | {"trend_test", "pace_by_window", "growth_race"},
        "huzhou": inference | {"trend_test", "pace_by_window", "growth_race"},
        "wenzhou": inference | {"trend_test", "pace_by_window", "growth_race"},
        "zhoushan": inference | {"trend_test", "pace_by_window", "growth_race"},
    }


def test_a_forecast_is_shown_with_its_past_or_not_at_all(pages):
    for name, found in pages.items():
        shown = {"forecasts", "forecast_record"} & set(found["tables"])
        refused = "drift_forecast" in found["refusals"]
        assert len(shown) == (0 if refused else 2), name
        assert ("outlook_said" in found["notes"]) != refused, name
        if not refused:
            assert found["results"]["next_ratio"][0].kind == "prediction_interval"
    assert "target_years" not in {local for found in pages.values() for local in found["tables"]}


def test_boxes_of_variants(pages):
    for name in ("a derived year", "no page of its own", "a stated ratio", "one income alone"):
        assert "convergence_page" in pages[name]["refusals"], name
        assert not {"answer", "gap_said"} & set(pages[name]["notes"]), name
    assert "relative_pace" in pages["a year that Zhejiang does not print"]["refusals"]
    gate = pages["a year that Zhejiang does not print"]["refusals"]["relative_pace"]
    assert gate.found == {"en": "not printed: Zhejiang 2016", "zh": "未见公布：浙江省2016年"}
    assert "convergence_page" not in pages["a source of grade D"]["refusals"]


def test_a_page_says_where_the_years_fall_short(income_rows):
    choices = convergence.Choices(tables.place("Lishui"))
    facts = convergence.gate_facts(convergence.load_points(income_rows, choices), choices)
    gate = require("convergence_page", **facts["convergence_page"])
    assert gate.found["en"] == "such years: 1; from the first to the last: 0 years"


# The words


def test_the_shared_prose_names_no_place_as_its_own(cells):
    names = {tables.place_name(tables.place(given["place"]), "en") for given in PAGES.values()}
    names -= {"China", "Zhejiang"}  # which every page is compared with
    prose = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    assert [name for name in sorted(names) if name in prose] == []
    assert prose.startswith("# Urban–rural convergence: {parameter}`place`\n")


def test_every_title_and_label_names_its_place(registry):
    for kind in ("figures", "tables"):
        for local, entry in registry[kind].items():
            for lang, text in entry["title"].items():
                assert text.startswith("{place}"), f"{kind} {local} {lang}"
    for local, entry in registry["results"].items():
        assert entry["label"]["en"].startswith("{place}: "), local


def test_the_registry_types_no_digit_and_no_place(registry):
    for kind, entries in registry.items():
        for local, entry in entries.items():
            for part in ("title", "caption", "alt", "limits", "text", "label"):
                text = "".join(entry.get(part, {}).values())
                assert not re.search(r"\d", text), f"{kind} {local} {part}"
                assert not re.search("Hangzhou|杭州", text), f"{kind} {local} {part}"
                zh = entry.get(part, {}).get("zh", "")
                assert not re.search(r"[一-鿿] +[一-鿿]", zh), f"{kind} {local} {part}"


def test_the_schema_offers_what_the_choices_take():
    file = ROOT / "notebooks" / f"{STEM}.schema.json"
    properties = json.loads(file.read_text(encoding="utf-8"))["properties"]
    assert set(properties["basis"]["enum"]) == set(convergence.BASES)
    assert set(properties["extra"]["enum"]) == set(convergence.EXTRA)
    assert set(properties["measure"]["enum"]) == {*convergence.MEASURES, "all"}
    assert set(properties["form"]["enum"]) == {*convergence.FORMS, "all"}
