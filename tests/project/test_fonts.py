"""The Chinese font of the figures: complete, small, licensed, and found by matplotlib."""

from __future__ import annotations

import io
import re
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager

FAMILIES = ["DejaVu Sans", "Noto Sans SC"]
# Ideographs with their radicals and compatibility forms, Chinese punctuation, fullwidth forms.
CHINESE = re.compile(r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
TEXTS = [
    "data/*.csv",
    "data/datapackage.json",
    "book/**/*.md",
    "book/**/*.yml",
    "book/**/*.po",
    "indicators/**/*.py",
    "notebooks/*.json",
    "notebooks/*.yml",
    "notebooks/*.ipynb",
    "_toc.yml",
    "_config.yml",
]
# All that a figure of this book may say: Chinese, signs of intervals, Greek, Latin.
SAMPLE = "杭州共同富裕，城乡居民收入比（2021—2024）：“≥95%”、−2.16 ± 0.2 ①② β̂ λ é"


@pytest.fixture(scope="module")
def fonts(root: Path) -> Path:
    return root / "book" / "fonts"


@pytest.fixture(scope="module")
def font(fonts: Path) -> TTFont:
    return TTFont(fonts / "NotoSansSC-Regular.ttf")


@pytest.fixture
def registered(fonts: Path):
    path = fonts / "NotoSansSC-Regular.ttf"
    font_manager.fontManager.addfont(path)
    return path


@pytest.mark.parametrize("pattern", TEXTS)
def test_every_chinese_character_of_the_project_is_in_the_font(root, font, pattern):
    known = font.getBestCmap()
    missing = {}
    for path in sorted(root.glob(pattern)):
        for character in CHINESE.findall(path.read_text(encoding="utf-8", errors="replace")):
            if ord(character) not in known:
                missing.setdefault(character, path.relative_to(root).as_posix())
    assert not missing, f"add to book/fonts/characters.txt, see README.md there: {missing}"


def test_the_common_characters_and_signs_are_in_the_font(font):
    # GB 2312 level 1: rows 16 to 55, the last with 89 characters; 3,755 in the standard.
    level_1 = {
        bytes([row, cell]).decode("gb2312")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFA if row == 0xD7 else 0xFF)
    }
    assert len(level_1) == 3755
    signs = set("−≥≤×·–—“”‘’…，。、；：？！（）《》【】％①⑩αβλσ±≈")
    known = font.getBestCmap()
    assert sorted(sign for sign in level_1 | signs if ord(sign) not in known) == []


def test_the_list_of_characters_is_what_the_font_holds(fonts, font):
    listed = (fonts / "characters.txt").read_text(encoding="utf-8")
    # the spaces are named in the command of README.md
    assert set(listed) - {"\n"} | set(" \xa0\u3000") == {chr(code) for code in font.getBestCmap()}
    assert len(set(listed)) == len(listed) - listed.count("\n") + 1, "a character is listed twice"


def test_the_font_is_small_and_without_hinting(fonts, font):
    assert (fonts / "NotoSansSC-Regular.ttf").stat().st_size < 1_500_000
    assert not {"GSUB", "GPOS", "fpgm", "prep", "cvt "} & set(font.keys())


def test_the_licence_is_there_and_allows_the_name(fonts, font):
    licence = (fonts / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name 'Source'" in licence
    assert "Open Font License" in font["name"].getDebugName(13)
    # a subset is a modified version: it must not bear the reserved name
    assert font["name"].getDebugName(1) == "Noto Sans SC"
    assert font["name"].getDebugName(2) == "Regular"


def test_matplotlib_finds_the_font_by_its_family(registered):
    found = font_manager.findfont("Noto Sans SC", fallback_to_default=False)
    assert Path(found) == registered


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_matplotlib_draws_chinese_without_a_missing_glyph(registered, form):
    # a missing glyph is a warning, and warnings are errors here
    stream = draw(SAMPLE, form)
    if form == "pdf":
        assert b"NotoSansSC" in stream
        assert b"/CIDFontType2" in stream, "not embedded as Type 42"


def test_a_missing_glyph_would_be_seen(registered):
    with pytest.warns(UserWarning, match="missing from font"):
        draw("한", "png")


def draw(text: str, form: str) -> bytes:
    stream = io.BytesIO()
    with mpl.rc_context({"font.family": FAMILIES, "pdf.fonttype": 42, "svg.fonttype": "path"}):
        figure, axes = plt.subplots()
        axes.set_title(text)
        axes.set_xlabel(text)
        axes.set_xlim(-1, 1)
        figure.savefig(stream, format=form)
        plt.close(figure)
    return stream.getvalue()
