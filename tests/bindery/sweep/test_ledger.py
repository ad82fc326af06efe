"""What is done of a sweep survives any end of its process, and is not believed beyond that."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest

from bindery.cache.files import digest
from bindery.cache.inputs import Digests
from bindery.sweep.grid import Grid
from bindery.sweep.ledger import Ledger
from bindery.sweep.outcome import DONE, FAILED, Outcome

RESULTS = {"value": 1.5, "low": 1, "high": 2, "unit": "sheaves", "kind": "scenario_range", "n": 3}
DATA = "year\n1900\n"


@pytest.fixture
def grid():
    """Five rows, of which the fourth has the values of the first."""
    values = [("north", 0.5), ("south", 0.5), ("麦 田", 1), ("north", 0.5), ("west", None)]
    return Grid("harvest", ("field", "share"), values, (1, 2, 3, 1, 5), {}, ())


@pytest.fixture
def keys():
    return {f"key {row}": row for row in (1, 2, 3, 5)}


@pytest.fixture
def ledger(tmp_path, grid):
    """Opens the same ledger as another call would."""
    (tmp_path / "data.csv").write_text(DATA)
    (tmp_path / "out").mkdir()
    return lambda: Ledger(tmp_path / "out", grid)


@pytest.fixture
def resumed(tmp_path, ledger, keys):
    """Opens a ledger and takes over what holds."""

    def resume(whole=lambda line: True):
        opened = ledger()
        opened.resume(keys, Digests(tmp_path), whole)
        return opened

    return resume


def outcome(row, **changes):
    inputs = {"files": {"data.csv": digest(DATA)}}
    made = Outcome(row, {"field": "x", "share": 1}, DONE, f"key {row}", 0.25,
                   {"kept": RESULTS}, inputs=inputs)  # fmt: skip
    return replace(made, **changes)


def done(ledger):
    return [row for row in range(1, 6) if ledger.holds(row)]


def test_lines_are_there_as_soon_as_they_are_added(ledger, lines, tmp_path):
    opened = ledger()
    for row in (3, 1):
        opened.add(outcome(row, error="麦\u2028麦\n"))
        assert lines(tmp_path / "out")[-1]["row"] == row
    assert opened.read(1)["error"] == "麦\u2028麦\n"
    assert (opened.read(4)["row"], opened.read(3)["row"]) == (1, 3)


def test_rows_that_have_read_the_same_share_one_list(ledger, tmp_path):
    opened = ledger()
    for row in (1, 2, 3):
        opened.add(outcome(row))
    (file,) = (tmp_path / "out" / "inputs").iterdir()
    assert json.loads(file.read_text()) == outcome(1).inputs
    assert file.name == f"{opened.read(2)['inputs']}.json"


def test_all_that_holds_is_taken_over(ledger, resumed):
    opened = ledger()
    opened.add(outcome(2))
    opened.add(outcome(3, status=FAILED, error="x", warnings=("w",)))
    again = resumed()
    assert done(again) == [2, 3]
    assert (again.done, again.failed, again.warned) == (2, 1, 1)
    assert (again.first_failure, again.first_warning) == ("row 3: x", "row 3: w")
    assert again.read(2) == opened.read(2)


def test_without_an_earlier_call_nothing_is_done(resumed, tmp_path, lines):
    assert done(resumed()) == []
    assert lines(tmp_path / "out") == []


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.99])
def test_torn_last_line_is_taken_away(ledger, resumed, tmp_path, lines, part):
    for row in (1, 2):
        ledger().add(outcome(row))
    path = tmp_path / "out" / "results.jsonl"
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + second[: int(part * len(second))])
    again = resumed()
    assert done(again) == [1]
    again.add(outcome(2))
    assert [line["row"] for line in lines(tmp_path / "out")] == [1, 2]
    assert done(resumed()) == [1, 2]


def test_last_line_that_lacks_only_its_end_is_whole(ledger, resumed, tmp_path, lines):
    ledger().add(outcome(1))
    path = tmp_path / "out" / "results.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    again = resumed()
    again.add(outcome(2))
    assert [line["row"] for line in lines(tmp_path / "out")] == [1, 2]


@pytest.mark.parametrize("damage", [
    lambda line: line.replace(b'"value": 1.5', b'"value": 1.6'), lambda line: b"[]\n",
    lambda line: b"\xff\0\n", lambda line: b"[" * 9999 + b"\n", lambda line: b"{}\n",
    lambda line: line.replace(b"key 2", b"key 5"), lambda line: b"null\n",
])  # fmt: skip
def test_damaged_line_is_not_believed(ledger, resumed, tmp_path, damage):
    for row in (1, 2, 3):
        ledger().add(outcome(row))
    path = tmp_path / "out" / "results.jsonl"
    first, second, third = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + damage(second) + third)
    assert done(resumed()) == [1, 3]


def test_line_of_another_key_is_taken_away(ledger, resumed, lines, tmp_path):
    ledger().add(outcome(1))
    ledger().add(outcome(2, key="key of other code"))
    assert done(resumed()) == [1]
    assert len(lines(tmp_path / "out")) == 1


def test_row_that_has_another_number_now_keeps_its_result(ledger, resumed, keys):
    ledger().add(outcome(4, key="key 5", status=FAILED, error="x"))
    again = resumed()
    assert done(again) == [5]
    assert again.read(5)["row"] == 5
    assert again.first_failure == "row 5: x"


def test_line_that_rests_on_other_data_is_taken_away(ledger, resumed, tmp_path):
    other = {"files": {"data.csv": digest(DATA), "extra.csv": None}}
    ledger().add(outcome(1))
    ledger().add(outcome(2, inputs=other))
    (tmp_path / "extra.csv").touch()
    assert done(resumed()) == [1]


def test_run_whose_inputs_are_not_known_runs_again(ledger, resumed):
    ledger().add(outcome(1, inputs=None))
    assert done(resumed()) == []


@pytest.mark.parametrize("damage", [
    lambda path: path.unlink(), lambda path: path.write_text("{}"),
    lambda path: os.truncate(path, 0),
])  # fmt: skip
def test_list_of_inputs_that_is_damaged_is_not_believed(ledger, resumed, tmp_path, damage):
    ledger().add(outcome(1))
    (file,) = (tmp_path / "out" / "inputs").iterdir()
    damage(file)
    again = resumed()
    assert done(again) == []
    assert list((tmp_path / "out" / "inputs").iterdir()) == []
    again.add(outcome(1))
    assert done(resumed()) == [1]


def test_line_without_the_rest_of_its_row_is_taken_away(ledger, resumed):
    for row in (1, 2):
        ledger().add(outcome(row))
    assert done(resumed(lambda line: line["row"] == 2)) == [2]


def test_what_changed_since_is_told(ledger, tmp_path):
    opened = ledger()
    opened.add(outcome(1))
    assert opened.changed(Digests(tmp_path)) == []
    (tmp_path / "data.csv").write_text("other")
    assert opened.changed(Digests(tmp_path)) == ["data.csv changed"]


def test_table_has_every_row_in_the_order_of_the_grid(ledger, table, tmp_path):
    opened = ledger()
    # as they finish, with a result that only the last row has
    opened.add(outcome(5, results={"late": RESULTS | {"value": None}}, parameters={
        "field": "a, \"b\"", "share": None}))  # fmt: skip
    opened.add(outcome(3, status=FAILED, results={}, error='cell 1\n  E: no, "x"\n    trace'))
    opened.add(outcome(1, refusals=("a", "b"), warnings=("w",), parameters={
        "field": [1, "南"], "share": True}))  # fmt: skip
    opened.add(outcome(2))
    path, failed = opened.write_table()
    assert (path, list(failed)) == (tmp_path / "out" / "results.csv", [3])
    rows = table(tmp_path / "out")
    assert list(rows[0]) == [
        *("row", "field", "share", "kept.value", "kept.low", "kept.high", "kept.kind"),
        *("late.value", "late.low", "late.high", "late.kind"),
        *("refusals", "warnings", "status", "error", "seconds", "run_key"),
    ]
    assert [row["row"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[0] | {"row": "4"} == rows[3]
    assert (rows[0]["field"], rows[0]["share"]) == ('[1, "南"]', "true")
    assert (rows[0]["refusals"], rows[0]["warnings"]) == ("a; b", "w")
    assert [rows[1][f"kept.{part}"] for part in ("value", "low", "high", "kind")] == [
        *("1.5", "1", "2", "scenario_range")
    ]
    assert (rows[2]["status"], rows[2]["error"]) == (FAILED, 'cell 1 E: no, "x"')
    assert (rows[2]["kept.value"], rows[2]["kept.kind"]) == ("", "")
    assert (rows[4]["field"], rows[4]["share"]) == ('a, "b"', "")
    assert (rows[4]["late.value"], rows[4]["late.kind"]) == ("", "scenario_range")
    assert (rows[4]["seconds"], rows[4]["run_key"]) == ("0.25", "key 5")
