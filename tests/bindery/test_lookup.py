"""Keys by name, and rows that must exist."""

from __future__ import annotations

import os

import pytest

from bindery.faults import BinderyError
from bindery.lookup import find_key, missing_rows, read_rows

RULE = {"table": "plots", "key": "code", "names": ["name_en", "name_zh"]}


def found(project, value, **more):
    """The key that a value stands for, and the fault where it stands for none."""
    key, _, fault = find_key(project, "field", value, RULE | more)
    return (key, "") if fault is None else (None, str(fault))


class TestRows:
    def test_table_is_read_as_text(self, pristine):
        assert read_rows(pristine, "fields")[0] == {
            "field": "north",
            "year": "1900",
            "sheaves": "120",
            "source_id": "farm-diary",
        }

    def test_missing_table_is_named(self, pristine):
        with pytest.raises(BinderyError, match=r"^data/barns\.csv: there is no such file$"):
            read_rows(pristine, "barns")

    def test_table_with_a_byte_that_is_not_utf8_is_named(self, sample):
        (sample.data / "plots.csv").write_bytes(b"code\n\xff\n")
        with pytest.raises(BinderyError, match=r"^data/plots\.csv: not readable as UTF-8 CSV"):
            read_rows(sample, "plots")

    def test_table_changed_in_between_is_read_anew(self, sample, edit):
        before = [row["name_en"] for row in read_rows(sample, "plots")]
        edit(sample.data / "plots.csv", "West field", "Hill")
        # clocks of file systems tick slower than this test runs
        os.utime(sample.data / "plots.csv", ns=(0, 0))
        after = [row["name_en"] for row in read_rows(sample, "plots")]
        assert (before[2], after[2]) == ("West field", "Hill")


class TestKeys:
    @pytest.mark.parametrize("value", ["south", " SOUTH", "south Field", "南田 "])
    def test_key_or_name_in_any_case_is_found(self, pristine, value):
        assert found(pristine, value) == ("south", "")

    def test_key_that_is_a_number_is_found_by_the_number(self, sample, edit):
        edit(sample.data / "plots.csv", "south,", "330100,")
        assert found(sample, 330100) == ("330100", "")

    def test_names_come_with_the_key(self, pristine):
        assert find_key(pristine, "field", "west", RULE)[1] == {"en": "West field", "zh": "西田"}

    def test_unknown_name_is_told_the_nearest(self, pristine):
        key, fault = found(pristine, "Sout field")
        assert key is None
        assert fault == (
            "parameters: found field = 'Sout field'; allowed: a code or a name in data/plots.csv\n"
            "    remedy: did you mean 'South field'?"
        )

    def test_name_unlike_every_known_one_gets_no_suggestion(self, pristine):
        assert found(pristine, "zzzzz")[1].endswith("allowed: a code or a name in data/plots.csv")

    @pytest.mark.parametrize("value", ["", "  "])
    def test_empty_text_stands_for_no_row_even_where_a_name_is_missing(self, sample, edit, value):
        edit(sample.data / "plots.csv", "Fallow field", "")
        assert f"found field = {value!r}; " in found(sample, value)[1]

    def test_name_of_two_rows_is_refused_and_both_keys_are_named(self, sample, edit):
        edit(sample.data / "plots.csv", "West field", "South field")
        assert found(sample, "South field")[1] == (
            "parameters: found field = 'South field', which names south and west; "
            "allowed: one code\n    remedy: give the code"
        )

    def test_key_counts_before_another_row_s_name(self, sample, edit):
        edit(sample.data / "plots.csv", "North field", "south")
        assert found(sample, "south") == ("south", "")

    def test_suffix_of_names_may_be_left_out(self, pristine):
        assert found(pristine, "south", suffix="( field|田)$") == ("south", "")
        assert found(pristine, "西", suffix="( field|田)$") == ("west", "")

    def test_without_a_suffix_rule_a_part_of_a_name_is_not_enough(self, pristine):
        assert found(pristine, "西")[0] is None


HARVESTED = {"table": "fields", "match": {"field": "field"}}


class TestRowsThatMustExist:
    def test_values_with_a_row_have_no_fault(self, pristine):
        assert missing_rows(pristine, {"field": "south"}, [HARVESTED]) == []

    def test_values_without_a_row_are_told_those_that_have_one(self, pristine):
        (fault,) = missing_rows(pristine, {"field": "fallow"}, [HARVESTED])
        assert str(fault) == (
            "parameters: found field = fallow; allowed: values that data/fields.csv has a row for\n"
            "    remedy: field that have one: north; south; west"
        )

    def test_condition_on_other_columns_is_named(self, pristine):
        rule = HARVESTED | {"where": {"source_id": "neighbour"}}
        (fault,) = missing_rows(pristine, {"field": "north"}, [rule])
        assert fault.allowed == (
            "values that data/fields.csv has a row for with source_id neighbour"
        )
        assert fault.remedy == "field that have one: south; west"

    def test_several_parameters_are_matched_together(self, pristine):
        rule = {"table": "fields", "match": {"field": "plot", "year": "year"}}
        assert missing_rows(pristine, {"plot": "south", "year": 1901}, [rule]) == []
        (fault,) = missing_rows(pristine, {"plot": "south", "year": 1902}, [rule])
        assert fault.found == "plot = south, year = 1902"
        assert "south 1900; south 1901" in fault.remedy

    def test_every_rule_that_fails_is_told(self, pristine):
        assert len(missing_rows(pristine, {"field": "fallow"}, [HARVESTED, HARVESTED])) == 2
