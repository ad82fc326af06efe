"""The registry: its shape, its names, its slots."""

from __future__ import annotations

import pytest
import yaml

from bindery.faults import BinderyError
from bindery.registry import fill_slots, read_registry


@pytest.fixture
def refused(sample):
    """The message with which the sample's registry is refused after a change."""

    def read(change) -> str:
        content = yaml.safe_load(sample.registry.read_text(encoding="utf-8"))
        content = change(content["harvest"]) or content
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        sample.registry.write_text(text, encoding="utf-8")
        with pytest.raises(BinderyError) as caught:
            read_registry(sample)
        return str(caught.value)

    return read


@pytest.fixture
def registry(pristine):
    return read_registry(pristine)


def test_entry_holds_its_words(registry):
    entry = registry.entry("harvest", "results", "kept")
    assert entry == {"label": {"en": "Kept", "zh": "留存"}}


def test_unknown_entry_is_told_the_nearest(registry):
    with pytest.raises(BinderyError) as caught:
        registry.entry("harvest", "figures", "sheaves_by_years")
    assert str(caught.value) == (
        "book/figures.yml: harvest has no figure 'sheaves_by_years'; "
        "did you mean 'sheaves_by_year'? known: sheaves_by_year"
    )


def test_entry_of_another_kind_is_not_found(registry):
    with pytest.raises(BinderyError, match="harvest has no table 'last'"):
        registry.entry("harvest", "tables", "last")


def test_empty_registry_is_allowed(sample):
    sample.registry.write_text("", encoding="utf-8")
    assert read_registry(sample).content == {}


def test_missing_language_is_refused_with_its_place(refused):
    message = refused(lambda page: page["figures"]["sheaves_by_year"]["caption"].pop("zh") and None)
    assert "book/figures.yml has faults" in message
    assert "book/figures.yml, harvest > figures > sheaves_by_year > caption: " in message
    assert "'zh' is a required property" in message


@pytest.mark.parametrize("part", ["title", "caption", "alt", "limits"])
def test_figure_needs_every_part(refused, part):
    message = refused(lambda page: page["figures"]["sheaves_by_year"].pop(part) and None)
    assert f"harvest > figures > sheaves_by_year: found '{part}' is a required property" in message


def test_empty_text_is_refused(refused):
    message = refused(lambda page: page["results"]["kept"]["label"].update(zh=""))
    assert "harvest > results > kept > label > zh: " in message


def test_text_that_is_a_number_is_refused(refused):
    message = refused(lambda page: page["results"]["kept"]["label"].update(en=1902))
    assert "found 1902 is not of type 'string'" in message


def test_unknown_part_is_refused(refused):
    message = refused(lambda page: page["notes"]["answer"].update(colour="red"))
    assert "'colour' was unexpected" in message


def test_unknown_kind_is_refused(refused):
    assert "'maps' was unexpected" in refused(lambda page: page.update(maps={}))


@pytest.mark.parametrize("local", ["Kept", "kept-back", "1st", "kept back", "留存"])
def test_local_id_of_another_form_is_refused(refused, local):
    message = refused(lambda page: page["results"].update({local: page["results"]["kept"]}))
    assert f"found {local!r} does not match" in message


def test_registry_that_is_a_list_is_refused(refused):
    assert "is not of type 'object'" in refused(lambda page: [page])


def test_negative_digits_are_refused(refused):
    columns = {"sheaves": {"digits": -1}}
    message = refused(lambda page: page["tables"]["all_years"].update(columns=columns))
    assert "columns > sheaves > digits: found -1 is less than the minimum of 0" in message


def test_unknown_slot_is_told_the_nearest(refused):
    message = refused(lambda page: page["notes"]["answer"]["text"].update(en="It gave {lest}."))
    assert (
        "book/figures.yml, harvest > notes > answer > text > en: found the slot {lest}; "
        "allowed: a result or a parameter\n"
        "    remedy: did you mean 'last'? known: last, kept, field, share, lang"
    ) in message


@pytest.mark.parametrize("slot", ["last.low", "last.value.x", "sheaves_by_year", "", " last"])
def test_slot_that_is_no_result_or_part_of_one_is_refused(refused, slot):
    text = f"It gave {{{slot}}}."
    message = refused(lambda page: page["notes"]["answer"]["text"].update(zh=text))
    assert f"text > zh: found the slot {{{slot}}}; allowed: a result or a parameter" in message


def test_name_used_for_two_kinds_is_refused(refused):
    message = refused(lambda page: page["tables"].update(last=page["tables"]["all_years"]))
    assert "harvest: found 'last' as table and as result; allowed: one meaning per name" in message


def test_name_of_a_parameter_is_refused(refused):
    message = refused(lambda page: page["results"].update(share=page["results"]["kept"]))
    assert "found 'share' as parameter and as result; allowed: one meaning per name" in message


def test_several_faults_are_in_one_error(refused):
    def change(page):
        page["notes"]["answer"]["text"].update(en="{lest}", zh="{keep}")

    message = refused(change)
    assert "{lest}" in message
    assert "{keep}" in message


def test_key_stated_twice_is_refused(sample, edit):
    edit(sample.registry, "    kept:", "    last: {label: {en: a, zh: b}}\n    kept:")
    with pytest.raises(BinderyError, match="the key 'last' is stated twice"):
        read_registry(sample)


def test_registry_of_a_notebook_without_schema_names_the_file(sample, edit):
    edit(sample.registry, "harvest:", "barn:")
    with pytest.raises(BinderyError, match=r"^notebooks/barn\.schema\.json: there is no such file"):
        read_registry(sample)


class TestSlots:
    @staticmethod
    def value(name, part):
        return {("last", ""): "150 sheaves", ("last", "value"): "150"}.get((name, part))

    def test_slots_are_filled_with_their_part(self):
        text = "It gave {last}, that is {last.value}."
        assert fill_slots(text, self.value, "?") == ("It gave 150 sheaves, that is 150.", [])

    def test_slot_without_a_value_is_marked_and_told(self):
        assert fill_slots("{last.interval} and {kept}", self.value, "?") == (
            "? and ?",
            ["last.interval", "kept"],
        )

    def test_text_from_a_value_is_not_filled_again(self):
        assert fill_slots("{a}", lambda name, part: "{b}", "?") == ("{b}", [])

    def test_text_without_slots_stays(self):
        assert fill_slots("100 % of } and {", self.value, "?") == ("100 % of } and {", [])
