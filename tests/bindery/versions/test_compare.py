"""What moved between two versions, by how much, and which rows may be the reason."""

from __future__ import annotations

import json

import pytest

from bindery.versions.compare import compare
from bindery.versions.reasons import Because
from bindery.versions.told import told_lines

NORTH, WEST, HEARD = "fields:north|1901", "fields:west|1900", "fields:south|1901"


@pytest.fixture
def moved(altered):
    """The differences after the result `harvest-last` and other things were changed."""

    def make(change=lambda _: None, identifier="harvest-last", **facts):
        new = altered(change)
        new["results"][identifier] |= facts
        return compare(altered(), new)

    return make


def rows(changes):
    """Sets cells of rows of `fields`: (row, column) -> text; None takes the row away."""

    def change(snapshot):
        columns = snapshot["data"]["fields"]["columns"]
        for (row, column), text in changes.items():
            if text is None:
                del snapshot["rows"][row]
            else:
                snapshot["rows"].setdefault(row, [""] * len(columns))
                snapshot["rows"][row][columns.index(column)] = text

    return change


def test_equal_snapshots_do_not_differ(altered):
    found = compare(
        altered(), altered(lambda one: one.update(rows=dict(reversed(one["rows"].items()))))
    )
    assert not found
    assert told_lines(found) == ["Nothing differs."]
    assert told_lines(found, "zh") == ["没有变动。"]


class TestNumbers:
    def test_difference_is_told_in_the_unit_and_in_percent(self, moved):
        # 153 - 150 = 3, and 3 / 150 = 2 %
        (change,) = moved(value=153, low=153, high=153).changes
        assert (change.id, change.state, change.difference, change.relative) == (
            "harvest-last", "moved", 3, 0.02,
        )  # fmt: skip
        assert change.overlap is None

    def test_sums_in_another_order_are_equal(self, moved):
        assert not moved(value=150 * (1 + 1e-12), low=150, high=150)

    @pytest.mark.parametrize(
        ("low", "high", "closed", "overlap"),
        [(100, 200, True, True), (150, 200, True, True), (150, 200, False, False),
         (151, 200, True, False), (None, 75, True, True), (0, 74, True, False),
         (None, None, False, True)],
    )  # fmt: skip
    def test_intervals_overlap_or_not(self, moved, low, high, closed, overlap):
        # it was 75 to 150, both ends included
        found = moved(lambda _: None, "harvest-kept", low=low, high=high, low_closed=closed)
        (change,) = found.changes
        assert (change.state, change.overlap, change.difference) == ("moved", overlap, None)

    def test_another_unit_is_no_distance(self, moved):
        (change,) = moved(unit="stacks", value=15).changes
        assert (change.state, change.difference, change.relative) == ("moved", None, None)

    def test_change_from_nothing_has_no_percent(self, altered):
        old, new = altered(), altered()
        old["results"]["harvest-last"]["value"] = 0
        (change,) = compare(old, new).changes
        assert (change.difference, change.relative) == (150, None)

    @pytest.mark.parametrize("beside", [{"n": 3}, {"period": "1901"}])
    def test_more_observations_or_a_period_leave_the_number_where_it_is(self, moved, beside):
        (change,) = moved(**beside).changes
        assert change.state == "restated"

    def test_result_comes_or_goes(self, altered):
        fewer = altered(lambda one: one["results"].pop("harvest-last"))
        assert [change.state for change in compare(altered(), fewer).changes] == ["gone"]
        assert [change.state for change in compare(fewer, altered()).changes] == ["new"]

    def test_other_words_move_nothing(self, altered):
        found = compare(
            altered(),
            altered(
                lambda one: one["figures"]["harvest-sheaves-by-year"]["words"]["zh"].update(
                    title="麦"
                )
            ),
        )
        assert (found.changes, found.reworded) == ((), ("harvest-sheaves-by-year",))
        assert told_lines(found) == [
            "No published number moved.", "", "Called otherwise: harvest-sheaves-by-year",
        ]  # fmt: skip


class TestReasons:
    def test_row_is_told_with_its_cells(self, moved):
        found = moved(rows({(NORTH, "sheaves"): "153"}), value=153)
        assert found.changes[0].because == Because(rows=(NORTH,))
        assert found.rows[NORTH].cells == (("sheaves", "150", "153"),)

    def test_rows_of_sources_that_are_not_cited_stand_apart(self, moved):
        # harvest-last cites farm-diary only; the row of the south in 1901 is the neighbour's
        found = moved(rows({(HEARD, "sheaves"): "91", (WEST, "sheaves"): "61"}), value=153)
        assert found.changes[0].because == Because(rows=(WEST,), others=(HEARD,))

    def test_row_that_changes_its_source_counts_for_both(self, moved):
        found = moved(rows({(HEARD, "source_id"): "farm-diary"}), value=153)
        assert found.changes[0].because.rows == (HEARD,)

    def test_rows_come_and_go(self, moved):
        new = {("fields:east|1901", column): text for column, text in
               {"field": "east", "year": "1901", "source_id": "farm-diary"}.items()}  # fmt: skip
        found = moved(rows({(WEST, ""): None, **new}), value=153)
        assert {row: change.state for row, change in found.rows.items()} == {
            "fields:east|1901": "new", WEST: "gone",
        }  # fmt: skip
        assert found.changes[0].because.rows == ("fields:east|1901", WEST)

    def test_row_of_a_table_that_the_page_did_not_read_is_no_reason(self, moved):
        found = moved(lambda one: one["rows"]["plots:west"].__setitem__(1, "West"), value=153)
        assert found.changes[0].because == Because()
        assert told_lines(found)[-2:] == [
            "Rows of the data that changed and moved nothing: 1",
            "    plots:west: name_en West field → West",
        ]

    def test_code_parameters_and_packages_are_told_as_such(self, moved):
        def change(one):
            one["files"]["fields/harvest.py"] = "other"
            one["pages"]["harvest"]["parameters"]["share"] = 0.6
            one["lock"] = "other"

        found = moved(change, value=153)
        assert found.changes[0].because == Because(
            parameters=(("share", 0.5, 0.6),), code=("fields/harvest.py",), packages=True
        )
        assert told_lines(found)[2] == (
            "None of its rows changed; parameters: share 0.5 → 0.6; code: fields/harvest.py; "
            "packages"
        )
        # the other page is made otherwise too, and publishes the same
        assert told_lines(found)[-1] == (
            "Made otherwise (code: fields/harvest.py; packages): harvest-south"
        )

    def test_where_reading_is_not_known_every_row_may_be_the_reason(self, moved):
        def change(one):
            one["pages"]["harvest"]["read"] = None
            one["rows"]["plots:west"][1] = "West"

        found = moved(change, value=153)
        assert found.changes[0].because == Because(rows=("plots:west",), known=False)
        assert told_lines(found)[2] == (
            "Not all that the page read is known; changed rows of the data: 1"
        )

    def test_new_page_is_the_reason_of_all_that_it_publishes(self, altered):
        old = altered(lambda one: one["pages"].pop("harvest-south"))
        old["results"] = {name: one for name, one in old["results"].items() if "south" not in name}
        reasons = {change.because for change in compare(old, altered()).changes}
        assert reasons == {Because(page="new")}

    def test_new_column_is_told_where_it_says_something(self, altered):
        def change(one):
            one["data"]["plots"]["columns"].append("soil")
            for row, cells in one["rows"].items():
                if row.startswith("plots:"):
                    cells.append("loam" if row == "plots:west" else "")

        found = compare(altered(), altered(change))
        assert found.rows["plots:west"].cells == (("soil", "", "loam"),)
        assert len(found.rows) == 1


def test_plain_differences_are_json_and_hold_every_row(moved):
    plain = moved(rows({(NORTH, "sheaves"): "153"}), value=153).plain()
    assert json.loads(json.dumps(plain))["rows"] == {
        NORTH: {"state": "changed", "cells": {"sheaves": ["150", "153"]}}
    }
    (change,) = plain["changes"]
    assert (change["difference"], change["because"]["rows"]) == (3, (NORTH,))


@pytest.mark.parametrize(
    ("unit", "old", "new", "digits", "text"),
    [
        ("share", 0.5, 0.4775, None, "−2.3 percentage points"),
        ("percent", 50, 47.75, 2, "−2.25 percentage points"),
        ("sheaves", 2000, 3234.5, 1, "+1,234.5; +61.7%"),
        # less than the decimals show is still told
        ("sheaves", 2, 2.0004, 2, "+0.0004; +0.02%"),
        ("year", 2030, 2032, None, "+2"),
    ],
)  # fmt: skip
def test_difference_reads_as_its_unit_does(altered, unit, old, new, digits, text):
    def value(number):
        def change(one):
            one["results"]["harvest-last"] |= {"unit": unit, "value": number, "digits": digits}

        return altered(change)

    line = told_lines(compare(value(old), value(new)))[-1]
    assert line.endswith(f"({text})")
