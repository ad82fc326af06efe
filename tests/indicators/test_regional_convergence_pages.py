"""Every page that the chapter can have, and the words that are shown."""

from __future__ import annotations

import itertools
import json
import re

import pytest
import yaml

from indicators.crosswalk import INDICATORS
from indicators.labels import label

SCALES = ("all", "logit")


@pytest.fixture(scope="module")
def cells(root) -> list[str]:
    file = root / "notebooks" / "regional_convergence.ipynb"
    content = json.loads(file.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "code"]


@pytest.fixture(scope="module")
def words(root) -> dict:
    registry = yaml.safe_load((root / "book" / "figures.yml").read_text(encoding="utf-8"))
    return registry["regional_convergence"]


PAGES = [
    *itertools.product(INDICATORS, ["all"], ["unweighted", "population"], [(True, False)]),
    *itertools.product(["urban_share"], ["points", "logit"], ["unweighted"], [(False, True)]),
    ("population", "logit", "unweighted", (True, True)),
    ("mean_schooling_years", "log", "population", (False, False)),
]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_text_shown_finds_its_numbers(cells, words, page):
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
    indicator, scale, weights, (boundaries, doubtful) = page
    names |= {
        "indicator": indicator, "scale": scale, "weights": weights,
        "exclude_boundary_changes": boundaries, "exclude_doubtful": doubtful,
    }  # fmt: skip
    for cell in rest:
        exec(cell, names)
    for kind, local in shown:
        texts = json.dumps(words[kind][local], ensure_ascii=False)
        slots = {slot.partition(".")[0] for slot in re.findall(r"\{([a-z_.0-9]+)\}", texts)}
        assert slots - set(results) <= taken, f"{kind} {local}"
    share = indicator in ("urban_share", "aged_65_plus_share")
    assert ("logit_scale" in refused) == (scale in ("all", "logit") and not share)
    assert ("spread_test" in refused) == (weights == "population")
    drawn = {local for kind, local in shown if kind == "figures"}
    assert ("growth_scatter" in drawn) == (share or scale != "logit")
    assert {"prefecture_tiles", "ratio_slopes", "nine_month_ratios"} <= drawn
    # the answer of the chapter: where the scales disagree, the page says so
    if page == PAGES[0]:
        assert ("notes", "answer_scale") in shown
        assert ("notes", "answer_ceiling") in shown
        assert ("notes", "answer_fragile") in shown


def test_no_text_of_the_registry_types_a_statistic(words):
    for kind, entries in words.items():
        for local, entry in entries.items():
            for part, text in entry.items():
                if part in ("columns", "filters", "about", "about_where"):
                    continue
                for lang, said in text.items():
                    plain = re.sub(r"\{[a-z_.0-9]+\}|(?:19|20)\d\d年?", "", said)
                    assert not re.search(r"\d", plain), f"{kind} {local} {part} {lang}"
                assert not re.search(r"[一-鿿] +[一-鿿]", text["zh"]), f"{kind} {local} {part}"


def test_the_last_limit_names_what_would_settle_it(root):
    file = root / "notebooks" / "regional_convergence.ipynb"
    last = json.loads(file.read_text(encoding="utf-8"))["cells"][-1]
    paragraphs = "".join(last["source"]).split("\n\n")
    assert paragraphs[0] == "## Limits"
    assert paragraphs[-1].startswith("What would settle it: urban and rural incomes by county")


def test_the_schema_calls_indicators_and_scales_as_the_labels_do(root):
    file = root / "notebooks" / "regional_convergence.schema.json"
    properties = json.loads(file.read_text(encoding="utf-8"))["properties"]
    for name in ("indicator", "scale"):
        for key, titles in properties[name]["enum_titles"].items():
            for lang, text in titles.items():
                if key != "all":
                    known = label("values", key, lang)
                    assert text.casefold() == known.casefold(), (key, lang)
