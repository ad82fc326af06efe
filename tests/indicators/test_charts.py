"""Charts: they draw in both languages, without a warning, a raw name or a clash of words."""

from __future__ import annotations

import re

import matplotlib.pyplot as plt
import pytest
from drawn_words import (
    contrast_with_white,
    shown_words,
    visible_texts,
    words_covering,
    words_outside,
)
from matplotlib.figure import Figure

from indicators import evidence, project_shares, tables
from indicators import investment_completion as completion
from indicators.charts import (
    WIDTH,
    bar_legend,
    change_text,
    marker_legend,
    marker_style,
    number_text,
    spread,
)
from indicators.charts import investment_completion as charts

NAMES = (
    "implied_plan", "rate_against_schedule", "attainability", "growth_split", "moving_denominator",
)  # fmt: skip
# Pages that between them draw every chart in every form: claims, copies, a printed plan, one panel.
PAGES = {
    "hangzhou": ("330100", "qian_xiang_wan_yi", "2025M01-M11"),
    "zhejiang": ("330000", "qian_xiang_wan_yi", "2024M01-M09"),
    "whole-year": ("330000", "provincial_key_projects", "2018"),
    "first-quarter": ("330100", "qian_xiang_wan_yi", "2023Q1"),
}


def drawn_tables(page: str, **others) -> dict:
    """The table of each chart that the page shows."""
    rows = evidence.mark_rows(tables.load("investment"), tables.load("sources"))
    choices = completion.Choices(*PAGES[page], **others)
    tests = project_shares.share_tests(rows, choices)
    found = {
        "rate_against_schedule": completion.rates_against_schedule(rows, choices),
        "attainability": project_shares.share_combs(tests, choices),
    }
    for name, method in [
        ("implied_plan", completion.implied_plans), ("growth_split", completion.growth_split),
        ("moving_denominator", completion.moving_denominator),
    ]:  # fmt: skip
        try:
            table = method(rows, choices).table
        except ValueError:
            continue
        found[name] = table[table["rounding"].eq("half_up")] if name == "implied_plan" else table
    return found


@pytest.fixture(scope="module")
def figures(style) -> dict[tuple[str, str, str], Figure]:
    drawn = {}
    for page in PAGES:
        for name, table in drawn_tables(page).items():
            for lang in ("en", "zh"):
                drawn[page, name, lang] = getattr(charts, name)(table, lang=lang)
                plt.close(drawn[page, name, lang])
    return drawn


def test_every_chart_is_drawn_for_the_default_page(figures):
    assert {name for page, name, _ in figures if page == "hangzhou"} == set(NAMES)


def test_charts_are_as_wide_as_the_page(figures):
    assert {figure.get_size_inches()[0] for figure in figures.values()} == {WIDTH}
    assert pytest.approx(160 / 25.4, abs=0.01) == WIDTH


def test_no_raw_name_is_shown(figures):
    for key, figure in figures.items():
        texts = shown_words(figure)
        assert [text for text in texts if re.search(r"[A-Za-z]_|_[A-Za-z]|\{|nan", text)] == [], key


def test_each_language_has_its_words(figures):
    han = re.compile("[一-鿿]")
    for (page, name, lang), figure in figures.items():
        texts = shown_words(figure)
        if lang == "zh":
            # programmes and places have Chinese names; only units and signs stay Latin
            assert [text for text in texts if re.search("[A-Za-z]", text)] == [], (page, name)
            assert any(han.search(text) for text in texts), (page, name)
        else:
            left = [text for text in texts if han.search(text.replace("(千项万亿)", ""))]
            assert left == [], (page, name)


def test_no_words_cover_each_other(figures):
    for key, figure in figures.items():
        assert words_covering(figure) == [], key


def test_all_words_lie_within_the_figure(figures):
    for key, figure in figures.items():
        assert words_outside(figure) == [], key


def test_charts_leave_their_table_alone(style):
    for name, table in drawn_tables("hangzhou").items():
        before = table.copy()
        plt.close(getattr(charts, name)(table, lang="en"))
        assert table.equals(before), name


def test_one_reading_is_one_panel(style):
    table = drawn_tables("hangzhou", reading="annual")["implied_plan"]
    figure = charts.implied_plan(table, lang="en")
    assert len(figure.axes) == 1
    plt.close(figure)


def test_the_verdict_is_said_in_words(figures):
    texts = shown_words(figures["hangzhou", "attainability", "en"])
    assert "attainable: 536 of 551" in texts
    assert texts.count("not attainable by any whole number") == 2
    chinese = figures["hangzhou", "attainability", "zh"]
    assert "可以取到：536/551" in shown_words(chinese)


def test_drawn_numbers_are_those_of_the_table(figures):
    def shown_words(name: str) -> str:
        return "\n".join(
            text.get_text() for text in visible_texts(figures["hangzhou", name, "en"])
        )  # fmt: skip

    assert "1,074.0–1,075.7" in shown_words("implied_plan")
    assert "183 → 235 (+28.4%)" in shown_words("growth_split")
    assert "829 → 866.9 (+4.6%)" in shown_words("moving_denominator")
    assert "136.7%" in shown_words("moving_denominator")
    assert "125.6%  Hangzhou 2025" in shown_words("rate_against_schedule")


def test_words_stand_out_from_the_paper(figures):
    # Origin: WCAG 2.2, success criterion 1.4.3: 4.5 to 1 for small text.
    for key, figure in figures.items():
        for text in visible_texts(figure):
            assert contrast_with_white(text.get_color()) >= 4.5, (key, text.get_text())


def test_evidence_looks_different(style):
    marks = ("printed", "copied", "claimed", "derived", "suspect")
    looks = [
        (marker_style(mark, "k")["marker"], marker_style(mark, "k")["markerfacecolor"])
        for mark in marks
    ]
    assert len(set(looks)) == len(marks)
    hatches = {
        (patch.get_hatch(), patch.get_facecolor()) for patch in bar_legend(marks, "en")
    }  # fmt: skip
    assert len(hatches) == len(marks)
    assert [line.get_label() for line in marker_legend(["suspect", "printed"], "zh")] == [
        "直接公布",
        "存疑",
    ]


@pytest.mark.parametrize(
    ("wanted", "gap", "placed"),
    [
        ([], 1.0, []), ([5.0], 1.0, [5.0]), ([3.0, 1.0], 1.0, [3.0, 1.0]),
        ([1.0, 1.0, 1.0], 1.0, [0.0, 1.0, 2.0]),
        ([0.0, 0.9, 1.8], 1.0, [-0.1, 0.9, 1.9]),
    ],
)  # fmt: skip
def test_labels_are_spread(wanted, gap, placed):
    assert spread(wanted, gap) == pytest.approx(placed)


def test_numbers_as_text():
    assert number_text(1234.5, 1, "en") == "1,234.5"
    assert number_text(1234.5, 1, "zh") == "1234.5"
    assert change_text(-0.05, "zh") == "−5.0%"
