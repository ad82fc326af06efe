"""Damaged data ends in one report that names file and row, never in a traceback."""

from __future__ import annotations

import json

import pytest

from bindery.datacheck import check_data, require_schema
from bindery.faults import BinderyError

FIELDS, SOURCES, DESCRIPTOR = "data/fields.csv", "data/sources.csv", "data/datapackage.json"


@pytest.fixture
def report(sample):
    """The faults of the sample after a part of one of its files was replaced."""

    def damage(file: str, old: bytes, new: bytes):
        path = sample.root / file
        content = path.read_bytes()
        assert old in content
        path.write_bytes(content.replace(old, new, 1))
        return check_data(sample)

    return damage


def test_sound_data_has_no_faults(pristine):
    report = check_data(pristine)
    assert (report.schema, report.rules, report.exempt) == ((), (), ())
    assert require_schema(report) is None


COLUMNS = "field, year, sheaves, source_id, in this order"


@pytest.mark.parametrize(("file", "old", "new", "faults"), [
    pytest.param(
        FIELDS, b"year,sheaves", b"sheaves",
        [f"{FIELDS}, row 1: found the columns field, sheaves, source_id; allowed: {COLUMNS}"],
        id="missing-column",
    ),
    pytest.param(
        FIELDS, b"source_id\n", b"source_id,weather\n",
        [f"{FIELDS}, row 1: found the columns field, year, sheaves, source_id, weather; "
         f"allowed: {COLUMNS}"],
        id="extra-column",
    ),
    pytest.param(
        FIELDS, b"year,", b"yaer,",
        [f"{FIELDS}, row 1: found the columns field, yaer, sheaves, source_id; allowed: {COLUMNS}"],
        id="misspelt-column",
    ),
    pytest.param(
        FIELDS, b"150", b"many",
        [f"{FIELDS}, row 3, sheaves: found 'many'; allowed: type is \"number\""],
        id="text-in-a-number",
    ),
    pytest.param(
        FIELDS, b"1901,150", b"1900,150",
        [f"{FIELDS}, row 3: found the row 'north, 1900, 150, farm-diary' "
         "(the same as in the row at position 2); allowed: a key that no other row has"],
        id="duplicate-key",
    ),
    pytest.param(
        FIELDS, b"90,neighbour", b"90,nobody",
        [f"{FIELDS}, row 5: found the row 'south, 1901, 90, nobody' (for \"source_id\": values "
         '"nobody" not found in the lookup table "sources" as "source_id"); '
         "allowed: a key of the table that it refers to"],
        id="unknown-source",
    ),
    pytest.param(
        FIELDS, b"1901", b"1701",
        [f"{FIELDS}, row 3, year: found '1701'; allowed: constraint \"minimum\" is \"1800\""],
        id="out-of-range",
    ),
    pytest.param(
        SOURCES, b"book,A", b"book,E",
        [f"{SOURCES}, row 2, grade: found 'E'; "
         "allowed: constraint \"enum\" is \"['A', 'B', 'C', 'D']\""],
        id="not-in-enum",
    ),
    pytest.param(
        FIELDS, b"150,", b",",
        [f"{FIELDS}, row 3, sheaves: found an empty cell; "
         'allowed: constraint "required" is "True"'],
        id="empty-cell",
    ),
    pytest.param(
        FIELDS, b"field,", b"\xef\xbb\xbffield,",
        [f"{FIELDS}, row 1: found a byte order mark; allowed: UTF-8 without one\n"
         "    remedy: save the file as UTF-8 without BOM"],
        id="bom",
    ),
    pytest.param(
        FIELDS, b"120,farm-diary\n", b"120,farm-diary\r\n",
        [f"{FIELDS}, row 2: found a carriage return (Windows or old Mac line ends); "
         "allowed: text with LF line ends\n    remedy: save the file with LF line ends"],
        id="crlf",
    ),
    pytest.param(
        FIELDS, b"south", b"s\xffuth",
        [f"{FIELDS}, row 4: found the byte 0xff, which is not UTF-8; allowed: UTF-8\n"
         "    remedy: save the file as UTF-8"],
        id="not-utf8",
    ),
    pytest.param(
        FIELDS, b"south", b"s\0uth",
        [f"{FIELDS}, row 4: found a NUL byte; allowed: text with LF line ends\n"
         "    remedy: remove it"],
        id="nul",
    ),
])  # fmt: skip
def test_damage_is_one_fault_with_file_and_row(report, file, old, new, faults):
    assert [str(fault) for fault in report(file, old, new).schema] == faults


@pytest.mark.parametrize(("old", "new", "fault"), [
    pytest.param(
        b"north,1901,150,", b"north,1901,150,9,",
        f"{FIELDS}, row 3: found 'farm-diary'; allowed: no more cells than columns", id="long",
    ),
    pytest.param(
        b"150,farm-diary", b"150",
        f"{FIELDS}, row 3, source_id: found the row 'north, 1901, 150'; "
        "allowed: a cell for every column",
        id="short",
    ),
    pytest.param(
        b"\nsouth,1900", b"\n\nsouth,1900",
        f"{FIELDS}, row 4: found an empty row; allowed: a row with values, or no row", id="empty",
    ),
])  # fmt: skip
def test_ragged_row_is_named(report, old, new, fault):
    faults = report(FIELDS, old, new).schema
    assert fault in [str(fault) for fault in faults]
    # whatever else follows from it is said of the same row
    assert len({fault.row for fault in faults}) == 1


def test_quotation_mark_that_is_not_closed_is_named_where_it_stands(report):
    faults = report(FIELDS, b"150", b'"150').schema
    assert {(fault.file, fault.row) for fault in faults} == {(FIELDS, 3)}


@pytest.mark.parametrize("content", [b"", b"\n", b"  \n\n"])
def test_empty_file_is_named(sample, content):
    (sample.root / FIELDS).write_bytes(content)
    assert [str(fault) for fault in check_data(sample).schema] == [
        f"{FIELDS}: found an empty file; allowed: a header and rows\n    remedy: restore the table"
    ]


def test_missing_file_is_named(sample):
    (sample.root / FIELDS).unlink()
    assert [str(fault) for fault in check_data(sample).schema] == [
        f"{FIELDS}: found no such file; allowed: the file that the descriptor names\n"
        "    remedy: restore it"
    ]


def test_folder_in_place_of_a_file_is_named(sample):
    (sample.root / FIELDS).unlink()
    (sample.root / FIELDS).mkdir()
    assert [fault.found for fault in check_data(sample).schema] == ["no such file"]


def test_table_with_a_header_alone_is_allowed(sample):
    (sample.root / FIELDS).write_bytes(b"field,year,sheaves,source_id\n")
    assert check_data(sample).schema == ()


class TestDescriptor:
    def test_missing_descriptor_is_named(self, sample):
        (sample.root / DESCRIPTOR).unlink()
        assert [str(fault) for fault in check_data(sample).schema] == [
            f"{DESCRIPTOR}: found no such file; allowed: the data package's descriptor\n"
            "    remedy: restore it"
        ]

    @pytest.mark.parametrize("content", [
        b"", b"{", b"[]", b"{}", b"\xff", b'{"resources": 1}', b'{"resources": []}',
        b'{"resources": [{"name": "fields"}]}', b'{"resources": [{"path": 1}]}',
        b'{"resources": [{"path": "/etc/hosts"}]}',
    ])  # fmt: skip
    def test_descriptor_that_cannot_be_used_is_one_fault(self, sample, content):
        (sample.root / DESCRIPTOR).write_bytes(content)
        (fault,) = check_data(sample).schema
        assert (fault.file, fault.row) == (DESCRIPTOR, 0)
        assert fault.found.startswith("no readable descriptor (")
        assert fault.allowed == "JSON with resources that have a path"

    def test_unknown_type_of_a_column_is_told(self, report):
        faults = report(DESCRIPTOR, b'"integer"', b'"whole"').schema
        assert [str(fault) for fault in faults] == [
            f'{DESCRIPTOR}: found field type "whole" is not supported; '
            "allowed: a valid Data Package descriptor"
        ]

    def test_file_outside_the_data_folder_is_not_read(self, sample):
        path = sample.root / DESCRIPTOR
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        descriptor["resources"][2]["path"] = "../pyproject.toml"
        path.write_text(json.dumps(descriptor), encoding="utf-8")
        faults = check_data(sample).schema
        assert any('pyproject.toml" is not safe' in fault.found for fault in faults)


class TestSeveral:
    def test_faults_of_several_tables_come_together(self, sample, edit):
        edit(sample.root / FIELDS, "150", "many")
        edit(sample.root / SOURCES, "book,A", "book,E")
        report = check_data(sample)
        assert {(fault.file, fault.row) for fault in report.schema} == {(SOURCES, 2), (FIELDS, 3)}

    def test_faults_of_several_files_come_together(self, sample):
        (sample.root / SOURCES).unlink()
        (sample.root / FIELDS).write_bytes(b"\xef\xbb\xbffield\r\n\xff\0\n")
        (sample.root / "data/plots.csv").write_bytes(b"")
        report = check_data(sample)
        assert [(fault.file, fault.row) for fault in report.schema] == [
            (SOURCES, 0), ("data/plots.csv", 0),
            (FIELDS, 1), (FIELDS, 1), (FIELDS, 2), (FIELDS, 2),
        ]  # fmt: skip

    def test_all_are_in_the_error(self, sample, edit):
        edit(sample.root / FIELDS, "120", "some")
        edit(sample.root / FIELDS, "150", "many")
        with pytest.raises(BinderyError) as caught:
            require_schema(check_data(sample))
        assert str(caught.value).startswith("the data cannot be used\n  data/fields.csv, row 2, ")
        assert len(caught.value.faults) == 2


class TestOwnRules:
    def test_row_that_breaks_a_rule_is_told_with_rule_and_remedy(self, report):
        found = report(FIELDS, b"150", b"1500")
        assert found.schema == found.exempt == ()
        assert [str(fault) for fault in found.rules] == [
            f"{FIELDS}, row 3, sheaves: found 1500; allowed: below 1,000\n"
            "    rule: a field yields less than 1,000 sheaves\n"
            "    remedy: count again"
        ]

    def test_exempt_row_is_listed_apart(self, sample, edit):
        edit(sample.root / "data/plots.csv", "west,", "glasshouse,")
        edit(sample.root / FIELDS, "west,1900,60", "glasshouse,1900,6000")
        edit(sample.root / FIELDS, "west,", "glasshouse,")
        report = check_data(sample)
        assert (report.schema, report.rules) == ((), ())
        assert [fault.row for fault in report.exempt] == [6]

    def test_rules_are_not_tried_on_tables_that_cannot_be_read(self, report):
        # the rule itself would fail on a text
        assert report(FIELDS, b"150", b"many").rules == ()

    def test_rule_that_fails_itself_is_a_readable_error(self, sample, edit):
        edit(sample.root / "fields/rules.py", "    with FILE", "    float('many')\n    with FILE")
        with pytest.raises(BinderyError) as caught:
            check_data(sample)
        assert str(caught.value) == (
            "the project's own check fields.rules:violations failed: "
            "could not convert string to float: 'many'"
        )


def test_markup_in_a_note_is_text_and_no_fault(report):
    found = report(SOURCES, b"book,A,", b"book,A,<script>alert(1)</script>")
    assert (found.schema, found.rules) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("150,", "many,", "data/fields.csv, row 3, sheaves: found 'many'"),
        ("field,year", "\ufefffield,year", "data/fields.csv, row 1: found a byte order mark"),
    ],
)
def test_command_reports_the_fault_and_fails(sample, edit, bindery, old, new, told):
    edit(sample.root / FIELDS, old, new)
    done = bindery(sample, "check")
    assert done.returncode == 1
    assert told in done.stdout
    assert done.stderr.startswith("bindery: ")
    assert "Traceback" not in done.stdout + done.stderr
