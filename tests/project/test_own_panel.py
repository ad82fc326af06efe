"""The page of panels on a file of the reader's own, through the command that the book names."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import numpy as np
import pytest

CLUBS = {"High": 10.6, "Low": 9.6}
YEARS = range(2001, 2025)


def made_up(name: str, level: float, number: int) -> list[str]:
    """Rows of a unit whose distance from the path of its club vanishes; nobody's incomes."""
    t = np.arange(1, len(YEARS) + 1)
    path = level + (0.05 + 0.01 * (level - 10)) * t
    wave = 0.001 * np.sin(t * (1 + number))
    rural = np.exp(path + (number - 3) / 8 / (np.log(t + 1) * t) + wave)
    return [
        f"{name} {number},{year},{1.8 * income:.0f},{income:.0f}"
        for year, income in zip(YEARS, rural, strict=True)
    ]


@pytest.fixture(scope="module")
def project(tmp_path_factory, copy_project) -> Path:
    """A copy of the project, and in it a folder of files of the reader's own."""
    folder = copy_project(tmp_path_factory.mktemp("own") / "书 本")
    own = folder / "own"
    own.mkdir()
    rows = [
        row for name, level in CLUBS.items() for n in range(6) for row in made_up(name, level, n)
    ]
    text = "\n".join(["unit,year,urban,rural", *rows]) + "\n"
    (own / "panel.csv").write_text("\ufeff" + text, encoding="utf-8", newline="\r\n")
    faulty = text.replace("High 0,2001,", "High 0,2002,", 1).replace("Low 3,2010,", "Low 3,MMX,", 1)
    (own / "faulty.csv").write_text(faulty.replace("urban", "urbn", 1), encoding="utf-8")
    return folder


def test_a_panel_of_ones_own_runs_through_the_same_notebook(project, bindery):
    done = bindery(project, "run", "panel_convergence", "-p", "panel=own/panel.csv")
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr.lower(), done.stderr
    (folder,) = (project / "_build" / "variants").glob("panel_convergence-*")
    assert json.loads((folder / "parameters.json").read_text())["panel"] == "own/panel.csv"
    for said in (
        "Units of the panel: 12", "Units with the income of every year: 12",
        "Convergence clubs after merging: 2", "Units in no club: 0", "t of the log-t test: ",
    ):  # fmt: skip
        assert said in done.stdout
    # without people there are no parts of town and country; all else is shown
    assert done.stdout.count("Not shown") == done.stdout.count("panel_theil_parts: ") == 1
    executed = nbformat.read(folder / "notebook.ipynb", as_version=4)
    shown = {
        (output.metadata["bindery"]["kind"], output.metadata["bindery"]["id"]): output.data
        for cell in executed.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "bindery" in output.metadata
    }
    assert {id for kind, id in shown if kind == "figure"} == {
        "panel_held", "panel_spread", "panel_growth", "relative_paths",
    }  # fmt: skip
    text = shown["note", "own_panel"]["text/plain"]
    assert text.startswith("This page shows a panel of the reader's own, the file own/panel.csv")
    rows = shown["table", "club_members"]["text/plain"].splitlines()[2:]
    members = [set(row.split("\t")[2].split(", ")) for row in rows]
    assert members == [{f"{name} {number}" for number in range(6)} for name in CLUBS]


def test_faults_of_the_file_stand_in_one_report(project, bindery):
    done = bindery(project, "run", "panel_convergence", "-p", "panel=own/faulty.csv")
    assert done.returncode != 0
    assert "DataError: 3 faults in the data:" in done.stderr
    for said in (
        "own/faulty.csv, row 1, urbn: found a column 'urbn' (nearest: urban, unit); allowed: unit, "
        "year, urban, rural, all, population, urban_population",
        "own/faulty.csv, row 3, unit, year: found High 0 | 2002, as in row 2; allowed: each key "
        "once",
        "own/faulty.csv, row 227, year: found 'MMX'; allowed: a whole number",
    ):
        assert said in done.stderr, done.stderr
