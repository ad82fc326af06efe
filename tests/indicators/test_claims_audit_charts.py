"""Charts of the audit: both languages, whole words, nothing outside, evidence told apart."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import matplotlib.pyplot as plt
import pytest
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.text import Text

from indicators import claims_audit
from indicators.charts import WIDTH
from indicators.charts import claims_audit as charts

SECTIONS = ("all", "caption", "foundation", "services")


@pytest.fixture(scope="module")
def figures(root) -> Iterator[dict[tuple[str, str, str], Figure]]:
    for path in (root / "book" / "fonts").glob("*.ttf"):
        font_manager.fontManager.addfont(path)
    held, drawn = claims_audit.Stock.load(), {}
    with plt.style.context(["default", str(root / "book" / "figure.mplstyle")], after_reset=True):
        for section, lang in itertools.product(SECTIONS, ("en", "zh")):
            audit = claims_audit.audit_claims(held, section)
            for name, table in (("verdicts", audit.claims), ("compared", audit.compared)):
                if len(table):
                    before = table.copy()
                    drawn[section, name, lang] = getattr(charts, name)(table, lang=lang)
                    assert table.equals(before), "a chart leaves its table alone"
                    plt.close(drawn[section, name, lang])
        yield drawn


def shown(figure: Figure) -> list[Text]:
    figure.draw_without_rendering()
    beyond = {
        tick.label1
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    return [
        text
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and text not in beyond
    ]


def test_every_chart_is_drawn(figures):
    assert {name for section, name, _ in figures if section == "all"} == set(charts.__all__)
    assert ("caption", "compared", "en") not in figures
    assert {figure.get_size_inches()[0] for figure in figures.values()} == {WIDTH}


def test_each_language_has_its_words(figures):
    for (section, name, lang), figure in figures.items():
        words = [text.get_text() for text in shown(figure)]
        assert [text for text in words if re.search(r"[A-Za-z]_|_[A-Za-z]|nan|‖", text)] == []
        if lang == "zh":
            left = [
                text for text in words if re.search("[A-Za-z]", re.sub("[FUSK][0-9]+", "", text))
            ]
            assert left == [], (section, name)
        else:
            assert [text for text in words if re.search("[一-鿿]", text)] == [], (section, name)


def test_no_words_cover_each_other(figures):
    for key, figure in figures.items():
        boxes = [(text.get_text(), Text.get_window_extent(text)) for text in shown(figure)]
        clashes = [
            (one, other)
            for (one, box), (other, next_box) in itertools.combinations(boxes, 2)
            if shared(box, next_box) > 0.1 * min(area(box), area(next_box))
        ]
        assert clashes == [], key


def test_all_words_lie_within_the_figure(figures):
    for key, figure in figures.items():
        whole = figure.bbox.padded(1)
        outside = [
            text.get_text() for text in shown(figure)
            if not (whole.contains(*Text.get_window_extent(text).min)
                    and whole.contains(*Text.get_window_extent(text).max))
        ]  # fmt: skip
        assert outside == [], key


def area(box) -> float:
    return box.width * box.height


def shared(one, other) -> float:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return max(width, 0) * max(height, 0)


def test_the_verdict_is_said_in_words(figures):
    words = [text.get_text() for text in shown(figures["all", "compared", "en"])]
    assert words.count("stale") == 4
    assert words.count("ambiguous definition") == 3


def test_counts_are_those_of_the_table(figures):
    words = [text.get_text() for text in shown(figures["foundation", "verdicts", "en"])]
    assert {"F01", "F02", "F03", "F09", "F10"} <= set(words)
    assert "no check with power" in [
        text.get_text() for text in shown(figures["caption", "verdicts", "en"])
    ]
