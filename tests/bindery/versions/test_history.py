"""Which versions there are, in words, and the hand-written words on them."""

from __future__ import annotations

import pytest

from bindery.faults import BinderyError
from bindery.versions.facts import version_facts
from bindery.versions.history import read_history


def moved(value):
    def change(one):
        result = one["results"]["harvest-last"]
        result["value"] = value
        for lang, unit in (("en", " sheaves"), ("zh", "捆")):
            result["words"][lang]["text"] = f"{value}{unit}"

    return change


@pytest.fixture
def errata(sample):
    def write(text):
        folder = sample.prose / "versions"
        folder.mkdir(exist_ok=True)
        (folder / "errata.yml").write_text(text, encoding="utf-8")

    return write


def test_first_version_before_and_after_it_is_published(sample, altered, lay):
    lead = version_facts(read_history(sample, altered()), "en")["lead"]
    assert lead == "This is version 1.0 (not yet published). No version has been superseded."
    lay(altered())
    facts = version_facts(read_history(sample, altered()), "zh")
    assert (facts["lead"], facts["steps"]) == ("当前版本：1.0。尚无被取代的版本。", [])
    assert list(facts["pages"]) == ["1.0"]


def test_published_version_that_is_edited_is_told(sample, altered, lay):
    lay(altered())
    history = read_history(sample, altered(moved(153)))
    assert history.edited
    (step,) = version_facts(history, "en")["steps"]
    assert step["title"] == "Version 1.0 since it was published"


def test_each_step_stands_by_itself_and_the_newest_first(sample, altered, lay):
    lay(altered())
    lay(altered(moved(153), version="1.1", date="1902-05-06"))
    history = read_history(sample, altered(moved(160), version="1.2"))
    facts = version_facts(history, "en")
    assert [step["title"] for step in facts["steps"]] == [
        "Version 1.2 since version 1.1 (not yet published)", "Version 1.1 since version 1.0",
    ]  # fmt: skip
    assert facts["kept"][0][1] == "1902-05-06"
    (first,) = facts["steps"][1]["groups"][0]["rows"]
    assert first[1:] == [
        [{"text": "150 sheaves", "address": "versions/1.0.html#harvest-last"}],
        "153 sheaves",
        "+3; +2%",
    ]
    # on its page each version is held against the book as it is now
    since = [row[6] for row in facts["pages"]["1.0"]["results"]["rows"]]
    now = {"text": "160 sheaves", "address": "../results.html#harvest-last"}
    assert [cell for cell in since if cell] == [["moved: ", now]]


def test_erratum_takes_its_numbers_from_both_versions(sample, altered, lay, errata):
    lay(altered())
    errata(
        "'1.1':\n  en: '{harvest-last.before} was {harvest-last}.'\n  zh: 应为{harvest-last}。\n"
    )
    history = read_history(sample, altered(moved(153), version="1.1"))
    told = [version_facts(history, lang)["steps"][0]["erratum"] for lang in ("en", "zh")]
    assert told == ["150 sheaves was 153 sheaves.", "应为153捆。"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("'2.0': {en: a, zh: b}", "found 2.0; allowed: a version that follows a published one"),
        ("'1.0': {en: a, zh: b}", "found 1.0; allowed: a version that follows a published one"),
        ("'1.1': {en: a}", "1.1: found 'zh' is a required property"),
        ("'1.1': {en: '{harvest-lost}', zh: b}", "allowed: the id of a result, alone or with .bef"),
        ("'1.1': {en: '{harvest-last.now}', zh: b}", "errata.yml, 1.1 > en: found the slots harve"),
    ],
)
def test_fault_of_errata_is_named(sample, altered, lay, errata, text, fault):
    lay(altered())
    errata(text)
    with pytest.raises(BinderyError) as caught:
        version_facts(read_history(sample, altered(moved(153), version="1.1")), "en")
    assert fault in str(caught.value)
