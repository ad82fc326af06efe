"""The rows of a sweep: read as a whole, and refused as a whole before anything runs."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bindery.faults import BinderyError
from bindery.sweep.grid import read_grid

DEFAULTS = {"field": "north", "share": 0.5, "lang": "en"}


@pytest.fixture
def read(pristine, tmp_path):
    """Reads a file of rows for the sample's notebook; its rows, each as a mapping."""

    def parse(text, name="grid.yml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        grid = read_grid(pristine, "harvest", path)
        return [grid.parameters(row) for row in range(1, len(grid) + 1)]

    return parse


@pytest.fixture
def faults(read):
    """The faults of a file of rows, each as line and what was found."""

    def parse(text, name="grid.yml"):
        with pytest.raises(BinderyError) as caught:
            read(text, name)
        return [(fault.row, fault.found) for fault in caught.value.faults]

    return parse


def rows(*pairs):
    return [DEFAULTS | dict(zip(("field", "share"), pair, strict=True)) for pair in pairs]


class TestProduct:
    def test_every_combination_the_last_name_runs_fastest(self, read):
        assert read("field: [south, north]\nshare: [0.5, 1]\n") == rows(
            ("south", 0.5), ("south", 1), ("north", 0.5), ("north", 1)
        )

    def test_names_become_keys_and_texts_become_numbers(self, read):
        assert read('field: [南田, "West field"]\nshare: ["0.25"]\n') == rows(
            ("south", 0.25), ("west", 0.25)
        )

    def test_range_has_both_ends_as_they_are_written(self, read):
        # ten times 0.1 added up in binary would give 0.30000000000000004 and 0.9999999999999999
        found = [row["share"] for row in read("share: {from: 0.0, to: 1, step: 0.1}\n")]
        assert found == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]

    def test_range_ends_before_an_end_that_the_step_does_not_meet(self, read):
        assert [row["share"] for row in read("share: {from: 0, to: 1, step: 0.4}\n")] == [
            0, 0.4, 0.8,
        ]  # fmt: skip

    def test_range_of_whole_numbers_has_whole_numbers(self, read):
        found = [row["share"] for row in read("share: {from: 0, to: 1, step: 1}\n")]
        assert json.dumps(found) == "[0, 1]"

    def test_empty_mapping_is_one_row_of_defaults(self, read):
        assert read("{}\n") == [DEFAULTS]

    def test_excluded_combinations_are_no_rows(self, read):
        text = "field: [north, south]\nshare: [0.5, 1]\nexclude:\n- {field: 南田, share: 1}\n"
        assert read(text) == rows(("north", 0.5), ("north", 1), ("south", 0.5))
        assert read(f"{text}- {{field: north}}\n") == rows(("south", 0.5))

    def test_combination_without_data_may_be_excluded(self, read):
        assert read("field: [north, fallow]\nexclude: [{field: fallow}]\n") == rows(("north", 0.5))

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("feild: [north]", (1, "'feild'")),
            ("share: [0.5]\n1: [2]", (2, "1")),
            ("share: 0.5", (1, "share: 0.5")),
            ("share: []", (1, "share: []")),
            ("share: {from: 0, to: 1}", (1, "share: {'from': 0, 'to': 1}")),
            ("share: {from: 0, to: 1, step: 0}", (1, "share: from 0 to 1 by 0")),
            ("share: {from: 1, to: 0, step: 0.1}", (1, "share: from 1 to 0 by 0.1")),
            ("share: {from: 0, to: .inf, step: 1}", (1, "share: from 0 to inf by 1")),
            ("share: {from: a, to: b, step: 1}", (1, "share: from a to b by 1")),
            ("share: {from: 0, to: 1, step: true}", (1, "share: from 0 to 1 by True")),
            ("share: {from: 0, to: 1, step: 1.0e-9}",
             (1, "share: from 0 to 1 by 1e-09, 1,000,000,001 values")),
            ("exclude: {share: 1}", (1, "exclude: {'share': 1}")),
            ("exclude: [{}]", (1, "exclude: [{}]")),
            ("share: [1]\nexclude:\n- {field: north}",
             (3, "exclude field = 'north', but no 'field' above")),
            ("share: [1]\nexclude:\n- {share: 0.5}", (3, "exclude share = 0.5, which no row has")),
            ("share:\n- 1\n- 0.5\n- 2\n", (4, "share = 2")),
            ("field: [north]\nshare: [1,\n 2014-01-01]",
             (3, "share = datetime.date(2014, 1, 1)")),
        ],
    )  # fmt: skip
    def test_fault_is_told_with_its_line(self, faults, text, expected):
        assert faults(text) == [expected]

    def test_all_faults_come_together(self, faults):
        text = "field:\n- nort\n- fallow\nshare: [0.5,\n  half]\nlevel: [1]\n"
        assert faults(text) == [
            (2, "field = 'nort'"),
            (5, "share = 'half'"),
            (6, "'level'"),
            (0, "field = fallow (in 1 row)"),
        ]

    def test_fault_of_many_rows_is_told_once(self, faults):
        text = "field: [north, fallow]\nshare: {from: 0, to: 1, step: 0.01}\n"
        assert faults(text) == [(0, "field = fallow (in 101 rows)")]

    @pytest.mark.long
    def test_too_many_combinations_are_refused_without_being_made(self, faults):
        text = "share: {from: 0, to: 1, step: 0.000001}\nfield: [north, south]\n"
        assert faults(text) == [(1, "share: from 0 to 1 by 1e-06, 1,000,001 values")]
        text = "share: {from: 0, to: 1, step: 0.00001}\nfield: [" + "north, " * 11 + "]\n"
        assert faults(text) == [(0, "1,100,011 combinations")]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("- share\n", "found no mapping; allowed: lines `parameter: [values]`"),
            ("", "found no mapping; allowed: lines `parameter: [values]`"),
            ("share: [1\n", ", row 2: not readable as YAML"),
            ("share: [1]\nshare: [2]\n", "the key 'share' is stated twice"),
            ("share: [1]\nexclude: [{share: 1}]\n", "found no row; allowed: at least one"),
        ],
    )
    def test_file_without_rows_is_refused(self, read, text, message):
        with pytest.raises(BinderyError) as caught:
            read(text)
        assert message in str(caught.value)
        assert "grid.yml" in str(caught.value)


class TestTable:
    def test_each_line_is_a_row_and_empty_cells_are_defaults(self, read):
        assert read("share,field\n0.25,南田\n,South field\n 1 ,\n", "rows.csv") == rows(
            ("south", 0.25), ("south", 0.5), ("north", 1)
        )

    def test_mark_of_a_spreadsheet_and_its_line_ends_do_no_harm(self, read):
        text = b"\xef\xbb\xbffield,share\r\n\xe5\x8d\x97\xe7\x94\xb0,1\r\n\r\n"
        assert read(text, "行 rows.CSV") == rows(("south", 1))

    def test_all_faults_of_all_rows_come_with_their_lines(self, faults):
        text = 'field,share\nnorth,2\n"so\nuth",1\nnorth,2\nfallow,1\nnorth\nnorth,1,2\nx,2\n'
        assert faults(text, "rows.csv") == [
            (7, "1 cell"),
            (8, "3 cells"),
            (2, "share = 2.0 (and in rows 5, 9)"),
            (3, "field = 'so\\nuth'"),
            (6, "field = fallow"),
            (9, "field = 'x'"),
        ]

    def test_of_very_many_lines_the_first_are_told(self, faults):
        ((line, found),) = faults("share\n" + "2\n" * 1000, "rows.csv")
        told = ", ".join(map(str, range(3, 23)))
        assert (line, found) == (2, f"share = 2.0 (and in rows {told} and 979 others)")

    def test_fault_says_what_is_allowed_and_what_to_do(self, read, tmp_path):
        with pytest.raises(BinderyError) as caught:
            read("shares,lang\n1,EN\n", "rows.csv")
        path = tmp_path / "rows.csv"
        assert str(caught.value) == (
            "the rows for harvest cannot be used; nothing was run\n"
            f"  {path}, row 1: found 'shares'; allowed: a parameter of harvest\n"
            "    remedy: did you mean 'share'? known: field, share, lang\n"
            f"  {path}, row 2: found lang = 'EN'; allowed: one of en, zh\n"
            "    remedy: did you mean 'en'? known: en, zh"
        )

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", [(1, "nothing")]),
            ("share,share\n1,1\n", [(1, "'share' a second time")]),
            ("share,\n1,1\n", [(1, "''")]),
        ],
    )
    def test_head_must_be_names_each_once(self, faults, text, expected):
        assert faults(text, "rows.csv") == expected

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (b"share\n\xff\n", "not readable as UTF-8 (invalid start byte)"),
            (b'share\n"1\n', ", row 2: not readable as CSV: unexpected end of data"),
            (b"share\n", "found no row; allowed: at least one"),
        ],
    )
    def test_file_that_is_no_table_is_refused(self, read, text, message):
        with pytest.raises(BinderyError) as caught:
            read(text, "rows.csv")
        assert message in str(caught.value)


class TestGrid:
    @pytest.fixture
    def grid(self, pristine, tmp_path):
        path = tmp_path / "rows.csv"
        path.write_text("field,share\nnorth,0.5\nsouth,\nNorth field,\nsouth,1\n,0.50\n")
        return read_grid(pristine, "harvest", path)

    def test_rows_of_equal_values_are_run_once(self, grid):
        assert len(grid) == 5
        assert list(grid.first) == [1, 2, 1, 4, 1]
        assert list(grid.runs()) == [1, 2, 4]

    def test_plan_has_what_differs_from_the_defaults(self, grid):
        plan = grid.plan(4)
        assert (plan.page, plan.notebook) == ("row 4", "harvest")
        assert plan.values == {"field": "south", "share": 1.0, "lang": "en"}
        assert plan.given == {"field": "south", "share": 1.0}
        assert grid.row(plan) == 4

    def test_key_is_that_of_the_run(self, grid, pristine):
        keys = grid.keys(pristine)
        assert keys == {grid.plan(row).recipe(pristine).key: row for row in (1, 2, 4)}

    def test_notebook_whose_cell_and_schema_differ_is_refused_once(self, sample, tmp_path, edit):
        edit(sample.notebooks / "harvest.ipynb", "share = 0.5", "part = 0.5")
        path = tmp_path / "grid.yml"
        path.write_text("field: [north, south]\n")
        with pytest.raises(BinderyError) as caught:
            read_grid(sample, "harvest", path)
        found = [fault.found for fault in caught.value.faults]
        assert found == [f"{name!r} in the cell or in the schema alone" for name in
                         ("part", "share")]  # fmt: skip

    def test_parameter_called_as_a_column_of_the_results_is_refused(self, sample, tmp_path, edit):
        edit(sample.notebooks / "harvest.ipynb", "share = 0.5", "status = 0.5")
        edit(sample.notebooks / "harvest.schema.json", '"share"', '"status"')
        path = tmp_path / "grid.yml"
        path.write_text("{}\n")
        with pytest.raises(BinderyError, match=r"harvest\.ipynb: found a parameter 'status'; "):
            read_grid(sample, "harvest", path)


AXES = {
    "field": st.lists(st.sampled_from(["north", "south", "west"]), min_size=1, max_size=4),
    "share": st.lists(st.sampled_from([0, 0.25, 1, 1.0]), min_size=1, max_size=4),
    "lang": st.lists(st.sampled_from(["en", "zh"]), min_size=1, max_size=3),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(axes=st.fixed_dictionaries({}, optional=AXES))
def test_any_grid_is_the_product_of_its_lists_and_its_own_table(axes, read):
    expected = [
        DEFAULTS | dict(zip(axes, values, strict=True))
        for values in itertools.product(*axes.values())
    ]
    assert read(json.dumps(axes)) == expected
    if axes:
        lines = [",".join(str(row[name]) for name in axes) for row in expected]
        assert read("\n".join([",".join(axes), *lines, ""]), "rows.csv") == expected
