"""The book itself: built once from the real tables, in a copy of the project."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("book")

PAGE = "investment_completion"
# What rests on the amount that the article prints for eleven months. The share of growth does
# not: it compares whole years.
RESTS_ON_AMOUNT = {
    "results": {
        "full-year-rate",
        "implied-plan-annual",
        "implied-plan-to-date",
        "year-share-reached",
    },
    "figures": {"implied-plan", "rate-against-schedule"},
}


def bindery(folder: Path, *words: str) -> subprocess.CompletedProcess:
    environment = os.environ | {"PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", "bindery.cli", *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def copied(root: Path, present: list[Path], folder: Path) -> Path:
    for path in present:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, folder / path)
    return folder


@pytest.fixture(scope="module")
def book(root, present, tmp_path_factory) -> Path:
    """A copy of the project with its book built, in a folder whose name asks for care."""
    folder = copied(root, present, tmp_path_factory.mktemp("书 本") / "copy")
    built = bindery(folder, "build")
    assert built.returncode == 0, built.stderr
    assert "warning" not in built.stderr.lower(), built.stderr
    assert "the book: _build/html/index.html" in built.stdout
    return folder


@pytest.fixture(scope="module")
def html(book) -> Path:
    return book / "_build" / "html"


class _Links(HTMLParser):
    """Addresses and anchors of a page."""

    def __init__(self):
        super().__init__()
        self.targets: list[tuple[str, str]] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.anchors |= {named[key] for key in ("id", "name") if named.get(key)}
        for key in ("href", "src"):
            if named.get(key):
                self.targets.append((tag, named[key]))


@pytest.fixture(scope="module")
def pages(html) -> dict[Path, _Links]:
    read = {}
    for name in names(html):
        path = html / name
        read[path] = _Links()
        read[path].feed(path.read_text(encoding="utf-8"))
    return read


def names(folder: Path) -> set[str]:
    """Pages of an edition; what the theme keeps under _static are no pages."""
    found = [path for path in folder.rglob("*.html") if "_static" not in path.parts]
    return {path.relative_to(folder).as_posix() for path in found}


def files(folder: Path) -> dict[str, bytes]:
    """What a book publishes as figures and results, byte by byte."""
    kept = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (folder / "figures").rglob("*")
        if path.is_file()
    }
    return kept | {"results.json": (folder / "results.json").read_bytes()}


def changed(before: Path, after: Path) -> dict[str, set[str]]:
    """Local ids of the results and the figures in which two books differ."""
    kept = [
        {result["id"]: result for result in json.loads((folder / "results.json").read_text())}
        for folder in (before, after)
    ]
    assert kept[0].keys() == kept[1].keys()
    drawn = [files(folder) for folder in (before, after)]
    assert drawn[0].keys() == drawn[1].keys()
    figures = {
        name.split("/")[1]
        for name in drawn[0]
        if name != "results.json" and drawn[0][name] != drawn[1][name]
    }
    results = {name for name in kept[0] if kept[0][name] != kept[1][name]}
    return {
        "results": {name.removeprefix(f"{PAGE}-") for name in results},
        "figures": {name.removeprefix(f"{PAGE}-") for name in figures},
    }


def test_the_readme_cites_a_figure_as_the_book_does(root, html):
    quoted = re.search(r"^> (.+)$", (root / "README.md").read_text(encoding="utf-8"), re.M)[1]
    text = (html / "en" / "cite.html").read_text(encoding="utf-8")
    plain = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", text))
    # the page sets apostrophes as a printer would
    assert quoted in plain.replace("’", "'")


def test_both_editions_hold_the_same_pages(html):
    assert names(html / "en") == names(html / "zh")
    expected = {f"{name}.html" for name in (PAGE, "index", "methods", "results", "data", "sources")}
    assert expected <= names(html / "en")


def test_every_internal_link_leads_somewhere(html, pages):
    broken = []
    for path, links in pages.items():
        for _, target in links.targets:
            if re.match(r"[a-z]+:", target) or target.startswith("#"):
                continue
            address, _, anchor = target.partition("#")
            found = (path.parent / address.split("?")[0]).resolve()
            if not found.is_file():
                broken.append(f"{path.relative_to(html)}: {target}")
            elif anchor and found in pages and anchor not in pages[found].anchors:
                broken.append(f"{path.relative_to(html)}: {target} (no such anchor)")
    assert broken == []


def test_no_page_loads_anything_from_another_host(html, pages):
    loading = [
        f"{path.relative_to(html)}: {target}"
        for path, links in pages.items()
        for tag, target in links.targets
        if tag in ("script", "link", "img", "iframe", "source")
        and re.match(r"(https?:)?//", target)
    ]
    assert loading == []


def test_no_page_names_a_foreign_script_or_runs_one_twice(html):
    for name in names(html):
        text = (html / name).read_text(encoding="utf-8")
        assert not re.search(r"unpkg|jsdelivr|cdnjs|googleapis", text), name
        scripts = re.findall(r"<script\b[^>]*>.*?</script>", text, re.S)
        assert len(scripts) == len(set(scripts)), name


def test_each_edition_says_its_language_and_leads_to_the_other(html, pages):
    for lang, other, code in (("en", "zh", "en"), ("zh", "en", "zh-CN")):
        for name in names(html / lang):
            text = (html / lang / name).read_text(encoding="utf-8")
            assert f'<html lang="{code}"' in text
            assert ("a", f"../{other}/{name}") in pages[html / lang / name].targets


def test_figures_are_numbered_captioned_and_described(html):
    for lang, word in (("en", "Figure "), ("zh", "图")):
        text = (html / lang / f"{PAGE}.html").read_text(encoding="utf-8")
        found = re.findall(r'<figure [^>]*id="([^"]+)">(.*?)</figure>', text, re.S)
        assert len(found) == 5
        for number, (identifier, inner) in enumerate(found, 1):
            assert identifier.startswith(f"{PAGE}-")
            assert re.search(r'<img alt="[^"]{40,}"', inner)
            assert f'<span class="caption-number">{word}{number}' in inner


def test_mathjax_comes_with_the_book_and_only_where_there_is_mathematics(html):
    assert (html / "en" / "_static" / "mathjax.js").stat().st_size > 1_000_000
    loading = {
        path.name for path in (html / "en").glob("*.html") if "mathjax.js" in path.read_text()
    }
    assert loading == {"methods.html"}


def test_one_search_field_and_the_year_of_publication(html):
    text = (html / "en" / "index.html").read_text(encoding="utf-8")
    assert text.count('class="btn search-button-field') == 1
    assert "Copyright 2023" not in text
    assert "© 2026" in text


def test_every_result_has_a_kind_a_source_grade_and_a_line_in_the_register(book, html):
    register = (html / "en" / "results.html").read_text(encoding="utf-8")
    results = json.loads((book / "_build" / "results.json").read_text())
    assert len(results) > 15
    for result in results:
        assert result["kind"] in ("exact", "rounding_interval")
        assert f'id="{result["id"]}"' in register
        if result["kind"] == "rounding_interval":
            assert result["low"] < result["high"]


def test_the_tables_of_the_page_hold_no_raw_names(html):
    for lang in ("en", "zh"):
        text = (html / lang / f"{PAGE}.html").read_text(encoding="utf-8")
        head = re.findall(r"<th class=\"head[^>]*>(.*?)</th>", text, re.S)
        assert head
        assert [cell for cell in head if "_" in re.sub("<[^>]+>", "", cell)] == []


def test_both_editions_say_the_same_numbers(html):
    """In the notes, which are filled from the run."""

    def numbers(lang: str) -> list[str]:
        text = (html / lang / f"{PAGE}.html").read_text(encoding="utf-8")
        notes = " ".join(re.findall(r'<p class="note-text">(.*?)</p>', text, re.S))
        # with decimals: dates and units are written differently on purpose
        return re.findall(r"\d+\.\d+", notes.replace(",", ""))

    assert len(numbers("en")) > 20
    assert sorted(numbers("en")) == sorted(numbers("zh"))


def test_a_second_build_gives_the_same_bytes(book, tmp_path):
    first = files(book / "_build")
    again = bindery(book, "build", "--quiet")
    assert again.returncode == 0, again.stderr
    assert files(book / "_build") == first


def test_a_changed_amount_changes_what_rests_on_it_and_nothing_else(book, root, present, tmp_path):
    copy = copied(root, present, tmp_path / "copy")
    table = copy / "data" / "investment.csv"
    text = table.read_text(encoding="utf-8")
    row = "330100,2025M01-M11,qian_xiang_wan_yi,completed_investment,1350,"
    assert text.count(row) == 1
    table.write_text(text.replace(row, row.replace("1350", "1400")), encoding="utf-8")
    built = bindery(copy, "build", "--quiet")
    assert built.returncode == 0, built.stderr
    assert changed(book / "_build", copy / "_build") == RESTS_ON_AMOUNT


def test_a_row_that_breaks_a_rule_fails_the_check_and_warns_in_the_build(root, present, tmp_path):
    copy = copied(root, present, tmp_path / "copy")
    table = copy / "data" / "income.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    number = next(
        number
        for number, row in enumerate(rows)
        if row[:3] == ["330100", "2022", "rural_income"] and "ehangzhou-2023-02-23" in row
    )
    rows[number][3] = str(round(float(rows[number][3]) * 1.03))
    with table.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    checked = bindery(copy, "check")
    assert checked.returncode == 1
    assert f"data/income.csv, row {number + 1}, value: found {rows[number][3]}" in checked.stdout
    assert "a stated ratio agrees with the incomes" in checked.stdout
    assert "Traceback" not in checked.stdout + checked.stderr


def test_plain_papermill_runs_the_notebook_from_the_root(root, tmp_path):
    target = tmp_path / "out.ipynb"
    command = [
        *(sys.executable, "-m", "papermill", f"notebooks/{PAGE}.ipynb", str(target)),
        *("-p", "money_unit", "10", "-p", "lang", "zh", "--no-progress-bar"),
    ]
    before = sorted(root.rglob("_build/*")) if (root / "_build").exists() else []
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    text = target.read_text(encoding="utf-8")
    assert "投资完成率" in text
    assert "Traceback" not in text
    assert (sorted(root.rglob("_build/*")) if (root / "_build").exists() else []) == before


def test_the_notebook_runs_in_jupyter_as_it_is(root):
    import nbclient
    import nbformat

    notebook = nbformat.read(root / "notebooks" / f"{PAGE}.ipynb", as_version=4)
    client = nbclient.NotebookClient(
        notebook, resources={"metadata": {"path": str(root / "notebooks")}}, timeout=120
    )
    executed = client.execute()
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 5
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
def test_the_notebook_runs_for_other_rates(book, place, programme, period):
    done = bindery(
        *(book, "run", PAGE, "-p", f"place={place}"),
        *("-p", f"programme={programme}", "-p", f"period={period}"),
    )
    assert done.returncode == 0, done.stderr
    assert "Printed completion rate" in done.stdout
