"""`notebooks/sweeps.yml`: which notebook with which grid makes which table."""

from __future__ import annotations

import pytest

from bindery.faults import BinderyError
from bindery.kept import Kept
from bindery.sweep.declaration import read_sweeps
from bindery.sweep.declared import read_declared


@pytest.fixture
def declare(sample):
    def write(content: str):
        (sample.notebooks / "sweeps.yml").write_text(content, encoding="utf-8")
        return read_sweeps(sample)

    return write


@pytest.fixture
def refused(declare):
    """The message with which a content of sweeps.yml is refused."""

    def read(content: str) -> str:
        with pytest.raises(BinderyError) as caught:
            declare(content)
        return str(caught.value)

    return read


def test_a_project_need_not_have_any(sample):
    assert read_sweeps(sample) == []


def test_rows_come_checked_and_are_kept_as_they_are_declared(declare, sample):
    (sample.notebooks / "rows 行.csv").write_text("field\nsouth\n南田\n", encoding="utf-8")
    found = declare(
        "- {sweep: all, notebook: harvest, grid: {share: [1, 0.5]}, results: [last]}\n"
        "- {sweep: by-file, notebook: harvest, grid: rows 行.csv}\n"
    )
    assert [(sweep.name, sweep.notebook, list(sweep.results)) for sweep in found] == [
        ("all", "harvest", ["last"]), ("by-file", "harvest", []),
    ]  # fmt: skip
    assert [plan.given for plan in found[0].rows] == [{"share": 1}, {}]
    # equal rows are run once
    assert [plan.given for plan in found[1].rows] == [{"field": "south"}] * 2
    assert (found[1].first, found[1].runs) == ([1, 1], [1])
    again = [read_declared(Kept(sample, pytest.fail)) for _ in range(2)]
    assert again == [found, found]
    assert again[1][0].recipes(sample)[2].key == found[0].plan(2).recipe(sample).key


def test_faults_of_all_sweeps_are_told_with_their_lines(refused):
    message = refused(
        "- sweep: one\n  notebook: harvest\n  grid:\n    field: [north]\n    share: [0.5,\n"
        "      7]\n- {sweep: One, notebook: harvest, grid: {field: [north]}}\n"
        "- {sweep: two, notebook: harvests, grid: {field: [north]}}\n"
        "- {sweep: three, notebook: harvest, grid: none.csv}\n"
    )
    assert message.startswith("notebooks/sweeps.yml has faults\n  notebooks/sweeps.yml, one: ")
    assert "notebooks/sweeps.yml, row 6: found share = 7" in message
    assert "sweeps.yml, One: found the name is not made of lower-case ASCII words" in message
    assert "there is no notebook 'harvests'; did you mean 'harvest'?" in message
    assert "there is no file notebooks/none.csv" in message


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("- {sweep: a, notebook: harvest}", "'grid' is a required property"),
        ("- {sweep: a, notebook: harvest, grid: {}}", "non-empty"),
        ("- {sweep: a, notebook: harvest, grid: {share: [1]}, jobs: 2}", "'jobs' was unexpected"),
        ("- &a {sweep: a, notebook: harvest, grid: {share: [1]}}\n- *a", "is listed twice"),
    ],
)
def test_other_shapes_are_refused(refused, content, found):
    assert found in refused(content)


def test_a_notebook_that_reads_sweeps_has_no_sweep_of_its_own(refused, sample, edit):
    edit(sample.notebooks / "harvest.schema.json", '"x-data"', '"x-sweeps": ["a"], "x-data"')
    message = refused("- {sweep: a, notebook: harvest, grid: {share: [1]}}")
    assert "harvest reads sweeps itself, which its rows cannot" in message
