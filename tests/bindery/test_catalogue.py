"""The translation of hand-written prose, and the gate against drift."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from bindery.catalogue import (
    caption_translation,
    catalogue_path,
    drift,
    message_template,
    read_catalogue,
    require_complete,
    update,
)
from bindery.faults import BinderyError

FILE = "book/translations/zh_CN/LC_MESSAGES/book.po"


def template_of(*messages):
    """A template; each message is said by the file `index.md`."""
    template = Catalog()
    for message in messages:
        template.add(message, locations=[("index.md", 0)])
    return template


@pytest.fixture
def translated(sample):
    """Replaces the sample's catalogue by a few entries, written as a translator would."""

    def write(text: str):
        path = catalogue_path(sample, "zh")
        header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        path.write_text(header + text, encoding="utf-8")
        return read_catalogue(sample, "zh")

    return write


KNOWN = 'msgid "A sheaf."\nmsgstr "一捆。"\n\n'


class TestDrift:
    def test_complete_catalogue_has_none(self, translated):
        assert drift(template_of("A sheaf."), translated(KNOWN), FILE) == []

    def test_new_message_is_a_fault_that_names_its_file(self, translated):
        faults = drift(template_of("A sheaf.", "Two sheaves."), translated(KNOWN), FILE)
        assert [str(fault) for fault in faults] == [
            f"{FILE}: found no translation of 'Two sheaves.'; allowed: a translation\n"
            "    remedy: run `bindery catalogue`, then translate the block of index.md"
        ]

    def test_empty_translation_is_a_fault(self, translated):
        (fault,) = drift(template_of("A sheaf."), translated('msgid "A sheaf."\nmsgstr ""\n'), FILE)
        assert fault.found == "no translation of 'A sheaf.'"

    def test_fuzzy_translation_is_a_fault(self, translated):
        (fault,) = drift(template_of("A sheaf."), translated("#, fuzzy\n" + KNOWN), FILE)
        assert fault.found == "a translation marked fuzzy of 'A sheaf.'"

    def test_message_changed_in_one_letter_is_a_new_one(self, translated):
        (fault,) = drift(template_of("A sheaf!"), translated(KNOWN), FILE)
        assert fault.found == "no translation of 'A sheaf!'"

    def test_translation_of_what_nobody_says_any_more_is_no_fault(self, translated):
        assert drift(template_of(), translated(KNOWN), FILE) == []

    def test_long_message_is_shortened(self, translated):
        (fault,) = drift(template_of("word " * 100), translated(""), FILE)
        assert len(fault.found) < 120

    def test_all_of_them_stop_the_edition(self, sample, translated):
        translated(KNOWN)
        with pytest.raises(BinderyError) as caught:
            require_complete(sample, template_of("A sheaf.", "Two.", "Three."), "zh")
        assert str(caught.value).startswith("the zh edition lacks 2 translations\n")
        assert len(caught.value.faults) == 2

    def test_missing_catalogue_lacks_everything(self, sample):
        catalogue_path(sample, "zh").unlink()
        with pytest.raises(BinderyError, match="the zh edition lacks 1 translations"):
            require_complete(sample, template_of("A sheaf."), "zh")


class TestUpdate:
    def test_translations_stay_obsolete_ones_go_and_new_ones_are_empty(self, sample, translated):
        translated(KNOWN + 'msgid "Gone."\nmsgstr "没了。"\n')
        assert update(sample, template_of("A sheaf.", "Two sheaves."), "zh") == 1
        catalogue = read_catalogue(sample, "zh")
        assert {message.id: message.string for message in catalogue if message.id} == {
            "A sheaf.": "一捆。",
            "Two sheaves.": "",
        }
        assert "没了" not in catalogue_path(sample, "zh").read_text(encoding="utf-8")

    def test_new_message_takes_no_translation_of_a_similar_one(self, sample, translated):
        translated(KNOWN)
        update(sample, template_of("A sheaf!"), "zh")
        assert read_catalogue(sample, "zh").get("A sheaf!").string == ""

    def test_mark_of_doubt_stays(self, sample, translated):
        translated("#, fuzzy\n" + KNOWN)
        assert update(sample, template_of("A sheaf."), "zh") == 1
        assert read_catalogue(sample, "zh").get("A sheaf.").fuzzy

    def test_second_call_changes_no_byte(self, sample, translated):
        translated(KNOWN)
        template = template_of("A sheaf.", 'Two "sheaves"\nand a line.', "麦\\捆", "word " * 60)
        update(sample, template, "zh")
        first = catalogue_path(sample, "zh").read_bytes()
        update(sample, template, "zh")
        assert catalogue_path(sample, "zh").read_bytes() == first

    def test_sample_s_own_catalogue_is_as_an_update_leaves_it(self, sample):
        before = catalogue_path(sample, "zh").read_bytes()
        template = Catalog()
        for message in read_catalogue(sample, "zh"):
            if message.id:
                template.add(message.id, locations=message.locations)
        assert update(sample, template, "zh") == 0
        assert catalogue_path(sample, "zh").read_bytes() == before

    def test_no_date_and_no_name_is_written(self, sample, translated):
        translated('msgid "A"\nmsgstr "甲"\n')
        update(sample, template_of("A"), "zh")
        text = catalogue_path(sample, "zh").read_text(encoding="utf-8")
        assert text.startswith(
            "# Translation of the hand-written prose; kept up by `bindery catalogue`.\n"
        )
        for word in ("Date", "Translator", "Team", "Generated", "fuzzy"):
            assert word not in text

    def test_catalogue_that_does_not_exist_is_made(self, sample):
        catalogue_path(sample, "zh").unlink()
        assert update(sample, template_of("A sheaf."), "zh") == 1
        assert read_catalogue(sample, "zh").get("A sheaf.").string == ""


class TestTemplate:
    def test_captions_of_the_contents_are_messages(self, sample):
        template = message_template(sample, template_of("A sheaf."))
        assert template.get("Pages").locations == [("_toc.yml", 0)]

    def test_messages_name_their_files_without_folders(self, sample):
        extracted = Catalog()
        extracted.add("A", locations=[("../stage/b.md", 3), ("../stage/a.ipynb", 1)])
        message = message_template(sample, extracted).get("A")
        assert message.locations == [("a.ipynb", 0), ("b.md", 0)]

    def test_part_without_a_caption_has_no_message(self, sample, edit):
        edit(sample.root / "_toc.yml", "  - caption: Pages\n    chapters", "  - chapters")
        assert len(message_template(sample, template_of("A"))) == 1

    def test_contents_without_parts_have_no_message(self, sample):
        (sample.root / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
        assert len(message_template(sample, template_of("A"))) == 1


class TestCaptions:
    def test_caption_is_translated(self, pristine):
        assert caption_translation(pristine, "Pages", "zh") == "页面"

    def test_caption_in_the_language_of_the_source_stays(self, pristine):
        assert caption_translation(pristine, "Pages", "en") == "Pages"

    @pytest.mark.parametrize("entry", ["", 'msgid "Pages"\nmsgstr ""\n'])
    def test_caption_without_a_translation_stays(self, sample, translated, entry):
        translated(entry)
        assert caption_translation(sample, "Pages", "zh") == "Pages"


def test_catalogue_that_is_not_utf8_is_named(sample):
    catalogue_path(sample, "zh").write_bytes(b'msgid "A"\nmsgstr "\xff"\n')
    with pytest.raises(BinderyError) as caught:
        read_catalogue(sample, "zh")
    assert str(caught.value).startswith(f"{FILE}: not readable as a gettext catalogue in UTF-8")


def test_command_brings_the_catalogue_up_to_date_with_all_prose(sample, edit, bindery):
    edit(sample.prose / "data.md", "All of them.", "Every one of them.")
    edit(sample.root / "_toc.yml", "caption: Pages", "caption: Leaves")
    edit(sample.notebooks / "harvest.ipynb", "Two years are two years.", "Few years.")
    done = bindery(sample, "catalogue")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{FILE}: 19 messages, 3 to translate\n"
    catalogue = read_catalogue(sample, "zh")
    empty = {message.id for message in catalogue if message.id and not message.string}
    assert empty == {"Every one of them.", "Leaves", "Few years."}
    # one that two pages still say stays; what bindery generates never enters
    assert catalogue.get("All of them.").string == "全部列出。"
    assert catalogue.get("Sheaves by year") is None
    assert catalogue.get("Farm diary") is None
