"""Fonts are found as matplotlib finds them, only less often."""

import matplotlib as mpl
import pytest
from matplotlib import text
from matplotlib.figure import Figure
from matplotlib.font_manager import FontManager, FontProperties, fontManager, get_font

from bindery.fonts import fonts_found_once


@pytest.fixture
def searches(monkeypatch):
    """The looks that matplotlib itself has searched for."""
    find, asked = FontManager._find_fonts_by_props, []

    def counted(self, look, *given, **named):
        asked.append(look)
        return find(self, look, *given, **named)

    monkeypatch.setattr(FontManager, "_find_fonts_by_props", counted)
    return asked


def found(look: FontProperties) -> list[str]:
    return [str(path) for path in fontManager._find_fonts_by_props(look)]


def test_fonts_of_equal_looks_are_searched_for_once(searches):
    expected = found(FontProperties(size=9))
    with fonts_found_once():
        assert [found(FontProperties(size=9)) for _ in range(3)] == [expected] * 3
    assert len(searches) == 2


def test_a_look_that_has_changed_is_another(searches):
    look = FontProperties(family="DejaVu Sans", size=9)
    with fonts_found_once():
        first = found(look)
        look.set_family("DejaVu Serif")
        assert found(look) != first
    assert len(searches) == 2


def test_the_name_of_a_kind_follows_the_style():
    look = FontProperties(family=["sans-serif"])
    with fonts_found_once():
        first = found(look)
        with mpl.rc_context({"font.sans-serif": ["DejaVu Serif"]}):
            assert found(look) == found(FontProperties(family="DejaVu Serif")) != first
        assert found(look) == first


def test_afterwards_matplotlib_searches_itself(searches):
    with pytest.raises(KeyError), fonts_found_once():
        raise KeyError
    found(FontProperties())
    found(FontProperties())
    assert len(searches) == 2


def line_height(family: str) -> float:
    return Figure().text(0, 0, "line", family=family, size=9).get_window_extent().height


def test_lines_are_as_high_as_matplotlib_finds_them():
    families = ("DejaVu Sans", "DejaVu Serif", "DejaVu Sans")
    expected = [line_height(family) for family in families]
    with fonts_found_once():
        assert [line_height(family) for family in families] == expected


def test_how_high_lines_are_is_read_from_a_font_once(monkeypatch):
    opened = []

    def counted(paths):
        opened.append(paths)
        return get_font(paths)

    monkeypatch.setattr(text, "get_font", counted)
    with fonts_found_once():
        for family in ("DejaVu Sans", "DejaVu Serif", "DejaVu Sans"):
            line_height(family)
    assert len(opened) == 2
    line_height("DejaVu Sans")
    assert len(opened) == 3
