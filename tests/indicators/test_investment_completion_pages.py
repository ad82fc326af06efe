"""Every page that the chapter can have: gates, invariants, and the words that are shown."""

from __future__ import annotations

import json
import math
import re

import pandas as pd
import pytest
import yaml

from indicators import investment_completion as completion
from indicators import project_shares, tables
from indicators.evidence import EVIDENCE
from indicators.gates import require

HANGZHOU = ("330100", "qian_xiang_wan_yi", "2025M01-M11")
COMBINATIONS = [
    HANGZHOU,
    ("330100", "modern_beautiful_town", "2025M01-M11"),
    ("330100", "urban_renewal", "2025M01-M11"),
    ("330100", "qian_xiang_wan_yi", "2024"),
    ("330100", "qian_xiang_wan_yi", "2023Q1"),
    ("330000", "qian_xiang_wan_yi", "2024M01-M09"),
    ("330000", "qian_xiang_wan_yi", "2023M01-M11"),
    ("330000", "provincial_key_projects", "2016M01-M09"),
    ("330000", "provincial_key_projects", "2018"),
    ("330000", "batch_starts", "2016"),
    ("330000", "batch_starts", "2022M01-M05"),
    ("330200", "provincial_key_projects", "2017"),
    ("330200", "municipal_key_projects", "2017"),
    ("330600", "beautiful_town", "2020M01-M11"),
]


def test_the_combinations_are_all_that_the_table_has(rows):
    found = rows[rows["indicator"].eq("completion_rate")]
    assert set(zip(found["place_code"], found["programme"], found["period"], strict=True)) == set(
        COMBINATIONS
    )


# Every combination, and what must not matter

GATES = {  # implied_plan, full_year_rate, growth_split, moving_denominator, share_of_projects
    HANGZHOU: (True, True, True, True, False),
    COMBINATIONS[1]: (False, False, False, False, True),
    COMBINATIONS[2]: (False, False, False, False, False),
    COMBINATIONS[3]: (True, False, False, True, False),
    COMBINATIONS[4]: (False, False, False, False, True),
    COMBINATIONS[5]: (True, False, False, True, True),
    COMBINATIONS[6]: (False, False, False, True, False),
    COMBINATIONS[7]: (True, False, False, False, False),
    COMBINATIONS[8]: (True, False, False, False, False),
    COMBINATIONS[9]: (True, False, False, False, False),
    COMBINATIONS[10]: (False, False, False, False, False),
    COMBINATIONS[11]: (False, False, False, False, False),
    COMBINATIONS[12]: (False, False, False, False, False),
    COMBINATIONS[13]: (False, False, False, False, True),
}


@pytest.mark.parametrize("combination", COMBINATIONS, ids="-".join)
def test_gates_of_every_combination(rows, combination, choices, gates):
    found = gates(rows, choices(*combination))
    assert found.pop("chain_ladder") is False
    methods = ("implied_plan", "full_year_rate", "growth_split", "moving_denominator",
               "share_of_projects")  # fmt: skip
    assert tuple(found[method] for method in methods) == GATES[combination]


@pytest.mark.parametrize("combination", COMBINATIONS, ids="-".join)
def test_an_open_gate_means_that_the_method_works(rows, combination, choices, gates):
    wanted = choices(*combination)
    opened = gates(rows, wanted)
    for method, gate in [
        (completion.implied_plans, "implied_plan"), (completion.year_outcome, "full_year_rate"),
        (completion.growth_split, "growth_split"),
        (completion.moving_denominator, "moving_denominator"),
    ]:  # fmt: skip
        if opened[gate]:
            findings = method(rows, wanted)
            assert all(math.isfinite(interval.low) for interval in findings.results.values())
            assert set(findings.table["evidence"]) <= set(EVIDENCE)
            tables.sources(findings.table["source_id"])
    tests = project_shares.share_tests(rows, wanted)
    for table in (
        completion.reading_test(rows, wanted), completion.rates_against_schedule(rows, wanted),
        tests, project_shares.share_combs(tests, wanted),
    ):  # fmt: skip
        assert {"evidence", "source_id"} <= set(table.columns)
        assert set(table["evidence"]) <= set(EVIDENCE)


def test_a_circular_plan_is_refused_and_the_printed_one_named(rows, choices):
    facts = completion.gate_facts(rows, choices(*COMBINATIONS[6]))
    gate = require("implied_plan", **facts["implied_plan"])
    assert not gate
    assert gate.found["en"] == (
        "completed amount: derived; rate: printed; the plan itself is printed: 10007"
    )
    assert gate.found["zh"] == "完成投资：推算；完成率：直接公布；计划数本身已有公布：10007"


def outputs(rows, wanted) -> list[pd.DataFrame]:
    tests = project_shares.share_tests(rows, wanted)
    return [
        completion.implied_plans(rows, wanted).table, completion.reading_test(rows, wanted),
        completion.rates_against_schedule(rows, wanted),
        completion.year_outcome(rows, wanted).table, completion.growth_split(rows, wanted).table,
        completion.moving_denominator(rows, wanted).table, tests,
        project_shares.share_combs(tests, wanted),
    ]  # fmt: skip


def test_the_order_of_rows_does_not_matter(rows, choices):
    shuffled = rows.sample(frac=1, random_state=7).reset_index(drop=True)
    for before, after in zip(
        outputs(rows, choices()), outputs(shuffled, choices()), strict=True
    ):  # fmt: skip
        pd.testing.assert_frame_equal(before, after)


def test_no_function_changes_its_table(rows, choices):
    before = rows.copy()
    outputs(rows, choices())
    completion.gate_facts(rows, choices())
    pd.testing.assert_frame_equal(rows, before)


def test_the_amount_moves_what_rests_on_it_and_nothing_else(rows, choices, changed):
    # 1350 is used by the implied plan and the outcome of the year, not by growth, lists or shares
    edited = changed(rows, *HANGZHOU, "completed_investment", "1400")
    same = [
        before.equals(after)
        for before, after in zip(outputs(rows, choices()), outputs(edited, choices()), strict=True)
    ]
    assert same == [False, False, False, False, True, True, True, True]


def test_a_wider_rounding_never_narrows_an_outcome(rows, choices):
    narrow, wide = choices(rounding="half_up"), choices(rounding="half_up_or_down")
    for method in (completion.implied_plans, completion.year_outcome, completion.growth_split,
                   completion.moving_denominator):  # fmt: skip
        first, second = method(rows, narrow), method(rows, wide)
        for name, interval in first.results.items():
            assert second[name].low <= interval.low
            assert interval.high <= second[name].high


# The notebook and its words


@pytest.fixture(scope="module")
def cells(root) -> list[str]:
    file = root / "notebooks" / "investment_completion.ipynb"
    content = json.loads(file.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("reading", ["both", "annual"])
@pytest.mark.parametrize("combination", COMBINATIONS, ids="-".join)
def test_every_text_shown_finds_its_numbers(root, cells, combination, reading):
    """The notebook runs for every combination, and no text waits for a result that is not there."""
    shown, results = [], set()
    stand_ins = {
        "figure": lambda id, chart, data, **options: shown.append(("figures", id)),
        "table": lambda id, frame: shown.append(("tables", id)),
        "note": lambda id: shown.append(("notes", id)),
        "result": lambda id, *measures, **options: results.add(id),
        "refusal": lambda gate: None,
    }
    names = dict(stand_ins)
    imports, parameters, *rest = cells
    given = dict(zip(("place", "programme", "period"), combination, strict=True))
    exec(imports.replace("from bindery.notebook", "# from bindery.notebook"), names)
    exec(parameters, names)
    taken = {name for name in names if name not in stand_ins}
    names |= given | {"reading": reading}
    for cell in rest:
        exec(cell, names)
    registry = yaml.safe_load((root / "book" / "figures.yml").read_text(encoding="utf-8"))
    for kind, local in shown:
        texts = json.dumps(registry["investment_completion"][kind][local], ensure_ascii=False)
        slots = {slot.partition(".")[0] for slot in re.findall(r"\{([a-z_.]+)\}", texts)}
        assert slots - results <= taken, f"{kind} {local}"


def test_no_text_of_the_registry_types_a_digit(root):
    registry = yaml.safe_load((root / "book" / "figures.yml").read_text(encoding="utf-8"))
    for kind, entries in registry["investment_completion"].items():
        for local, entry in entries.items():
            for part, text in entry.items():
                if part not in ("columns", "about", "about_where"):
                    assert not re.search(r"\d", "".join(text.values())), f"{kind} {local} {part}"
                    assert not re.search(r"[一-鿿] +[一-鿿]", text["zh"]), f"{kind} {local} {part}"


def test_the_schema_names_periods_and_programmes_as_the_labels_do(root):
    from indicators.labels import label

    file = root / "notebooks" / "investment_completion.schema.json"
    properties = json.loads(file.read_text(encoding="utf-8"))["properties"]
    for name in ("programme", "period", "reading", "rounding"):
        for key, words in properties[name]["enum_titles"].items():
            for lang, text in words.items():
                assert text == label("values", key, lang)
