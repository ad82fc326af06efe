"""YAML is read as plain data, and a doubtful file is refused with its line."""

import re

import pytest

from bindery.faults import BinderyError
from bindery.yamlfile import read_yaml


@pytest.fixture
def refused(tmp_path):
    """The message with which a content is refused."""

    def read(content: bytes) -> str:
        path = tmp_path / "pages.yml"
        path.write_bytes(content)
        with pytest.raises(BinderyError) as caught:
            read_yaml(path, "book/pages.yml")
        return str(caught.value)

    return read


def test_plain_data_is_read(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("title: 麦捆\npages: [1, 2.5, yes, null]\n", encoding="utf-8")
    assert read_yaml(path) == {"title": "麦捆", "pages": [1, 2.5, True, None]}


def test_empty_file_is_none(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("", encoding="utf-8")
    assert read_yaml(path) is None


def test_key_stated_twice_is_refused_with_its_row(refused):
    assert refused(b"a: 1\nb: 2\na: 3\n") == (
        "book/pages.yml, row 3: not readable as YAML: the key 'a' is stated twice"
    )


def test_inner_key_stated_twice_is_refused(refused):
    assert "row 3" in refused(b"a:\n  b: 1\n  b: 2\n")


def test_tab_is_refused_with_its_row(refused):
    message = refused(b"a:\n\tb: 1\n")
    assert message.startswith("book/pages.yml, row 2: not readable as YAML")
    assert "cannot start any token" in message


def test_file_that_is_not_utf8_is_refused(refused):
    assert refused(b"a: \xff") == "book/pages.yml: byte 3 is not UTF-8; save the file as UTF-8"


def test_control_character_is_refused(refused):
    assert "#x0000" in refused(b"a: b\0")


def test_python_object_is_refused_and_never_made(refused, tmp_path):
    trace = tmp_path / "trace"
    message = refused(f"a: !!python/object/apply:os.mkdir ['{trace}']\n".encode())
    assert "could not determine a constructor" in message
    assert not trace.exists()


def test_list_as_a_key_is_refused(refused):
    assert refused(b"? [a, b]\n: 1\n").startswith("book/pages.yml, row 1: not readable as YAML")


def test_endless_nesting_is_refused(refused):
    # the loader in C counts the levels, the other one runs out of stack
    told = refused(b"a: " + b"[" * 1500)
    assert re.match(r"book/pages\.yml(, row 1)?: not readable as YAML", told)
    assert "nest" in told


def test_missing_file_is_named(tmp_path):
    with pytest.raises(BinderyError, match=r"^pages\.yml: there is no such file$"):
        read_yaml(tmp_path / "pages.yml")
