"""The order of modules."""

import sys
from types import ModuleType

from bindery.loaded import last_loaded, loaded_since


def test_only_what_was_loaded_later_is_told_the_newest_first(monkeypatch):
    before = last_loaded()
    for name in ("one_more", "and_another"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    assert loaded_since({before}) == ["and_another", "one_more"]
    assert loaded_since({before, "one_more"}) == ["and_another"]
    assert last_loaded() == "and_another"


def test_without_one_that_is_known_all_are_told():
    assert loaded_since(set()) == list(reversed(sys.modules))
