"""Bytes and their checksums."""

from __future__ import annotations

import hashlib

import pytest

from bindery.cache.files import digest, file_digest, write_whole


def test_checksum_is_the_same_for_a_text_and_its_bytes_and_their_file(tmp_path):
    # sha256sum of the three bytes a, b, c (FIPS 180-2, appendix B.1)
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    (tmp_path / "file").write_bytes(b"abc")
    assert {digest("abc"), digest(b"abc"), file_digest(str(tmp_path / "file"))} == {expected}


def test_checksum_of_nothing():
    # sha256sum of no bytes
    assert digest(b"").startswith("e3b0c44298fc1c149afbf4c8996fb924")


def test_file_of_several_pieces_has_the_checksum_of_the_whole(tmp_path):
    content = bytes(range(256)) * 5000
    (tmp_path / "file").write_bytes(content)
    assert file_digest(str(tmp_path / "file")) == hashlib.sha256(content).hexdigest()


class TestAtomicWriting:
    def test_folders_are_made_and_nothing_else_is_left(self, tmp_path):
        write_whole(tmp_path / "a" / "b.json", "麦")
        assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.json"]
        assert (tmp_path / "a" / "b.json").read_text(encoding="utf-8") == "麦"

    def test_old_content_is_replaced_as_a_whole(self, tmp_path):
        path = tmp_path / "b.json"
        path.write_bytes(b"a longer old content")
        write_whole(path, b"new")
        assert path.read_bytes() == b"new"

    def test_old_content_stays_where_writing_fails(self, tmp_path, monkeypatch):
        path = tmp_path / "b.json"
        path.write_bytes(b"old")

        def fail(*_):
            raise OSError("disk full")

        monkeypatch.setattr("bindery.cache.files.os.replace", fail)
        with pytest.raises(OSError, match="disk full"):
            write_whole(path, b"new")
        assert path.read_bytes() == b"old"
