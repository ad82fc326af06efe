"""A published version is kept once, read whole, and found by its name."""

from __future__ import annotations

import pytest

from bindery.faults import BinderyError
from bindery.versions.shelf import find_version, keep_version, read_versions


@pytest.fixture
def said(sample):
    """What is said against a version of this name."""

    def fault(name):
        with pytest.raises(BinderyError) as caught:
            find_version(sample, name)
        return str(caught.value)

    return fault


def test_built_book_becomes_a_version_once(sample, altered, lay):
    file = lay(altered(), built=True)
    kept = sample.prose / "versions" / "1.0.json"
    assert keep_version(sample) == (kept, True)
    assert kept.read_bytes() == file.read_bytes()
    assert keep_version(sample) == (kept, False)


def test_version_that_is_kept_is_never_written_over(sample, altered, lay):
    kept = lay(altered())
    before = kept.read_bytes()
    lay(altered(lambda one: one["results"]["harvest-last"].update(value=153)), built=True)
    with pytest.raises(BinderyError) as caught:
        keep_version(sample)
    assert str(caught.value).startswith(
        "book/versions/1.0.json: this version is published already, and what is built differs; "
        "raise the version in book/publication.yml and build again\n  Results: 1 moved\n"
    )
    assert kept.read_bytes() == before


def test_version_is_that_of_the_facts_and_after_the_last(sample, altered, lay, edit):
    facts = sample.prose / "publication.yml"
    with pytest.raises(
        BinderyError, match=r"_build/snapshot\.json: there is no such file: no book"
    ):
        keep_version(sample)
    lay(altered(version="1.10"))
    lay(altered(), built=True)
    with pytest.raises(BinderyError, match=r"found version 1\.0; allowed: one after 1\.10"):
        keep_version(sample)
    edit(facts, '"1.0"', '"1.11"')
    with pytest.raises(
        BinderyError, match=r"found version 1\.11; the book is built as version 1\.0"
    ):
        keep_version(sample)
    edit(facts, '"1.11"', '"spring"')
    lay(altered(version="spring"), built=True)
    with pytest.raises(BinderyError, match=r"found the version 'spring'; allowed: numbers with po"):
        keep_version(sample)
    assert [file.name for file in (sample.prose / "versions").iterdir()] == ["1.10.json"]


def test_versions_are_in_order_of_their_numbers(sample, altered, lay):
    for version in ("1.10", "1.2", "1.9"):
        lay(altered(version=version))
    assert [one["version"] for one in read_versions(sample)] == ["1.2", "1.9", "1.10"]


class TestNames:
    def test_version_path_folder_and_built(self, sample, altered, lay, tmp_path):
        lay(altered())
        lay(altered(version="1.1"), built=True)
        (tmp_path / "麦 捆").mkdir()
        copied = (sample.build / "snapshot.json").rename(tmp_path / "麦 捆" / "snapshot.json")
        assert find_version(sample, "1.0")["version"] == "1.0"
        for name in (str(copied), str(copied.parent)):
            assert find_version(sample, name)["version"] == "1.1"

    def test_unknown_one_is_told_with_the_nearest(self, said, altered, lay):
        lay(altered())
        assert said("1.00") == (
            "1.00: no version of this name; allowed: a version in book/versions, 'built', or the "
            "path of a snapshot or of a _build folder; did you mean '1.0'? known: 1.0, built"
        )

    def test_built_needs_a_book(self, said):
        assert said("built") == (
            "_build/snapshot.json: there is no such file: no book is built; run: bindery build"
        )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"format": 1', '"format": 2', "found a snapshot of format 2; allowed: format 1; use the"),
        ('"value": 150', '"value": 151', "found content that its checksum does not fit; allowed:"),
        ('"version": "1.0"\n}', "", "found no snapshot (Expecting"),
        ('"format": 1,', "", "found no snapshot ('format'); allowed: a snapshot as bindery wrote"),
        ('"version": "1.0"', '"version": "1.0", "more": 1', "found content that its checksum"),
    ],
)
def test_damaged_or_later_snapshot_is_refused(said, altered, lay, edit, old, new, fault):
    edit(lay(altered()), old, new)
    assert said("1.0").startswith(f"book/versions/1.0.json: {fault}")


def test_snapshot_under_another_name_is_refused(said, altered, lay):
    file = lay(altered())
    file.rename(file.with_name("2.0.json"))
    assert said("2.0").startswith(
        "book/versions/2.0.json: found version 1.0; allowed: version 2.0, as the file is called"
    )
