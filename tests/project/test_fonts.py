"""The two fonts of the figures: complete, small, licensed, and found by matplotlib."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager

SMALL, WIDE = "Noto Sans SC Figures", "Noto Sans SC"
FILES = {SMALL: "NotoSansSC-Figures.ttf", WIDE: "NotoSansSC-Regular.ttf"}
LISTS = {SMALL: "figures.txt", WIDE: "characters.txt"}
LARGEST = {SMALL: 300_000, WIDE: 1_500_000}
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
# Where the words of figures stand: labels in the code, and names that are read from tables.
SAID = ["indicators/**/*.py", "data/places.csv", "data/census.csv", "data/claims.csv"]
# What the code holds and no figure says: ends of lines, and the sign between two languages.
NOT_DRAWN = {"\n", "‖"}
# All that a figure of this book may say: Chinese, signs of intervals, Greek, Latin.
SAMPLE = "杭州共同富裕，城乡居民收入比（2021—2024）：“≥95%”、−2.16 ± 0.2 ①② β λ é"


@pytest.fixture(scope="module")
def fonts(root: Path) -> Path:
    return root / "book" / "fonts"


@pytest.fixture(scope="module")
def holding(fonts: Path) -> dict[str, TTFont]:
    """Both fonts by family."""
    return {family: TTFont(fonts / file) for family, file in FILES.items()}


@pytest.fixture(params=FILES)
def family(request) -> str:
    return request.param


@pytest.fixture
def font(holding, family) -> TTFont:
    return holding[family]


@pytest.fixture
def registered(fonts: Path) -> dict[str, Path]:
    paths = {family: fonts / file for family, file in FILES.items()}
    for path in paths.values():
        font_manager.fontManager.addfont(path)
    return paths


def characters(font: TTFont) -> set[str]:
    return {chr(code) for code in font.getBestCmap()}


# What they hold


@pytest.mark.parametrize("pattern", TEXTS)
def test_every_chinese_character_of_the_project_is_in_the_wide_font(root, holding, pattern):
    known = characters(holding[WIDE])
    missing = {}
    for path in sorted(root.glob(pattern)):
        for character in CHINESE.findall(path.read_text(encoding="utf-8", errors="replace")):
            if character not in known:
                missing.setdefault(character, path.relative_to(root).as_posix())
    assert not missing, f"add to book/fonts/characters.txt, see README.md there: {missing}"


@pytest.mark.parametrize("pattern", SAID)
def test_everything_that_figures_say_is_in_the_small_font(root, holding, pattern):
    paths = sorted(root.glob(pattern))
    assert paths
    known = characters(holding[SMALL]) | NOT_DRAWN
    missing = {}
    for path in paths:
        for character in set(path.read_text(encoding="utf-8")) - known:
            missing.setdefault(character, path.relative_to(root).as_posix())
    assert not missing, f"make the small font anew, see book/fonts/README.md: {missing}"


def test_the_common_characters_and_signs_are_in_the_wide_font(holding):
    # GB 2312 level 1: rows 16 to 55, the last with 89 characters; 3,755 in the standard.
    level_1 = {
        bytes([row, cell]).decode("gb2312")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFA if row == 0xD7 else 0xFF)
    }
    assert len(level_1) == 3755
    signs = set("−≥≤×·–—“”‘’…，。、；：？！（）《》【】％①⑩αβλσ±≈")
    assert (level_1 | signs) - characters(holding[WIDE]) == set()
    assert signs - characters(holding[SMALL]) == set()


def test_a_list_of_characters_is_what_its_font_holds(fonts, font, family):
    listed = (fonts / LISTS[family]).read_text(encoding="utf-8")
    # the spaces are named in the commands of README.md
    assert set(listed) - {"\n"} | set(" \xa0\u3000") == characters(font)
    doubled = [sign for sign, times in Counter(listed).items() if times > 1 and sign != "\n"]
    assert doubled == []


def test_the_small_font_draws_as_the_wide_one(holding):
    small, wide = holding[SMALL], holding[WIDE]
    assert characters(small) < characters(wide)
    for code, name in small.getBestCmap().items():
        other = wide.getBestCmap()[code]
        assert small["hmtx"][name] == wide["hmtx"][other], chr(code)
        drawn = [font["glyf"][own].getCoordinates(font["glyf"]) for font, own in
                 ((small, name), (wide, other))]  # fmt: skip
        assert drawn[0] == drawn[1], chr(code)
    for table, names in {"head": ["unitsPerEm"], "hhea": ["ascent", "descent", "lineGap"]}.items():
        for name in names:
            assert getattr(small[table], name) == getattr(wide[table], name)


def test_a_font_is_small_and_without_hinting(fonts, font, family):
    assert (fonts / FILES[family]).stat().st_size < LARGEST[family]
    assert not {"GSUB", "GPOS", "fpgm", "prep", "cvt "} & set(font.keys())


def test_the_licence_is_there_and_allows_the_name(fonts, font, family):
    licence = (fonts / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name 'Source'" in licence
    assert "Open Font License" in font["name"].getDebugName(13)
    # a subset is a modified version: it must not bear the reserved name
    assert font["name"].getDebugName(1) == family
    assert font["name"].getDebugName(2) == "Regular"


def test_the_notes_tell_how_both_are_made(fonts):
    notes = (fonts / "README.md").read_text(encoding="utf-8")
    for name in [*FILES.values(), *LISTS.values()]:
        assert name in notes
    for pattern in SAID:
        assert Path(pattern).stem.replace("*", "indicators") in notes


# How they are used


def test_the_style_names_the_small_font_first(root):
    style = mpl.rc_params_from_file(root / "book" / "figure.mplstyle", use_default_template=False)
    assert style["font.family"] == [SMALL, WIDE]


def test_matplotlib_finds_a_font_by_its_family(registered, family):
    found = font_manager.findfont(family, fallback_to_default=False)
    assert Path(found) == registered[family]


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_matplotlib_draws_chinese_without_a_missing_glyph(registered, form):
    # a missing glyph is a warning, and warnings are errors here
    stream = draw(SAMPLE, form)
    if form == "pdf":
        assert fonts_in(stream) == {"NotoSansSCFigures-Regular"}
        assert b"/CIDFontType2" in stream, "not embedded as Type 42"


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_a_character_of_the_wide_font_alone_is_drawn_all_the_same(registered, holding, form):
    wide_only = characters(holding[WIDE]) - characters(holding[SMALL])
    rare, other, *_ = sorted(filter(CHINESE.fullmatch, wide_only))
    stream = draw(SAMPLE + rare, form)
    if form == "pdf":
        assert fonts_in(stream) == {"NotoSansSCFigures-Regular", "NotoSansSC-Regular"}
    # a box would be the same for every character
    assert stream != draw(SAMPLE + other, form)


def test_a_missing_glyph_would_be_seen(registered):
    with pytest.warns(UserWarning, match="missing from font"):
        draw("한", "png")


def fonts_in(pdf: bytes) -> set[str]:
    found = re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([\w-]+)", pdf)
    return {name.decode() for name in found}


def draw(text: str, form: str) -> bytes:
    stream = io.BytesIO()
    settings = {"font.family": [SMALL, WIDE], "pdf.fonttype": 42, "svg.fonttype": "path"}
    with mpl.rc_context(settings):
        figure, axes = plt.subplots()
        axes.set_title(text)
        axes.set_xlabel(text)
        axes.set_xlim(-1, 1)
        figure.savefig(stream, format=form)
        plt.close(figure)
    return stream.getvalue()
