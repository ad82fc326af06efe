"""How the book is built: the same bytes again, and after a change what rests on it."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Each notebook in Chinese and with another value of a parameter. The first two run in every test
# run, the others take too long for that.
PLAIN = {
    "investment_completion": {"money_unit": "10"},
    "urban_rural_claim": {"rounding": "truncate"},
    "urban_rural_convergence": {"place": "浙江省"},
    "service_coverage": {"rounding": "truncate"},
    "regional_convergence": {"indicator": "aged_65_plus_share"},
    "claims_audit": {"section": "services"},
    "targets_progress": {"rounding": "truncate"},
    "panel_convergence": {"income": "urban"},
    "specification_curve": {"rounding": "truncate"},
    "place_comparison": {"compared_with": "china"},
}
# The page of each notebook that has its default parameters.
DEFAULT_PAGES = {name: name for name in PLAIN} | {
    "urban_rural_convergence": "urban_rural_convergence_hangzhou"
}
NOTEBOOKS = [
    pytest.param(name, marks=[] if position < 2 else pytest.mark.long)
    for position, name in enumerate(PLAIN)
]

# Two rows, changed together in one build; what rests on each, by page and local id.
AMOUNT = ("investment.csv", "330100,2025M01-M11,qian_xiang_wan_yi,completed_investment,1350,")
INCOME = ("income.csv", "330100,2022,rural_income,45183,yuan,eq,0,integrated_survey,")
SOURCES = {"hangzhou-common-prosperity-2025", "ehangzhou-2023-02-23"}
CHANGED_RESULTS = {
    # The amount of eleven months. The share of growth compares whole years and does not use it.
    "investment_completion": {
        "full-year-rate", "implied-plan-annual", "implied-plan-to-date", "year-share-reached",
    },
    # The window ends in 2022: its first ratio and the other places stay, and so does the growth
    # at which the gap of 2021 would not have widened.
    "urban_rural_convergence_hangzhou": {
        "ratio-last", "pace-log", "pace-excess", "ratio-newest",
        "faster-than-china", "over-china-ratio", "over-china-log", "over-china-excess",
        "over-china-yuan", "over-zhejiang-ratio", "over-zhejiang-log", "over-zhejiang-excess",
        "over-zhejiang-yuan", "index-ratio", "index-excess", "windows-faster",
        "gap-last", "largest-lead", "survey-weight", "official-mean-gap",
        "theil-end", "theil-ratio-part", "theil-share-part", "half-life-excess", "years-to-first",
    },
    # The second route starts from the incomes of 2022; the first one starts in 2020.
    "urban_rural_claim": {"route-chain", "routes-reaching", "chain-passing"},
    # The second route then misses the claim of 1.64, whose verdict turns; the others stay.
    "claims_audit": {"claims-consistent", "claims-inconsistent", "power-median"},
    # Windows that end in 2022 change their answers; how many there are does not change.
    "specification_curve": {
        "china-yes", "china-no", "china-log-yes", "zhejiang-yes", "zhejiang-no",
        "zhejiang-undecided", "zhejiang-ratio-yes", "measure-flips", "place-flips",
        "taken-flips", "window-flips", "first-reached",
    },
    # Hangzhou has the smallest difference from China and from Zhejiang.
    "place_comparison": {"china-log-least", "zhejiang-log-least"},
}  # fmt: skip
CHANGED_FIGURES = {
    "investment_completion": {"implied-plan", "rate-against-schedule"},
    # all of its figures: each shows 2022
    "urban_rural_convergence_hangzhou": {
        "growth-race", "pace-by-window", "ratio-by-basis", "ratio-indexed", "scenarios",
        "theil-between", "urban-weights", "yuan-gap",
    },
    "urban_rural_claim": {"triangulation"},
    # Claim F10 on the income; in the first also F04, whose two readings divide by the amount.
    "claims_audit": {"compared", "verdicts-by-section"},
    "specification_curve": {"pace-curve", "scenario-curve"},
    # Both sweeps have a row of the place; how many places agree does not change.
    "place_comparison": {"relative-paces", "strictness-answers"},
}  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    """What a book publishes as figures and results, byte by byte."""
    kept = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (folder / "figures").rglob("*")
        if path.is_file()
    }
    return kept | {"results.json": (folder / "results.json").read_bytes()}


def by_page(identifiers: set[str]) -> dict[str, set[str]]:
    """Local ids by page."""
    found = {}
    for identifier in identifiers:
        page, _, local = identifier.partition("-")
        found.setdefault(page, set()).add(local)
    return found


@pytest.mark.long
def test_a_second_build_gives_the_same_bytes(book, copy_project, bindery, tmp_path):
    again = copy_project(tmp_path / "again", book)
    built = bindery(again, "build", "--quiet")
    assert built.returncode == 0, built.stderr
    assert files(again / "_build") == files(book / "_build")
    pages = [
        {
            path.relative_to(folder / "_build" / "html").as_posix(): path.read_bytes()
            for path in (folder / "_build" / "html").rglob("*")
            if path.is_file()
        }
        for folder in (book, again)
    ]
    assert pages[0].keys() == pages[1].keys()
    # how long each run took stands in a file of its own
    differing = {name for name in pages[0] if pages[0][name] != pages[1][name]}
    assert differing <= {"runs.js"}


@pytest.fixture(scope="module")
def changed(made_once, book, copy_project, bindery) -> tuple[Path, dict[str, str]]:
    """The project with both rows changed, what the check says of it and what its build warns of."""

    def make(folder: Path) -> dict[str, str]:
        copy_project(folder, book)
        # with what was kept: a dependency that the trace did not see would leave an old number
        shutil.copytree(book / "_build" / "cache", folder / "_build" / "cache")
        edit(folder, AMOUNT, "1350", "1400")
        edit(folder, INCOME, "45183", "46538")  # times 1.03
        checked = bindery(folder, "check")
        assert checked.returncode == 1
        built = bindery(folder, "build", "--quiet", pages=False)
        assert built.returncode == 0, built.stderr
        return {"check": checked.stdout + checked.stderr, "build": built.stderr}

    return made_once("changed", make)


@pytest.mark.long
class TestChangedRows:
    def test_the_check_names_row_and_rule(self, changed):
        folder, said = changed
        lines = (folder / "data" / INCOME[0]).read_text(encoding="utf-8").splitlines()
        row = 1 + next(
            number
            for number, line in enumerate(lines)
            if line.startswith(INCOME[1].replace("45183", "46538"))
        )
        assert f"data/income.csv, row {row}, value: found 46538" in said["check"]
        assert "a stated ratio agrees with the incomes" in said["check"]
        assert "Traceback" not in said["check"]

    def test_the_build_warns_of_it(self, changed):
        said = changed[1]["build"]
        assert "warning: data/income.csv, row " in said
        assert "value: found 46538" in said
        assert "a stated ratio agrees with the incomes" in said

    def test_exactly_the_results_that_use_the_rows_change(self, book, changed):
        before, after = map(results, (book, changed[0]))
        assert before.keys() == after.keys()
        differing = {name for name in before if before[name] != after[name]}
        assert by_page(differing) == CHANGED_RESULTS
        assert [name for name in differing if not SOURCES & {*before[name]["sources"]}] == []

    def test_exactly_the_figures_that_use_the_rows_change(self, book, changed):
        before, after = (files(folder / "_build") for folder in (book, changed[0]))
        assert before.keys() == after.keys()
        differing = {
            name.split("/")[1]
            for name in before
            if name != "results.json" and before[name] != after[name]
        }
        assert by_page(differing) == CHANGED_FIGURES
        # both languages in each form
        for name in differing:
            for form in ("svg", "pdf", "png"):
                for lang in ("en", "zh"):
                    file = f"figures/{name}/{lang}.{form}"
                    assert before[file] != after[file], file

    def test_a_figure_changes_only_by_rows_that_rest_on_a_source_of_the_rows(self, book, changed):
        differing = set()
        for path in (book / "_build" / "figures").rglob("data.csv"):
            before, after = (
                read_rows(folder / path.relative_to(book)) for folder in (book, changed[0])
            )
            assert len(before) == len(after)
            there = {kept_cells(row) for row in after}
            for old in before:
                if kept_cells(old) not in there:
                    differing.add(path.parent.name)
                    assert SOURCES & set(old["source_id"].split(";")), (path.parent.name, old)
        assert by_page(differing) == CHANGED_FIGURES


def kept_cells(row: dict[str, str]) -> tuple[str, ...]:
    """A row of a figure without what depends on other rows as well.

    The verdict of a claim stands in the rows of all that it was compared with, and the place of a
    result in a curve depends on all the others.
    """
    shared = {"curve_rank"} | ({"verdict"} if "claim_id" in row else set())
    return tuple(cell for column, cell in row.items() if column not in shared)


def edit(folder: Path, row: tuple[str, str], old: str, new: str) -> None:
    table, start = folder / "data" / row[0], row[1]
    text = table.read_text(encoding="utf-8")
    assert text.count(start) == 1
    table.write_text(text.replace(start, start.replace(old, new)), encoding="utf-8")


def results(folder: Path) -> dict[str, dict]:
    content = (folder / "_build" / "results.json").read_text(encoding="utf-8")
    return {result["id"]: result for result in json.loads(content)}


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# Notebooks without the binder


def test_every_notebook_is_tried_without_the_binder(root, runs):
    stems = {path.stem for path in (root / "notebooks").glob("*.ipynb")}
    assert stems == set(PLAIN)
    for name, page in DEFAULT_PAGES.items():
        assert {"page": page, "notebook": name} in [
            {key: run[key] for key in ("page", "notebook")} for run in runs
        ]


def home_of(request, root: Path, name: str) -> Path:
    """Where a notebook can run: the sweeps that it reads have to be built."""
    schema = json.loads((root / "notebooks" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return request.getfixturevalue("book") if schema.get("x-sweeps") else root


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_plain_papermill_runs_the_notebook_from_the_root(request, root, registry, tmp_path, name):
    root = home_of(request, root, name)
    target = tmp_path / "out.ipynb"
    given = PLAIN[name] | {"lang": "zh"}
    command = [
        *(sys.executable, "-m", "papermill", f"notebooks/{name}.ipynb", str(target)),
        *(word for item in given.items() for word in ("-p", *item)),
        "--no-progress-bar",
    ]
    before = sorted(root.rglob("_build/*"))
    environment = os.environ | {"PYTHONPATH": str(root)}
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    text = target.read_text(encoding="utf-8")
    labels = [entry["label"]["zh"] for entry in registry[name]["results"].values()]
    # a label may hold slots, which are filled
    assert any(re.sub(r"\{[^}]*\}", "", label) in text for label in labels)
    assert "image/png" in text
    assert "Traceback" not in text
    assert sorted(root.rglob("_build/*")) == before


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_notebook_runs_in_jupyter_as_it_is(request, root, article, name):
    import nbclient
    import nbformat

    root = home_of(request, root, name)
    notebook = nbformat.read(root / "notebooks" / f"{name}.ipynb", as_version=4)
    client = nbclient.NotebookClient(
        notebook, resources={"metadata": {"path": str(root / "notebooks")}}, timeout=120
    )
    # the code beside the notebook, as the build had it
    executed = client.execute(env=os.environ | {"PYTHONPATH": str(root)})
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    figures = article("en", DEFAULT_PAGES[name]).find_all("figure")
    assert sum("image/png" in output.get("data", {}) for output in outputs) == len(figures)
    assert [output for output in outputs if output["output_type"] == "stream"] == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("place", "programme", "period"),
    [
        ("Hangzhou", "qian_xiang_wan_yi", "2024"),
        ("杭州", "qian_xiang_wan_yi", "2023Q1"),
        ("330100", "modern_beautiful_town", "2025M01-M11"),
        ("Hangzhou", "urban_renewal", "2025M01-M11"),
        ("Zhejiang", "qian_xiang_wan_yi", "2024M01-M09"),
        ("浙江省", "qian_xiang_wan_yi", "2023M01-M11"),
        ("Zhejiang", "provincial_key_projects", "2018"),
        ("Ningbo", "municipal_key_projects", "2017"),
        ("Shaoxing", "beautiful_town", "2020M01-M11"),
    ],
)
def test_the_notebook_runs_for_other_rates(book, bindery, place, programme, period):
    done = bindery(
        *(book, "run", "investment_completion", "-p", f"place={place}"),
        *("-p", f"programme={programme}", "-p", f"period={period}"),
    )
    assert done.returncode == 0, done.stderr
    assert "Printed completion rate" in done.stdout
